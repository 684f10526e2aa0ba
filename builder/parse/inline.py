"""The tokens of one block's words -> runs, inline elements, pictures, references, calls of footnotes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.model.prose import Break, Close, Element, FootnoteMark, Open, RawHtml, Reference, ReferenceKind
from builder.model.typed import Typed, Way
from builder.parse.attributes import LINE, REFUSED
from builder.parse.inert import addresses, kept
from builder.parse.places import Places
from builder.parse.raw_html import OpenTags, clean_block, is_comment
from builder.parse.tokens import CLOSES, OPENS, image, inline_fields, own_fields
from builder.parse.typography import educate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

    from builder.model.prose import Fields
    from builder.parse.draft import Draft
    from builder.parse.inert import Told
    from builder.parse.manner import Manner


@dataclass(slots=True)
class Slips:
    """What was found amiss, by line of the file."""

    cleaned: list[tuple[tuple[int, int], str]] = field(default_factory=list)
    """HTML that was removed, with its line and column."""
    inert: list[Told] = field(default_factory=list)
    """HTML that has no effect on a page, with its column."""
    refused: list[tuple[int, str]] = field(default_factory=list)
    """Names of attributes that can't be set."""
    ids: list[tuple[int, str]] = field(default_factory=list)
    """Ids given a second time."""
    kept: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Events of HTML that stays as typed, by their place in the main frame -> their line and column."""


class InlineReader:
    """Reads blocks' words one after the other; keeps what holds from one to the next."""

    def __init__(self, draft: Draft, manner: Manner) -> None:
        self._draft = draft
        self._manner = manner
        self._calls: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self.called: list[str] = []
        """Labels of the footnotes called so far, in the order of their first call."""
        self.addresses: list[Typed] = []
        """What was typed of addresses so far, in order."""
        self._places = Places(manner)
        self._ids: set[str] = set()
        self.slips = Slips()
        self._line = 0
        self._tags = OpenTags()
        self._automatic = False
        self._before = ""
        self._ends = False
        self._index = 0

    def own(self, token: Token, fields: Fields) -> Fields:
        """The fields of a token, less an id that was given before; what it may not have is noted."""
        if not token.meta and "id" not in token.attrs:
            return fields
        line = self._manner.line + int(token.meta.get(LINE, self._line))
        self.slips.refused.extend((line, name) for name in sorted(token.meta.get(REFUSED, ())))
        if "id" not in token.attrs:
            return fields
        name = str(token.attrs["id"])
        if name not in self._ids:
            self._ids.add(name)
            return fields
        self.slips.ids.append((line, name))
        return tuple(one for one in fields if one[0] != "id")

    def read(self, token: Token, *, verse: bool) -> None:
        """One block's words."""
        self._line = token.map[0] if token.map else self._line
        self._tags = OpenTags()
        self._before = ""
        children = token.children or []
        self._tags.crowded = _crowded(children) if self._manner.clean else frozenset()
        for index, child in enumerate(children):
            self._index = index
            self._ends = index + 1 == len(children) or children[index + 1].type.endswith("break")
            self._child(child, token, verse=verse)
        self._close_tags(self._tags.rest())

    def at(self, line: int) -> None:
        """The reading has come to a line (counted from 0)."""
        self._line = line

    def _child(self, child: Token, parent: Token, *, verse: bool) -> None:
        draft, kind = self._draft, child.type
        if kind == "text":
            self._text(child.content)
        elif kind == "softbreak" and not verse:
            draft.run("\n")
            self._before = "\n"
        elif kind in ("softbreak", "hardbreak"):
            draft.events.append(Break(draft.write("\n")))
            self._before = "\n"
        elif kind == "code_inline":
            draft.events.append(Open(Element.CODE, self.own(child, own_fields(child))))
            draft.run(child.content)
            draft.events.append(Close(Element.CODE))
            self._before = child.content[-1:] or self._before
        elif kind == "image":
            shown = image(child, self.own(child, own_fields(child)))
            self._lead(child, parent, shown.src, Way.IMAGE)
            draft.events.append(shown)
        elif kind == "html_inline":
            self._raw(child, parent)
        elif kind == "footnote_ref":
            self._call(str(child.meta["label"]))
        elif kind == "reference":
            draft.events.append(self._reference(child, parent))
        elif kind in OPENS:
            self._automatic = child.info == "auto"
            self._tags.element_opens(link=kind == "link_open")
            if kind == "link_open":
                self._lead(child, parent, str(child.attrs["href"]), Way.LINK)
            draft.events.append(Open(OPENS[kind], self.own(child, inline_fields(child))))
        elif kind in CLOSES:  # pragma: no branch  # there are no others
            self._automatic = False
            self._close_tags(self._tags.element_closes())
            draft.events.append(Close(CLOSES[kind]))

    def _lead(self, child: Token, parent: Token, address: str, way: Way) -> None:
        self.addresses.append(Typed(address, *self._places.lead(child, parent), way))

    def _text(self, words: str) -> None:
        if self._manner.typography and not self._automatic:
            words = educate(words, self._before, ends=self._ends)
        self._draft.run(words)
        self._before = words[-1:] or self._before

    def _raw(self, child: Token, parent: Token) -> None:
        self._note(child.content, lambda: self._places.of(child, parent))
        if self._manner.clean:
            kept, removed = self._tags.clean(child.content, self._index)
            if removed and not is_comment(child.content):
                self.slips.cleaned.append((self._places.of(child, parent), removed))
            if kept:
                self._keep(kept, block=False)
        elif html := self._working(child.content, lambda: self._places.of(child, parent)):
            self.slips.kept[len(self._draft.events)] = self._places.of(child, parent)
            self._keep(html, block=False)

    def html_block(self, typed: str) -> None:
        """A block of HTML as it was typed."""
        html, first = typed, typed.partition("\n")[0]
        self._note(typed, lambda: self._places.begins(self._line, first))
        place = self._places.begins(self._line, first.lstrip())
        if self._manner.clean:
            html, removed = clean_block(typed)
            if removed not in ("", "<!--") and not is_comment(typed):
                self.slips.cleaned.append((place, removed))
        else:
            html = self._working(typed, lambda: self._places.begins(self._line, first))
            self.slips.kept[len(self._draft.events)] = place
        self._keep(html, block=True)

    def _note(self, html: str, begin: Callable[[], tuple[int, int]]) -> None:
        """The addresses in a piece of HTML."""
        if found := tuple(addresses(html)):
            placed = self._places.inside(begin(), html, found)
            self.addresses.extend(Typed(address, line, column, Way.HTML) for line, column, address in placed)

    def _working(self, html: str, begin: Callable[[], tuple[int, int]]) -> str:
        """HTML without comments and what may never work. `begin` says where it begins."""
        words, told = kept(html)
        if told:
            self.slips.inert.extend(self._places.inside(begin(), html, told))
        return words

    def _keep(self, html: str, *, block: bool) -> None:
        """HTML that stays, as an event."""
        self._draft.events.append(RawHtml(html, block=block))

    def _close_tags(self, names: Sequence[str]) -> None:
        self._draft.events.extend(RawHtml(f"</{name}>", block=False) for name in names)

    def _call(self, label: str) -> None:
        self._calls[label] = self._calls.get(label, 0) + 1
        if label not in self._numbers:
            self._numbers[label] = len(self.called)
            self.called.append(label)
        self._draft.events.append(FootnoteMark(self._numbers[label], self._calls[label]))

    def _reference(self, child: Token, parent: Token) -> Reference:
        line, column = self._places.of(child, parent)
        kind = ReferenceKind(child.meta["kind"])
        return Reference(kind=kind, target=child.content, words=child.info or None, line=line, column=column)


def _crowded(children: Sequence[Token]) -> frozenset[int]:
    """The places of links typed as HTML that hold another link, which no link may."""
    found: set[int] = set()
    still_open: list[tuple[int, int]] = []
    depth = 0
    for index, child in enumerate(children):
        depth += child.nesting
        while still_open and still_open[-1][0] > depth:
            still_open.pop()
        tag = child.content[:3].lower() if child.type == "html_inline" else ""
        if tag.startswith("<a"):
            still_open.append((depth, index))
        elif tag == "</a":
            while still_open and still_open[-1][0] == depth:
                still_open.pop()
        elif still_open and child.type in ("link_open", "reference", "footnote_ref"):
            found.update(place for _, place in still_open)
            still_open = []
    return frozenset(found)
