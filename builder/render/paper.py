"""An edition -> the classic script with what its pages show on paper alone, loaded when nothing else is to be done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from builder.render.cards import script_safe
from builder.render.qr import qr_code
from builder.render.term_views import short_definition

if TYPE_CHECKING:
    from builder.model.site import Settings
    from builder.render.desk import Desk


def paper_script(desk: Desk, settings: Settings) -> str:
    """`glossatorPaper({title, comma, places, terms, address})`; `terms` are (id, headword, definition), as filed."""
    terms = [(term.id, term.headword, str(short_definition(desk, term))) for term in desk.matter.filed]
    said = json.dumps({**paper_words(desk, settings), "terms": terms}, ensure_ascii=False, separators=(",", ":"))
    return f"glossatorPaper({script_safe(said)});\n"


def paper_words(desk: Desk, settings: Settings) -> dict[str, object]:
    """What paper shows besides definitions: words; the edition's address on the web, if it has one, with its code.

    `places` has for each term the blocks in which it stands, by their ids on the page, as cited: not all of its
    occurrences are hyperlinks.
    """
    given = next((one.title for one in desk.matter.edition.introductions if one.of == "glossary"), "")
    words: dict[str, object] = {
        "title": given or desk.words.say("glossary.title"),
        "comma": desk.words.say("list.comma"),
        "places": _places(desk),
    }
    if settings.base_url:
        url = f"{settings.base_url.rstrip('/')}/{desk.matter.edition.id}/"
        words["address"] = {"words": desk.words.say("handout.online"), "url": url, "code": qr_code(url)}
    return words


def _places(desk: Desk) -> dict[str, dict[str, str]]:
    places: dict[str, dict[str, str]] = {term.id: {} for term in desk.matter.filed}
    for text in desk.matter.edition.texts:
        for one in desk.matter.occurrences.get(f"text:{text.id}", ()):
            block = text.prose.block_at(one.span.start)
            assert block is not None  # a word stands in one, and a term that is used is filed
            places[one.term].setdefault(f"{text.id}-{block.id}", desk.cite(text, one.span))
    return places
