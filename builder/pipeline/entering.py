"""Annotations from outside, one after another -> entries of an edition: whose ids, in which files, at which words."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.annotation import Foreign, Sort
from builder.model.diagnostic import Place
from builder.model.note import percent
from builder.model.value import value_class
from builder.model.vocabulary import DEFAULT_KIND, HIGHLIGHT
from builder.parse.braces import WORD
from builder.parse.crossrefs import splits
from builder.parse.ids import key as same
from builder.parse.ids import slug
from builder.parse.imported import IMPORTED, parse_imported
from builder.parse.written import written_entry
from builder.pipeline.files_entered import FilesEntered
from builder.pipeline.passages import Finding, Passages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Folder, Settings
    from builder.model.view import Anchored


@value_class(frozen=True, slots=True)
class Row:
    """What became of one annotation."""

    foreign: str
    """Its id where it comes from."""
    id: str
    """Its id here, "" where it isn't taken in."""
    text: str
    state: str
    """`exact`, `moved`, `reworded`, `whole` (the whole text), `ambiguous`, `lost`; `known`, `deleted`, `refused`."""
    score: float
    """How sure that is, from 0 to 1."""
    where: str
    """`¶4`, "" where it stands nowhere."""
    reason: str
    """What is to be said of it besides."""

    @property
    def line(self) -> str:
        """As one reads it."""
        stands = f"{self.text} {self.where}".strip()
        sure = f" ({percent(self.score)} sure)" if self.state in ("exact", "moved", "reworded") else ""
        said = ": ".join(part for part in (self.id or self.foreign, stands) if part)
        return f"{said}: {self.state}{sure}" + (f": {self.reason}" if self.reason else "")


_WORST = ("ambiguous", "lost", "reworded", "moved", "whole", "exact")


class Entering:
    """One import. `take` each annotation, then `settle`, then ask for `files`."""

    def __init__(self, anchored: Anchored, folder: Folder, settings: Settings, *, layer: str, text: str) -> None:
        edition = anchored.edition
        self.rows: list[Row] = []
        self.told: list[Diagnostic] = []
        self.entered: dict[str, Foreign] = {}
        """What was taken in, by `note:ID` and the like."""
        self._edition = edition
        self._kinds = {kind.id for kind in settings.kinds} | {HIGHLIGHT}
        self._relations = {relation.id for relation in settings.relations}
        self._layer, self._text = layer, text
        self._passages = Passages(edition)
        self._files = FilesEntered(edition.settings, folder)
        self._taken = {
            Sort.NOTE: {same(note.id): note.id for note in edition.notes},
            Sort.CROSSREF: {same(tie.id): tie.id for tie in edition.crossrefs},
            Sort.QUESTION: {same(question.id): question.id for question in edition.questions},
        }
        self._known: dict[str, str] = {}
        self._deleted: dict[str, str] = {}
        """How each that was taken in once, and stands here no longer, could be had again: by its names outside."""
        for key, one in edition.imported.items():
            sort, _, own = key.partition(":")
            stands = any(same(own) in names for one, names in self._taken.items() if one.value == sort)
            known, said = (self._known, own) if stands else (self._deleted, key)
            known.update(dict.fromkeys((one.id, *one.also), said))
        self._again = _again(folder, edition.settings.folder, frozenset(self._deleted.values()))
        self._heads = {note.id: self._head(note.id) for note in edition.notes}
        self._waiting: list[tuple[int, Foreign]] = []

    def take(self, one: Foreign) -> None:
        """One annotation. Replies wait until all that they may answer is known."""
        here = self._there_already(one)
        if here is not None:
            self.rows.append(Row(one.id, here, "", "known", 1.0, "", "it is here already"))
        elif (gone := next((self._deleted[name] for name in (one.id, *one.also) if name in self._deleted), "")) != "":
            reason = f"its entry was taken out of this edition: {self._again[gone]} to have it again"
            self.rows.append(Row(one.id, gone.partition(":")[2], "", "deleted", 0.0, "", reason))
        elif one.sort is Sort.NOTE and one.answers and not one.name:
            self.rows.append(Row(one.id, "", "", "refused", 0.0, "", ""))
            self._waiting.append((len(self.rows) - 1, one))
        else:
            self.rows.append(self._entered(one))

    def settle(self) -> None:
        """The replies, each after what it answers."""
        waiting = self._waiting
        while waiting:
            ready = [(index, one) for index, one in waiting if one.answers in self._known]
            if not ready:
                break
            for index, one in ready:
                self.rows[index] = self._reply(one)
            done = {index for index, _ in ready}
            waiting = [(index, one) for index, one in waiting if index not in done]
        for index, one in waiting:
            reason = f"it replies to {one.answers or 'nothing'}, which is neither in the document nor here"
            self.rows[index] = Row(one.id, "", "", "refused", 0.0, "", reason)

    def files(self) -> Mapping[str, str]:
        """Path -> new text of each file that changes."""
        files, told = self._files.changed()
        self.told.extend(told)
        return files

    def _there_already(self, one: Foreign) -> str | None:
        known = next((self._known[name] for name in (one.id, *one.also) if name in self._known), None)
        return known or (self._taken[one.sort].get(same(one.name)) if one.name else None)

    def _entered(self, one: Foreign) -> Row:
        match one.sort:
            case Sort.NOTE:
                return self._note(one)
            case Sort.CROSSREF:
                return self._tie(one)
            case Sort.QUESTION:
                return self._question(one)

    def _note(self, one: Foreign) -> Row:
        ours = [aim for aim in one.aims if self._text or not self._passages.is_strange(aim)]
        if not ours:
            reason = f"“{one.aims[0].source[:80]}” is the address of no text here, and no words are quoted"
            return Row(one.id, "", "", "refused", 0.0, "", f"{reason}: --text ID says which text it is about")
        aims = ours if one.name or one.body else ours[:1]
        findings = [self._passages.find(aim, self._text, utf16=one.utf16) for aim in aims]
        findings = findings if one.name else self._together(findings)
        text = findings[0].text
        row = self._written(one, text, [(found.heading, found.settings) for found in findings])
        worst = min(findings, key=lambda found: _WORST.index(found.state))
        extra = len(ours) - len(aims)
        also = f"{extra} more passages are marked in the file that keeps the rest" if extra else ""
        reason = "; ".join(part for part in (worst.reason, also) if part)
        return replace(row, text=text, state=worst.state, score=worst.score, where=findings[0].where, reason=reason)

    def _together(self, findings: Sequence[Finding]) -> list[Finding]:
        """The passages in the text of the first that stands: a note speaks of one text."""
        stand = [found for found in findings if found.stands]
        text = (stand or findings)[0].text
        kept = [found for found in findings if found.text == text]
        unique = {(found.heading, tuple(found.settings.items())): found for found in reversed(kept)}
        return list(reversed(unique.values()))

    def _reply(self, one: Foreign) -> Row:
        """A reply has the heading of what it answers."""
        answered = self._known[one.answers]
        text, heading, settings = self._heads.get(answered, (self._edition.texts[0].id, "*", {}))
        self._known.setdefault(one.id, "")
        row = self._written(replace(one, answers=answered), text, [(heading, settings)])
        return replace(row, text=text, state="exact", score=1.0, where="", reason=f"replies to {answered}")

    def _head(self, note: str) -> tuple[str, str, dict[str, str]]:
        """The text, and the first heading with its settings, of a note that is here already."""
        known = next(one for one in self._edition.notes if one.id == note)
        return known.text, *self._passages.head(known.selectors[0])

    def _written(self, one: Foreign, text: str, headings: Sequence[tuple[str, Mapping[str, str]]]) -> Row:
        """A note's entry, with further headings for further passages before its body."""
        layer = self._layer or (one.layer if self._files.has_layer(one.layer) else self._files.first_layer)
        own = one.name or self._fresh(one, headings[0][0], Sort.NOTE, len(headings))
        kind = one.kind if one.kind in self._kinds else DEFAULT_KIND
        settings = {
            **headings[0][1],
            **({"re": f"#{one.answers}"} if one.answers else {}),
            **({"by": one.by} if one.by and one.by != self._files.voice(layer) else {}),
            **_said(one),
        }
        parts = [
            written_entry(
                headings[0][0],
                id=own,
                classes=[kind],
                settings=settings,
                body="" if len(headings) > 1 else one.body,
            )
        ]
        for index, (heading, where) in enumerate(headings[1:], 2):
            parts.append(written_entry(heading, settings=where, body=one.body if index == len(headings) else ""))
        self._files.add_note(text, layer, "".join(parts))
        self._heads[own] = (text, headings[0][0], dict(headings[0][1]))
        return self._enter(one, own)

    def _tie(self, one: Foreign) -> Row:
        heading = one.aims[0].heading or ""
        names = {text.id for text in self._edition.texts}
        found = splits(heading)
        if len(found) != 1 or not {found[0].one.name, found[0].other.name} <= names:
            return Row(one.id, "", "", "refused", 0.0, "", f"“{heading[:80]}” ties no two passages of this edition")
        by = {"by": one.by} if one.by else {}
        kind = [one.kind] if one.kind in self._relations else []
        entry = written_entry(heading, id=one.name, classes=kind, settings={**by, **_said(one)}, body=one.body)
        self._files.add("crossrefs.md", entry)
        sides = (found[0].one, found[0].other)
        gone = [side for side in sides if not self._passages.stands(side.end(Place("")))]
        row = self._enter(one, one.name)
        if not gone:
            return replace(row, text=sides[0].name)
        lost = " and ".join(f"{side.name} “{side.typed[:80]}”" for side in gone)
        said = f"its ends {lost} stand nowhere"
        if len(gone) == 1:
            said = f"its end {lost} stands nowhere, the other stands"
        return replace(row, state="lost", score=0.0, text=gone[0].name, reason=said)

    def _question(self, one: Foreign) -> Row:
        settings = {key: one.settings[key] for key in ("about", "level", "lines") if key in one.settings}
        classes = [name for name in one.kind.split() if re.fullmatch(WORD, name)]
        heading = one.aims[0].heading or ""
        entry = written_entry(heading, id=one.name, classes=classes, settings={**settings, **_said(one)}, body=one.body)
        self._files.add("questions.md", entry)
        return replace(self._enter(one, one.name), state="exact")

    def _enter(self, one: Foreign, own: str) -> Row:
        self._taken[one.sort][same(own)] = own
        self.entered[f"{one.sort.value}:{own}"] = one
        for name in (one.id, *one.also):
            self._known[name] = own
        return Row(one.id, own, "", "exact", 1.0, "", "")

    def _fresh(self, one: Foreign, heading: str, sort: Sort, passages: int) -> str:
        """An id of the words, free in the edition with the ids of further passages; no digit at its beginning."""
        taken = self._taken[sort]
        base = slug(heading.replace("*", "whole text") if heading == "*" else heading, "note")
        base = base if base[0].isalpha() else f"n-{base}"
        digest = hashlib.sha256(one.id.encode("utf-8", "replace")).hexdigest()
        for length in (0, 6, 12, 24, 64):
            own = f"{base}-{digest[:length]}" if length else base
            names = [own, *(f"{own}-{number}" for number in range(2, passages + 1))]
            if not any(same(name) in taken for name in names) and not self._is_tail(own):
                taken.update({same(name): name for name in names})
                return own
        raise AssertionError("a whole digest is another's only where the annotations are the same")

    def _is_tail(self, own: str) -> bool:
        """Whether an id would be that of another note's further passage (`ref-ID-2`)."""
        stem, _, number = own.rpartition("-")
        return number.isdigit() and same(stem) in self._taken[Sort.NOTE]


def _again(folder: Folder, base: str, deleted: frozenset[str]) -> Mapping[str, str]:
    """What to do to have again what was deleted, by `note:ID` and the like: what remembers it must forget it."""
    inside = f"{base}/{IMPORTED}/" if base else f"{IMPORTED}/"
    sources = [one for path, one in folder.sources.items() if path.startswith(inside)] if deleted else []
    said: dict[str, str] = {}
    for source in sources:
        held = parse_imported([source])[0].keys()
        name = source.path.removeprefix(base).removeprefix("/")
        for key in held & deleted:
            said.setdefault(key, f"take “{key}” out of {name}" if held - deleted else f"remove {name}")
    return said


def _said(one: Foreign) -> dict[str, str]:
    """The settings that all kinds of entries share."""
    said = {"date": one.date, "audience": one.audience, "tags": "; ".join(one.tags)}
    return {key: value for key, value in said.items() if value}
