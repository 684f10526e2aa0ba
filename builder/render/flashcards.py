"""An edition -> its flash cards: a tab-separated text that Anki takes in, with HTML in its fields."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from builder.model.prose import FootnoteMark
from builder.render import html
from builder.render.html_marks import escape
from builder.render.xhtml import as_xhtml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.prose import Prose, Reference
    from builder.model.site import Settings
    from builder.render.desk import Desk

SHORT_ANSWER = "short-answer"
"""The kind of questions of which cards are made."""

HEAD = (
    "#separator:tab", "#html:true", "#if matches:update current", "#guid column:1", "#tags column:4",
    "#columns:Guid\tFront\tBack\tTags",
)  # fmt: skip
"""What Anki is told of the file, as its manual has it under "File Headers"."""

_GAP = re.compile(r"\s+")
_CODE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_WEB = re.compile(r"https?://|mailto:", re.IGNORECASE)
_ORDER = re.compile(r"\[(?=sound:|anki:|latex\]|\$)", re.IGNORECASE)
"""What Anki takes for an order to itself: to play a file, to set a formula."""


def flashcards(desk: Desk, site: Settings) -> str:
    """A card for each term, its short definition on the back; and for each question that has a short answer.

    Answers are the teacher's: a student's view has none, and so no such cards. "" where there is no card at all.
    Every field stands on one line. The same card has the same guid at every build: taken in once more it is renewed.
    No card of another site has it.
    """
    cards = ["\t".join(card) for card in _cards(desk, f"{_sign(site)}/{desk.matter.edition.id}")]
    return "\n".join([*HEAD, *cards, ""]) if cards else ""


def _sign(site: Settings) -> str:
    """What tells a site from all others: its address, however that is written; where it has none, its title."""
    scheme, _, address = site.base_url.rstrip("/").rpartition("://")
    host, *path = address.split("/")
    known = "/".join((host.lower(), *path)) if scheme else " ".join(site.title.split())
    return hashlib.sha256(known.encode()).hexdigest()[:12]


def _cards(desk: Desk, of: str) -> Iterator[tuple[str, str, str, str]]:
    """The fields of each card; what its guid begins with is `of`."""
    edition = desk.matter.edition.id
    for term in desk.matter.filed:
        back = _html(desk, term.short, f"term-{term.id}-")
        yield f"{of}/term-{term.id}", _line(escape(term.headword)), back, _tags(edition, "glossary", term.kind)
    for question in desk.matter.edition.questions:
        if question.kind == SHORT_ANSWER and question.body.frame:
            front = _html(desk, question.asked, f"question-{question.id}-")
            back = _html(desk, question.body, f"answer-{question.id}-")
            tags = _tags(edition, "question", *map(_joined, (*question.tags, question.level)))
            yield f"{of}/question-{question.id}", front, back, tags


def _tags(*tags: str) -> str:
    """Some tags, or several in one, as Anki parts them: by spaces."""
    return " ".join(tag for some in tags for tag in some.split())


def _joined(words: str) -> str:
    """Some words as one tag."""
    return "-".join(words.split())


def _html(desk: Desk, prose: Prose, prefix: str) -> str:
    """A prose as it can stand on a card, alone: what leads to a page keeps its words and loses its link.

    Pictures are what they say instead, since a card's lie in Anki's own folder; footnotes stay where they stand.
    """

    def unlinked(reference: Reference) -> tuple[str, str, str]:
        _, words, locator = desk.link(reference)
        return "", words, locator

    frame = tuple(event for event in prose.frame if type(event) is not FootnoteMark)
    written = html.write(frame, prose, replace(desk.ink(prefix), link=unlinked))
    return _line(as_xhtml(written, lambda href: href if _WEB.match(href) else None, lambda _src: None))


def _line(words: str) -> str:
    """Some HTML as a field on one line, with no orders in it; in code the ends of lines stay, as tags."""
    parts = _CODE.split(_ORDER.sub("&#91;", words))
    plain = (_GAP.sub(" ", part) for part in parts[::2])
    code = (part.replace("\n", "<br>").replace("\t", "&#9;") for part in parts[1::2])
    line = "".join(chain.from_iterable(zip_longest(plain, code, fillvalue=""))).strip()
    return f"&quot;{line[1:]}" if line.startswith('"') else line
