"""One case for each form that a text can take: what is typed, and the elements of TEI that hold it."""

from __future__ import annotations

import re

import pytest

from builder.model.glossary import Occurrence
from builder.model.prose import Span
from builder.render import tei
from builder.render.tei_points import Ground, apart
from tests.exchange.making import matter_of

_DETAIL = re.compile(r' (?:xml:id="(?!a\.own)[^"]*"|n="[^"]*")')
_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)

CASES = {
    "a heading opens a division, in that of a higher one": (
        "one\n\n## A\n\na\n\n### B\n\nb\n\n## C\n",
        "<p>one</p><div><head>A</head><p>a</p><div><head>B</head><p>b</p></div></div><div><head>C</head></div>",
    ),
    "a heading that stands in something else": (
        "> ## A\n> a\n",
        '<quote><ab type="heading" subtype="h2">A</ab><p>a</p></quote>',
    ),
    "nothing but a rule": ("---\n", '<milestone unit="section" rend="rule"/><p/>'),
    "verse, and emphasis over its lines": (
        "| one *two\n| three* four\n",
        '<lg type="verse"><lg type="stanza"><l>one <hi rendition="#rendition.italic">two</hi></l>'
        '<l><hi rendition="#rendition.italic">three</hi> four</l></lg></lg>',
    ),
    "a hard break": ("one\\\ntwo\n", "<p>one<lb/>two</p>"),
    "words defined in turn": (
        "A\n: a\n: b\n\nB\n\nC\n: c\n",
        '<list type="gloss"><label>A</label><item><p>a</p></item><label/><item><p>b</p></item></list>'
        '<p>B</p><list type="gloss"><label>C</label><item><p>c</p></item></list>',
    ),
    "a numbered list that begins otherwise": (
        "3. a\n4. b\n",
        '<list rend="numbered"><item><p>a</p></item><item><p>b</p></item></list>',
    ),
    "a table": (
        "| a | b |\n|---|--:|\n| *c* | |\n",
        '<table><row><cell role="label">a</cell><cell role="label" rend="right">b</cell></row><row><cell>'
        '<hi rendition="#rendition.italic">c</hi></cell><cell rend="right"></cell></row></table>',
    ),
    "code": (
        "```py x\nif a < b:\n```\n\n`a&b`\n",
        '<ab type="code" subtype="py" xml:space="preserve">if a &lt; b:\n</ab><p><code>a&amp;b</code></p>',
    ),
    "a picture": (
        '![A <boat>](my%20boat.png "B")\n',
        '<p><figure><graphic url="my%20boat.png"/><head>B</head><figDesc>A &lt;boat&gt;</figDesc></figure></p>',
    ),
    "a footnote called twice, and one within": (
        "one[^1] two[^1]\n\n[^1]: Three.[^2]\n[^2]: Four.\n",
        '<p>one<note place="bottom"><p>Three.<note place="bottom"><p>Four.</p></note></p></note> two'
        '<ptr type="note" target="#a-fn1"/></p>',
    ),
    "HTML that the author typed": (
        "<div>\nlost\n</div>\n\none <b>two</b>\n",
        '<gap reason="html"/><p>one two</p>',
    ),
    "the author's own ids, and links to them": (
        "[one]{#x .y} [two](#x) [three](https://a.org/?b&c)\n",
        '<p><seg rend="y" xml:id="a.own.x">one</seg> <ref target="#a.own.x">two</ref> '
        '<ref target="https://a.org/?b&amp;c">three</ref></p>',
    ),
    "links within the page": (
        "[one](#a-p1) [two](#nowhere)\n",
        '<p><ref target="#a-p1">one</ref> <ref>two</ref></p>',
    ),
    "ids on what holds others": (
        "{#x}\n- a\n\n{#y}\n> b\n\n![c](c.png){#z .w} [d](#z)\n\n{#r}\n---\n",
        '<list rend="bulleted"><anchor xml:id="a.own.x"/><item><p>a</p></item></list>'
        '<quote><anchor xml:id="a.own.y"/><p>b</p></quote>'
        '<p><figure rend="w" xml:id="a.own.z"><graphic url="c.png"/><figDesc>c</figDesc></figure> '
        '<ref target="#a.own.z">d</ref></p><milestone unit="section" rend="rule" xml:id="a.own.r"/>',
    ),
    "an id on a block": ("{#x .y}\none\n", '<p rend="y"><anchor xml:id="a.own.x"/>one</p>'),
}


def body(source: str) -> str:
    document = tei.document(*matter_of({"site.toml": 'title = "S"\n', "e/a.md": source}, "e")).decode()
    (found,) = _BODY.findall(document)
    return _DETAIL.sub("", found)


@pytest.mark.parametrize("case", CASES)
def test_each_form(case: str) -> None:
    source, expected = CASES[case]
    made = re.sub(r">\n+(?=<|$)", ">", body(source).strip("\n"))
    assert made == expected


def test_lists_begin_with_their_number() -> None:
    document = tei.document(*matter_of({"site.toml": 'title = "S"\n', "e/a.md": "3. a\n"}, "e"))
    assert b'<list rend="numbered" n="3">' in document


def occurrence(start: int, end: int, number: int) -> Occurrence:
    return Occurrence("t", "text:a", Span(start, end), linked=True, number=number)


def test_occurrences_that_no_element_can_hold_are_set_apart() -> None:
    prose = matter_of({"site.toml": 'title = "S"\n', "e/a.md": "one *two* three `four` five\n"}, "e")[0]
    ground = Ground(prose.edition.texts[0].prose)
    inside, crossing, across, code = (
        occurrence(0, 3, 1), occurrence(2, 4, 2), occurrence(4, 9, 3), occurrence(14, 18, 4)
    )  # fmt: skip
    assert apart(ground, [inside, crossing, across, code]) == ([inside], [crossing, across, code])
