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


def held(edition: Path) -> dict[Path, bytes]:
    return {one: one.read_bytes() for one in edition.parents[1].rglob("*") if one.is_file()}


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
    told = capfd.readouterr().err
    assert "fox ¶1: reworded (" in told
    assert "it was on “fox saw grapes on a trellis that was high”" in told
    assert "## fox saw some grapes on a tall trellis that was high" in (edition / "fox.notes.md").read_text()
    assert run(["check", "content"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["notes.json"], "--into FOLDER"),
        (["notes.json", "latin.json", "fox.docx", "--into", "content/fox"], "fox.docx"),
        (["notes.json", "--into", "content/nowhere"], "nowhere"),
        (["notes.json", "--into", "content/fox", "--layer", "../../out"], "no name for a layer"),
        (["notes.json", "--into", "content/fox", "--text", "owl"], "no text “owl”; it has: fox"),
        (["notes.json", "--into", "content/fox", "--text", "fox", "--text", "owl"], "once at most"),
        (["notes.json", "--into", "content/fox", "--split-before", "x"], "can't be parted"),
        (["notes.json", "none.json", "--into", "content/fox"], "none.json"),
        (["notes.json", "latin.json", "--into", "content/fox"], "latin.json: the byte 0xE9 is not UTF-8"),
    ],
)
def test_what_cant_be_done_is_told(
    edition: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    put(edition, note("a1", "grapes", "Of the vine."))
    (edition.parents[1] / "latin.json").write_bytes(b'{"rows": [], "total": "\xe9"}')
    before = held(edition)
    assert run(["import", *arguments]) in (1, 2)
    assert said in capfd.readouterr().err
    assert held(edition) == before


def test_what_is_gone_is_told_so_and_stands_nowhere(edition: Path, capfd: pytest.CaptureFixture[str]) -> None:
    gone = {"type": "TextQuoteSelector", "exact": "a stork in a pond", "prefix": "Once upon a time ", "suffix": " was"}
    path = put(edition, {**note("a1", "x", "Hm."), "target": [{"source": "x", "selector": [gone]}]})
    assert run(["import", path, "--into", "content/fox"]) == 0
    assert "fox: lost" in capfd.readouterr().err
    assert run(["check", "content"]) == 1
    assert "G201" in capfd.readouterr().err


def test_some_documents_are_one_import(edition: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The reply in the second answers a note in the first; ids of both are their own; one refusal stops all."""
    first = put(edition, note("a1", "grapes", "Of the vine."))
    second = edition.parents[1] / "more.jsonld"
    rows = [note("b1", "grapes", "Of the stork."), {**note("b2", "x", "Yes"), "references": ["a1"]}]
    second.write_text(json.dumps({"total": 2, "rows": rows}))
    (edition / "fox.notes.md").write_bytes(b"\xe9")
    before = held(edition)
    assert run(["import", first, str(second), "--into", "content/fox"]) == 1
    assert "no UTF-8 file" in capfd.readouterr().err
    assert held(edition) == before
    (edition / "fox.notes.md").unlink()
    assert run(["import", first, str(second), "--into", "content/fox"]) == 0
    assert "3 notes: 3 exact" in capfd.readouterr().err
    assert (edition / "fox.notes.md").read_text().count("## grapes") == 3
    assert sorted(one.name for one in (edition / "imported").iterdir()) == ["more.json", "notes.json"]
    assert run(["check", "content"]) == 0
    before = held(edition)
    assert run(["import", str(second), first, "--into", "content/fox"]) == 0
    assert "nothing to do" in capfd.readouterr().err
    assert held(edition) == before


@pytest.mark.parametrize(
    "old",
    [
        b"## fox\r\nA fox.\r\n",
        b"\xef\xbb\xbf## fox\nA fox.\n",
        b"## fox\nA fox.\x0c\n",
        b"## fox\nA fox.",
        b"## fox\rA fox.\r\n",
    ],
)
def test_what_stands_there_is_kept_byte_for_byte(edition: Path, old: bytes) -> None:
    (edition / "fox.notes.md").write_bytes(old)
    path = put(edition, note("a1", "grapes", "Of the vine."))
    assert run(["import", path, "--into", "content/fox"]) == 0
    new = (edition / "fox.notes.md").read_bytes()
    assert new.startswith(old)
    added = new[len(old) :]
    assert b"## grapes" in added
    assert added.count(b"\n") == added.count(b"\r\n") or b"\r\n" not in old


def test_a_new_layer_is_listed_where_layers_are(edition: Path) -> None:
    old = b'title = "The fox"\r\n[[text]]\r\nfile = "fox.md"\r\n[[layer]]\r\nid = "ours"\r\n\r\n\r\n'
    (edition / "edition.toml").write_bytes(old)
    path = put(edition, note("a1", "grapes", "Of the vine."))
    assert run(["import", path, "--into", "content/fox", "--layer", "guests"]) == 0
    new = (edition / "edition.toml").read_bytes()
    assert new == old.rstrip() + b'\r\n\r\n[[layer]]\r\nid = "guests"\r\n'
    assert (edition / "fox.guests.notes.md").exists()
    assert run(["check", "content"]) == 0


@pytest.mark.parametrize("name", ["fox.notes.md", "edition.toml"])
def test_nothing_is_added_to_what_a_link_leads_to(edition: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    (edition / "edition.toml").write_text((edition / "edition.toml").read_text() + '[[layer]]\nid = "ours"\n')
    (edition / "fox.notes.md").write_text("## fox\nA fox.\n")
    away = edition / "away"
    (edition / name).rename(away)
    (edition / name).symlink_to("away")
    path = put(edition, note("a1", "grapes", "Of the vine."))
    before = held(edition)
    assert run(["import", path, "--into", "content/fox", "--layer", "ours" if name == "fox.notes.md" else "new"]) == 1
    assert "is a link" in capfd.readouterr().err
    assert held(edition) == before


def test_what_is_refused_is_told_and_the_rest_is_taken(edition: Path, capfd: pytest.CaptureFixture[str]) -> None:
    reply = {**note("a2", "x", "Yes"), "references": ["nowhere"]}
    path = put(edition, note("a1", "grapes", "Of the vine."), reply)
    for said in ("2 notes: 1 exact, 1 refused", "2 notes: 1 known, 1 refused"):
        assert run(["import", path, "--into", "content/fox"]) == 0
        told = capfd.readouterr().err
        assert said in told
        assert "G145" in told
    path = put(edition, reply)
    assert run(["import", path, "--into", "content/fox"]) == 1


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
