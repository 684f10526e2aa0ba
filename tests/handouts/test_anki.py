"""The flash cards as Anki itself takes them in: each once, with its fields as they were meant."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.handouts.conftest import made_from
from tests.handouts.sites import lay_out

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ESSAY = "splitting-russia-and-china/cards.txt"
OTHER = "#separator:tab\n#tags column:3\nOne\tother\tother\n"

SITE = {
    "site.toml": 'title = "S"\naudience = "teacher"\n',
    "e/edition.toml": 'title = "E"\n\n[[text]]\nfile = "t.md"\n',
    "e/t.md": "# T\n\nThe “Quoted” thing, Über and a #hash, and a bell.\n",
    "e/glossary.md": """## "Quoted" {.thing}
"Begins with a quote," it says; ‘and’ \tends "so"

And goes on.

## #hash
#separator:comma is no header here.

## Über & Co. {also="Über"}
Füße; Ω → “日本語” 🦊 <script>alert(1)</script> <a href="javascript:alert(2)" onclick="alert(3)">x</a>
<b title="x">bold</b> [web](https://a.test/x?a=1&b=2)

## bell
See ![a picture](bell.svg) and the [page](t.md). [sound:bell.mp3] [latex]x[/latex] {{Front}} <blink>"q"</blink>[^1]

[^1]: Its words.
""",
    "e/questions.md": '## "Why?" {#why .short-answer level="year 12" tags="first; über"}\n'
    '"Because."\n\n```\none\n\ttwo "x"\n```\n',
    "e/bell.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
}

BACKS = {
    "e/term-quoted": '<p>"Begins with a quote," it says; ‘and’ ends "so"</p>',
    "e/term-hash": "<p>#separator:comma is no header here.</p>",
    "e/term-uber-co": "<p>Füße; Ω → “日本語” 🦊 alert(1) <a>x</a> "
    '<b title="x">bold</b> <a href="https://a.test/x?a=1&amp;b=2">web</a></p>',
    "e/term-bell": '<p>See a picture and the <a>page</a>. &#91;sound:bell.mp3] &#91;latex]x[/latex] {{Front}} "q"</p>',
    "e/question-why": '<p>"Because."</p> <pre><code>one<br>&#9;two "x"<br></code></pre>',
}


@pytest.fixture(scope="module")
def anki(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, Any]]:
    """Anki in an environment of its own. It is called with files, and tells what it has after taking them in."""
    folder = tmp_path_factory.mktemp("anki")
    venv.create(folder / "venv")
    python = folder / "venv/bin/python"
    locked = ROOT / "requirements/anki.txt"
    pip = (sys.executable, "-m", "pip", "--python", python)  # our own: to set one up takes longer than what it does
    call(*pip, "install", "-q", "--require-hashes", "--only-binary", ":all:", "-r", locked)
    other = folder / "other.txt"
    other.write_text(OTHER)

    def taking(*files: Path) -> dict[str, Any]:
        collection = files[0].parent / "collection"
        collection.mkdir()
        return json.loads(call(python, Path(__file__).with_name("anki_reading.py"), collection, other, *files))  # type: ignore[no-any-return]

    return taking


def call(*command: object) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([str(word) for word in command], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def written(cards: bytes, path: Path) -> Path:
    path.write_bytes(cards)
    return path


def test_every_card_of_the_edition_comes_in_once(
    anki: Callable[..., dict[str, Any]], made: Callable[[str], dict[str, bytes]], tmp_path: Path
) -> None:
    """As it is written; taken in again nothing happens; a card that was written anew is renewed, not doubled."""
    cards = made("essay")[ESSAY].decode()
    first = written(cards.encode(), tmp_path / "first.txt")
    again = written(cards.replace("Unselfish concern", "Unselfish care").encode(), tmp_path / "again.txt")
    found = anki(first, first, again)
    lines = [line.split("\t") for line in cards.splitlines() if not line.startswith("#")]
    assert len(lines) > 40
    assert found["logs"] == [
        {"new": len(lines)},
        {"duplicate": len(lines)},
        {"updated": 1, "duplicate": len(lines) - 1},
    ]
    assert found["notes"] == {
        guid: {"fields": [front, back.replace("concern", "care") if guid.endswith("altruism") else back],
               "tags": sorted(tags.split())}
        for guid, front, back, tags in lines
    }  # fmt: skip


def test_whatever_stands_in_an_entry_comes_in_whole_and_runs_nothing(
    anki: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    pages, _ = made_from(lay_out(SITE, tmp_path / "site"))
    found = anki(written(pages["e/cards.txt"], tmp_path / "cards.txt"))
    site = next(iter(found["notes"])).split("/")[0]
    assert {guid: note["fields"][1] for guid, note in found["notes"].items()} == {
        f"{site}/{guid}": back for guid, back in BACKS.items()
    }
    fronts = {html.unescape(note["fields"][0]) for note in found["notes"].values()}
    assert fronts == {'"Quoted"', "#hash", "Über & Co.", "bell", '<p>"Why?"</p>'}
    assert found["notes"][f"{site}/e/term-quoted"]["tags"] == ["e", "glossary", "thing"]
    assert found["notes"][f"{site}/e/question-why"]["tags"] == ["e", "first", "question", "year-12", "über"]
    assert found["sounds"] == []
    for guid, (question, answer) in found["cards"].items():
        assert answer.endswith(f"<hr id=answer>\n\n{found['notes'][guid]['fields'][1]}"), "as it is shown"
        assert not re.search(r"<script|\son\w+=|javascript:|<img", question + answer)


def test_cards_of_two_sites_with_the_same_ids_stand_beside_each_other(
    anki: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    files = []
    for title in ("One", "Other"):
        pages, _ = made_from(lay_out({**SITE, "site.toml": f'title = "{title}"\n'}, tmp_path / title))
        files.append(written(pages["e/cards.txt"], tmp_path / f"{title}.txt"))
    found = anki(*files)
    assert found["logs"] == [{"new": 5}, {"new": 5}]
    assert len(found["notes"]) == 10
