"""An edition under one view -> its names in TEI: the passages spoken of, and the pointer to whatever is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.note import Anchor, State
from builder.model.site import Address
from builder.render.address import tei_path
from builder.render.note_views import mark_id
from builder.render.numbering import WHOLE
from builder.render.tei_points import Ground, Passage, Points, apart
from builder.render.xml import xml_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.glossary import Occurrence
    from builder.model.note import Found
    from builder.model.prose import Prose, Span
    from builder.model.site import Edition
    from builder.model.text import Text
    from builder.model.view import Link
    from builder.render.matter import Matter

_BEFORE = {
    "block": "",
    "note": "note-",
    "ref": "ref-",
    "term": "term-",
    "occ": "occ-",
    "xref": "xref-",
    "question": "question-",
    "source": "source-",
}


class Plan:
    """What stands where in one document."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.passages: dict[str, dict[str, Passage]] = {text.id: {} for text in matter.edition.texts}
        """Text -> its passages by their ids."""
        self.notes: dict[str, tuple[str, ...]] = {}
        """Note -> pointers to what it speaks of, "" for what is lost; one for each selector."""
        self.ties: dict[str, tuple[str, ...]] = {}
        """Cross-reference -> pointers to its two ends, "" for a lost one."""
        self.voices = _voices(matter.edition)
        """Who speaks in notes and cross-references, by name -> id."""
        self._grounds = {text.id: Ground(text.prose) for text in matter.edition.texts}
        self._known = frozenset(_names(matter))
        self.bounded: list[Passage] = []
        """The passages between whose points a writer was sent, in the order of their proses."""
        for note in matter.edition.notes:
            founds = matter.referred.anchored.notes[note.id]
            text = matter.texts[note.text]
            self.notes[note.id] = tuple(
                self._found(text, found, xml_name(mark_id(note, index))) for index, found in enumerate(founds)
            )
        for tie in matter.edition.crossrefs:
            ends = zip((tie.one, tie.other), matter.referred.anchored.crossrefs[tie.id], strict=True)
            self.ties[tie.id] = tuple(
                self._found(matter.texts[end.text], found, xml_name(f"xref-{tie.id}-{side}"))
                for side, (end, found) in enumerate(ends, 1)
            )
        for link in (
            *matter.referred.links.values(),
            *(one for many in matter.referred.about.values() for one in many),
        ):
            self.link(link)

    def link(self, link: Link) -> str:
        """The pointer to what a reference leads to, "" where that stands in no document."""
        address = link.address
        if address is None:
            return ""
        if link.span is not None and address.edition == self.matter.edition.id and address.text in self.passages:
            return self._quoted(self.matter.texts[address.text], link.span)
        return self.pointer(address)

    def pointer(self, address: Address) -> str:
        """The pointer to an address: within this document, or to the one of another edition."""
        if address.kind == "text":
            name = xml_name(address.text or address.id)
        else:
            name = xml_name(_BEFORE[address.kind] + address.id)
        if address.edition in ("", self.matter.edition.id):
            return f"#{name}" if name in self._known else ""
        return f"../{tei_path(address.edition)}#{name}"

    def fragment(self, name: str) -> str:
        """The pointer to an id of the pages, "" for one that isn't known here."""
        return f"#{xml_name(name)}" if xml_name(name) in self._known else ""

    def to(self, kind: str, id: str) -> str:
        """The pointer to something of this edition's."""
        return self.pointer(Address(self.matter.edition.id, kind, id))

    def voice(self, name: str) -> str:
        """The pointer to somebody who speaks, "" for nobody."""
        return f"#{self.voices[name]}" if name else ""

    def points(self, prose: Prose, name: str) -> Points:
        """What is set between the characters of a prose, by its name; each prose is asked for once."""
        sort, _, id = name.partition(":")
        passages = [*self.passages[id].values()] if sort == "text" else []
        ground = self._grounds[id] if sort == "text" else Ground(prose)
        held, others = apart(ground, self.matter.occurrences.get(name, ()))
        for one in others:
            narrow = ground.narrowed(one.span)
            assert narrow is not None  # a term is words
            passages.append(Passage(occurrence_id(one), narrow, State.EXACT.value, self.to("term", one.term)))
        self.bounded.extend(sorted(passages, key=lambda one: (one.span.start, -one.span.end, one.id)))
        return Points(passages, held)

    def _found(self, text: Text, found: Found, id: str) -> str:
        """The pointer to what a selector found, "" for what it lost."""
        if not isinstance(found, Anchor):
            return ""
        if found.selector.blocks == WHOLE:
            return f"#{xml_name(text.id)}"
        return self._passage(text, found.span, id, found.state)

    def _quoted(self, text: Text, span: Span) -> str:
        """The pointer to a passage that a reference quotes: named by its block and where in that it stands."""
        block = text.prose.block_at(span.start)
        assert block is not None  # words stand in blocks
        first = block.span.start
        id = f"{xml_name(f'{text.id}-{block.id}')}.{span.start - first}-{span.end - first}"
        return self._passage(text, span, id, State.EXACT)

    def _passage(self, text: Text, span: Span, id: str, state: State) -> str:
        """The pointer to a passage. A picture has no characters: there it leads to the block."""
        narrow = self._grounds[text.id].narrowed(span)
        if narrow is not None:
            self.passages[text.id].setdefault(id, Passage(id, narrow, state.value))
            return f"#{id}"
        block = next((one for one in text.prose.blocks if one.span == span), None) or text.prose.block_at(span.start)
        return f"#{xml_name(f'{text.id}-{block.id}' if block else text.id)}"


def occurrence_id(occurrence: Occurrence) -> str:
    """The id of a place where a term is used."""
    return xml_name(f"occ-{occurrence.term}-{occurrence.number}")


def _voices(edition: Edition) -> dict[str, str]:
    """Name -> id: its words, told apart by a number from those of another name."""
    names = [edition.settings.by, *(layer.by for layer in edition.layers), *(note.by for note in edition.notes)]
    names += [tie.by for tie in edition.crossrefs]
    made: dict[str, str] = {}
    for name in dict.fromkeys(filter(None, names)):
        id = "voice." + xml_name("-".join(re.findall(r"\w+", name)))
        alike = sum(other == id or other.startswith(f"{id}.") for other in made.values())
        made[name] = f"{id}.{alike + 1}" if alike else id
    return made


def _names(matter: Matter) -> Iterator[str]:
    """The ids of all that can be pointed to, passages left aside."""
    edition = matter.edition
    for text in edition.texts:
        yield xml_name(text.id)
        for block in (*text.prose.blocks, *(footnote.block for footnote in text.prose.footnotes)):
            yield from (xml_name(f"{text.id}-{name}") for name in (block.id, *block.aliases))
    for kind, ids in (
        ("note", [note.id for note in edition.notes]),
        ("term", [term.id for term in matter.filed]),
        ("xref", [tie.id for tie in edition.crossrefs]),
        ("question", [question.id for question in edition.questions]),
        ("source", [key for key in matter.referred.cited if key in matter.works]),
    ):
        for id in ids:
            yield xml_name(_BEFORE[kind] + id)
