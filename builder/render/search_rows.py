"""An edition under one view -> the places at which a search may find something: the words of each, and its address.

Made from what the view keeps, so that no search finds what its reader may not see.
"""

from __future__ import annotations

from enum import IntEnum
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from builder.model.note import Anchor
from builder.model.prose import BlockKind, Close, Element, Open, Run, Span
from builder.model.value import value_class
from builder.render import plain
from builder.render.citations import bracketed, unbracketed
from builder.render.excerpt import quoted
from builder.render.keeping import note_key
from builder.render.numbering import on_whole
from builder.render.tie_views import end_quote, end_where, ends_of, relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.model.crossref import CrossReference, Question
    from builder.model.glossary import Term
    from builder.model.note import Note
    from builder.model.prose import Block, Prose, Reference
    from builder.model.text import Text
    from builder.render.desk import Desk


class Group(IntEnum):
    """What was found, in the order in which results are shown; the numbers are those of the script."""

    TEXT = 0
    NOTE = 1
    TERM = 2
    CROSSREF = 3
    QUESTION = 4


@value_class(frozen=True, slots=True)
class Row:
    """One place: a paragraph, a note, an entry."""

    group: Group
    href: str
    """From the top of the site: `EDITION/index.html#article-p4`."""
    place: str
    """How it is cited: A ¶4, note 7 on A ¶4."""
    head: str
    """A title, a headword, the words that a note quotes; "" where there is none. What is found here comes first."""
    words: str
    text: str
    """The title of the text in which it stands, "" for what belongs to the edition."""
    language: str
    kind: str = ""
    """A note's kind."""
    also: tuple[str, ...] = ()
    """A term's other forms, which count as its head."""
    encoded: str = ""
    """Its name on the page, its place, its head and its words as the index has them; then these say no more."""


def other_forms(term: Term) -> tuple[str, ...]:
    """A term's forms besides its headword."""
    return tuple(form for form in term.forms if form != term.headword)


def search_rows(desk: Desk) -> Iterator[Row]:
    """Everything in an edition but its glossary, in reading order. `desk` stands at the top of the site."""
    for text in desk.matter.edition.texts:
        yield from _text_rows(desk, text)
    yield from _note_rows(desk)
    for crossref in desk.matter.numbering.crossrefs:
        yield _crossref_row(desk, crossref)
    for question in desk.matter.edition.questions:
        yield _question_row(desk, question)


def term_rows(desk: Desk) -> Iterator[tuple[Term, Row]]:
    """Every term of the edition's glossary, in alphabetical order."""
    for term in desk.matter.filed:
        yield (
            term,
            Row(
                group=Group.TERM,
                href=desk.href("term", term.id),
                place="",
                head=term.headword,
                words=desk.entry(term, "words", lambda desk, term: _words(desk, term.entry)),
                text="",
                language=desk.matter.edition.settings.language,
                also=desk.entry(term, "also", lambda _, term: other_forms(term)),
            ),
        )


def _text_rows(desk: Desk, text: Text) -> Iterator[Row]:
    """The title with the author's name, then block after block."""
    page = text.title_page
    titled = text.prose.block_named("title")
    name = f"{text.id}-title" if titled else text.id

    def row(href: str, place: str, head: str, words: str, encoded: str = "") -> Row:
        return Row(Group.TEXT, href, place, head, words, page.title, page.language, encoded=encoded)

    href = desk.href("block", name, text.id) if titled else desk.href("text", text.id, text.id)
    place = desk.words.say("cite.title", siglum=text.siglum) if text.siglum else ""
    yield row(href, place, page.title, page.author)
    blocks = (*text.prose.blocks, *(note.block for note in text.prose.footnotes))
    for index, block in enumerate(blocks):
        if block is titled:
            continue
        name = f"{text.id}-{block.id}"
        href = desk.href("block", name, text.id)
        if encoded := _known(desk, name):
            yield row(href, "", "", "", encoded)
            continue
        words = _own_words(text.prose, blocks, index)
        if not words:
            continue
        heading = block.kind is BlockKind.HEADING
        place = desk.cite_block(text, block)
        yield _kept(desk, name, row(href, place, words if heading else "", "" if heading else words))


def _known(desk: Desk, key: str) -> str:
    """What the last build found in a paragraph or a note that is as it was, "" for any other."""
    return desk.keeper.found.get(key, "") if desk.keeper is not None else ""


def _kept(desk: Desk, key: str, row: Row) -> Row:
    """The row, encoded at once where the next build may want it so."""
    if desk.keeper is None or not desk.keeper.keeps(key):
        return row
    desk.keeper.found[key] = said = encode(row)
    return Row(row.group, row.href, "", "", "", row.text, row.language, row.kind, row.also, said)


def encode(row: Row) -> str:
    """A row's name on the page, its place, its head and its words, as JSON has them in a list."""
    return ",".join(map(encode_basestring, (row.href.partition("#")[2], row.place, row.head, row.words)))


def _own_words(prose: Prose, blocks: Sequence[Block], index: int) -> str:
    """A block's words without those of blocks that stand within it, which follow it."""
    parts = []
    block = blocks[index]
    reached = block.span.start
    for following in range(index + 1, len(blocks)):
        inner = blocks[following].span
        if inner.start >= block.span.end:
            break
        if inner.start >= reached:
            parts.append(prose.words(Span(reached, inner.start)))
            reached = inner.end
    parts.append(prose.words(Span(reached, max(reached, block.span.end))))
    return " ".join(" ".join(parts).split())


def _plainly(desk: Desk, prose: Prose, name: str) -> str:
    """The words of a body: on all pages the same."""
    plain = desk.shelf.plain
    if name not in plain:
        plain[name] = _words(desk, prose)
    return plain[name]


def _words(desk: Desk, prose: Prose) -> str:
    """A body with its footnotes as plain words, references as they are shown."""

    def shown(reference: Reference) -> str:
        _, words, locator = desk.link(reference)
        return unbracketed(reference, words, locator)

    if (only := _only_words(prose)) is not None:
        return " ".join(only.split())
    written = [plain.write(frame, prose, shown) for frame in (prose.frame, *(note.frame for note in prose.footnotes))]
    return " ".join(bracketed(" ".join(written)).split())


def _only_words(prose: Prose) -> str | None:
    """What a body says that is one paragraph of words, as most notes are; None for any other."""
    frame = prose.frame
    if prose.footnotes or not frame or type(frame[0]) is not Open or frame[0].element is not Element.PARAGRAPH:
        return None
    said = []
    for event in frame[1:-1]:
        if type(event) is Run:
            said.append(prose.words(event.span))
        elif not (isinstance(event, (Open, Close)) and event.element.inline):
            return None
    return "".join(said)


def _note_rows(desk: Desk) -> Iterator[Row]:
    """Notes as they stand in their texts, each followed by its replies; then those that lost their passage."""
    matter = desk.matter
    placed = {note.id for note in matter.numbering.order}
    for note in matter.numbering.order:
        if note.kind != "highlight":
            yield from _thread(desk, note)
    for note in matter.edition.notes:
        if note.id not in placed and not note.answers:
            found = matter.referred.anchored.notes[note.id][0]
            words = found.selector.heading if isinstance(found, Anchor) else found.quoted
            yield _note_row(desk, note, desk.words.say("lost.title"), words)


def _thread(desk: Desk, note: Note) -> Iterator[Row]:
    matter = desk.matter
    if encoded := _known(desk, note_key(note.id)):
        yield _row(desk, note, "", "", "", encoded)
        return
    text = matter.texts[note.text]
    spans = [found.span for found in matter.referred.anchored.notes[note.id] if isinstance(found, Anchor)]
    place = desk.cite(text, spans[0])
    whole = on_whole(note)
    number = matter.numbering.notes[note.id]
    cite = desk.words.say("cite.note", place=text.siglum or place if whole else place, number=number)
    row = _note_row(desk, note, cite, "" if whole else quoted(text.prose, spans[0]))
    yield _kept(desk, note_key(note.id), row)
    yield from _replies(desk, note, cite)


def _replies(desk: Desk, note: Note, cite: str) -> Iterator[Row]:
    for reply in desk.matter.replies.get(note.id, ()):
        yield _note_row(desk, reply, cite, "")
        yield from _replies(desk, reply, cite)


def _note_row(desk: Desk, note: Note, place: str, head: str) -> Row:
    return _row(desk, note, place, head, _plainly(desk, note.body, f"note:{note.id}"))


def _row(desk: Desk, note: Note, place: str, head: str, words: str, encoded: str = "") -> Row:
    layer = desk.matter.layers.get(note.layer)
    spoken = layer.language if layer else ""
    page = desk.matter.texts[note.text].title_page
    href = desk.href("note", note.id, note.text)
    return Row(Group.NOTE, href, place, head, words, page.title, spoken or page.language, note.kind, (), encoded)


def _crossref_row(desk: Desk, crossref: CrossReference) -> Row:
    ends = ends_of(desk, crossref)
    one, other = (end_where(desk, *end) for end in ends)
    quotes = [desk.words.say("search.quoted", words=quote) for end in ends if (quote := end_quote(desk, *end))]
    return Row(
        group=Group.CROSSREF,
        href=desk.href("xref", crossref.id),
        place=desk.words.say("origin.crossref", letter=desk.matter.numbering.letters[crossref.id]),
        head=f"{one} {relation(desk, crossref, 0)} {other}",
        words=" ".join((*quotes, _plainly(desk, crossref.body, f"xref:{crossref.id}"))).strip(),
        text="",
        language=desk.matter.edition.settings.language,
    )


def _question_row(desk: Desk, question: Question) -> Row:
    asked = _plainly(desk, question.asked, f"question:{question.id}")
    answer = _plainly(desk, question.body, f"answer:{question.id}")
    return Row(
        group=Group.QUESTION,
        href=desk.href("question", question.id),
        place=desk.words.say("origin.question", number=desk.matter.numbering.questions[question.id]),
        head="",
        words=" ".join(filter(None, (asked, answer))),
        text="",
        language=desk.matter.edition.settings.language,
    )
