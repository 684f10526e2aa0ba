"""A chapter as it is written -> where in it passages stand, as a reader of the book finds them.

What a reader sees as the text of a chapter holds more than the author's words: numbers of paragraphs and notes, letters
of cross-references. So nothing is quoted from the author's text: marks were set before a passage's first and last
character, and what stands from one to the other in the chapter is the passage.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from builder.model.value import value_class
from builder.render.xhtml import xml_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.model.prose import Span
    from builder.model.text import Text

AROUND = 40
"""Characters quoted on either side of a passage."""

_Chain = tuple[tuple[str, int], ...]
"""From the outside in, the ids of the elements that are open, and where in the body's text each begins."""


def ends_of(text: Text, span: Span) -> tuple[int, int] | None:
    """The offsets of a passage's first and last character that are written as such; None where there are none."""
    words = text.prose.words(span)
    if not words.strip():
        return None
    return span.end - len(words.lstrip()), span.start + len(words.rstrip()) - 1


def marked(passages: Iterable[tuple[Text, Span]], spots: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """`spots` (offsets, by the ids of texts) and those that the passages need besides."""
    found = {text: set(offsets) for text, offsets in spots.items()}
    for text, span in passages:
        found.setdefault(text.id, set()).update(ends_of(text, span) or ())
    return {text: tuple(sorted(offsets)) for text, offsets in found.items()}


@value_class(frozen=True, slots=True)
class Standing:
    """The text of a chapter's body, and where its marks and its ids are."""

    words: str
    """As the Document Object Model has it: `textContent`."""
    marks: Mapping[str, tuple[int, _Chain]]
    """Id of each mark -> the position of the character that it stands before, and what that lies in."""
    ids: frozenset[str]

    def selectors(self, text: Text, span: Span) -> list[dict[str, object]]:
        """How a passage is found: by its words, and by its place in the innermost element that holds it and has an id.

        One without words (a picture) by its block's id alone. None at all where the chapter doesn't show it.
        """
        ends = ends_of(text, span)
        if ends is None:
            block = next((one for one in text.prose.blocks if one.span == span), None)
            name = xml_id(f"{text.id}-{block.id}") if block else ""
            return [_element(name)] if name in self.ids else []
        first, last = (self.marks.get(xml_id(f"{text.id}-at-{offset}")) for offset in ends)
        if first is None or last is None:
            return []
        start, end = first[0], last[0] + 1
        shared = [one for one, other in zip(first[1], last[1], strict=False) if one == other]
        name, begun = shared[-1] if shared else ("", 0)
        position = {"type": "TextPositionSelector", "start": start - begun, "end": end - begun}
        return [self._quote(start, end), {**_element(name), "refinedBy": position}]

    def _quote(self, start: int, end: int) -> dict[str, object]:
        return {
            "type": "TextQuoteSelector",
            "exact": self.words[start:end],
            "prefix": self.words[max(0, start - AROUND) : start],
            "suffix": self.words[end : end + AROUND],
        }


def _element(name: str) -> dict[str, object]:
    """The element with an id that `xml_id` made; without one the body."""
    return {"type": "CssSelector", "value": f"#{name}".replace(".", "\\.") if name else "body"}


def standing(document: str) -> Standing:
    """Where the words of a whole document of the book stand."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.data
    parser.Parse(document, True)
    return Standing("".join(reader.words), reader.marks, frozenset(reader.ids))


@dataclass(slots=True)
class _Reader:
    words: list[str] = field(default_factory=list)
    marks: dict[str, tuple[int, _Chain]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    _length: int = 0
    _chain: _Chain = ()
    _open: list[_Chain] = field(default_factory=list)
    """What was open around each element that is."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._open.append(self._chain)
        if tag == "body":
            self.words.clear()
            self._length = 0
        name = attributes.get("id")
        if not name:
            return
        self.ids.add(name)
        if attributes.get("role") == "doc-pagebreak":
            self.marks[name] = self._length, self._chain
        self._chain = (*self._chain, (name, self._length))

    def end(self, _tag: str) -> None:
        self._chain = self._open.pop()

    def data(self, words: str) -> None:
        self.words.append(words)
        self._length += len(words)
