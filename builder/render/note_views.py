"""Notes -> what the margin shows of them, and what is woven into the text for them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from markupsafe import Markup

from builder.model.note import Anchor
from builder.render import html
from builder.render.decoration import NoteSpan, covered
from builder.render.excerpt import quoted, shorten
from builder.render.html_marks import classes
from builder.render.numbering import on_whole
from builder.render.shelf import Stand, Voice
from builder.render.tongue import in_tongue
from builder.render.views import LinkView, LostView, NoteView
from builder.render.weave import weave

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from builder.model.note import Note, Orphan
    from builder.model.prose import Footnote, Span
    from builder.model.site import Address
    from builder.model.text import Text
    from builder.render.desk import Desk


def mark_id(note: Note, index: int) -> str:
    """The id of a note's mark at its passage; the first passage has the plain one."""
    return f"ref-{note.id}" if index == 0 else f"ref-{note.id}-{index + 1}"


def note_spans(desk: Desk, text: Text, but: Container[str] = ()) -> list[NoteSpan]:
    """What is woven into a text for its notes, `but` those of these ids."""
    spans = []
    numbering = desk.matter.numbering
    for note in numbering.on.get(text.id, ()):
        if note.id in but or on_whole(note):
            continue
        kind = desk.kind(note.kind)
        number = numbering.notes.get(note.id, "")
        key = "note.mark" if number else "note.highlight"
        founds = desk.matter.referred.anchored.notes[note.id]
        earliest = min((found.span for found in founds if isinstance(found, Anchor)), default=None)
        for index, found in enumerate(founds):
            if not isinstance(found, Anchor):
                continue
            spans.append(
                NoteSpan(
                    span=covered(text.prose, found.span),
                    key=note.id,
                    mark_id=mark_id(note, index),
                    href=desk.href("note", note.id, text.id) if number else f"#{mark_id(note, index)}",
                    number=number,
                    label=desk.words.say(key, number=number, kind=kind.label.lower()),
                    kind=note.kind,
                    cue=kind.cue,
                    anchor=number if found.span == earliest else "",
                    highlight=not number,
                    layer=apart(desk, note),
                )
            )
    return spans


def note_view(desk: Desk, note: Note) -> NoteView:
    """A note that stands in its text."""
    known = desk.shelf.stands
    if note.id not in known:
        known[note.id] = _stand(desk, note)
    stands = known[note.id]
    passages = []
    for name, where in stands.passages:
        href = desk.href("ref", name, note.text) if name else desk.href("text", note.text, note.text)
        passages.append(LinkView(href, where))
    return bare_view(desk, note, number=stands.number, lemma=stands.lemma, passages=tuple(passages), cite=stands.cite)


def _stand(desk: Desk, note: Note) -> Stand:
    matter = desk.matter
    text = matter.texts[note.text]
    number = matter.numbering.notes.get(note.id, "")
    whole = on_whole(note)
    passages = []
    lemma = ""
    for index, found in enumerate(matter.referred.anchored.notes[note.id]):
        if isinstance(found, Anchor):
            lemma = lemma or quoted(text.prose, found.span)
            name = note.id if index == 0 else f"{note.id}-{index + 1}"
            passages.append(("" if whole else name, desk.cite(text, found.span)))
    cite = desk.words.say("cite.note", place=passages[0][1] if passages else text.siglum, number=number)
    return Stand(number, "" if whole else lemma, cite, tuple(passages))


def bare_view(
    desk: Desk, note: Note, *, number: str = "", lemma: str = "", passages: tuple[LinkView, ...] = (), cite: str = ""
) -> NoteView:
    """A note with what its place gives it: nothing for one that lost its place, or that answers another."""
    matter = desk.matter
    known = desk.shelf.voices
    if note.id not in known:
        known[note.id] = _voiced(desk, note)
    voice = known[note.id]
    body, runs_in = desk.running_body(note.body, f"note:{note.id}")
    around = matter.texts[note.text].title_page.language
    return NoteView(
        id=f"note-{note.id}",
        key=note.id,
        number=number,
        anchor="" if on_whole(note) else number,
        kind=voice.kind,
        classes=voice.classes,
        label=voice.label,
        lemma=lemma,
        passages=passages,
        body=in_tongue(body, voice.language, around, tag="span" if runs_in else "div"),
        runs_in=runs_in,
        by=voice.by,
        date=voice.date,
        layer=note.layer,
        tags=note.tags,
        cite=cite,
        mentions=desk.mentioned("note", note.id),
        questions=desk.asked("note", note.id),
        replies=tuple(bare_view(desk, reply, cite=cite) for reply in matter.replies.get(note.id, ())),
    )


def _voiced(desk: Desk, note: Note) -> Voice:
    kind, number = desk.kind(note.kind), desk.matter.numbering.notes.get(note.id, "")
    layer = desk.matter.layers.get(note.layer)
    return Voice(
        kind=kind,
        classes=classes(kind.id, kind.cue, apart(desk, note)),
        label=desk.words.say("note.label" if number else "note.reply", number=number, kind=kind.label.lower()),
        by=note.by or _voice(desk, note),
        date=desk.words.date(note.date) if note.date else "",
        language=layer.language if layer else "",
    )


def apart(desk: Desk, note: Note) -> str:
    """A note's layer, "" for the edition's first: what has no class costs nothing."""
    first = next((layer.id for layer in desk.matter.edition.layers), "")
    return "" if note.layer == first else note.layer


def _voice(desk: Desk, note: Note) -> str:
    """Who speaks in a note's layer: told only of the layers after the first, whose voice is the edition's own."""
    layer = desk.matter.layers.get(apart(desk, note))
    return layer.by if layer else ""


def footnote_view(desk: Desk, text: Text, footnote: Footnote, index: int, *, marks: bool = True) -> NoteView:
    """One of the essayist's own footnotes, set in the margin among the notes and marked as the author's.

    `marks` is whether passages of notes within it are marked: where the text itself is not, their notes are apart.
    """
    name = f"{text.id}-{footnote.block.id}"
    number = str(index + 1)
    kind = desk.kind("author")
    noted = note_spans(desk, text) if marks else ()
    woven = weave(text.prose, footnote.frame, [*desk.term_spans(f"text:{text.id}"), *noted])
    return NoteView(
        id=name,
        key=name,
        number=number,
        anchor=f"{name}",
        kind=kind,
        classes=classes(kind.id, kind.cue, ""),
        label=desk.words.say("note.author", number=number),
        lemma="",
        passages=(LinkView(desk.href("ref", name, text.id), desk.cite_block(text, footnote.block)),),
        body=Markup(html.write(woven, text.prose, desk.ink(f"{text.id}-", text))),
        runs_in=False,
        by=text.title_page.author,
        date="",
        layer="",
        tags=(),
        cite=desk.cite_block(text, footnote.block),
        mentions=desk.spoken_of("block", name),
        questions=(),
        replies=(),
    )


def lost_views(desk: Desk, texts: Iterable[Text]) -> tuple[LostView, ...]:
    """Everything that lost its passage in these texts: notes (with what they say) and ends of cross-references."""
    shown = dict.fromkeys(text.id for text in texts)
    anchored = desk.matter.referred.anchored
    lost = []
    for note in chain.from_iterable(desk.matter.said.get(name, ()) for name in shown):
        if note.answers:
            continue
        whole = all(not isinstance(found, Anchor) for found in anchored.notes[note.id])
        for index, found in enumerate(anchored.notes[note.id]):
            if not isinstance(found, Anchor):
                page_id = f"note-{note.id}" if whole and index == 0 else ""
                body = desk.body(note.body, f"note:{note.id}") if page_id else Markup("")
                lost.append(_lost(desk, found, note.text, page_id=page_id, what="note", note=note, body=body))
    ties = {tie.id: tie for name in shown for tie in desk.matter.numbering.ties.get(name, ())}
    for crossref in sorted(ties.values(), key=lambda tie: tie.place):
        ends = zip((crossref.one, crossref.other), anchored.crossrefs[crossref.id], strict=True)
        for end, found in ends:
            if end.text in shown and not isinstance(found, Anchor):
                lost.append(_lost(desk, found, end.text, page_id="", what="crossref", note=None, body=Markup("")))
    return tuple(lost)


def lost_passages(desk: Desk, note: Note) -> tuple[LostView, ...]:
    """The passages that a note lost, whether or not others of its still stand."""
    founds = desk.matter.referred.anchored.notes[note.id]
    return tuple(
        _lost(desk, found, note.text, page_id="", what="note", note=note, body=Markup(""))
        for found in founds
        if not isinstance(found, Anchor)
    )


def _lost(
    desk: Desk, orphan: Orphan, text_id: str, *, page_id: str, what: str, note: Note | None, body: Markup
) -> LostView:
    text = desk.matter.texts[text_id]
    kind = desk.kind(note.kind) if note else None
    return LostView(
        id=page_id,
        key=note.id if note else "",
        what=desk.words.say(f"lost.{what}"),
        kind=kind,
        classes=classes(kind.id, kind.cue, apart(desk, note)) if note and kind else "",
        quote=shorten(orphan.quoted) if orphan.selector.blocks else orphan.quoted,
        state=desk.words.say(f"state.{orphan.state.value.replace(' ', '_')}"),
        nearest=tuple(
            LinkView(
                desk.spot.href(_block_address(desk, text, candidate.span)),
                desk.cite(text, candidate.span),
                quoted(text.prose, candidate.span),
            )
            for candidate in orphan.nearest
        ),
        body=body,
        by=(note.by or _voice(desk, note)) if note and body else "",
    )


def _block_address(desk: Desk, text: Text, span: Span) -> Address:
    block = text.prose.block_at(span.start)
    return desk.address("block", f"{text.id}-{block.id}" if block else text.id, text.id)
