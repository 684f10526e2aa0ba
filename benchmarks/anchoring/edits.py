"""A tracked text, a place in it, chance -> the text edited there in one of the ways in which editors do."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from benchmarks.anchoring.layout import around, paragraphs, sentences, words
from benchmarks.anchoring.shapes import Shape
from benchmarks.anchoring.tracked import Tracked, instead, owner
from builder.model.prose import Span

if TYPE_CHECKING:
    import random

Edit = Callable[[Tracked, Span, Shape, "random.Random"], Tracked]

MARKS = (
    {"“": "«", "”": "»", "’": "'", "—": "–"},
    {"“": '"', "”": '"', "’": "'", "—": "--", "–": "-"},
    {"“": "„", "”": "“", "'": "’", "—": " – "},
)


def typo(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """One letter of a word changed, left out, doubled, or changed with the next."""
    word = _word(text, at, rng)
    old = text.text[word.start : word.end]
    place = rng.randrange(len(old))
    other = rng.choice(shape.text.replace(" ", "").replace("\n", ""))
    kinds = [old[:place] + other + old[place + 1 :], old[:place] + old[place] + old[place:]]
    if len(old) > 2:
        kinds += [old[:place] + old[place + 1 :], old[:place] + old[place : place + 2][::-1] + old[place + 2 :]]
    return text.retyped(word.start, word.end, rng.choice(kinds))


def swapped(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """Two neighbouring words the other way round, both of the quotation unless it is one."""
    del shape
    there = words(text.text, block_of(text, at))
    first = around(there, at)[:-1] or around(there, at)
    index = rng.choice(first) if first else 0
    if index + 1 >= len(there):
        index = len(there) - 2
    if index < 0:
        return text
    one, other = there[index], there[index + 1]
    between = text.part(one.end, other.start)
    return text.put(one.start, other.end, text.part(other.start, other.end), between, text.part(one.start, one.end))


def replaced(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """A word replaced by another."""
    word = _word(text, at, rng)
    drawn, old = shape.sentence(rng), text.text[word.start : word.end]
    inside = (drawn[one.start : one.end] for one in words(drawn, Span(0, len(drawn))))
    new = rng.choice([one for one in inside if one != old])  # the same by chance is no edit
    marks = [instead(owner(text.marks[word.start]))] * len(new)
    return text.put(word.start, word.end, Tracked(new, marks))


def put_before(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """A sentence put before the first one of the quotation."""
    first = sentences_of(text, at)[0]
    return text.put(first.start, first.start, Tracked.new(shape.sentence(rng) + shape.joint))


def put_after(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """A sentence put after the last one of the quotation."""
    last = sentences_of(text, at)[-1]
    return text.put(last.end, last.end, Tracked.new(shape.joint + shape.sentence(rng)))


def put_inside(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """A sentence put into the quotation: between two sentences of it, else in brackets between two words."""
    inner = [one for one in sentences_of(text, at) if at.start < one.start < at.end]
    if inner:
        place = rng.choice(inner).start
        return text.put(place, place, Tracked.new(shape.sentence(rng) + shape.joint))
    there = [one for one in words(text.text, at) if one.start > at.start]
    place = rng.choice(there).start if there else at.start
    return text.put(place, place, Tracked.new(f"({shape.sentence(rng)}){shape.joint}"))


def deleted(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """All sentences of the quotation deleted."""
    del shape, rng
    there = sentences_of(text, at)
    return _without(text, Span(there[0].start, there[-1].end))


def beside_deleted(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """The sentence before or after those of the quotation deleted."""
    del shape
    every = [one for block in paragraphs(text.text) for one in sentences(text.text, block)]
    own = around(every, at)
    beside = [index for index in (own[0] - 1, own[-1] + 1) if 0 <= index < len(every)] if own else []
    return _without(text, every[rng.choice(beside)]) if beside else text


def moved(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """The quotation's first paragraph moved to elsewhere, two others away at least."""
    del shape
    blocks = paragraphs(text.text)
    own = around(blocks, at)[0]
    places = [index for index in range(len(blocks) + 1) if not own - 1 <= index <= own + 2]
    if not places:
        return text
    parts = [text.part(block.start, block.end) for block in blocks]
    place = rng.choice(places)
    part = parts.pop(own)
    parts.insert(place - (place > own), part)
    return _paragraphs(parts)


def sentence_moved(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """The quotation's sentences moved behind one of another paragraph, two away at least; one line then, if several."""
    own = sentences_of(text, at)
    piece = text.part(own[0].start, own[-1].end).spelt({"\n": " "})
    mark = _another_end(text, at, rng)
    text = deleted(text, at, shape, rng)
    place = text.marks.index(mark) + 1 if mark in text.marks else len(text.text)
    return text.put(place, place, Tracked.new(shape.joint), piece)


def paragraph_deleted(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """All paragraphs of the quotation deleted."""
    del shape, rng
    blocks = paragraphs(text.text)
    own = around(blocks, at)
    return _paragraphs([text.part(one.start, one.end) for index, one in enumerate(blocks) if index not in own])


def merged(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """The quotation's paragraph made one with the next."""
    del rng
    blocks = paragraphs(text.text)
    own = around(blocks, at)[0]
    if own + 1 == len(blocks):
        return text
    return text.put(blocks[own].end, blocks[own + 1].start, Tracked.new(shape.joint))


def split(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """The quotation's paragraph made two, where one of its sentences begins; half the time within the quotation."""
    del shape
    block = block_of(text, at)
    inner = [one.start for one in sentences(text.text, block)[1:]]
    if rng.random() < 0.5 or not inner:
        inner = [one.start for one in words(text.text, at)[1:]] or inner
    if not inner:
        return text
    place = rng.choice(inner)
    start = place
    while start > block.start and text.text[start - 1].isspace():
        start -= 1
    return text.put(start, place, Tracked.new("\n\n"))


def restyled(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """Quotation marks, apostrophes and dashes in another style, everywhere."""
    del at, shape
    return text.spelt(rng.choice(MARKS))


def decomposed(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """Letters and their accents apart (Unicode's NFD), everywhere."""
    del at, shape, rng
    return text.spelt({letter: unicodedata.normalize("NFD", letter) for letter in set(text.text)})


def copied(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """The quotation's sentences put once more in an earlier place (a later one, where there is none earlier)."""
    return _copied(text, at, shape, rng, change=False)


def near_copy(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """The quotation's sentences put once more elsewhere, with a letter changed."""
    return _copied(text, at, shape, rng, change=True)


def copy_and_typo(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """The same words put elsewhere, and at home a letter changed: the other place looks more alike."""
    before = text.marks[at.start]
    text = copied(text, at, shape, rng)
    start = text.marks.index(before) if before >= 0 else at.start
    return typo(text, Span(start, start + len(at)), shape, rng)


def taken_elsewhere(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """The quotation's sentences deleted, its words put into a new sentence elsewhere: moved, if they are six or more.

    Of fewer nobody would say that they are the same words; there they count as new ones.
    """
    words_taken = text.part(at.start, at.end)
    if len(words(words_taken.text, Span(0, len(at)))) < SIX:
        words_taken = Tracked.new(words_taken.text)
    mark = _another_end(text, at, rng)
    text = deleted(text, at, shape, rng)
    place = text.marks.index(mark) + 1 if mark in text.marks else len(text.text)
    return _put_into_another(text, place, words_taken.spelt({"\n": " "}), shape, rng)


def twin_elsewhere(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """A new sentence elsewhere that holds the quotation's words too: what is done before the old text is kept."""
    place = text.marks.index(_another_end(text, at, rng)) + 1
    return _put_into_another(text, place, Tracked.new(" ".join(text.text[at.start : at.end].split())), shape, rng)


def _another_end(text: Tracked, at: Span, rng: random.Random) -> int:
    """The mark of a paragraph's last character, two paragraphs away from a place at least."""
    blocks = paragraphs(text.text)
    own = around(blocks, at) or [0]
    ends = [block.end - 1 for index, block in enumerate(blocks) if not own[0] - 2 <= index <= own[-1] + 1]
    known = [text.marks[end] for end in ends if text.marks[end] >= 0]
    return rng.choice(known) if known else text.marks[-1]


def _put_into_another(text: Tracked, place: int, piece: Tracked, shape: Shape, rng: random.Random) -> Tracked:
    """Some words put into a new sentence at a place."""
    sentence = shape.sentence(rng)
    middle = rng.choice(words(sentence, Span(0, len(sentence)))).start
    head, tail = shape.joint + sentence[:middle], shape.joint + sentence[middle:]
    return text.put(place, place, Tracked.new(head), piece, Tracked.new(tail))


SIX = 6


def standing(text: Tracked, marks: list[int]) -> Span | None:
    """Where what is left of some characters stands, the longest stretch of it."""
    wanted = {mark for mark in marks if mark >= 0}
    places = [place for place, mark in enumerate(text.marks) if mark in wanted]
    if not places:
        return None
    best = run = Span(places[0], places[0] + 1)
    for place in places[1:]:
        run = Span(run.start, place + 1) if place - run.end < 3 else Span(place, place + 1)
        best = max(best, run, key=len)
    return best


def _word(text: Tracked, at: Span, rng: random.Random) -> Span:
    there = words(text.text, at)
    return rng.choice(there) if there else at


def block_of(text: Tracked, at: Span) -> Span:
    """The first paragraph that a place meets."""
    blocks = paragraphs(text.text)
    met = around(blocks, at)
    return blocks[met[0]] if met else at


def sentences_of(text: Tracked, at: Span) -> list[Span]:
    """The sentences that a place meets, in all its paragraphs."""
    blocks = paragraphs(text.text)
    every = [one for index in around(blocks, at) for one in sentences(text.text, blocks[index])]
    return [one for one in every if one.meets(at)] or [at]


def _without(text: Tracked, gone: Span) -> Tracked:
    """The text without a stretch and the white space that is then too much; a paragraph left empty goes too."""
    start, end = gone.start, gone.end
    blank = "\n\n"
    opens = start == 0 or text.text[:start].endswith(blank)
    closes = end == len(text.text) or text.text.startswith(blank, end)
    if opens and closes:
        end += 2
    elif opens:
        while end < len(text.text) and text.text[end].isspace():
            end += 1
    else:
        while start and text.text[start - 1].isspace() and not text.text[:start].endswith(blank):
            start -= 1
    return text.put(start, min(end, len(text.text)))


def _paragraphs(parts: list[Tracked]) -> Tracked:
    """Paragraphs with a blank line between."""
    joined = Tracked("\n\n".join(part.text for part in parts), [])
    for index, part in enumerate(parts):
        joined.marks.extend([-1, -1] * bool(index) + part.marks)
    return joined


def _copied(text: Tracked, at: Span, shape: Shape, rng: random.Random, *, change: bool) -> Tracked:
    own = sentences_of(text, at)
    copy = text.text[own[0].start : own[-1].end].replace("\n\n", shape.joint or " ")
    if change:
        places = [index for index, letter in enumerate(copy) if letter.isalpha()] or [0]
        place = rng.choice(places)
        copy = copy[:place] + rng.choice("aeiourstn" if copy[place].isascii() else shape.text[:40]) + copy[place + 1 :]
    every = [one for block in paragraphs(text.text) for one in sentences(text.text, block)]
    # Not beside itself: nobody could say which of the two is the copy.
    far = [one.end for one in every if one.end < own[0].start - 60 or one.end > own[-1].end + 60]
    earlier = [end for end in far if end < own[0].start]
    place = rng.choice((far if change else earlier) or far or [len(text.text)])
    return text.put(place, place, Tracked.new(shape.joint + copy))
