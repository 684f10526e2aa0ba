"""An edition under one view -> what the templates of its pages see."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from builder.model.note import Anchor
from builder.render.address import GLOSSARY_PAGE, PAPER, book_path, offline_page, tei_path
from builder.render.cite import cite_view
from builder.render.handout_paths import on_paper
from builder.render.moved import moved
from builder.render.note_views import lost_views
from builder.render.notes_list import has_notes, notes_list
from builder.render.outlines import outlines
from builder.render.term_views import concordance, term_views
from builder.render.text_views import text_view
from builder.render.tie_views import crossref_views
from builder.render.tongue import in_tongue
from builder.render.views import (
    EditionView,
    IntroductionView,
    KindView,
    LayerView,
    LinkView,
    QuestionView,
    SourceView,
)
from builder.render.webanno import MEDIA_TYPE as ANNOTATION_TYPE
from builder.render.webanno import NAME as ANNOTATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.crossref import Question
    from builder.model.note import Layer
    from builder.model.site import Address, Edition, Settings, Work
    from builder.model.text import Text
    from builder.model.view import Link
    from builder.render.desk import Desk
    from builder.render.term_views import Concordance
    from builder.render.views import NotesListView


def edition_view(desk: Desk, settings: Settings, *, shown: tuple[Text, ...], front: bool) -> EditionView:
    """One page's view of an edition.

    `shown` are the texts on it; `front` is whether it carries the edition's lists (cross-references, questions,
    sources).
    """
    edition = desk.matter.edition
    language = edition.settings.language
    has_terms = bool(desk.matter.referred.occurrences) or any(term.edition for term in edition.terms)
    return EditionView(
        id=edition.id,
        title=edition.settings.title,
        summary=edition.settings.summary,
        eyebrow=eyebrow(desk, shown),
        texts=outlines(desk),
        shown=tuple(text_view(desk, text, page_language=language) for text in shown),
        kinds=kind_views(desk, shown),
        layers=(layers := _layers(desk)),
        present=present(desk, layers, shown),
        crossrefs=crossref_views(desk) if front else (),
        questions=tuple(_question(desk, question) for question in edition.questions) if front else (),
        sources=source_views(desk) if front else (),
        terms=(),
        lost=lost_views(desk, shown),
        read=desk.spot.to(f"{edition.id}/index.html"),
        glossary=desk.spot.to(f"{edition.id}/glossary.html") if has_terms else "",
        conversation=desk.spot.to(f"{edition.id}/conversation.html") if len(edition.texts) > 1 else "",
        notes=desk.spot.to(f"{edition.id}/notes.html") if has_notes(desk) else "",
        cards=desk.spot.to(f"{edition.id}/cards.js") if has_terms or edition.crossrefs else "",
        paper=desk.spot.to(f"{edition.id}/{PAPER}") if has_terms or settings.base_url else "",
        downloads=(),
        cite=cite_view(desk, settings),
        introductions={
            one.of: IntroductionView(one.title, desk.body(one.prose, f"intro:{one.of}"))
            for one in edition.introductions
            if (one.of == "glossary") is (desk.spot.page.endswith(GLOSSARY_PAGE))
        },
        moved=moved(desk) if front and not shown else (),
    )


def glossary_view(desk: Desk, settings: Settings, lines: Concordance | None = None) -> EditionView:
    """The edition's glossary page: no text on it, every term that occurs. `lines` None: the whole concordance."""
    return replace(
        edition_view(desk, settings, shown=(), front=False),
        terms=term_views(desk, concordance(desk) if lines is None else lines),
        sources=source_views(desk),
    )


def notes_view(desk: Desk, settings: Settings) -> tuple[EditionView, NotesListView]:
    """The edition and its list of all notes, as seen from the page of that list."""
    view = edition_view(desk, settings, shown=(), front=False)
    listing = notes_list(desk, present(desk, view.layers, desk.matter.edition.texts))
    downloads = tuple(_downloads(desk, settings))
    return replace(view, kinds=listing.kinds, present=listing.layers, lost=(), downloads=downloads), listing


def _downloads(desk: Desk, settings: Settings) -> Iterator[LinkView]:
    """The edition's other forms. The reading page, whose every byte is weighed, leads to the list where these stand."""
    edition = desk.matter.edition.id
    for word, path in (("offline", offline_page(edition)), ("epub", book_path(edition))):
        if word in settings.outputs:
            yield LinkView(desk.spot.to(path), desk.words.say(f"downloads.{word}"))
    if "tei" in settings.outputs:
        yield LinkView(desk.spot.to(tei_path(edition)), desk.words.say("downloads.tei"))
    if "webanno" in settings.outputs:
        name = desk.words.say("downloads.webanno")
        yield LinkView(desk.spot.to(f"{edition}/{ANNOTATIONS}"), name, ANNOTATION_TYPE)
    yield from on_paper(desk, settings)


def eyebrow(desk: Desk, shown: tuple[Text, ...]) -> str:
    """The line over the title: what the edition is made of; where one of its texts has a page of its own, what that is.

    Replies are counted only where all but one text are such.
    """
    texts = desk.matter.edition.texts
    if len(shown) == 1 < len(texts):
        return desk.words.say("eyebrow.answer" if shown[0].title_page.responds_to else "eyebrow.one")
    replies = sum(bool(text.title_page.responds_to) for text in texts)
    if replies and replies == len(texts) - 1:
        return desk.words.say("eyebrow.reply" if replies == 1 else "eyebrow.replies", number=replies)
    return desk.words.say("eyebrow.one" if len(texts) == 1 else "eyebrow.several", number=len(texts))


def kind_views(desk: Desk, shown: tuple[Text, ...]) -> tuple[KindView, ...]:
    """The kinds of the notes on these texts, with their counts: the site's in their order, highlights, the authors'.

    Replies count, and what lost its passage, as they do among the voices and in the list of all notes.
    """
    counts = Counter(note.kind for text in shown for note in desk.matter.said.get(text.id, ()))
    authors = sum(len(text.prose.footnotes) for text in shown)
    kinds = [desk.kind(name, counts[name]) for name in desk.matter.kinds if name in counts]
    if counts.get("highlight"):
        kinds.append(desk.kind("highlight", counts["highlight"]))
    if authors:
        kinds.append(desk.kind("author", authors))
    return tuple(kinds)


def _layers(desk: Desk) -> tuple[LayerView, ...]:
    """The voices of the edition: a layer may have a file for each text, and is told once."""
    known = desk.shelf.layers
    if not known:
        known.update(_spoken(desk.matter.edition))
    return tuple(
        replace(view, introduction=Markup("").join(_introduction(desk, layer) for layer in introduced))
        if introduced
        else view
        for view, introduced in known.values()
    )


def _spoken(edition: Edition) -> Iterator[tuple[str, tuple[LayerView, tuple[Layer, ...]]]]:
    files: dict[str, list[Layer]] = {}
    for layer in edition.layers:
        files.setdefault(layer.id, []).append(layer)
    counts = Counter(note.layer for note in edition.notes)
    for name, layers in files.items():
        view = LayerView(
            id=name,
            by=next((layer.by for layer in layers if layer.by), ""),
            title=next((layer.title for layer in layers if layer.title), ""),
            name=next((told for layer in layers for told in (layer.by, layer.title) if told), name),
            introduction=Markup(""),
            count=counts[name],
        )
        yield name, (view, tuple(layer for layer in layers if layer.introduction.frame))


def _introduction(desk: Desk, layer: Layer) -> Markup:
    body = desk.body(layer.introduction, f"layer:{layer.text}.{layer.id}")
    return in_tongue(body, layer.language, desk.matter.edition.settings.language, tag="div")


def present(desk: Desk, layers: tuple[LayerView, ...], shown: tuple[Text, ...]) -> tuple[LayerView, ...]:
    """The layers that speak of these texts, each with the number of its notes on them; none where only one does."""
    counts = Counter(note.layer for text in shown for note in desk.matter.said.get(text.id, ()))
    found = tuple(replace(layer, count=counts[layer.id]) for layer in layers if counts[layer.id])
    return found if len(found) > 1 else ()


def _question(desk: Desk, question: Question) -> QuestionView:
    asked, _ = desk.running_body(question.asked, f"question:{question.id}")
    about = []
    for link in desk.matter.referred.about.get(question.id, ()):
        if link.address is not None:
            place = _place_of(desk, link.address)
            about.append(LinkView(desk.spot.href(link.address), about_words(desk, link), place))
    return QuestionView(
        id=f"question-{question.id}",
        number=desk.matter.numbering.questions[question.id],
        asked=asked,
        kind=question.kind,
        level=question.level,
        lines=question.lines,
        about=tuple(about),
        answer=desk.body(question.body, f"answer:{question.id}"),
        tags=question.tags,
    )


def _place_of(desk: Desk, address: Address) -> str:
    """`A ¶4`: where a note stands, for paper without it. "" for what is no note, or stands nowhere."""
    matter = desk.matter
    note = matter.notes.get(address.id) if address.kind == "note" else None
    if note is None or address.edition != matter.edition.id:
        return ""
    spans = [found.span for found in matter.referred.anchored.notes[note.id] if isinstance(found, Anchor)]
    return desk.cite(matter.texts[note.text], min(spans)) if spans else ""


_SEVERAL = re.compile(r"¶(\d+-\d+)$")
"""How a link calls more blocks than one: its address is that of the first."""


def about_words(desk: Desk, link: Link) -> str:
    """What a question is about, as it is cited: note 7, A ¶4; other things by their own words."""
    address = link.address
    if address is None or address.edition != desk.matter.edition.id:
        return link.words
    if address.kind == "note":
        return desk.origin(f"note:{address.id}").words
    if address.kind == "block" and address.text in desk.matter.texts:
        text = desk.matter.texts[address.text]
        if several := _SEVERAL.search(link.words):
            return desk.words.say("cite.block", siglum=text.siglum or text.title_page.title, number=several[1])
        block = text.prose.block_named(address.id.removeprefix(f"{text.id}-"))
        return desk.cite_block(text, block) if block else link.words
    return link.words


def source_views(desk: Desk) -> tuple[SourceView, ...]:
    """The works cited on this page, in the order of their authors: the glossary lists those that it cites itself.

    A page that holds all of the edition lists all.
    """
    glossary = desk.spot.page.endswith(GLOSSARY_PAGE)

    def here(origin: str) -> bool:
        return bool(desk.spot.held) or _in_glossary(origin) is glossary

    works = [
        desk.matter.works[key]
        for key in desk.matter.referred.cited
        if key in desk.matter.works and any(map(here, _citing(desk, key)))
    ]
    return tuple(
        SourceView(
            id=f"source-{work.key}",
            html=_once(desk, work),
            mentions=tuple(desk.origin(origin) for origin in _citing(desk, work.key) if here(origin)),
        )
        for work in sorted(works, key=lambda work: (work.sort, work.key))
    )


def _citing(desk: Desk, key: str) -> tuple[str, ...]:
    return desk.matter.mentions.get(("source", key), ())


def _in_glossary(origin: str) -> bool:
    return origin.startswith("term:") or origin == "intro:glossary"


def _once(desk: Desk, work: Work) -> Markup:
    """A work's entry: on all pages the same."""
    works = desk.shelf.works
    if work.key not in works:
        works[work.key] = _work(work)
    return works[work.key]


def _work(work: Work) -> Markup:
    parts = []
    for words, style in work.entry:
        shown = escape(words)
        if style == "italic":
            parts.append(f"<cite>{shown}</cite>")
        elif style == "link":
            parts.append(f'<a href="{shown}">{shown}</a>')
        else:
            parts.append(str(shown))
    return Markup("".join(parts))
