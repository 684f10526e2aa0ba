"""Corners of what is rendered that no other test comes by: small parts each by itself, and a site of oddities."""

from __future__ import annotations

import json
import re
import sys
import zlib
from dataclasses import replace
from io import BytesIO
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from builder.cli import run
from builder.model.diagnostic import Diagnostic, FaultError
from builder.model.escape import escaped
from builder.model.handout import Ground, Handout, Remark, Spot
from builder.model.site import Page
from builder.model.theme import Theme
from builder.pipeline import Circumstances, Options, build, stops_build
from builder.render.assets import SHRUNK, make_assets
from builder.render.division import tagged
from builder.render.galley import beginnings
from builder.render.given import LINES, GivenTerm, lacks_lines, trimmed
from builder.render.given import Given as GivenEdition
from builder.render.handout import compose
from builder.render.leads import outgoing
from builder.render.offline.faces import NAME, subset
from builder.render.offline.letters import lettered
from builder.render.page import COMPILED, Press, _ready, compiled
from builder.render.qr import qr_code
from builder.render.readable import readable
from builder.render.rewording import reworded
from builder.render.sandbox import _escaped
from builder.render.search_records import records_of
from builder.render.views import LinkView, TermView
from builder.render.wires import wires
from builder.render.words import Words, words_for
from builder.render.xhtml import as_xhtml
from builder.shell.opening import Opened, open_site
from builder.shell.press import Typesetter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def theme_of(files: Mapping[str, str], **more: Any) -> Theme:
    parts: dict[str, Any] = {"styles": (), "early": (), "scripts": (), "options": {}, "summary": "", **more}
    return Theme(name="guest", files={path: words.encode() for path, words in files.items()}, **parts)


# --- small parts ---


def test_a_host_that_can_be_no_name_is_in_the_code_as_it_is_typed() -> None:
    assert "<svg" in qr_code(f"https://ü{'x' * 80}.test/")


def test_words_are_escaped_without_the_libraries_shortcut() -> None:
    assert _escaped("<b> & c") == "&lt;b&gt; &amp; c"


# --- templates ---


def shown(template: str, **context: object) -> str:
    given = {"word": "<b>", "link": LinkView("#a", "words"), **context}
    return Press(theme_of({"templates/page.html": template})).set("page.html", given).decode()


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ('{{ [link, link]|join(", ", attribute="href") }}', "#a, #a"),
        ("{{ [1, 2]|sum }}", "3"),
        ('{{ "one two three"|truncate(8) }}{{ "one"|truncate(8) }}', "one two…one".replace(" two", "")),
        ("{% autoescape false %}{{ word }}{% endautoescape %}{{ word }}", "<b>&lt;b&gt;"),
        ("{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(a=1) }}", "12"),
        ("{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}a{% endcall %}", "<a>"),
        ("{% macro m() %}{{ varargs|length }}{% endmacro %}{{ m(1, 2) }}", "2"),
    ],
)
def test_what_templates_may_ask(template: str, made: str) -> None:
    assert shown(template) == made


def raises(fault: BaseException) -> Any:
    def call() -> None:
        raise fault

    return call


def test_faults_that_are_no_templates() -> None:
    with pytest.raises(FaultError, match="this grows too large"):
        shown("{{ grow() }}", grow=raises(MemoryError()))
    with pytest.raises(FaultError, match="nested too deeply"):
        shown("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}")
    with pytest.raises(TypeError):  # our own, in no template
        Press(theme_of({"templates/page.html": ""})).set("page.html", 3)  # type: ignore[arg-type]


def test_a_compiled_template_sets_the_same_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "templates/page.html": '{% extends "frame.html" %}{% block a %}{{ word }}{% endblock %}',
        "templates/frame.html": '<p>{% block a %}{% endblock %}</p>{% include "partials/foot.html" %}',
        "partials/foot.html": "<hr>",
    }
    theme = theme_of(files)
    before = Press(theme).set("page.html", {"word": "&"})
    for name, source in compiled(theme.files):
        (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
    package = ModuleType(COMPILED)
    package.__path__ = [str(tmp_path)]
    monkeypatch.setitem(sys.modules, COMPILED, package)
    assert len(list(tmp_path.iterdir())) == 4
    assert Press(theme).set("page.html", {"word": "&"}) == before == b"<p>&amp;</p><hr>"


def test_words_of_the_interface() -> None:
    words = words_for("xx", "yy", {})
    assert words == Words({}, "xx", {})
    with pytest.raises(FaultError, match=r"words/xx\.toml:1:1: G502 the theme has no words for “nav\.read”"):
        words.say("nav.read")
    wording = {"month.m8": "August", "date.month": "{month} {year}", "date.day": "{day} {month} {year}"}
    dates = Words(wording, "en", {})
    assert [dates.date(one) for one in ("2021-08-04", "2021-08", "2021", "2021-13", "c. 1900", "-0044")] == [
        *("4 August 2021", "August 2021", "2021", "2021-13", "c. 1900", "-0044")
    ]


# --- assets ---


def test_what_is_too_large_is_not_made_smaller() -> None:
    style, script = "a { b: c }\n" * (SHRUNK // 10), "var a ;\n" * (SHRUNK // 7)
    files = {"css/a.css": style, "js/a.js": script, "css/b.css": 'a { b: url(#c) url("data:x") url(./d.png) }'}
    theme = theme_of({**files, "css/d.png": "x"}, styles=("css/a.css", "css/b.css"), scripts=("js/a.js",))
    pages = {page.path.rpartition(".")[2]: page.content.decode() for page in make_assets(theme).pages}
    assert pages["js"] == script
    assert pages["css"].startswith(style)
    assert 'url(#c) url("data:x") url(d.' in pages["css"]


# --- small parts ---


def test_small_parts() -> None:
    assert escaped("1. a\n- b") == "1\\. a\n\\- b"
    assert compose((), None, frozenset()) == ()  # type: ignore[arg-type]
    table = ["table", {}, []]
    assert tagged([table, ["em", {}, ["a b"]]])[0] is table
    led = outgoing("a/b.html", b'<a href="c/">c</a><a href=".#d">d</a>').leads
    assert [one.path for one in led] == ["a/c/index.html", "a/index.html"]
    with pytest.raises(ValueError, match="no part of a search index"):
        records_of(b"glossatorSearch(3)")
    packed = lettered(zlib.compress(b'{"a": "secret words that are packed away, and quite some of them"}'))
    assert "secret words" in "".join(readable("a.html", f"<p>a</p><i>{packed}</i>".encode()))
    assert "".join(readable("a.html", f"<p>a</p><i>{'A' * 64}</i>".encode())).split()[0] == "a"


def test_markup_that_a_book_cannot_hold() -> None:
    html = '<p>a<script><b>c</b><img src="x">d</script>e<svg/>f</i><object>h<b>i</b></object></p><script>g'
    assert as_xhtml(html, lambda _: None, lambda _: None) == "<p>aef</p>"


def test_a_compiled_template_is_looked_for_and_need_not_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.render.page.COMPILED", "builder.nowhere")
    assert _ready("words") is None
    monkeypatch.setattr("builder.render.page.COMPILED", "builder.render")
    assert _ready("nowhere") is None
    assert _ready("words") is not None


def test_lines_that_were_taken_from_a_term_are_missed_once_it_is_rare() -> None:
    view = TermView(**dict.fromkeys(TermView.__match_args__, ""))  # type: ignore[arg-type]
    term = GivenTerm("", replace(view, key="vine"), 3, '[["#a", "A", "", "vine", ""]]', (), "")
    given = replace(made_of(GivenEdition), terms=(term,))
    often, rarely = {" vine": LINES + 1}, {" vine": LINES}
    assert not lacks_lines(given, rarely)
    assert trimmed(given, rarely) is given
    short = trimmed(given, often)
    assert list(short.terms[0].lines) == []
    assert (lacks_lines(short, often), lacks_lines(short, rarely)) == (False, True)


def test_pages_begin_where_a_theme_says_that_they_do() -> None:
    """One that says nothing of a mark is asked for no more."""
    handout = replace(made_of(Handout), begins={1: ("fox", 0), 2: ("fox", 40), 3: ("fox", 60)})
    ground = Ground((), {1: Spot(1, 0, 20)}, {2: ((0, 30, 3),)}, {}, 100)
    assert beginnings(handout, ground) == ((1, "fox", 0), (2, "fox", 60))


def test_a_tie_whose_other_end_is_not_printed_stands_alone() -> None:
    said = {"letter": "A", "to": "xref:a-2"}
    tie = Remark("xref:a-1", "fox", ((1, 2),), said, firm=True)
    handout = replace(made_of(Handout), texts=[{"id": "fox"}], remarks=(tie,))
    ground = Ground((), {1: Spot(1, 0, 20), 2: Spot(1, 0, 30)}, {}, {1: (0, 200)}, 100)
    (drawn,) = wires(handout, ground)["1"]
    assert (drawn["page"], drawn["other"]) == (None, None)


def made_of(kind: type[Any]) -> Any:
    """A value of which nothing is asked but what a test puts in."""
    return kind(**dict.fromkeys(kind.__match_args__, ""))


def test_a_face_of_another_build_is_renamed_too() -> None:
    """Faces with PostScript outlines have their name in two places."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "A", "B"])
    builder.setupCharacterMap({65: "A", 66: "B"})
    pen = T2CharStringPen(600, None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 0))
    pen.lineTo((0, 700))
    pen.closePath()
    drawn = pen.getCharString()
    builder.setupCFF("Reserved", {"FullName": "Reserved"}, dict.fromkeys([".notdef", "A", "B"], drawn), {})
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", "A", "B"], (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Reserved", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    whole = BytesIO()
    builder.font.save(whole)
    made = TTFont(BytesIO(subset(whole.getvalue(), frozenset("A"))))
    assert made["CFF "].cff.fontNames == [NAME.replace(" ", "")]
    assert made["name"].getDebugName(1) == NAME
    assert set(made.getBestCmap()) == {65}


# --- a site of oddities ---

SITE = {
    "site.toml": 'title = "Odd"\nbase_url = "https://example.org/odd/"\naudience = "AUDIENCE"\n'
    'outputs = ["site", "offline", "epub", "handout", "webanno", "tei"]\n[kind.own]\nlabel = "Own"\ncue = "source"\n',
    "one/edition.toml": 'title = "One"\ndate = "0000-01-01"\ntags = ["a"]\n'
    '[[text]]\nfile = "fox.md"\ndate = "-0044"\nreferences = true\nauthor = "A"\n'
    '[[text]]\nfile = "hen.md"\nresponds-to = "fox"\ndate = "0000-02-02"\n'
    '[[text]]\nfile = "bare.md"\n[[text]]\nfile = "void.md"\n[[layer]]\nid = "us"\n[[layer]]\nid = "none"\n'
    '[[handout]]\nid = "all"\naudience = "teacher"\n[[handout]]\nid = "facing"\nlayout = "facing"\n',
    "one/fox.md": "# Fox\n\nA fox[^1] leapt[^2] at [[hen “She watched”]] and an ice *cream*.\n\n---\n\n"
    "![](a.avif)![b](c.png)\n\n`code` and `co[d]{#x}e`\n\n{#own}\n```text\ncode\n```\n\n"
    "| a | b |\n|---|---|\n| c | d |\n\n"
    "Foe\n: - of hens\n  - of geese\n\n  Friend\n  : - of none\n\n[^1]: Foxes leap.\n[^2]: As hens do.\n",
    "one/hen.md": "She watched.\n\nAgain and again, and so on and on, "
    + "she watched the fox who leapt, " * 20
    + "twice.\n\n- one\n\n  - two\n\n  three\n",
    "one/bare.md": "![a picture](c.png)\n",
    "one/fox.notes.md": '## Foxes leap {in="fn1"}\nIn a footnote.\n\n## As hens do {in="fn2"}\nIn another: '
    "[[hen ¶3]], [[hen ¶4]], [<!-- c -->[hen ¶2]].\n\n## leapt\nA rule.\n\n---\n\nA break<br>here[^1], "
    "[[hen “nowhere”]] "
    "[[#teachers]], [[two/x]].\n\n<hr>\n\n| a |\n|---|\n| b |\n\n![p](c.png)\n\n[^1]: Mine, on a vine.\n\n"
    '## gone away\nLost.\n\n## *\nOn it all.\n\n## A fox {#teachers audience="teacher"}\nFor them.\n\n'
    '## fox {re="#leapt" .own}\nA reply.\n\n## A fox {.highlight}\n',
    "one/hen.notes.md": "## and on, she watched\nAcross a term.\n\n## *\nOn it all.\n",
    "one/void.md": "",
    "one/fox.none.notes.md": "",
    "two/edition.toml": 'title = "Two"\n[[text]]\nfile = "x.md"\n',
    "two/x.md": "Words.\n",
    "one/bare.notes.md": "## *\nOn a picture.\n",
    "one/crossrefs.md": "## hen → fox “leapt” {.answers}\nWhole.\n\n## hen “watched” → fox “nowhere”\nLost.\n\n"
    "## bare → hen “she watched the fox who leapt, twice”\nx\n\n## hen “Again … twice” → fox “A fox”\nLong.\n\n"
    "## void → fox\nBoth whole.\n",
    "one/glossary.md": '# Terms\n\nOf a vine.\n\n## vine {at="fox “fox”"}\n> A plant.\n\n'
    '## ox {not="fox hunt"}\nAnother animal.\n\n## watched the fox\nA pastime.\n\n'
    "## fox {.animal}\nA vine's foe.\n\n"
    "More on a vine, [[term:fox]].\n\n## ice cream\nCold.\n",
    "one/questions.md": '## Why did she watch the vine? {about="#leapt; fox “nowhere”"}\nBecause of a vine.\n',
    "glossary.md": "## vine\nA climbing plant.\n",
    "sources.json": "[]",
}


def words_of(document: bytes) -> list[str]:
    """The bodies of annotations, without their tags."""
    bodies = re.findall(r'"format":"text/html","value":("(?:[^"\\]|\\.)*")', document.decode())
    return [re.sub(r"<[^>]*>", "", json.loads(body)) for body in bodies]


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f00010101"
    "00b138f6140000000049454e44ae426082"
)


@pytest.mark.parametrize("audience", ["teacher", "student"])
def test_a_site_of_oddities(audience: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for path, words in SITE.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(words.replace("AUDIENCE", audience), encoding="utf-8")
    (tmp_path / "one/c.png").write_bytes(PIXEL)
    (tmp_path / "one/a.avif").write_bytes(b"\0\0\0\x1cftypavif\0\0\0\0avifmif1")  # no handout can show such
    opened = open_site(tmp_path)
    assert isinstance(opened, Opened)
    with Typesetter(opened.theme.files, tmp_path) as press:
        around = Circumstances(press=press if audience == "teacher" else None)
        made = list(build(opened.folder, opened.outline, opened.theme, Options(), around))
    assert [
        f"{one.place} {one.code} {one.message}" for one in made if isinstance(one, Diagnostic) and stops_build(one)
    ] == []
    pages = {one.path: one.content for one in made if isinstance(one, Page)}
    assert {path.rpartition(".")[2] for path in pages} >= {"html", "xml", "epub", "jsonld"}
    assert (b"For them." in pages["one/index.html"]) is (audience == "teacher")
    assert b"gone away" in pages["one/index.html"]
    page = pages["one/index.html"].decode()
    listed = page[page.index('id="hen-p3"') : page.index('id="bare-')]
    assert listed.count('href="#note-as-hens-do"') == 1, "of two items of a list that it speaks of"
    assert "In another: B ¶3, B ¶4, hen ¶2.\n" in words_of(pages["one/annotations.jsonld"])
    for form in ("tei", "csv", "webanno"):
        assert run(["export", str(tmp_path / "one"), "--as", form]) == 0
        assert "gone away" in capfd.readouterr().out


def test_what_nobody_has_words_for_is_said_in_pythons() -> None:
    assert reworded(KeyError("x")) == "this can't be done with such values ('x')"
