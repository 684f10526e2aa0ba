"""Notes, the author's footnotes and cross-references -> remarks: what stands in a handout's margin, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.handout import Passage, Remark
from builder.model.note import Anchor
from builder.model.prose import FootnoteMark, Run
from builder.model.quoting import in_line, without_strokes
from builder.render.handout_words import end_cited
from builder.render.note_views import note_spans
from builder.render.numbering import on_whole
from builder.render.text_views import called
from builder.render.tie_views import end_quote, ends_of, relation
from builder.render.tongue import direction
from builder.render.weave import weave

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.model.handout import Node
    from builder.model.note import Note
    from builder.model.prose import Prose
    from builder.model.text import Text
    from builder.render.cuts import Cuts
    from builder.render.decoration import Decoration
    from builder.render.handout_words import Writing

WHOLE_LEMMA = 42
"""Characters of a lemma that is cited whole; of a longer one its first and its last words are."""

BRIEF = 22
"""Characters for the label of a kind and a lemma before it, where both must stand on one line with more."""


def remarks(writing: Writing, cuts: Cuts) -> tuple[Remark, ...]:
    """All that stands in the margin, in the order of the passages."""
    found: list[tuple[tuple[int, int, float], Remark]] = []
    rank = {text.id: index for index, text in enumerate(writing.desk.matter.edition.texts)}
    for text in writing.desk.matter.edition.texts:
        calls = calls_of(text.prose)
        for order, one in enumerate((_notes, _footnotes, _ties)):
            for offset, remark in one(writing, text, cuts, calls):
                found.append(((rank[text.id], offset, order + 1.5 * _on_footnote(remark)), remark))
    return tuple(remark for _, remark in sorted(found, key=lambda one: one[0]))


def _on_footnote(remark: Remark) -> bool:
    """Whether a note is on words of a footnote: it comes after that."""
    return any(one.footnote for one in remark.passages[:1])


def calls_of(prose: Prose) -> dict[int, int]:
    """Footnote -> where in the main text it is called, itself or through another."""
    calls: dict[int, int] = {}
    reached = 0
    for event in prose.frame:
        if isinstance(event, Run):
            reached = event.span.end
        elif isinstance(event, FootnoteMark):
            for index in called(prose, event.index):
                calls.setdefault(index, reached)
    return calls


def _notes(writing: Writing, text: Text, cuts: Cuts, calls: dict[int, int]) -> Iterator[tuple[int, Remark]]:
    matter = writing.desk.matter
    for note in matter.numbering.order:
        if note.text != text.id or note.kind == "highlight":
            continue
        spans = [found.span for found in matter.referred.anchored.notes[note.id] if isinstance(found, Anchor)]
        spans.sort()
        whole = on_whole(note)
        if whole:
            spans = spans[:1]
        starts = [home(text.prose, span.start, calls) for span in spans]
        marks = [
            (cuts.start(text.id, start), cuts.end(text.id, span.end if span.end <= text.prose.main.end else start))
            for start, span in zip(starts, spans, strict=True)
        ]
        passages = [Passage(writing.desk.cite(text, span), footnote_at(text, span.start)) for span in spans]
        said = _said(writing, note) | {
            "type": "note",
            "whole": whole,
            "place": passages[0].place,
            "lemma": "" if whole else lemma(in_line(text.prose, spans[0])),
        }
        yield starts[0], Remark(f"note:{note.id}", text.id, tuple(marks), said, passages=tuple(passages))


def home(prose: Prose, start: int, calls: Mapping[int, int]) -> int:
    """Where in the main text a passage stands: one in a footnote where that is called."""
    index = _footnote(prose, start)
    return start if index is None else calls.get(index, prose.main.end)


def footnote_at(text: Text, start: int) -> str:
    """The key of the footnote in which a passage begins; "" for one in the main text."""
    index = _footnote(text.prose, start)
    return "" if index is None else f"fn:{text.id}-{text.prose.footnotes[index].block.id}"


def _footnote(prose: Prose, start: int) -> int | None:
    within = (one.block.span.start <= start < one.block.span.end for one in prose.footnotes)
    return next((index for index, here in enumerate(within) if here), None)


def _said(writing: Writing, note: Note) -> dict[str, Node]:
    """What a note says, with the notes that answer it."""
    desk = writing.desk
    layers = desk.matter.edition.layers
    first = next((layer.id for layer in layers), "")
    voice = next((layer.by or layer.title for layer in layers if layer.id == note.layer), "")
    language = next((one.language for one in layers if one.id == note.layer), "")
    return {
        "id": note.id,
        "kind": note.kind,
        "nodes": writing.body(note.body, f"note:{note.id}"),
        "by": note.by or ("" if note.layer == first else voice),
        "date": desk.words.date(note.date) if note.date else "",
        "language": language,
        "direction": direction(language or desk.matter.edition.settings.language),
        "replies": [_said(writing, reply) for reply in desk.matter.replies.get(note.id, ())],
    }


def _footnotes(writing: Writing, text: Text, cuts: Cuts, calls: dict[int, int]) -> Iterator[tuple[int, Remark]]:
    """The author's own footnotes."""
    desk, prose = writing.desk, text.prose
    for index, footnote in enumerate(prose.footnotes):
        at = calls.get(index, prose.main.end)
        spans: list[Decoration] = [*desk.term_spans(f"text:{text.id}"), *note_spans(desk, text)]
        mark = cuts.start(text.id, at)
        said = {
            "type": "footnote",
            "id": f"{text.id}-{footnote.block.id}",
            "kind": "author",
            "number": index + 1,
            "lemma": "",
            "place": desk.cite_block(text, footnote.block),
            "whole": False,
            "nodes": writing.nodes(weave(prose, footnote.frame, spans), prose),
            "by": "",
            "date": "",
            "language": text.title_page.language,
            "direction": direction(text.title_page.language),
            "replies": [],
        }
        yield at, Remark(f"fn:{text.id}-{footnote.block.id}", text.id, ((mark, mark),), said)


def _ties(writing: Writing, text: Text, cuts: Cuts, _: dict[int, int]) -> Iterator[tuple[int, Remark]]:
    """The ends of cross-references that lie in a text: each says where its other end is."""
    desk = writing.desk
    for crossref in desk.matter.numbering.ties.get(text.id, ()):
        ends = ends_of(desk, crossref)
        for side, (end, found) in enumerate(ends):
            if end.text != text.id or not isinstance(found, Anchor):
                continue
            far_end, far = ends[1 - side]
            said = {
                "type": "tie",
                "id": f"{crossref.id}-{side + 1}",
                "letter": desk.matter.numbering.letters[crossref.id],
                "relation": relation(desk, crossref, side),
                "place": desk.cite(text, found.span),
                "lemma": "" if end.selector.blocks else lemma(in_line(text.prose, found.span)),
                "to": f"xref:{crossref.id}-{2 - side}" if isinstance(far, Anchor) else "",
                "where": end_cited(desk, far_end, far),
                "quote": end_quote(desk, far_end, far),
            }
            cut = (cuts.start(text.id, found.span.start), cuts.end(text.id, found.span.end))
            yield found.span.start, Remark(f"xref:{crossref.id}-{side + 1}", text.id, (cut,), said, firm=True)


def lemma(words: str) -> str:
    """A passage as an apparatus cites it: whole where it is short, else its first and its last words."""
    words = " ".join(words.split()).strip(".,;: ")
    if len(words) <= WHOLE_LEMMA:
        return words
    parts = words.split(" ")
    if len(parts) < 5:
        return f"{words[: WHOLE_LEMMA // 3]} … {words[-WHOLE_LEMMA // 3 :]}"
    first, last = 2, 2
    while len(" ".join(parts[:first])) < 12 and first + last < len(parts) - 1:
        first += 1
    begun, ended = (without_strokes(" ".join(some)) for some in (parts[:first], parts[-last:]))
    return f"{begun} … {ended}"


def briefs(lemmas: Sequence[str], label: str) -> list[str]:
    """Lemmata cut to stand before the label of their kind: by their ends, where they begin alike."""
    room = max(BRIEF - len(label), 6)
    begun = [_begun(one, room) for one in lemmas]
    return [_ended(one, room) if begun.count(short) > 1 else short for one, short in zip(lemmas, begun, strict=True)]


def _begun(lemma: str, room: int) -> str:
    if len(lemma) <= room:
        return lemma
    first, _, rest = lemma[:room].rpartition(" ")
    return f"{first} …" if first else f"{rest}…"


def _ended(lemma: str, room: int) -> str:
    if len(lemma) <= room:
        return lemma
    rest, _, last = lemma[-room:].partition(" ")
    return f"… {last}" if last else f"…{rest}"
