"""What scripts of a theme call in vain: only what the browser has by that name."""

from __future__ import annotations

import pytest

from builder.model.diagnostic import Place
from builder.model.site import Settings
from builder.model.theme import ThemeFiles
from builder.parse.held_off import check_guarded, check_policy
from builder.parse.theme import parse_theme

IN_VAIN = [
    "fetch('x')",
    "window.fetch(x)",
    "self?.fetch (x)",
    "await fetch(url).then(function (r) { })",
    "if (fetch(a)) {",
    "eval('1')",
    "globalThis.eval(x)",
    "import('x')",
]
ITS_OWN = [
    "cache.fetch('x')",
    "function fetch(a) { }",
    "class A { fetch(key) { return 1 } #eval(k) {} g() { this.#eval(1) } }",
    "prefetch(x)",
    "$fetch(1)",
    "model.eval(x)",
    "loader.import(x)",
]


def told(script: str) -> list[str]:
    files = ThemeFiles("own", {"js/own.js": f"\n  {script}".encode()})
    return [f"{one.place.line}:{one.place.column} {one.code}" for one in check_policy(files)]


@pytest.mark.parametrize("script", IN_VAIN)
def test_what_the_browser_refuses_is_told(script: str) -> None:
    assert [one.split(" ")[1] for one in told(script)] == ["G510"]


@pytest.mark.parametrize("script", ITS_OWN)
def test_methods_and_functions_of_a_scripts_own_are_nothing_of_the_kind(script: str) -> None:
    assert told(script) == []


@pytest.mark.parametrize(
    "value", ["url( //e/a.png)", 'image-set("http://e/a.png" 1x)', "image-set('a.png' 1x, '//e/b')"]
)
def test_what_a_style_fetches_from_elsewhere_is_told(value: str) -> None:
    files = ThemeFiles("own", {"css/own.css": f"a {{ background: {value} }}".encode()})
    assert [one.code for one in check_policy(files)] == ["G510"]


def test_what_a_style_names_and_is_not_there_is_told_where_it_is_named() -> None:
    css = "/* url(no.png) */\na { background: url('Pictures/a.png'), url( ../pictures/a.png ), url(#b) }\n"
    css += "b { mask: url(/etc/passwd); cursor: url(data:image/png;base64,AA), url(https://e.org/x) }\n"
    files = {"css/own.css": css.encode(), "pictures/a.png": b"", "theme.toml": b'styles = ["css/own.css"]'}
    _, told = parse_theme(ThemeFiles("own", files), Settings("S", Place("site.toml")))
    assert [(one.code, str(one.place)) for one in told if "style names" in one.message] == [
        ("G502", "css/own.css:2:22"),
        ("G502", "css/own.css:3:15"),
    ]


GUARD = '<meta http-equiv="content-security-policy" content="{{ head.policy }}">'


@pytest.mark.parametrize(
    ("files", "places"),
    [
        ({"templates/base.html": "{# A #}\n<!DOCTYPE html>\n<head>"}, ["templates/base.html:2:1"]),
        ({"templates/base.html": f"<html>{{# {GUARD} #}}"}, ["templates/base.html:1:1"]),
        ({"templates/base.html": f"<html><head>{GUARD}"}, []),
        ({"templates/base.html": "<html>{% include 'partials/head.html' %}", "partials/head.html": GUARD}, []),
        ({"templates/a.html": '{% extends "templates/base.html" %}<header></header>'}, []),
        ({"templates/offline.html": "<html>", "templates/epub/text.html": "<html>", "partials/a.html": "<html>"}, []),
    ],
)
def test_templates_that_begin_a_page_without_the_policy_are_told(files: dict[str, str], places: list[str]) -> None:
    read = ThemeFiles("own", {path: words.encode() for path, words in files.items()})
    assert [str(one.place) for one in check_guarded(read)] == places
