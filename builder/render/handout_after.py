"""What follows the text in a handout: cross-references, questions, glossary, works cited, whose notes these are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.crossref import Direction
from builder.model.note import Anchor
from builder.render.edition_views import about_words
from builder.render.excerpt import shorten
from builder.render.handout_words import end_cited, goal_of
from builder.render.tie_views import end_quote, end_state, ends_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.crossref import CrossReference, Question
    from builder.model.glossary import Term
    from builder.model.handout import Node
    from builder.render.desk import Desk
    from builder.render.handout_words import Writing


def after(writing: Writing, *, teacher: bool) -> dict[str, Node]:
    """The lists after the text, once all else was made.

    A teacher's glossary has its entries whole, a student's the short definitions.
    """
    desk = writing.desk
    edition, used = desk.matter.edition, _used(desk)
    lists = {
        "introductions": {
            one.of: {"title": one.title, "nodes": writing.body(one.prose, f"intro:{one.of}")}
            for one in edition.introductions
        },
        "crossrefs": [_crossref(writing, one) for one in desk.matter.numbering.crossrefs],
        "questions": [_question(writing, one) for one in edition.questions],
        "glossary": [_term(writing, one, used.get(one.id, {}), whole=teacher) for one in desk.matter.filed],
        "lost": list(_lost(writing)),
        "layers": [
            {
                "title": layer.title or layer.by,
                "nodes": writing.body(layer.introduction, f"layer:{layer.text}.{layer.id}"),
            }
            for layer in edition.layers
            if layer.introduction.frame
        ],
    }
    return {**lists, "sources": _sources(writing)}


def _sources(writing: Writing) -> list[Node]:
    """The works cited in all that was made for this handout."""
    works = [work for key, work in writing.desk.matter.works.items() if key in writing.cited]
    works.sort(key=lambda work: (work.sort, work.key))
    return [{"key": work.key, "entry": [list(part) for part in work.entry]} for work in works]


def _crossref(writing: Writing, crossref: CrossReference) -> Node:
    desk = writing.desk
    known = desk.matter.relations[crossref.relation]
    ends = []
    for side, (end, found) in enumerate(ends_of(desk, crossref), 1):
        to = f"xref:{crossref.id}-{side}" if isinstance(found, Anchor) else ""
        where, quote = end_cited(desk, end, found), end_quote(desk, end, found)
        ends.append({"where": where, "quote": quote, "state": end_state(desk, found), "to": to})
    return {
        "letter": desk.matter.numbering.letters[crossref.id],
        "relation": known.label,
        "both": crossref.direction is Direction.BOTH_WAYS,
        "one": ends[0],
        "other": ends[1],
        "nodes": writing.running(crossref.body, f"xref:{crossref.id}"),
        "by": crossref.by,
    }


def _question(writing: Writing, question: Question) -> Node:
    desk = writing.desk
    links = desk.matter.referred.about.get(question.id, ())
    return {
        "id": question.id,
        "number": desk.matter.numbering.questions[question.id],
        "asked": writing.running(question.asked, f"question:{question.id}"),
        "kind": question.kind,
        "level": question.level,
        "lines": question.lines,
        "about": [
            {"words": about_words(desk, link), "to": goal_of(desk, link)} for link in links if link.address is not None
        ],
        "answer": writing.body(question.body, f"answer:{question.id}"),
    }


def _used(desk: Desk) -> dict[str, dict[str, str]]:
    """Term -> each paragraph in which it stands, as cited, and the address of its first occurrence there."""
    used: dict[str, dict[str, str]] = defaultdict(dict)
    for text in desk.matter.edition.texts:
        for one in desk.matter.occurrences.get(f"text:{text.id}", ()):
            used[one.term].setdefault(desk.cite(text, one.span), f"occ:{one.term}-{one.number}")
    return used


def _term(writing: Writing, term: Term, places: Mapping[str, str], *, whole: bool) -> Node:
    name = f"term:{term.id}"
    return {
        "id": term.id,
        "headword": term.headword,
        "forms": [form for form in term.forms if form != term.headword] if whole else [],
        "short": writing.first(term.short, name),
        "rest": writing.rest(term.entry, name) if whole else [],
        "places": [{"words": words, "to": to} for words, to in places.items()],
    }


def _lost(writing: Writing) -> Iterator[Node]:
    """What lost its passage: notes with what they say, ends of cross-references."""
    desk, anchored = writing.desk, writing.desk.matter.referred.anchored
    for note in anchored.edition.notes:
        founds = anchored.notes[note.id]
        orphans = [found for found in founds if not isinstance(found, Anchor)]
        if note.answers or not orphans:
            continue
        body = writing.body(note.body, f"note:{note.id}") if len(orphans) == len(founds) else []
        for index, orphan in enumerate(orphans):
            state = desk.words.say(f"state.{orphan.state.value.replace(' ', '_')}")
            quote = shorten(orphan.quoted)
            yield {"kind": note.kind, "quote": quote, "state": state, "nodes": [] if index else body}
    for crossref in anchored.edition.crossrefs:
        for _, found in ends_of(desk, crossref):
            if not isinstance(found, Anchor):
                state = desk.words.say(f"state.{found.state.value.replace(' ', '_')}")
                yield {"kind": "", "quote": shorten(found.quoted), "state": state, "nodes": []}
