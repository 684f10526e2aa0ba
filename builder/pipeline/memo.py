"""What a build came to -> lines of text, one for an edition; and back, each line read when it is asked for.

The lines are JSON: what reads them runs nothing that stands in them. A line that can't be what was written raises
CodingError, and the build that hoped for it begins anew without.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from builder.model import diagnostic, note, site, text, view
from builder.model.coding import Coding, CodingError, encoded
from builder.model.value import value_class
from builder.pipeline import facts, gate, sheets
from builder.pipeline.circumstances import Making
from builder.pipeline.overlaid import Overlaid
from builder.pipeline.sheets import MadeEdition

if TYPE_CHECKING:
    from builder.pipeline.facts import SiteFacts
    from builder.render.search import Bound

Value = TypeVar("Value")


@value_class(frozen=True, slots=True)
class Memo:
    """A `Making` written down: what is the whole site's on one line, and a line for each edition, by its id."""

    site: str
    editions: Mapping[str, str]
    givens: Mapping[str, str]
    """Of a memo that is written: of those that aren't among the older ones."""
    older: Mapping[str, str] = field(default_factory=dict)
    """Lines that an earlier memo has."""
    gone: tuple[str, ...] = ()
    """Editions of that memo that are no more: their lines are to be dropped."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Edition id -> where its paragraphs stand; of a memo that is written: of those that were made, "" for none."""


def write_memo(making: Making) -> Memo:
    """A making, written down. What an earlier memo said and what stayed as it was is not written anew."""
    whole = _Whole(making.facts, making.uses, making.lists, making.search)
    older, _ = _layers(making.editions)
    gone = tuple(name for name in older if name not in making.editions)
    _, kept = _layers(making.kept)
    return Memo(_line(encoded(whole)), _lines(making.editions), *_fresh_lines(making.givens), gone, kept)


def read_memo(memo: Memo) -> Making:
    """The making again. CodingError, at once or when an edition is asked for, where the memo isn't sound."""
    whole = _coding(_Whole).decode(_loaded(memo.site))
    return Making(
        facts=whole.facts,
        editions=Written(memo.editions, _coding(MadeEdition).decode),
        givens=Written(memo.givens, _decode_given),
        uses=whole.uses,
        lists=whole.lists,
        search=whole.search,
        reasons={},
        kept=memo.kept,
    )


@value_class(frozen=True, slots=True)
class _Whole:
    """What is the whole site's."""

    facts: SiteFacts
    uses: Mapping[str, int]
    lists: tuple[str, ...]
    search: tuple[Bound, ...]


class Written(Mapping[str, Value], Generic[Value]):
    """Values by name, each written on a line, and read when it is first asked for."""

    def __init__(self, lines: Mapping[str, str], decode: Callable[[Any], Value]) -> None:
        self.lines = lines
        self._decode = decode
        self._read: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        """The value of this name; CodingError where its line isn't sound."""
        if name not in self._read:
            self._read[name] = self._decode(_loaded(self.lines[name]))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """The names in their order."""
        return iter(self.lines)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.lines)

    def __contains__(self, name: object) -> bool:
        """Whether there is a line of this name; it isn't read for that."""
        return name in self.lines


class _Unwritten(Mapping[str, str]):
    """A line for each value, written when it is asked for, so that not all of them are held; or as it stood."""

    def __init__(self, values: Mapping[str, Any], known: Mapping[str, str]) -> None:
        self._values = values
        self._known = known

    def __getitem__(self, name: str) -> str:
        return self._known[name] if name in self._known else _line(encoded(self._values[name]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def _lines(values: Mapping[str, Any]) -> Mapping[str, str]:
    """A line for each value, those that were read from one as they stood."""
    older, fresh = _layers(values)
    known = older.lines if isinstance(older, Written) else {}
    return _Unwritten(values, {name: known[name] for name in values if name in known and name not in fresh})


def _fresh_lines(values: Mapping[str, Any]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """A line for each value that isn't on one already; and the lines of those that are."""
    older, fresh = _layers(values)
    if not isinstance(older, Written):
        return _Unwritten(values, {}), {}
    return _Unwritten(fresh, {}), older.lines


def _layers(values: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What is older of some values, and what is fresh."""
    return (values.older, values.fresh) if isinstance(values, Overlaid) else (values, {})


def _line(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _loaded(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise CodingError("no JSON") from fault


@cache
def _coding(kind: type[Value]) -> Coding[Value]:
    from builder.render.search import Bound

    names: dict[str, object] = {"Mapping": Mapping, "Bound": Bound}
    for module in (diagnostic, facts, gate, note, site, text, view, sheets):
        names.update(vars(module))
    return Coding(kind, names)


def _decode_given(plain: Any) -> Any:
    return _given_coding().decode(plain)


@cache
def _given_coding() -> Coding[Any]:
    from builder.render.given import Given, named

    return Coding(Given, {**named(), "Mapping": Mapping})
