"""A book's leaves, and where the pages of a handout begin -> its files, with these pages marked and listed.

Who has the sheet of paper and who has the book find the same page. Terms: EPUB 3.3, `page-list`; EPUB Accessibility
1.1, 3.4 (page breaks, their list, and what they are those of).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from builder.render.epub.package import FOLDER, NAV, PACKAGE
from builder.render.xhtml import plain_xml, xml_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.book import Beginnings, Leaves

_SPOT = re.compile(r'<span id="([^"]+)-at-(\d+)" role="doc-pagebreak" epub:type="pagebreak"></span>')

_LANDMARKS, _METADATA_ENDS = '<nav epub:type="landmarks"', "</metadata>"


def paged(leaves: Leaves, pages: Beginnings) -> Mapping[str, bytes]:
    """The files of the book. Marks at which no page begins go; without pages nothing is said of any."""
    numbers = {(xml_id(text), str(offset)): number for number, text, offset in pages}
    files = dict(leaves.files)
    found: dict[int, str] = {}
    for name, content in leaves.files.items():

        def mark(spot: re.Match[str], name: str = name) -> str:
            number = numbers.get((spot[1], spot[2]))
            if number is None:
                return ""
            found[number] = f"{name.removeprefix(f'{FOLDER}/')}#_page-{number}"
            return f'<span id="_page-{number}" role="doc-pagebreak" epub:type="pagebreak" title="{number}"></span>'

        if name.startswith(f"{FOLDER}/text-"):
            files[name] = _SPOT.sub(mark, content.decode()).encode()
    if found:
        _insert(files, f"{FOLDER}/{NAV}", _LANDMARKS, _page_list(found, leaves.label))
        _insert(files, f"{FOLDER}/{PACKAGE}", _METADATA_ENDS, _source(leaves.source))
    return files


def _insert(files: dict[str, bytes], name: str, before: str, words: str) -> None:
    files[name] = files[name].decode().replace(before, f"{words}{before}", 1).encode()


def _page_list(found: Mapping[int, str], label: str) -> str:
    items = "".join(f'<li><a href="{href}">{number}</a></li>' for number, href in sorted(found.items()))
    return (
        f'<nav epub:type="page-list" role="doc-pagelist" hidden="hidden" aria-label={quoteattr(label)}>'
        f"<ol>{items}</ol></nav>\n"
    )


def _source(source: str) -> str:
    said = escape(plain_xml(source))
    features = ("pageBreakMarkers", "pageNavigation")
    return "".join(
        [
            f'<dc:source id="pages">{said}</dc:source>\n',
            '<meta refines="#pages" property="source-of">pagination</meta>\n',
            f'<meta property="pageBreakSource">{said}</meta>\n',
            *(f'<meta property="schema:accessibilityFeature">{feature}</meta>\n' for feature in features),
        ]
    )
