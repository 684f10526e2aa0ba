"""An edition under one view -> one document of TEI P5: header, texts, and what is said about them beside these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.render.tei_header import write_header
from builder.render.tei_plan import Plan
from builder.render.tei_standoff import write_standoff
from builder.render.tei_text import write_text
from builder.render.xml import Xml

if TYPE_CHECKING:
    from builder.model.site import Settings
    from builder.render.matter import Matter

NAMESPACE = "http://www.tei-c.org/ns/1.0"


def document(matter: Matter, settings: Settings) -> bytes:
    """The edition as TEI, in UTF-8. `settings` are the site's."""
    texts, said, draft, header, whole = Xml(), Xml(), Xml(), Xml(), Xml()
    plan = Plan(matter)
    _texts(texts, plan)
    write_standoff(said, plan)
    write_header(draft, plan, settings, 0)
    write_header(header, plan, settings, texts.replaced + said.replaced + draft.replaced)
    whole.open("TEI", {"xmlns": NAMESPACE, "xml:lang": matter.edition.settings.language})
    whole.line()
    for part in (header, texts, said):
        whole.part(part)
    whole.close()
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole.done()}\n'.encode()


def _texts(xml: Xml, plan: Plan) -> None:
    """The texts in a group; an edition that has none yet says so by an empty paragraph."""
    edition = plan.matter.edition
    xml.open("text")
    xml.line()
    xml.open("group" if edition.texts else "body")
    xml.line()
    for text in edition.texts:
        write_text(xml, plan, text)
    for _ in range(2):
        xml.close()
        xml.line()
