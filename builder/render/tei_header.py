"""An edition -> `teiHeader`: what it is, who speaks in it, where its texts come from, and what its marks mean."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from builder.render.cite import LICENCES
from builder.render.xml import uri, xml_name

if TYPE_CHECKING:
    from builder.model.site import Edition, Settings
    from builder.model.text import Text
    from builder.render.matter import Matter
    from builder.render.tei_plan import Plan
    from builder.render.xml import Xml

_WEB = re.compile(r"https?://\S+")
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")

MEANING = (
    "The text as read stands in front and body: joined by a blank line between blocks, its characters are those over "
    "which notes, terms and cross-references were found. Blocks (p, ab, item, lg, table …) have the ids of the pages "
    "(TEXT-p4), and as n the number by which they are cited. The n of a numbered list is its first number, if not 1.",
    "A passage that something speaks of is bounded by two anchors, ID.from and ID.to, so that passages may overlap "
    "freely. Each has a span in the spanGrp of standOff with the same ID, to which notes and links point; its type is "
    "how the words were found: exact, moved (the same words, elsewhere than they were) or reworded. What speaks of a "
    "picture, of a block without words or of a text as a whole points to that.",
    "A note has as type its kind, as target what it speaks of, and quotes its words as they stand (quote of type "
    "lemma). A note whose words stand nowhere any more is of type lost; its old words are a quote of type lost. The "
    "subtype reply marks an answer to the note to which it points.",
    "An occurrence of a term is a term whose ref leads to its entry; where other markup is in its way it is a span of "
    "the spanGrp whose ana leads there. Code in which a passage begins or ends is a seg of type code, other code is "
    "code. The author's own footnotes are notes with place bottom, where they are first called. What the author typed "
    "as HTML is left out: the tags within a paragraph, and whole blocks, for which a gap stands.",
)
"""How to read the document. In English, as TEI is: it speaks to those who work with the file."""


def write_header(xml: Xml, plan: Plan, settings: Settings, replaced: int) -> None:
    """Write the header. `replaced` is how many characters the rest of the document couldn't hold."""
    matter = plan.matter
    xml.open("teiHeader")
    xml.line()
    _file(xml, plan, settings)
    _encoding(xml, matter, replaced)
    _profile(xml, matter.edition)
    xml.close()
    xml.line()


def write_date(xml: Xml, written: str) -> None:
    """A date, as exact as it is known."""
    xml.element("date", written, {"when": written if _is_when(written) else ""})


def _is_when(written: str) -> bool:
    if not _DAY.fullmatch(written):
        return False
    year, month, day = (*map(int, written.split("-")), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _file(xml: Xml, plan: Plan, settings: Settings) -> None:
    matter = plan.matter
    edition = matter.edition
    xml.open("fileDesc")
    xml.line()
    xml.open("titleStmt")
    xml.element("title", edition.settings.title)
    for author in dict.fromkeys(text.title_page.author for text in edition.texts if text.title_page.author):
        xml.element("author", author)
    for name, id in plan.voices.items():
        xml.open("respStmt", {"xml:id": id})
        xml.element("resp", "speaks in the notes")
        xml.element("name", name)
        xml.close()
    xml.close()
    xml.line()
    version = matter.edition.version
    if version:
        xml.open("editionStmt")
        xml.element("edition", f"Version {version} of the notes", {"n": "-".join(version.split())})
        xml.close()
        xml.line()
    _publication(xml, edition, settings)
    xml.open("sourceDesc")
    xml.open("listBibl")
    xml.line()
    for text in edition.texts:
        _source(xml, text)
    for _ in ("listBibl", "sourceDesc", "fileDesc"):
        xml.close()
        xml.line()


def _publication(xml: Xml, edition: Edition, settings: Settings) -> None:
    licence = edition.settings.licence or settings.licence
    xml.open("publicationStmt")
    xml.element("publisher", settings.title)
    if edition.settings.date:
        write_date(xml, edition.settings.date)
    if settings.base_url:
        xml.element("idno", f"{settings.base_url.rstrip('/')}/{edition.id}/", {"type": "URI"})
    if licence:
        xml.open("availability")
        words = f"{licence}, for what is said about the texts; each of these has its own rights."
        xml.element("licence", words, {"target": LICENCES.get(licence, "")})
        xml.close()
    xml.close()
    xml.line()


def _source(xml: Xml, text: Text) -> None:
    """Where a text comes from."""
    page = text.title_page
    xml.open("bibl", {"xml:id": f"bibl.{xml_name(text.id)}", "corresp": f"#{xml_name(text.id)}"})
    if page.author:
        xml.element("author", page.author)
    xml.element("title", page.title)
    if page.date:
        write_date(xml, page.date)
    if _WEB.fullmatch(page.source):
        xml.element("ref", page.source, {"target": uri(page.source)})
    elif page.source:
        xml.element("note", page.source, {"type": "source"})
    if page.rights:
        xml.element("note", page.rights, {"type": "rights"})
    if page.responds_to:
        xml.empty("relatedItem", {"type": "responds-to", "target": f"#bibl.{xml_name(page.responds_to)}"})
    xml.close()
    xml.line()


def _encoding(xml: Xml, matter: Matter, replaced: int) -> None:
    xml.open("encodingDesc", {"xml:lang": "en"})
    xml.line()
    xml.open("editorialDecl")
    xml.line()
    for words in MEANING:
        xml.element("p", words)
        xml.line()
    if replaced:
        what = "1 character" if replaced == 1 else f"{replaced} characters"
        xml.element("p", f"XML can't hold {what} of the sources: U+FFFD stands for each.")
        xml.line()
    xml.close()
    xml.line()
    xml.open("tagsDecl")
    for name, style in (("italic", "font-style: italic"), ("bold", "font-weight: bold")):
        xml.element("rendition", style, {"xml:id": f"rendition.{name}", "scheme": "css"})
    xml.close()
    xml.line()
    xml.open("classDecl")
    xml.line()
    kinds = [(kind.id, kind.label, kind.about) for kind in matter.kinds.values()]
    _taxonomy(xml, "kind", "Kinds of notes", kinds)
    relations = [(one.id, one.label, f"from the other end: {one.inverse}") for one in matter.relations.values()]
    _taxonomy(xml, "relation", "Relations of cross-references, read from the first end to the second", relations)
    xml.close()
    xml.close()
    xml.line()


def _taxonomy(xml: Xml, of: str, about: str, categories: list[tuple[str, str, str]]) -> None:
    """Every category that the site knows, whether it is used here or not: editions of a site are read together."""
    xml.open("taxonomy", {"xml:id": f"{of}s"})
    xml.element("desc", about)
    xml.line()
    for id, label, more in categories:
        xml.open("category", {"xml:id": f"{of}.{xml_name(id)}"})
        xml.element("catDesc", f"{label} ({more})" if more else label)
        xml.close()
        xml.line()
    xml.close()
    xml.line()


def _profile(xml: Xml, edition: Edition) -> None:
    languages = dict.fromkeys((edition.settings.language, *(text.title_page.language for text in edition.texts)))
    xml.open("profileDesc")
    if edition.settings.summary:
        xml.open("abstract")
        xml.element("p", edition.settings.summary)
        xml.close()
        xml.line()
    xml.open("langUsage")
    for language in languages:
        xml.element("language", language, {"ident": language})
    xml.close()
    xml.line()
    if edition.settings.tags:
        xml.open("textClass")
        xml.open("keywords")
        for tag in edition.settings.tags:
            xml.element("term", tag)
        xml.close()
        xml.close()
        xml.line()
    xml.close()
    xml.line()
