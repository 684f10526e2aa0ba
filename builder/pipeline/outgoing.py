"""An anchored edition -> the same as it is told to others, who have no lock: each passage by what finds it there alone.

A number that means another paragraph now, words that the text no longer has, or has elsewhere: what isn't settled goes
out with the words that it was written on and those that stood around them, as they are remembered. So nobody can put
it on a passage that it never had.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.note import Anchor, Quotation, State
from builder.model.prose import BlockKind
from builder.parse.rewrite import shown
from builder.parse.selectors import quotation_of, read_blocks, selector_of
from builder.relate.anchor import anchor
from builder.relate.haystack import WHOLE, haystack
from builder.relate.pointed import asked_about

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.crossref import Question
    from builder.model.note import Found, Selector
    from builder.model.site import Edition
    from builder.model.view import Anchored
    from builder.relate.haystack import Haystack

AROUND = 48
"""Characters on either side that go with words that aren't settled, whole words: fewer than any lock remembers."""

LONGEST = 2000
"""Characters of a passage that still go out as one quotation; of a longer one its first and last words."""

ENDS = 16
"""So many of them."""

_BRACES = str.maketrans("{}", "()")
"""No setting of a heading holds them safely; between words they make no difference."""


def outgoing(anchored: Anchored) -> Anchored:
    """The edition with every passage as it is found without a lock, by headings that say what is meant.

    What stands exactly where its heading says is as it was. The law: read again from what goes out, it is the same.
    """
    writer = _Outgoing(anchored.edition)
    notes = {
        note.id: tuple(writer.told(note.text, found) for found in anchored.notes[note.id])
        for note in anchored.edition.notes
    }
    ties = {}
    for tie in anchored.edition.crossrefs:
        one, other = anchored.crossrefs[tie.id]
        ties[tie.id] = (writer.told(tie.one.text, one, alone=True), writer.told(tie.other.text, other, alone=True))
    about, typed = dict(anchored.about), dict[tuple[str, int], str]()
    for key, asked in asked_about(anchored.edition).items():
        found = anchored.about.get(key)
        if found is not None and found.state is not State.EXACT:
            about[key] = writer.told(asked.text, found, alone=True)
            typed[key] = _typed(asked.text, about[key].selector)
    edition = replace(
        anchored.edition, questions=tuple(_retyped(question, typed) for question in anchored.edition.questions)
    )
    return replace(anchored, edition=edition, notes=notes, crossrefs=ties, about=about)


def _retyped(question: Question, typed: Mapping[tuple[str, int], str]) -> Question:
    """A question that is about what is meant, as that is typed."""
    about = (typed.get((question.id, index), one) for index, one in enumerate(question.about))
    return replace(question, about=tuple(about))


def _typed(text: str, selector: Selector) -> str:
    """A passage as an item of a list."""
    within = f" {shown(selector.within)}" if selector.within else ""
    return f"{text}{within} “{selector.heading}”" if selector.readings else f"{text} {shown(selector.blocks)}"


class _Outgoing:
    """The texts of an edition, each made ready when something in it isn't settled."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._stacks: dict[str, Haystack] = {}

    def told(self, text: str, found: Found, *, alone: bool = False) -> Found:
        """One passage as it goes out. `alone`: its heading has no settings."""
        known = self._edition.text(text)
        selector = found.selector
        if known is None or selector.blocks == WHOLE or (found.was is None and not _is_lost_block(found)):
            return found
        if text not in self._stacks:
            self._stacks[text] = haystack(known.prose, text)
        within = self._stacks[text]
        tried = []
        for one in _ways(found, within, alone=alone):
            again, _ = anchor(one, within)
            tried.append(again)
            if _agree(again, found):
                return _as_said(again, found)
        lost = (one for one in tried if not isinstance(one, Anchor))
        return _as_said(next(lost, tried[0]), found)


def _as_said(again: Found, found: Found) -> Found:
    """What its author said to be gone keeps the words that it was written on.

    They may stand elsewhere now. Then only a heading with more of what stood around them finds nothing; but that is no
    quotation, and others are told the words themselves.
    """
    if isinstance(again, Anchor) or isinstance(found, Anchor) or not found.settled or found.was is None:
        return again
    was = Quotation(_line(found.was.exact), _last(found.was.prefix), _first(found.was.suffix))
    return replace(again, was=was) if was.exact != again.selector.heading else again


def _agree(again: Found, found: Found) -> bool:
    """Whether nobody is led astray: both lost, or within the place where it stands."""
    if not isinstance(again, Anchor) or not isinstance(found, Anchor):
        return not isinstance(again, Anchor) and not isinstance(found, Anchor)
    return found.span.holds(again.span)


def _is_lost_block(found: Found) -> bool:
    """Whether it names a block that was never there: by others its name might be taken for one of theirs."""
    return bool(found.selector.blocks) and not isinstance(found, Anchor)


def _ways(found: Found, within: Haystack, *, alone: bool) -> Iterator[Selector]:
    """What says where it stood, the likest to be found by its own words first; of what is lost the surest not to be."""
    selector = found.selector
    if found.was is None:
        yield quotation_of(selector.heading if alone else f"“{selector.heading}”", selector.place)
        return
    words = _line(found.was.exact) or selector.heading
    before, after = _last(found.was.prefix), _first(found.was.suffix)
    home = _footnote(found, within)
    if alone:  # a semicolon would end an item of a list
        words = max(words.split(";"), key=len).strip()
        before, after = before.rpartition(";")[2].strip(), after.partition(";")[0].strip()
    long = quotation_of(_beside(before, words, after, found.was), selector.place, within=home)
    # Of what never stood nothing is remembered but its heading: with its settings it is still found nowhere.
    as_typed = () if selector.blocks or isinstance(found, Anchor) else (selector,)
    if alone:
        yield from (quotation_of(words, selector.place, within=home), long, *as_typed)
        return
    heading = f"“{words}”" if read_blocks(words) else words
    bare = selector_of(heading, selector.place, within=home)
    around = replace(bare, prefix=before.translate(_BRACES), suffix=after.translate(_BRACES))
    yield from (bare, around, long) if found.state is State.MOVED else (around, bare, long)
    yield from as_typed


def _beside(before: str, words: str, after: str, was: Quotation) -> str:
    """Words with what stood around them, with a space only where there was one."""
    whole = _line(was.exact) == words
    left = " " if not whole or was.prefix[-1:].isspace() or was.exact[:1].isspace() else ""
    right = " " if not whole or was.suffix[:1].isspace() or was.exact[-1:].isspace() else ""
    return f"{before}{left}{words}{right}{after}".strip()


def _footnote(found: Found, within: Haystack) -> str:
    """The footnote in which a passage lies: it must be named always; "" in the running text."""
    block = within.block_at(found.span.start) if isinstance(found, Anchor) else None
    return block.called if block is not None and block.kind is BlockKind.FOOTNOTE else ""


def _line(words: str) -> str:
    """Words as one would type them, on one line; of very many the first and the last."""
    pieces = words.replace("\u00ad", "").split()
    if len(words) > LONGEST and len(pieces) > 2 * ENDS:
        return f"{' '.join(pieces[:ENDS])} … {' '.join(pieces[-ENDS:])}"
    return " ".join(pieces)


def _last(words: str) -> str:
    """The last of some words, none cut in two where that can be."""
    kept = words[-AROUND:]
    if len(words) > AROUND and not words[-AROUND - 1].isspace():
        kept = kept[kept.find(" ") + 1 :]
    return " ".join(kept.replace("\u00ad", "").split())


def _first(words: str) -> str:
    kept = words[:AROUND]
    if len(words) > AROUND and not words[AROUND].isspace():
        kept = kept[: kept.rfind(" ")] if " " in kept else kept
    return " ".join(kept.replace("\u00ad", "").split())
