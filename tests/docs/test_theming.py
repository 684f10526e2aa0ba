"""The theme that docs/theming.md makes step by step: its examples, put on a disk as they are, build a site."""

from __future__ import annotations

import re

import pytest

from builder.cli import command
from tests.docs.test_docs import BASE, FENCE, OF_A_THEME, ROOT, lay_out, told

PAGE = (ROOT / "docs" / "theming.md").read_text(encoding="utf-8")
FILES = {
    name: fence["body"]
    for fence in FENCE.finditer(PAGE)
    for name in [fence["info"].partition(" ")[2]]
    if name.startswith(OF_A_THEME)
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Path -> words of every page, style and script of a site in the theme of the example."""
    place = tmp_path_factory.mktemp("pamphlet")
    lay_out({f"content/{name}": words for name, words in BASE.items()}, place)
    lay_out(FILES, place)
    assert told(place / "content") == []
    command.main(["build", str(place / "content"), "--output", str(place / "made")], standalone_mode=False)
    return {
        path.relative_to(place / "made").as_posix(): path.read_text(encoding="utf-8")
        for pattern in ("*.html", "*.css", "*.js")
        for path in (place / "made").rglob(pattern)
    }


def only(made: dict[str, str], pattern: str) -> str:
    (found,) = (words for path, words in made.items() if re.fullmatch(pattern, path))
    return found


def test_its_files_are_those_that_the_page_announces() -> None:
    tree = next(fence["body"] for fence in FENCE.finditer(PAGE) if "js/minutes.js" in fence["body"])
    announced = {f"themes/pamphlet/{line.strip()}" for line in tree.splitlines() if line.startswith("    ")}
    assert {name for name in FILES if name.startswith("themes/")} == announced


def test_its_style_comes_after_folios(made: dict[str, str]) -> None:
    style = only(made, r"assets/pamphlet\.\w+\.css")
    assert style.index(".sheet") < style.index(".o-accent-green")


def test_its_script_comes_after_folios(made: dict[str, str]) -> None:
    script = only(made, r"assets/pamphlet\.\w+\.js")
    assert script.index("folio.init") < script.index("minutes")


@pytest.mark.parametrize("word", ["o-accent-green", "Read it, mark it, pass it on.", ">The text<", "minutes to read"])
def test_every_page_has_its_option_its_words_and_its_partial(made: dict[str, str], word: str) -> None:
    pages = [words for path, words in made.items() if path.endswith(".html") and "/" in path]
    assert pages
    assert all(word in words for words in pages)


def test_the_partial_still_holds_what_it_covers(made: dict[str, str]) -> None:
    page = only(made, r"[^/]+/index\.html")
    assert page.index('class="colophon"') < page.index('class="motto"')


def test_views_lead_to_views() -> None:
    views = (ROOT / "docs" / "views.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\]\(#(\w+)\)", views)) <= {
        title.lower() for title in re.findall(r"^## (\w+)$", views, re.M)
    }
