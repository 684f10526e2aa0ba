"""Anchored editions -> the rows of `glossator anchors`: where each note and each end of a cross-reference stands."""

from __future__ import annotations

import posixpath
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.note import Anchor, Orphan, State, percent
from builder.model.value import value_class
from builder.parse.rewrite import Sort, shown
from builder.pipeline.reviewing import doubt
from builder.pipeline.sought import Stacks, sought
from builder.shell.reports import document
from builder.shell.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model.crossref import Question
    from builder.model.prose import Block, Prose, Span
    from builder.model.site import Address
    from builder.model.view import Link, Referred
    from builder.pipeline.sought import Sought

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
    """As it is called now (`p4` is ¶4), whatever its address."""
    address: str | None
    """The paragraph's id on the page (`essay-p4`), which it keeps where its number changes."""
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
        return block.called if block else None

    def address(self, text: str, span: Span) -> str | None:
        block = self.block(span.start)
        return f"{text}-{block.id}" if block else None


def rows(referred: Referred, *, folder: str = "") -> Iterator[Row]:
    """Every selector of an edition: its notes in their order, its cross-references, the passages of its questions.

    `folder` precedes the names of files.
    """
    edition = referred.anchored.edition
    readers = {text.id: _Reader(text.prose) for text in edition.texts}
    stacks = Stacks(edition)
    asked: dict[tuple[str, int], Sought] = {}
    for one in sought(referred.anchored):
        if one.sort is Sort.QUESTION:
            asked[one.id, one.index] = one
        elif one.sort in (Sort.NOTE, Sort.CROSSREF):
            yield _row(edition.id, one, readers, stacks, folder)
    for question in edition.questions:
        for index, link in enumerate(referred.about.get(question.id, ())):
            about = asked.get((question.id, index))
            if about is not None:
                yield replace(_row(edition.id, about, readers, stacks, folder), quotation=question.about[index])
            elif link.address is None or (link.address.edition == edition.id and link.address.kind in _IN_A_TEXT):
                yield _question_row(question, index, link, edition.id, readers, folder)


def _row(edition: str, one: Sought, readers: dict[str, _Reader], stacks: Stacks, folder: str) -> Row:
    found, reader = one.found, readers.get(one.text)
    span = found.span if isinstance(found, Anchor) else None
    return Row(
        edition=edition,
        text=one.text,
        kind=one.sort.value,
        id=one.id,
        index=one.index,
        state=found.state.value,
        start=span.start if span else None,
        end=span.end if span else None,
        block=reader.where(span) if span and reader else None,
        address=reader.address(one.text, span) if span and reader else None,
        score=found.score if isinstance(found, Anchor) else None,
        quotation=found.selector.heading,
        found=reader.prose.words(span) if span and reader else None,
        file=posixpath.join(folder, found.selector.place.path),
        line=found.selector.place.line,
        candidates=_candidates(one, reader, stacks),
    )


def _question_row(
    question: Question,
    index: int,
    link: Link,
    edition: str,
    readers: dict[str, _Reader],
    folder: str,
) -> Row:
    """A text as a whole that a question is about; or what leads nowhere, of which none of its texts is known."""
    text = _text_of(link.address, readers) if link.address is not None else ""
    reader = readers.get(text)
    span = reader.prose.main if reader is not None else None
    state = State.EXACT if span else State.NEVER_FOUND
    return Row(
        edition=edition,
        text=text,
        kind="question",
        id=question.id,
        index=index,
        state=state.value,
        start=span.start if span else None,
        end=span.end if span else None,
        block=reader.where(span) if span and reader else None,
        address=reader.address(text, span) if span and reader else None,
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


def _candidates(one: Sought, reader: _Reader | None, stacks: Stacks) -> tuple[dict[str, object], ...]:
    found, text = one.found, one.text
    if not isinstance(found, Orphan) or reader is None:
        return ()
    return tuple(
        {
            "start": one.span.start,
            "end": one.span.end,
            "block": reader.where(one.span),
            "address": reader.address(text, one.span),
            "score": one.score,
            "found": reader.prose.words(one.span),
            "setting": setting,
        }
        for one, setting in zip(found.nearest, _settings(one, found, reader, stacks), strict=True)
    )


def _settings(one: Sought, found: Orphan, reader: _Reader, stacks: Stacks) -> list[str]:
    """What chooses each candidate; of those that look alike what `review` would write, where that says which."""
    settings = [candidate.setting for candidate in found.nearest]
    looks = [(reader.where(candidate.span), reader.prose.words(candidate.span)) for candidate in found.nearest]
    if len(set(looks)) < len(looks) and stacks.of(one.text) is not None:
        for index, option in enumerate(doubt(one, stacks).options):
            if looks.count(looks[index]) > 1:
                settings[index] = settings[index] or option.setting
    return settings


def as_json(listed: Iterable[Row]) -> str:
    """`{"anchors": [...]}`, each row with the fields of `Row` in their order."""
    return document({"anchors": [{name: getattr(row, name) for name in Row.__slots__} for row in listed]})


def as_text(listed: Iterable[Row]) -> str:
    """A table: where each selector is written, its state, where it stands, its entry, its words.

    Below one that has no place stand those where it might.
    """
    found = list(listed)
    cells = [_HEAD, *(_cells(row) for row in found)]
    widths = [min(WIDEST, max(len(row[column]) for row in cells)) for column in range(len(_HEAD) - 1)]
    lines = [_line(_HEAD, widths)]
    for row, told in zip(found, cells[1:], strict=True):
        lines.append(_line(told, widths))
        lines += [_perhaps(row, one) for one in row.candidates[:PERHAPS]]
    return "".join(f"{line}\n" for line in lines)


_HEAD = ("written in", "state", "stands in", "characters", "entry", "words")

WIDEST = 64
"""No column is set wider for one long name in it."""

PERHAPS = 3
"""So many candidates are shown; JSON has all."""


def _cells(row: Row) -> tuple[str, ...]:
    number = f" ({row.index + 1})" if row.index else ""
    kept = f" {percent(row.score)}" if row.score is not None and row.score < 1 else ""
    return (
        f"{row.file}:{row.line}",
        f"{row.state}{kept}",
        f"{row.text} {shown(row.block or '')}".strip(),
        f"{row.start}–{row.end}" if row.start is not None else "",
        f"{row.kind} {row.id}{number}",
        _quoted(row.found if row.found is not None else row.quotation),
    )


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=False)]
    return "  ".join((*padded, cells[-1])).rstrip()


def _perhaps(row: Row, one: dict[str, object]) -> str:
    where = f"{row.text} {shown(str(one['block'] or ''))}".strip()
    chosen = one["setting"] if row.kind == Sort.NOTE.value else ""  # elsewhere that is what is said before it
    setting = f": {chosen}" if chosen else ""
    return f"    perhaps {where} {_quoted(str(one['found']))}{printable(setting)}"


def _quoted(words: str) -> str:
    words = printable(" ".join(words.split()))
    return f"“{words}”" if len(words) <= 60 else f"“{words[:59]}…”"
