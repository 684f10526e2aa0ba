"""Jinja's filters, tests and functions as far as they are within bounds, each paid for from a budget.

Those that could grow without bound, or that give another result each time, aren't there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined, pass_environment, pass_eval_context
from jinja2.exceptions import TemplateRuntimeError
from jinja2.filters import FILTERS, do_join, do_replace, do_tojson, do_trim, ignore_case, make_attrgetter
from jinja2.tests import TESTS
from jinja2.utils import Namespace
from markupsafe import Markup

from builder.render.bounds import CALL, DIGITS, FILTERED, LETTERS, LOOP, PIECES, SIZED, SOUGHT, size
from builder.render.weights import WORDS
from builder.render.words import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2 import Environment
    from jinja2.nodes import EvalContext

    from builder.render.bounds import Budget

_NOTHING = Markup("[]")
_LOOKING = ("attr", "count", "d", "default", "first", "last", "length")
"""They don't ask what is in a value."""
_WORDS = (
    *("abs", "capitalize", "e", "escape", "filesizeformat", "float", "forceescape", "int", "lower", "safe", "string"),
    "striptags",
    *("title", "upper", "urlencode", "wordcount", "xmlattr"),
)
COPIED = 4096
"""Letters that are copied in a step: to strip tags copies all words once for each of them."""
_LISTS = ("list", "map", "reject", "rejectattr", "reverse", "select", "selectattr")
_ORDERED = ("dictsort", "groupby", "max", "min", "sort")
_COMPARED = (
    *("==", "eq", "equalto", "!=", "ne", ">", "gt", "greaterthan", ">=", "ge", "<", "lt", "lessthan", "<=", "le"),
)
_SHOWN = ("lower", "upper", "filter", "test")
"""Tests that ask for all of a value."""
_INTO_PIECES = frozenset({"split", "rsplit", "splitlines", "striptags"})


class Held(Namespace):
    """A `namespace` of a template, which isn't shown with all that is in it: it may hold itself."""

    def __repr__(self) -> str:
        return "<namespace>"


def _misused(value: object, instead: str) -> TemplateRuntimeError:
    """What is said where a filter or a test can do nothing with a value; UndefinedError where it isn't there."""
    if isinstance(value, Undefined):
        str(value)
    return TemplateRuntimeError(instead)


def filters(budget: Budget) -> dict[str, Callable[..., Any]]:
    """The filters of a template."""
    found: dict[str, Callable[..., Any]] = {name: FILTERS[name] for name in _LOOKING}
    found.update((name, _whole(budget, FILTERS[name])) for name in _WORDS)
    found.update((name, _paid(budget, FILTERS[name])) for name in _LISTS)
    found.update((name, _ordered(budget, FILTERS[name])) for name in _ORDERED)
    for name, made in (*_of_words(budget).items(), *_of_lists(budget).items()):
        made.__qualname__ = name  # as Python is to call it where it is given what it doesn't take
        found[name] = made
    return found


def guests_filters(budget: Budget) -> dict[str, Callable[..., Any]]:
    """Filters that take words to pieces, as they are counted in a stranger's template."""
    return {
        "title": _piecemeal(budget, FILTERS["title"], lambda words: PIECES * len(words)),
        "wordcount": _piecemeal(budget, FILTERS["wordcount"], lambda words: PIECES * len(words)),
        "striptags": _piecemeal(
            budget, FILTERS["striptags"], lambda words: len(words) + words.count("<") * len(words) // COPIED
        ),
    }


def _of_words(budget: Budget) -> dict[str, Callable[..., Any]]:
    @pass_eval_context
    def replace(context: EvalContext, words: str, old: str, new: str, count: int | None = None) -> str:
        text, sought, other = str(budget.whole(words)), str(budget.whole(old)), str(budget.whole(new))
        found = text.count(sought) if sought else len(text) + 1
        budget.spend((len(text) + found * len(other)) // LETTERS)
        made: str = do_replace(context, words, old, new, count)
        return made

    def trim(words: str, letters: str | None = None) -> str:
        budget.whole(words)
        budget.spend(size(words) * size(letters) // SOUGHT)
        return do_trim(words, letters)

    def truncate(words: Any, length: Any = 255, end: Any = "…", *more: object) -> str:
        if more or type(length) is not int or not isinstance(end, str):
            raise _misused(end, 'truncate takes a number of letters, and words for the rest: truncate(80, "…")')
        text: str = words if isinstance(budget.whole(words), str) else str(words)
        return text if len(text) <= length else text[: max(0, length - len(end))].rpartition(" ")[0] + end

    def filled(pattern: str, **fields: object) -> str:
        if not isinstance(pattern, str):
            raise _misused(pattern, "fill puts words into a wording: {{ words.list.of|fill(count=…) }}")
        for name, value in fields.items():
            each = str(budget.whole(value))
            budget.spend((len(pattern) + pattern.count("{" + name + "}") * len(each)) // LETTERS)
            pattern = fill(pattern, **{name: each})
        return pattern

    @pass_eval_context
    def tojson(context: EvalContext, value: Any) -> Markup:
        if value == ():  # the tags of most notes
            return _NOTHING
        written = do_tojson(context, budget.whole(value))
        budget.written(written)
        return written

    return {"replace": replace, "trim": trim, "truncate": truncate, "tojson": tojson, "fill": filled}


def _of_lists(budget: Budget) -> dict[str, Callable[..., Any]]:
    @pass_eval_context
    def join(context: EvalContext, values: Iterable[Any], between: str = "", attribute: str | int | None = None) -> str:
        each = list(budget.counted(values))
        if attribute is not None:
            each = list(map(make_attrgetter(context.environment, attribute), each))
        letters = sum(len(one) for one in each if isinstance(one, str)) + size(between) * len(each)
        budget.spend(letters // LETTERS)
        for one in (between, *each):
            if type(one) not in WORDS:
                budget.whole(one)
        made: str = do_join(context, each, between)
        return made

    @pass_environment
    def unique(
        environment: Environment,
        values: Iterable[Any],
        case_sensitive: bool = False,
        attribute: str | int | None = None,
    ) -> Iterator[Any]:
        key = make_attrgetter(environment, attribute, postprocess=None if case_sensitive else ignore_case)
        seen: set[Any] = set()
        for one in values:
            budget.spend(FILTERED)
            found = budget.whole(key(one))
            if found not in seen:
                seen.add(found)
                yield one

    def number(value: Any, start: Any = 0) -> Any:
        if not isinstance(start, int | float):
            raise TemplateRuntimeError("sum adds numbers")
        return sum(budget.counted(value), start)

    def items(table: Any) -> Iterator[Any]:
        if isinstance(table, Undefined):  # as Jinja has it
            return iter(())
        if not isinstance(table, Mapping):
            raise _misused(table, "a table is needed here: items are its keys, each with its value")
        budget.spend(FILTERED * len(table))
        return iter(table.items())

    def rounded(value: float, precision: int = 0) -> float:
        return round(float(value), max(-DIGITS, min(DIGITS, precision)))

    return {"join": join, "unique": unique, "sum": number, "items": items, "round": rounded}


def _whole(budget: Budget, made: Any) -> Callable[..., Any]:
    """A filter or test that looks at all that is in a value."""
    first = 1 if hasattr(made, "jinja_pass_arg") else 0

    def paid(*given: Any, **named: Any) -> Any:
        for one in given[first:]:
            budget.whole(one)
        return made(*given, **named)

    vars(paid).update(getattr(made, "__dict__", {}))  # what Jinja is to give it besides
    return paid


def _piecemeal(budget: Budget, made: Callable[[str], Any], price: Callable[[str], int]) -> Callable[[Any], Any]:
    """A filter that takes words to pieces, and what it costs."""

    def paid(value: Any) -> Any:
        words = value if isinstance(value, str) else str(budget.whole(value))
        budget.spend(price(words))
        return made(words)

    return paid


def _paid(budget: Budget, made: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that goes through a value: it costs what a loop would."""
    first = 1 if hasattr(made, "jinja_pass_arg") else 0

    def paid(*given: Any, **named: Any) -> Any:
        budget.spend(CALL)  # what is gone through later takes room until then
        return made(*given[:first], budget.filtered(given[first]), *given[first + 1 :], **named)

    vars(paid).update(getattr(made, "__dict__", {}))  # what Jinja is to give it besides
    return paid


def _ordered(budget: Budget, made: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that compares the values of a list with each other."""
    first = 1 if hasattr(made, "jinja_pass_arg") else 0

    def paid(*given: Any, **named: Any) -> Any:
        held = given[first] if type(given[first]) in SIZED else list(budget.counted(given[first]))
        budget.spend(FILTERED * len(held) + budget.weight(held) * len(held).bit_length())
        return made(*given[:first], held, *given[first + 1 :], **named)

    vars(paid).update(getattr(made, "__dict__", {}))  # what Jinja is to give it besides
    return paid


def tests(budget: Budget) -> dict[str, Callable[..., Any]]:
    """The tests of a template."""
    found: dict[str, Any] = dict(TESTS)
    found.update((name, _whole(budget, TESTS[name])) for name in _SHOWN)

    def comparing(made: Any) -> Callable[..., Any]:
        return lambda one, other: made(budget.compared(one), budget.compared(other))

    found.update((name, comparing(TESTS[name])) for name in _COMPARED)

    def divisible(value: Any, number: Any) -> bool:
        if not (isinstance(value, int | float) and isinstance(number, int | float) and number):
            raise _misused(value, "only numbers are odd, even, or divisible by a number other than 0")
        return value % number == 0

    found.update(divisibleby=divisible, even=lambda one: divisible(one, 2), odd=lambda one: not divisible(one, 2))
    found["in"] = lambda one, values: one in budget.searched(values, one)
    return found


def functions(budget: Budget) -> dict[str, Callable[..., Any]]:
    """The functions of a template that make tables."""

    def table(pairs: Mapping[Any, Any] | Iterable[Any] = (), /, **named: Any) -> dict[Any, Any]:
        each = pairs.items() if isinstance(pairs, dict) else pairs
        made: dict[Any, Any] = {}
        for key, value in budget.counted(each):
            made[budget.whole(key)] = value
        budget.held(made)
        return made | named

    return {"dict": table, "namespace": lambda *pairs, **named: Held(table(*pairs, **named))}


def asked(budget: Budget, method: Any, given: tuple[Any, ...]) -> None:
    """Pay for a method of a value, before it is called."""
    owner: Any = getattr(method, "__self__", None)
    if type(owner) in WORDS:
        letters = len(owner)
        rate = PIECES if method.__name__ in _INTO_PIECES else 1
        budget.spend(letters * rate // (1 if rate > 1 else LETTERS) + letters * sum(map(size, given)) // SOUGHT)
    elif isinstance(owner, dict):
        for one in given:
            budget.whole(one)
    elif isinstance(owner, list | tuple):
        for one in given:
            budget.searched(owner, one)
    else:
        budget.spend(LOOP * len(given))
        for one in given:
            budget.compared(one)
