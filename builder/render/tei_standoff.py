"""What is said about the texts of an edition -> `standOff`: notes, entries, cross-references, questions, works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.crossref import Direction
from builder.model.note import Orphan
from builder.model.prose import Open
from builder.render.tei_entries import write_entry, write_work
from builder.render.tei_frame import FrameWriter, hand
from builder.render.tei_header import write_date
from builder.render.xml import xml_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.crossref import CrossReference, Question
    from builder.model.note import Found, Note
    from builder.model.prose import Prose
    from builder.model.site import Introduction, Work
    from builder.render.tei_plan import Plan
    from builder.render.xml import Xml


def write_standoff(xml: Xml, plan: Plan) -> None:
    """Write all of it; nothing where nothing is said."""
    matter = plan.matter
    edition = matter.edition
    works = sorted((matter.works[key] for key in matter.referred.cited if key in matter.works), key=_filed)
    said = (edition.notes, edition.crossrefs, edition.questions, matter.filed, works, plan.bounded)
    introduced = [layer for layer in edition.layers if layer.introduction.frame]
    if not any(said) and not introduced and not edition.introductions:
        return
    writer = _Standoff(xml, plan)
    xml.open("standOff")
    xml.line()
    writer.layers()
    writer.crossrefs()
    writer.questions()
    writer.glossary()
    if works:
        xml.open("listBibl", {"type": "works"})
        xml.line()
        for work in works:
            write_work(xml, work)
        xml.close()
        xml.line()
    _passages(xml, plan)
    xml.close()
    xml.line()


def _filed(work: Work) -> tuple[str, str]:
    return (work.sort, work.key)


class _Standoff:
    """One edition's matter, kind after kind."""

    def __init__(self, xml: Xml, plan: Plan) -> None:
        self._xml = xml
        self._plan = plan
        self._matter = plan.matter
        self._around = plan.matter.edition.settings.language
        """The language of what is being written."""

    def layers(self) -> None:
        """The notes of each file, with what stands before them."""
        edition = self._matter.edition
        files: dict[tuple[str, str], list[Note]] = {(layer.text, layer.id): [] for layer in edition.layers}
        for note in edition.notes:
            files.setdefault((note.text, note.layer), []).append(note)
        layers = {(layer.text, layer.id): layer for layer in edition.layers}
        for file, notes in files.items():
            layer = layers.get(file)
            introduced = layer is not None and bool(layer.introduction.frame)
            if not notes and not introduced:
                continue
            language = layer.language if layer else ""
            self._around = language or edition.settings.language
            about = {"type": "layer", "n": file[1], "corresp": f"#{xml_name(file[0])}", "xml:lang": language}
            self._open_list(about, layer.title if layer else "")
            if layer is not None and introduced:
                self._introduction(layer.introduction, f"layer:{file[0]}.{file[1]}", layer.by)
            for note in notes:
                self._note(note, note.by or (layer.by if layer else ""))
            self._close()

    def crossrefs(self) -> None:
        """The ties as links, then what is said of each; a tie that lost an end is a note with its old words."""
        ties = self._matter.numbering.crossrefs
        whole = [tie for tie in ties if all(self._plan.ties[tie.id])]
        if whole:
            self._xml.open("linkGrp", {"type": "crossrefs"})
            self._xml.line()
            for tie in whole:
                self._link(tie)
            self._close()
        said = [
            tie for tie in ties if tie.body.frame or tie.by or tie.date or tie.tags or not all(self._plan.ties[tie.id])
        ]
        introductions = self._introductions("crossrefs")
        self._around = self._matter.edition.settings.language
        if said or introductions:
            self._open_list({"type": "crossrefs"}, introductions[0].title if introductions else "")
            for one in introductions:
                self._introduction(one.prose, "intro:crossrefs", "")
            for tie in said:
                self._said(tie)
            self._close()

    def questions(self) -> None:
        """The questions for discussion; with their answers where the view has these."""
        edition = self._matter.edition
        introductions = self._introductions("questions")
        if edition.questions or introductions:
            self._open_list({"type": "questions"}, introductions[0].title if introductions else "")
            for one in introductions:
                self._introduction(one.prose, "intro:questions", "")
            for question in edition.questions:
                self._question(question)
            self._close()

    def glossary(self) -> None:
        """The terms that are used here, each with its entry."""
        for one in self._introductions("glossary"):
            self._open_list({"type": "glossary"}, one.title)
            self._introduction(one.prose, "intro:glossary", "")
            self._close()
        for term in self._matter.filed:
            write_entry(self._xml, self._plan, term)

    def _introductions(self, of: str) -> list[Introduction]:
        return [one for one in self._matter.edition.introductions if one.of == of and one.prose.frame]

    def _open_list(self, attributes: dict[str, str], title: str) -> None:
        self._xml.open("listAnnotation", attributes)
        self._xml.line()
        if title:
            self._xml.element("head", title)
            self._xml.line()

    def _close(self) -> None:
        self._xml.close()
        self._xml.line()

    def _introduction(self, prose: Prose, name: str, by: str) -> None:
        self._xml.open("note", {"type": "introduction", "resp": self._plan.voice(by)})
        self._prose(prose, name, xml_name(name.replace(":", "-").replace(".", "-")))
        self._close()

    def _prose(self, prose: Prose, name: str, owner: str) -> None:
        """A body: whole blocks; words that stand in none are a paragraph."""
        made = hand(self._xml, self._plan, prose, name, owner)
        first = prose.frame[0] if prose.frame else None
        bare = first is not None and (not isinstance(first, Open) or first.element.inline)
        if bare:
            self._xml.open("p")
        FrameWriter(made).write(prose.frame)
        if bare:
            self._close()

    def _note(self, note: Note, by: str) -> None:
        """A note: of what, by whom, on which words; then what it says."""
        founds = self._matter.referred.anchored.notes[note.id]
        targets = [pointer for pointer in self._plan.notes[note.id] if pointer]
        if note.answers:
            targets.insert(0, f"#{xml_name(f'note-{note.answers}')}")
        lost = not targets
        self._xml.open(
            "note",
            {
                "xml:id": xml_name(f"note-{note.id}"),
                "type": "lost" if lost else note.kind,
                "subtype": note.kind if lost else "reply" if note.answers else "",
                "n": self._matter.numbering.notes.get(note.id, ""),
                "ana": f"#kind.{xml_name(note.kind)}" if note.kind in self._matter.kinds else "",
                "resp": self._plan.voice(by),
                "target": " ".join(dict.fromkeys(targets)),
            },
        )
        self._xml.line()
        for found, pointer in zip(founds, self._plan.notes[note.id], strict=True):
            self._quote(note.text, found, pointer)
        self._dated(note.date, note.tags)
        self._prose(note.body, f"note:{note.id}", f"note-{note.id}")
        self._close()

    def _quote(self, text: str, found: Found, pointer: str) -> None:
        """The words that a selector found, as they stand; of what isn't settled those that it was written on."""
        language = self._matter.texts[text].title_page.language
        tongue = {"xml:lang": language if language != self._around else ""}
        was = " ".join(found.was.exact.split()) if found.was is not None else ""
        if isinstance(found, Orphan):
            self._xml.element("quote", was or found.selector.heading, {"type": "lost", **tongue})
        else:
            words = " ".join(self._matter.texts[text].prose.words(found.span).split())
            if found.selector.blocks == "*" or not words:
                return
            self._xml.element("quote", words, {"type": "lemma", "corresp": pointer, **tongue})
            if was and was != words:
                self._xml.line()
                self._xml.element("quote", was, {"type": "was", **tongue})
        self._xml.line()

    def _dated(self, date: str, tags: Sequence[str]) -> None:
        if date:
            write_date(self._xml, date)
            self._xml.line()
        for tag in tags:
            self._xml.element("term", tag, {"type": "tag"})
            self._xml.line()

    def _link(self, tie: CrossReference) -> None:
        self._xml.empty(
            "link",
            {
                "xml:id": xml_name(f"xref-{tie.id}"),
                "type": tie.relation,
                "subtype": "both-ways" if tie.direction is Direction.BOTH_WAYS else "",
                "n": self._matter.numbering.letters[tie.id],
                "ana": f"#relation.{xml_name(tie.relation)}",
                "target": " ".join(self._plan.ties[tie.id]),
            },
        )
        self._xml.line()

    def _said(self, tie: CrossReference) -> None:
        ends = self._plan.ties[tie.id]
        id, whole = xml_name(f"xref-{tie.id}"), all(ends)
        self._xml.open(
            "note",
            {
                "xml:id": f"{id}.note" if whole else id,
                "type": "crossref" if whole else "lost",
                "subtype": "" if whole else tie.relation,
                "ana": "" if whole else f"#relation.{xml_name(tie.relation)}",
                "resp": self._plan.voice(tie.by),
                "target": f"#{id}" if whole else " ".join(filter(None, ends)),
            },
        )
        self._xml.line()
        if not whole:
            for end, found, pointer in zip(
                (tie.one, tie.other), self._matter.referred.anchored.crossrefs[tie.id], ends, strict=True
            ):
                self._quote(end.text, found, pointer)
        self._dated(tie.date, tie.tags)
        self._prose(tie.body, f"xref:{tie.id}", f"xref-{tie.id}")
        self._close()

    def _question(self, question: Question) -> None:
        about = [self._plan.link(link) for link in self._matter.referred.about.get(question.id, ())]
        id = xml_name(f"question-{question.id}")
        self._xml.open(
            "note",
            {
                "xml:id": id,
                "type": "question",
                "subtype": "-".join(question.kind.split()),
                "n": self._matter.numbering.questions[question.id],
                "target": " ".join(dict.fromkeys(filter(None, about))),
            },
        )
        self._xml.line()
        self._prose(question.asked, f"question:{question.id}", f"question-{question.id}")
        if question.level:
            self._xml.element("term", question.level, {"type": "level"})
            self._xml.line()
        self._dated("", question.tags)
        if question.body.frame:
            self._xml.open("note", {"xml:id": f"{id}.answer", "type": "answer"})
            self._prose(question.body, f"answer:{question.id}", f"answer-{question.id}")
            self._close()
        self._close()


def _passages(xml: Xml, plan: Plan) -> None:
    if not plan.bounded:
        return
    xml.open("spanGrp", {"type": "passages"})
    xml.line()
    for one in plan.bounded:
        points = {"from": f"#{one.id}.from", "to": f"#{one.id}.to"}
        xml.empty("span", {"xml:id": one.id, "type": one.state, **points, "ana": one.term})
        xml.line()
    xml.close()
    xml.line()
