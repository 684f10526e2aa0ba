"""Targets that read what comes from outside: each check takes a value and raises where something isn't as it ought."""

from __future__ import annotations

import json
import warnings
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from builder.model.diagnostic import Place
from builder.model.incoming import Incoming, Refused
from builder.model.site import Source, TextSettings
from builder.parse.incoming.page import read_page
from builder.parse.incoming.plain import read_plain
from builder.parse.incoming.word import read_word
from builder.parse.json_document import DocumentError
from builder.parse.markdown import parse_text
from builder.parse.sources import parse_sources
from builder.parse.webanno import parse_annotations
from builder.render import html
from builder.shell.unpacking import packed, unpacked
from tests.weave.bare import BARE
from tests.weave.test_wild import nesting


def incoming(found: Incoming | tuple[Incoming, ...] | Refused) -> None:
    texts = found if isinstance(found, tuple) else (found,)
    for text in texts:
        if isinstance(text, Incoming):
            words = text.markdown
            words.encode()
            prose, _ = parse_text(words, path="x.md", settings=TextSettings("x.md", Place("x.md")))
            nesting(html.write(prose.frame, prose, BARE))


def plain(text: str) -> None:
    found = read_plain(text)
    incoming(found)
    if isinstance(found, Refused):
        assert not text.strip() or not text.split()
        return
    incoming(read_plain(text, ["fox"]))


def page(text: str) -> None:
    found = read_page(text, lambda _: False)
    incoming(found)
    if isinstance(found, Incoming):
        assert "<script" not in found.markdown.lower().replace("\\<", "")


def notes(document: Any) -> None:
    try:
        parse_annotations(json.dumps(document))
    except DocumentError:
        return


def sources(document: Any) -> None:
    text = json.dumps(document)
    _, told = parse_sources(Source("sources.json", text, ""))
    assert all(one.place.path == "sources.json" for one in told)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = f'<w:document xmlns:w="{W}" xmlns:r="r" xmlns:w14="x"><w:body>'
_COMMENTS = (
    f'<w:comments xmlns:w="{W}"><w:comment w:id="1" w:author="A" w:date="2021-08-04T00:00:00Z">'
    "<w:p><w:r><w:t>why?</w:t></w:r></w:p></w:comment><w:comment w:id='2'/></w:comments>"
)


def word_file(body: str) -> None:
    """A Word file of parts as they come, brought into balance: tags that are left open are closed."""
    recovered = etree.fromstring(HEAD + body, etree.XMLParser(recover=True))
    if recovered is None:
        return
    document = etree.tostring(recovered)
    parts = {"word/document.xml": document, "word/comments.xml": _COMMENTS.encode()}
    incoming(read_word(parts, packed))


def zip(one: tuple[list[tuple[str, str]], int, int]) -> None:
    """A packed file, some bytes of which are others."""
    files, place, byte = one
    out = BytesIO()
    with warnings.catch_warnings(), ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")  # the library's own word on a name that comes twice
        for name, content in files:
            archive.writestr(name, content)
    raw = bytearray(out.getvalue())
    raw[place % len(raw)] = byte
    found = unpacked(bytes(raw))
    if not isinstance(found, Refused):
        incoming(read_word(found, packed))
