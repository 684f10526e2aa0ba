"""A fault of an address or a picture is told where that very one was typed, whatever else has its letters."""

from __future__ import annotations

import pytest

from builder.model.diagnostic import Place
from builder.model.site import TextSettings
from builder.model.text import RawHtmlPolicy
from builder.parse.markdown import parse_body, parse_inline, parse_text

KEPT = TextSettings("a.md", Place("edition.toml"), raw_html=RawHtmlPolicy.KEEP)

REFUSED = [
    ("[x](javascript:f)", [(1, 5)]),
    ("one &amp; two\n[x](java&#115;cript:f)", [(2, 5)]),
    ("\\[ \\] [x](javascript\\:f)", [(1, 11)]),
    ("[j](&#1;javascript:alert(1))", [(1, 5)]),
    ("[x](<javascript:ä ö>)", [(1, 6)]),
    ("[x]( \n javascript:f)", [(2, 2)]),
    ("`[x](javascript:f)` [x](javascript:f)", [(1, 25)]),
    ("`javascript:f` " + "words " * 20 + "[x](javascript:f)", [(1, 140)]),
    ("<!-- [x](javascript:f) -->\n\n[x](javascript:f)", [(3, 5)]),
    ("```\n[x](javascript:f)\n```\n\nwords [x](javascript:f)", [(5, 11)]),
    ("[x](javascript:f)\n[x](javascript:f)", [(1, 5), (2, 5)]),
    ("![x](javascript:f)", [(1, 6)]),
    ("[![x](javascript:f)](javascript:g)", [(1, 7), (1, 22)]),
    ("![a [b](javascript:f) c](d.png)", [(1, 9)]),
    ("a <javascript:f>", [(1, 4)]),
    ("*a* <data:12> <data:1>\n<data:12>", [(1, 6), (1, 16), (2, 2)]),
    ("[x]\n\n[x]: javascript:f", [(3, 6)]),
    ("[x]\n\n> [x]:\n>   javascript:f", [(4, 5)]),
    ("> - a\n>   [x](javascript:f)", [(2, 9)]),
    ("1. a\n\n   ## [x](javascript:f) ##", [(3, 11)]),
    ("-\t[x](javascript:f)\n\t[x](javascript:g)", [(1, 7), (2, 6)]),
    ("|a|b|\n|-|-|\n| `[x](javascript:f)` | \\| [x](javascript:f) |", [(3, 32)]),
    ("|[x](javascript:f)|[x](javascript:f)\n|-|-|", [(1, 6), (1, 24)]),
    ("| `[x](javascript:f)` | [x](javascript:f) |\n|-|-|", [(1, 29)]),
    ("a[^1]\n\n[^1]: javascript:f\n\n    [x](javascript:f)", [(5, 9)]),
    ("term\n: words [x](javascript:f)", [(2, 13)]),
    ("| a line\n| [x](javascript:f)", [(2, 7)]),
    ('[t](a "javascript:f") [x](javascript:f)', [(1, 27)]),
    ("[x](javascript:%C3%A4) ä", [(1, 5)]),
]


@pytest.mark.parametrize(("source", "places"), REFUSED)
def test_an_address_that_is_refused_is_told_where_it_was_typed(source: str, places: list[tuple[int, int]]) -> None:
    _, told = parse_text(source, path="a.md", settings=KEPT)
    assert sorted((one.place.line, one.place.column) for one in told if "may follow" in one.message) == places


def test_a_body_and_a_heading_stand_where_they_do_in_their_file() -> None:
    _, told = parse_body("`data:1`\n[x](data:1)", path="n.md", line=7)
    assert [(one.place.line, one.place.column) for one in told] == [(8, 5)]
    _, told = parse_body("`data:1` [x](data:1)", path="n.md", line=7, column=4)
    assert [(one.place.line, one.place.column) for one in told] == [(7, 17)]
    _, told = parse_inline("`data:1` [x](data:1)", path="q.md", line=7, column=4)
    assert [(one.place.line, one.place.column) for one in told] == [(7, 17)]


LED = [
    ("[a](b.html) ![c](d.png)", [("b.html", 1, 5), ("d.png", 1, 18)]),
    ("[![c](d.png)](b.html)", [("b.html", 1, 15), ("d.png", 1, 7)]),
    ("[a] [a][] [b][a] ![a]\n\n[a]: c", [("c", 3, 6)] * 4),
    ("[a](x y) [b]\n\n[a]: c\n[b]: d", [("c", 3, 6), ("d", 4, 6)]),
    ("> [a]: c\n> [b]:\n> <d e> 'f'\n\n[b] [a]", [("d%20e", 3, 4), ("c", 1, 8)]),
    ("<https://a.b> <a@b.c>", [("https://a.b", 1, 2), ("mailto:a@b.c", 1, 16)]),
    ("`b` <a\nhref='b&amp;c'>x</a> [x](b)", [("b&c", 2, 7), ("b", 2, 26)]),
    ("<div>\n  <img alt='' src=a.png>\n</div>", [("<img", 2, 3), ("a.png", 2, 19)]),
    ("b[^1] [a](c)\n\n[^1]: `d` [a](d)", [("c", 1, 11), ("d", 3, 15)]),
]


@pytest.mark.parametrize(("source", "typed"), LED)
def test_links_and_pictures_know_where_they_were_typed(source: str, typed: list[tuple[str, int, int]]) -> None:
    prose, _ = parse_text(source, path="a.md", settings=KEPT)
    assert [(one.address, one.line, one.column) for one in prose.addresses] == typed
