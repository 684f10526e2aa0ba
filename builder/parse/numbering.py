"""Which blocks a text has, and their numbers: elements as they open and close -> `Block`s.

The rules are FORMAT's: a paragraph; a quotation of one paragraph, else each of its paragraphs; each list item's own
words; a stanza; a figure; a table; a code block; a definition. Title, dek, headings and footnotes have no number.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.prose import Block, BlockKind, Element, Span


@dataclass(slots=True)
class _Growing:
    id: str
    number: int | None
    kind: BlockKind
    line: int
    start: int = -1
    end: int = -1


@dataclass(slots=True)
class _Context:
    """What a paragraph belongs to. `block` grows with it; `first` is whether an item's element is still free."""

    element: Element
    whole: bool = False
    block: int | None = None
    first: bool = True
    opened_at: int = -1


class Numberer:
    """Follows a document and says of each element which block begins with it."""

    def __init__(self, *, title: bool, dek: bool) -> None:
        self._blocks: list[_Growing] = []
        self._contexts: list[_Context] = []
        self._growing: list[int] = []
        self._title = title
        self._dek = dek
        self._number = 0
        self._headings = 0
        self._began = False
        self._after_title = False
        self._defined = -1
        self._defining = False

    def blocks(self) -> tuple[Block, ...]:
        """Every block, in the order in which they began."""
        made = []
        reached = 0
        for block in self._blocks:
            start = block.start if block.start >= 0 else reached
            end = block.end if block.end >= 0 else start
            reached = max(reached, end)
            made.append(Block(block.id, block.number, block.kind, Span(start, end), block.line))
        return tuple(made)

    def grow(self, span: Span) -> None:
        """Characters were read: they belong to every block that is open."""
        if self._defining and self._defined < 0:
            self._defined = span.start
        for index in self._growing:
            block = self._blocks[index]
            if block.start < 0:
                block.start = span.start
            block.end = span.end

    def paragraph(self, line: int, *, figure: bool) -> tuple[int | None, int | None]:
        """A paragraph opens -> its block, and the index of the event that carries it where that is an earlier one.

        The first words of a list item are carried by the item's own element.
        """
        context = self._contexts[-1] if self._contexts else None
        begins_dek = self._after_title and not figure
        self._begin()
        if context is None:
            if begins_dek:
                return self._open("dek", BlockKind.DEK, line), None
            return self._open("", BlockKind.FIGURE if figure else BlockKind.PARAGRAPH, line), None
        if context.element is Element.QUOTATION and not context.whole:
            return self._open("", BlockKind.FIGURE if figure else BlockKind.QUOTATION, line), None
        if context.element is Element.ITEM and context.block is None:
            context.block = self._open("", BlockKind.ITEM, line)
            if context.first:
                context.first = False
                return context.block, context.opened_at
            return context.block, None
        return None, None

    def paragraph_ends(self, block: int | None) -> None:
        """A paragraph closes. An item's own words go on until something else stands in it."""
        if block is not None and not (self._contexts and self._contexts[-1].block == block):
            self._growing.remove(block)

    def container(self, element: Element, line: int, *, whole: bool, opened_at: int) -> int | None:
        """A quotation, item or definition opens -> its block, where it has one from the start."""
        self._begin()
        self._interrupt()
        context = _Context(element, whole=whole, opened_at=opened_at)
        self._contexts.append(context)
        if element is Element.QUOTATION and whole:
            context.block = self._open("", BlockKind.QUOTATION, line)
        elif element is Element.DEFINITION:
            context.block = self._open("", BlockKind.DEFINITION, line)
            self._blocks[context.block].start = self._defined
            self._blocks[context.block].end = self._defined
            self._defined = -1
        return context.block

    def container_ends(self) -> None:
        """The innermost quotation, item or definition closes."""
        context = self._contexts.pop()
        if context.block is not None and context.block in self._growing:
            self._growing.remove(context.block)

    def defined(self, *, opens: bool) -> None:
        """The words that a definition defines begin or end: the first definition takes them into its block."""
        self._begin()
        self._defining = opens
        if opens:
            self._defined = -1

    def heading(self, level: str, line: int) -> int:
        """A heading opens -> its block: the title where it leads the text, else one of h1, h2, h3."""
        self._interrupt()
        leads = self._title and not self._began
        self._begin()
        if leads and level == "1":
            self._after_title = self._dek
            return self._open("title", BlockKind.TITLE, line)
        self._headings += 1
        return self._open(f"h{self._headings}", BlockKind.HEADING, line)

    def unit(self, kind: BlockKind, line: int) -> int:
        """A table, code block or stanza opens -> its block."""
        self._begin()
        self._interrupt()
        return self._open("", kind, line)

    def unit_ends(self, block: int) -> None:
        """A heading, table, code block or stanza closes."""
        self._growing.remove(block)

    def _begin(self) -> None:
        """Something begins: what comes next neither leads the text nor follows its title directly."""
        self._began = True
        self._after_title = False

    def _interrupt(self) -> None:
        """Something with a number of its own begins within an item: the item's words before it are a block."""
        context = self._contexts[-1] if self._contexts else None
        if context and context.element is Element.ITEM and context.block is not None:
            self._growing.remove(context.block)
            context.block = None

    def _open(self, name: str, kind: BlockKind, line: int) -> int:
        number = None
        if not name:
            self._number += 1
            number = self._number
            name = f"p{number}"
        self._blocks.append(_Growing(name, number, kind, line))
        self._growing.append(len(self._blocks) - 1)
        return len(self._blocks) - 1
