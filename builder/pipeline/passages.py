"""One passage that an annotation is about -> the heading and settings that find it in this edition, and how sure."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from builder.model.diagnostic import Place
from builder.model.note import Anchor, State
from builder.model.prose import Span
from builder.model.value import value_class
from builder.parse.selectors import read_blocks, read_within, selector_of
from builder.relate.anchor import anchor
from builder.relate.describe import describe
from builder.relate.haystack import block_name, haystack
from builder.relate.placing import Placed, Sought, ground, place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.annotation import Aim
    from builder.model.crossref import End
    from builder.model.note import Selector
    from builder.model.site import Edition
    from builder.model.text import Text
    from builder.relate.placing import Ground

WHOLE = "*"
NOWHERE = Place("")

LONG = 240
"""Characters of a heading from which on it is written by its first and last words."""

ENDS = 8
"""So many words are enough to know a beginning by, mostly; else twice as many are tried."""

AROUND = 6
"""Words of its surroundings that a lost passage keeps."""


@value_class(frozen=True, slots=True)
class Finding:
    """Where a passage stands, or that it doesn't."""

    text: str
    heading: str
    state: str
    score: float
    settings: Mapping[str, str] = field(default_factory=dict)
    where: str = ""
    reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether it has a place in the text."""
        return self.state not in ("ambiguous", "lost")


class Passages:
    """The texts of an edition, each made ready when something is first sought in it."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._grounds: dict[str, Ground] = {}

    def find(self, aim: Aim, text: str, *, utf16: bool) -> Finding:
        """Where a passage stands: in `text`, or else in the text that its address means, or else in any."""
        if aim.heading is not None:
            return self._typed(aim)
        named = text or self._named(aim)
        candidates = [one for one in self._edition.texts if not named or one.id == named]
        if not candidates:
            candidates = list(self._edition.texts)
        if not aim.exact:
            return self._unquoted(aim, candidates)
        found = [self._sought(aim, one, utf16) for one in candidates]
        return max(found, key=lambda one: (_RANK[one.state], one.score))

    def is_strange(self, aim: Aim) -> bool:
        """Whether nothing but an address says what is meant, and it is that of no text of this edition."""
        if not aim.source or aim.exact or aim.heading is not None or self._named(aim):
            return False
        page = _bare(aim.source).removesuffix("/index.html").rpartition("/")[2]
        return not page or page != self._edition.settings.id

    def head(self, selector: Selector) -> tuple[str, dict[str, str]]:
        """A heading of a note that is here, with its settings."""
        return selector.heading, _settings(selector)

    def stands(self, end: End) -> bool:
        """Whether one side of a cross-reference is found."""
        found, _ = anchor(end.selector, self._ground(end.text).stack)
        return isinstance(found, Anchor)

    def _ground(self, text: str) -> Ground:
        if text not in self._grounds:
            known = self._edition.text(text)
            assert known is not None
            self._grounds[text] = ground(haystack(known.prose, text))
        return self._grounds[text]

    def _named(self, aim: Aim) -> str:
        """The text that an address means: its page, an id in a page, the source in edition.toml; "" for none."""
        texts = {text.id: text for text in self._edition.texts}
        within = [one for one in texts if aim.fragment == one or aim.fragment.startswith(f"{one}-")]
        if within:
            return max(within, key=len)
        page = urlsplit(aim.source).path.rpartition("/")[2].removesuffix(".html") if _is_address(aim.source) else ""
        if page in texts:
            return page
        source = _bare(aim.source)
        return next((one.id for one in texts.values() if source and _bare(one.title_page.source) == source), "")

    def _typed(self, aim: Aim) -> Finding:
        """A heading of our own export: as typed, if it finds the words that it found there, or none stand."""
        text = aim.text if self._edition.text(aim.text) is not None else self._edition.texts[0].id
        heading = aim.heading or WHOLE
        within = read_within(aim.within)
        selector = selector_of(heading, NOWHERE, within=within, prefix=aim.prefix, suffix=aim.suffix)
        found, _ = anchor(selector, self._ground(text).stack)
        settings = _settings(selector)
        if not isinstance(found, Anchor):
            return Finding(text, heading, _state(found.state), 0.0, settings)
        here = self._ground(text)
        known = self._edition.text(text)
        assert known is not None
        if aim.exact and not selector.blocks and known.prose.words(found.span) != aim.exact:
            moved = place(Sought(aim.exact), here, NOWHERE)
            if moved.span is not None and moved.span != found.span:
                return self._described(text, moved, aim)
        where = here.stack.where(found.span.start)
        return Finding(text, heading, _state(found.state), found.score, settings, where)

    def _unquoted(self, aim: Aim, texts: list[Text]) -> Finding:
        """What names a block, or nothing but its source."""
        name = self._named(aim)
        for text in texts if name else []:
            block = text.prose.block_named(aim.fragment.removeprefix(f"{text.id}-"))
            if block is not None and aim.fragment.startswith(f"{text.id}-") and read_blocks(block_name(block)):
                return Finding(text.id, block_name(block), "exact", 1.0, where=block_name(block))
        only = "a position" if aim.start is not None else aim.blind
        reason = f"only {only} says where it stood, and that can't be believed here" if only else ""
        return Finding(texts[0].id, WHOLE, "whole", 1.0, reason=reason)

    def _sought(self, aim: Aim, text: Text, utf16: bool) -> Finding:
        here = self._ground(text.id)
        at = _offsets(aim, text.prose.content, utf16=utf16)
        placed = place(Sought(aim.exact, aim.prefix, aim.suffix, at), here, NOWHERE)
        if aim.until and placed.span is not None:
            placed = _upto(aim.until, placed, here)
        return self._described(text.id, placed, aim)

    def _described(self, text: str, placed: Placed, aim: Aim) -> Finding:
        """The heading that finds a span again; of a lost one the words that it quoted."""
        here = self._ground(text)
        if placed.span is None:
            return self._lost(text, aim, placed)
        described = describe(here.stack, placed.span, NOWHERE)
        for heading in _headings(described.heading):
            selector = selector_of(
                heading, NOWHERE, within=described.within, prefix=described.prefix, suffix=described.suffix
            )
            found, told = anchor(selector, here.stack)
            if isinstance(found, Anchor) and found.span == placed.span and not told:
                where = here.stack.where(placed.span.start)
                said = _shortly(aim.exact) if placed.state is State.REWORDED else ""
                reason = f"it was on “{said}”" if said else ""
                return Finding(text, heading, _state(placed.state), placed.score, _settings(selector), where, reason)
        lost = self._lost(text, aim, Placed(None, State.LOST, 0.0))
        return replace(lost, reason=lost.reason or "its words can't be quoted so that they are found again")

    def _lost(self, text: str, aim: Aim, placed: Placed) -> Finding:
        """The words that were quoted, with what stood around them there where they would be found elsewhere without."""
        old = " ".join(aim.exact.split())
        heading = f"“{old}”" if read_blocks(old) else old
        around = {
            "before": " ".join(aim.prefix.split()[-AROUND:]),
            "after": " ".join(aim.suffix.split()[:AROUND]),
        }
        for said in ({}, {key: value for key, value in around.items() if value}):
            selector = selector_of(heading, NOWHERE, prefix=said.get("before", ""), suffix=said.get("after", ""))
            if not isinstance(anchor(selector, self._ground(text).stack)[0], Anchor):
                return Finding(text, heading, _state(placed.state), placed.score, said)
        reason = f"it stands at the text as a whole: “{_shortly(old)}” stands here, but among other words than it did"
        return Finding(text, WHOLE, "whole", placed.score, reason=reason)


_RANK = {"exact": 5, "moved": 4, "reworded": 3, "ambiguous": 2, "lost": 1, "whole": 0}


def _headings(words: str) -> list[str]:
    """Ways to write a heading for some words, the best first."""
    pieces = words.split()
    shortened = []
    if len(words) > LONG:
        for count in (ENDS, 2 * ENDS):
            if len(pieces) > 2 * count:
                shortened.append(f"{' '.join(pieces[:count])} … {' '.join(pieces[-count:])}")
    return [*shortened, f"“{words}”" if read_blocks(words) else words]


def _shortly(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else f"{words[:59]}…"


def _settings(selector: Selector) -> dict[str, str]:
    within = f"¶{selector.within[1:]}" if selector.within[:1] == "p" else selector.within
    said = {"in": within, "before": selector.prefix, "after": selector.suffix}
    return {key: value for key, value in said.items() if value}


def _state(state: State) -> str:
    return "lost" if state is State.NEVER_FOUND else state.value


def _upto(last: str, placed: Placed, here: Ground) -> Placed:
    """A range's span: to the first place where the words stand before which it ends."""
    assert placed.span is not None
    content = here.stack.prose.content
    end = content.find(last, placed.span.start)
    if end <= placed.span.start:
        return Placed(None, State.LOST, 0.0)
    return Placed(Span(placed.span.start, len(content[:end].rstrip())), placed.state, placed.score)


def _offsets(aim: Aim, content: str, *, utf16: bool) -> Span | None:
    """The offsets in code points. Where they count UTF-16's units, as far as the text is ours."""
    if aim.start is None or aim.end is None:
        return None
    if not utf16 or content.isascii():
        return Span(aim.start, aim.end)
    units = content.encode("utf-16-le")
    start, end = (len(units[: 2 * offset].decode("utf-16-le", "ignore")) for offset in (aim.start, aim.end))
    return Span(start, end)


def _is_address(source: str) -> bool:
    return bool(_bare(source)) or source.endswith(".html")


def _bare(address: str) -> str:
    """An address without what makes no difference, "" for none that can be read."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return unquote(f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}") if parts.netloc else ""
