"""`python -m builder`: the command without an installation."""

from builder.cli import main

main()
