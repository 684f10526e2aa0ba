"""An edition's notes -> a table for a spreadsheet, a row for each passage that a note speaks of.

RFC 4180: commas, CRLF, cells in quotation marks where they must be. In UTF-8 with its mark, without which Excel takes
the bytes for those of an older encoding; LibreOffice and Python's `utf-8-sig` pass over it.
"""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from builder.model.note import Anchor
from builder.render import plain
from builder.render.citations import is_citation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.model.note import Found, Note
    from builder.model.prose import Frame, Prose, Reference, Span
    from builder.model.site import Settings
    from builder.render.matter import Matter

COLUMNS = (
    "edition", "text", "paragraph", "id", "kind", "layer", "by", "date", "tags", "state", "start", "end", "lemma",
    "found", "before", "after", "note",
)  # fmt: skip
"""`paragraph` is the ¶ number (or title, dek, h2, fn1), `lemma` the heading as typed (of what isn't settled the words
that it was written on), `found` the words that stand there; `before` and `after` what stands around them, of what isn't
settled what stood around its old words; `start` and `end` count code points of the text as read. What a lost note has
not is empty."""

AROUND = 32
"""Characters on either side of a passage; more where it takes more to tell it from one with the same words."""

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet would take for a formula, and cells that are told apart from these."""


def table(matter: Matter, _: Settings) -> bytes:
    """The notes in the order of their files, replies and lost ones among them."""
    lines: list[str] = []
    writer = csv.writer(_Lines(lines))
    writer.writerow(COLUMNS)
    voices = {(layer.text, layer.id): layer.by for layer in matter.edition.layers}
    for note in matter.edition.notes:
        by, body = note.by or voices.get((note.text, note.layer), ""), _plain(matter, note.body)
        for found in matter.referred.anchored.notes[note.id]:
            writer.writerow([defused(cell) for cell in (*_row(matter, note, found, by), body)])
    return "".join(lines).encode("utf-8-sig")


def defused(cell: str) -> str:
    """The cell, with an apostrophe before it where it would be taken for a formula; `armed` is the way back."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def armed(cell: str) -> str:
    """The cell as it was before it was defused."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


class _Lines:
    """What csv wants of a file."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def write(self, line: str) -> None:
        self._lines.append(line)


def _row(matter: Matter, note: Note, found: Found, by: str) -> Iterator[str]:
    """The cells of one passage, all but what the note says."""
    prose = matter.texts[note.text].prose
    span = found.span if isinstance(found, Anchor) else None
    block = prose.block_at(span.start) if span else None
    yield from (matter.edition.id, note.text)
    yield (str(block.number) if block.number is not None else block.id) if block else ""
    yield from (note.id, note.kind, note.layer, by)
    yield from (note.date, "; ".join(note.tags), found.state.value)
    yield from (str(span.start), str(span.end)) if span else ("", "")
    yield " ".join(found.was.exact.split()) if found.was is not None else found.selector.heading
    yield prose.words(span) if span else ""
    if found.was is not None:
        yield from (" ".join(found.was.prefix.split()), " ".join(found.was.suffix.split()))
    else:
        yield from _around(prose.content, span) if span else ("", "")


def _around(content: str, span: Span) -> tuple[str, str]:
    """What stands before and after a passage: whole words, enough to tell it from every other one."""
    size, first, last = AROUND, span.start, span.end
    while True:
        first, last = max(0, span.start - size), min(len(content), span.end + size)
        piece = content[first:last]
        if content.find(piece, content.find(piece) + 1) < 0:
            break
        size *= 2
    while first > 0 and span.start - first < 2 * size and not content[first - 1].isspace():
        first -= 1
    while last < len(content) and last - span.end < 2 * size and not content[last].isspace():
        last += 1
    return " ".join(content[first : span.start].split()), " ".join(content[span.end : last].split())


def _plain(matter: Matter, prose: Prose) -> str:
    """A body as plain words, its footnotes after it."""
    frames = (prose.frame, *(footnote.frame for footnote in prose.footnotes))
    return "\n\n".join(plain.write(frame, prose, _shown(matter, frame)) for frame in frames).strip()


def _shown(matter: Matter, frame: Frame) -> Callable[[Reference], str]:
    """What the references of a frame show; works cited together stand in one pair of brackets, as in the pages."""
    cited = {event for event in frame if is_citation(event)}
    going_on = {after for before, after in pairwise(frame) if before in cited and after in cited}
    gone_on = {before for before, after in pairwise(frame) if before in cited and after in cited}

    def shown(reference: Reference) -> str:
        link = matter.referred.links.get(reference)
        words = link.words if link is not None else reference.words or reference.target
        if reference not in cited:
            return words
        located = f"{words}, {reference.words}" if reference.words else words
        return f"{'; ' if reference in going_on else '('}{located}{'' if reference in gone_on else ')'}"

    return shown
