"""Themes are guests: what a stranger's template tries ends soon, with file and line, and reaches nothing."""

from __future__ import annotations

import resource
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builder.model.diagnostic import FaultError, Place
from builder.model.theme import Theme
from builder.render import bounds, weights
from builder.render.attempts import Attempts
from builder.render.page import Press
from builder.render.views import LinkView

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic

CASES: dict[str, list[dict[str, str]]] = tomllib.loads(Path(__file__).with_name("templates.toml").read_text("utf-8"))
TOO_MUCH = "this takes too long, or grows too large"
GROWN = (
    "{{% set ns = namespace(s={0}, t={0}) %}}{{% for i in range(60) %}}"
    "{{% set ns.s = {1} %}}{{% set ns.t = {2} %}}{{% endfor %}}"
)
SHORT = {
    "DOUBLED": GROWN.format("[1]", "[ns.s, ns.s]", "[ns.t, ns.t]"),
    "PAIRED": GROWN.format("(1,)", "(ns.s, ns.s)", "(ns.t, ns.t)"),
    "MANY": "9" * 5000,
    "OR": "or 1 " * 50_000,
    "MACROS": "".join(f"{{% macro m{n}() %}}{{% endmacro %}}" for n in range(15_000)),
    "BRANCHES": "{% if 0 %}" + "{% elif 0 %}" * 30_000 + "{% endif %}",
}
"""What many cases begin with."""
SECONDS = 10.0
"""Of processor time: what is promised for any input."""
BYTES = 500 * 1024 * 1024


def timed(case: dict[str, str]) -> Any:
    return pytest.param(case, marks=[pytest.mark.slow] if "slow" in case else [])


def written(case: dict[str, str]) -> bytes:
    template = case["template"]
    for short, long in SHORT.items():
        template = template.replace(short, long)
    return template.encode()


def fault(template: bytes) -> str:
    files = {"templates/page.html": template, "partials/nav.html": b"<nav></nav>"}
    origins = {"templates/page.html": "themes/guest/templates/page.html"}
    theme = Theme(name="guest", summary="", files=files, options={}, styles=(), early=(), scripts=(), origins=origins)
    context: dict[str, Any] = {"word": "leap", "words": {"nav": "x"}, "link": LinkView("#a", "words")}
    try:
        Press(theme).set("page.html", context)
    except FaultError as found:
        (one,) = found.told
        assert one.place.path == "themes/guest/templates/page.html"
        return f"{one.place.line}:{one.place.column}: {one.code} {one.message}"
    return ""


@pytest.mark.parametrize("case", [timed(one) for one in CASES["endless"]], ids=lambda case: case["template"][:60])
def test_what_never_ends_is_ended(case: dict[str, str]) -> None:
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = fault(written(case))
    assert case.get("says", TOO_MUCH) in said
    assert time.process_time() - begun < SECONDS
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < BYTES


@pytest.mark.parametrize("case", CASES["escape"], ids=lambda case: case["template"][:60])
def test_nothing_is_reached_that_is_not_the_themes(case: dict[str, str]) -> None:
    assert case["says"] in fault(case["template"].encode())


@pytest.mark.parametrize("case", CASES["slip"], ids=lambda case: case["template"][:60])
def test_a_slip_is_told_with_its_line_and_what_was_meant(case: dict[str, str]) -> None:
    assert case["says"] in fault(written(case))


@pytest.mark.parametrize("case", CASES["done"], ids=lambda case: case["template"][:60])
def test_what_may_be_done_is_done(case: dict[str, str]) -> None:
    files = {"templates/page.html": case["template"].encode()}
    press = Press(Theme(name="guest", summary="", files=files, options={}, styles=(), early=(), scripts=()))
    assert press.set("page.html", {"word": "leap", "link": LinkView("#a", "words")}).decode() == case["made"]


def test_what_was_weighed_is_forgotten_where_it_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "_KEPT", 3)
    scales = weights.Scales(4, 1000, views=True)
    lists = [[number, [number]] for number in range(9)]
    assert [scales.weight(one) for one in lists] == [4] * 9
    assert len(scales._known) <= 5


def test_what_is_no_utf_8_is_told_with_its_line() -> None:
    assert fault(b"a\nb \xff") == "2:1: G509 this file is not UTF-8"


@pytest.mark.slow
def test_a_page_after_one_that_took_too_long_has_all_its_steps() -> None:
    files = {"templates/long.html": CASES["endless"][0]["template"].encode(), "templates/page.html": b"{{ 'x' * 9 }}"}
    press = Press(Theme(name="guest", summary="", files=files, options={}, styles=(), early=(), scripts=()))
    with pytest.raises(FaultError):
        press.set("long.html", {})
    assert press.set("page.html", {}) == b"xxxxxxxxx"


@pytest.mark.parametrize(
    ("letters", "blamed"),
    [(900, "templates/page.html:1:1: G509"), (90_000, "fox/edition.toml:1:1: G108")],
)
def test_who_is_to_blame_for_a_page_that_grows_too_large(
    letters: int, blamed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template that never ends; or, the same template, an author who asks for more on one page than any can set."""
    monkeypatch.setattr(bounds, "STEPS", 10_000)
    monkeypatch.setattr(bounds, "CONTENT", 4_000)
    template = b"{% for a in range(100) %}{% for b in range(100) %}{{ link.words }}{% endfor %}{% endfor %}"
    files = {"templates/page.html": template}
    press = Press(Theme(name="guest", summary="", files=files, options={}, styles=(), early=(), scripts=()))
    context = {"link": LinkView("#a", "x" * letters)}
    told: list[Diagnostic] = []
    pages = Attempts().each([lambda: press.set("page.html", context)], told, Place("fox/edition.toml"))
    assert list(pages) == []
    assert [f"{one.place}: {one.code}" for one in told] == [blamed]
