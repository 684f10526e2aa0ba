"""Nothing woven is markdown-it's own HTML in the whole dialect too: definitions, verse, attributes, footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.text import RawHtmlPolicy
from builder.parse.dialect import parser
from builder.parse.footnotes import part
from builder.parse.frame import FrameReader
from builder.parse.manner import Manner
from builder.render import html, plain
from tests.weave.bare import BARE

if TYPE_CHECKING:
    from markdown_it.token import Token

WORDS = st.sampled_from(
    [
        "word",
        "*em*",
        "[a](b){.c}",
        "[span]{.d}",
        "`code`{.e}",
        "![f](g.png){.h}",
        "i[^1]",
        "j[^2]",
        "<b>k</b>",
        "l\\\nm",
    ]
)
LINE = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
FLAT = LINE.map(lambda line: line.replace("\\\n", " "))
BLOCK = st.one_of(
    LINE,
    LINE.map(lambda line: f"{{.above}}\n{line}"),
    st.tuples(FLAT, FLAT).map(lambda two: f"{two[0]}\n: {two[1]}\n\n  more\n: last"),
    st.tuples(FLAT, FLAT).map(lambda two: f"{two[0]}\n: {two[1]}"),
    st.lists(FLAT, min_size=1, max_size=3).map(lambda lines: "\n".join(f"| {line}" for line in lines)),
    FLAT.map(lambda line: f"| a | b |\n|:--|--:|\n| {line} | |"),
    FLAT.map(lambda line: f"{{.above}}\n- {line}\n- x\n\n  > {line}\n  1. y\n  4. z"),
    FLAT.map(lambda line: f"{{.above}}\n~~~ unknown words\n{line}\n~~~"),
    FLAT.map(lambda line: f"{{.above}}\n# {line}"),
    FLAT.map(lambda line: f"<div>\n{line}\n</div>"),
    st.sampled_from(["---", "{.above}\n***", "    code", "-\n- a", "> \n> - a\n>   ***"]),
)
NOTES = "[^1]: One.\n\n    - More [^2].\n\n[^2]: Two."
SOURCE = st.lists(BLOCK, min_size=1, max_size=5).map(lambda blocks: "\n\n".join([*blocks, NOTES]) + "\n")


def as_we_say_it(tokens: list[Token]) -> list[Token]:
    """The tokens with what we mean by them: verse has classes and breaks, a footnote's call is a mark."""
    in_stanza = False
    for token in tokens:
        if token.type in ("verse_open", "stanza_open"):
            token.attrs = {"class": token.type.removesuffix("_open"), **token.attrs}
        in_stanza = token.type == "stanza_open" or (in_stanza and token.type == "inline")
        for child in token.children or ():
            if child.type == "softbreak" and in_stanza:
                child.type = "hardbreak"
            elif child.type == "footnote_ref":
                child.type, child.content = "html_inline", "(mark)"
    return tokens


_MARK = re.compile(r'<a class="ref c-author[^>]*></a>')


@given(SOURCE)
@settings(max_examples=200, deadline=None)
def test_nothing_woven_is_markdown_its_own_html(source: str) -> None:
    md = parser(references=False, raw_html=RawHtmlPolicy.KEEP)
    reader = FrameReader(md.parse(source), Manner("x.md", source.split("\n"), numbered=True))
    tokens = as_we_say_it(part(md.parse(source)).main)
    expected = re.sub(r' style="text-align:(\w+)"', r' class="a-\1"', md.renderer.render(tokens, md.options, {}))
    assert _MARK.sub("(mark)", html.write(reader.prose.frame, reader.prose, BARE)) == expected
    assert plain.write(reader.prose.frame, reader.prose) == reader.prose.words(reader.prose.main)
