"""Frozen values -> plain lists and words that JSON can hold; and back, each checked against what its class declares.

A dataclass is the list of its fields, so that a changed class reads nothing of what the old one wrote. What doesn't
fit raises CodingError: what was written down long ago is never half believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from operator import attrgetter
from types import UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


class CodingError(ValueError):
    """What was read isn't what such a value was written as."""


class Coding(Generic[Value]):
    """How values of one kind are written down and read again."""

    def __init__(self, kind: type[Value], names: Mapping[str, object]) -> None:
        """`names` are the classes that annotations speak of, by their names."""
        self._decode = _Decoders(names).of(kind)

    def encode(self, value: Value) -> Any:
        """What JSON can hold of it."""
        return encoded(value)

    def decode(self, plain: Any) -> Value:
        """The value again. CodingError for anything that `encode` of this kind doesn't give."""
        decoded: Value = self._decode(plain)
        return decoded


def encoded(value: Any) -> Any:
    """A value as JSON can hold it; a mapping keeps its order."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind in _READ:  # most are words, and rows of words
        return [one if type(one) in _PLAIN else encoded(one) for one in _READ[kind](value)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {key: encoded(one) for key, one in value.items()}
    if isinstance(value, type) or not is_dataclass(value):
        raise TypeError(f"{kind.__name__} can't be written down")
    _READ[kind] = _reader(tuple(value.__dataclass_fields__))
    return encoded(value)


_PLAIN = frozenset({str, int, bool, type(None)})
_READ: dict[type, Callable[[Any], Iterable[Any]]] = {tuple: iter}
"""How to read what a value holds, in order: a tuple's items; the fields of each dataclass that was met."""


def _reader(names: tuple[str, ...]) -> Callable[[Any], Iterable[Any]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: [getattr(value, name) for name in names]


class _Decoders:
    """The way back for each kind, made once."""

    def __init__(self, names: Mapping[str, object]) -> None:
        self._names = dict(names)
        self._known: dict[Any, Callable[[Any], Any]] = {}

    def of(self, kind: Any) -> Callable[[Any], Any]:
        """The way back to a kind."""
        if kind not in self._known:
            self._known[kind] = self._make(kind)
        return self._known[kind]

    def _make(self, kind: Any) -> Callable[[Any], Any]:
        origin, inner = get_origin(kind), get_args(kind)
        if origin in (Union, UnionType) and len(inner) == 2 and type(None) in inner:
            one = self.of(next(each for each in inner if each is not type(None)))
            return lambda plain: None if plain is None else one(plain)
        if origin is tuple and inner[-1] is Ellipsis:
            return _words(inner[0]) if inner[0] in _WORDS else _many(self.of(inner[0]))
        if origin is tuple:
            return _row([self.of(each) for each in inner])
        if origin is not None and issubclass(origin, Mapping):
            return _table_of_words(inner[1]) if inner[1] in _WORDS else _mapping(self.of(inner[1]))
        if is_dataclass(kind):
            return self._fields(kind)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return _member(kind)
        if isinstance(kind, type) and issubclass(kind, str):
            return _plain(str) if kind is str else _worded(kind)
        if kind in (int, bool):
            return _plain(kind)
        raise TypeError(f"{kind} can't be written down")

    def _fields(self, kind: Any) -> Callable[[Any], Any]:
        hints = get_type_hints(kind, localns=self._names)
        return _record(kind, [hints[field.name] for field in fields(kind)], self.of)


def _plain(kind: type) -> Callable[[Any], Any]:
    def decode(plain: Any) -> Any:
        if type(plain) is not kind:
            raise CodingError(f"{kind.__name__} wanted")
        return plain

    return decode


def _worded(kind: Callable[[str], Any]) -> Callable[[Any], Any]:
    word = _plain(str)
    return lambda plain: kind(word(plain))


def _member(kind: type[Enum]) -> Callable[[Any], Any]:
    members = {one.value: one for one in kind}

    def decode(plain: Any) -> Any:
        try:
            return members[plain]
        except (KeyError, TypeError) as fault:
            raise CodingError(f"{kind.__name__} wanted") from fault

    return decode


def _words(kind: type) -> Callable[[Any], Any]:
    """A row of words: the types of all of them are compared at one stroke."""

    def decode(plain: Any) -> Any:
        if type(plain) is not list or not set(map(type, plain)) <= {kind}:
            raise CodingError(f"a list of {kind.__name__} wanted")
        return tuple(plain)

    return decode


def _table_of_words(kind: type) -> Callable[[Any], Any]:
    def decode(plain: Any) -> Any:
        if type(plain) is not dict or not set(map(type, plain.values())) <= {kind}:
            raise CodingError(f"a table of {kind.__name__} wanted")
        return plain

    return decode


def _many(one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decode(plain: Any) -> Any:
        if plain == []:
            return ()
        if type(plain) is not list:
            raise CodingError("a list wanted")
        return tuple(map(one, plain))

    return decode


def _mapping(one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decode(plain: Any) -> Any:
        if type(plain) is not dict:
            raise CodingError("a table wanted")
        return {key: one(value) for key, value in plain.items()}

    return decode


def _record(kind: Any, hints: list[Any], of: Callable[[Any], Callable[[Any], Any]]) -> Callable[[Any], Any]:
    """A dataclass from the list of its fields.

    A large site remembers some hundred thousand: so the function is written out for just these fields and compiled.
    Nothing stands in it but their numbers.
    """
    names = [f"_{number}" for number in range(len(hints))]
    plain = [f"type({name}) is not {hint.__name__}" for name, hint in zip(names, hints, strict=True) if hint in _WORDS]
    values = [name if hint in _WORDS else f"of{name}({name})" for name, hint in zip(names, hints, strict=True)]
    lines = [
        "def decode(row):",
        f"    if type(row) is not list or len(row) != {len(hints)}: raise wrong()",
        f"    [{', '.join(names)}] = row",
        f"    if {' or '.join(plain) or 'False'}: raise wrong()",
        f"    return kind({', '.join(values)})",
    ]
    space: dict[str, Any] = {f"of_{number}": of(hint) for number, hint in enumerate(hints) if hint not in _WORDS}
    space |= {"kind": kind, "wrong": lambda: CodingError(f"{kind.__name__} wanted")}
    exec("\n".join(lines), space)
    decode: Callable[[Any], Any] = space["decode"]
    return decode


_WORDS = (str, int, bool)


def _row(each: list[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    number = len(each)

    def decode(plain: Any) -> Any:
        if type(plain) is not list or len(plain) != number:
            raise CodingError(f"a list of {number} wanted")
        return tuple(one(value) for one, value in zip(each, plain, strict=True))

    return decode
