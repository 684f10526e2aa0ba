"""Diagnostics as found -> as they are told: in order, each once, at the level that the site gives them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from builder.model.codes import CODES
from builder.model.diagnostic import UNREAD, UNREADABLE, Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


UNUSED = "G607"
_PICTURE, _DEAD = "G121", "G601"
_FOLLOWING = frozenset({"G508", UNUSED, "G609"})
"""Letters without a form, terms that nobody uses, answers that aren't tied to what they answer: all may come of words
that can't be read."""


def heard(told: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Without what may be told only because of something else that is told.

    Where a file is no UTF-8 what is said of its garbled words, and what comes for want of those; that nobody uses a
    term whose entry is itself at fault; that an address leads nowhere where a picture was told that isn't there.
    """
    found = list(told)
    unread = any(one.code == UNREAD for one in found)
    graver = (one.place for one in found if one.severity is Severity.ERROR and one.code != UNUSED)
    wrong = {(place.path, place.line) for place in graver}
    lacking = {one.place for one in found if one.code == _PICTURE}
    return [
        one
        for one in found
        if one.code == UNREAD or not (_follows(one, unread, wrong) or (one.code == _DEAD and one.place in lacking))
    ]


def _follows(one: Diagnostic, unread: bool, wrong: Collection[tuple[str, int]]) -> bool:
    if unread and (one.code in _FOLLOWING or UNREADABLE in one.message or UNREADABLE in one.hint):
        return True
    return one.code == UNUSED and (one.place.path, one.place.line) in wrong


def levelled(told: Iterable[Diagnostic], quality: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """In order, each once, at the level that site.toml's [quality] gives it."""
    levels = {"error": Severity.ERROR, "warn": Severity.WARNING}
    kept = []
    told = heard(told)
    helped = {(one.code, one.place, one.message) for one in told if one.hint}
    for one in sorted(set(told), key=Diagnostic.sort_key):
        if not one.hint and (one.code, one.place, one.message) in helped:
            continue  # another view tells the same, and how to mend it
        level = "" if _is_graver(one) else quality.get(one.code, "")
        if level == "ignore":
            continue
        severity = levels.get(level, one.severity)
        kept.append(Diagnostic(one.code, severity, one.place, one.message, one.hint))
    return tuple(kept)


def _is_graver(one: Diagnostic) -> bool:
    """Whether it is told as an error under a code that mostly warns: then an edition would be missing."""
    return one.severity is Severity.ERROR and CODES[one.code].severity is not Severity.ERROR


def stops_build(one: Diagnostic, quality: Mapping[str, str] = MappingProxyType({})) -> bool:
    """Whether a build must leave the last good site in place: an error with which no whole site can be made.

    Or one that the site's `quality` wants to be an error: then it is none that is borne.
    """
    borne = CODES[one.code].bearable and quality.get(one.code) != "error"
    return one.severity is Severity.ERROR and not borne


def apart(told: Iterable[Diagnostic]) -> tuple[tuple[Diagnostic, ...], tuple[str, ...]]:
    """What is wrong, and what are remarks, each of these as one line."""
    found = [(one, one.remark) for one in told]
    return tuple(one for one, remark in found if not remark), tuple(remark for _, remark in found if remark)
