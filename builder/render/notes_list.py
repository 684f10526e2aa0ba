"""An edition under one view -> the list of all that stands in its margins: every note once, and an index to them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from markupsafe import Markup

from builder.model.prose import FootnoteMark, Run
from builder.model.value import value_class
from builder.render.excerpt import shorten
from builder.render.matter import sort_key
from builder.render.note_views import bare_view, footnote_view, lost_passages, note_view
from builder.render.numbering import on_whole
from builder.render.text_views import called
from builder.render.tongue import direction
from builder.render.views import (
    IndexEntryView,
    IndexView,
    LinkView,
    ListedTextView,
    ListedView,
    NotesListView,
    NoteView,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.model.note import Note
    from builder.model.text import Text
    from builder.render.desk import Desk
    from builder.render.views import LayerView


def has_notes(desk: Desk) -> bool:
    """Whether there is anything to list: notes, or footnotes of the texts' own authors."""
    edition = desk.matter.edition
    return bool(edition.notes) or any(text.prose.footnotes for text in edition.texts)


def notes_list(desk: Desk, layers: tuple[LayerView, ...]) -> NotesListView:
    """Every note in the order of its place, those that lost it at the end; and by kind, layer and tag where each is.

    `layers` are the edition's, to be told apart; none where only one speaks.
    """
    listing = _Listing(desk, {layer.id: layer.name for layer in layers}, tag_ids(desk))
    texts = tuple(
        ListedTextView(
            id=text.id,
            title=text.title_page.title,
            siglum=text.siglum,
            href=desk.href("text", text.id, text.id),
            language=desk.tongue(text),
            direction=direction(text.title_page.language),
            notes=tuple(listing.beside(text)),
        )
        for text in desk.matter.edition.texts
    )
    lost = tuple(listing.lost())
    every = tuple(_with_replies((*(one for text in texts for one in text.notes), *lost)))
    counts = Counter(one.note.kind.id for one in every)
    spoken = Counter(one.note.layer for one in every)
    return NotesListView(
        texts=tuple(text for text in texts if text.notes),
        lost=lost,
        kinds=tuple(desk.kind(name, counts[name]) for name in _kind_order(desk) if counts[name]),
        layers=tuple(replace(layer, count=spoken[layer.id]) for layer in layers),
        tags=tuple(listing.tags),
        indexes=tuple(index for index in _indexes(listing, every) if index.entries),
        count=len(every),
    )


def tag_ids(desk: Desk) -> dict[str, str]:
    """Tag -> the id of its line in the index, in alphabetical order."""
    found = {tag for note in desk.matter.edition.notes for tag in note.tags}
    return {tag: f"_t{number}" for number, tag in enumerate(sorted(found, key=lambda tag: (sort_key(tag), tag)), 1)}


@value_class(frozen=True, slots=True)
class _Listing:
    """A list in the making: the names of layers to be told apart, and the lines of tags in the index."""

    desk: Desk
    voices: Mapping[str, str]
    tags: Mapping[str, str]

    def beside(self, text: Text) -> Iterator[ListedView]:
        """What stands beside a text in the order of its place: its author's own footnotes where they are called."""
        numbering = self.desk.matter.numbering
        placed: list[tuple[int, int, ListedView]] = []
        last = len(self.desk.matter.notes)
        for rank, note in enumerate(numbering.on.get(text.id, ())):
            placed.append((0 if on_whole(note) else numbering.starts[note.id], rank, self._placed(note)))
        for rank, (index, start) in enumerate(_calls(text)):
            placed.append((start, last + rank, self._footnote(text, index)))
        yield from (one for _, _, one in sorted(placed, key=lambda found: found[:2]))

    def lost(self) -> Iterator[ListedView]:
        """The notes of which no passage stands any more, in the edition's order."""
        standing = {note.id for note in self.desk.matter.numbering.order}
        for note in self.desk.matter.edition.notes:
            if note.id not in standing and not note.answers:
                place = LinkView(self._permalink(note), self.desk.matter.texts[note.text].title_page.title)
                short = f"“{shorten(note.selectors[0].heading)}”"
                yield self._view(note, bare_view(self.desk, note), place=place, short=short)

    def _permalink(self, note: Note) -> str:
        return self.desk.href("note", note.id, note.text)

    def _placed(self, note: Note) -> ListedView:
        keeper = self.desk.keeper
        if keeper is None:
            return self._standing(note)
        if (known := keeper.listed(note.id)) is not None:
            return known
        return keeper.line(self._as_it_stood(note) if keeper.is_listed(note.id) else self._standing(note))

    def _as_it_stood(self, note: Note) -> ListedView:
        """A note that is listed as the last build did: what the indexes say of it, and no more."""
        desk = self.desk
        number = desk.matter.numbering.notes.get(note.id, "")
        short = number or note_view(desk, note).passages[0].words
        named = NoteView(
            id=f"note-{note.id}",
            key=note.id,
            number=number,
            kind=desk.kind(note.kind),
            layer=note.layer,
            tags=note.tags,
            **_UNSAID,
        )
        return ListedView(named, _NOWHERE, short, "", "", (), (), (), "", "")

    def _standing(self, note: Note) -> ListedView:
        view = note_view(self.desk, note)
        place = view.passages[0]
        if on_whole(note):
            place = LinkView(self._permalink(note), self.desk.words.say("note.whole"))
        return self._view(note, view, place=place, short=view.number or place.words)

    def _footnote(self, text: Text, index: int) -> ListedView:
        view = footnote_view(self.desk, text, text.prose.footnotes[index], index, marks=False)
        short = self.desk.words.say("notes.author", siglum=text.siglum or text.title_page.title, number=view.number)
        return ListedView(
            note=view,
            place=view.passages[0],
            short=short,
            layer="",
            by=view.by,
            tags=(),
            lost=(),
            replies=(),
            language=self.desk.tongue(text),
            direction=direction(text.title_page.language),
        )

    def _view(self, note: Note, view: NoteView, *, place: LinkView, short: str) -> ListedView:
        """A note of the list with those that answer it. `short` is what the index calls it."""
        text = self.desk.matter.texts[note.text]
        answers = self.desk.matter.replies.get(note.id, ())
        reply = self.desk.words.say("notes.reply", number=short)
        return ListedView(
            note=view,
            place=place,
            short=short,
            layer=self.voices.get(note.layer, ""),
            by=note.by,
            tags=tuple(LinkView(f"?{urlencode({'tag': tag})}#{self.tags[tag]}", tag) for tag in note.tags),
            lost=() if note.answers else lost_passages(self.desk, note),
            replies=tuple(
                self._view(one, bare_view(self.desk, one), place=LinkView(self._permalink(one), ""), short=reply)
                for one in answers
            ),
            language=self.desk.tongue(text),
            direction=direction(text.title_page.language),
        )


_NOWHERE = LinkView("", "")
_UNSAID: dict[str, Any] = {
    **dict.fromkeys(("anchor", "classes", "label", "lemma", "by", "date", "cite"), ""),
    **dict.fromkeys(("passages", "mentions", "questions", "replies"), ()),
    "body": Markup(""),
    "runs_in": False,
}


def _calls(text: Text) -> Iterator[tuple[int, int]]:
    """(index, offset of its first call) of each footnote of a text's author, one called in another after that."""
    reached = 0
    found: dict[int, int] = {}
    for event in text.prose.frame:
        if isinstance(event, Run):
            reached = event.span.end
        elif isinstance(event, FootnoteMark):
            for index in called(text.prose, event.index):
                found.setdefault(index, reached)
    yield from found.items()


def _with_replies(listed: Iterable[ListedView]) -> Iterator[ListedView]:
    for one in listed:
        yield one
        if one.replies:
            yield from _with_replies(one.replies)


def _kind_order(desk: Desk) -> tuple[str, ...]:
    return (*desk.matter.kinds, "highlight", "author")


def _indexes(listing: _Listing, every: tuple[ListedView, ...]) -> Iterator[IndexView]:
    """Where the notes of each kind, layer and tag are. A note may stand under several tags."""
    desk = listing.desk
    kinds = [(name, f"_k-{name}", "") for name in _kind_order(desk)]
    yield _index("kind", kinds, ((one, (one.note.kind.id,)) for one in every), desk)
    if layers := [(name, f"_v-{name}", words) for name, words in listing.voices.items()]:
        yield _index("layer", layers, ((one, (one.note.layer,)) for one in every), desk)
    if tags := [(tag, ident, tag) for tag, ident in listing.tags.items()]:
        yield _index("tag", tags, ((one, dict.fromkeys(one.note.tags)) for one in every), desk)


def _index(
    by: str, values: list[tuple[str, str, str]], every: Iterable[tuple[ListedView, Iterable[str]]], desk: Desk
) -> IndexView:
    """`values` are (value, id, words) in the order of the index, `every` the notes with the values of each."""
    links: dict[str, list[LinkView]] = {}
    for one, held in every:
        for value in held:
            links.setdefault(value, []).append(LinkView(f"#{one.note.id}", one.short))
    return IndexView(
        by=by,
        entries=tuple(
            IndexEntryView(
                id=ident,
                value=value,
                words=words,
                kind=desk.kind(value) if by == "kind" else None,
                links=tuple(links[value]),
            )
            for value, ident, words in values
            if value in links
        ),
    )
