"""Anchored editions -> the rows of `glossator anchors`: where each note and each end of a cross-reference stands."""

from __future__ import annotations

import posixpath
from bisect import bisect_right
from typing import TYPE_CHECKING

from builder.model.note import Anchor, State
from builder.model.value import value_class
from builder.shell.reports import document
from builder.shell.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model.crossref import Question
    from builder.model.note import Candidate, Found
    from builder.model.prose import Block, Prose, Span
    from builder.model.site import Address
    from builder.model.view import Link, Referred

_IN_A_TEXT = frozenset({"text", "block", "title", "dek"})


@value_class(frozen=True, slots=True)
class Row:
    """One selector and what became of it. Offsets are code points of the text as read; None where it is lost."""

    edition: str
    text: str
    kind: str
    id: str
    index: int
    """Which of its passages, from 0."""
    state: str
    start: int | None
    end: int | None
    block: str | None
    score: float | None
    quotation: str
    """The words by which it is sought, as typed."""
    found: str | None
    """The words that stand there."""
    file: str
    line: int
    candidates: tuple[dict[str, object], ...]


class _Reader:
    """Answers, for one text, which block holds an offset: found in the order of their starts, not one by one."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        blocks = (*prose.blocks, *(footnote.block for footnote in prose.footnotes))
        self._blocks = sorted(blocks, key=lambda block: (block.span.start, -block.span.end))
        self._starts = [block.span.start for block in self._blocks]

    def block(self, offset: int) -> Block | None:
        """The innermost block at an offset: a block that holds another begins before it."""
        for index in range(bisect_right(self._starts, offset) - 1, -1, -1):
            if self._blocks[index].span.end > offset:
                return self._blocks[index]
        return None

    def where(self, span: Span) -> str | None:
        block = self.block(span.start)
        return block.id if block else None


def rows(referred: Referred, *, folder: str = "") -> Iterator[Row]:
    """Every selector of an edition: its notes in their order, its cross-references, the passages of its questions.

    `folder` precedes the names of files.
    """
    anchored, edition = referred.anchored, referred.anchored.edition
    readers = {text.id: _Reader(text.prose) for text in edition.texts}
    for note in edition.notes:
        for index, found in enumerate(anchored.notes.get(note.id, ())):
            yield _row(edition.id, ("note", note.id, index), found, note.text, readers, folder)
    for crossref in edition.crossrefs:
        for index, found in enumerate(anchored.crossrefs.get(crossref.id, ())):
            text = (crossref.one, crossref.other)[index].text
            yield _row(edition.id, ("crossref", crossref.id, index), found, text, readers, folder)
    for question in edition.questions:
        for index, link in enumerate(referred.about.get(question.id, ())):
            if link.address is None or (link.address.edition == edition.id and link.address.kind in _IN_A_TEXT):
                yield _question_row(question, index, link, edition.id, readers, folder)


def _row(
    edition: str, key: tuple[str, str, int], found: Found, text: str, readers: dict[str, _Reader], folder: str
) -> Row:
    kind, id_, index = key
    reader = readers.get(text)
    span = found.span if isinstance(found, Anchor) else None
    nearest = () if isinstance(found, Anchor) else found.nearest
    return Row(
        edition=edition,
        text=text,
        kind=kind,
        id=id_,
        index=index,
        state=found.state.value,
        start=span.start if span else None,
        end=span.end if span else None,
        block=reader.where(span) if span and reader else None,
        score=found.score if isinstance(found, Anchor) else None,
        quotation=found.selector.heading,
        found=reader.prose.words(span) if span and reader else None,
        file=posixpath.join(folder, found.selector.place.path),
        line=found.selector.place.line,
        candidates=tuple(_candidate(one, reader) for one in nearest if reader),
    )


def _question_row(
    question: Question, index: int, link: Link, edition: str, readers: dict[str, _Reader], folder: str
) -> Row:
    """What a question is about. A link has its passage, or the blocks that it leads to, or has led nowhere."""
    text, reader, span = "", None, link.span
    if link.address is not None:
        text = _text_of(link.address, readers)
        reader = readers.get(text)
        if span is None and reader is not None:
            block = reader.prose.block_named(link.address.id.removeprefix(f"{text}-"))
            span = block.span if block else reader.prose.main
    return Row(
        edition=edition,
        text=text,
        kind="question",
        id=question.id,
        index=index,
        state=(State.EXACT if span else State.NEVER_FOUND).value,
        start=span.start if span else None,
        end=span.end if span else None,
        block=reader.where(span) if span and reader else None,
        score=1.0 if span else None,
        quotation=question.about[index],
        found=reader.prose.words(span) if span and reader else None,
        file=posixpath.join(folder, question.place.path),
        line=question.place.line,
        candidates=(),
    )


def _text_of(address: Address, texts: Iterable[str]) -> str:
    """The text in which an address lies: `a-b-p4` is a block of `a-b`, though there may be a text `a`."""
    lies_in = [text for text in texts if address.id == text or address.id.startswith(f"{text}-")]
    return max(lies_in, key=len, default="")


def _candidate(one: Candidate, reader: _Reader) -> dict[str, object]:
    return {
        "start": one.span.start,
        "end": one.span.end,
        "block": reader.where(one.span),
        "score": one.score,
        "found": reader.prose.words(one.span),
        "setting": one.setting,
    }


def as_json(listed: Iterable[Row]) -> str:
    """`{"anchors": [...]}`, each row with the fields of `Row` in their order."""
    return document({"anchors": [{name: getattr(row, name) for name in Row.__slots__} for row in listed]})


def as_text(listed: Iterable[Row]) -> str:
    """A line for each selector: file and line, state, where it stands, its id, its words."""
    return "".join(f"{_line(row)}\n" for row in listed)


def _line(row: Row) -> str:
    where = f"{row.text} {row.block or '?'} {row.start}–{row.end}" if row.start is not None else row.text
    number = f" ({row.index + 1})" if row.index else ""
    words = printable(row.found if row.found is not None else row.quotation)
    words = words if len(words) <= 60 else f"{words[:59]}…"
    return f"{row.file}:{row.line}: {row.state}: {where}: {row.kind} {row.id}{number} “{words}”"
