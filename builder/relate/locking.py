"""An anchored edition, and what its lock said -> what it is to say: the texts now, and where each selector stands.

The law: what is made with the new lock is what was made with the old one, and its lock is the new one again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.lock import (
    BETWEEN,
    Lock,
    LockedBlock,
    LockedNote,
    LockedNotes,
    LockedPlace,
    LockedSelector,
    LockedText,
    Remembered,
    digest_of_typed,
    digests_of_note,
)
from builder.model.note import Anchor, State
from builder.relate.lexicon import placed
from builder.relate.memories import stood, surroundings, texts_by_id
from builder.relate.pointed import asked_about, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.model.lock import Key, LockedReference
    from builder.model.note import Found, Note
    from builder.model.prose import Block, Prose, Span
    from builder.model.view import Anchored


def locked(
    anchored: Anchored,
    sides: Sequence[Lock],
    memories: Mapping[Key, Remembered],
    references: tuple[LockedReference, ...] = (),
) -> Lock:
    """The lock after a good build. Of a text that couldn't be read all stays as it was in `sides`, the old lock.

    A selector that is lost keeps the words that it had, and what stood around them; one that never stood has none.
    """
    old = texts_by_id(sides)
    unread = {text.id for text in anchored.edition.texts if text.unread}
    kept = {one.key: one for side in reversed(sides) for one in side.selectors if one.text in unread}
    texts: list[LockedText] = []
    desks: dict[str, _Desk] = {}
    for text in anchored.edition.texts:
        if text.id not in unread:
            desks[text.id] = _Desk(text.prose, locked_text(text.id, text.prose))
            texts.append(desks[text.id].locked)
        elif text.id in old:
            texts.append(old[text.id])
    selectors = [one for one in kept.values() if one.text in old]
    for key, layer, name, found in founds_of(anchored):
        if name in desks:
            one = desks[name].selector(key, found, memories.get(key), (layer, name))
            selectors.extend([one] if one is not None else [])
    return Lock(
        tuple(sorted(texts, key=lambda text: text.id)),
        tuple(sorted(selectors, key=lambda one: one.key)),
        references,
        tuple(_made(anchored.edition.notes)),
    )


def _made(notes: Sequence[Note]) -> Iterator[LockedNotes]:
    """The notes whose ids were made, and their neighbours, by text and layer."""
    files: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        files.setdefault((note.text, note.layer), []).append(note)
    for file, those in sorted(files.items()):
        made = {index for index, note in enumerate(those) if not note.given_id}
        beside = sorted(made.union(*((index - 1, index + 1) for index in made)))
        kept = [those[index] for index in beside if 0 <= index < len(those)]
        if kept:
            yield LockedNotes(*file, tuple(LockedNote(one.id, *_digests(one)) for one in kept))


def _digests(note: Note) -> tuple[str, ...]:
    return () if note.given_id else digests_of_note(note)


def settle(
    anchored: Anchored, memories: Mapping[Key, Remembered], said: Mapping[Key, Found]
) -> tuple[Anchored, Mapping[Key, Remembered]]:
    """An edition as its author says that it is, and what is then remembered: of what never stood, its own words."""
    if not said:
        return anchored, memories

    def now(sort: str, id: str, founds: tuple[Found, ...]) -> tuple[Found, ...]:
        return tuple(said.get((sort, id, index), found) for index, found in enumerate(founds))

    notes = {id: now("note", id, founds) for id, founds in anchored.notes.items()}
    ties = {id: now("crossref", id, founds) for id, founds in anchored.crossrefs.items()}
    pairs = {id: (founds[0], founds[1]) for id, founds in ties.items()}
    about = {key: said.get(("question", *key), found) for key, found in anchored.about.items()}
    quoted = {typed: said.get(("quoted", typed, 0), found) for typed, found in anchored.quoted.items()}
    known = {key: _never(found) for key, found in said.items() if key not in memories}
    settled = replace(anchored, notes=notes, crossrefs=pairs, about=about, quoted=quoted)
    return _settle_terms(settled, said), {**known, **memories}


def _settle_terms(anchored: Anchored, said: Mapping[Key, Found]) -> Anchored:
    """The places that entries of the glossary name."""
    now: dict[str, dict[str, list[tuple[str, Found]]]] = {"at": {}, "not-at": {}}
    for (sort, term, index), text, found in terms_found(anchored):
        now[sort].setdefault(term, []).append((text, said.get((sort, term, index), found)))
    at, never = ({term: tuple(founds) for term, founds in now[sort].items()} for sort in ("at", "not-at"))
    return replace(anchored, terms_at={**anchored.terms_at, **at}, terms_never_at={**anchored.terms_never_at, **never})


def terms_found(anchored: Anchored) -> Iterator[tuple[Key, str, Found]]:
    """What became of each place that an entry of the glossary names in this edition: its key, its text."""
    texts = {text.id for text in anchored.edition.texts}
    for term in placed(anchored.edition.terms):
        for sort, places, known in (
            ("at", term.at, anchored.terms_at),
            ("not-at", term.never_at, anchored.terms_never_at),
        ):
            here = [index for index, (text, _) in enumerate(places) if text in texts]
            for index, (text, found) in zip(here, known.get(term.id, ()), strict=False):
                yield (sort, term.id, index), text, found


def _never(found: Found) -> Remembered:
    """What is remembered of a selector of which there is nothing to remember but its heading."""
    heading = found.selector.heading
    return Remembered("", None, heading, "", "", State.LOST, 1.0, same=True)


def locked_text(name: str, prose: Prose) -> LockedText:
    """A text as a lock holds it: cut where a block begins after a blank line, and at every other blank line.

    The law: its content is the prose's.
    """
    blocks = (*prose.blocks, *(footnote.block for footnote in prose.footnotes))
    content = prose.content
    begins = {block.span.start for block in blocks}
    cuts = [start for start in sorted(begins) if content.startswith(BETWEEN, start - len(BETWEEN), start) and start]
    starts: list[int] = []
    words: list[str] = []
    first = 0
    for cut in (*cuts, len(content) + len(BETWEEN)) if content else ():
        for stretch in content[first : cut - len(BETWEEN)].split(BETWEEN):
            starts.append(first)
            words.append(stretch)
            first += len(stretch) + len(BETWEEN)
    named = _names(blocks, starts)
    known = set(named)
    bare = [
        (bisect_left(starts, block.span.start + (1 if not len(block.span) and block.span.start else 0)), block.id)
        for block in blocks
        if block.id not in known
    ]
    stretches = tuple(map(LockedBlock, named, words))
    aliases = sorted((alias, block.id) for block in blocks for alias in block.aliases)
    return LockedText(name, stretches, tuple(aliases), tuple(sorted(bare, key=lambda one: one[0])))


def _names(blocks: Sequence[Block], starts: Sequence[int]) -> list[str]:
    """For each stretch the innermost block that holds its first character, "" for none."""
    named = [""] * len(starts)
    for block in sorted(blocks, key=lambda block: -len(block.span)):
        for index in range(bisect_left(starts, block.span.start), bisect_left(starts, block.span.end)):
            named[index] = block.id
    return named


class _Desk:
    """One text that was read, and the places in it."""

    def __init__(self, prose: Prose, text: LockedText) -> None:
        self.locked = text
        self._prose = prose
        self._begins = text.begins()
        self._starts = text.starts()

    def selector(
        self, key: Key, found: Found, before: Remembered | None, home: tuple[str, str]
    ) -> LockedSelector | None:
        """What a lock says of one selector; None for one that never stood as it is written now."""
        if isinstance(found, Anchor):
            place, score = self._wordless(found, before) or self._place(found.span), found.score
            kept = None if found.state is State.EXACT else self._kept(found, before)
        elif before is not None and found.state is not State.NEVER_FOUND:
            place, score = None, 1.0
            kept = _lost(before)
        else:
            return None
        typed = digest_of_typed(found.selector)
        return LockedSelector(
            *key,
            *home,
            typed=typed,
            state=found.state,
            score=score,
            place=place,
            stood=stood(self._prose.words(found.span), typed) if isinstance(found, Anchor) else "",
            kept=kept,
            settled=not isinstance(found, Anchor) and found.settled,
        )

    def _kept(self, found: Anchor, before: Remembered | None) -> tuple[str, str, str]:
        """The words as they were when they last were exact; as they are quoted, where no lock knew them."""
        if before is not None:
            return before.quotation, before.prefix, before.suffix
        quoted = " … ".join(found.selector.readings[0]) if found.selector.readings else found.selector.heading
        return quoted, *surroundings(self._prose.content, found.span)

    def _wordless(self, found: Anchor, before: Remembered | None) -> LockedPlace | None:
        """The place of a block without words, by its address; None of words."""
        if len(found.span):
            return None
        blocks = (block for block in self._prose.blocks if not len(block.span))
        named = next((block.id for block in blocks if found.selector.blocks == f"p{block.number}"), "")
        address = before.block if found.state is not State.EXACT and before is not None else named
        return LockedPlace(address, 0, address, 0) if address else None

    def _place(self, span: Span) -> LockedPlace:
        first = self._block(span.start)
        last = self._block(max(span.start, span.end - 1))
        begins = self._begins
        return LockedPlace(first, span.start - begins.get(first, 0), last, span.end - begins.get(last, 0))

    def _block(self, offset: int) -> str:
        """The address from which an offset is counted: of the stretch in which it lies."""
        blocks = self.locked.blocks
        return blocks[bisect_right(self._starts, offset) - 1].id if blocks else ""


def _lost(before: Remembered) -> tuple[str, str, str]:
    """The words that stood, with enough around them to tell their place from every other."""
    if before.span is None or before.state is not State.EXACT:
        return before.quotation, before.prefix, before.suffix
    return before.quotation, *surroundings(before.old, before.span)


def found_at(anchored: Anchored, key: Key) -> Found | None:
    """What became of the selector with a key; None for no such."""
    return next((found for known, _, _, found in founds_of(anchored) if known == key), None)


def founds_of(anchored: Anchored) -> Iterator[tuple[Key, str, str, Found]]:
    """What became of each selector: its key, its layer, its text."""
    edition = anchored.edition
    for note in edition.notes:
        for index, found in enumerate(anchored.notes[note.id]):
            yield ("note", note.id, index), note.layer, note.text, found
    for tie in edition.crossrefs:
        ends = zip((tie.one, tie.other), anchored.crossrefs[tie.id], strict=True)
        for index, (end, found) in enumerate(ends):
            yield ("crossref", tie.id, index), "", end.text, found
    for (name, index), one in asked_about(edition).items():
        yield ("question", name, index), "", one.text, anchored.about[name, index]
    for typed, one in quoted(edition).items():
        yield ("quoted", typed, 0), "", one.text, anchored.quoted[typed]
    for key, text, found in terms_found(anchored):
        yield key, "", text, found
