"""markdown-it's tokens -> content, frame and blocks: the text as read, and the events that give it structure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.prose import Block, BlockKind, Close, Element, Footnote, Open, Prose, Rule, Span
from builder.parse.draft import Draft
from builder.parse.footnotes import part
from builder.parse.highlight import IN_ALL
from builder.parse.highlight import tokens as code_tokens
from builder.parse.inline import InlineReader
from builder.parse.numbering import Numberer
from builder.parse.tokens import CLOSES, OPENS, fields_of, is_figure, is_one_paragraph, own_fields, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from builder.model.prose import Fields
    from builder.parse.footnotes import Definition
    from builder.parse.manner import Manner


class FrameReader:
    """One source's tokens, read in order. `prose`, `slips` and the footnotes as `parted` are the result."""

    def __init__(self, tokens: Sequence[Token], manner: Manner) -> None:
        self._manner = manner
        self._numberer = Numberer(title=manner.title, dek=manner.dek) if manner.numbered else None
        self._draft = Draft(numberer=self._numberer)
        self._words = InlineReader(self._draft, manner)
        self._owners: list[int | None] = []
        self.slips = self._words.slips
        self.called = self._words.called
        self.parted = part(tokens)
        self._tokens: Sequence[Token] = self.parted.main
        self._line = 0
        self._verse = False
        self._coloured = 0
        self._read(self.parted.main)
        blocks = self._numberer.blocks() if self._numberer else ()
        main, frame = Span(0, self._draft.length), tuple(self._draft.events)
        self.kept = dict(self.slips.kept)
        footnotes = tuple(self._footnotes())
        self.prose = Prose("".join(self._draft.content), frame, blocks, main, footnotes, tuple(self._words.addresses))

    def _read(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        for index, token in enumerate(tokens):
            if token.map:
                self._line = token.map[0]
                self._words.at(self._line)
            self._block(token, index)

    def _block(self, token: Token, index: int) -> None:
        kind = token.type
        if kind in OPENS:
            self._open(token, OPENS[kind], index)
        elif kind in CLOSES:
            self._close(CLOSES[kind])
        elif kind == "inline":
            self._words.read(token, verse=self._verse)
        elif kind in ("fence", "code_block"):
            self._code(token)
        elif kind == "html_block":
            self._words.html_block(token.content)
        elif kind == "hr":  # pragma: no branch  # there are no others
            self._draft.events.append(Rule(self._words.own(token, own_fields(token))))

    def _open(self, token: Token, element: Element, index: int) -> None:
        draft = self._draft
        if element in (Element.CELL, Element.HEAD_CELL, Element.ROW):
            self._join_cell(element)
        elif element is not Element.TABLE_HEAD and element is not Element.TABLE_BODY:
            draft.gap = _GAP
        self._verse = element is Element.STANZA
        owner, carries = self._begin(token, element, index)
        self._owners.append(owner)
        if carries is not None:
            carrier = draft.events[carries]
            assert isinstance(carrier, Open)
            draft.events[carries] = Open(carrier.element, carrier.fields, owner)
            owner = None
        draft.events.append(Open(element, self._words.own(token, fields_of(token, element)), owner))

    def _begin(self, token: Token, element: Element, index: int) -> tuple[int | None, int | None]:
        """The block that an element opens, and the index of the event that carries it if that is an earlier one."""
        numberer = self._numberer
        if numberer is None:
            return None, None
        line = self._line + self._manner.line
        if element is Element.PARAGRAPH:
            return numberer.paragraph(line, figure=is_figure(self._tokens, index))
        if element in (Element.QUOTATION, Element.ITEM, Element.DEFINITION):
            whole = element is Element.QUOTATION and is_one_paragraph(self._tokens, index)
            return numberer.container(element, line, whole=whole, opened_at=len(self._draft.events)), None
        if element is Element.HEADING:
            return numberer.heading(token.tag[1:], line), None
        if element in (Element.TABLE, Element.STANZA):
            return numberer.unit(BlockKind(element.value), line), None
        if element is Element.DEFINED:
            numberer.defined(opens=True)
        return None, None

    def _close(self, element: Element) -> None:
        owner = self._owners.pop()
        self._verse = False
        numberer = self._numberer
        if numberer is not None:
            if element is Element.PARAGRAPH:
                numberer.paragraph_ends(owner)
            elif element in (Element.QUOTATION, Element.ITEM, Element.DEFINITION):
                numberer.container_ends()
            elif element is Element.DEFINED:
                numberer.defined(opens=False)
            elif owner is not None:
                numberer.unit_ends(owner)
        if element not in _IN_TABLE:
            self._draft.gap = _GAP
        self._draft.events.append(Close(element))

    def _join_cell(self, element: Element) -> None:
        """Cells are joined by a tab and rows by a newline, also where they are empty."""
        draft = self._draft
        last = draft.events[-1]
        if element is Element.ROW:
            if isinstance(last, Close) or (isinstance(last, Open) and last.element is Element.TABLE_BODY):
                draft.write("\n")
        elif isinstance(last, Close) and last.element in (Element.CELL, Element.HEAD_CELL):
            draft.write("\t")

    def _code(self, token: Token) -> None:
        draft = self._draft
        draft.gap = _GAP
        info = unescaped(token.info).strip() if token.type == "fence" else ""
        fields: Fields = ((("info", info),) if info else ()) + self._words.own(token, own_fields(token))
        owner = self._numberer.unit(BlockKind.CODE, self._line + self._manner.line) if self._numberer else None
        draft.events.append(Open(Element.CODE_BLOCK, fields, owner))
        language = info.split()[0].lower() if info else ""
        self._coloured += len(token.content) if language else 0
        for kind, words in code_tokens(token.content, language if self._coloured <= IN_ALL else ""):
            if kind:
                draft.events.append(Open(Element.TOKEN, (("kind", kind),)))
                draft.run(words)
                draft.events.append(Close(Element.TOKEN))
            else:
                draft.run(words)
        draft.events.append(Close(Element.CODE_BLOCK))
        if self._numberer and owner is not None:
            self._numberer.unit_ends(owner)
        draft.gap = _GAP

    def _footnotes(self) -> Iterator[Footnote]:
        """The footnotes in the order of their first call, each with a frame of its own; one may call another."""
        self._draft.numberer = None
        self._numberer = None
        index = 0
        while index < len(self.called):
            yield self._footnote(self.parted.footnotes[self.called[index]], index + 1)
            index += 1

    def _footnote(self, definition: Definition, number: int) -> Footnote:
        draft = self._draft
        draft.events = []
        draft.gap = _GAP
        start, begun = draft.length, len(draft.content)
        self._read(definition.tokens)
        start += len(_GAP) if start and len(draft.content) > begun else 0
        line = definition.line + self._manner.line
        block = Block(f"fn{number}", None, BlockKind.FOOTNOTE, Span(start, draft.length), line)
        return Footnote(definition.label, block, tuple(draft.events))


_GAP = "\n\n"
_IN_TABLE = frozenset({Element.CELL, Element.HEAD_CELL, Element.ROW, Element.TABLE_HEAD, Element.TABLE_BODY})
