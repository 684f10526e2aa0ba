"""What an annotation is about -> its passages, as far as they can be followed, and the targets that are no text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from builder.model.annotation import Aim
from builder.model.value import value_class
from builder.parse.json_document import listed, member, words

_SETS = frozenset({"Choice", "List", "Composite", "Independents"})
_NO_TEXT = frozenset({"Image", "Video", "Audio", "Sound", "Dataset", "StillImage", "MovingImage"})
_NO_WORDS = frozenset({"SvgSelector", "DataPositionSelector"})
"""Selectors that choose something else than words."""

_MEDIA = ("xywh=", "t=", "#xywh=", "#t=")
MOST_AIMS = 100
LONGEST = 20_000
"""Characters of a quotation: longer ones are no quotations."""


@value_class(frozen=True, slots=True)
class Pointed:
    """What was pointed at."""

    aims: tuple[Aim, ...]
    kept: tuple[Any, ...]
    """Targets that are no text."""
    refused: str = ""
    """Why none of it is a text, "" where some is."""


def pointed_at(target: Any) -> Pointed:
    """The targets of an annotation."""
    reader = _Targets()
    for one in listed(target):
        reader.take(one, 0)
    refused = ""
    if not reader.aims:
        refused = reader.why or "it has no target that is a text"
    elif len(reader.aims) > MOST_AIMS:
        refused = f"it has {len(reader.aims)} targets; {MOST_AIMS} are read"
    return Pointed(tuple(reader.aims), tuple(reader.kept), refused)


class _Targets:
    def __init__(self) -> None:
        self.aims: list[Aim] = []
        self.kept: list[Any] = []
        self.why = ""

    def take(self, target: Any, depth: int) -> None:
        if isinstance(target, str):
            self._whole(target)
        elif not isinstance(target, dict) or depth > 3:
            self.why = "its target is neither an address nor an object"
        elif _kinds(target) & _SETS:
            for one in listed(target.get("items", target.get("members"))):
                self.take(one, depth + 1)
        else:
            self._object(target)

    def _whole(self, address: str) -> None:
        source, _, fragment = address.partition("#")
        if fragment.startswith(_MEDIA):
            self.kept.append(address)
            self.why = "it is about a part of a picture or a recording"
            return
        self.aims.append(Aim(source=source, fragment=fragment))

    def _object(self, target: dict[str, Any]) -> None:
        source = target.get("source")
        within = source if isinstance(source, dict) else target
        address = words(source) or words(member(within, "id"))
        if _kinds(within) & _NO_TEXT or words(within.get("format")).startswith(("image/", "audio/", "video/")):
            self.kept.append(target)
            self.why = "it is about a picture or a recording"
            return
        source, _, fragment = address.partition("#")
        aim = Aim(source=source, fragment=fragment)
        for selector in listed(target.get("selector")):
            aim = self._selected(aim, selector, 0)
        if aim.blind in _NO_WORDS and not aim.exact:
            self.kept.append(target)
            self.why = f"its {aim.blind} chooses no words"
            return
        if _is_media(aim):
            self.kept.append(target)
            self.why = "it is about a part of a picture or a recording"
            return
        self.aims.append(aim)

    def _selected(self, aim: Aim, selector: Any, depth: int) -> Aim:
        """The aim with what a selector says. The first quotation counts, and a position beside it."""
        if not isinstance(selector, dict) or depth > 5:
            return aim
        aim = self._by_kind(aim, selector, depth)
        for inner in listed(selector.get("refinedBy")):
            aim = self._selected(aim, inner, depth + 1)
        return aim

    def _by_kind(self, aim: Aim, selector: dict[str, Any], depth: int) -> Aim:
        kinds = _kinds(selector)
        if "TextQuoteSelector" in kinds and isinstance(selector.get("exact"), str) and not aim.exact:
            return self._quoted(aim, selector)
        start, end = _offset(selector.get("start")), _offset(selector.get("end"))
        if "TextPositionSelector" in kinds and depth == 0 and 0 <= start < end:
            return replace(aim, start=start, end=end)
        if "FragmentSelector" in kinds and words(selector.get("value")) and not aim.fragment:
            return replace(aim, fragment=words(selector["value"]).removeprefix("#"))
        if kinds & _SETS:
            for one in listed(selector.get("items", selector.get("members")))[:1]:
                aim = self._selected(aim, one, depth + 1)
            return aim
        ends = [selector.get(name) for name in ("startSelector", "endSelector")]
        first, last = (words(one.get("exact")) if isinstance(one, dict) else "" for one in ends)
        if "RangeSelector" in kinds and first and last and not aim.exact and isinstance(ends[0], dict):
            return replace(self._quoted(aim, ends[0]), until=last)
        return aim if aim.blind in _NO_WORDS else replace(aim, blind=min(kinds, default="selector"))

    def _quoted(self, aim: Aim, selector: dict[str, Any]) -> Aim:
        exact = words(selector.get("exact"))
        if len(exact) > LONGEST or not exact.strip():
            return replace(aim, blind="TextQuoteSelector")
        prefix, suffix = words(selector.get("prefix")), words(selector.get("suffix"))
        return replace(aim, exact=exact, prefix=prefix[-LONGEST:], suffix=suffix[:LONGEST])


def _kinds(held: dict[str, Any]) -> set[str]:
    """The types of an object, without the W3C's own prefix."""
    return {one.removeprefix("oa:") for one in listed(member(held, "type")) if isinstance(one, str)}


def _offset(value: Any) -> int:
    """An offset, -1 for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 40 else -1


def _is_media(aim: Aim) -> bool:
    return not aim.exact and aim.fragment.startswith(_MEDIA)
