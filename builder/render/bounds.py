"""What a template may take at most: steps, letters, numbers. A theme is somebody else's program.

Steps are counted, not time, so that the same site has the same outcome on every machine. What multiplies is reckoned
before it is made; what a template holds costs what it weighs whenever it is shown, compared or looked up.
"""

from __future__ import annotations

from collections.abc import KeysView, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import TemplateRuntimeError
from markupsafe import Markup

from builder.render.weights import LIGHT, WORDS, Scales

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STEPS = 50_000_000
"""For one page. The largest page that we promise (10,000 notes on one text) takes half of it."""
LOOP, FILTERED, CALL, INCLUDE = 2, 20, 100, 100
"""Steps of a round of a loop, of a value that a filter goes through, of a macro called, of a template included."""
LETTERS = 4
"""Letters that are written for one step."""
LARGEST = 64 * 1024 * 1024
"""Letters of a page."""
CONTENT = STEPS // 10 * LETTERS
"""Letters of what a page is to show, as it is given to its template, from which on no template is to blame: each goes
through several, and several times."""
AT_ONCE = 64
"""Parts of a page that are counted together; letters that are newly made are counted where they are made."""
DIGITS = 4096
"""Bits of a number."""
ROOM = 40
"""Steps of a list or a table that a template writes, for the room that it takes."""
ALIKE = 256
"""Letters that are compared for one step."""
SOUGHT = 64
"""Letters times letters that are sought in words for one step: what is sought from the right takes so many at worst."""
PIECES = 8
"""Steps for each letter of words that are taken to pieces: each piece takes far more room than a letter."""

SIZED = frozenset({str, Markup, list, tuple, dict, range, set, frozenset})
_LOOKED_UP = (Mapping, KeysView, set, frozenset)


class TooMuchError(TemplateRuntimeError):
    """A template takes more than it may."""

    def __init__(self) -> None:
        super().__init__("this takes too long, or grows too large: a loop or a macro that never ends?")
        self.content = 0
        """Letters of what the page was to show, where these are so many that no template could have done."""


class Budget:
    """The steps that are left for a page."""

    def __init__(self) -> None:
        self._left = STEPS
        self._shown = Scales(LETTERS, STEPS + 1, views=True)
        self._compared = Scales(ALIKE, STEPS + 1, views=False)  # of two views that differ the first field does

    def renew(self) -> None:
        """All of them, for the next page."""
        self._left = STEPS
        self._shown.clear()
        self._compared.clear()

    def spend(self, steps: int) -> None:
        """Take some. TooMuchError where there aren't so many."""
        self._left -= steps
        if self._left < 0:
            raise TooMuchError

    def written(self, words: str) -> str:
        """Words that were made: what isn't in Latin letters takes twice the room."""
        self.spend(len(words) // LETTERS if words.isascii() else len(words) * 2 // LETTERS)
        return words

    def counted(self, values: Any) -> Any:
        """What a loop goes through, or is searched."""
        if type(values) in SIZED:
            self.spend(LOOP * (len(values) + 1))
            return values
        return self._one_by_one(values)

    def _one_by_one(self, values: Iterable[Any], each: int = LOOP) -> Iterator[Any]:
        for one in values:
            self.spend(each)
            yield one

    def whole(self, value: Any) -> Any:
        """What is to be shown, or looked up in a table, with all that is in it."""
        kind = type(value)
        if kind in WORDS:
            self.spend(len(value) // LETTERS)
        elif kind not in LIGHT:
            self.spend(self._shown.weight(value))
        return value

    def compared(self, value: Any) -> Any:
        """What is to be compared with something."""
        kind = type(value)
        if kind in WORDS:
            self.spend(len(value) // ALIKE)
        elif kind not in LIGHT:
            self.spend(self._compared.weight(value))
        return value

    def weight(self, value: Any) -> int:
        """What it costs to compare a value with another."""
        return self._compared.weight(value)

    def filtered(self, values: Any) -> Any:
        """What a filter goes through."""
        if type(values) in SIZED:
            self.spend(FILTERED * len(values))
            return values
        return self._one_by_one(values, FILTERED)

    def searched(self, values: Any, sought: Any) -> Any:
        """What something is sought in: each value in it may be compared with that."""
        if isinstance(values, _LOOKED_UP):
            self.whole(sought)
        elif type(sought) not in LIGHT and not isinstance(values, str):
            times = len(values) if type(values) in SIZED else 1
            weight = len(sought) // ALIKE if type(sought) in WORDS else self._compared.weight(sought)
            self.spend(weight * (times + 1))
        return self.counted(values)

    def sliced(self, value: Any, cut: slice) -> Any:
        """A part of a value."""
        part = value[cut]
        if type(part) in WORDS:
            return self.written(part)
        self.spend(ROOM + LOOP * size(part))
        return part

    def held(self, values: Any) -> Any:
        """A list or a table that a template wrote."""
        self.spend(ROOM + LOOP * len(values))
        return values

    def joined(self, parts: Iterable[str]) -> str:
        """The parts of a page, or of what is set aside of it, as one."""
        if type(parts) is list and len(parts) <= AT_ONCE:
            if sum(map(len, parts)) > LARGEST:
                raise TooMuchError
            return self.written("".join(parts))
        kept: list[str] = []
        length, left = 0, iter(parts)
        while some := tuple(islice(left, AT_ONCE)):
            length += sum(map(len, some))
            if length > LARGEST:
                raise TooMuchError
            kept += some
        return self.written("".join(kept))

    def reckon(self, operator: str, left: Any, right: Any) -> None:
        """What `left operator right` may take, before it is made: for `*`, `**`, `+` and `%`."""
        if operator == "%" and isinstance(left, str):
            raise TemplateRuntimeError("words aren't formatted by %: {{ wording|fill(name=…) }} puts words into others")
        for one, other in ((left, right), (right, left)):
            if operator == "*" and type(one) in SIZED and isinstance(other, int):
                self.spend(LOOP * len(one) * max(other, 0))
        if type(left) in SIZED and type(right) in SIZED:
            self.spend(LOOP * (len(left) + len(right)))
        if isinstance(left, int) and isinstance(right, int):
            bits = left.bit_length()
            needed = bits * max(right, 0) if operator == "**" else bits + right.bit_length()
            if needed > DIGITS:
                raise TooMuchError


def too_large(content: Any) -> int:
    """How many letters a page was to show, where that is more than templates can do with; else 0."""
    letters = Scales(LETTERS, STEPS, views=True).weight(content) * LETTERS
    return letters if letters > CONTENT else 0


def size(value: Any) -> int:
    """How many values, or letters, it has; 0 where it hasn't any or can't tell."""
    try:
        return len(value)
    except TypeError:
        return 0


_TEXT = frozenset(
    {"capitalize", "casefold", "count", "endswith", "find", "index", "isalnum", "isalpha", "isascii", "isdigit"}
    | {"islower", "isnumeric", "isspace", "isupper", "lower", "lstrip", "partition", "removeprefix", "removesuffix"}
    | {"rfind", "rindex", "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "striptags"}
    | {"swapcase", "title", "upper"}
)
_NONE: frozenset[str] = frozenset()
METHODS: dict[type, frozenset[str]] = {
    str: _TEXT,
    Markup: _TEXT,
    list: frozenset({"index", "count"}),
    tuple: frozenset({"index", "count"}),
    dict: frozenset({"items", "keys", "values", "get"}),
    **dict.fromkeys((int, float, bool, bytes, range, set, frozenset), _NONE),
}
"""What a template may ask of a value of Python's own: nothing that makes more of it than it is."""
