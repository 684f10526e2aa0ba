"""theme.toml of a theme and of those it extends: what holds in the end, and every fault with its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from builder.model.diagnostic import Place
from builder.model.site import Settings
from builder.model.theme import ThemeFiles
from builder.parse.theme import parse_theme
from builder.parse.theme_table import ThemeTable, theme_table
from tests.parse.tables import cases

NAMES = ("child", "parent", "elder")
FILES = ("css/a.css", "css/b.css", "css/c.css", "js/a.js", "js/b.js", "js/c.js")


def read(tables: list[str]) -> ThemeFiles:
    """The files of a theme as the shell lays them out, of several generations the nearest first."""
    files = dict.fromkeys(FILES, b"")
    for index, table in enumerate(tables):
        covered = "".join(f"{name}/" for name in NAMES[:index])
        folder = f"{covered}{NAMES[index]}/" if index else ""
        files[f"{folder}theme.toml"] = table.encode()
    return ThemeFiles("child", files)


def spoken(table: ThemeTable) -> dict[str, Any]:
    return {
        "summary": table.summary,
        "styles": list(table.styles),
        "early": list(table.early),
        "page": list(table.page),
        "bundles": {
            name: {"styles": list(one.styles), "scripts": list(one.scripts)} for name, one in table.bundles.items()
        },
        "options": {
            name: {"default": one.default, "about": one.about, "choices": list(one.choices)}
            for name, one in table.options.items()
        },
    }


@pytest.mark.parametrize("case", cases("themes"))
def test_what_a_theme_has_and_what_it_takes_from_its_parents(case: dict[str, Any]) -> None:
    table, told = theme_table(read(case["themes"]))
    assert [f"{one.place}: {one.code} {one.message}; {one.hint}" for one in told] == case.get("told", [])
    found = spoken(table)
    assert {name: found[name] for name in case.get("made", {})} == case.get("made", {})


def test_a_theme_without_any_table_is_empty() -> None:
    assert theme_table(ThemeFiles("child", {})) == (ThemeTable(), ())


THEME = b"""[options.side]
default = "left"
choices = ["left", "right"]
about = "Which."
[options.motto]
default = "none"
about = "What is said."
"""


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        ({"side": "top"}, 'one of: "left", "right"'),
        ({"motto": True}, 'a value like this: "none"'),
        ({"moto": "x"}, "did you mean “motto”?"),
    ],
)
def test_what_an_option_may_be(options: dict[str, object], hint: str) -> None:
    settings = replace(Settings("S", Place("site.toml")), theme_options=options)
    _, told = parse_theme(ThemeFiles("child", {"theme.toml": THEME, "words/en.toml": b"a = \xff"}), settings)
    assert hint in [one.hint for one in told]
    assert "the theme “child” has no templates" in [one.message for one in told]


TABLE = b'styles = ["css/colours.css"]'


def test_colours_as_parts_of_light() -> None:
    files = {"css/colours.css": b":root{--paper: rgb(255, 255, 255); --ink: rgb(250 250 250)}", "theme.toml": TABLE}
    _, told = parse_theme(ThemeFiles("child", files), Settings("S", Place("site.toml")))
    assert "G604" in {one.code for one in told}


def test_what_stands_among_the_words_and_is_none_is_told() -> None:
    """Else a page would show a list as a program writes it."""
    table = b'title.read = "Read"\n[nav]\n  read = ["x"]\nnext = 3\nmore = { "last" = true }\n'
    settings = Settings("S", place=Place("site.toml"))
    theme, told = parse_theme(ThemeFiles("own", {"words/en.toml": table}), settings)
    assert [f"{one.place}: {one.code} {one.message}" for one in told if one.code == "G103"] == [
        "words/en.toml:3:3: G103 “nav.read” must be text",
        "words/en.toml:4:1: G103 “nav.next” must be text",
        "words/en.toml:1:1: G103 “nav.more.last” must be text",
    ]
    assert theme.words["en"]["title.read"] == "Read"
