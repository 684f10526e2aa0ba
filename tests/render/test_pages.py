"""The pages of small sites: every address leads somewhere, every id stands once, nothing written is missing."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from builder.model.site import Page
from builder.pipeline import Options, build
from builder.shell.opening import Opened, open_site

if TYPE_CHECKING:
    from pathlib import Path

TWO = 'title = "Two"\npages = "{pages}"\n\n[[text]]\nfile = "fox.md"\n\n[[text]]\nfile = "crow.md"\n'
FILES = {
    "fox.md": """\
# The fox

{#start}
A fox[^1] leapt, a fox[^1] fell. [Begin again](#start).

- {#item}
  Grapes, [see](#item).

{#end}
***

> {#said}
> One.
>
> Two.

[^1]: Vulpes[^2] in the footnote.
[^2]: NESTED in it.
""",
    "crow.md": "The crow sang of grapes.\n",
    "fox.notes.md": """\
# Introduction

On grapes, with a footnote.[^1]

[^1]: INTRODUCED.

## leapt {#leap}
See [[#lost]], [[#reply]], [[#mark]], [[#whole]], [[crow]] and a footnote.[^a]

[^a]: ANNOTATED on grapes.

## stolen by nobody {#lost}
LOSTBODY

## fell {#reply re="#lost"}
ANSWER to the lost.

## fell {#again re="#reply"}
ONCEMORE.

## Grapes {.highlight #mark}

## Grapes {#below re="#mark"}
HIGHLIT.

## * {#whole}
On all of it.

## Vulpes {in="fn1"}
Latin.
""",
    "crossrefs.md": "## fox “leapt” → crow “sang”\nBoth of grapes.\n\n## fox → crow ¶1\n",
    "glossary.md": """\
## grape {also="grapes"}
A fruit of foxes.[^s]

More of the fox.

[^s]: SHORTNOTE.

## fox {also="foxes"}
Eats a grape.
""",
    "questions.md": '## Why grapes? {about="fox ¶1; #leap; crow; grape; #lost"}\nBecause.\n',
}
_ID = re.compile(r'\sid="([^"]*)"')
_HREF = re.compile(r'\shref="([^"]*)"')


def pages_of(folder: Path, files: dict[str, str]) -> dict[str, str]:
    for name, words in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")
    opened = open_site(folder)
    assert isinstance(opened, Opened), opened
    made = [one for one in build(opened.folder, opened.outline, opened.theme, Options()) if isinstance(one, Page)]
    return {page.path: page.content.decode() for page in made if page.path.endswith((".html", ".js"))}


def astray(pages: dict[str, str]) -> list[str]:
    """Ids that stand twice, and relative links that lead nowhere."""
    ids = {path: _ID.findall(words) for path, words in pages.items() if path.endswith(".html")}
    wrong = [f"{path}: {name} twice" for path, names in ids.items() for name in names if names.count(name) > 1]
    for path in ids:
        for href in _HREF.findall(pages[path]):
            page, _, name = href.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), page)) if page else path
            known = ids.get(target, [] if target.endswith(".html") else None)
            gone = known is not None and (unquote(name) not in known if name else target not in ids)
            if gone and not page.startswith("http"):
                wrong.append(f"{path}: {href}")
    return wrong


@pytest.mark.parametrize("pages", ["one", "each"])
def test_every_address_leads_somewhere(tmp_path: Path, pages: str) -> None:
    made = pages_of(tmp_path / "two", {**FILES, "edition.toml": TWO.format(pages=pages)})
    assert astray(made) == []


def test_a_question_is_about_all_the_paragraphs_of_its_range(tmp_path: Path) -> None:
    """On the page and in the file that needs no other: the first alone was named."""
    asked = '## Why? {about="fox ¶1-2; fox ¶2"}\n'
    made = pages_of(tmp_path / "two", {**FILES, "edition.toml": TWO.format(pages="one"), "questions.md": asked})
    for path in ("two/index.html", "two/two.offline.html"):
        said = made[path].partition('id="question-')[2]
        assert re.findall(r">(\w+ ¶[\d-]+)</a>", said)[:2] == ["A ¶1-2", "A ¶2"], path


@pytest.mark.parametrize("pages", ["one", "each"])
def test_nothing_that_was_written_is_missing(tmp_path: Path, pages: str) -> None:
    made = pages_of(tmp_path / "two", {**FILES, "edition.toml": TWO.format(pages=pages)})
    shown = "".join(words for path, words in made.items() if path.endswith(".html"))
    for words in ("NESTED", "INTRODUCED", "ANNOTATED", "LOSTBODY", "ANSWER", "ONCEMORE", "HIGHLIT", "SHORTNOTE"):
        assert words in shown, words


def test_every_id_of_a_texts_page_is_known_to_the_contents(tmp_path: Path) -> None:
    made = pages_of(tmp_path / "two", {**FILES, "edition.toml": TWO.format(pages="each")})
    contents = set(_ID.findall(made["two/index.html"]))
    for page in ("two/fox.html", "two/crow.html"):
        own = {name for name in _ID.findall(made[page]) if not name.startswith(("_", "f-")) and name[-5:] != "-text"}
        assert own - contents == set()


def test_a_draft_is_not_linked_to(tmp_path: Path) -> None:
    one = 'title = "{}"\n{}\n[[text]]\nfile = "text.md"\n'
    files = {
        "site.toml": 'title = "Site"\n',
        "fox/edition.toml": one.format("Fox", ""),
        "fox/text.md": "A fox.\n",
        "fox/text.notes.md": "## fox\nAs in [[crow/text ¶1]].\n",
        "crow/edition.toml": one.format("Crow", "draft = true"),
        "crow/text.md": "A crow.\n",
    }
    made = pages_of(tmp_path, files)
    assert astray(made) == []
    assert "crow/text\u00a0¶1" in made["fox/index.html"]


def test_a_note_has_the_language_of_its_layer(tmp_path: Path) -> None:
    files = {
        "edition.toml": 'title = "T"\n[[text]]\nfile = "text.md"\nlanguage = "he"\n[[layer]]\nid = "a"\n',
        "text.md": "שלום רב.\n",
        "text.notes.md": "## שלום\nPeace.\n\n## רב\nMuch.\n\nAnd more.\n",
    }
    page = pages_of(tmp_path / "t", files)["t/index.html"]
    assert '<span lang="en" dir="ltr">Peace.</span>' in page
    assert '<div lang="en" dir="ltr"><p>Much.</p>' in page


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ("# One\n\nA.\n\n### Two\n\nB.\n", ["3", "5"]),
        ("### Three\n\nA.\n\n### Again\n", ["3", "3"]),
        ("#### Four\n\nA.\n\n##### Five\n", ["3", "4"]),
    ],
)
def test_headings_in_a_body_stand_below_what_holds_it(tmp_path: Path, typed: str, levels: list[str]) -> None:
    files = {
        "edition.toml": 'title = "T"\n[[text]]\nfile = "text.md"\n',
        "text.md": "# Title\n\nA fox.\n\n## Its own\n\nOf a crow.\n",
        "text.notes.md": f"## fox {{.context}}\n{typed}",
        "glossary.md": f"## crow\nA bird.\n\n{typed}",
    }
    made = pages_of(tmp_path / "t", files)
    for page, start in (("index", '<div class="nb">'), ("notes", '<div class="nb">'), ("glossary", "A bird.")):
        body = made[f"t/{page}.html"].partition(start)[2].partition("</div>")[0]
        assert re.findall(r"<h(\d)", body) == levels, page
    assert "<h2>Its own" in made["t/index.html"]


def test_an_end_of_a_cross_reference_that_is_lost_is_told_wherever_it_is_shown(tmp_path: Path) -> None:
    ties = "## fox “leapt” → crow “a song of spring” {.extends}\nBoth of grapes.\n"
    made = pages_of(tmp_path / "two", {**FILES, "edition.toml": TWO.format(pages="one"), "crossrefs.md": ties})
    page, state = made["two/index.html"], '<span class="state">never found</span>'
    assert page.count(f"<q>a song of spring</q> {state}") == 2  # in the list, and under what was lost
    said = re.findall(r'<p class="said">(.*?)</p>', page, re.DOTALL)
    assert any("Extends" in one and f"</a> {state}." in one for one in said), said
    assert 'a song of spring\\u003c/q> \\u003cspan class=\\"state\\">never found' in made["two/cards.js"]
