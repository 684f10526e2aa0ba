"""Addresses follow their words through edits; an old one still leads to where its words went."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.lock import LockedBlock, LockedText
from builder.model.prose import Span
from builder.relate.addresses import addressed, spans_of
from builder.relate.locking import locked_text
from tests.relate.making import cases, prose_of

if TYPE_CHECKING:
    from builder.model.prose import Prose
    from builder.relate.addresses import Went


def went(old: str, new: str) -> Went:
    """Where words went, by a slow comparison that knows nothing of ours."""
    alike = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()

    def go(span: Span) -> Span | None:
        kept = []
        for one in alike:
            start, end = max(span.start, one.a), min(span.end, one.a + one.size)
            if end > start:
                kept.append((one.b + start - one.a, one.b + end - one.a))
        share = sum(end - start for start, end in kept)
        return Span(kept[0][0], kept[-1][1]) if share * 2 > len(span) else None

    return go


def locked(prose: Prose) -> LockedText:
    """What the lock would hold of a text."""
    blocks = tuple(LockedBlock(block.id, prose.words(block.span)) for block in prose.blocks)
    aliases = tuple((alias, block.id) for block in prose.blocks for alias in block.aliases)
    return LockedText("fox", blocks, aliases)


def edited(*texts: str) -> list[Prose]:
    """A text in its states, one after another, each with the addresses that come of the one before."""
    made = [prose_of(texts[0])]
    for text in texts[1:]:
        new = prose_of(text)
        made.append(addressed(new, locked(made[-1]), went(made[-1].content, new.content)))
    return made


def shown(prose: Prose) -> list[str]:
    """Each block as its number or name, its address, and the addresses that lead to it."""
    return [
        f"{block.number or block.called} {block.id}{''.join(f' ({alias})' for alias in block.aliases)}"
        for block in prose.blocks
    ]


@pytest.mark.parametrize("case", cases("addresses"))
def test_where_addresses_go(case: dict[str, Any]) -> None:
    assert shown(edited(*case["texts"])[-1]) == case["shown"]


def test_what_has_no_words_stood_where_the_next_began_or_the_text_ended() -> None:
    prose = prose_of("One.\n\n![](x.png)\n\nTwo.\n\n![](y.png)")
    assert spans_of(locked_text("fox", prose)) == {
        "p1": Span(0, 4),
        "p2": Span(6, 6),
        "p3": Span(6, 10),
        "p4": Span(10, 10),
    }


PARAGRAPHS = st.lists(
    st.sampled_from(["The fox jumps.", "Over the dog it went.", "## Of dogs", "Nobody saw it at all.", "> Said she."]),
    max_size=7,
)


@given(st.lists(PARAGRAPHS, min_size=1, max_size=4))
def test_the_laws_of_addresses(states: list[list[str]]) -> None:
    texts = ["\n\n".join(paragraphs) for paragraphs in states]
    made = edited(*texts)
    for before, after, text in zip(made, made[1:], texts[1:], strict=False):
        names = [name for block in after.blocks for name in (block.id, *block.aliases)]
        assert len(names) == len(set(names)), "each address stands once"
        if any(block.number for block in after.blocks):
            old = {name for block in before.blocks if block.number for name in (block.id, *block.aliases)}
            assert old <= set(names), "none is lost while there is a block to lead to"
        again = addressed(prose_of(text), locked(after), lambda span: span)
        assert shown(again) == shown(after), "the second time nothing changes"


def test_ten_thousand_blocks_of_which_all_are_gone() -> None:
    old = LockedText("fox", tuple(LockedBlock(f"p{n}", "x") for n in range(1, 10_001)))
    new = prose_of("\n\n".join(f"New {n}." for n in range(9_000)))
    made = addressed(new, old, lambda _span: None).blocks
    assert all(block.id.endswith("-2") for block in made[1:])
    assert len(made[0].aliases) == 9_999
