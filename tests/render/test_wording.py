"""Kinds, relations and the interface in the language of an edition: the theme's words, the site's own before them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from builder.model.site import Page as Made
from builder.model.vocabulary import BUILT_IN_KINDS, BUILT_IN_RELATIONS
from builder.pipeline import Options, build
from builder.shell.opening import Opened, open_site

GERMAN = """
[nav]
read = "Lesen"
[kinds]
context = { label = "Kontext", about = "Wer und wann" }
question = { label = "Frage", about = "Zum Nachdenken" }
[relations]
disputes = { label = "widerspricht", inverse = "wird bestritten von" }
"""
NOTES = "## fox\nA note.\n\n## leapt {.question}\nWhy?\n"
FOX = "A fox leapt.\n"


def pages(place: Path, site: str, edition: str, words: str = GERMAN) -> dict[str, str]:
    """Path -> words of each page of a site with one edition of two texts, in a theme that speaks German."""
    files = {
        "site.toml": f'title = "Readings"\n{site}',
        "theme/words/de.toml": words,
        "fable/edition.toml": f'title = "The fable"\n{edition}\n'
        '[[text]]\nfile = "fox.md"\n[[text]]\nfile = "crow.md"\nresponds-to = "fox"\n',
        "fable/fox.md": FOX,
        "fable/fox.notes.md": NOTES,
        "fable/crow.md": "A crow sang.\n",
        "fable/crossrefs.md": "## crow “sang” → fox “leapt” {.disputes}\n",
    }
    for name, said in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(said, "utf-8")
    opened = open_site(place)
    assert isinstance(opened, Opened), opened
    made = build(opened.folder, opened.outline, opened.theme, Options())
    return {one.path: one.content.decode() for one in made if isinstance(one, Made) and one.path.endswith(".html")}


@pytest.mark.parametrize(
    ("site", "edition", "said", "unsaid"),
    [
        ('language = "de"', "", ["Kontext", "Wer und wann", "Frage", "widerspricht", ">Lesen<"], ["Context", ">Read<"]),
        ('language = "de-AT"', "", ["Kontext", ">Lesen<"], ["Context"]),
        ('language = "en"', 'language = "de"', ["Kontext", "widerspricht"], ["disputes"]),
        ('language = "de"', 'language = "la"', ["Kontext", ">Lesen<"], [">Read<"]),
        ('language = "la"', 'language = "fr"', ["Context", ">Read<"], ["Kontext"]),
        ('language = "de"', 'language = "en"', ["Context", "disputes", ">Read<"], ["Kontext"]),
        ('language = "de"\n[kind.context]\nlabel = "Context"', "", ["Context", "Wer und wann", "Frage"], ["Kontext"]),
        ('language = "de"\n[relation.disputes]\ninverse = "weicht"', "", ["widerspricht"], ["bestritten"]),
    ],
)
def test_kinds_and_relations_are_said_in_the_language_of_the_edition(
    tmp_path: Path, site: str, edition: str, said: list[str], unsaid: list[str]
) -> None:
    page = pages(tmp_path, site, edition)["fable/index.html"]
    assert [words for words in said if words not in page] == []
    assert [words for words in unsaid if words in page] == []


def test_english_words_say_what_the_format_says() -> None:
    words = tomllib.loads((Path(__file__).parents[2] / "themes/folio/words/en.toml").read_text("utf-8"))
    assert words["kinds"] == {kind.id: {"label": kind.label, "about": kind.about} for kind in BUILT_IN_KINDS}
    assert words["relations"] == {one.id: {"label": one.label, "inverse": one.inverse} for one in BUILT_IN_RELATIONS}


def eyebrow(page: str) -> str:
    return page.partition('<p class="eyebrow">')[2].partition("</p>")[0].rpartition("> ")[2]


@pytest.mark.parametrize(
    ("third", "said"),
    [
        ("", "A text with notes and a reader’s reply"),
        ('responds-to = "fox"', "A text with notes and 2 texts in reply"),
        (" ", "3 texts with notes"),
    ],
)
def test_the_line_over_the_title_counts_the_replies(tmp_path: Path, third: str, said: str) -> None:
    pages(tmp_path, "", "")
    if third:
        (tmp_path / "fable/hen.md").write_text("A hen slept.\n", "utf-8")
        with (tmp_path / "fable/edition.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'[[text]]\nfile = "hen.md"\n{third}\n')
    opened = open_site(tmp_path)
    assert isinstance(opened, Opened), opened
    made = build(opened.folder, opened.outline, opened.theme, Options())
    (page,) = (one.content.decode() for one in made if isinstance(one, Made) and one.path == "fable/index.html")
    assert eyebrow(page) == said


def test_on_a_page_of_its_own_a_text_is_called_what_it_is(tmp_path: Path) -> None:
    made = pages(tmp_path, "", 'pages = "each"')
    assert eyebrow(made["fable/fox.html"]) == "A text with notes"
    assert eyebrow(made["fable/crow.html"]) == "A text in reply, with notes"
    assert eyebrow(made["fable/index.html"]) == "A text with notes and a reader’s reply"
