"""A selector that was not found, or not once -> an Orphan with its candidates, and the Diagnostic that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.note import Candidate, Orphan, State
from builder.relate.describe import distinguish
from builder.relate.found import Fault
from builder.relate.normal import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.note import Selector
    from builder.model.prose import Span
    from builder.relate.found import Match
    from builder.relate.haystack import Haystack

Outcome = tuple[Orphan, tuple["Diagnostic", ...]]

PLACES_TOLD = 12
"""A hint that lists more places than this is no longer read."""

PLACES_NAMED = 3
"""So many paragraphs are named in which words stand that may be meant."""

PLACES_WEIGHED = 500
"""Words that stand more often than this are told without what would choose each place."""

QUOTED = 72
"""Characters of a quotation that a message shows whole."""

_CODES = {
    Fault.NOWHERE: ("G201", "quotation not found"),
    Fault.ELSEWHERE: ("G201", "quotation not found"),
    Fault.ACROSS: ("G206", "quotation runs across a title, a heading or the edge of a footnote"),
    Fault.NO_END: ("G203", "end of a range not found"),
    Fault.MANY: ("G202", "quotation stands more than once"),
    Fault.MANY_STARTS: ("G204", "start of a range stands more than once"),
}


def orphan(selector: Selector, haystack: Haystack, match: Match | None) -> Outcome:
    """What is made of a selector whose best reading came to `match`; None where the block it names doesn't exist."""
    if match is None or match.fault is None:
        return _no_block(selector, haystack)
    code, found = _CODES[match.fault]
    candidates = _candidates(haystack, match)
    state = State.AMBIGUOUS if match.fault.stands else State.NEVER_FOUND
    message = f"{found}{_settings_of(selector)}: “{short(match.sought)}”"
    if match.fault.stands:
        message += f" ({_count(match)} places)"
    hint = _hint(haystack, match, candidates)
    return Orphan(selector, state, candidates), (diagnose(code, selector.place, message, hint),)


def short(words: str) -> str:
    """A quotation for a message: on one line, a long one with only its first and last words."""
    words = " ".join(words.split())
    if len(words) <= QUOTED:
        return words
    first = words[: QUOTED // 2].rsplit(" ", 1)[0]
    last = words[-QUOTED // 2 :].split(" ", 1)[-1]
    return f"{first} … {last}"


def _no_block(selector: Selector, haystack: Haystack) -> Outcome:
    name = selector.blocks or selector.within
    shown = f"¶{name[1:]}" if name.startswith("p") else name
    message = f"there is no {shown} in {haystack.name}" if name else "nothing is quoted"
    named = ", ".join(sorted(haystack.named))
    last = max(haystack.numbered, default=0)
    numbered = "" if not last else "¶1" if last == 1 else f"¶1 to ¶{last}"
    there = " and ".join(part for part in (numbered, named) if part)
    hint = f"{haystack.name} has {there}" if there else ""
    return Orphan(selector, State.NEVER_FOUND), (diagnose("G207", selector.place, message, hint),)


def _settings_of(selector: Selector) -> str:
    """The settings that narrowed the search, for the message."""
    shown = selector.within.replace("p", "¶") if selector.within.startswith("p") else selector.within
    parts = [f"in {shown}"] if shown else []
    parts += [f"after “{short(selector.prefix)}”"] if selector.prefix else []
    parts += [f"before “{short(selector.suffix)}”"] if selector.suffix else []
    return f" {', '.join(parts)}" if parts else ""


def _candidates(haystack: Haystack, match: Match) -> tuple[Candidate, ...]:
    """Where the words stand, each place with what would choose it; where they stand nowhere, what is most like them."""
    if match.fault in (Fault.NOWHERE, Fault.NO_END):
        since = haystack.source(match.places[0]).end if match.places else 0
        near = haystack.nearest.seek(match.sought)
        return tuple(Candidate(span, likeness, "") for span, likeness in near if span.start >= since)
    if match.fault is Fault.ACROSS:
        return tuple(Candidate(haystack.source(place), 1.0, "") for place in match.places[:PLACES_TOLD])
    return tuple(
        Candidate(haystack.source(place), 1.0, _choosing(haystack, place, match.places))
        for place in match.places[:PLACES_TOLD]
    )


def _choosing(haystack: Haystack, place: Span, places: Sequence[Span]) -> str:
    if len(places) > PLACES_WEIGHED or not haystack.budget.spend(len(places)):
        return ""
    if len(places) == 1:
        name = haystack.where(haystack.source(place).start)
        return f'in="{name}"' if name else ""
    settings = distinguish(haystack, place, places)
    return settings.written() if settings is not None else ""


def _hint(haystack: Haystack, match: Match, candidates: Sequence[Candidate]) -> str:
    if not candidates:
        return ""
    if match.fault in (Fault.NOWHERE, Fault.NO_END):
        return proposed(haystack, candidates[0].span)
    if match.fault is Fault.ACROSS:
        return "quote the words on one side only"
    if len(match.places) > PLACES_WEIGHED and match.fault is not Fault.ELSEWHERE:
        return _often(haystack, match)
    told = "; ".join(_told(haystack, candidate) for candidate in candidates)
    more = len(match.places) - len(candidates)
    told += f"; and {more} more" if more > 0 else ""
    return f"it stands elsewhere: {told}" if match.fault is Fault.ELSEWHERE else f"say which: {told}"


def _count(match: Match) -> str:
    return f"{len(match.places):,}{' or more' if match.more else ''}"


def _often(haystack: Haystack, match: Match) -> str:
    """What helps where words stand so often that no list of their places does."""
    first, last = (cited(haystack, haystack.source(match.places[index])) for index in (0, -1))
    where = f"in {first}" if first == last else f"from {first} to {last}"
    return f"these words stand {_count(match)} times, {where}: quote more of them"


def _told(haystack: Haystack, candidate: Candidate) -> str:
    where = cited(haystack, candidate.span)
    if not candidate.setting:
        return where
    return candidate.setting if candidate.setting.startswith("in=") else f"{candidate.setting} ({where})"


def proposed(haystack: Haystack, span: Span) -> str:
    """The question whether these words were meant; and in how many places they stand, where it is more than one."""
    words = haystack.prose.words(span)
    standing = haystack.standing(plain(words))
    places = standing.uncut or standing.allowed
    where = [*dict.fromkeys(cited(haystack, haystack.source(place)) for place in places[:PLACES_TOLD])]
    if len(places) < 2:
        return f"did you mean “{short(words)}” ({cited(haystack, span)})?"
    return f"did you mean “{short(words)}” ({len(places)} places: {', '.join(where[:PLACES_NAMED])})?"


def cited(haystack: Haystack, span: Span) -> str:
    """How a place is named to an author: article ¶4."""
    return f"{haystack.name} {haystack.where(span.start)}".strip()
