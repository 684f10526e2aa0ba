"""site.toml and edition.toml: every fault with its place, what is allowed, and the nearest known word."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.note import Audience
from builder.model.site import EditionSettings, HandoutSettings, LayerSettings, Settings, Source, TextSettings
from builder.model.text import RawHtmlPolicy
from builder.parse.nearest import did_you_mean, nearest
from builder.parse.setting_tables import ALL
from builder.parse.settings import documented, parse_edition, parse_site
from builder.parse.shapes import is_date, is_name
from builder.parse.toml import MOST, key_places, read_toml
from tests.parse.tables import cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.diagnostic import Diagnostic

SITE = 'title = "Readings"\n'


def site(text: str = SITE) -> Settings:
    settings, _ = parse_site(Source("site.toml", text, ""))
    assert settings is not None
    return settings


def told_for(case: dict[str, Any]) -> tuple[Diagnostic, ...]:
    text = "\n" + case.get("site", case.get("edition", "")).removeprefix("\n")
    text = text.replace("LONG", "x" * 10_001).replace("PARTS", ".".join("a" * 51))
    if "site" in case:
        return parse_site(Source("site.toml", text, ""))[1]
    return parse_edition(Source("edition.toml", text, ""), id="fox", folder="fox", site=site())[1]


@pytest.mark.parametrize("case", cases("settings"))
def test_faults(case: dict[str, Any]) -> None:
    told = sorted(told_for(case), key=lambda one: (one.place, one.code))
    expected = sorted((entry.split(" ", 1) for entry in case.get("told", [])), key=lambda one: _order(one[0]))
    assert [f"{one.code}:{one.place.line}:{one.place.column}" for one in told] == [where for where, _ in expected]
    for one, (_, word) in zip(told, expected, strict=True):
        assert word in f"{one.message} {one.hint}"
        assert one.hint


def test_a_number_of_thousands_of_digits() -> None:
    """It is told in our words, where it stands."""
    document, (told,) = read_toml(Source("site.toml", 'title = "S"\nyear = ' + "7" * 5000 + "\n", ""))
    assert document is None
    assert str(told.place) == "site.toml:2:8"
    assert "a number as long as this can't be read" in told.message
    assert "sys." not in f"{told.message} {told.hint}"


def _order(where: str) -> tuple[int, int, str]:
    code, line, column = where.split(":")
    return int(line), int(column), code


def test_what_is_read() -> None:
    settings = site(
        SITE + 'audience = "teacher"\n[kind.law]\nlabel = "Law"\ncue = "source"\n[quality]\nG201 = "ignore: x"'
    )
    assert settings.audience is Audience.TEACHER
    assert [kind.id for kind in settings.kinds] == ["context", "source", "question", "challenge", "language", "law"]
    assert settings.quality == {"G201": "ignore"}
    text = (
        'title = "F"\n[[text]]\nfile = "a.md"\nraw_html = "clean"\n[[text]]\nfile = "b.md"\nsiglum = "A"\n'
        'responds-to = "a"\n[[text]]\nfile = "c.md"\n[[handout]]\nid = "x"\n'
    )
    edition, told = parse_edition(Source("e/edition.toml", text, ""), id="e", folder="e", site=settings)
    assert edition is not None
    assert not told
    assert [one.siglum for one in edition.texts] == ["B", "A", "C"]
    assert edition.texts[0].raw_html is RawHtmlPolicy.CLEAN
    assert edition.texts[1].responds_to == "a"
    assert edition.texts[1].place.line == 5
    assert edition.language == "en"
    assert edition.handouts[0].paper == "a4"


def test_defaults_are_those_of_the_values() -> None:
    """A setting left out is as the model has it: no default is written down twice."""
    settings = site()
    plain = Settings(title="Readings", place=settings.place)
    for field in fields(Settings):
        if field.name not in ("kinds", "relations"):
            assert getattr(settings, field.name) == getattr(plain, field.name), field.name


def test_every_field_can_be_set() -> None:
    """The tables and the values name the same things."""
    keys = {table.name: {key.field for key in table.keys} for table in ALL}
    aside = {"place", "id", "folder", "texts", "layers", "handouts", "theme_options", "kinds", "relations", "quality"}
    aside |= {"places", "students_alone"}
    pairs = (
        ("site.toml", Settings), ("edition.toml", EditionSettings), ("[[text]]", TextSettings),
        ("[[layer]]", LayerSettings), ("[[handout]]", HandoutSettings),
    )  # fmt: skip
    for name, values in pairs:
        named = {field.name for field in fields(values)}
        assert keys[name] <= named
        assert named - keys[name] <= aside


def test_documentation() -> None:
    rows = documented()
    assert len({(row.table, row.key) for row in rows}) == len(rows)
    assert all(row.type and row.about.endswith(".") for row in rows)
    assert {row.table for row in rows} >= {"site.toml", "[[text]]", "[quality]", "## of TEXT.notes.md"}


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    parse_site(Source("site.toml", text, ""))
    parse_edition(Source("edition.toml", text, ""), id="x", folder="x", site=None)


VALUES = st.recursive(
    st.booleans() | st.integers(-5, 5) | st.sampled_from(['"x"', "'''a\n[b]'''", '"""\\"\n#"""', "2021-08-04", '"]"']),
    lambda inner: st.lists(inner, max_size=3).map(lambda many: "[\n" + ", # ]\n".join(map(_typed, many)) + "\n]"),
)
WORDS = ["title", "file", "dek", "kind", "quality", "pages", "date", "layers", "tags", "id", "cue", "G201", "odd"]
HEADERS = [
    "[[text]]",
    "[[layer]]",
    "[[handout]]",
    "[kind.law]",
    "[relation.x]",
    "[quality]",
    "[theme_options]",
    "[text]",
]


def _typed(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@given(st.lists(st.sampled_from(HEADERS) | st.tuples(st.sampled_from(WORDS), VALUES), max_size=12))
def test_every_place_is_a_true_one(parts: list[str | tuple[str, object]]) -> None:
    """Whatever the order of keys and tables, a fault is placed where its word stands."""
    text = "\n".join(part if isinstance(part, str) else f"{part[0]} = {_typed(part[1])}" for part in parts)
    parse_site(Source("site.toml", text, ""))
    parse_edition(Source("edition.toml", text, ""), id="x", folder="x", site=None)
    try:
        values = tomllib.loads(text)
    except ValueError:
        return
    lines = text.split("\n")
    places = key_places(text, "x")
    for steps in _steps(values):
        line = lines[places[steps].line - 1]
        named = next(step for step in reversed(steps) if isinstance(step, str))
        assert named in line[places[steps].column - 1 :]


def _steps(value: object, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every key and to every table of a list of tables."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*steps, name)
            yield from _steps(inner, (*steps, name))
    elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        for index, inner in enumerate(value):
            yield (*steps, index)
            yield from _steps(inner, (*steps, index))


@pytest.mark.parametrize(
    ("word", "good"),
    [
        ("2021", True), ("2021-08", True), ("2021-08-04", True), ("-0430", True), ("2021-13", False),
        ("2021-02-30", False), ("21", False), ("2021-8", False), ("soon", False), ("", False), ("0000", True),
    ],
)  # fmt: skip
def test_dates(word: str, good: bool) -> None:
    assert is_date(word) is good


@pytest.mark.parametrize(
    ("word", "good"), [("article", True), ("a-1", True), ("a--b", False), ("-a", False), ("A", False), ("ä", False)]
)
def test_names(word: str, good: bool) -> None:
    assert is_name(word) is good


def test_the_nearest_word() -> None:
    assert nearest("Titel", ["title", "text"]) == "title"
    assert nearest("x", ["title", "text"]) == ""
    assert nearest("word-4001", [f"word-{number}" for number in range(5000)]).startswith("word-")
    assert did_you_mean("x", ["title", "text"]) == "there is: title, text"
    assert did_you_mean("x", []) == ""


def test_too_many_settings_are_one_fault() -> None:
    settings, told = parse_site(Source("site.toml", SITE + "".join(f"[t{n}]\n" for n in range(MOST)), ""))
    assert settings is None
    assert [(one.code, one.place.line) for one in told] == [("G108", MOST + 1)]


def test_of_a_file_that_was_not_read_nothing_more_is_told() -> None:
    assert parse_site(Source("site.toml", "", "", broken=True)) == (None, ())
