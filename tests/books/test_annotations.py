"""The annotation set of a book: each passage is found in its chapter as a reader has that, by words and by place."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from builder.render.epub.passages import standing
from tests.books.test_epub import EVERY_FORM, ROOT, XHTML, books, made_of, members
from tests.exchange.making import matter_of

if TYPE_CHECKING:
    from pathlib import Path

ARABIC = {
    "site.toml": 'title = "موقع"\nlanguage = "ar"\n',
    "one/edition.toml": 'title = "كتاب"\n\n[[text]]\nfile = "text.md"\n',
    "one/text.md": "# كتاب\n\nقال صاحب الجسر إن النهر عالٍ & بارد.\n\nثم قال إن النهر عالٍ مرة أخرى.\n",
    "one/text.notes.md": (
        '## صاحب الجسر إن {.context}\nمن هو؟\n\n## النهر عالٍ {.question in="¶2"}\nلماذا؟\n\n'
        "## الجسر {.language}\nأي جسر؟\n"
    ),
}
ACROSS = {
    "site.toml": 'title = "Site"\n',
    "one/edition.toml": 'title = "One"\n\n[[text]]\nfile = "text.md"\n',
    "one/text.md": (
        "# One\n\nThe ferry leaves at *six* now.\n\n- It waits for nobody.\n- Nor does the tide.\n\nSo be there.\n"
    ),
    "one/text.notes.md": (
        "## leaves at … be there {.context}\nAll of it.\n\n## six {.language}\nWithin.\n\n## tide {.question}\n?\n"
    ),
}
CROSSING = {
    "site.toml": 'title = "Site"\n',
    "one/edition.toml": 'title = "One"\n\n[[text]]\nfile = "text.md"\n',
    "one/text.md": "# One\n\nBefore the bell, the old bell rang; the tolls have risen, and the bell rang.\n",
    "one/text.notes.md": (
        "## old bell rang; the tolls {.context}\nFirst.\n\n## rang; the tolls have {.question}\nSecond.\n\n"
        '## bell rang {.challenge before="and the"}\nThird.\n\n## the tolls {.language}\nFourth.\n'
    ),
}
PICTURED = {
    "site.toml": 'title = "Site"\n',
    "one/edition.toml": 'title = "One"\n\n[[text]]\nfile = "a.md"\n',
    "one/a.md": "# One\n\nBefore.\n\n![A bell](bell.svg)\n\nAfter.\n",
    "one/a.notes.md": (
        "## ¶2 {.context}\nOn the picture.\n\n## * {.question}\nOn the whole.\n\n## Before {.source}\nOn a word.\n"
    ),
    "one/bell.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
}


def laid_out(site: Path | dict[str, str], folder: Path, *outputs: str) -> Path:
    """A site that asks for these forms."""
    if isinstance(site, dict):
        for path, words in site.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(words, "utf-8")
    else:
        shutil.copytree(site, folder)
    own = [line for line in (folder / "site.toml").read_text("utf-8").splitlines() if not line.startswith("outputs")]
    (folder / "site.toml").write_text("\n".join([f"outputs = {[*outputs]}", *own]), "utf-8")
    return folder


def body_of(document: bytes) -> ElementTree.Element:
    body = ElementTree.fromstring(document).find(f"{XHTML}body")
    assert body is not None
    return body


def text_content(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


def without_ours(element: ElementTree.Element) -> list[tuple[str, bool]]:
    """The characters of an element, and whether each is the author's."""
    made = [(letter, True) for letter in element.text or ""]
    for child in element:
        ours = child.get("role") == "doc-noteref" or child.get("class") in ("tie", "pn", "said")
        made += [(letter, mine and not ours) for letter, mine in without_ours(child)]
        made += [(letter, True) for letter in child.tail or ""]
    return made


def selected(body: ElementTree.Element, css: dict[str, Any]) -> ElementTree.Element:
    assert css["type"] == "CssSelector"
    if css["value"] == "body":
        return body
    found = [one for one in body.iter() if f"#{one.get('id', '')}".replace(".", "\\.") == css["value"]]
    assert len(found) == 1
    return found[0]


def quoted(book: bytes) -> list[str]:
    """The author's words in each passage, after each selector of each was held to what stands in its chapter."""
    files = members(book)
    made = json.loads(files["META-INF/annotations.annotation"])
    manifest = re.findall(r'<item [^>]*href="([^"]+)"', files["EPUB/package.opf"].decode())
    assert made["type"] == "AnnotationSet"
    assert len({item["id"] for item in made["items"]}) == len(made["items"])
    said: list[str] = []
    for item in made["items"]:
        source = item["target"]["source"]
        assert source.removeprefix("EPUB/") in manifest
        if len(item["target"].get("selector", ())) > 1:
            quote, css = item["target"]["selector"]
            body = body_of(files[source])
            around = f"{quote['prefix']}{quote['exact']}{quote['suffix']}"
            assert text_content(body).count(around) == 1, around
            element, place = selected(body, css), css["refinedBy"]
            assert place["type"] == "TextPositionSelector"
            assert text_content(element)[place["start"] : place["end"]] == quote["exact"]
            letters = without_ours(element)[place["start"] : place["end"]]
            said.append("".join(letter for letter, mine in letters if mine))
    return said


def passages(book: bytes) -> list[str]:
    return [" ".join(words.split()) for words in quoted(book)]


@pytest.mark.parametrize("site", [ROOT / "content", EVERY_FORM], ids=["content", "every-form"])
def test_each_passage_is_found_and_holds_the_authors_words(site: Path, tmp_path: Path) -> None:
    pages = {page.path: page.content for page in made_of(laid_out(site, tmp_path / "site", "epub", "webanno"))}
    for path, content in pages.items():
        if path.endswith("annotations.jsonld"):
            folder = path.split("/")[0]
            notes = [one for one in json.loads(content)["first"]["items"] if "#note-" in one["id"]]
            targets = [one["target"] if isinstance(one["target"], list) else [one["target"]] for one in notes]
            resources = [one for one in chain.from_iterable(targets) if isinstance(one, dict)]  # else another note
            selectors = [one["selector"] for one in resources if isinstance(one["selector"], list)]
            theirs = Counter(" ".join(quote["exact"].split()) for quote, _ in selectors)
            found = Counter(passages(pages[f"{folder}/{folder}.epub"]))
            assert theirs
            assert not theirs - found


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        (ARABIC, ["صاحب الجسر إن", "النهر عالٍ", "الجسر"]),
        (ACROSS, ["leaves at six now. It waits for nobody. Nor does the tide. So be there", "six", "tide"]),
        (CROSSING, ["old bell rang; the tolls", "rang; the tolls have", "bell rang", "the tolls"]),
        (PICTURED, ["Before"]),
    ],
    ids=["arabic", "across", "crossing", "pictured"],
)
def test_whatever_stands_between_the_words(site: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    (book,) = books(laid_out(site, tmp_path, "epub")).values()
    assert passages(book) == expected


def test_a_picture_is_named_by_its_block_and_a_whole_text_by_its_chapter(tmp_path: Path) -> None:
    (book,) = books(laid_out(PICTURED, tmp_path, "epub")).values()
    items = json.loads(members(book)["META-INF/annotations.annotation"])["items"]
    targets = {item["body"]["value"]: item["target"] for item in items}
    assert targets["On the picture."]["selector"] == [{"type": "CssSelector", "value": "#a-p2"}]
    assert targets["On the whole."] == {"source": "EPUB/text-a.xhtml"}


def test_a_passage_that_a_chapter_does_not_show_has_no_selector() -> None:
    files = {"site.toml": 'title = "S"\n', "e/edition.toml": 'title = "E"\n', "e/a.md": "# One\n\nBefore the bell.\n"}
    (text,) = matter_of(files, "e")[0].edition.texts
    chapter = standing('<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Nothing of it.</p></body></html>')
    assert chapter.selectors(text, text.prose.blocks[-1].span) == []
