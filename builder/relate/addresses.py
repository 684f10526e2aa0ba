"""A text as it last stood and as it stands now -> its blocks with the addresses that they had: these follow the words.

An address is made from a block's number when the block first stands, and kept from then on. Where two blocks became
one, one address is kept and the other leads there too; so does the address of a block that is gone, to its neighbour.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from builder.model.prose import Span
from builder.relate.carry import carry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from builder.model.lock import LockedText
    from builder.model.prose import Block, Prose
    from builder.model.site import Edition
    from builder.relate.carry import Carry

Went = Callable[[Span], Span | None]
"""Where a stretch of the old text went, None where it is gone."""

KEPT = 0.5
"""A block of which less stands in another is not that block any more."""

DEPTH = 100
"""How many blocks before a place may still hold it: as deep as Markdown is read."""

_FAMILIES = (re.compile(r"p\d+(?:-\d+)?"), re.compile(r"h\d+(?:-\d+)?"))
"""The addresses that follow their words: of numbered blocks, and of headings. Title and dek can't move."""


def readdressed(edition: Edition, before: Mapping[str, LockedText]) -> Edition:
    """The edition with the addresses that the blocks of its texts had; `before` are the texts as they last stood."""
    texts = []
    for text in edition.texts:
        old = before.get(text.id)
        if old is not None and not text.unread:
            text = replace(text, prose=addressed(text.prose, old, _went(old.content, text.prose.content)))
        texts.append(text)
    return replace(edition, texts=tuple(texts))


def _went(old: str, new: str) -> Went:
    since: list[Carry] = []

    def went(span: Span) -> Span | None:
        if not since:
            since.append(carry(old, new))
        found = since[0].where(span)
        return found.span if found.share >= KEPT else None

    return went


def addressed(prose: Prose, before: LockedText, went: Went) -> Prose:
    """The text with the addresses that its blocks had in `before`, and those that were given up as aliases.

    The law: with the lock that this comes to, the same text comes to the same again.
    """
    if not before.aliases and before.content == prose.content and _same_addresses(prose, before):
        return prose
    blocks = list(prose.blocks)
    old = spans_of(before)
    for family in _FAMILIES:
        here = [index for index, block in enumerate(blocks) if family.fullmatch(block.id)]
        there = {id: span for id, span in old.items() if family.fullmatch(id)}
        aliases = [(alias, target) for alias, target in before.aliases if family.fullmatch(alias)]
        settled = _settled([blocks[index] for index in here], there, aliases, went)
        for index, block in zip(here, settled, strict=True):
            blocks[index] = block
    return replace(prose, blocks=tuple(blocks))


def _same_addresses(prose: Prose, before: LockedText) -> bool:
    """Whether every block had the address then that it would have now."""
    begins, bare = before.begins(), {address for _, address in before.bare}
    spans = spans_of(before) if bare else {}
    here = {block.id for block in (*prose.blocks, *(footnote.block for footnote in prose.footnotes))}
    return here == (begins.keys() | bare) - {""} and all(
        begins.get(block.id) == block.span.start
        or (block.id in bare and (not len(block.span) or spans[block.id].start == block.span.start))
        for block in prose.blocks
    )


def spans_of(before: LockedText) -> dict[str, Span]:
    """Each address and what of the old text it covered, in order."""
    spans: dict[str, Span] = {}
    starts = [*before.starts(), len(before.content)]
    bare = list(before.bare)
    for index, start in enumerate(starts):
        while bare and bare[0][0] <= index:
            spans.setdefault(bare.pop(0)[1], Span(start, start))
        if index < len(before.blocks):
            block = before.blocks[index]
            known = spans.get(block.id)
            spans[block.id] = Span(known.start if known else start, start + len(block.words))
    spans.update((address, Span(starts[-1], starts[-1])) for _, address in bare if address not in spans)
    return spans


@dataclass(slots=True)
class _Claims:
    """Which old blocks went to which new ones: index of the new one -> (characters shared, address) of each."""

    of: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    at: dict[str, int] = field(default_factory=dict)

    def add(self, address: str, index: int, shared: int) -> None:
        """An old block went to a new one."""
        self.of[index].append((shared, address))
        self.at[address] = index


def _settled(
    blocks: Sequence[Block], old: Mapping[str, Span], aliases: Iterable[tuple[str, str]], went: Went
) -> list[Block]:
    aliases = tuple(aliases)
    claims = _claimed(blocks, old, went)
    kept = {index: _first(claimants, blocks[index]) for index, claimants in claims.of.items()}
    leads_to = _leads_to(tuple(old), claims)
    led: dict[int, list[str]] = defaultdict(list)
    for alias, target in (*((address, address) for address in old), *aliases):
        index = leads_to.get(target)
        if index is not None and kept[index] != alias:
            led[index].append(alias)
    taken = {*old, *(alias for alias, _ in aliases)}
    made = []
    for index, block in enumerate(blocks):
        address = kept.get(index) or _free(block.id, taken)
        if address == block.id and not (block.name or block.aliases or index in led):
            made.append(block)
            continue
        name = "" if address == block.id else block.id
        made.append(replace(block, id=address, name=name, aliases=tuple(sorted(set(led.get(index, ()))))))
    return made


def _claimed(blocks: Sequence[Block], old: Mapping[str, Span], went: Went) -> _Claims:
    starts = [block.span.start for block in blocks]
    reached = list(accumulate((block.span.end for block in blocks), max))
    first: dict[int, int] = {}
    for index, start in enumerate(starts):
        first.setdefault(start, index)
    claims = _Claims()
    for address, span in old.items():
        now = went(span)
        if now is None:
            continue
        index = first.get(now.start, -1)
        if index >= 0 and 0 < len(now) == len(blocks[index].span):  # as most went: none holds more, or is tighter
            claims.add(address, index, len(now))
        elif (best := _most_of(now, blocks, starts, reached)) is not None:
            claims.add(address, *best)
    _in_their_place(old, blocks, claims)
    if not claims.at and old and blocks:  # all of it is new: its beginning is still its beginning
        claims.add(next(iter(old)), 0, 0)
    return claims


def _most_of(
    span: Span, blocks: Sequence[Block], starts: Sequence[int], reached: Sequence[int]
) -> tuple[int, int] | None:
    """The block that holds most of a span, the tightest of them, and how much; None where none holds anything.

    `reached` is, for each block, where the last to end of it and those before it ends.
    """
    first = bisect_right(starts, span.start)
    deepest = max(0, first - 1 - DEPTH)
    while first > deepest and reached[first - 1] > span.start:
        first -= 1
    shared = (
        (
            min(span.end, blocks[index].span.end) - max(span.start, blocks[index].span.start),
            -len(blocks[index].span),
            -index,
        )
        for index in range(first, bisect_left(starts, span.end))
        if blocks[index].span.meets(span)
    )
    best = max(shared, default=None)
    return (-best[2], best[0]) if best is not None else None


def _in_their_place(spans: Mapping[str, Span], blocks: Sequence[Block], claims: _Claims) -> None:
    """Blocks that were rewritten, or hold no words: as many as before between the same neighbours are the same.

    Where paragraphs were put in or taken out between these too, of those without words that holds by themselves.
    """
    old = tuple(spans)
    first = 0
    while first < len(old):
        if old[first] in claims.at:
            first += 1
            continue
        last = first
        while last < len(old) and old[last] not in claims.at:
            last += 1
        above = claims.at[old[first - 1]] if first else -1
        below = claims.at[old[last]] if last < len(old) else len(blocks)
        gone, come = list(old[first:last]), list(range(above + 1, below))
        if len(come) != len(gone) or any(claims.of.get(index) for index in come):
            gone = [address for address in gone if not len(spans[address])]
            come = [index for index in come if not len(blocks[index].span)]
        if len(come) == len(gone):
            for address, index in zip(gone, come, strict=True):
                claims.add(address, index, 0)
        first = last


def _first(claimants: Sequence[tuple[int, str]], block: Block) -> str:
    """The address that a block keeps: of the one from which it has most; of equals the one that it would have anew."""
    return max(claimants, key=lambda claim: (claim[0], claim[1] == block.id))[1]


def _leads_to(old: Sequence[str], claims: _Claims) -> dict[str, int]:
    """Where each old block went; for one that is gone, where the one before it did, else the one after it."""
    leads: dict[str, int] = {}
    for order in (old, tuple(reversed(old))):
        near: int | None = None
        for address in order:
            near = claims.at.get(address, near)
            if near is not None:
                leads.setdefault(address, near)
    return leads


def _free(address: str, taken: set[str]) -> str:
    """The address for a newcomer: the one of its number, or that with a further number."""
    found, number = address, 2
    while found in taken:
        found = f"{address}-{number}"
        number += 1
    taken.add(found)
    return found
