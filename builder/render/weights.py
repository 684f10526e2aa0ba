"""What values weigh that a template holds: one for each value that stands in them, as often as it stands there.

A list that holds another twice is small in memory and twice as long when it is shown, compared or looked up: lists in
lists grow so without end. What was weighed once is known as long as a page is set, for no template can change it.
"""

from __future__ import annotations

from collections.abc import ItemsView, KeysView, Mapping, ValuesView
from itertools import chain
from typing import TYPE_CHECKING

from jinja2.exceptions import TemplateRuntimeError
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = frozenset({str, Markup})
LIGHT = frozenset({int, float, bool, type(None)})
"""What is never heavy: a number has no more digits than `bounds.DIGITS` allows."""
_HOLDING = (list, tuple, set, frozenset, KeysView, ValuesView, ItemsView)
_KEPT = 50_000
"""Values whose weight is kept at once."""


class Scales:
    """Weighs what a template holds. `each` letters weigh as much as a value; a view is asked for its fields or not."""

    def __init__(self, each: int, most: int, *, views: bool) -> None:
        self._each, self._most, self._views = each, most, views
        self._known: dict[int, tuple[object, int]] = {}

    def clear(self) -> None:
        """Forget what was weighed, for the next page."""
        self._known.clear()

    def weight(self, value: object) -> int:
        """How many values are in it, and itself; no more is told than a page can bear."""
        if len(self._known) > _KEPT:
            self._known.clear()
        try:
            return self._weight(value)
        except RecursionError:
            raise TemplateRuntimeError("lists are nested too deeply in each other to be shown or compared") from None

    def _weight(self, value: object) -> int:
        kind = type(value)
        if kind in WORDS:
            return 1 + len(value) // self._each  # type: ignore[arg-type]
        if kind in LIGHT:
            return 1
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        members = self._members(value)
        if members is None:
            return 1
        weight = min(1 + sum(map(self._weight, members)), self._most)
        self._known[id(value)] = (value, weight)  # what is held keeps its id
        return weight

    def _members(self, value: object) -> Iterable[object] | None:
        if isinstance(value, _HOLDING):
            return value
        if isinstance(value, Mapping):
            return chain.from_iterable(value.items())
        if self._views and (fields := getattr(type(value), "__match_args__", ())):
            return [getattr(value, name) for name in fields]
        return None
