"""What was made of an edition for students -> what stands in it that only teachers may read (G507)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.relate.secrecy import found_in
from builder.render.readable import readable, words_in_script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model.diagnostic import Diagnostic, Place
    from builder.model.site import Page
    from builder.relate.secrecy import Runs
    from builder.render.given import Given


def leaks(secrets: Runs, pages: Iterable[Page], given: Given, record: str, place: Place) -> Iterator[Diagnostic]:
    """A diagnostic for each file, for the search's record and for what the site's own lists are given.

    The file is read as it will be written, its archives and packed parts opened; nothing is read where nothing is
    secret. Handouts are looked through before they are set.
    """
    if not secrets:
        return
    for page in pages:
        for words in readable(page.path, page.content):
            if found := found_in(secrets, words):
                yield leak(f"“{page.path}”", found[0], place)
                break
    for name, words in (("the site's search", record), ("the site's own lists", repr(given))):
        if found := found_in(secrets, words_in_script(words)):
            yield leak(name, found[0], place)


def leak(what: str, words: str, place: Place) -> Diagnostic:
    """That something for students would hold words that stand only in teacher's matter."""
    return diagnose("G507", place, f"{what} would hold “{words}”, which only teachers may read")
