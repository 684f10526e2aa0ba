"""A book's documents -> what says how they belong together: package, navigation, search keys."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from builder.model.remember import remembered
from builder.model.value import value_class
from builder.render.epub.chapters import GLOSSARY, MATTER, TITLE, document
from builder.render.xhtml import file_name, plain_xml, xml_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model.site import Edition, Settings
    from builder.render.epub.chapters import Chapters
    from builder.render.views import TermView
    from builder.render.words import Words

COVER_PICTURE = "cover.svg"
COVER = "cover.xhtml"
FOLDER = "EPUB"
"""Where in the book its documents lie."""

PACKAGE = "package.opf"
NAV = "nav.xhtml"
KEYS = "glossary-keys.xml"

UNDATED = "2000-01-01"
"""A book must say when it was changed; the same content must give the same bytes. What has no date has this one."""

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")

PICTURE_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
"""What a book may show, by the ending of its name."""


@value_class(frozen=True, slots=True)
class Item:
    """A line of the manifest."""

    id: str
    href: str
    type: str
    properties: str = ""


def identifier(edition: Edition, settings: Settings) -> str:
    """The book's own name, the same for every version of it: made of where it is published, else of its titles."""
    return urn(f"{settings.base_url or settings.title}\0{edition.id}")


def urn(said: str) -> str:
    """A UUID made of words (RFC 9562's version 8: the first bits of a digest)."""
    digest = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
    return f"urn:uuid:{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"


@remembered
def changed(edition: Edition) -> str:
    """When the book was last changed, as its author has it: the edition's date, else the last of its notes'."""
    dates = [edition.settings.date] if edition.settings.date else [note.date for note in edition.notes]
    days = [f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}" for date in dates if (found := _DAY.match(date))]
    return f"{max(days, default=UNDATED)}T00:00:00Z"


def manifest(made: Chapters) -> tuple[Item, ...]:
    """Everything in the book."""
    keys = [Item("keys", KEYS, "application/vnd.epub.search-key-map+xml", "glossary search-key-map")]
    return (
        Item("nav", NAV, "application/xhtml+xml", "nav"),
        Item("style", "style.css", "text/css"),
        Item("cover-picture", COVER_PICTURE, "image/svg+xml", "cover-image"),
        Item("cover", COVER, "application/xhtml+xml"),
        *(Item(one.name.removesuffix(".xhtml"), one.name, "application/xhtml+xml", _property(one.name))
          for one in made.chapters),
        *(keys if made.view.terms else []),
        *(Item(f"picture-{number}", f"pictures/{file_name(src)}", PICTURE_TYPES[src.rpartition(".")[2].lower()])
          for number, src in enumerate(made.pictures, 1)),
    )  # fmt: skip


def _property(name: str) -> str:
    return "glossary" if name == GLOSSARY else ""


def package(made: Chapters, edition: Edition, settings: Settings, words: Words) -> str:
    """The package document."""
    items = "".join(
        f"<item id={quoteattr(item.id)} href={quoteattr(item.href)} media-type={quoteattr(item.type)}"
        f"{f' properties={quoteattr(item.properties)}' if item.properties else ''}/>\n"
        for item in manifest(made)
    )
    title, *rest = (one.name.removesuffix(".xhtml") for one in made.chapters)
    spine = '<itemref idref="cover" linear="no"/>\n'
    spine += "".join(f'<itemref idref="{name}"/>\n' for name in (title, "nav", *rest))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book" '
        f"xml:lang={quoteattr(edition.settings.language)}>\n"
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"{''.join(f'{line}{chr(10)}' for line in _metadata(made, edition, settings, words))}</metadata>\n"
        f"<manifest>\n{items}</manifest>\n"
        f"<spine>\n{spine}</spine>\n"
        "</package>\n"
    )


def _metadata(made: Chapters, edition: Edition, settings: Settings, words: Words) -> Iterator[str]:
    yield f'<dc:identifier id="book">{identifier(edition, settings)}</dc:identifier>'
    yield f"<dc:title>{_said(edition.settings.title)}</dc:title>"
    languages = [edition.settings.language, *(text.title_page.language for text in edition.texts)]
    for language in dict.fromkeys(language for language in languages if language):
        yield f"<dc:language>{_said(language)}</dc:language>"
    for author in dict.fromkeys(text.title_page.author for text in edition.texts if text.title_page.author):
        yield f"<dc:creator>{_said(author)}</dc:creator>"
    for voice in dict.fromkeys((edition.settings.by, *(layer.by for layer in edition.layers))):
        if voice:
            yield f"<dc:contributor>{_said(voice)}</dc:contributor>"
    yield f"<dc:publisher>{_said(settings.title)}</dc:publisher>"
    if edition.settings.summary:
        yield f"<dc:description>{_said(edition.settings.summary)}</dc:description>"
    for tag in edition.settings.tags:
        yield f"<dc:subject>{_said(tag)}</dc:subject>"
    for rights in dict.fromkeys(
        (edition.settings.licence or settings.licence, *(text.title_page.rights for text in edition.texts))
    ):
        if rights:
            yield f"<dc:rights>{_said(rights)}</dc:rights>"
    if found := _DAY.match(edition.settings.date):
        yield f"<dc:date>{found[0]}</dc:date>"
    yield f'<meta property="dcterms:modified">{changed(edition)}</meta>'
    yield from _access(made, words)


def _access(made: Chapters, words: Words) -> Iterator[str]:
    modes = ["textual", "visual"] if made.pictures else ["textual"]
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
    features += ["alternativeText"] if made.pictures else []
    yield from (f'<meta property="schema:accessMode">{mode}</meta>' for mode in modes)
    yield '<meta property="schema:accessModeSufficient">textual</meta>'
    yield from (f'<meta property="schema:accessibilityFeature">{feature}</meta>' for feature in features)
    yield '<meta property="schema:accessibilityHazard">none</meta>'
    yield f'<meta property="schema:accessibilitySummary">{_said(words.say("epub.accessible"))}</meta>'


def navigation(made: Chapters, edition: Edition, words: Words) -> str:
    """The table of contents and the landmarks, as a document of the book."""
    lines = []
    for one in made.chapters:
        inner = "".join(f'<li><a href="{one.name}#{id}">{_said(said)}</a></li>' for id, said in one.headings)
        lines.append(f'<li><a href="{one.name}">{_said(one.title)}</a>{f"<ol>{inner}</ol>" if inner else ""}</li>')
    first = next((one.name for one in made.chapters if one.name.startswith("text-")), TITLE)
    marks = [("cover", COVER, words.say("epub.cover")), ("titlepage", TITLE, words.say("epub.title"))]
    marks += [("toc", f"{NAV}#toc", words.say("epub.contents")), ("bodymatter", first, words.say("epub.begin"))]
    marks += [("glossary", GLOSSARY, words.say("epub.glossary"))] if made.view.terms else []
    marks += [("backmatter", MATTER, words.say("epub.matter"))]
    landmarks = "".join(f'<li><a epub:type="{kind}" href="{href}">{_said(said)}</a></li>' for kind, href, said in marks)
    contents = _said(words.say("epub.contents"))
    body = (
        f'<body>\n<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">'
        f'<h1 id="toc-title">{contents}</h1><ol>{"".join(lines)}</ol></nav>\n'
        f'<nav epub:type="landmarks" hidden="hidden" aria-label={quoteattr(words.say("epub.landmarks"))}>'
        f"<ol>{landmarks}</ol></nav>\n</body>"
    )
    return document(words.say("epub.contents"), edition.settings.language, body)


def search_keys(made: Chapters, edition: Edition) -> str:
    """Every form of every term -> its entry (EPUB Dictionaries and Glossaries 1.0, Search Key Map)."""
    groups = "".join(
        f'<search-key-group href="{GLOSSARY}#{xml_id(term.id)}">'
        f"<match value={quoteattr(plain_xml(term.headword))}>{_values(_forms(term))}</match></search-key-group>\n"
        for term in made.view.terms
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<search-key-map xmlns="http://www.idpf.org/2007/ops" '
        f"xml:lang={quoteattr(edition.settings.language)}>\n{groups}</search-key-map>\n"
    )


LONGEST = 60
"""Letters of a form at most: what a term was said to stand for may be a sentence, and nobody looks that up."""


def _forms(term: TermView) -> Iterator[str]:
    """The spellings of a term as its author lists them, then as they stand in the texts: in the plural, for one."""
    known = {term.headword.casefold()}
    for form in (*term.forms, *(" ".join(one.word.split()) for one in term.occurrences)):
        if form and form.casefold() not in known and len(form) <= LONGEST:
            known.add(form.casefold())
            yield form


def _values(forms: Iterable[str]) -> str:
    return "".join(f"<value value={quoteattr(plain_xml(form))}/>" for form in forms)


def cover_page(edition: Edition) -> str:
    """The cover as a document of the book."""
    alt = " ".join(edition.settings.title.split())
    picture = f'<img src="{COVER_PICTURE}" alt={quoteattr(plain_xml(alt))} style="max-width:100%;max-height:100vh"/>'
    body = f'<body epub:type="cover" style="margin:0">{picture}</body>'
    return document(edition.settings.title, edition.settings.language, body)


def _said(words: str) -> str:
    return escape(plain_xml(" ".join(words.split())))
