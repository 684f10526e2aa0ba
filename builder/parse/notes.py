"""TEXT.notes.md -> Layer and Notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.note import Layer, Note
from builder.model.prose import EMPTY
from builder.model.value import value_class
from builder.model.vocabulary import DEFAULT_KIND, HIGHLIGHT
from builder.parse.entries import Entry, parse_entries
from builder.parse.entry_settings import (
    NOTE,
    WHERE,
    audience_of,
    check_keys,
    date_of,
    list_of,
    meant_as_audience,
    refused,
    words_of,
)
from builder.parse.ids import slug
from builder.parse.markdown import parse_body
from builder.parse.nearest import did_you_mean, nearest
from builder.parse.selectors import read_within, selector_of, without_markup

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.note import Selector
    from builder.model.site import LayerSettings, Source

_MORE = frozenset(key.name for key in WHERE)


@value_class(frozen=True, slots=True)
class NoteFile:
    """A file of notes: its layer, and its notes in order. Ids that were made may still be another's too."""

    layer: Layer
    notes: tuple[Note, ...]


def parse_notes(
    source: Source, *, text: str, layer: LayerSettings, kinds: Collection[str]
) -> tuple[NoteFile, tuple[Diagnostic, ...]]:
    """The notes of one layer on one text. `kinds` are the site's, the built-in ones among them."""
    file, found = parse_entries(source)
    told = list(found)
    introduction = EMPTY
    if file.introduction:
        introduction, slips = parse_body(file.introduction, path=source.path, line=file.introduction_line)
        told.extend(slips)
    made = Layer(
        id=layer.id,
        text=text,
        by=layer.by,
        title=without_markup(file.title) if file.title else layer.title,
        introduction=introduction,
        language=layer.language,
    )
    known = (*kinds, HIGHLIGHT)
    notes = [_note(group, made, known, told) for group in grouped(file.entries)]
    return NoteFile(made, tuple(note for note in notes if note is not None)), tuple(told)


def grouped(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """The entries, those that share one body together.

    A heading without a body is joined with the next one, if that one says no more than where its words stand.
    """
    groups: list[list[Entry]] = []
    for entry in entries:
        if groups and _shares(groups[-1], entry):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return [tuple(group) for group in groups]


def _shares(group: list[Entry], entry: Entry) -> bool:
    if group[-1].body or HIGHLIGHT in group[0].classes:
        return False
    return not entry.id and not entry.classes and _MORE.issuperset(entry.settings)


def _note(group: tuple[Entry, ...], layer: Layer, kinds: Collection[str], told: list[Diagnostic]) -> Note | None:
    first, last = group[0], group[-1]
    check_keys(first, NOTE, "a note", told)
    kind = _kind(first, kinds, told)
    selectors = tuple(_selector(entry, told) for entry in group if entry.heading)
    if not selectors:
        return None
    body = EMPTY
    if kind == HIGHLIGHT:
        if last.body:
            hint = "give it another kind, or take the body out"
            told.append(
                diagnose("G116", first.place, "a highlight is a mark without a body, and this one has one", hint)
            )
    elif not last.body and not _nearly_highlight(first, kinds):
        hint = "write what is to be said below the heading, or make it a mark without a body: {.highlight}"
        told.append(diagnose("G119", last.place, "this note has no body", hint))
    elif last.body:
        body, slips = parse_body(last.body, path=last.place.path, line=last.body_line)
        told.extend(slips)
    id = first.id or slug(_name(selectors[0]), "note")
    if not first.settings:
        return Note(id, kind, layer.text, layer.id, selectors, body, first.place, given_id=bool(first.id))
    return Note(
        id=id,
        kind=kind,
        text=layer.text,
        layer=layer.id,
        selectors=selectors,
        body=body,
        place=first.place,
        audience=audience_of(first, told),
        by=words_of(first, "by"),
        date=date_of(first, told),
        tags=list_of(first, "tags"),
        answers=words_of(first, "re").removeprefix("#"),
        given_id=bool(first.id),
    )


def _name(selector: Selector) -> str:
    """The words from which a note's id is made."""
    if selector.blocks:
        return "whole-text" if selector.blocks == "*" else selector.blocks
    return without_markup(selector.heading)


def _kind(entry: Entry, kinds: Collection[str], told: list[Diagnostic]) -> str:
    found = [name for name in entry.classes if name in kinds]
    for name in entry.classes:
        if name not in kinds:
            hint = meant_as_audience(name) or did_you_mean(name, kinds)
            told.append(diagnose("G124", entry.place, f"there is no kind of note “{name}”", hint))
    if len(found) > 1:
        message = f"a note has one kind, and this one has {len(found)}: {', '.join(found)}"
        told.append(diagnose("G128", entry.place, message, "keep one of them; for the others, use tags"))
    return found[0] if found else DEFAULT_KIND


def _nearly_highlight(entry: Entry, kinds: Collection[str]) -> bool:
    """Whether the kind of a note is misspelt, and the nearest is the one that needs no body."""
    return any(name not in kinds and nearest(name, kinds) == HIGHLIGHT for name in entry.classes)


def _selector(entry: Entry, told: list[Diagnostic]) -> Selector:
    if not entry.settings:
        return selector_of(entry.heading, entry.place)
    typed = words_of(entry, "in")
    within = read_within(typed)
    if typed and not within:
        told.append(refused(entry, "in", "a block of the text: ¶4, ¶4-6, title, dek, h2 or fn1"))
    prefix, suffix = words_of(entry, "before"), words_of(entry, "after")
    return selector_of(entry.heading, entry.place, within=within, prefix=prefix, suffix=suffix)
