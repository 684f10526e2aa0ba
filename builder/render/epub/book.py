"""An edition under one view -> its book, as the bytes of an EPUB: the same for the same content."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from builder.model.book import Leaves
from builder.render.address import book_path
from builder.render.cuts import UNPAGED
from builder.render.epub.annotations import annotation_set, passages
from builder.render.epub.chapters import chapters
from builder.render.epub.package import (
    COVER,
    COVER_PICTURE,
    FOLDER,
    KEYS,
    NAV,
    PACKAGE,
    PICTURE_TYPES,
    cover_page,
    navigation,
    package,
    search_keys,
)
from builder.render.epub.pages import paged
from builder.render.epub.passages import marked
from builder.render.xhtml import file_name, plain_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.book import Beginnings
    from builder.model.site import Settings
    from builder.model.theme import Theme
    from builder.render.cuts import Pages
    from builder.render.desk import Desk
    from builder.render.page import Press
    from builder.render.views import SiteView

STYLE = "css/epub.css"
"""The theme's style for books."""

_CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    f'<rootfiles><rootfile full-path="{FOLDER}/{PACKAGE}" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>\n"
)

THOROUGH = 5
"""How thoroughly it is compressed: zlib's own measure takes a third longer and spares fifteen bytes in a thousand."""

_BORN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name: no file in it says when it was made."""


def leaves(
    desk: Desk,
    settings: Settings,
    theme: Theme,
    press: Press,
    *,
    site: SiteView,
    pictures: Mapping[str, bytes],
    pages: Pages = UNPAGED,
) -> Leaves:
    """The book of the edition on the desk, unbound; `pictures` are the edition's, by path in its folder.

    A picture of a sort that no book may show is left out: what it says instead stands in its place.
    """
    shown = {src: content for src, content in pictures.items() if src.rpartition(".")[2].lower() in PICTURE_TYPES}
    spots = marked(passages(desk), pages.spots)
    files = dict(_files(desk, settings, theme, press, site, shown, spots))
    edition = desk.matter.edition
    path, base = pages.handout, settings.base_url.rstrip("/")
    source = f"{base}/{path}" if base else f"{' '.join(edition.settings.title.split())} ({path.rpartition('/')[2]})"
    cover = files[f"{FOLDER}/{COVER_PICTURE}"]
    return Leaves(book_path(edition.id), files, source, desk.words.say("epub.pages"), cover)


def bound(leaves: Leaves, pages: Beginnings = ()) -> bytes:
    """The book, with the pages of a handout that begin at some places."""
    made = BytesIO()
    with ZipFile(made, "w") as zipped:
        for name, content in {"mimetype": b"application/epub+zip", **paged(leaves, pages)}.items():
            entry = ZipInfo(name, _BORN)
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            zipped.writestr(entry, content, compresslevel=THOROUGH)
    return made.getvalue()


def _files(
    desk: Desk,
    settings: Settings,
    theme: Theme,
    press: Press,
    site: SiteView,
    pictures: Mapping[str, bytes],
    spots: Mapping[str, tuple[int, ...]],
) -> Iterator[tuple[str, bytes]]:
    edition, words = desk.matter.edition, desk.words
    made = chapters(desk, settings, press, site, pictures, spots)
    yield "META-INF/container.xml", _CONTAINER.encode()
    if edition.notes:
        by_name = {one.name: one.document for one in made.chapters}
        documents = {text.id: by_name[f"text-{text.id}.xhtml"] for text in edition.texts}
        yield "META-INF/annotations.annotation", annotation_set(desk, settings, FOLDER, documents).encode()
    yield f"{FOLDER}/{PACKAGE}", package(made, edition, settings, words).encode()
    yield f"{FOLDER}/{NAV}", navigation(made, edition, words).encode()
    yield f"{FOLDER}/style.css", theme.files.get(STYLE, b"")
    yield f"{FOLDER}/{COVER_PICTURE}", plain_xml(made.cover).encode()
    yield f"{FOLDER}/{COVER}", cover_page(edition).encode()
    for one in made.chapters:
        yield f"{FOLDER}/{one.name}", one.document.encode()
    if made.view.terms:
        yield f"{FOLDER}/{KEYS}", search_keys(made, edition).encode()
    for src in made.pictures:
        yield f"{FOLDER}/pictures/{file_name(src)}", pictures[src]
