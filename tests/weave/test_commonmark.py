"""With nothing woven, our HTML is markdown-it's own on all examples of the CommonMark specification.

The examples come from the specification's own package, which `make test` installs beside the other checks of pages.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from builder.model.text import RawHtmlPolicy
from builder.parse.dialect import parser
from builder.parse.effort import bounded
from builder.parse.frame import FrameReader
from builder.parse.leads import placed_addresses
from builder.parse.manner import Manner
from builder.parse.places import placed_html
from builder.render import html, plain
from builder.render.ink import Ink
from tests.conftest import needed

SPEC = Path(__file__).parent.parent / "web" / "node_modules" / "commonmark-spec" / "spec.txt"
NUMBER = 652
BARE = Ink("", False, lambda _: ("", ""), lambda _: ("", "", ""), lambda src: src, lambda _, __: ("", "", "", ""))
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--(?:-?>|.*?-->)", re.DOTALL)
_RUNNING = re.compile(r"<(/?)(?:script|style)\b[^>]*>")
_UNENDED = re.compile(r"<(?=[a-z][^>]*\Z)")
_TOKEN = re.compile(r'<span class="tok-[^"]*">([^<]*)</span>')


def examples() -> list[tuple[str, str]]:
    needed(SPEC)
    found = _EXAMPLE.findall(SPEC.read_text(encoding="utf-8"))
    return [(source.replace("→", "\t"), page.replace("→", "\t")) for source, page in found]


def written(md: MarkdownIt, source: str) -> str:
    prose = FrameReader(md.parse(source), Manner("x.md", source.split("\n"), numbered=True)).prose
    assert plain.write(prose.frame, prose) == prose.words(prose.main)
    return _TOKEN.sub(r"\1", html.write(prose.frame, prose, BARE))


def expected(md: MarkdownIt, source: str) -> str:
    """What the parser's own writer makes of a source, without comments, its scripts and style sheets asleep.

    A tag that nothing ends (three examples have one) shows as it is typed: a browser would take what follows for its
    own.
    """
    page = _UNENDED.sub("&lt;", _COMMENT.sub("", md.render(source)))
    return _RUNNING.sub(lambda tag: "</script>" if tag[1] else '<script type="text/plain">', page)


def test_the_specifications_examples() -> None:
    md = MarkdownIt("commonmark")
    md.use(bounded).use(placed_addresses).use(placed_html)
    found = examples()
    assert len(found) == NUMBER
    assert [source for source, _ in found if written(md, source) != expected(md, source)] == []


def test_the_yardstick_is_the_specifications_own() -> None:
    """What markdown-it writes is what the specification says, but for a newline in an empty quotation."""
    md = MarkdownIt("commonmark")
    differ = [source for source, page in examples() if md.render(source) != page]
    assert all(md.render(source).replace("<blockquote>", "<blockquote>\n") == page
               for source, page in examples() if source in differ)  # fmt: skip


@pytest.mark.parametrize("policy", [RawHtmlPolicy.KEEP, RawHtmlPolicy.ESCAPE])
def test_our_dialect_too(policy: RawHtmlPolicy) -> None:
    md = parser(references=False, raw_html=policy)
    assert [source for source, _ in examples() if written(md, source) != expected(md, source)] == []
