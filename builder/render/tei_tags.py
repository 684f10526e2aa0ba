"""Elements of a frame -> the elements of TEI that hold them."""

from __future__ import annotations

from builder.model.prose import Element

TAGS = {
    Element.PARAGRAPH: "p",
    Element.QUOTATION: "quote",
    Element.BULLET_LIST: "list",
    Element.ORDERED_LIST: "list",
    Element.ITEM: "item",
    Element.CODE_BLOCK: "ab",
    Element.TABLE: "table",
    Element.ROW: "row",
    Element.HEAD_CELL: "cell",
    Element.CELL: "cell",
    Element.DEFINITION_LIST: "list",
    Element.DEFINED: "label",
    Element.DEFINITION: "item",
    Element.VERSE: "lg",
    Element.STANZA: "lg",
    Element.EMPHASIS: "hi",
    Element.STRONG: "hi",
    Element.CODE: "code",
    Element.LINK: "ref",
    Element.SPAN: "seg",
    Element.HEADING: "ab",
}
"""A heading is `head` where it opens a `div`: elsewhere TEI has no room for one."""

ALWAYS = {
    Element.BULLET_LIST: {"rend": "bulleted"},
    Element.ORDERED_LIST: {"rend": "numbered"},
    Element.DEFINITION_LIST: {"type": "gloss"},
    Element.CODE_BLOCK: {"type": "code"},
    Element.HEAD_CELL: {"role": "label"},
    Element.VERSE: {"type": "verse"},
    Element.STANZA: {"type": "stanza"},
    Element.EMPHASIS: {"rendition": "#rendition.italic"},
    Element.STRONG: {"rendition": "#rendition.bold"},
    Element.HEADING: {"type": "heading"},
}
HOLDS_BLOCKS = frozenset(
    {
        Element.QUOTATION, Element.BULLET_LIST, Element.ORDERED_LIST, Element.TABLE, Element.DEFINITION_LIST,
        Element.VERSE,
    }
)  # fmt: skip
UNMARKED = frozenset({Element.TABLE_HEAD, Element.TABLE_BODY, Element.TOKEN})
"""What TEI has no element for: rows stand in the table itself, and colours of code are ours, not the author's."""
