"""References that name a paragraph by its number -> what a lock keeps of them, and which mean another one now.

A number in a heading or an `in` is a selector's, and is seen to where that is anchored.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.glossary import own_terms
from builder.model.lock import LockedReference
from builder.model.prose import ReferenceKind
from builder.relate.proses import entry_of, pieces_of
from builder.relate.targets import read_target, split_edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.lock import Lock
    from builder.model.prose import Block
    from builder.model.text import Text
    from builder.model.view import Anchored

_NUMBERED = re.compile(r"p(\d+)(?:-(\d+))?")


def numbered(anchored: Anchored, sides: Sequence[Lock]) -> tuple[tuple[LockedReference, ...], tuple[Diagnostic, ...]]:
    """What the lock is to keep of the edition's references by number, and what is wrong with them.

    One that means another paragraph than when it was recorded keeps what it meant, until it is written otherwise.
    References to other editions are not kept.
    """
    known = {(one.owner, one.typed): one for side in reversed(sides) for one in side.references}
    texts = {text.id: text for text in anchored.edition.texts}
    kept: dict[tuple[str, str], LockedReference] = {}
    told: list[Diagnostic] = []
    for owner, typed, place, shown in _written(anchored):
        name, rest = split_edition(typed)
        target = read_target(rest)
        numbers = _NUMBERED.fullmatch(target.blocks)
        text = texts.get(target.name)
        if numbers is None or text is None or name not in ("", anchored.edition.id):
            continue
        before = known.get((owner, typed))
        if text.unread:
            kept |= {(owner, typed): before} if before is not None else {}
            continue
        now = _addresses(text, numbers)
        if now is None:
            continue  # that there is no such paragraph is told where it is resolved
        kept[owner, typed] = LockedReference(owner, typed, text.id, now)
        if before is None or before.text != text.id:
            continue
        meant = [_block(text, address) for address in before.addresses]
        if any(block is None for block in meant):
            continue
        moved = [str(block.number) for block in meant if block is not None]
        if moved != [number for number in numbers.groups() if number]:
            kept[owner, typed] = before
            told.append(_another(place, shown, target.blocks, moved))
    return tuple(kept[key] for key in sorted(kept)), tuple(told)


def _another(place: Place, shown: str, blocks: str, moved: Sequence[str]) -> Diagnostic:
    was, now = f"¶{blocks[1:]}", f"¶{'-'.join(moved)}"
    message = f"{shown}: {was} is another paragraph now than when this was written: what it meant is {now}"
    return diagnose("G214", place, message, f"write {now}; if {was} of now is meant, write {blocks}")


def _written(anchored: Anchored) -> Iterator[tuple[str, str, Place, str]]:
    """Every reference: in which prose, what it names, where it stands, how it looks."""
    entries = (entry_of(term) for term in own_terms(anchored.edition.terms))
    for piece in (*pieces_of(anchored), *entries):
        for one in piece.references():
            if one.kind is ReferenceKind.PASSAGE:
                yield piece.name, one.target, Place(piece.path, one.line, one.column), f"[[{one.target}]]"
    for question in anchored.edition.questions:
        for target in question.about:
            yield f"about:{question.id}", target, question.place, f"about “{target}”"


def _addresses(text: Text, numbers: re.Match[str]) -> tuple[str, ...] | None:
    by_number = {block.number: block.id for block in text.prose.blocks if block.number is not None}
    found = [by_number.get(int(number)) for number in numbers.groups() if number]
    return None if None in found else tuple(address for address in found if address is not None)


def _block(text: Text, address: str) -> Block | None:
    """The block with an address, or to which it leads."""
    return next((block for block in text.prose.blocks if address == block.id or address in block.aliases), None)
