"""`glossator import` of notes and `glossator export --as webanno`, through the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from builder.cli import run

if TYPE_CHECKING:
    from pathlib import Path

FOX = "# The fox\n\nA fox saw grapes on a trellis that was high.\n\nThey were out of reach, by a yard at the least.\n"


def note(id: str, exact: str, words: str, **more: object) -> dict[str, object]:
    selector = {"type": "TextQuoteSelector", "exact": exact, "prefix": "A fox saw ", "suffix": " on a trellis"}
    target = [{"source": "https://example.org/fox", "selector": [selector]}]
    return {"id": id, "user": "acct:jane@hypothes.is", "text": words, "target": target, **more}


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "content/fox"
    folder.mkdir(parents=True)
    (tmp_path / "content/site.toml").write_text('title = "Tales"\n')
    (folder / "edition.toml").write_text('title = "The fox"\n[[text]]\nfile = "fox.md"\n')
    (folder / "fox.md").write_text(FOX)
    monkeypatch.chdir(tmp_path)
    return folder


def put(edition: Path, *rows: dict[str, object]) -> str:
    path = edition.parents[1] / "notes.json"
    path.write_text(json.dumps({"total": len(rows), "rows": rows}))
    return str(path)


def test_notes_become_entries_and_twice_is_once(edition: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = put(edition, note("a1", "grapes", "Of the *vine*."), {**note("a2", "x", "Yes"), "references": ["a1"]})
    assert run(["import", path, "--into", "content/fox", "--dry-run"]) == 0
    shown = capfd.readouterr()
    assert "+## grapes" in shown.out
    assert "fox ¶1: exact" in shown.err
    assert "2 notes: 2 exact" in shown.err
    assert not (edition / "fox.notes.md").exists()
    assert run(["import", path, "--into", "content/fox"]) == 0
    assert "Of the *vine*." in (edition / "fox.notes.md").read_text()
    before = {one: one.read_bytes() for one in edition.rglob("*") if one.is_file()}
    capfd.readouterr()
    assert run(["import", path, "--into", "content/fox"]) == 0
    assert "nothing to do" in capfd.readouterr().err
    assert {one: one.read_bytes() for one in edition.rglob("*") if one.is_file()} == before
    assert run(["check", "content"]) == 0


def test_what_was_edited_since_is_told_so(edition: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (edition / "fox.md").write_text(FOX.replace("saw grapes on a trellis", "saw some grapes on a tall trellis"))
    selector = {
        "type": "TextQuoteSelector",
        "exact": "fox saw grapes on a trellis that was high",
        "prefix": "The fox\n\nA ",
        "suffix": ".\n\nThey were out of reach",
    }
    path = put(edition, {**note("a1", "x", "Hm."), "target": [{"source": "x", "selector": [selector]}]})
    assert run(["import", path, "--into", "content/fox"]) == 0
    assert "reworded" in capfd.readouterr().err
    assert run(["check", "content"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["notes.json"], "--into FOLDER"),
        (["notes.json", "content/fox/fox.md", "--into", "content/fox"], "by themselves"),
        (["notes.json", "--into", "content/nowhere"], "nowhere"),
    ],
)
def test_what_cant_be_done_is_told(
    edition: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    put(edition, note("a1", "grapes", "Of the vine."))
    assert run(["import", *arguments]) == 1
    assert said in capfd.readouterr().err


def test_a_document_that_is_none(edition: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (edition.parents[1] / "notes.json").write_text("{")
    assert run(["import", "notes.json", "--into", "content/fox"]) == 1
    assert "G144" in capfd.readouterr().err


def test_what_is_printed_is_what_a_build_writes(edition: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (edition / "fox.notes.md").write_text("## grapes {#grapes}\nOf the vine.\n")
    assert run(["build", "content", "--quiet", "--locked"]) == 0
    capfdbinary.readouterr()
    assert run(["export", "content/fox", "--as", "webanno"]) == 0
    made = (edition.parents[1] / "output/fox/annotations.jsonld").read_bytes()
    assert capfdbinary.readouterr().out == made
    assert json.loads(made)
