"""What was found other than it was left, or not at all -> the Orphan with its candidates, and what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.note import Anchor, Candidate, Orphan, State, percent
from builder.relate.haystack import block_name
from builder.relate.lost import PLACES_TOLD, cited, proposed, short
from builder.relate.normal import plain
from builder.relate.outside import advice_outside

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.note import Found, Selector
    from builder.relate.haystack import Haystack

_REVIEW = "if it is meant there, say so in `glossator review`"
_FIRST = "`glossator review` asks first; or mend the text, if it is a slip there"
_ASKS = "does what is said still hold? `glossator review` shows both and asks; or mend the text, if it is a slip there"


def moved(anchor: Anchor, within: Haystack) -> Diagnostic:
    """The same words, but not where they stood."""
    words = short(within.prose.words(anchor.span))
    where = cited(within, anchor.span)
    return diagnose("G208", anchor.selector.place, f"moved: “{words}” stands at {where} now", _REVIEW)


def reworded(anchor: Anchor, within: Haystack, old: str, *, sure: bool) -> Diagnostic:
    """Other words where it stood; `old` are the words as they were. `sure`: whether `check --fix` settles it."""
    now, where = within.prose.words(anchor.span), cited(within, anchor.span)
    kept = f"reworded{in_brackets(anchor.score)}"
    if anchor.selector.blocks or _ends_stand(anchor.selector, now):
        told = f"{kept} in part: {_between(old, now)} ({where})"
        hint = f"`glossator check --fix` takes it as it is now; {_FIRST}"
        return diagnose("G209", anchor.selector.place, told, hint if sure else _ASKS)
    told = f"{kept}: “{short(old)}” reads “{short(now)}” now ({where})"
    hint = f"`glossator check --fix` writes the words of now into the heading; {_FIRST}"
    return diagnose("G209", anchor.selector.place, told, hint if sure else _ASKS)


def in_brackets(score: float) -> str:
    """How much of the words was kept, as it is told: ` (88% kept)`; "" where that is all."""
    return f" ({percent(score)} kept)" if score < 1 else ""


def _ends_stand(selector: Selector, now: str) -> bool:
    """Whether a heading names the ends of these words alone, and they are the same."""
    words = plain(now)
    ranges = (reading for reading in selector.readings if len(reading) > 1)
    return any(words.startswith(plain(reading[0])) and words.endswith(plain(reading[-1])) for reading in ranges)


def _between(old: str, now: str) -> str:
    """What differs, from the first word that does to the last."""
    was, new = old.split(), now.split()
    first = 0
    while first < min(len(was), len(new)) and was[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(was), len(new)) - first and was[-1 - last] == new[-1 - last]:
        last += 1
    gone, come = (short(" ".join(words[first : len(words) - last])) for words in (was, new))
    if gone and come:
        return f"“{gone}” reads “{come}” now"
    return f"“{gone}” was taken out" if gone else f"“{come}” was put in"


def elsewhere_now(anchor: Anchor, within: Haystack, named: str) -> Diagnostic:
    """A block is named by a number that another one has now."""
    return named_elsewhere(anchor, called(anchor, within), named)


def named_elsewhere(anchor: Anchor, now: str, named: str, *, sure: bool = True) -> Diagnostic:
    """The same of one that is called `now`. `sure`: whether `check --fix` mends it."""
    shown = f"¶{named[1:]}" if named.startswith("p") else named
    sort = "footnote" if named.startswith("fn") else "paragraph"
    told = f"{shown} is another {sort} now than when this was written: what it meant is {now}"
    write = now if anchor.selector.blocks else f'in="{now}"'
    return diagnose("G214", anchor.selector.place, told, _write(write, anchor.selector.blocks, sure=sure))


def called(anchor: Anchor, within: Haystack) -> str:
    """How the blocks of a passage are called now: `¶4`, `¶4-6`. Of pictures in a row it may be each: `¶4 or ¶5`."""
    if not len(anchor.span):
        return " or ".join(block_name(block) for block in within.blocks if block.span == anchor.span)
    where = within.where(anchor.span.start)
    last = within.where(max(anchor.span.start, anchor.span.end - 1))
    return where if where == last else f"{where}-{last.removeprefix('¶')}"


def _write(now: str, named: str, *, sure: bool = True) -> str:
    """What to write instead; a block that is named, without words, may be meant as it is now."""
    hint = f"write {now}; `glossator check --fix` does it" if sure else f"write {now}"
    return f"{hint}; if ¶{named[1:]} of now is meant, say so in `glossator review`" if named else hint


def hint_for_reference(told: Diagnostic, found: Found, within: Haystack) -> str:
    """What a diagnostic advises, where a passage is named outside its text: its paragraph stands beside its words."""
    if isinstance(found, Orphan):
        return advice_outside(told, found, within)
    if told.code != "G214":
        return told.hint
    return _write(called(found, within), found.selector.blocks, sure="check --fix" in told.hint)


def lost(selector: Selector, within: Haystack, old: str) -> tuple[Orphan, tuple[Diagnostic, ...]]:
    """Its passage is gone; `old` are the words as they were."""
    near = within.nearest.seek(old)
    nearest = tuple(Candidate(span, likeness, "") for span, likeness in near)
    hint = proposed(within, near[0][0]) if near else ""
    told = diagnose("G210", selector.place, f"lost its passage: “{short(old)}”", hint)
    return Orphan(selector, State.LOST, nearest), (told,)


def undecided(selector: Selector, within: Haystack, old: str) -> tuple[Orphan, tuple[Diagnostic, ...]]:
    """Several places may be meant, and nothing says which; `old` are the words as they were."""
    standing = within.standing(plain(old))
    places = [within.source(place) for place in (standing.uncut or standing.allowed)[:PLACES_TOLD]]
    found = [(place, 1.0) for place in places] or within.nearest.seek(old)
    nearest = tuple(Candidate(span, likeness, "") for span, likeness in found)
    where = "; ".join(cited(within, one.span) for one in nearest)
    told = diagnose("G215", selector.place, f"its passage may be in several places: “{short(old)}”", where)
    return Orphan(selector, State.AMBIGUOUS, nearest), (told,)
