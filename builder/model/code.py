"""`Code`: one row of the table of diagnostics, from which `glossator explain` and the docs are made."""

from __future__ import annotations

from builder.model.diagnostic import Severity
from builder.model.value import value_class


@value_class(frozen=True, slots=True)
class Code:
    """What a code means and how an author mends it."""

    id: str
    title: str
    """What was found, in a few words, sentence case, no full stop."""
    meaning: str
    """Why it is a slip: one to four sentences."""
    repair: str
    """What to do, with an example where one helps."""
    severity: Severity = Severity.ERROR
    bearable: bool = False
    """True for an error with which `build` still makes a whole site (an orphan is shown with its edition):
    `check` fails with it, `build` tells it as a warning unless `--strict`."""

    @property
    def firm(self) -> bool:
        """True for what a site can neither ignore nor make lighter.

        Of what it is told of, something isn't read or made, so that a text or an edition would be missing without a
        word; or it guards somebody else than the author.
        """
        return self.severity is Severity.ERROR and not self.bearable
