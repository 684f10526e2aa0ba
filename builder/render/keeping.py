"""What the last build made of an edition's plain paragraphs -> the same again, for those of which nothing changed.

On a text with thousands of notes an edit concerns a paragraph or two, and to set the others anew was most of what a
build had to do. Their HTML is taken from the pages that stand in the output, as long as these are what that build
wrote. All that it was made from is in a paragraph's digest, or the same for all of them: the ground.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from markupsafe import Markup

from builder.model.coding import CodingError
from builder.model.value import value_class
from builder.render.leads import Part, is_named, part_of
from builder.render.plain_pieces import plain_pieces
from builder.render.slot import LISTED, PARAGRAPH, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from builder.model.prose import Frame, Span
    from builder.model.site import Edition
    from builder.model.text import Text
    from builder.render.matter import Matter
    from builder.render.plain_pieces import Plain
    from builder.render.views import ListedView, PieceView

MANY = 500
"""Notes from which on paragraphs are kept: with fewer it would cost as much as it saves."""


@value_class(frozen=True, slots=True)
class _Stood:
    """A paragraph as it stood: its HTML, its notes as the list of all had them, its rules of style."""

    digest: str
    slots: Sequence[Slot]
    """The paragraph's, and those of its notes in the list; with their views, where a program goes on."""
    style: str
    found: Sequence[str]
    """What a search finds in it, and in each of its notes: "" for nothing."""
    links: Sequence[Sequence[str]]
    """Its ids and where it links to, and the same of its notes in the list."""


class _AtHand(NamedTuple):
    """What was last written down, as it is: a program that goes on needs not read it again."""

    written: str
    ground: str
    contents: Sequence[bytes]
    """The pages'."""
    stood: Mapping[str, _Stood]


AT_HAND: list[_AtHand] = []
"""The last."""


class Keeper:
    """Keeps the paragraphs of one edition from one build for the next."""

    def __init__(self, edition: Edition, ground: str, before: str, read: Callable[[str], bytes | None]) -> None:
        """`ground` is a digest of all that the edition is made from but its texts.

        `before` is what was `written` by the last build, "" for nothing; `read` gives a page of that build's.
        """
        titles = (f"{text.id} {text.siglum} {text.title_page!r}" for text in edition.texts)
        self._ground = hashlib.sha256("\0".join((ground, edition.id, *titles)).encode()).hexdigest()
        self._pages = (f"{edition.id}/index.html", f"{edition.id}/notes.html")
        self._old = _Old(before, self._ground, self._pages, read)
        self._sorted: dict[str, dict[int, Plain]] = {}
        self._plain: dict[str, Plain] = {}
        self._stood: dict[str, _Stood] = {}
        self._lines: dict[str, Slot | None] = {}
        self._paragraphs: dict[str, Slot] = {}
        self._noted: set[str] = set()
        self.parts: Mapping[str, Sequence[Part]] = {}
        """Path of a page -> what it holds, once all that is kept is `written`."""
        self.found: dict[str, str] = {}
        """What a search finds in a paragraph (by its id) and in a note (by `note_key`), as far as it is known."""
        self.styles: dict[str, str] = {}
        """The rules of style of the pieces, by their ids, as far as they are known."""
        self.slots: dict[int, Slot] = {}
        """What is made of views, by their places in memory."""

    def sort(
        self, matter: Matter, text: Text, cuts: Sequence[tuple[int, Frame]], tied: Iterable[Span]
    ) -> dict[int, Plain]:
        """The plain pieces of a text by their index: what becomes of these and their notes is kept."""
        found = self._sorted[text.id] = plain_pieces(matter, text, cuts, tied)
        for one in found.values():
            self._plain[one.id] = one
            stood, keys = self._old.find(one), _keys(one)
            if stood is not None:
                self._stood[one.id] = stood
                self.styles[one.id] = stood.style
                self.found.update(zip(keys, stood.found, strict=True))
            self._noted.update(keys[1:])
            lines = stood.slots[1:] if stood is not None else [None] * len(one.notes)
            self._lines.update((note.id, line) for note, line in zip(one.notes, lines, strict=True))
        return found

    def stood(self, piece: str) -> bool:
        """Whether a piece is as it was."""
        return piece in self._stood

    def plain(self, text: str) -> dict[int, Plain]:
        """The plain pieces of a text that was sorted, by their index; none of another."""
        return self._sorted.get(text, {})

    def made(self, piece: str) -> Markup | None:
        """The HTML of a plain piece, once it is set."""
        slot = self._paragraphs.get(piece)
        return slot.made if slot is not None else None

    def keeps(self, key: str) -> bool:
        """Whether what a search finds in a paragraph or a note is to be kept."""
        return key in self._plain or key in self._noted

    def is_listed(self, note: str) -> bool:
        """Whether a note stands in the list as it did."""
        return self._lines.get(note) is not None

    def piece(self, view: PieceView) -> PieceView:
        """The view of a piece. Of one that is as it was it need not say more than its id."""
        if view.id in self._plain:
            stood = self._stood.get(view.id)
            slot = stood.slots[0] if stood is not None else Slot(PARAGRAPH)
            slot.view = view
            self._paragraphs[view.id] = self.slots[id(view)] = slot
        return view

    def listed(self, note: str) -> ListedView | None:
        """The view of a note that is listed as it was, where it is still there from the last build."""
        line = self._lines.get(note)
        if line is None or line.view is None:
            return None
        self.slots[id(line.view)] = line
        return cast("ListedView", line.view)

    def line(self, view: ListedView) -> ListedView:
        """The view of a note in the list; of one that is listed as it was it need not say how it is set."""
        note = view.note.key
        if note in self._lines:
            slot = self._lines[note] or Slot(LISTED)
            slot.view = view
            self._lines[note] = self.slots[id(view)] = slot
        return view

    def written(self, pages: Mapping[str, bytes]) -> str:
        """Where everything that can be kept stands in the pages that were made, for the next build; "" for nowhere."""
        contents = [pages.get(path, b"") for path in self._pages]
        reading, listing = (_Reader(content.decode()) for content in contents)
        head = _Reader(reading.words)
        rows = {}
        found: list[str] = []
        every: dict[str, _Stood] = {}
        for name, one in self._plain.items():
            stood = self._stood.get(name) or self._made(name, one)
            if stood is None:
                continue
            html, *lines = (slot.made or "" for slot in stood.slots)
            at = [head.find(stood.style), len(stood.style), stood.links, reading.find(html), len(html)]
            for line in lines:
                at += (listing.find(line), len(line))
            if -1 in at:
                break
            every[name] = stood
            rows[name] = [one.digest, len(found), *at]
            found += stood.found
        if not rows:
            return ""
        linked = [stood.links for stood in every.values()]
        self.parts = {self._pages[0]: reading.parts(linked, 0), self._pages[1]: listing.parts(linked, 2)}
        checks = [zlib.crc32(content) for content in contents]
        text = "\n".join((json.dumps([self._ground, checks, rows], separators=(",", ":")), *found))
        AT_HAND[:] = [_AtHand(text, self._ground, contents, every)]
        return text

    def _made(self, name: str, one: Plain) -> _Stood | None:
        """A paragraph that was made now; None where not all of it was."""
        html, style = self._paragraphs[name].made, self.styles.get(name)
        lines = [slot.made for note in one.notes if (slot := self._lines[note.id]) is not None and slot.made]
        if html is None or style is None or len(lines) < len(one.notes):
            return None
        found = [self.found.get(key, "") for key in _keys(one)]
        slots = [Slot(PARAGRAPH, made=html), *(Slot(LISTED, made=line) for line in lines)]  # views whole are large
        return _Stood(one.digest, slots, style, found, self._links(html, lines))

    def _links(self, html: str, lines: Iterable[str]) -> list[Sequence[str]]:
        """Ids of a paragraph and where it links to; the same of its notes in the list. Links among them say nothing."""
        here, there = part_of(html.encode()), part_of("".join(lines).encode())
        page = f"{self._pages[0].rpartition('/')[2]}#"
        known, listed = frozenset(here.ids), frozenset(there.ids)
        out = [href for href in here.hrefs if not is_named(href, "#", known)]
        away = [href for href in there.hrefs if not (is_named(href, "#", listed) or is_named(href, page, known))]
        return [here.ids, out, there.ids, away]


def note_key(note: str) -> str:
    """How a note is called among what a search finds: no paragraph is called so."""
    return f"note {note}"


def _keys(one: Plain) -> list[str]:
    return [one.id, *(note_key(note.id) for note in one.notes)]


class _Reader:
    """Finds one part of a page after another."""

    def __init__(self, words: str) -> None:
        self.words = words
        self._reached = 0
        self._between: list[str] = []

    def find(self, part: str) -> int:
        """Where the next part begins, -1 where it doesn't follow."""
        words, reached = self.words, self._reached
        found = reached if words.startswith(part, reached) else words.find(part, reached)
        if found >= 0:
            if found > reached:
                self._between.append(words[reached:found])
            self._reached = found + len(part)
        return found

    def parts(self, linked: Iterable[Sequence[Sequence[str]]], at: int) -> list[Part]:
        """What the page holds: what stands between the parts found; these, whose ids and links are at `at`."""
        between = "".join((*self._between, self.words[self._reached :]))
        return [part_of(between.encode()), *(Part(links[at], links[at + 1]) for links in linked)]


class _Old:
    """What the last build wrote down, read when it is first asked for; nothing where it isn't sound, or is outdated."""

    def __init__(self, before: str, ground: str, pages: tuple[str, str], read: Callable[[str], bytes | None]) -> None:
        self._before, self._ground, self._pages, self._read = before, ground, pages, read
        self._rows: Mapping[str, Any] | None = None
        self._reading = self._listing = ""
        self._found: Sequence[str] = ()
        self._stood: Mapping[str, _Stood] = {}

    def find(self, one: Plain) -> _Stood | None:
        """A paragraph as it stood, None where it wasn't the same. CodingError where its row isn't sound."""
        if self._rows is None:
            self._rows = self._loaded()
        known = self._stood.get(one.id)
        if known is not None and known.digest == one.digest and len(known.slots) == 1 + len(one.notes):
            return known
        row = self._rows.get(one.id)
        if type(row) is not list or row[:1] != [one.digest] or len(row) != 7 + 2 * len(one.notes):
            return None
        _, said, style, letters, links, place, length, *lines = row
        reading, listing = self._reading, self._listing
        try:
            listed = (Markup(listing[at : at + many]) for at, many in zip(lines[::2], lines[1::2], strict=True))
            html = Slot(PARAGRAPH, made=Markup(reading[place : place + length]))
            return _Stood(
                digest=one.digest,
                slots=[html, *(Slot(LISTED, made=line) for line in listed)],
                style=reading[style : style + letters],
                found=self._found[said : said + 1 + len(one.notes)],
                links=links,
            )
        except TypeError as fault:
            raise CodingError("no row of a paragraph") from fault

    def _loaded(self) -> Mapping[str, Any]:
        for one in AT_HAND:
            if self._ground == one.ground and self._before == one.written:
                if [self._read(path) for path in self._pages] == one.contents:
                    self._stood = one.stood
                return {}
        head, *found = self._before.split("\n")
        try:
            ground, checks, rows = json.loads(head or "[0,0,0]")
        except (ValueError, TypeError, RecursionError):
            return {}
        if ground != self._ground or type(rows) is not dict:
            return {}
        contents = [self._read(path) or b"" for path in self._pages]
        if checks != [zlib.crc32(content) for content in contents]:
            return {}
        self._reading, self._listing = (content.decode() for content in contents)
        self._found = found
        return rows
