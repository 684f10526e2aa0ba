"""Raw TOML values and a table of what is allowed -> typed values, every fault with its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from builder.model.codes import diagnose
from builder.model.value import value_class
from builder.parse.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.parse.toml import Document, Steps


@value_class(frozen=True, slots=True)
class Slip:
    """Why a value was refused. `message` completes a sentence that begins with the setting's name."""

    code: str
    message: str
    hint: str = ""


@value_class(frozen=True, slots=True)
class Slips:
    """All that is wrong with the items of a list."""

    each: tuple[Slip, ...]


@value_class(frozen=True, slots=True)
class Shape:
    """What a value must be, in words, and how it is read: `read` returns the value, or a Slip, or Slips."""

    name: str
    read: Callable[[object], object]


@value_class(frozen=True, slots=True)
class Key:
    """One setting: its name as typed, its shape, its default as typed in TOML, and what it does."""

    name: str
    shape: Shape
    default: object
    about: str
    required: bool = False

    @property
    def field(self) -> str:
        """The name of the dataclass field that takes it."""
        return self.name.replace("-", "_")


@value_class(frozen=True, slots=True)
class Table:
    """The settings of one TOML table, and the names of the tables within it, which are read on their own."""

    name: str
    """As it is shown: `site.toml`, `[[text]]`, `[kind.ID]`."""
    keys: tuple[Key, ...]
    inner: tuple[str, ...] = ()
    top: tuple[str, ...] = ()
    """What may be set at the top of the same file, above all headers."""

    def names(self) -> tuple[str, ...]:
        """Every word that may stand on the left of `=` or in a header."""
        return (*(key.name for key in self.keys), *self.inner)


@value_class(frozen=True, slots=True)
class SettingRow:
    """One row of the documentation of settings."""

    table: str
    key: str
    type: str
    default: str
    """As typed in TOML; "" where the setting is required or stands for nothing."""
    about: str


def rows(table: Table) -> tuple[SettingRow, ...]:
    """A table's settings as rows of documentation."""
    return tuple(
        SettingRow(table.name, key.name, key.shape.name, "" if key.required else literal(key.default), key.about)
        for key in table.keys
    )


def literal(value: object) -> str:
    """A default as it would be typed in TOML; "" for an empty one."""
    return "" if value in ("", []) else json.dumps(value, ensure_ascii=False)


def read_table(document: Document, steps: Steps, table: Table, told: list[Diagnostic]) -> dict[str, Any]:
    """A table's settings by field name, with the default where one is absent or refused."""
    given = read_given(document, steps, table, told)
    values: dict[str, Any] = {}
    for key in table.keys:
        if key.field in given:
            values[key.field] = given[key.field]
            if key.required and given[key.field] == "":
                hint = f"write: {key.name} = {key.shape.name}"
                told.append(diagnose("G105", document.place(*steps, key.name), f"“{key.name}” is empty", hint))
            continue
        values[key.field] = key.shape.read(key.default)
        if key.required and key.name not in document.table(*steps):
            place = document.place(*steps)
            told.append(
                diagnose(
                    "G105", place, f"“{key.name}” is missing in {table.name}", f"write: {key.name} = {key.shape.name}"
                )
            )
    return values


def read_given(document: Document, steps: Steps, table: Table, told: list[Diagnostic]) -> dict[str, Any]:
    """Only those settings of a table that are given, by field name."""
    keys = {key.name: key for key in table.keys}
    values: dict[str, Any] = {}
    for name, raw in document.table(*steps).items():
        if name in table.inner:
            continue
        if name not in keys:
            told.append(
                diagnose(
                    "G102",
                    document.place(*steps, name),
                    f"“{name}” is no setting of {table.name}",
                    _allowed(name, table),
                )
            )
            continue
        value = keys[name].shape.read(raw)
        if isinstance(value, Slip | Slips):
            place = document.value_place(*steps, name)
            slips = value.each if isinstance(value, Slips) else (value,)
            told.extend(diagnose(one.code, place, f"“{name}” {one.message}", one.hint) for one in slips)
        else:
            values[keys[name].field] = value
    return values


def _allowed(name: str, table: Table) -> str:
    if name in table.top:
        first = "[[…]]" if table.name.startswith("[[") else "[…]"
        return f"it belongs to the file's top: move it above the first {first}"
    near = nearest(name, table.names())
    return f"did you mean “{near}”?" if near else f"allowed here: {', '.join(table.names())}"


def named_tables(document: Document, name: str, told: list[Diagnostic]) -> tuple[str, ...]:
    """The IDs of all `[name.ID]`, in the order of the file."""
    value = document.values.get(name, {})
    if isinstance(value, dict) and all(isinstance(one, dict) for one in value.values()):
        return tuple(value)
    told.append(
        diagnose(
            "G103",
            document.place(name),
            f"“{name}” must be written as tables, not as {spoken(value)}",
            f"write: [{name}.ID]",
        )
    )
    return tuple(one for one, inner in value.items() if isinstance(inner, dict)) if isinstance(value, dict) else ()


def listed_tables(document: Document, name: str, told: list[Diagnostic]) -> tuple[Steps, ...]:
    """The steps to each `[[name]]`, in the order of the file."""
    value = document.values.get(name, [])
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return tuple((name, index) for index in range(len(value)))
    told.append(
        diagnose(
            "G103",
            document.place(name),
            f"“{name}” must be written as a list of tables, not as {spoken(value)}",
            f"write: [[{name}]], in double brackets",
        )
    )
    return ()


def spoken(value: object) -> str:
    """What kind of TOML value something is, in words."""
    if isinstance(value, bool):
        return "true or false"
    kinds: Mapping[type, str] = {str: "text", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return kinds.get(type(value), "a date or time")


def quoted(words: Iterable[str]) -> str:
    """Words as they would be typed in TOML, in a row."""
    return ", ".join(f'"{word}"' for word in words)
