"""Whatever stands in a field comes out as words: in no output is it a tag, an attribute, an address, a script."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import unescape
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from markupsafe import escape
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from builder.model.diagnostic import Diagnostic
from builder.model.site import Page
from builder.parse.harmless import is_harmless
from builder.pipeline import Circumstances, Options, build, stops_build
from builder.render.offline.letters import LETTERS
from builder.shell.annotating import plan_notes
from builder.shell.importing import carry_out
from builder.shell.opening import Opened, open_site
from builder.shell.press import Typesetter
from tests.gate.hostile import VALUES, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK = "zqx"
WORDS = {"application/json", "application/ld+json"}
PACKED = re.compile(rf"{LETTERS}{{500,}}")
"""What an offline file carries packed, in which any three letters may stand beside each other."""
ADDRESSES = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "xlink:href",
    "{http://www.w3.org/1999/xlink}href",
)
SVG = "{http://www.w3.org/2000/svg}"


def outputs(folder: Path, *, printed: bool) -> tuple[dict[str, bytes], list[Diagnostic]]:
    opened = open_site(folder)
    assert isinstance(opened, Opened), [f"{one.place} {one.code} {one.message}" for one in opened]
    with Typesetter(opened.theme.files, folder) as press:
        around = Circumstances(press=press if printed else None)
        made = list(build(opened.folder, opened.outline, opened.theme, Options(), around))
    told = [*opened.told, *(one for one in made if isinstance(one, Diagnostic))]
    return {one.path: one.content for one in made if isinstance(one, Page)}, told


def wrong(path: str, content: bytes) -> Iterator[str]:
    """What of a file came from a value and isn't words."""
    ending = path.rpartition(".")[2]
    if path.startswith("assets/") and path != "assets/search.js" and "search-" not in path:
        return
    if ending == "html":
        yield from wrong_page(content.decode())
    elif ending in ("xml", "xhtml", "opf", "ncx", "svg"):
        yield from wrong_xml(content)
    elif ending == "epub":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for name in book.namelist():
                yield from (f"{name}: {one}" for one in wrong(name, book.read(name)))
    elif ending in ("jsonld", "json"):
        json.loads(content)
    elif ending == "js":
        yield from wrong_script(content.decode())


def wrong_page(html: str) -> Iterator[str]:
    tree = HTMLParser(html)
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            if MARK in name or name.startswith("on") or name == "style":
                yield f"attribute {name} of {node.tag}"
            if (
                name in ADDRESSES
                and value
                and not is_harmless(value)
                and not value.startswith("data:image/png;base64,")
            ):
                yield f"{name} of {node.tag}: {value[:60]}"
        if node.tag in ("script", "style"):
            words = node.text()
            if node.attributes.get("type") in WORDS:
                json.loads(words)
            # not within an id, as styles have them
            elif re.search(rf"(?<![\w.-]){MARK}(?![\w-])|</", PACKED.sub("", words)):
                yield f"{node.tag} with {words[:60]}"
    if re.search(rf"<[^<>\"']*\s{MARK}", html):
        yield "a tag with the mark"
    if re.search(rf"<!--[^>]*{MARK}", html):
        yield "a comment with the mark"
    if f"49{MARK}" in html or "49{%" in html:
        yield "a template that ran"


def wrong_xml(content: bytes) -> Iterator[str]:
    for node in ElementTree.fromstring(content).iter():
        tag = node.tag
        if MARK in tag or tag.endswith("}script"):
            yield f"element {tag}"
        for name, value in node.attrib.items():
            if MARK in name or name.startswith("on"):
                yield f"attribute {name} of {tag}"
            if name in ADDRESSES and not is_harmless(value):
                yield f"{name} of {tag}: {value[:60]}"


def wrong_script(script: str) -> Iterator[str]:
    """Scripts that are nothing but a call with JSON."""
    if found := re.search(r"</script|<!--", script, re.IGNORECASE):
        yield f"{found[0]} in a script"
    call = re.fullmatch(r"\s*\w+\((.*)\);?\s*", script, re.DOTALL)
    if call is None:
        yield "no call with JSON"
        return
    words = call[1] if call[1].lstrip().startswith(("{", "[")) else f"[{call[1]}]"
    for piece in strings(json.loads(words), html=script.startswith("glossatorNotes")):
        if "<" in piece and re.search(r"<\w[^<>]*>", piece):
            yield from wrong_page(piece)


PUT_IN = frozenset({"s", "t", "b"})
"""Members of a card that its script puts into the page as HTML: all others as words."""


def strings(value: object, *, html: bool) -> Iterator[str]:
    """What a script puts into the page as HTML."""
    if isinstance(value, str) and html:
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from strings(one, html=html or name in PUT_IN)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one, html=html)


def take_in(document: Path, edition: Path) -> None:
    """Import all that others said of the site's texts."""
    planned = plan_notes([str(document)], str(edition), layer="guests")
    assert not [line for line in planned.report if "refused" in line or "deleted" in line]
    carry_out(planned.plan)
    assert (edition / "imported/guests.json").is_file()


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=[] if one == "tag" else [pytest.mark.slow]) for one in VALUES]
)
def test_a_value_comes_out_as_words(name: str, tmp_path: Path) -> None:
    lay_out(tmp_path / "content", VALUES[name])
    take_in(tmp_path / "guests.json", tmp_path / "content/one")
    made, told = outputs(tmp_path / "content", printed=name in ("typst", "tag", "line ends"))
    stopping = [f"{one.place} {one.code} {one.message}" for one in told if stops_build(one)]
    if name == "comment":  # whose own body never closes one is told, rather than that its rest were gone
        stopping = [one for one in stopping if " G139 this comment is never closed" not in one]
    assert stopping == []
    assert {path.rpartition(".")[2] for path in made} >= {"html", "js", "xml", "epub", "jsonld", "txt"}
    found = [f"{path}: {one}" for path, content in made.items() for one in wrong(path, content)]
    assert found == [], "\n".join(found)
    html = made["one/index.html"].decode()
    assert MARK in unescape(re.sub(r"<[^>]*>", "", html))
    assert f'<p title="{escape(VALUES[name])}">' in html
    assert 'id="note-own"' in html
    if not name.endswith("address"):  # a picture of such a name is refused: G146
        assert re.search(rf'<img src="[^"]*{MARK}[^"]*\.png"', html)


def test_the_look_itself_finds_what_is_wrong() -> None:
    assert list(wrong_page("<p onclick=x>a</p>")) == ["attribute onclick of p"]
    assert list(wrong_page('<a href="java&#10;script:x">a</a>')) == ["href of a: java\nscript:x"]
    assert list(wrong_page("<b zqx>a</b>")) == ["attribute zqx of b", "a tag with the mark"]
    assert list(wrong_page("<script>zqx</script>")) == ["script with zqx"]
    assert list(wrong_xml(b"<a><b zqx='1' href='data:x'/></a>")) == ["attribute zqx of b", "href of b: data:x"]
    assert list(wrong_script('f({"a": "</script>"})')) == ["</script in a script"]
