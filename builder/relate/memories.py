"""What a lock holds -> what is remembered of each selector of an edition, as far as the lock agrees with itself.

Of several passages of one entry each is known again by what it says; by its place among them only where that was
written anew.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.model.lock import BETWEEN, Remembered, digest_of_typed, short_digest
from builder.model.note import State
from builder.model.prose import Span
from builder.model.remember import remembered
from builder.relate.addresses import spans_of
from builder.relate.lexicon import placed
from builder.relate.pointed import asked_about, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.model.lock import Key, Lock, LockedPlace, LockedSelector, LockedText
    from builder.model.note import Note, Selector
    from builder.model.site import Edition
    from builder.relate.pointed import Pointed

Says = tuple[str, str]
"""A text, and the digest of what is sought in it."""

NOTE = "note"
"""The sort of a note's selector."""

NEAR = 64
"""Characters on either side that are remembered of a place that still stands: a line or so."""


def memories(edition: Edition, sides: Sequence[Lock]) -> Mapping[Key, Remembered]:
    """What is remembered of the edition's selectors, by their keys of now. Of two sides the first that is sound.

    A selector that is now in another text than it was is new; so is one whose place doesn't hold the words that
    the lock says: somebody merged or edited it.
    """
    found: dict[Key, Remembered] = {}
    if not any(side.selectors or side.references for side in sides):
        return found
    others = dict(_others_of(edition))
    for side in sides:
        for sort in (_of_notes(edition.notes, side), _sound(side, others, notes=False)):
            found = {**sort, **found}
    for side in sides:
        for key, memory in _from_numbers(edition, side):
            found.setdefault(key, memory)
    return found


@remembered
def _of_notes(notes: tuple[Note, ...], side: Lock) -> Mapping[Key, Remembered]:
    """What is remembered of notes: while their text alone is written on, it is the same at every build."""
    return _sound(side, dict(_selectors_of_notes(notes)), notes=True)


def _sound(side: Lock, wanted: Mapping[Key, tuple[str, Selector]], *, notes: bool) -> dict[Key, Remembered]:
    """What is remembered of some selectors, those of notes or the others."""
    texts = {text.id: _Old.of(text) for text in side.texts} if wanted else {}
    found = {}
    for key, one in _known_again((one for one in side.selectors if (one.sort == NOTE) is notes), wanted):
        text, selector = wanted[key]
        old = texts.get(one.text)
        memory = _remembered(one, selector, old) if text == one.text and old is not None else None
        if memory is not None:
            found[key] = memory
    return found


def _from_numbers(edition: Edition, side: Lock) -> Iterator[tuple[Key, Remembered]]:
    """What a lock remembers that has but the paragraphs of such passages: older ones have no more of them."""
    texts = {text.id: text for text in side.texts}
    known = {
        (one.owner if one.owner.startswith("about:") else "", one.typed): one
        for one in side.references
        if one.text in texts
    }
    if not known:
        return
    about = {question.id: question.about for question in edition.questions}
    asked = asked_about(edition).items()
    named: list[tuple[Key, Pointed, tuple[str, str]]] = [
        *((("question", name, index), one, (f"about:{name}", about[name][index])) for (name, index), one in asked),
        *((("quoted", typed, 0), one, ("", typed)) for typed, one in quoted(edition).items()),
    ]
    for key, one, typed in named:
        old = known.get(typed)
        memory = _of_paragraph(texts[old.text], old.addresses, one) if old is not None else None
        if memory is not None:
            yield key, memory


def _of_paragraph(text: LockedText, addresses: Sequence[str], one: Pointed) -> Remembered | None:
    """A passage that was a paragraph, or stood in it, as a lock remembers it that has no more than the paragraph."""
    spans, content = spans_of(text), text.content
    first, last = spans.get(addresses[0]), spans.get(addresses[-1])
    if first is None or last is None or text.id != one.text:
        return None
    span = Span(first.start, last.end)
    if one.selector.readings:
        words = one.selector.readings[0][0]
        start = content.find(words, span.start, span.end)
        if start < 0:
            return None
        span = Span(start, start + len(words))
    before, after = content[max(0, span.start - NEAR) : span.start], content[span.end : span.end + NEAR]
    return Remembered(content, span, content[span.start : span.end], before, after, State.EXACT, 1.0, same=True)


def _known_again(
    locked: Iterable[LockedSelector], wanted: Mapping[Key, tuple[str, Selector]]
) -> Iterator[tuple[Key, LockedSelector]]:
    """Each selector of a lock that there is now, with its key of now."""
    there: dict[tuple[str, str], list[LockedSelector]] = {}
    for one in locked:
        there.setdefault(one.key[:2], []).append(one)
    here: dict[tuple[str, str], list[Key]] = {}
    for key in wanted:
        if key[:2] in there:
            here.setdefault(key[:2], []).append(key)
    for entry, keys in here.items():
        if len(keys) == len(there[entry]) == 1 and keys[0][2] == there[entry][0].index:  # nearly all
            yield keys[0], there[entry][0]
            continue
        yield from _paired({key: _says(*wanted[key]) for key in keys}, {one.index: one for one in there[entry]})


def _paired(here: Mapping[Key, Says], there: dict[int, LockedSelector]) -> Iterator[tuple[Key, LockedSelector]]:
    """Those that say the same, wherever they stand now; of the rest those in the same place.

    As many as before, and some say something else: these were written anew in their places. (A number set right may
    make of one what the next was.)
    """
    said = {index: (one.text, one.typed) for index, one in there.items()}
    rewritten = len(here) == len(said) and Counter(here.values()) != Counter(said.values())
    left = list(here)
    if not rewritten:
        for key in sorted(left, key=lambda key: here[key] != said.get(key[2])):
            places = (key[2], *said)
            index = next((index for index in places if index in said and said[index] == here[key]), None)
            if index is not None:
                yield key, there[index]
                del said[index]
                left.remove(key)
    yield from ((key, there[key[2]]) for key in left if key[2] in said)


def _says(text: str, selector: Selector) -> Says:
    return text, digest_of_typed(selector)


def _selectors_of_notes(notes: Iterable[Note]) -> Iterator[tuple[Key, tuple[str, Selector]]]:
    """Each selector of some notes by its key, with the text in which it is sought."""
    for note in notes:
        for index, selector in enumerate(note.selectors):
            yield (NOTE, note.id, index), (note.text, selector)


def _others_of(edition: Edition) -> Iterator[tuple[Key, tuple[str, Selector]]]:
    """The same of all else that a lock holds."""
    for tie in edition.crossrefs:
        for index, end in enumerate((tie.one, tie.other)):
            yield ("crossref", tie.id, index), (end.text, end.selector)
    for (name, index), one in asked_about(edition).items():
        yield ("question", name, index), (one.text, one.selector)
    for typed, one in quoted(edition).items():
        yield ("quoted", typed, 0), (one.text, one.selector)
    for term in placed(edition.terms):
        for sort, places in (("at", term.at), ("not-at", term.never_at)):
            for index, place in enumerate(places):
                yield (sort, term.id, index), place


@lru_cache(maxsize=1 << 15)
def stood(words: str, typed: str) -> str:
    """The digest by which a place is known to be a selector's: of the words there, and of what is sought."""
    return short_digest(words, typed)


@dataclass(frozen=True, slots=True)
class _Old:
    """A text as it was, worked out once for all that stood in it."""

    content: str
    begins: Mapping[str, int]
    bare: Mapping[str, int]
    """The blocks without words, and before what each stands."""

    @classmethod
    def of(cls, text: LockedText) -> _Old:
        begins, spans = text.begins(), spans_of(text) if text.bare else {}
        bare = {address: spans[address].start for _, address in text.bare if address not in begins}
        return cls(text.content, {**begins, **bare}, bare)

    def span(self, place: LockedPlace) -> Span | None:
        """The characters of a place; None where the text has none such."""
        first, last = self.begins.get(place.first), self.begins.get(place.last)
        if first is None or last is None:
            return None
        span = Span(first + place.start, last + place.end)
        return span if 0 <= span.start <= span.end <= len(self.content) else None

    def wordless(self, place: LockedPlace, span: Span) -> str:
        """The address of the block without words that a place is; older locks name the end of what stands before it."""
        if len(span) or place.first in self.bare:
            return "" if len(span) else place.first
        there = [address for address, start in self.bare.items() if start in (span.start, span.start + len(BETWEEN))]
        return there[0] if len(there) == 1 else ""


def _remembered(one: LockedSelector, selector: Selector, old: _Old) -> Remembered | None:
    span = None
    if one.place is not None:
        span = old.span(one.place)
        if span is None or stood(old.content[span.start : span.end], one.typed) != one.stood:
            return None
    if one.kept is not None:
        quotation, prefix, suffix = one.kept
    elif span is not None:
        quotation = old.content[span.start : span.end]
        prefix = old.content[max(0, span.start - NEAR) : span.start]
        suffix = old.content[span.end : span.end + NEAR]
    else:
        return None
    same = digest_of_typed(selector) == one.typed
    block = old.wordless(one.place, span) if one.place is not None and span is not None else ""
    return Remembered(old.content, span, quotation, prefix, suffix, one.state, one.score, same, one.settled, block)


def surroundings(content: str, span: Span) -> tuple[str, str]:
    """What stands before and after a place: a line or so, and more where that stands around the same words twice."""
    width = NEAR
    while True:
        first, last = max(0, span.start - width), min(len(content), span.end + width)
        around = content[first:last]
        if (first == 0 and last == len(content)) or content.find(around, content.find(around) + 1) < 0:
            return content[first : span.start], content[span.end : last]
        width *= 2


def texts_by_id(sides: Iterable[Lock]) -> dict[str, LockedText]:
    """Each text of a lock; of two sides the first that has it."""
    found: dict[str, LockedText] = {}
    for side in sides:
        for text in side.texts:
            found.setdefault(text.id, text)
    return found
