"""The bytes of an SVG -> why it isn't published: what is no drawing alone would run on the site, or ask others."""

from __future__ import annotations

import re
from xml.parsers import expat

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"

SCRIPT, PAGE, ENTITIES = "it holds a script", "it holds HTML", "it defines entities"
OUTSIDE = "it leads out of its file"
ACTIVE = frozenset({SCRIPT, PAGE, ENTITIES, OUTSIDE})
"""What is wrong with drawings that could be drawn."""

_SCRIPTS = frozenset({"script", "handler", "listener"})
_PAGES = frozenset({"foreignobject", "iframe", "embed", "object"})
_LEADING = frozenset({"href", "src", "base"})
_SETTING = frozenset({"attributename", "values", "from", "to", "by", "style"})
"""What gives another attribute its value, or holds an address among other words. All else is said, not followed."""
_WITHIN = re.compile(r"#|data:image/(?!svg)|$")
_JAVASCRIPT = re.compile(r"(?:java|vb|live)script:")
_FETCHED = re.compile(r"""@import|(?:image-set|src)\(|url\(["']?(?!["']?(?:#|data:image/(?!svg)))""")
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_UNSEEN = re.compile(r"[\x00-\x20]+")
"""What browsers pass over in an address."""


class _RefusedError(ValueError):
    """Why a drawing is none that is published."""


def drawing_fault(content: bytes) -> str:
    """Why an SVG can't be shown; "" where nothing speaks against it. Linear: no entity is ever filled in."""
    reader = expat.ParserCreate(namespace_separator=" ")
    reader.buffer_text = True
    _Drawing().follow(reader)
    try:
        reader.Parse(content, True)
    except expat.ExpatError as fault:
        return f"it is no sound XML: {expat.ErrorString(fault.code)} in its line {fault.lineno}"
    except _RefusedError as fault:
        return str(fault)
    return ""


class _Drawing:
    """Where the reading of an SVG has come to."""

    def __init__(self) -> None:
        self._begun = False
        self._styles = 0
        self._style: list[str] = []

    def follow(self, reader: expat.XMLParserType) -> None:
        """Look at all that a reader comes upon."""
        reader.StartElementHandler = self._begin
        reader.EndElementHandler = self._end
        reader.CharacterDataHandler = self._words
        reader.EntityDeclHandler = self._entity
        reader.ProcessingInstructionHandler = self._instruction

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        space, _, kind = name.rpartition(" ")
        if not self._begun and (space, kind) != (_SVG, "svg"):
            raise _RefusedError(f'it is no SVG: that begins with <svg xmlns="{_SVG}">')
        self._begun = True
        kind = kind.lower()
        if kind in _SCRIPTS:
            raise _RefusedError(SCRIPT)
        if kind in _PAGES or space == _XHTML:
            raise _RefusedError(PAGE)
        for typed, value in attributes.items():
            _look_at(typed.rpartition(" ")[2].lower(), value)
        self._styles += kind == "style"

    def _words(self, words: str) -> None:
        if self._styles:
            self._style.append(words)

    def _end(self, name: str) -> None:
        self._styles -= name.rpartition(" ")[2].lower() == "style"
        if self._style and not self._styles:
            _look_at("style", "".join(self._style))
            self._style = []

    def _entity(self, *_: object) -> None:
        raise _RefusedError(ENTITIES)

    def _instruction(self, target: str, _: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise _RefusedError(OUTSIDE)


def _look_at(name: str, value: str) -> None:
    """Refuse an attribute, or the words of a style, by which something runs or is fetched."""
    plain = (
        _ESCAPED.sub(lambda one: chr(min(int(one[1], 16), 0x10FFFF)) if one[1] else one[2], value)
        if "\\" in value
        else value
    )
    said = _UNSEEN.sub("", plain).lower()
    moved = said if name == "attributename" else name
    if moved.startswith("on") or (name in _LEADING | _SETTING and _JAVASCRIPT.search(said)):
        raise _RefusedError(SCRIPT)
    if name == "attributename" and said.rpartition(":")[2] in _LEADING:
        raise _RefusedError(OUTSIDE)
    if (name in _LEADING and not _WITHIN.match(said)) or _FETCHED.search(said):
        raise _RefusedError(OUTSIDE)
