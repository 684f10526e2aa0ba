"""An edition under a handout's view -> the handout composed: all that is to be printed, as data for the theme."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.handout import FACING, MARGIN, Handout
from builder.model.note import Anchor, Audience
from builder.model.prose import Span
from builder.model.value import value_class
from builder.render.cite import cite_view
from builder.render.cuts import cuts_of
from builder.render.edition_views import eyebrow
from builder.render.handout_after import after
from builder.render.handout_notes import calls_of, footnote_at, home, remarks
from builder.render.handout_words import Writing, passage_name, quoted_at
from builder.render.note_views import note_spans
from builder.render.qr import qr_code
from builder.render.tie_views import ends_of, tie_spans, tie_views
from builder.render.tongue import direction
from builder.render.weave import weave

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.model.handout import Node
    from builder.model.site import HandoutSettings, Settings
    from builder.model.text import Text
    from builder.render.cuts import Cuts
    from builder.render.decoration import Decoration
    from builder.render.desk import Desk


@value_class(frozen=True, slots=True)
class Draft:
    """A handout to be composed: what is asked for, and the edition as its view sees it."""

    asked: HandoutSettings
    desk: Desk


def compose(drafts: Sequence[Draft], settings: Settings, pictures: frozenset[str]) -> tuple[Handout, ...]:
    """The handouts of one edition. All have the same marks in their texts, so that their lines break alike.

    `pictures` are those that can be set.
    """
    if not drafts:
        return ()
    passages: dict[str, set[Span]] = defaultdict(set)
    for draft in drafts:
        for text in draft.desk.matter.edition.texts:
            passages[text.id].update(_passages(draft.desk, text))
            passages[text.id].update(Span(at, at) for at in quoted_at(draft.desk, text))
    cuts = cuts_of(drafts[0].desk.matter.edition.texts, passages)
    return tuple(_compose(draft, cuts, settings, Writing(draft.desk, pictures)) for draft in drafts)


def _passages(desk: Desk, text: Text) -> Iterable[Span]:
    """All that is marked in a text or whose page is told: passages of notes and ties, terms."""
    yield from (decoration.span for decoration in _decorations(desk, text))
    yield from (one.span for one in desk.matter.occurrences.get(f"text:{text.id}", ()))


def _decorations(desk: Desk, text: Text) -> list[Decoration]:
    return [
        *note_spans(desk, text),
        *tie_spans(desk, tie_views(desk, text)),
        *desk.term_spans(f"text:{text.id}"),
    ]


def _compose(draft: Draft, cuts: Cuts, settings: Settings, writing: Writing) -> Handout:
    desk, asked = draft.desk, draft.asked
    edition = desk.matter.edition
    texts = [_text(writing, text, cuts) for text in edition.texts]
    student = asked.audience is not Audience.TEACHER
    margin = remarks(writing, cuts)
    return Handout(
        path=f"{edition.id}/handout-{asked.id}.pdf",
        place=asked.place,
        paper=asked.paper,
        layout=FACING if asked.layout == FACING and len(edition.texts) > 1 else MARGIN,
        student=student,
        view=_view(writing, settings, student=student),
        texts=texts,
        remarks=margin,
        spots=_spots(desk, cuts),
        within=_within(desk),
        breaks=cuts.breaks,
        begins=cuts.begins,
        images=dict(writing.images),
    )


def _text(writing: Writing, text: Text, cuts: Cuts) -> Node:
    """One text: what is known of it, and its nodes with all marks."""
    desk, page = writing.desk, text.title_page
    prose = text.prose
    woven = weave(prose, prose.frame, _decorations(desk, text))
    answered = desk.matter.texts.get(page.responds_to)
    return {
        "id": text.id,
        "siglum": text.siglum,
        "title": page.title,
        "author": page.author,
        "date": desk.words.date(page.date) if page.date else "",
        "source": page.source,
        "rights": page.rights,
        "language": page.language,
        "direction": direction(page.language),
        "answers": answered.title_page.title if answered else "",
        "nodes": writing.nodes(woven, prose, marks=cuts.marks[text.id]),
    }


def _spots(desk: Desk, cuts: Cuts) -> dict[str, int]:
    """Every address in the texts to which something may refer, and the mark there."""
    matter, spots = desk.matter, {}
    for text in matter.edition.texts:
        spots[f"text:{text.id}"] = cuts.start(text.id, 0)
        calls = calls_of(text.prose)
        for address, start in _places(desk, text):
            spots[address] = cuts.start(text.id, home(text.prose, start, calls))
    for crossref in matter.numbering.crossrefs:
        for side, (end, found) in enumerate(ends_of(desk, crossref), 1):
            if isinstance(found, Anchor):
                spots[f"xref:{crossref.id}-{side}"] = cuts.start(end.text, found.span.start)
    return spots


def _places(desk: Desk, text: Text) -> Iterator[tuple[str, int]]:
    """The addresses of a text's blocks, terms, notes and quoted passages, and where in it each stands."""
    matter = desk.matter
    for block in (*text.prose.blocks, *(one.block for one in text.prose.footnotes)):
        yield f"block:{text.id}-{block.id}", block.span.start
    for one in matter.occurrences.get(f"text:{text.id}", ()):
        yield f"occ:{one.term}-{one.number}", one.span.start
    for note in matter.numbering.on.get(text.id, ()):
        found = matter.referred.anchored.notes[note.id]
        yield f"note:{note.id}", min(one.span.start for one in found if isinstance(one, Anchor))
    for at in quoted_at(desk, text):
        yield passage_name(text.id, at), at


def _within(desk: Desk) -> dict[str, str]:
    """Every address in a footnote of the author's, and the key of that footnote."""
    places = ((text, address, start) for text in desk.matter.edition.texts for address, start in _places(desk, text))
    found = {address: footnote_at(text, start) for text, address, start in places}
    return {address: key for address, key in found.items() if key}


def _view(writing: Writing, settings: Settings, *, student: bool) -> Mapping[str, Node]:
    """All but texts and remarks."""
    desk = writing.desk
    edition, words = desk.matter.edition, desk.words
    cite = cite_view(desk, settings)
    lists = after(writing, teacher=not student)
    named = [f"term:{one['id']}" for one in lists["glossary"]] + [f"source:{one['key']}" for one in lists["sources"]]
    authors = dict.fromkeys(text.title_page.author for text in edition.texts if text.title_page.author)
    url = f"{settings.base_url.rstrip('/')}/{edition.id}/" if settings.base_url else ""
    return {
        "title": edition.settings.title,
        "authors": list(authors),
        "eyebrow": eyebrow(desk, edition.texts),
        "language": edition.settings.language,
        "direction": direction(edition.settings.language),
        "wording": direction(words.language),
        "student": student,
        "words": words.nested,
        "kinds": {
            name: {"label": kind.label, "cue": kind.cue, "glyph": kind.glyph}
            for name, kind in ((name, desk.kind(name)) for name in (*desk.matter.kinds, "author", "highlight"))
        },
        "cite": {"words": cite.words, "licence": cite.licence},
        "url": url,
        "qr": qr_code(url) if url else "",
        "named": dict.fromkeys(named, True),
        **lists,
    }
