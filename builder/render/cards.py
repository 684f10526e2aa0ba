"""An edition -> the classic script from which its reading page takes what cards show, loaded on first use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from builder.model.note import Anchor
from builder.model.quoting import in_line
from builder.render.excerpt import marked, sentence
from builder.render.term_views import short_definition
from builder.render.tie_views import end_picture, end_quote, end_state, end_where, ends_of, relation
from builder.render.tongue import in_tongue

if TYPE_CHECKING:
    from builder.model.crossref import End
    from builder.model.note import Found
    from builder.render.desk import Desk

CONTEXT = 160
"""Characters of its paragraph that a card shows on either side of a passage."""


def cards_script(desk: Desk) -> str:
    """`glossatorCards({terms, ties})`: short definitions by term, and the far end of each tie by its near end."""
    terms = {
        term.id: {"h": term.headword, "s": str(short_definition(desk, term)), "href": desk.href("term", term.id)}
        for term in desk.matter.filed
    }
    shown = json.dumps(
        {"terms": terms, "ties": tie_cards(desk)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return f"glossatorCards({script_safe(shown)});\n"


def tie_cards(desk: Desk) -> dict[str, dict[str, str]]:
    """The far end of each tie by its near one (`ID-1`): where it is, the relation, its words, why."""
    ties = {}
    for crossref in desk.matter.numbering.crossrefs:
        ends = ends_of(desk, crossref)
        for side in (0, 1):
            far_end, far = ends[1 - side]
            ties[f"{crossref.id}-{side + 1}"] = {
                "w": _title(desk, far_end, far),
                "r": relation(desk, crossref, side),
                "t": str(in_tongue(_passage(desk, far_end, far), *_tongues(desk, far_end), tag="span")),
                "b": str(desk.body(crossref.body, f"xref:{crossref.id}")),
            }
    return ties


def script_safe(encoded: str) -> str:
    """JSON that may stand in a script, inline or in a file: no `<`, no line separators that end a statement."""
    return encoded.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _title(desk: Desk, end: End, found: Found) -> str:
    title = desk.matter.texts[end.text].title_page.title
    where = end_where(desk, end, found)
    return title if where == title else f"{where} · {title}"


def _tongues(desk: Desk, end: End) -> tuple[str, str]:
    """The language of the text at an end, and that of the page."""
    return desk.matter.texts[end.text].title_page.language, desk.matter.edition.settings.language


def _passage(desk: Desk, end: End, found: Found) -> Markup:
    """The words at an end within their sentence; words that were lost as typed, with what became of them."""
    if not isinstance(found, Anchor):
        state = Markup('<span class="state">{}</span>').format(end_state(desk, found))
        quote = end_quote(desk, end, found)
        return Markup("<q>{}</q> {}").format(quote, state) if quote else state
    text = desk.matter.texts[end.text]
    if end.selector.blocks == "*":
        return escape(text.title_page.title)
    if shown := end_picture(desk, end, found):
        return marked("", shown, "")
    left, right = sentence(text.prose, found.span, CONTEXT)
    return marked(left, in_line(text.prose, found.span), right)
