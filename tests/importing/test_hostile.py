"""Whatever a page or a text holds that could run is gone, told of, and on no page that is built of it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.cli import run
from builder.parse.incoming.cleaning import scheme_of
from tests.importing.words import picture

if TYPE_CHECKING:
    from tests.importing.conftest import Importing

CASES = tomllib.loads((Path(__file__).parent / "hostile.toml").read_text(encoding="utf-8"))["case"]
RUN = ("iframe", "object", "embed", "frame", "base", "applet", "form[action]")
ADDRESSES = ("href", "src", "action", "formaction", "data", "xlink:href", "poster", "background", "srcset")


def scripts(html: str) -> list[str]:
    return [f"{node.attributes.get('src')}{node.text()}" for node in LexborHTMLParser(html).css("script")]


def kind(script: str) -> str:
    """A script by its address; what a page says of itself, which is no script, by what it begins with."""
    return script[:40]


def what_runs(html: str) -> list[str]:
    """Everything on a page that runs, but for scripts and what the theme's own search box is."""
    found = []
    tree = LexborHTMLParser(html)
    found += [f"<{node.tag}>" for name in RUN for node in tree.css(name)]
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            if name.startswith("on") or name == "srcdoc":
                found.append(f"{name}={value}")
            if name in ADDRESSES and scheme_of(value or "") not in ("", "http", "https", "mailto"):
                found.append(f"{name}={value}")
    found += ["refresh" for node in tree.css("meta") if node.attributes.get("http-equiv") == "refresh"]
    return found


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The scripts of the same page with nothing but a word in it."""
    top = tmp_path_factory.mktemp("tame")
    (top / "tame.html").write_text("<title>tame</title><p>before</p>", encoding="utf-8")
    assert run(["import", str(top / "tame.html"), "--into", str(top / "tame"), "--text", "text"]) == 0
    assert run(["build", str(top / "tame"), "--output", str(top / "out")]) == 0
    page = (top / "out" / "tame" / "index.html").read_text(encoding="utf-8")
    assert what_runs(page) == []
    return scripts(page)


@pytest.mark.parametrize("form", ["html", "md"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_nothing_runs(case: dict[str, str], form: str, importing: Importing, harmless: list[str]) -> None:
    importing.write("x.png", picture().getvalue())
    importing.write(f"wild.{form}", case["html"] if form == "html" else f"Words.\n\n{case['html']}\n")
    said = importing(f"wild.{form}", "--into", "wild", "--text", "text")
    assert said.status == 0, said.err
    if form == "html":
        assert case["told"] in said.err
        assert not case["told"] or "removed" in said.err
    importing.write("wild/x.png", picture().getvalue())  # own HTML in Markdown brings no picture with it
    built = importing.run("build", "wild", "--output", "wild-out")
    assert built.status == 0, built.err
    page = importing.read("wild-out/wild/index.html")
    assert "before" in page
    assert what_runs(page) == []
    assert sorted(map(kind, scripts(page))) == sorted(map(kind, harmless))
