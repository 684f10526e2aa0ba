"""References that name a paragraph by its number -> what a lock keeps of them, and which mean another one now.

A number in a heading or an `in`, beside words that are quoted, and of what a question is about in its own edition is a
selector's, and is seen to where that is anchored.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.glossary import own_terms
from builder.model.lock import LockedReference
from builder.model.prose import ReferenceKind
from builder.model.value import value_class
from builder.relate.addresses import spans_of
from builder.relate.carry import carry
from builder.relate.memories import texts_by_id
from builder.relate.proses import entry_of, pieces_of
from builder.relate.targets import read_target, split_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.lock import Lock, LockedText
    from builder.model.prose import Block
    from builder.model.text import Text
    from builder.model.view import Anchored
    from builder.relate.targets import Target

_TYPED = re.compile(r"(?:¶{1,2}\s?|(?<=\s)p)\d+(?:\s?[-–]\s?(?:¶\s?|p)?\d+)?")
_DIGITS = re.compile(r"\d+")
_UNTIL = re.compile(r"\s?[-–]")
_NUMBERED = re.compile(r"p(\d+)(?:-(\d+))?")


SURE = 0.7
"""The share of a paragraph's words that stand in another one, for that to be meant now: as `check --fix` asks it."""


@value_class(frozen=True, slots=True)
class Renumbered:
    """A reference whose number means another paragraph now."""

    place: Place
    """Where its brackets open."""
    typed: str
    wanted: str
    """What is to be typed so that it means what it meant."""


def numbered(
    anchored: Anchored, sides: Sequence[Lock], abroad: Callable[[str], tuple[Anchored | None, Sequence[Lock]]]
) -> tuple[tuple[LockedReference, ...], tuple[Diagnostic, ...], tuple[Renumbered, ...]]:
    """What the lock is to keep of the edition's references by number, what is wrong with them, and what rights it.

    One that means another paragraph than when it was recorded keeps what it meant, until it is written otherwise.
    `abroad` gives another edition by its id, None for no such, with what its own lock said: its texts are edited too.
    """
    shelves = _Shelves(anchored, sides, abroad)
    before = {owner: known for side in reversed(sides) for owner, known in _by_owner(side.references).items()}
    kept: list[LockedReference] = []
    told: list[Diagnostic] = []
    renumbered: list[Renumbered] = []
    for owner, here in _here(anchored, shelves).items():
        old = _unchanged(before.get(owner, []), here)
        for index, one in enumerate(here):
            text, was = one.text, old.get(index)
            now = _addresses(text, one.numbers) if not text.unread else None
            if was is None or was.text != one.name:
                kept += [LockedReference(owner, index, one.typed, one.name, now)] if now is not None else []
                continue
            was = _joined(text, was, shelves.old(one.name))
            kept.append(replace(was, index=index))
            moved = _numbers(text, was)
            if moved is None and not text.unread:
                told.append(_gone(one, _beside(text, was)))
            elif moved is not None and moved != [number for number in one.numbers.groups() if number]:
                told.append(_another(one, moved))
                renumbered.append(Renumbered(one.place, one.typed, _renumbered(one.typed, moved)))
    return tuple(sorted(kept, key=lambda one: (one.owner, one.index))), tuple(told), tuple(renumbered)


class _Shelves:
    """The texts that can be named, by `TEXT` for the edition's own and `EDITION/TEXT` for those of others."""

    def __init__(
        self,
        anchored: Anchored,
        sides: Sequence[Lock],
        abroad: Callable[[str], tuple[Anchored | None, Sequence[Lock]]],
    ) -> None:
        self._own = anchored.edition.id
        self._abroad = abroad
        self._known: dict[str, tuple[Mapping[str, Text], Mapping[str, LockedText]]] = {"": _shelf(anchored, sides)}

    def find(self, edition: str, text: str) -> tuple[str, Text | None]:
        """How a text is called in the lock, and the text; None for no such."""
        edition = "" if edition == self._own else edition
        if edition not in self._known:
            self._known[edition] = _shelf(*self._abroad(edition))
        return f"{edition}/{text}" if edition else text, self._known[edition][0].get(text)

    def old(self, name: str) -> LockedText | None:
        """A text as it last stood, by how the lock calls it."""
        edition, _, text = name.rpartition("/")
        return self._known[edition][1].get(text)


def _shelf(anchored: Anchored | None, sides: Sequence[Lock]) -> tuple[Mapping[str, Text], Mapping[str, LockedText]]:
    texts = anchored.edition.texts if anchored is not None else ()
    return {text.id: text for text in texts}, texts_by_id(sides)


class _Typed(NamedTuple):
    """A reference by number as it is written now."""

    typed: str
    place: Place
    shown: str
    target: Target
    numbers: re.Match[str]
    name: str
    """The text's, as the lock calls it."""
    text: Text


def _here(anchored: Anchored, shelves: _Shelves) -> dict[str, list[_Typed]]:
    """The references by number in each prose, in their order."""
    found: dict[str, list[_Typed]] = {}
    for owner, typed, place, shown in _written(anchored):
        edition, rest = split_edition(typed)
        target = read_target(rest)
        numbers = _NUMBERED.fullmatch(target.blocks)
        if target.quotation or numbers is None:
            continue
        name, text = shelves.find(edition, target.name)
        if text is not None:
            found.setdefault(owner, []).append(_Typed(typed, place, shown, target, numbers, name, text))
    return found


def _by_owner(references: Iterable[LockedReference]) -> dict[str, list[LockedReference]]:
    found: dict[str, list[LockedReference]] = {}
    for one in references:
        found.setdefault(one.owner, []).append(one)
    return found


def _unchanged(old: Sequence[LockedReference], here: Sequence[_Typed]) -> dict[int, LockedReference]:
    """Those that nobody has written anew, by their place now: in the same place, else in the same order."""
    if len(old) == len(here):
        return {index: one for index, one in enumerate(old) if one.typed == here[index].typed}
    alike = SequenceMatcher(None, [one.typed for one in old], [one.typed for one in here], autojunk=False)
    return {new + step: old[was + step] for was, new, size in alike.get_matching_blocks() for step in range(size)}


def _joined(text: Text, was: LockedReference, old: LockedText | None) -> LockedReference:
    """A reference to a paragraph whose words stand in another one now: it means that one."""
    gone = [] if text.unread or old is None else [one for one in was.addresses if _block(text, one) is None]
    if old is None or not gone:
        return was
    spans, since = spans_of(old), carry(old.content, text.prose.content)
    into = {}
    for address in gone:
        went = since.where(spans[address]) if address in spans else None
        if went is not None and went.span is not None and went.share >= SURE:
            block = text.prose.block_at(went.span.start)
            if block is not None and block.number is not None and block.span.holds(went.span):
                into[address] = block.id
    return replace(was, addresses=tuple(dict.fromkeys(into.get(one, one) for one in was.addresses)))


def _beside(text: Text, was: LockedReference) -> str:
    """The paragraph to which the address of one that is gone leads: `¶3`, "" for none."""
    leads = (block for block in text.prose.blocks if not set(was.addresses).isdisjoint(block.aliases))
    return next((f"¶{block.number}" for block in leads if block.number is not None), "")


def _numbers(text: Text, was: LockedReference) -> list[str] | None:
    """The numbers that a reference would have now; None where what it meant is gone, or the text can't be read."""
    meant = [] if text.unread else [_block(text, address) for address in was.addresses]
    numbers = [str(block.number) for block in meant if block is not None]
    return numbers if meant and len(numbers) == len(meant) else None


def _renumbered(typed: str, numbers: Sequence[str]) -> str:
    """A target by number with other numbers."""
    found = _TYPED.search(typed)
    assert found is not None
    waiting, shown = iter(numbers), found[0] if len(numbers) > 1 else _UNTIL.split(found[0])[0]
    return typed[: found.start()] + _DIGITS.sub(lambda _: next(waiting), shown) + typed[found.end() :]


def _gone(one: _Typed, beside: str) -> Diagnostic:
    was = f"¶{one.target.blocks[1:]}"
    message = (
        f"{one.shown}: the paragraph that this meant is gone, or became a part of another; {was} is another one now"
    )
    near = f" ({beside} stands where it stood)" if beside else ""
    return diagnose("G214", one.place, message, f"say what is meant now{near}; {_as_now(one)}")


def _another(one: _Typed, moved: Sequence[str]) -> Diagnostic:
    was, now = f"¶{one.target.blocks[1:]}", f"¶{'-'.join(moved)}"
    message = f"{one.shown}: {was} is another paragraph now than when this was written: what it meant is {now}"
    return diagnose("G214", one.place, message, f"write {now}; `glossator check --fix` does it; {_as_now(one)}")


def _as_now(one: _Typed) -> str:
    """How to say that the number is meant as it is now: in its other form, since what is written anew means that."""
    marked = "¶" in one.typed
    number = one.target.blocks[1:]
    return f"if ¶{number} of now is meant, write it anew in its other form, {'p' if marked else '¶'}{number}"


def _written(anchored: Anchored) -> Iterator[tuple[str, str, Place, str]]:
    """Every reference: in which prose, what it names, where it stands, how it looks.

    Also what questions are about in other editions, where nothing is sought for them.
    """
    entries = (entry_of(term) for term in own_terms(anchored.edition.terms))
    for piece in (*pieces_of(anchored), *entries):
        for one in piece.references():
            if one.kind is ReferenceKind.PASSAGE:
                yield piece.name, one.target, Place(piece.path, one.line, one.column), f"[[{one.target}]]"
    for question in anchored.edition.questions:
        for index, target in enumerate(question.about):
            if split_edition(target)[0] not in ("", anchored.edition.id):
                yield f"about:{question.id}", target, question.place_about(index), f"about “{target}”"


def _addresses(text: Text, numbers: re.Match[str]) -> tuple[str, ...] | None:
    by_number = {block.number: block.id for block in text.prose.blocks if block.number is not None}
    found = [by_number.get(int(number)) for number in numbers.groups() if number]
    return None if None in found else tuple(address for address in found if address is not None)


def _block(text: Text, address: str) -> Block | None:
    """The block with an address. One to which it only leads is another: what was meant may be gone."""
    return next((block for block in text.prose.blocks if address == block.id), None)
