"""Files in memory -> an edition as a writer of other formats gets it; and its texts as a reader of TEI has them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from builder.model.note import Anchor, Audience, State
from builder.model.site import Folder, Source
from builder.model.view import View
from builder.parse.site import parse_outline
from builder.pipeline.reading import Reading
from builder.render.matter import gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from builder.model.prose import Span
    from builder.model.site import Settings
    from builder.render.matter import Matter

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def matter_of(
    files: Mapping[str, str],
    edition: str,
    *,
    audience: Audience = Audience.STUDENT,
    spans: Mapping[str, Sequence[Span]] | None = None,
) -> tuple[Matter, Settings]:
    """An edition of a site, and the site's settings. `spans` are where its notes stand, whatever they quote."""
    sources = {path: Source(path, text, str(hash(text))) for path, text in files.items()}
    folder = Folder(sources, {}, "site")
    outline, told = parse_outline(folder)
    assert outline is not None, told
    reading = Reading(folder, outline, View(audience=audience))
    anchored, slips = reading.anchored(edition)
    assert anchored is not None, slips
    if spans is not None:
        founds = {
            note.id: tuple(Anchor(note.selectors[0], span, State.EXACT, 1.0) for span in spans[note.id])
            for note in anchored.edition.notes
        }
        anchored = replace(anchored, notes=founds)
    referred, _, _ = reading.referred(anchored, reading.view)
    settings = outline.settings
    works = outline.works_of(edition)
    return gather(referred, works=works, kinds=settings.kinds, relations=settings.relations), settings


_BLOCKS = frozenset(
    f"{TEI}{tag}" for tag in ("p", "quote", "list", "item", "ab", "table", "label", "lg", "titlePart", "head")
)
_HOLDERS = frozenset(
    f"{TEI}{tag}" for tag in ("front", "docTitle", "body", "div", "quote", "list", "item", "table", "row", "lg")
)
"""Where a new line is none of the text's."""


@dataclass
class TextRead:
    """A text with the points in it, read from TEI by the rule that the header tells: a blank line between blocks."""

    content: str = ""
    begins: dict[str, int] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    terms: dict[str, tuple[int, int]] = field(default_factory=dict)
    _gap: str = ""
    _waiting: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, elements: Iterable[Element]) -> TextRead:
        """Some elements as one text."""
        read = cls()
        for element in elements:
            read._element(element, first=True)
        return read

    def passage(self, id: str) -> tuple[int, int]:
        return self.begins[f"{id}.from"], self.ends[f"{id}.to"]

    def _say(self, words: str) -> None:
        if not words:
            return
        self.content += (self._gap if self.content else "") + words
        self._gap = ""
        for id in self._waiting:
            self.begins[id] = len(self.content) - len(words)
        self._waiting.clear()

    def _words(self, parent: Element, words: str | None) -> None:
        if words and not (parent.tag in _HOLDERS and not words.strip("\n")):
            self._say(words)

    def _element(self, element: Element, *, first: bool) -> None:
        """One element; `first` is whether it is the first of what holds it."""
        tag, id = element.tag.removeprefix(TEI), element.get(ID, "")
        if tag in ("figure", "note"):
            return
        if tag == "term" or id.endswith(".from"):
            self._waiting.append(id)
        elif id.endswith(".to"):
            self.ends[id] = len(self.content)
        elif tag == "lb" or (tag == "l" and not first):
            self._say("\n")
        elif tag == "row" and self._gap != "\n\n" and self.content:
            self.content += "\n"
        elif tag == "cell" and not first:
            self._say("\t")
        self._words(element, element.text)
        for index, child in enumerate(element):
            self._element(child, first=index == 0)
            self._words(element, child.tail)
        if tag == "term":
            self.terms[id] = (self.begins.pop(id), len(self.content))
        if element.tag in _BLOCKS:
            self._gap = "\n\n"


def texts_in(document: bytes) -> dict[str, Element]:
    """The texts of a document by their ids."""
    root = ElementTree.fromstring(document)
    return {text.attrib[ID]: text for text in root.iter(f"{TEI}text") if ID in text.attrib}


def files_of(folder: Path) -> dict[str, str]:
    """The text files of a site's folder."""
    found = sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".toml", ".json"))
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}
