"""An anchored edition -> which of its headings can be written anew for sure, and why; its files with these written."""

from __future__ import annotations

import hashlib
from collections import ChainMap
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.diagnostic import UNREADABLE
from builder.model.glossary import own_terms
from builder.model.note import Anchor, Audience, State, percent
from builder.model.site import Folder, Source
from builder.model.value import value_class
from builder.model.view import View
from builder.parse.rewrite import Sort, rewrite, shown
from builder.pipeline.reading import Reading
from builder.pipeline.sought import Stacks, sought
from builder.relate.normal import plain
from builder.relate.restate import as_typed, own_place, restated
from builder.relate.turned import KEPT, LIKE, turned

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from builder.model.lock import Remembered
    from builder.model.note import Selector
    from builder.model.prose import Span
    from builder.model.view import Anchored
    from builder.parse.rewrite import Change
    from builder.parse.site import Outline
    from builder.pipeline.sought import Key, Sought
    from builder.relate.haystack import Haystack

    Read = Callable[[Folder], Anchored | None]

APART = 0.2
"""By how much the next likely place must be less like it: with two such places it is a guess."""

LONG = 20
"""Characters a quotation must have for its only other place to be believed to be the one that was meant. Shorter ones
stand in any text by chance, also after their own sentence was deleted."""


@value_class(frozen=True, slots=True)
class Mend:
    """A selector that can be written anew, the passage that it then finds, and why that is sure."""

    sought: Sought
    wanted: Selector
    span: Span
    reason: str
    says: str = ""
    """The words of the passage."""

    @property
    def writes(self) -> bool:
        """Whether its heading is to be another one. If not, it says what is meant: that is to be remembered."""
        return self.wanted != self.sought.selector

    @property
    def changes(self) -> tuple[tuple[str, Change], ...]:
        """What is to be written, and in which files."""
        return tuple(self.sought.changes(self.wanted)) if self.writes else ()


@value_class(frozen=True, slots=True)
class Mended:
    """An edition's files that change, as they are to be, what was mended, and what was not and why."""

    edition: str
    files: tuple[Source, ...]
    done: tuple[Mend, ...]
    refused: tuple[Mend, ...]


def mends(anchored: Anchored, remembered: Container[Key] = ()) -> tuple[Mend, ...]:
    """What can be written anew for sure. An ambiguous selector never can, nor one whose words were deleted.

    `remembered` are the selectors of which it is known where they stood in the text before.
    """
    stacks = Stacks(anchored.edition)
    own = {term.id for term in own_terms(anchored.edition.terms)}
    found = []
    for one in sought(anchored):
        if one.sort in (Sort.AT, Sort.NOT_AT) and one.id not in own:
            continue  # other editions speak of the same entry
        within = stacks.of(one.text) if one.found.state in _MENDED else None
        if within is None or UNREADABLE in one.selector.heading:
            continue
        sure = _sure(one, within, KEPT if one.key in remembered else LIKE)
        if sure is not None:
            found.append(sure)
    return tuple(found)


_MENDED = frozenset({State.EXACT, State.MOVED, State.REWORDED, State.NEVER_FOUND})


def _sure(one: Sought, within: Haystack, kept: float) -> Mend | None:
    """How one selector is mended for sure, if it needs it."""
    found, selector = one.found, one.selector
    if not isinstance(found, Anchor):
        if found.state is not State.NEVER_FOUND or selector.blocks:
            return None
        return _renumbered(one, within) or _misspelt(one, within)
    if selector.blocks:
        if within.passage(selector.blocks) == found.span:
            sure = found.state is State.REWORDED and found.score >= kept
            return Mend(one, selector, found.span, _kept(found), within.prose.words(found.span)) if sure else None
        too = "; its words changed too, and that stays in doubt" if _said_otherwise(found, within) else ""
        return _mend(one, within, found.span, f"{shown(selector.blocks)} has another number now{too}")
    if found.state is State.REWORDED and found.score >= kept:
        return _mend(one, within, found.span, _kept(found))
    if found.state is not State.REWORDED and selector.within and not _lies_within(selector, within, found.span):
        return _mend(one, within, found.span, f"what was {shown(selector.within)} has another number now")
    return None


def _said_otherwise(found: Anchor, within: Haystack) -> bool:
    """Whether other words stand there than it was written on."""
    return found.was is not None and plain(within.prose.words(found.span)) != plain(found.was.exact)


def _kept(found: Anchor) -> str:
    return f"reworded: {percent(found.score)} is kept, counted in letters"


def _mend(one: Sought, within: Haystack, span: Span, reason: str) -> Mend | None:
    wanted = restatement(one, within, span)
    return Mend(one, wanted, span, reason, within.prose.words(span)) if wanted is not None else None


def restatement(one: Sought, within: Haystack, span: Span) -> Selector | None:
    """What would be written for a selector to find another passage; None where nothing does that fits its heading."""
    return restated(one.selector, within, span, beside=one.sort.value == "note")


def _lies_within(selector: Selector, within: Haystack, span: Span) -> bool:
    area = within.area(selector.within)
    begins = within.normal.within(span).start
    return area is not None and area.start <= begins < area.end


def _renumbered(one: Sought, within: Haystack) -> Mend | None:
    """The words stand once in the text, but not in the paragraph named."""
    selector = one.selector
    if not selector.within or not any(len(plain("".join(reading))) >= LONG for reading in selector.readings):
        return None
    span = own_place(replace(selector, within=""), within)
    where = within.where(span.start) if span is not None else ""
    if span is None or not where:
        return None
    return _mend(one, within, span, f"the words stand in {where} alone, no longer in {shown(selector.within)}")


def _misspelt(one: Sought, within: Haystack) -> Mend | None:
    """One place alone is very like the words, its numbers are the same, and all that is set holds there."""
    selector = one.selector
    for reading in selector.readings:
        astray = [piece for piece in reading if not within.standing(plain(piece)).allowed]
        if len(astray) != 1 or len(plain(astray[0])) < GRASPED:
            continue
        near = within.nearest.seek(astray[0])
        if not near or near[0][1] < LIKE or any(likeness > near[0][1] - APART for _, likeness in near[1:]):
            continue
        words = as_typed(within, near[0][0])
        if _numbers(words) != _numbers(astray[0]):
            continue
        pieces = tuple(words if piece == astray[0] else piece for piece in reading)
        meant = replace(selector, heading=" … ".join(pieces), readings=(pieces,))
        span = own_place(meant, within)
        if span is not None:
            return Mend(one, meant, span, f"only one place is like it: {percent(near[0][1])}")
    return None


GRASPED = 8
"""Letters below which a likeness says nothing: one other letter makes another word."""


def _numbers(words: str) -> list[str]:
    return [letter for letter in plain(words) if letter.isdigit()]


def mended_editions(folder: Folder, outline: Outline) -> Iterator[Mended]:
    """Each edition of which something can be mended for sure, drafts included."""
    view = View(audience=Audience.TEACHER)
    reading = Reading(folder, outline, view)
    for settings in outline.editions:
        anchored, _ = reading.anchored(settings.id)
        known = reading.memories(settings.id)
        wanted = [one for one in mends(anchored, known) if not _turned(one, known)] if anchored is not None else []
        if anchored is not None and wanted:
            yield mended(folder, anchored, wanted, _again(outline, view, settings.id))


def _turned(one: Mend, known: Mapping[Key, Remembered]) -> bool:
    """Whether a passage may say the opposite now, or another number: then its author must say if a note still holds."""
    memory = known.get(one.sought.key)
    if memory is None or one.sought.found.state is not State.REWORDED or not isinstance(one.sought.found, Anchor):
        return False
    if memory.state is State.MOVED:
        return True  # that it moved isn't settled yet
    return turned(memory.quotation, one.says)


def _again(outline: Outline, view: View, edition: str) -> Read:
    return lambda folder: Reading(folder, outline, view).anchored(edition)[0]


def mended(folder: Folder, before: Anchored, wanted: Iterable[Mend], read: Read) -> Mended:
    """The edition's files with its mends written, but for those after which it would not say what is meant.

    `read` gives the edition again, as it would be read from another folder: there each mended selector must find its
    passage, every other one what it found before, and every id must be what it was.
    """
    mending, refused = list(wanted), list[Mend]()
    while mending:
        files, unwritten = _written(folder, mending)
        wrong = unwritten or _wrong(before, read(_with(folder, files)), mending)
        if not wrong:
            return Mended(before.edition.id, files, tuple(mending), tuple(refused))
        refused.extend(wrong)
        mending = [one for one in mending if one not in wrong]
    return Mended(before.edition.id, (), (), tuple(refused))


def _written(folder: Folder, mending: Sequence[Mend]) -> tuple[tuple[Source, ...], list[Mend]]:
    by_file: dict[str, list[tuple[Mend, Change]]] = {}
    for one in mending:
        for path, change in one.changes:
            by_file.setdefault(path, []).append((one, change))
    files, unwritten = [], list[Mend]()
    for path, ones in sorted(by_file.items()):
        source = folder.sources[path]
        text, refused = rewrite(source.text, [change for _, change in ones])
        unwritten += [one for one, change in ones if change in refused or source.broken]
        files.append(Source(path, text, hashlib.sha256(text.encode("utf-8")).hexdigest()))
    return tuple(files), unwritten


def _with(folder: Folder, files: Sequence[Source]) -> Folder:
    changed = {file.path: file for file in files}
    sources = ChainMap(changed, folder.sources)  # type: ignore[arg-type] # of the second one nothing is changed
    digests = {**folder.digests, **{path: file.digest for path, file in changed.items()}}
    return Folder(sources, folder.assets, folder.name, digests)


def _wrong(before: Anchored, after: Anchored | None, mending: Sequence[Mend]) -> list[Mend]:
    """The mends that don't find their passage; all of them where another entry is no longer what it was."""
    if after is None:
        return list(mending)
    meant = {one.sought.key: one for one in mending}
    now = {one.key: one for one in sought(after)}
    left = set(now)
    wrong = []
    for one in sought(before):
        mend = meant.get(one.key)
        key = one.key_of(mend.wanted) if mend is not None else one.key
        again = now.get(key)
        left.discard(key)
        if mend is not None and (again is None or not _stands(again, mend.span)):
            wrong.append(mend)
        elif mend is None and (again is None or _place(again) != _place(one)):
            return list(mending)
    return wrong if not left else list(mending)


def _stands(one: Sought, span: Span) -> bool:
    return isinstance(one.found, Anchor) and one.found.span == span


def _place(one: Sought) -> tuple[State, Span | None]:
    return one.found.state, one.found.span if isinstance(one.found, Anchor) else None
