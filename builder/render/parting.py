"""A piece of a text -> its parts, behind each of which a page may set something: under a stanza what answers it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from builder.model.prose import Close, Element, Open
from builder.render.conversation_views import FacingPartView, FacingPieceView
from builder.render.decoration import PARTING, Parting

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from builder.model.prose import Prose
    from builder.model.text import Text
    from builder.render.conversation_views import AnswerView
    from builder.render.decoration import Woven
    from builder.render.tie_views import Tied
    from builder.render.views import PieceView, TieView

_HOLDS = (Element.ITEM, Element.DEFINITION)
"""What a list consists of: nothing stands between two of them. Below its own words others may have their numbers."""


def parted(woven: Sequence[Woven], prose: Prose, wanted: Container[str]) -> tuple[Woven, ...]:
    """The events of a piece with a parting behind the own words of each block within it whose id is wanted."""
    found = dict(_partings(woven, prose, wanted))
    out: list[Woven] = []
    for index, event in enumerate(woven):
        out += [Parting(block) for block in found.get(index, ())]
        out.append(event)
    return tuple(out)


def _partings(woven: Sequence[Woven], prose: Prose, wanted: Container[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(index of the event before which there is a parting, whose it is)."""
    found: dict[int, tuple[str, ...]] = {}
    opened: list[tuple[int, str]] = []
    for index, event in enumerate(woven):
        if isinstance(event, Open):
            name = prose.blocks[event.block].id if event.block is not None and index else ""
            opened.append((index, name if name in wanted else ""))
            if event.block is not None:
                _end_words(opened, woven, found)
        elif isinstance(event, Close):
            at, name = opened.pop()
            if name:
                behind = index if _holds(woven[at]) else index + 1
                found[behind] = (*found.get(behind, ()), name)
    yield from found.items()


def _end_words(opened: list[tuple[int, str]], woven: Sequence[Woven], found: dict[int, tuple[str, ...]]) -> None:
    """A block has begun: the own words of what holds it end before the element in which it lies there."""
    for depth, (at, name) in enumerate(opened[:-1]):
        if name and _holds(woven[at]):
            before = opened[depth + 1][0]
            found[before] = (*found.get(before, ()), name)
            opened[depth] = (at, "")


def _holds(event: Woven) -> bool:
    return isinstance(event, Open) and event.element in _HOLDS


def homes(text: Text, tied: Iterable[Tied]) -> dict[str, str]:
    """The block in which each tie stands, by the tie's id; "" for one between blocks."""
    return {tie.id: block.id if (block := text.prose.block_at(span.start)) else "" for span, _, tie in tied}


def facing_piece(piece: PieceView, answers: Mapping[str, AnswerView], home: Mapping[str, str]) -> FacingPieceView:
    """A piece in its parts, with what answers each: `answers` by the id of the tie, `home` the block of each tie."""
    words, *behind = str(piece.html).split(PARTING)
    names, rest = behind[::2], [words, *behind[1::2]]
    inner = set(names)
    parts = []
    for name, html in zip((*names, ""), rest, strict=True):
        ties = tuple(tie for tie in piece.ties if (home[tie.id] == name if name else home[tie.id] not in inner))
        parts.append(FacingPartView(Markup(html), _answering(ties, answers), ties))
    return FacingPieceView(
        replace(piece, html=Markup("".join(rest))),
        _answering(piece.ties, answers),
        tuple(parts),
    )


def _answering(ties: Sequence[TieView], answers: Mapping[str, AnswerView]) -> tuple[AnswerView, ...]:
    return tuple(answers[tie.id] for tie in ties if tie.id in answers)
