"""How templates find each other: a nearer one covers another of its path, and may build on it by its theme's name."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from builder.model.diagnostic import FaultError
from builder.model.theme import Theme
from builder.render.page import COMPILED, Press, sources
from builder.render.views import LinkView

BASE = "<b>{% block main %}{% endblock %}</b>"


def pressed(template: str, **files: str) -> str:
    made = {name.replace("__", "/") + ".html": words.encode() for name, words in files.items()}
    theme = Theme(name="child", summary="", files=made, options={}, styles=(), early=(), scripts=())
    return Press(theme).set(template, {"word": "leap"}).decode()


def test_a_template_builds_on_the_one_that_it_covers() -> None:
    made = pressed(
        "page.html",
        templates__page='{% extends "base.html" %}{% block main %}{{ word }}{% endblock %}',
        templates__base='{% extends "folio/templates/base.html" %}{% block main %}<i>{{ super() }}</i>{% endblock %}',
        child__folio__templates__base=BASE,
    )
    assert made == "<b>leap</b>"  # what a page says stands above what its frame says


def test_a_block_that_only_the_frame_changes() -> None:
    made = pressed(
        "page.html",
        templates__page='{% extends "base.html" %}',
        templates__base='{% extends "folio/templates/base.html" %}{% block main %}mine {{ super() }}{% endblock %}',
        child__folio__templates__base="<b>{% block main %}theirs{% endblock %}</b>",
    )
    assert made == "<b>mine theirs</b>"


def test_three_generations() -> None:
    made = pressed(
        "base.html",
        templates__base='{% extends "child/templates/base.html" %}{% block main %}1{{ super() }}{% endblock %}',
        child__templates__base='{% extends "folio/templates/base.html" %}{% block main %}2{{ super() }}{% endblock %}',
        child__folio__templates__base="{% block main %}3{% endblock %}",
    )
    assert made == "123"


def test_a_partial_takes_macros_from_the_one_that_it_covers() -> None:
    made = pressed(
        "page.html",
        templates__page='{% from "partials/note.html" import note with context %}{{ note("a") }}',
        partials__note='{% import "folio/partials/note.html" as folio %}'
        "{% macro note(n) %}[{{ folio.note(n) }}]{% endmacro %}",
        child__folio__partials__note="{% macro note(n) %}{{ n }}{% endmacro %}",
    )
    assert made == "[a]"


def test_what_is_set_once_is_told_apart_by_all_that_it_is_given() -> None:
    """By type too: a word that is HTML already is another one than the same word as typed."""
    said = "{% macro said(words, more) %}{{ words }}{{ more }},{% endmacro %}"
    asked = ('"<b>", true', '"<b>"|safe, true', '"<b>", false', '"<b>", 1', '"<b>", true')
    page = '{% from "partials/said.html" import said %}' + "".join(f"{{{{ said|once({one}) }}}}" for one in asked)
    assert pressed("page.html", templates__page=page, partials__said=said) == (
        "&lt;b&gt;True,<b>True,&lt;b&gt;False,&lt;b&gt;1,&lt;b&gt;True,"
    )


def test_what_is_set_once_is_kept_within_bounds() -> None:
    said = "{% macro said(words) %}{{ words }}{% endmacro %}"
    page = '{% from "partials/said.html" import said %}{% for n in range(600) %}{{ said|once(n ~ "") }},{% endfor %}'
    made = pressed("page.html", templates__page=page, partials__said=said)
    assert made == "".join(f"{number}," for number in range(600))


@pytest.mark.parametrize("name", ["folio/templates/base.html", "nowhere/templates/base.html", "../base.html"])
def test_what_is_not_covered_is_not_there(name: str) -> None:
    with pytest.raises(FaultError, match=r"^templates/base\.html:1:1: G509 there is no template “.*base\.html”"):
        pressed("base.html", templates__base=f'{{% extends "{name}" %}}')


@pytest.mark.parametrize("asked", ["nowhere", "words.nowhere", "words.nowhere.at.all", "link.nowhere"])
def test_what_is_not_there_is_told_with_the_file_and_line_that_ask_for_it(asked: str) -> None:
    files = {
        "templates/page.html": b'<p>\n{% include "partials/colophon.html" %}',
        "partials/colophon.html": b"a\n\n{{ " + asked.encode() + b" }}",
    }
    theme = Theme(name="child", summary="", files=files, options={}, styles=(), early=(), scripts=())
    with pytest.raises(FaultError, match=r"^partials/colophon\.html:3:1: G509 .*nowhere"):
        Press(theme).set("page.html", {"words": {}, "link": LinkView("words", "#there")})


FINE = (
    "{% for site in [] %}{{ site.tilte }}{% endfor %}",
    "{% if motto is defined %}{{ motto.tilte }}{% endif %}{{ epigraph|default(1) }}",
    "{% set own = 1 %}{% macro line(one) %}{{ one.tilte }}{{ own }}{{ caller() }}{{ varargs }}{% endmacro %}",
    '{% from "other.html" import a, b as c %}{% import "other.html" as d with context %}{{ a }}{{ c }}{{ d.nowhere }}',
    "{{ set_by_another }}{{ range(1) }}{{ words.nav.read.split }}{{ words }}{{ glossary.tilte }}{{ site.title.tilte }}",
    "{% block a %}{{ super() }}{{ self.a() }}{% for n in [1] %}{{ loop.index }}{% endfor %}{% endblock %}",
    "{{ words['anything'] }}{{ [1][0].tilte }}",
)


@pytest.mark.parametrize("template", FINE)
def test_what_may_be_there_is_no_fault(template: str) -> None:
    files = {"templates/page.html": template.encode(), "templates/other.html": b"{% set set_by_another = 1 %}"}
    words = {"en": {"nav.read": "Read"}}
    theme = Theme(
        name="child", summary="", files=files, options={}, styles=(), early=(), scripts=(), bundles={}, words=words
    )
    assert Press(theme).faults() == ()


FAULTY: tuple[tuple[str, list[str]], ...] = (
    ("{{ site.tilte }}{{ edtion }}", ["site has no “tilte”", "there is no “edtion” here"]),
    ("{{ site.tilte|uper }}", ["site has no “tilte”", "there is no filter “uper”"]),
    ("{{ a is evn }}{{ b|uper|lwer }}", ["filter “lwer”", "filter “uper”", "test “evn”", "“a” here", "“b” here"]),
    ("{{ site.tilte }}{% include 'nosuch.html' %}", ["site has no “tilte”", "there is no template “nosuch.html”"]),
    ("{% if words %}{{ site.tilte }}", ["site has no “tilte”", "is never closed"]),
    ("{% if words %}{{ }}{{ site.tilte }}", ["something is missing before “}}”"]),
    ("{% if words %}{% else %}{% endif %}{% for a in [] %}", ["“{% for %}” of this line is never closed"]),
    ("{{ site.tilte ? }}", ["“?” means nothing here"]),
    (
        "{% block a %}{% endblock %}{% block a %}{% endblock %}{{ 1|uper }}",
        ["the block “a” stands here twice", "filter “uper”"],
    ),
    ("{% include 'nosuch.html' ignore missing %}{% include 'other.html' %}{{ 1|uper if 'uper' is filter }}", []),
)


@pytest.mark.parametrize(("template", "says"), FAULTY, ids=[template for template, _ in FAULTY])
def test_no_fault_of_a_template_hides_another(template: str, says: list[str]) -> None:
    files = {"templates/page.html": template.encode(), "templates/other.html": b""}
    told = Press(Theme(name="child", summary="", files=files, options={}, styles=(), early=(), scripts=())).faults()
    assert len(told) == len(says)
    for words in says:
        assert sum(words in one.message for one in told) == 1


@pytest.mark.parametrize("template", ["{{ a" + ".b" * 150 + " }}", "{% if a %}" * 150 + "{% endif %}" * 150])
def test_what_python_would_not_compile_is_told_as_any_fault(template: str) -> None:
    files = {"templates/page.html": template.encode()}
    theme = Theme(name="child", summary="", files=files, options={}, styles=(), early=(), scripts=())
    assert any("nested too deeply" in one.message for one in Press(theme).faults())
    with pytest.raises(FaultError, match=r"^templates/page\.html:1:1: G509 .*nested too deeply"):
        Press(theme).set("page.html", {})


def test_only_where_all_templates_are_our_own_are_letters_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "{% macro long() %}{% for _ in range(9) %}leap {% endfor %}{% endmacro %}{{ long() }}"
    ours = {"templates/page.html": long.encode()}
    package = ModuleType(COMPILED)
    package.__path__ = []
    package.SOURCES = sources(ours)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, COMPILED, package)
    monkeypatch.setattr("builder.render.bounds.LARGEST", 40)

    def made(files: dict[str, bytes]) -> bytes:
        theme = Theme(name="child", summary="", files=files, options={}, styles=(), early=(), scripts=())
        return Press(theme).set("page.html", {})

    assert made(ours) == b"leap " * 9
    for other in ({"templates/page.html": long.encode() + b" "}, {**ours, "partials/note.html": b"a guest's"}):
        with pytest.raises(FaultError, match="grows too large"):
            made(other)
