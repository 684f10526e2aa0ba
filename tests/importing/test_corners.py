"""Corners of importing that no other test comes by: markup that is rarely typed, and bounds."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from readability.readability import Unparseable

from builder.model.incoming import Incoming, Refused
from builder.parse.foreign_body import LONGEST, markdown_of, own_markdown
from builder.parse.incoming import page, word_parts
from builder.parse.incoming.markdown import MATTER_BOUND, read_markdown
from builder.parse.incoming.page import read_page
from builder.parse.incoming.page_facts import _DATA_BOUND
from builder.parse.incoming.plain import read_plain
from builder.parse.incoming.word import read_word
from builder.shell.incoming import LIBRARIES
from builder.shell.unpacking import packed, unpacked
from tests.importing.words import document, saved

if TYPE_CHECKING:
    from tests.importing.conftest import Importing

W = nsdecls("w")
HEAD = "<title>Bells</title><article><h1>Bells</h1><p>The bells rang for a long while, and then no more.</p>"


def text_of(page: str) -> str:
    read = read_page(f"<html><body>{HEAD}{page}</article></body></html>", lambda _: True)
    assert isinstance(read, Incoming), read
    return read.markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a <code>b <a href='https://x.y/'>c</a></code></p>", "a `b c`"),
        ("<p>a <code><code>b</code></code> <code> </code>c</p>", "a `b`"),
        ("<p>a <q>b</q></p>", "a b"),
        ("<h2>a ##</h2>", "## a \\#\\#"),
        ("<p>a <a href='http://[x'>b</a></p>", "a b"),
        ("<ul>a<li>b</li><ul><li>c</li></ul></ul>", "- b"),
        ("<p " + "".join(f"a{n}=b " for n in range(120)) + ">many</p>", "many"),
        (f"<p title='{'x' * 4100}'>long</p>", "long"),
        ("<ul><li>a</li>b<p>c</p></ul>", "- b"),
        ("<link rel=canonical href='https://x.y/'><p>a <a href='//[x'>b</a></p>", "a b"),
        ("<p>a<em></em><em>b</em><em><i>c</i></em></p>", "a*bc*"),
        (f"<p>a{' ' * 100}b</p>", "a b"),
    ],
)
def test_markup_of_pages(html: str, markdown: str) -> None:
    assert markdown in text_of(html)


def test_words_of_many_signs_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "SIGNS", 9)
    made = document()
    made.add_paragraph("*" * 10)
    said = "this text has more than 9 signs of links, emphasis, code and HTML"
    for read in (
        read_page(f"<html><body>{HEAD}<p>{'*' * 10}</p></article></body></html>", lambda _: True),
        word_of(made),
    ):
        assert read == Refused(said, "split it")


def test_what_a_page_says_of_itself_has_bounds() -> None:
    data = '{"@type": "Article", "author": [["a"], "B"], "headline": "x"}'
    long = '{"@type": "Article", "author": "%s"}' % ("a" * _DATA_BOUND)
    for script in (data, long):
        head = f'<head><script type="application/ld+json">{script}</script></head>'
        assert isinstance(read_page(f"<html>{head}{HEAD}", lambda _: True), Incoming)


@pytest.mark.parametrize(
    ("text", "says"),
    [("---\ntitle: " + "x" * MATTER_BOUND + "\n---\n\nA.\n", "the most that is read is")],
)
def test_front_matter_has_a_bound(text: str, says: str) -> None:
    read = read_markdown(text)
    assert isinstance(read, Refused)
    assert says in read.words


@pytest.mark.parametrize(
    "matter", ["# only a remark", "", "a: [b", 'a: "\\x41\\U00110000\\ud800"', "a: b\n\n# c\nd:\n  - e\nf: |\n  g"]
)
def test_front_matter_that_is_odd(matter: str) -> None:
    assert isinstance(read_markdown(f"---\n{matter}\n---\n\nA.\n"), Incoming)


def test_a_file_is_not_parted_twice_at_one_place() -> None:
    read = read_plain("One.\n\nTwo.\n", parting=("Two.", "Two."))
    assert isinstance(read, Refused)


@pytest.mark.parametrize(
    ("value", "form", "made"),
    [
        (" ", "text/html", ""),
        ("<pre>a *b*</pre> <code>_c_</code>", "text/html", "`_c_`"),
        ("x" * (LONGEST + 1) + "*", "text/markdown", "\\*"),
    ],
)
def test_bodies_from_outside(value: str, form: str, made: str) -> None:
    assert made in markdown_of(value, form)[0]
    assert own_markdown("*" * (LONGEST + 1)).startswith("\\*")


@pytest.mark.parametrize(
    ("value", "form", "told"),
    [
        ('<p class="c" style="x">a <b>b</b> <!-- c --></p>', "text/html", ()),
        ("<p>a<script>b</script></p>", "text/html", ("removed from its body: <script>",)),
        ('<a href="javascript:b">a</a>', "text/html", ("removed from its body: href= in <a>",)),
        ('<i onclick="b" id="c">a</i>', "text/html", ("removed from its body: onclick= in <i>",)),
        ("[a](javascript:b)", "text/markdown", ("its body is taken as plain words: “javascript:b” is no address",)),
        ("<script>a</script>", "text/plain", ()),
    ],
)
def test_what_a_body_loses_is_told(value: str, form: str, told: tuple[str, ...]) -> None:
    found = markdown_of(value, form)[1]
    assert len(found) == len(told)
    assert all(one.startswith(start) for one, start in zip(found, told, strict=True))


def test_addresses_of_a_text_are_told_in_one_line(importing: Importing) -> None:
    importing.write("a.md", "---\ntitle: A\n---\n# A\n\n" + "".join(f"[{n}](javascript:{n})\n" for n in range(7)))
    said = importing("a.md")
    assert said.err.count("\n") == said.err.count("a.md: addresses to be looked at: ") == 1
    assert "“javascript:0” is no address that a reader may follow (line 6); " in said.err
    assert said.err.endswith("(line 10); 2 more, which `glossator check` tells\n")
    assert "raw_html" not in (importing.folder / "a" / "edition.toml").read_text(encoding="utf-8")


def test_the_libraries_that_are_asked_for_are_those_of_the_extra() -> None:
    settings = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["optional-dependencies"]["import"] == list(LIBRARIES)


def test_bodies_without_what_reads_html(monkeypatch: pytest.MonkeyPatch) -> None:
    from builder.parse import foreign_body

    foreign_body._converter.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "markdownify", None)
    with pytest.raises(ModuleNotFoundError, match="markdownify"):
        markdown_of("<p>a</p>", "text/html")
    foreign_body._converter.cache_clear()


# --- Word ---


def word_of(made: Any, before: str = "", after: str = "", **added: bytes) -> Incoming | Refused:
    """A document read, with one stretch of it exchanged and parts put in."""
    changes = {"word/document.xml": (before, after)} if before else {}
    parts = unpacked(saved(made, changes, {f"word/{name}.xml": part for name, part in added.items()}))
    assert not isinstance(parts, Refused)
    return read_word(parts, packed)


LINKED = '<w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="none"/>'
"""A link to what the file doesn't have."""


def test_word_files_that_say_nothing_or_break_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    assert word_of(document()) == Refused("there are no words in this document")
    made = document()
    made.add_paragraph("Words.")
    broken = word_of(made, "<w:t>Words.</w:t>", f"<w:t>Words.</w:t>{LINKED}")
    assert isinstance(broken, Refused)
    assert "breaks Word's rules" in broken.words
    monkeypatch.setattr(word_parts, "ELEMENTS", 20)
    many = word_of(made, "<w:t>Words.</w:t>", "<w:t>a</w:t>" * 20)
    assert isinstance(many, Refused)
    assert "the most that is read is" in many.words
    monkeypatch.undo()
    monkeypatch.setattr(word_parts, "PARAGRAPHS", 1)
    made.add_paragraph("Other words.")
    said = "this document has 2 paragraphs; the most that is read is 1"
    assert word_of(made) == Refused(said, "split it")


def test_signs_of_ours_and_what_was_moved_away_are_left_out() -> None:
    made = document()
    made.add_paragraph("Words\ufdd0 here.")
    read = word_of(made, "</w:p>", "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>")
    assert isinstance(read, Incoming)
    assert read.markdown.strip() == "Words here."


FOOTNOTES = f"""<w:footnotes {W}><w:footnote w:id="2">
<w:p><w:hyperlink w:anchor="x"><w:r><w:t>One.</w:t></w:r></w:hyperlink></w:p>
</w:footnote><w:footnote w:id="3"><w:p><w:r><w:t>Two.</w:t></w:r></w:p></w:footnote></w:footnotes>""".encode()


def test_two_footnotes_one_of_them_a_link() -> None:
    made = document()
    line = made.add_paragraph("Words.")
    for id in (2, 3):
        line._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="{id}"/></w:r>'))
    read = word_of(made, footnotes=FOOTNOTES)
    assert isinstance(read, Incoming)
    assert "[^1]: One." in read.markdown
    assert "[^2]: Two." in read.markdown


EXTENDED = b"""<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">
<w15:commentEx w15:paraId="0000000A" w15:done="0"/>
<w15:commentEx w15:paraId="0000000F" w15:done="1"/></w15:commentsEx>"""


def test_comments_that_begin_and_end_between_paragraphs() -> None:
    made = document()
    first, second = made.add_paragraph(style="Quote"), made.add_paragraph()
    runs = [first.add_run("One."), second.add_run("Two.")]
    made.add_paragraph("Three.")
    comment = made.add_comment(runs, "On\tboth.", author="Ann")
    comment.paragraphs[-1]._p.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", "0000000A")
    made.add_comment(runs[1], "On a point.", author="Ann")
    body = made.element.body
    start, end = body.xpath("//w:commentRangeStart[@w:id='0']")[0], body.xpath("//w:commentRangeEnd[@w:id='0']")[0]
    first._p.addprevious(start)
    second._p.addnext(end)
    for one in body.xpath("//w:commentRangeStart[@w:id='1'] | //w:commentRangeEnd[@w:id='1']"):
        one.getparent().remove(one)
    body.insert(0, parse_xml(f'<w:commentRangeEnd {W} w:id="7"/>'))
    body.append(parse_xml(f'<w:commentRangeStart {W} w:id="8"/>'))
    read = word_of(made, commentsExtended=EXTENDED)
    assert isinstance(read, Incoming)
    assert [one.body for one in read.comments] == ["On both.", "On a point."]


def test_a_page_without_anything() -> None:
    assert isinstance(read_page("<!-- x --><html><body> </body></html>", lambda _: True), Refused)


def test_a_page_in_which_nothing_looks_like_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise Unparseable

    monkeypatch.setattr(page, "Document", refuse)
    read = read_page("<html><body><p>The bells rang.</p></body></html>", lambda _: True)
    assert isinstance(read, Incoming)
    assert read.markdown.strip() == "The bells rang."
