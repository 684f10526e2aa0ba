"""Terms and works cited -> the entries of a glossary and a bibliography in TEI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.prose import Element, Open, pieces
from builder.render.tei_frame import FrameWriter, hand
from builder.render.xml import uri, xml_name

if TYPE_CHECKING:
    from builder.model.glossary import Term
    from builder.model.site import Work
    from builder.render.tei_plan import Plan
    from builder.render.xml import Xml


def write_entry(xml: Xml, plan: Plan, term: Term) -> None:
    """A term: how it is spelled, what it means in short, and the rest of what is said of it."""
    id = f"term-{term.id}"
    xml.open("entry", {"xml:id": xml_name(id)})
    xml.line()
    for form in dict.fromkeys((term.headword, *term.forms)):
        xml.open("form", {"type": "lemma" if form == term.headword else "variant"})
        xml.element("orth", form)
        xml.close()
        xml.line()
    for word in term.kind.split():
        xml.element("usg", word, {"type": "class"})
        xml.line()
    writer = FrameWriter(hand(xml, plan, term.entry, f"term:{term.id}", id))
    whole = list(pieces(term.entry.frame))
    first = whole[0][0] if whole else None
    if isinstance(first, Open) and first.element is Element.PARAGRAPH:
        xml.open("sense")
        xml.open("def")
        writer.write(whole.pop(0)[1:-1])
        xml.close()
        xml.close()
        xml.line()
    if whole:
        xml.open("note", {"type": "entry"})
        for piece in whole:
            writer.write(piece)
        xml.close()
        xml.line()
    xml.close()
    xml.line()


def write_work(xml: Xml, work: Work) -> None:
    """A work cited, set as the pages set it."""
    xml.open("bibl", {"xml:id": xml_name(f"source-{work.key}")})
    for words, style in work.entry:
        if style == "italic":
            xml.element("hi", words, {"rendition": "#rendition.italic"})
        elif style == "link":
            xml.element("ref", words, {"target": uri(words)})
        else:
            xml.words(words)
    xml.close()
    xml.line()
