"""An edition under a view -> its notes, cross-references and questions as W3C Web Annotations (JSON-LD).

What the W3C has no word for (a kind of note, a heading as typed) stands in members of our own, so that an import gives
back what was exported. Offsets count code points, as the W3C demands.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from builder.model.annotation import Sort
from builder.model.crossref import USUAL_LINES
from builder.model.note import Audience, Orphan, Quotation
from builder.model.value import value_class
from builder.model.webanno import CONTEXT, MADE, OURS, OWN_CONTEXT, made_of, moment_of, role_of
from builder.render.address import Spot
from builder.render.annotation_bodies import Writer
from builder.render.annotation_targets import Pointer, tie_heading, typed
from builder.render.cite import LICENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.model.annotation import Keepsake
    from builder.model.crossref import CrossReference, Question
    from builder.model.note import Note
    from builder.model.site import Settings, Work
    from builder.model.view import Groundwork, Referred

NAME = "annotations.jsonld"
"""The file's name in the edition's folder."""

MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
"""What the W3C calls such a file."""

Json = dict[str, Any]


def annotation_document(
    referred: Referred,
    settings: Settings,
    *,
    works: Mapping[str, Work],
    each: frozenset[str],
    groundwork: Groundwork,
) -> str:
    """An AnnotationCollection with all annotations on its one page. Addresses are absolute where `base_url` is set."""
    referred = replace(referred, anchored=groundwork.anchored)
    edition = referred.anchored.edition
    base = settings.base_url.rstrip("/")
    spot = Spot(f"{edition.id}/{NAME}", each, f"{base}/" if base else "")
    annotations = list(_Exporter(Pointer(referred, spot, groundwork.quotations), works, groundwork).all())
    own = spot.to(spot.page) if base else NAME
    licence = LICENCES.get(edition.settings.licence or settings.licence)
    collection = {
        "@context": [CONTEXT, OWN_CONTEXT],
        "id": own,
        "type": "AnnotationCollection",
        "label": edition.settings.title,
        "total": len(annotations),
        **({"rights": licence} if licence else {}),
    }
    head = _written(collection)
    if not annotations:
        return f"{head}\n"
    page = _written({"id": f"{own}#page", "type": "AnnotationPage", "startIndex": 0})
    items = ",\n".join(map(_written, annotations))
    return f'{head[:-1]},"first":{page[:-1]},"items":[\n{items}\n]}}}}\n'


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON on one line: an annotation a line diffs well, and Python is slow to write JSON with line breaks."""


@value_class(frozen=True, slots=True)
class _Exporter:
    """One edition on its way out."""

    pointer: Pointer
    works: Mapping[str, Work]
    groundwork: Groundwork

    @property
    def referred(self) -> Referred:
        """The edition under its view."""
        return self.pointer.referred

    def all(self) -> Iterator[Json]:
        """Every annotation, in the order of the edition."""
        writer = Writer(self.referred, self.pointer.spot, self.works, self.groundwork.read)
        edition = self.referred.anchored.edition
        voices = {(layer.text, layer.id): layer.by for layer in edition.layers}
        for note in edition.notes:
            yield self._note(note, voices.get((note.text, note.layer), ""), writer)
        for tie in edition.crossrefs:
            yield self._tie(tie, writer)
        for question in edition.questions:
            yield self._question(question, writer)

    def _note(self, note: Note, voice: str, writer: Writer) -> Json:
        made = made_of(Sort.NOTE, note.kind, reply=bool(note.answers), by=note.by or voice, date=note.date)
        founds = self.referred.anchored.notes[note.id]
        known = self._quotations(Sort.NOTE, note.id)
        targets: list[Any] = [self.pointer.target(note.text, found, known) for found in founds]
        if note.answers:
            targets = [self.pointer.href("note", note.answers, self._text_of(note.answers, note.text))]
        ours = {
            "kind": note.kind,
            "layer": note.layer,
            "answers": note.answers,
            "passages": [typed(found.selector, note.text) for found in founds],
        }
        bodies = [*writer.forms(note.body, f"note-{note.id}-"), *map(_tag, note.tags)]
        name = self.pointer.href("note", note.id, note.text)
        return self._annotation((Sort.NOTE, note.id, name), made, note.audience, bodies, targets, note.date, ours)

    def _tie(self, tie: CrossReference, writer: Writer) -> Json:
        made = made_of(Sort.CROSSREF, tie.relation, reply=False, by=tie.by, date=tie.date)
        founds = self.referred.anchored.crossrefs[tie.id]
        ends = zip((tie.one.text, tie.other.text), founds, strict=True)
        known = self._quotations(Sort.CROSSREF, tie.id)
        targets = [self.pointer.target(text, found, known) for text, found in ends]
        ours = {"kind": tie.relation, "passages": [{f"{OURS}heading": tie_heading(tie, founds)}]}
        bodies = [*writer.forms(tie.body, f"xref-{tie.id}-"), *map(_tag, tie.tags)]
        name = self.pointer.href("xref", tie.id)
        return self._annotation((Sort.CROSSREF, tie.id, name), made, tie.audience, bodies, targets, tie.date, ours)

    def _question(self, question: Question, writer: Writer) -> Json:
        """A question for discussion. In a teacher's document the model answer is a body of its own."""
        made = made_of(Sort.QUESTION, question.kind, reply=False, by="", date="")
        about = list(self._about(question))
        targets = [target for _, target in about]
        edition = self.referred.anchored.edition
        asked = writer.markdown(question.asked)
        ours = {
            "kind": question.kind,
            "about": [one for one, _ in about],
            "level": question.level,
            "lines": str(question.lines) if question.lines != USUAL_LINES else "",
            "passages": [{f"{OURS}heading": asked or " ".join(question.asked.content.split())}],
        }
        answer = writer.markdown(question.body)
        bodies = [*writer.forms(question.asked, f"question-{question.id}-"), *map(_tag, question.tags)]
        if answer:
            bodies.append({"type": "TextualBody", "purpose": "replying", "format": "text/markdown", "value": answer})
        name = self.pointer.href("question", question.id)
        targets = targets or [self.pointer.spot.to(f"{edition.id}/index.html")]
        named = (Sort.QUESTION, question.id, name)
        return self._annotation(named, made, question.audience, bodies, targets, "", ours)

    def _about(self, question: Question) -> Iterator[tuple[str, Any]]:
        """What a question is about: as typed, and its target; where that leads nowhere the words that are sought."""
        links, known = self.referred.about.get(question.id, ()), self._quotations(Sort.QUESTION, question.id)
        for index, (named, link) in enumerate(zip(question.about, links, strict=False)):
            found = self.referred.anchored.about.get((question.id, index))
            if isinstance(found, Orphan):
                yield named, self.pointer.target(named.partition(" ")[0], found, known)
            elif link.address is not None:
                yield named, self.pointer.spot.href(link.address)

    def _keepsake(self, sort: Sort, own: str) -> Keepsake | None:
        return self.referred.anchored.edition.imported.get(f"{sort.value}:{own}")

    def _quotations(self, sort: Sort, own: str) -> Mapping[str, Quotation]:
        """By a heading that is more than a quotation: the words that came in with it, and those around them."""
        keepsake = self._keepsake(sort, own)
        kept = keepsake.kept.get("quotations", {}) if keepsake is not None else {}
        return {
            heading: Quotation(one.get("exact", ""), one.get("prefix", ""), one.get("suffix", ""))
            for heading, one in kept.items()
        }

    def _annotation(
        self,
        named: tuple[Sort, str, str],
        made: Json,
        audience: Audience,
        bodies: Sequence[Any],
        targets: Sequence[Any],
        date: str,
        ours: Json,
    ) -> Json:
        sort, own, name = named
        keepsake = self._keepsake(sort, own)
        kept: Mapping[str, Any] = keepsake.kept if keepsake is not None else {}
        was = kept.get("was", {})
        made = {
            key: was[key]["was"] if key in was and was[key]["as"] == value else value for key, value in made.items()
        }
        members = {key: value for key, value in kept.get("members", {}).items() if _handed_on(key)}
        if keepsake is not None and keepsake.id != name and keepsake.id not in keepsake.also:
            members.setdefault("via" if "canonical" in members else "canonical", keepsake.id)
        counts = {key: len(kept[key]) for key in ("bodies", "targets") if kept.get(key)}
        said = [*bodies, *kept.get("bodies", ())]
        own_members = {
            "sort": sort.value if sort is not Sort.NOTE else "",
            **ours,
            "date": date if date and not moment_of(date) else "",
            "kept": counts,
            "original": kept.get("original", {}),
        }
        return {
            "id": name,
            "type": "Annotation",
            **{key: value for key, value in made.items() if value is not None},
            **({"audience": role_of(audience.value)} if audience is not Audience.ALL else {}),
            **dict(sorted(members.items())),
            **({"body": said} if said else {}),
            "target": [*targets, *kept.get("targets", ())],
            **{f"{OURS}{key}": value for key, value in own_members.items() if value},
        }

    def _text_of(self, note: str, otherwise: str) -> str:
        """The text on which a note stands."""
        return next((one.text for one in self.referred.anchored.edition.notes if one.id == note), otherwise)


def _handed_on(key: str) -> bool:
    """Whether a member of an annotation from outside comes out as it came: the file may have been changed by hand."""
    return key not in MADE and key[:1] != "@" and not key.startswith(OURS)


def _tag(tag: str) -> Json:
    return {"type": "TextualBody", "purpose": "tagging", "value": tag}
