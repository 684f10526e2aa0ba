"""Comments on stretches of a text -> a file of notes that quote just these stretches."""

from __future__ import annotations

from itertools import count, pairwise
from typing import TYPE_CHECKING

from builder.model.diagnostic import Place
from builder.model.incoming import Remark
from builder.model.note import Anchor
from builder.model.prose import Span
from builder.model.vocabulary import HIGHLIGHT
from builder.parse.selectors import read_blocks, selector_of
from builder.parse.written import written_entry
from builder.relate.anchor import anchor
from builder.relate.describe import describe
from builder.relate.haystack import block_name, haystack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.model.incoming import Commented
    from builder.model.prose import Prose
    from builder.relate.haystack import Haystack

LONGEST = 90
"""Characters of a quotation beyond which its first and last words stand for it, where these are enough."""

ENDS = 5
"""How many words stand for the beginning and for the end of a long quotation."""

Heading = tuple[str, "Mapping[str, str]"]


def imported_notes(
    comments: Sequence[Commented], prose: Prose, *, text: str, layer: str
) -> tuple[str, tuple[Remark, ...]]:
    """The file of notes on a text, "" for no comments; and which of them stand on other words than they stood on."""
    within = haystack(prose, text)
    offsets = [offset for offset in range(prose.main.start, prose.main.end) if not prose.content[offset].isspace()]
    answered = {comment.answers for comment in comments}
    ids = {comment.id: f"{text}-{layer}-{number}" for number, comment in zip(count(1), comments, strict=False)}
    entries: list[str] = []
    remarks: list[Remark] = []
    for comment in comments:
        headings, why = _headings(comment, within, offsets)
        if why:
            by = f" by {comment.by}" if comment.by else ""
            remarks.append(Remark(f"the comment{by} {why}: “{_short(comment.body)}”"))
        said = {name: value for name, value in (("by", comment.by), ("date", comment.date)) if value}
        if comment.answers in ids:
            said["re"] = f"#{ids[comment.answers]}"
        id = ids[comment.id] if comment.id in answered else ""
        classes = () if comment.body else (HIGHLIGHT,)
        entries.append("".join(_entry(headings, id, classes, said, comment.body)))
    return "\n".join(entries), tuple(remarks)


def _entry(
    headings: Sequence[Heading], id: str, classes: Sequence[str], said: Mapping[str, str], body: str
) -> Iterator[str]:
    """One note: a heading for each of its passages; the first has the settings, the last the body."""
    if classes:
        for words, where in headings:
            yield written_entry(words, classes=classes, settings={**where, **said})
        return
    for index, (words, where) in enumerate(headings):
        yield written_entry(
            words,
            id="" if index else id,
            settings=where if index else {**where, **said},
            body=body if index == len(headings) - 1 else "",
        )


def _short(body: str) -> str:
    words = " ".join(body.split())
    return words if len(words) <= 60 else f"{words[:59]}…"


def _headings(comment: Commented, within: Haystack, offsets: Sequence[int]) -> tuple[list[Heading], str]:
    """What a comment's note quotes; and, where that isn't what the comment stood on, why."""
    if comment.start < 0 or not offsets:
        return [("*", {})], "stands on no words of the text; it is a note on the whole of it"
    if comment.start >= comment.end:
        home = within.block_at(offsets[min(comment.start, len(offsets) - 1)])
        if home is None:
            return [("*", {})], "stands on no words of the text; it is a note on the whole of it"
        return _block(home.span, within), ""
    last = min(comment.end, len(offsets)) - 1
    span = Span(offsets[min(comment.start, last)], offsets[last] + 1)
    found = _quoting(span, within)
    if found is not None:
        return [found], ""
    parts = [_quoting(part, within) for part in _parts(span, within)]
    if parts and all(parts):
        return [part for part in parts if part is not None], ""
    home = within.block_at(span.start)
    words = _block(home.span, within) if home is not None else [("*", {})]
    return words, "stands on words that no quotation finds; it is a note on their paragraph"


def _block(span: Span, within: Haystack) -> list[Heading]:
    """What quotes a whole block: its number where it has one."""
    home = within.block_at(span.start)
    if home is not None and (home.number is not None or read_blocks(home.id)):
        return [(block_name(home), {})]
    found = _quoting(span, within)
    return [found] if found is not None else [("*", {})]


def _parts(span: Span, within: Haystack) -> Iterator[Span]:
    """A stretch cut at the edges of its blocks."""
    content = within.prose.content
    cuts = {span.start, span.end}
    cuts |= {edge for block in within.blocks for edge in (block.span.start, block.span.end)}
    for start, end in pairwise(sorted(cut for cut in cuts if span.start <= cut <= span.end)):
        words = content[start:end]
        if any(character.isalnum() for character in words):
            yield Span(end - len(words.lstrip()), start + len(words.rstrip()))


def _quoting(span: Span, within: Haystack) -> Heading | None:
    """The words and settings that find just this span; None where there are none."""
    words = within.prose.words(span)
    if not any(character.isalnum() for character in words):
        return None
    described = describe(within, span)
    settings = {"in": described.within, "before": described.prefix, "after": described.suffix}
    where = {name: _numbered(value) if name == "in" else value for name, value in settings.items() if value}
    tried: list[Heading] = []
    pieces = words.split()
    if len(described.heading) > LONGEST and len(pieces) > 2 * ENDS:
        tried.append((f"{' '.join(pieces[:ENDS])} … {' '.join(pieces[-ENDS:])}", {}))
    tried += [(described.heading, where), (f"“{described.heading}”", where)]
    return next((heading for heading in tried if _finds(heading, span, within)), None)


def _numbered(name: str) -> str:
    return f"¶{name[1:]}" if name[:1] == "p" and name[1:2].isdigit() else name


def _finds(heading: Heading, span: Span, within: Haystack) -> bool:
    words, where = heading
    selector = selector_of(
        words,
        Place(""),
        within=where.get("in", "").replace("¶", "p"),
        prefix=where.get("before", ""),
        suffix=where.get("after", ""),
    )
    found, _ = anchor(selector, within)
    return isinstance(found, Anchor) and found.span == span
