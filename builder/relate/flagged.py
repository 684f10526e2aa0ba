"""A selector that was found with a doubt, or lost what it had -> its Anchor or Orphan, and the Diagnostic that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.note import Anchor, Candidate, Orphan, State
from builder.relate.describe import describe
from builder.relate.exact import fits
from builder.relate.lost import short
from builder.relate.normal import plain

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.note import Found, Selector
    from builder.model.prose import Span
    from builder.relate.haystack import Haystack

Outcome = tuple["Found", tuple["Diagnostic", ...]]

PLACES = 3
"""Candidates shown of a lost passage."""

REWRITTEN = 1000
"""Rivals of a passage beyond which the settings that would choose it aren't looked for."""


def moved(selector: Selector, within: Haystack, span: Span, score: float = 1.0) -> Outcome:
    """The same words, in another place."""
    told = diagnose(
        "G208",
        selector.place,
        f"passage moved to {_cited(within, span)}: “{short(within.prose.words(span))}”",
        _settings(selector, within, span) or "accept it in glossator review if the note still fits there",
    )
    return Anchor(selector, span, State.MOVED, score), (told,)


def reworded(selector: Selector, within: Haystack, span: Span, score: float, *, old: str = "") -> Outcome:
    """Other words, in the place of the old ones; `score` is the share that is kept."""
    kept = min(99, int(100 * score))
    told = diagnose(
        "G209",
        selector.place,
        f"passage reworded ({kept} % kept): “{short(old or selector.heading)}”",
        f"now “{short(within.prose.words(span))}” ({_cited(within, span)}): glossator check --fix or review",
    )
    return Anchor(selector, span, State.REWORDED, score), (told,)


def unsettled(selector: Selector, within: Haystack, span: Span, score: float = 1.0) -> Outcome:
    """The very words in their own place, perhaps under settings that no longer hold."""
    found = Anchor(selector, span, State.EXACT, score)
    if fits(selector, within, span):
        return found, ()
    message = f"{_typed(selector)} no longer holds: “{short(selector.heading)}” stands in {_cited(within, span)}"
    return found, (diagnose("G211", selector.place, message, _settings(selector, within, span)),)


def lost(selector: Selector, within: Haystack, old: str, gap: Span | None) -> Outcome:
    """Words that stood once. `gap` is what stands now between what surrounded them, if it still does."""
    candidates = _candidates(within, old, gap)
    hint = ""
    if candidates:
        words = short(within.prose.words(candidates[0].span))
        if gap is not None and gap.holds(candidates[0].span):
            hint = f"there now stands “{words}” ({_cited(within, candidates[0].span)})"
        else:
            hint = f"did you mean “{words}” ({_cited(within, candidates[0].span)})?"
    elif gap is not None:
        hint = f"it was taken out of {_cited(within, gap)}".rstrip()
    message = f"note lost its passage: “{short(old or selector.heading)}”"
    return Orphan(selector, State.LOST, candidates), (diagnose("G210", selector.place, message, hint),)


def undecided(selector: Selector, within: Haystack, places: tuple[Span, ...]) -> Outcome:
    """Words that may now stand in several places, as much speaking for each."""
    candidates = tuple(Candidate(span, 1.0, _settings(selector, within, span)) for span in places[:PLACES])
    told = "; ".join(f"“{short(within.prose.words(one.span))}” ({_cited(within, one.span)})" for one in candidates)
    message = f"quotation may stand in more than one place: “{short(selector.heading)}”"
    return Orphan(selector, State.AMBIGUOUS, candidates), (
        diagnose("G202", selector.place, message, f"say which: {told}"),
    )


def _candidates(within: Haystack, old: str, gap: Span | None) -> tuple[Candidate, ...]:
    """What stands there now, then where the same words stand, then what is most like them."""
    found: list[Candidate] = []
    if gap is not None and within.prose.words(gap).strip(" \n.,;:") and len(gap) <= 4 * len(old) + 80:
        found.append(Candidate(_trimmed(within, gap), 0.0, ""))
    standing = within.standing(plain(old))
    found += [Candidate(within.source(place), 1.0, "") for place in standing.allowed[:PLACES]]
    if not standing.allowed:
        found += [Candidate(span, likeness, "") for span, likeness in within.nearest.seek(old)]
    return tuple(found[:PLACES])


def _trimmed(within: Haystack, span: Span) -> Span:
    words = within.prose.words(span)
    start = span.start + len(words) - len(words.lstrip())
    return type(span)(start, max(start, span.start + len(words.rstrip())))


def _cited(within: Haystack, span: Span) -> str:
    return f"{within.name} {within.where(span.start)}".strip()


def _typed(selector: Selector) -> str:
    shown = selector.within.replace("p", "¶") if selector.within.startswith("p") else selector.within
    named = (("in", shown), ("before", selector.prefix), ("after", selector.suffix))
    return " ".join(f'{name}="{short(value)}"' for name, value in named if value) or "it"


def _settings(selector: Selector, within: Haystack, span: Span) -> str:
    """What to write now so that the words are chosen, as a hint; "" where they need none, or none can be told."""
    if fits(selector, within, span):
        return ""
    target = within.normal.within(span)
    rivals = within.standing(within.normal.text[target.start : target.end]).allowed
    if len(rivals) > REWRITTEN or not within.budget.spend(len(rivals)):
        return ""
    told = describe(within, span)
    name = told.within.replace("p", "¶") if told.within.startswith("p") else told.within
    if selector.within and not name and not told.prefix and not told.suffix:
        name = within.where(span.start)
    named = (("in", name), ("before", told.prefix), ("after", told.suffix))
    written = " ".join(f'{key}="{value}"' for key, value in named if value)
    return f"write {written}" if written else "take the settings out: the words stand once"
