"""Terms -> glossary entries with their concordances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from builder.model.prose import Reference, Run, pieces
from builder.render import html
from builder.render.address import GLOSSARY, GLOSSARY_PAGE
from builder.render.citations import bracketed, unbracketed
from builder.render.excerpt import sentence
from builder.render.views import OccurrenceView, TermView
from builder.render.weave import weave

if TYPE_CHECKING:
    from builder.model.glossary import Occurrence, Term
    from builder.model.prose import Prose
    from builder.render.desk import Desk
    from builder.render.views import LinkView

CONTEXT = 56
"""Characters of context on either side of a concordance line."""


Concordance = Mapping[str, Sequence[OccurrenceView]]
"""Id of a term -> its lines; of one that occurs nowhere none."""


def concordance(desk: Desk) -> Concordance:
    """Where the terms of the edition occur."""
    lines: dict[str, list[OccurrenceView]] = defaultdict(list)
    for occurrence in desk.matter.referred.occurrences:
        if (line := _line(desk, occurrence)) is not None:
            lines[occurrence.term].append(line)
    return lines


def term_views(desk: Desk, lines: Concordance) -> tuple[TermView, ...]:
    """The edition's glossary, with the lines of a concordance."""
    return tuple(
        entry_view(desk, term, tuple(lines.get(term.id, ())), _mentions(desk, term)) for term in desk.matter.filed
    )


def entry_view(
    desk: Desk,
    term: Term,
    occurrences: tuple[OccurrenceView, ...] = (),
    mentions: tuple[LinkView, ...] = (),
    *,
    edition: LinkView | None = None,
) -> TermView:
    """An entry with its concordance and what speaks of it; by itself where neither is given."""
    return TermView(
        id=f"term-{term.id}",
        key=term.id,
        headword=term.headword,
        forms=tuple(form for form in term.forms if form != term.headword),
        classes=term.kind,
        short=_first(desk, term),
        rest=_rest(desk, term),
        occurrences=occurrences,
        mentions=mentions,
        cite=desk.words.say("cite.term", headword=term.headword),
        edition=edition,
    )


def _mentions(desk: Desk, term: Term) -> tuple[LinkView, ...]:
    return tuple(link for link in desk.spoken_of("term", term.id) if link.href != f"#term-{term.id}")


def short_definition(desk: Desk, term: Term) -> Markup:
    """The first paragraph of an entry, without terms linked in it: what a card shows."""
    return desk.entry(term, "short", _short)


def _short(desk: Desk, term: Term) -> Markup:
    page = "" if desk.spot.page.endswith(GLOSSARY_PAGE) else desk.spot.to(f"{desk.matter.edition.id}/{GLOSSARY_PAGE}")
    ink = desk.ink(f"term-{term.id}-", sources=GLOSSARY, notes=page)
    return Markup(html.write(term.short.frame, term.short, ink))


def _first(desk: Desk, term: Term) -> Markup:
    """The first paragraph of an entry on its page: the terms in it are links."""
    spans = [one for one in desk.term_spans(f"term:{term.id}") if one.span.end <= term.short.main.end]
    if not spans:
        return short_definition(desk, term)
    woven = weave(term.short, term.short.frame, spans)
    return Markup(html.write(woven, term.short, desk.ink(f"term-{term.id}-", sources=GLOSSARY)))


def _rest(desk: Desk, term: Term) -> Markup:
    """What follows the first paragraph, with terms and references."""
    frame = tuple(event for piece in list(pieces(term.entry.frame))[1:] for event in piece)
    if not frame and not term.entry.footnotes:
        return Markup("")
    name = f"term:{term.id}"
    ink = desk.ink(f"term-{term.id}-", sources=GLOSSARY)
    rest = html.write(weave(term.entry, frame, desk.term_spans(name)), term.entry, ink) if frame else ""
    return Markup(rest) + desk.footnotes(term.entry, name, ink)


def prose_of(desk: Desk, name: str) -> Prose | None:
    """The prose that an occurrence names, None for one that has no concordance line."""
    sort, _, ident = name.partition(":")
    matter = desk.matter
    if sort == "text":
        return matter.texts[ident].prose
    if sort == "note":
        return matter.notes[ident].body
    if sort == "term":
        return matter.terms[ident].entry
    if sort == "xref":
        return next(crossref.body for crossref in matter.edition.crossrefs if crossref.id == ident)
    if sort in ("question", "answer"):
        question = next(question for question in matter.edition.questions if question.id == ident)
        return question.asked if sort == "question" else question.body
    return None


def _line(desk: Desk, occurrence: Occurrence) -> OccurrenceView | None:
    prose = prose_of(desk, occurrence.prose)
    if prose is None:
        return None
    sort, _, ident = occurrence.prose.partition(":")
    if sort == "text":
        text = desk.matter.texts[ident]
        where = desk.cite(text, occurrence.span)
        block = text.prose.block_at(occurrence.span.start)
        href = desk.href("block", f"{ident}-{block.id}" if block else ident, ident)
    else:
        link = desk.origin(occurrence.prose)
        where, href = link.words, link.href
    if occurrence.linked:
        href = desk.href("occ", f"{occurrence.term}-{occurrence.number}", desk.occurrence_text(occurrence))
    return OccurrenceView(href, where, *_around(desk, prose, occurrence))


def _around(desk: Desk, prose: Prose, occurrence: Occurrence) -> tuple[str, str, str]:
    """What stands before an occurrence, its words, and what stands after it."""
    around, key = desk.shelf.around, (occurrence.prose, occurrence.span.start, occurrence.span.end)
    if key not in around:
        said = {} if occurrence.prose.startswith("text:") else _said(desk, prose)
        left, right = sentence(prose, occurrence.span, CONTEXT, said)
        around[key] = left, prose.words(occurrence.span), right
    return around[key]


def _said(desk: Desk, prose: Prose) -> dict[int, str]:
    """The words of references by the place in a body at which they are shown: they aren't of its characters."""
    said: dict[int, str] = defaultdict(str)
    for at, frame in ((0, prose.frame), *((note.block.span.start, note.frame) for note in prose.footnotes)):
        reached = at
        for event in frame:
            if isinstance(event, Run):
                reached = event.span.end
            elif isinstance(event, Reference):
                _, words, locator = desk.link(event)
                said[reached] += unbracketed(event, words, locator)
    return {at: bracketed(words) for at, words in said.items()}
