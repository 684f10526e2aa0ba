"""A file of the output -> all words that can be read in it: shown, packed, or looked at in its source."""

from __future__ import annotations

import re
import zlib
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from builder.render.offline.letters import LETTERS, unlettered

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKUP = frozenset({"html", "xhtml", "xml", "opf", "svg", "txt"})
_SCRIPT = frozenset({"js", "json", "jsonld", "annotation"})

_TAG = re.compile(r"<[^>]*(?:>|\Z)")
_VALUE = re.compile(r"=\"([^\"<>]{9,})\"")
"""An attribute's value with room for some words."""

_PACKED = re.compile(rf">({LETTERS}{{64,}})<", re.ASCII)
_CODE = re.compile(r"\\u([0-9a-fA-F]{4})")


def readable(path: str, content: bytes) -> Iterator[str]:
    """The words of a file, in one piece or several; none for what holds no words (a picture, a typeface).

    Of a PDF nothing can be said here: its words are known before it is set.
    """
    ending = path.rpartition(".")[2].lower()
    if ending == "epub":
        with ZipFile(BytesIO(content)) as bound:
            for name in bound.namelist():
                yield from readable(name, bound.read(name))
    elif ending in _MARKUP:
        html = content.decode("utf-8", "replace")
        yield words_in_markup(html)
        for held in _PACKED.finditer(html):
            try:
                yield words_in_script(zlib.decompress(unlettered(held[1])).decode("utf-8", "replace"))
            except (ValueError, zlib.error):
                continue
    elif ending in _SCRIPT:
        yield words_in_script(content.decode("utf-8", "replace"))


def words_in_script(script: str) -> str:
    """The words in a script's strings, or in JSON."""
    plain = script.replace('\\"', '"').replace("\\n", "\n").replace("\\/", "/")
    return words_in_markup(_CODE.sub(lambda code: chr(int(code[1], 16)), plain))


def words_in_markup(html: str) -> str:
    """The words between tags and in comments, then those in attributes. Every tag parts words: few stand within one."""
    shown = _TAG.sub(" ", html.replace("<!--", " "))
    return unescape("\n".join([shown, *_VALUE.findall(html)]))
