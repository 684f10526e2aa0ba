"""The Markdown that we read, as an ordered list of rules: which parser reads a text, which an annotator's body."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from builder.model.text import RawHtmlPolicy

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

NESTING = 90
"""Levels of lists, quotations and inline markup that are read. The parser's own limit drops what lies deeper without a
word; ours is told (G120), and low enough for Python's stack."""


@cache
def parser(*, references: bool, raw_html: RawHtmlPolicy) -> MarkdownIt:
    """The parser for one kind of source; made once, used for every source of that kind."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin

    from builder.parse.attributes import attributes
    from builder.parse.brackets import references as reference_rule
    from builder.parse.comments import comments
    from builder.parse.effort import bounded
    from builder.parse.footnotes import footnotes
    from builder.parse.leads import placed_addresses
    from builder.parse.places import placed_html
    from builder.parse.verse import verse

    html = raw_html is not RawHtmlPolicy.ESCAPE
    md = MarkdownIt("commonmark", {"maxNesting": NESTING, "html": html})
    md.enable("table")
    md.use(bounded)
    md.use(placed_addresses)
    md.use(footnotes)
    md.use(deflist_plugin)
    md.use(attributes)
    md.use(verse)
    md.use(placed_html if html else comments)
    if references:
        md.use(reference_rule)
    return md
