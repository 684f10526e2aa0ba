"""No page has a picture on another site: it couldn't be shown, and words stand for it."""

from __future__ import annotations

import base64
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from builder.render.elsewhere import is_elsewhere, words_instead
from builder.shell.build import Order, build_site

if TYPE_CHECKING:
    from pathlib import Path

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
ELSEWHERE = [
    "//evil.example/x.png",
    "http://evil.example/x.png",
    "HTTPS://evil.example/x.png",
    "\\\\evil\\x",
    "/\\evil",
]
ELSEWHERE += ["/\t/evil", " //evil", "file:///etc/passwd", "ftp://evil/x", "data:image/png;base64,AA=="]
WITHIN = ["x.png", "images/x.png", "/x.png", "./a:b.png", "#x", ""]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_what_is_elsewhere(address: str) -> None:
    assert is_elsewhere(address)


@pytest.mark.parametrize("address", WITHIN)
def test_what_is_within(address: str) -> None:
    assert not is_elsewhere(address)
    html = f'<p><img src="{address}" alt="A"></p>'
    assert not address or words_instead(html) == html


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ('<img src="//e/x.png" alt="A &amp; <b>">', "A &amp; &lt;b&gt;"),
        ("<IMG alt='A>' SRC=a.png hidden>", '<img alt="A&gt;" src="a.png" hidden="">'),
        ("<IMG alt=A SRC=http://e/x.png>", "A"),
        ("<img src='&#x2f;/e/x.png'/>", "//e/x.png"),
        ('<img alt="" src="https://e/x.png">', ""),
        ('<img alt="x" src="a.png" srcset="a.png 1x, //e/x.png 2x">', "x"),
        ('<img title=">" src="//e/x.png" alt="A">', "A"),
        ('<img src="data:image/svg+xml,%3Csvg%3E" alt="A">', "A"),
        ('<img alt="A">', "A"),
        ('<image src="//e/x.png">', '<image src="//e/x.png">'),
    ],
)
def test_words_stand_for_it(typed: str, made: str) -> None:
    assert words_instead(f"a {typed} b") == f"a {made} b"


@pytest.mark.parametrize("policy", ["keep", "clean"])
@pytest.mark.parametrize("address", ["//evil.example/x.png", "http://evil.example/x.png"])
def test_no_output_has_one(address: str, policy: str, tmp_path: Path) -> None:
    files = {
        "site.toml": 'title = "S"\noutputs = ["site", "offline", "epub"]\n',
        "fox/edition.toml": f'title = "Fox"\n[[text]]\nfile = "fox.md"\nraw_html = "{policy}"\n',
        "fox/fox.md": f'# Fox\n\nA ![grape]({address}) leapt <img src="{address}" alt="vine"> up.\n\n'
        f'<div><img src="{address}" alt="ladder"></div>\n',
        "fox/fox.notes.md": f'## leapt\nSee ![i]({address}) and <img src="{address}" alt="j">.\n',
        "fox/glossary.md": f"## leapt\nA ![k]({address}).\n",
    }
    for path, words in files.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(words, encoding="utf-8")
    outcome = build_site(Order(tmp_path / "site", tmp_path / "output"))
    assert {one.code for one in outcome.told} == {"G122"}
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "output").rglob("*.html")}
    with zipfile.ZipFile(tmp_path / "output/fox/fox.epub") as book:
        pages |= {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")}
    for page in pages.values():
        assert not re.search(r"<img[^>]*evil", page)
    read = re.sub(r"<[^>]+>", "", pages["index.html"] + pages["fox.offline.html"])
    assert all(words in read for words in ("A grape ", " vine up.", "ladder", "See i and j."))


TAGS = ['<img src="a.png" alt="A">', "<img alt='A>' src=a.png>", "<IMG\nsrc='a%2Epng' alt=A>"]


@pytest.mark.parametrize("policy", ["keep", "clean"])
@pytest.mark.parametrize("tag", TAGS)
def test_pictures_of_own_html_come_along(tag: str, policy: str, tmp_path: Path) -> None:
    """As those of Markdown do, however their tags are typed."""
    files = {
        "site.toml": 'title = "S"\noutputs = ["site", "offline", "epub"]\n',
        "fox/edition.toml": f'title = "Fox"\n[[text]]\nfile = "fox.md"\nraw_html = "{policy}"\n',
        "fox/fox.md": f"# Fox\n\nA {tag} leapt.\n\n<div>{tag}</div>\n",
        "fox/fox.notes.md": '## leapt\nSee <img src="b.png" alt="B">.\n',
    }
    for path, words in files.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(words, encoding="utf-8")
    for name in ("a.png", "b.png"):
        (tmp_path / "site/fox" / name).write_bytes(base64.b64decode(DOT))
    outcome = build_site(Order(tmp_path / "site", tmp_path / "output"))
    assert outcome.told == ()
    assert {path.name for path in (tmp_path / "output").rglob("*.png")} == {"a.png", "b.png"}
    held = (tmp_path / "output/fox/fox.offline.html").read_text("utf-8")
    assert len(re.findall(r'<img[^>]* src="data:image/png;base64,', held)) == 3
    with zipfile.ZipFile(tmp_path / "output/fox/fox.epub") as book:
        assert sum(name.endswith(".png") for name in book.namelist()) == 2


def test_of_own_html_too_a_picture_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/edition.toml").write_text('title = "Fox"\n[[text]]\nfile = "fox.md"\n', encoding="utf-8")
    (tmp_path / "site/fox.md").write_text('A fox\nleapt <img alt="A" src="a.png"> up.\n', encoding="utf-8")
    outcome = build_site(Order(tmp_path / "site", tmp_path / "output"))
    assert [(one.code, one.place.line, one.place.column) for one in outcome.told] == [("G121", 2, 25)]
