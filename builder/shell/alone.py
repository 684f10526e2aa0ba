"""An edition that is named alone, though it lies in a site -> a word on that. Every build asks: few modules here."""

from __future__ import annotations

import os


def say_its_site(folder: str | os.PathLike[str]) -> None:
    """Say of an edition that is taken alone that it lies in a site, whose settings don't count then."""
    above = os.path.dirname(os.path.abspath(folder))
    if not os.path.isfile(os.path.join(above, "site.toml")) or os.path.lexists(os.path.join(folder, "site.toml")):
        return
    if os.path.isfile(os.path.join(folder, "edition.toml")):
        from builder.shell.terminal import say  # most builds have nothing to say here

        site = above if os.path.isabs(folder) else os.path.relpath(above)
        settings = "its settings don't count where the edition is named alone"
        say(f"{os.fspath(folder)}: belongs to the site in {site}, and {settings}: name {site} instead")
