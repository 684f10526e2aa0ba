"""Where one page of an edition is composed: addresses, words and the small views that every part needs."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, cast

from markupsafe import Markup

from builder.model.prose import BlockKind, Element, Open, Reference, ReferenceKind, pieces
from builder.model.site import Address
from builder.model.value import value_class
from builder.render import html
from builder.render.address import GLOSSARY, GLOSSARY_PAGE, Spot, page_of
from builder.render.decoration import TermSpan
from builder.render.elsewhere import seen_from, words_instead
from builder.render.html_marks import own_ids
from builder.render.ink import BODY_HEADING, Ink
from builder.render.shelf import Made, Shelf, leads, refers
from builder.render.views import KindView, LinkView
from builder.render.weave import weave

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.model.glossary import Occurrence, Term
    from builder.model.prose import Block, Prose, Span
    from builder.model.text import Text
    from builder.render.keeping import Keeper
    from builder.render.matter import Matter
    from builder.render.reprint import Reprint
    from builder.render.words import Words


@value_class(frozen=True, slots=True)
class Desk:
    """One page in the making."""

    matter: Matter
    spot: Spot
    words: Words
    cache: dict[tuple[Reference, str], tuple[str, str, str]] = field(default_factory=dict)
    hrefs: dict[tuple[str, str, str], str] = field(default_factory=dict)
    ways: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """Kind of thing and its text -> what hyperlinks there begin with; None where that alone doesn't tell."""
    shelf: Shelf = field(default_factory=Shelf)
    keeper: Keeper | None = None
    """Keeps the paragraphs of this page for the next build."""
    reprint: Reprint | None = None
    """What this page takes over from the one that the keeper keeps."""

    def on(self, page: str, copies: frozenset[str] = frozenset(), keeper: Keeper | None = None) -> Desk:
        """The desk of another page of the site for the same edition: what is the same on both is made once."""
        return Desk(self.matter, Spot(page, self.spot.each, copies=copies), self.words, shelf=self.shelf, keeper=keeper)

    def address(self, kind: str, name: str, text: str = "") -> Address:
        """An address in this edition."""
        return Address(self.matter.edition.id, kind, name, text)

    def href(self, kind: str, name: str, text: str = "") -> str:
        """The hyperlink to something in this edition."""
        if (kind, text) not in self.ways:
            self.ways[kind, text] = self.spot.way(self.matter.edition.id, kind, text)
        if (way := self.ways[kind, text]) is not None and name:
            return way + name
        key = (kind, name, text)
        if key not in self.hrefs:
            self.hrefs[key] = self.spot.href(self.address(kind, name, text))
        return self.hrefs[key]

    def home(self, text: Text) -> str:
        """The hyperlink to the page on which a text is read."""
        return self.spot.to(page_of(self.address("text", text.id, text.id), self.spot.each))

    def tongue(self, text: Text) -> str:
        """A text's language, "" where it is the page's own."""
        own = text.title_page.language
        return "" if own == self.matter.edition.settings.language else own

    def cite(self, text: Text, span: Span) -> str:
        """`A ¶4`: where a span begins, as one cites it."""
        places = self.shelf.places
        key = (text.id, span.start)
        if key not in places:
            bare = (one for one in text.prose.blocks if one.span == span)  # a picture holds no character
            block = text.prose.block_at(span.start) or next(bare, None)
            places[key] = self.cite_block(text, block) if block else text.siglum or text.title_page.title
        return places[key]

    def cite_block(self, text: Text, block: Block) -> str:
        """`A ¶4`, `A title`, `A note 1`."""
        cites = self.shelf.cites
        key = (text.id, block.id)
        if key not in cites:
            cites[key] = self._cited(text, block)
        return cites[key]

    def _cited(self, text: Text, block: Block) -> str:
        siglum = text.siglum or text.title_page.title
        if block.number is not None:
            return self.words.say("cite.block", siglum=siglum, number=block.number)
        if block.kind is BlockKind.FOOTNOTE:
            return self.words.say("cite.footnote", siglum=siglum, number=block.called.removeprefix("fn"))
        if block.kind is BlockKind.HEADING:
            return self.words.say("cite.heading", siglum=siglum, number=block.called.removeprefix("h"))
        return self.words.say(f"cite.{block.kind.value}", siglum=siglum)

    def kind(self, name: str, count: int = 0) -> KindView:
        """A kind of note as templates see it."""
        key = (name, count)
        if key not in self.shelf.kinds:
            self.shelf.kinds[key] = self._kind(name, count)
        return self.shelf.kinds[key]

    def _kind(self, name: str, count: int) -> KindView:
        if name in ("author", "highlight"):
            return KindView(name, self.words.say(f"kind.{name}"), name, "", "", count)
        kind = self.matter.kinds[name]
        return KindView(kind.id, kind.label, kind.cue, kind.glyph, kind.about, count)

    def origin(self, origin: str) -> LinkView:
        """The link to a prose of this view that speaks of something (`note:ID`, `term:ID`, `xref:ID` …)."""
        sort, _, name = origin.partition(":")
        matter = self.matter
        if sort == "note":
            note = matter.notes[name]
            shown = matter.numbering.notes.get(name, "")
            called = "origin.note" if shown else "origin.reply" if note.answers else "lost.note"
            return LinkView(self.href("note", name, note.text), self.words.say(called, number=shown))
        if sort == "term":
            return LinkView(self.href("term", name), matter.terms[name].headword, self.words.say("origin.term"))
        if sort == "xref":
            words = self.words.say("origin.crossref", letter=matter.numbering.letters.get(name, ""))
            return LinkView(self.href("xref", name), words)
        if sort in ("question", "answer"):
            words = self.words.say("origin.question", number=matter.numbering.questions.get(name, ""))
            return LinkView(self.href("question", name), words)
        if sort in ("intro", "layer"):
            page = GLOSSARY_PAGE if name == GLOSSARY else "index.html"
            return LinkView(self.spot.to(f"{matter.edition.id}/{page}"), self.words.say("origin.introduction"))
        return LinkView(self.href("text", name, name), matter.texts[name].title_page.title)

    def spoken_of(self, kind: str, name: str) -> tuple[LinkView, ...]:
        """Where something is discussed: in notes, entries, cross-references; in questions; in other editions."""
        return (*self.mentioned(kind, name), *self.asked(kind, name))

    def mentioned(self, kind: str, name: str) -> tuple[LinkView, ...]:
        """Where something is discussed, questions left aside."""
        target, matter = (kind, name), self.matter
        if target not in matter.mentions and target not in matter.visits:
            return ()
        found = [self.origin(origin) for origin in matter.mentions.get(target, ())]
        visits = [LinkView(self.spot.href(visit.origin), visit.title) for visit in matter.visits.get(target, ())]
        return (*found, *visits)

    def asked(self, kind: str, name: str) -> tuple[LinkView, ...]:
        """The questions that are about something."""
        if (kind, name) not in self.matter.asked:
            return ()
        return tuple(self.origin(f"question:{question}") for question in self.matter.asked[kind, name])

    def occurrence_text(self, occurrence: Occurrence) -> str:
        """The `text` of an occurrence's address: which page it lies on."""
        sort, _, name = occurrence.prose.partition(":")
        if sort == "text":
            return name
        if sort == "note":
            return self.matter.notes[name].text
        return GLOSSARY if sort == "term" or occurrence.prose == f"intro:{GLOSSARY}" else ""

    def term_spans(self, prose_name: str) -> list[TermSpan]:
        """The links of terms to be woven into a prose.

        The site's glossary, which holds entries of many editions, has none: their ids would meet there.
        """
        if self.spot.page == GLOSSARY_PAGE:
            return []
        return [
            TermSpan(
                span=occurrence.span,
                key=occurrence.term,
                mark_id=f"occ-{occurrence.term}-{occurrence.number}",
                href=self.href("term", occurrence.term),
            )
            for occurrence in self.matter.occurrences.get(prose_name, ())
            if occurrence.linked
        ]

    def ink(self, prefix: str, text: Text | None = None, *, sources: str = "", notes: str = "") -> Ink:
        """How proses are written on this page; for a text's own prose its blocks carry their ids and numbers.

        `sources` says whose list of works citations lead to: "" the edition's, `GLOSSARY` its glossary's. `notes` is
        the page on which its footnotes stand, "" for this one.
        """
        folder = self.matter.edition.id
        return Ink(
            prefix=prefix,
            blocks=text is not None,
            highest=0 if text else BODY_HEADING + prefix.startswith(("layer-", "answer-")),
            block_label=lambda block: self._block_label(text, block),
            link=lambda reference: self.link(reference, sources),
            image=lambda src: seen_from(self.spot, folder, src),
            raw=words_instead,
            own=lambda prose: self._own_ids(prefix, prose),
            footnote=lambda index, call: self._footnote(prefix, index, call, theirs=text is not None, page=notes),
            spots=self.shelf.spots.get(text.id, ()) if text else (),
        )

    def _own_ids(self, prefix: str, prose: Prose) -> frozenset[str]:
        own = self.shelf.own
        if prefix not in own:
            own[prefix] = own_ids(prose)
        return own[prefix]

    def _block_label(self, text: Text | None, block: Block) -> tuple[str, str]:
        label = self.words.say("paragraph.label", number=block.number or "")
        return label, self.cite_block(text, block) if text else ""

    def _footnote(self, prefix: str, index: int, call: int, *, theirs: bool, page: str) -> tuple[str, str, str, str]:
        """Id of the mark, href, number and label of a call of a footnote: the text author's own, or an annotator's."""
        name = f"{prefix}fn{index + 1}"
        number = str(index + 1)
        label = self.words.say("note.author", number=number) if theirs else self._footnote_label(number)
        return f"ref-{name}-{call}" if call > 1 else f"ref-{name}", f"{page}#{name}", number, label

    def _footnote_label(self, number: str) -> str:
        return self.words.say("cite.footnote", siglum="", number=number).strip()

    def footnotes(self, prose: Prose, prose_name: str, ink: Ink) -> Markup:
        """The footnotes of a body, to stand below it; the text author's own stand in the margin instead."""
        lines = []
        for index, footnote in enumerate(prose.footnotes):
            name, number = f"{ink.prefix}fn{index + 1}", str(index + 1)
            woven = weave(prose, footnote.frame, self.term_spans(prose_name))
            back = f'<a href="#ref-{name}" role="doc-backlink" aria-label="{self._footnote_label(number)}">{number}</a>'
            lines.append(f'<div class="fn" id="{name}">{back} {html.write(woven, prose, ink)}</div>')
        return Markup("".join(lines))

    def link(self, reference: Reference, sources: str = "") -> tuple[str, str, str]:
        """Href ("" where the link was lost), words, and for a work cited its locator."""
        if (reference, sources) in self.cache:
            return self.cache[reference, sources]
        if reference.kind is ReferenceKind.SOURCE:
            work = self.matter.works.get(reference.target)
            href = self.href("source", reference.target, sources) if work else ""
            made = (href, work.short if work else reference.target, reference.words or "")
        else:
            link = self.matter.referred.links[reference]
            words = link.words.replace(" ¶", "\u00a0¶")  # no line ends between a text's siglum and the number
            made = (self.spot.href(link.address) if link.address else "", words, "")
        self.cache[reference, sources] = made
        return made

    def body(self, prose: Prose, prose_name: str) -> Markup:
        """A body whole, as HTML, with its terms and references."""
        return self._once(prose, prose_name, "whole", self._body)

    def _once(self, prose: Prose, prose_name: str, how: str, make: Callable[[Prose, str], Made]) -> Made:
        """A body made for this page; once for all pages of the edition but its glossary where it refers to nothing.

        Where one page holds all of the edition, once for all of it.
        """
        folder, _, page = self.spot.page.partition("/")
        if not self.spot.held and (folder != self.matter.edition.id or page == GLOSSARY_PAGE or refers(prose)):
            return make(prose, prose_name)
        key = (prose_name, how)
        bodies = self.shelf.bodies
        if key not in bodies:
            bodies[key] = make(prose, prose_name)
        return cast("Made", bodies[key])

    def entry(self, term: Term, what: str, make: Callable[[Desk, Term], Made]) -> Made:
        """What is made of an entry; once for the site where all editions share it and it leads nowhere."""
        known = self.shelf.entries.get((term.id, what))
        if known is not None and known[0] is term:
            return cast("Made", known[1])
        made = make(self, term)
        if not term.edition and not leads(term.entry):
            self.shelf.entries[term.id, what] = (term, made)
        return made

    def _body(self, prose: Prose, prose_name: str) -> Markup:
        woven = weave(prose, prose.frame, self.term_spans(prose_name))
        sources = GLOSSARY if prose_name == f"intro:{GLOSSARY}" else ""
        ink = self.ink(f"{prose_name.replace(':', '-')}-", sources=sources)
        return Markup(html.write(woven, prose, ink)) + self.footnotes(prose, prose_name, ink)

    def running_body(self, prose: Prose, prose_name: str) -> tuple[Markup, bool]:
        """A body, and whether it is one paragraph whose words may stand after a label (then without its `<p>`)."""
        return self._once(prose, prose_name, "running", self._running_body)

    def _running_body(self, prose: Prose, prose_name: str) -> tuple[Markup, bool]:
        whole = list(pieces(prose.frame))
        first = prose.frame[0] if prose.frame else None
        plain = isinstance(first, Open) and first.element is Element.PARAGRAPH and not first.fields
        if plain and len(whole) == 1 and not prose.footnotes:
            woven = weave(prose, prose.frame[1:-1], self.term_spans(prose_name))
            return Markup(html.write(woven, prose, self.ink(f"{prose_name.replace(':', '-')}-"))), True
        return self.body(prose, prose_name), False
