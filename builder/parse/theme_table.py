"""The theme.toml of a theme and those of the themes that it extends -> one table, and what is wrong with them."""

from __future__ import annotations

import re
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from builder.model.codes import diagnose
from builder.model.site import Source
from builder.model.theme import Bundle, ThemeOption
from builder.model.value import value_class
from builder.parse.nearest import nearest_file
from builder.parse.schema import named_tables, read_given
from builder.parse.theme_tables import BUNDLE, OPTION, SCRIPTS, THEME, TYPES
from builder.parse.toml import read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.model.theme import ThemeFiles
    from builder.parse.toml import Document, Steps

_NAME = "theme.toml"
_AFTER = "_after"
_NAMED = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,59}")
_NAMED_SO = "write letters a to z, digits, “-”, “_” or “.”, sixty at most: [bundles.maps]"


@value_class(frozen=True, slots=True)
class ThemeTable:
    """What a theme says of itself, completed from those that it extends."""

    summary: str = ""
    styles: tuple[str, ...] = ()
    early: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    bundles: Mapping[str, Bundle] = field(default_factory=dict)
    options: Mapping[str, ThemeOption] = field(default_factory=dict)


def theme_table(read: ThemeFiles) -> tuple[ThemeTable, tuple[Diagnostic, ...]]:
    """One table of all generations, the eldest first: a nearer one replaces what it names and adds what is new.

    Diagnostics stand at `themes/NAME/theme.toml`, wherever that folder is.
    """
    told: list[Diagnostic] = []
    table = ThemeTable()
    for name, content in _generations(read):
        source = Source(f"themes/{name}/{_NAME}", content.decode("utf-8", "replace"), "")
        document, slips = read_toml(source)
        told.extend(slips)
        if document is not None:
            table = _laid_over(table, _Reader(document, read.files, told))
    return table, tuple(told)


def _generations(read: ThemeFiles) -> list[tuple[str, bytes]]:
    """(name of the theme, its theme.toml), the eldest first. A covered one lies the deeper the farther away it is."""
    covered = sorted(
        (path for path in read.files if path.endswith(f"/{_NAME}") and path.startswith(f"{read.name}/")),
        key=lambda path: -path.count("/"),
    )
    elder = [(path.split("/")[-2], read.files[path]) for path in covered]
    return [*elder, (read.name, read.files.get(_NAME, b""))]


@value_class(frozen=True, slots=True)
class _Reader:
    """One theme.toml, the files that it may name, and where to tell what is wrong with it."""

    document: Document
    files: Mapping[str, bytes]
    told: list[Diagnostic]

    def names(self, steps: Steps, given: Mapping[str, Any], key: str, before: tuple[str, ...]) -> tuple[str, ...]:
        """A list of files: its own, else the one `before`, and what comes after either."""
        own = self._there((*steps, key), given[key]) if key in given else before
        return (*own, *self._there((*steps, key + _AFTER), given.get(key + _AFTER, ())))

    def _there(self, steps: Steps, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in self.files:
                near = nearest_file(name, self.files)
                hint = f"did you mean “{near}”?" if near else ""
                place = self.document.place(*steps)
                self.told.append(diagnose("G502", place, f"theme.toml names “{name}”, which isn't there", hint))
        return tuple(name for name in names if name in self.files)


def _laid_over(before: ThemeTable, reader: _Reader) -> ThemeTable:
    given = read_given(reader.document, (), THEME, reader.told)
    scripts = read_given(reader.document, ("scripts",), SCRIPTS, reader.told)
    return ThemeTable(
        summary=given.get("summary", before.summary),
        styles=reader.names((), given, "styles", before.styles),
        early=reader.names(("scripts",), scripts, "early", before.early),
        page=reader.names(("scripts",), scripts, "page", before.page),
        bundles=_bundles(before.bundles, reader),
        options=_options(before.options, reader),
    )


def _bundles(before: Mapping[str, Bundle], reader: _Reader) -> dict[str, Bundle]:
    bundles = dict(before)
    for name in named_tables(reader.document, "bundles", reader.told):
        steps: Steps = ("bundles", name)
        if not _NAMED.fullmatch(name):
            _tell(reader, steps, "G502", f"no file can be named by “{name}”, as a bundle's are", _NAMED_SO)
            continue
        given = read_given(reader.document, steps, BUNDLE, reader.told)
        elder = bundles.get(name, Bundle((), ()))
        bundles[name] = Bundle(
            styles=reader.names(steps, given, "styles", elder.styles),
            scripts=reader.names(steps, given, "scripts", elder.scripts),
        )
    return dict(sorted(bundles.items()))


def _options(before: Mapping[str, ThemeOption], reader: _Reader) -> dict[str, ThemeOption]:
    options = dict(before)
    for name in named_tables(reader.document, "options", reader.told):
        steps: Steps = ("options", name)
        given = read_given(reader.document, steps, OPTION, reader.told)
        type_of = given.pop("type", "")
        elder = options.get(name)
        option = replace(elder or ThemeOption(name, "", ""), **given)
        options[name] = option
        for key in ("default", "about"):
            if elder is None and key not in reader.document.table(*steps):
                _tell(reader, steps, "G105", f"“{key}” is missing in [options.{name}]", f"write: {key} = …")
        if type_of and type(option.default) is not TYPES[type_of]:
            hint = f"say what it is, or give a default that is a {type_of}"
            _tell(reader, (*steps, "type"), "G104", f"“{name}” says that it is a {type_of}; its default isn't", hint)
        if option.choices and option.default not in option.choices:
            hint = f"one of: {', '.join(option.choices)}"
            _tell(reader, (*steps, "default"), "G104", f"the default of “{name}” isn't among its choices", hint)
    return dict(sorted(options.items()))


def _tell(reader: _Reader, steps: Steps, code: str, message: str, hint: str) -> None:
    reader.told.append(diagnose(code, reader.document.place(*steps), message, hint))
