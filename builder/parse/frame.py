"""markdown-it's tokens -> content, frame and blocks: the text as read, and the events that give it structure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.model.prose import (
    Block,
    BlockKind,
    Break,
    Close,
    Element,
    Footnote,
    FootnoteMark,
    Open,
    Prose,
    RawHtml,
    Reference,
    ReferenceKind,
    Rule,
    Span,
)
from builder.parse.draft import Draft
from builder.parse.highlight import tokens as code_tokens
from builder.parse.numbering import Numberer
from builder.parse.raw_html import clean_block, clean_inline, is_comment
from builder.parse.tokens import (
    ELEMENTS,
    fields_of,
    image,
    inline_fields,
    is_figure,
    is_one_paragraph,
    own_fields,
    unescaped,
)
from builder.parse.typography import educate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from builder.model.prose import Fields


@dataclass(frozen=True, slots=True)
class Manner:
    """How a source is read, besides its dialect."""

    path: str
    lines: Sequence[str]
    """The source's lines, in which the places of references are looked up."""
    line: int = 1
    """The line of its file on which the source begins."""
    column: int = 1
    typography: bool = False
    clean: bool = False
    numbered: bool = False
    title: bool = False
    dek: bool = False


class FrameReader:
    """One source's tokens, read in order. `prose` and `cleaned` (lines in which HTML was removed) are the result."""

    def __init__(self, tokens: Sequence[Token], manner: Manner) -> None:
        self._manner = manner
        self._numberer = Numberer(title=manner.title, dek=manner.dek) if manner.numbered else None
        self._draft = Draft(numberer=self._numberer)
        self._owners: list[int | None] = []
        self._footnotes: list[Footnote] = []
        self._calls: dict[int, int] = {}
        self._seen: dict[tuple[int, str], int] = {}
        self.cleaned: list[int] = []
        self._tokens = tokens
        self._line = 0
        self._verse = False
        end = next((at for at, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
        for index in range(end):
            self._block(tokens[index], index)
        blocks = self._numberer.blocks() if self._numberer else ()
        main, frame = Span(0, self._draft.length), tuple(self._draft.events)
        self._read_footnotes(end)
        self.prose = Prose("".join(self._draft.content), frame, blocks, main, tuple(self._footnotes))

    def _block(self, token: Token, index: int) -> None:
        if token.map:
            self._line = token.map[0]
        kind = token.type
        if kind == "inline":
            self._inline(token)
        elif kind in ("fence", "code_block"):
            self._code(token)
        elif kind == "html_block":
            self._draft.events.append(RawHtml(self._cleaned_block(token), block=True))
        elif kind == "hr":
            self._draft.events.append(Rule(own_fields(token)))
        elif kind.endswith("_open"):
            self._open(token, ELEMENTS[kind.removesuffix("_open")], index)
        elif kind.endswith("_close"):
            self._close(ELEMENTS[kind.removesuffix("_close")])

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
        draft.events.append(Open(element, fields_of(token, element), owner))

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
        fields: Fields = ((("info", info),) if info else ()) + own_fields(token)
        owner = self._numberer.unit(BlockKind.CODE, self._line + self._manner.line) if self._numberer else None
        draft.events.append(Open(Element.CODE_BLOCK, fields, owner))
        for kind, words in code_tokens(token.content, info.split()[0].lower() if info else ""):
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

    def _read_footnotes(self, index: int) -> None:
        """The footnotes that stand at the end of the tokens, each with a frame of its own."""
        self._draft.numberer = None
        self._numberer = None
        start, label, begun, line = 0, "", 0, -1
        for at in range(index, len(self._tokens)):
            token = self._tokens[at]
            if token.type == "footnote_open":
                label = str(token.meta.get("label") or len(self._footnotes) + 1)
                self._draft.events = []
                self._draft.gap = _GAP
                start, begun, line = self._draft.length, len(self._draft.content), -1
            elif token.type == "footnote_close":
                start += len(_GAP) if start and len(self._draft.content) > begun else 0
                name = f"fn{len(self._footnotes) + 1}"
                place = max(line, 0) + self._manner.line
                block = Block(name, None, BlockKind.FOOTNOTE, Span(start, self._draft.length), place)
                self._footnotes.append(Footnote(label, block, tuple(self._draft.events)))
            elif not token.type.startswith("footnote_"):
                line = token.map[0] if token.map and line < 0 else line
                self._block(token, at)

    def _inline(self, token: Token) -> None:
        self._line = token.map[0] if token.map else self._line
        children = token.children or []
        still_open: list[str] = []
        before = ""
        for child in children:
            before = self._child(child, token, still_open, before)
        for name in reversed(still_open):
            self._draft.events.append(RawHtml(f"</{name}>", block=False))

    def _child(self, child: Token, parent: Token, still_open: list[str], before: str) -> str:
        """One inline token. What comes back is the last character read, for typography."""
        draft = self._draft
        kind = child.type
        if kind == "text":
            words = educate(child.content, before) if self._manner.typography else child.content
            draft.run(words)
            return words[-1:] or before
        if kind == "softbreak" and not self._verse:
            draft.run("\n")
            return "\n"
        if kind in ("softbreak", "hardbreak"):
            draft.events.append(Break(draft.write("\n")))
            return "\n"
        if kind == "code_inline":
            draft.events.append(Open(Element.CODE, own_fields(child)))
            draft.run(child.content)
            draft.events.append(Close(Element.CODE))
            return child.content[-1:] or before
        if kind == "image":
            draft.events.append(image(child))
        elif kind == "html_inline":
            self._raw_inline(child, still_open)
        elif kind == "footnote_ref":
            self._call(child)
        elif kind == "reference":
            draft.events.append(self._reference(child, parent))
        elif kind.endswith("_open"):
            draft.events.append(Open(ELEMENTS[kind.removesuffix("_open")], inline_fields(child)))
        elif kind.endswith("_close"):
            draft.events.append(Close(ELEMENTS[kind.removesuffix("_close")]))
        return before

    def _raw_inline(self, child: Token, still_open: list[str]) -> None:
        html = child.content
        if self._manner.clean:
            html = clean_inline(child.content, still_open)
            if html != child.content and not is_comment(child.content):
                self.cleaned.append(self._line + self._manner.line)
        if html:
            self._draft.events.append(RawHtml(html, block=False))

    def _cleaned_block(self, token: Token) -> str:
        if not self._manner.clean:
            return token.content
        html = clean_block(token.content)
        if html.strip() != token.content.strip() and not is_comment(token.content):
            self.cleaned.append(self._line + self._manner.line)
        return html

    def _call(self, child: Token) -> None:
        index = int(child.meta["id"])
        self._calls[index] = self._calls.get(index, 0) + 1
        self._draft.events.append(FootnoteMark(index, self._calls[index]))

    def _reference(self, child: Token, parent: Token) -> Reference:
        """A reference at its true place: the line that holds its brackets is looked up in the source."""
        offset = int(child.meta["at"])
        within = parent.content.count("\n", 0, offset)
        first = (parent.map[0] if parent.map else 0) + within
        raw = str(child.meta["raw"]).split("\n", 1)[0]
        column = 0
        if first < len(self._manner.lines):
            seen = self._seen.get((first, raw), 0)
            column = self._manner.lines[first].find(raw, seen)
            self._seen[first, raw] = column + len(raw) if column >= 0 else seen
        base = self._manner.column - 1 if first == 0 else 0
        return Reference(
            kind=ReferenceKind(child.meta["kind"]),
            target=child.content,
            words=child.info or None,
            line=self._manner.line + first,
            column=max(column, 0) + 1 + base,
        )


_GAP = "\n\n"
_IN_TABLE = frozenset({Element.CELL, Element.HEAD_CELL, Element.ROW, Element.TABLE_HEAD, Element.TABLE_BODY})
