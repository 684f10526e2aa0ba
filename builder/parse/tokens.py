"""markdown-it's tokens -> what our events need to know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.prose import Element, Image

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from builder.model.prose import Fields

ELEMENTS = {
    "paragraph": Element.PARAGRAPH,
    "heading": Element.HEADING,
    "blockquote": Element.QUOTATION,
    "bullet_list": Element.BULLET_LIST,
    "ordered_list": Element.ORDERED_LIST,
    "list_item": Element.ITEM,
    "table": Element.TABLE,
    "thead": Element.TABLE_HEAD,
    "tbody": Element.TABLE_BODY,
    "tr": Element.ROW,
    "th": Element.HEAD_CELL,
    "td": Element.CELL,
    "dl": Element.DEFINITION_LIST,
    "dt": Element.DEFINED,
    "dd": Element.DEFINITION,
    "verse": Element.VERSE,
    "stanza": Element.STANZA,
    "em": Element.EMPHASIS,
    "strong": Element.STRONG,
    "link": Element.LINK,
    "span": Element.SPAN,
}
OPENS = {f"{name}_open": element for name, element in ELEMENTS.items()}
CLOSES = {f"{name}_close": element for name, element in ELEMENTS.items()}
_ALIGN = "text-align:"


def fields_of(token: Token, element: Element) -> Fields:
    """The particulars of a block token, in the order of `Fields`."""
    fields: list[tuple[str, str]] = []
    if element is Element.HEADING:
        fields.append(("level", token.tag[1:]))
    elif element is Element.PARAGRAPH and token.hidden:
        fields.append(("tight", "1"))
    elif element is Element.ORDERED_LIST and "start" in token.attrs:
        fields.append(("start", str(token.attrs["start"])))
    elif element in (Element.CELL, Element.HEAD_CELL):
        style = str(token.attrs.get("style", ""))
        if style.startswith(_ALIGN):
            fields.append(("align", style.removeprefix(_ALIGN)))
    return (*fields, *own_fields(token))


def own_fields(token: Token) -> Fields:
    """The author's own id and class."""
    return tuple((name, str(token.attrs[name])) for name in ("id", "class") if name in token.attrs)


def inline_fields(token: Token) -> Fields:
    """The particulars of a link or span."""
    return tuple((name, str(value)) for name, value in token.attrs.items() if name in ("href", "title", "id", "class"))


def image(token: Token, own: Fields) -> Image:
    """A picture, with the author's own attributes."""
    alt = _alternative(token.children or [])
    title = token.attrs.get("title")
    return Image(str(token.attrs["src"]), alt, None if title is None else str(title), own)


def _alternative(children: Sequence[Token]) -> str:
    """A picture's words: what its inline markup says without it."""
    words = []
    for child in children:
        if child.type == "image":
            words.append(_alternative(child.children or []))
        elif child.type == "softbreak":
            words.append("\n")
        elif child.type in ("text", "code_inline", "html_inline", "reference"):
            words.append(child.content)
    return "".join(words)


def unescaped(info: str) -> str:
    """A fence's info string without its backslashes and entities."""
    from markdown_it.common.utils import unescapeAll

    return unescapeAll(info)


def is_figure(tokens: Sequence[Token], index: int) -> bool:
    """Whether the paragraph that opens at `index` holds a picture and nothing else."""
    inline = tokens[index + 1] if index + 1 < len(tokens) else None
    children = (inline.children or []) if inline is not None and inline.type == "inline" else []
    return len(children) == 1 and children[0].type == "image"


def is_one_paragraph(tokens: Sequence[Token], index: int) -> bool:
    """Whether a quotation holds one paragraph and nothing else."""
    inside = tokens[index + 1 : index + 5]
    types = [token.type for token in inside]
    return types[:4] == ["paragraph_open", "inline", "paragraph_close", "blockquote_close"]
