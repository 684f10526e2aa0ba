"""A text -> `text` of TEI: title and dek in its front, then its body, whose headings open divisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.prose import BlockKind, Element, Open, pieces
from builder.render.tei_frame import FrameWriter, hand
from builder.render.xml import xml_name

if TYPE_CHECKING:
    from builder.model.prose import Event, Frame, Prose
    from builder.model.text import Text
    from builder.render.tei_frame import Hand
    from builder.render.tei_plan import Plan
    from builder.render.xml import Xml

_PARTS = {BlockKind.TITLE: "main", BlockKind.DEK: "desc"}


def write_text(xml: Xml, plan: Plan, text: Text) -> None:
    """Write one text of an edition."""
    made = hand(xml, plan, text.prose, f"text:{text.id}", text.id)
    whole = list(pieces(text.prose.frame))
    front = [piece for piece in whole if _part(piece, text.prose)]
    opened = {"xml:id": xml_name(text.id), "n": text.siglum, "xml:lang": text.title_page.language}
    xml.open("text", {**opened, "decls": f"#bibl.{xml_name(text.id)}"})
    xml.line()
    if front:
        xml.open("front")
        xml.open("docTitle")
        xml.line()
        for piece in front:
            _title_part(made, piece)
        xml.close()
        xml.close()
        xml.line()
    xml.open("body")
    xml.line()
    _body(made, [piece for piece in whole if not _part(piece, text.prose)])
    for _ in ("body", "text"):
        xml.close()
        xml.line()


def _part(piece: tuple[Event, ...], prose: Prose) -> str:
    """Which part of the title a piece is, "" for none."""
    first = piece[0]
    block = prose.blocks[first.block] if isinstance(first, Open) and first.block is not None else None
    return _PARTS.get(block.kind, "") if block else ""


def _title_part(made: Hand, piece: tuple[Event, ...]) -> None:
    first, writer = piece[0], FrameWriter(made)
    assert isinstance(first, Open)
    attributes = {name: value for name, value in writer.attributes(first).items() if name not in ("type", "subtype")}
    made.xml.open("titlePart", {"type": _part(piece, made.prose), **attributes})
    writer.spot(first)
    writer.write(piece[1:-1])
    made.xml.close()
    made.xml.line()


def _body(made: Hand, whole: list[tuple[Event, ...]]) -> None:
    """The pieces after the title. A heading opens a division, within those of higher headings that stand before it."""
    xml = made.xml
    levels: list[int] = []
    for piece in whole:
        first = piece[0]
        if not isinstance(first, Open) or first.element is not Element.HEADING:
            FrameWriter(made).write(piece)
            continue
        level = int(first.field("level") or 1)
        while levels and levels[-1] >= level:
            levels.pop()
            xml.close()
            xml.line()
        levels.append(level)
        xml.open("div")
        xml.line()
        _head(made, first, piece[1:-1])
    if not any(isinstance(piece[0], Open) for piece in whole):
        xml.empty("p")  # a body without any block is none in TEI
    for _ in levels:
        xml.close()
        xml.line()


def _head(made: Hand, first: Open, words: Frame) -> None:
    writer = FrameWriter(made)
    attributes = {name: value for name, value in writer.attributes(first).items() if name != "subtype"}
    made.xml.open("head", {**attributes, "type": ""})
    writer.spot(first)
    writer.write(words)
    made.xml.close()
    made.xml.line()
