"""What a template may take at most: steps, letters, numbers. A theme is somebody else's program.

Steps are counted, not time, so that the same site has the same outcome on every machine. What multiplies is reckoned
before it is made. Filters that could grow without bound, or that give another result each time, aren't there.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from jinja2 import pass_eval_context
from jinja2.exceptions import TemplateRuntimeError
from jinja2.filters import FILTERS, do_join, do_replace, do_tojson, make_attrgetter
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2.nodes import EvalContext

STEPS = 50_000_000
"""For one page. The largest page that we promise (10,000 notes on one text) takes a tenth of it."""
LOOP, FILTERED, CALL, INCLUDE = 2, 20, 100, 100
"""Steps of a round of a loop, of a value that a filter goes through, of a macro called, of a template included."""
LETTERS = 4
"""Letters that are written for one step."""
LARGEST = 64 * 1024 * 1024
"""Letters of a page."""
AT_ONCE = 64
"""Parts of a page that are counted together; letters that are newly made are counted where they are made."""
DIGITS = 4096
"""Bits of a number."""

_NOTHING = Markup("[]")
SIZED = frozenset({str, Markup, list, tuple, dict, range, set, frozenset})


class TooMuchError(TemplateRuntimeError):
    """A template takes more than it may."""

    def __init__(self) -> None:
        super().__init__("this takes too long, or grows too large: a loop or a macro that never ends?")


class Budget:
    """The steps that are left for a page."""

    def __init__(self) -> None:
        self._left = STEPS

    def renew(self) -> None:
        """All of them, for the next page."""
        self._left = STEPS

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

    def _one_by_one(self, values: Iterable[Any]) -> Iterator[Any]:
        for one in values:
            self.spend(LOOP)
            yield one

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


_PLAIN = (
    *("abs", "capitalize", "count", "d", "default", "e", "escape", "first", "float", "forceescape", "int", "last"),
    *("length", "lower", "safe", "string", "striptags", "title", "trim", "upper", "urlencode", "wordcount"),
)
_LISTS = (
    *("attr", "dictsort", "filesizeformat", "groupby", "items", "list", "map", "max", "min", "reject", "rejectattr"),
    *("reverse", "select", "selectattr", "sort", "unique", "xmlattr"),
)
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


def filters(budget: Budget) -> dict[str, Callable[..., Any]]:
    """Jinja's filters as far as they are within bounds, each paid for."""
    found: dict[str, Callable[..., Any]] = {name: FILTERS[name] for name in _PLAIN}
    found.update((name, _paid(budget, FILTERS[name])) for name in _LISTS)

    @pass_eval_context
    def replace(context: EvalContext, words: str, old: str, new: str, count: int | None = None) -> str:
        found = str(words).count(str(old)) if str(old) else len(str(words)) + 1
        budget.spend((len(str(words)) + found * len(str(new))) // LETTERS)
        made: str = do_replace(context, words, old, new, count)
        return made

    @pass_eval_context
    def join(context: EvalContext, values: Iterable[Any], between: str = "", attribute: str | int | None = None) -> str:
        each = list(budget.counted(values))
        if attribute is not None:
            each = list(map(make_attrgetter(context.environment, attribute), each))
        letters = sum(len(one) for one in each if isinstance(one, str)) + len(between) * len(each)
        budget.spend(letters // LETTERS)
        made: str = do_join(context, each, between)
        return made

    def number(value: Any, start: Any = 0) -> Any:
        if not isinstance(start, int | float):
            raise TemplateRuntimeError("sum adds numbers")
        return sum(budget.counted(value), start)

    def rounded(value: float, precision: int = 0) -> float:
        return round(float(value), max(-DIGITS, min(DIGITS, precision)))

    def truncate(words: str, length: int = 255, end: str = "…") -> str:
        return words if len(words) <= length else words[: max(0, length - len(end))].rpartition(" ")[0] + end

    @pass_eval_context
    def tojson(context: EvalContext, value: Any) -> Markup:
        if value == ():  # the tags of most notes
            return _NOTHING
        written = do_tojson(context, value)
        budget.written(written)
        return written

    found.update(replace=replace, join=join, sum=number, round=rounded, truncate=truncate, tojson=tojson)
    return found


def _paid(budget: Budget, made: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that looks at all of a value: it costs what a loop would."""
    first = 1 if hasattr(made, "jinja_pass_arg") else 0

    def paid(*given: Any, **named: Any) -> Any:
        if len(given) > first and type(given[first]) in SIZED:
            budget.spend(FILTERED * len(given[first]))
        return made(*given, **named)

    paid.__dict__.update(made.__dict__)
    return paid
