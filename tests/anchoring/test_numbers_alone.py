"""A paragraph that is named by its number alone stays what it was, whatever changes numbers, with or without words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.cli import run
from builder.model.note import Audience
from builder.model.view import View
from builder.pipeline.reading import Reading
from builder.shell.opening import Opened, open_site

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model.diagnostic import Diagnostic

PICTURE = "![A bridge](bridge.svg)"
SECOND = "![A ferry](bridge.svg)"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="3"/></svg>'
FILES = {
    "site.toml": 'title = "Site"\noutputs = ["site"]\n',
    "e/edition.toml": 'title = "Edition"\n\n[[text]]\nfile = "a.md"\n',
    "e/bridge.svg": DRAWING,
    "e/a.notes.md": "## ¶3 {#note}\nOn it.\n",
    "e/questions.md": '## What is seen? {about="a ¶3"}\nIt.\n',
    "e/crossrefs.md": "## a ¶3 → a ¶1 {.echoes}\nWhy.\n",
}
NAMED = ["e/a.notes.md", "e/crossrefs.md", "e/questions.md"]
"""Where ¶3 is named."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CI", raising=False)
    for name, content in FILES.items():
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text(content, encoding="utf-8")
    return tmp_path / "content"


def write(site: Path, *paragraphs: str) -> None:
    (site / "e/a.md").write_text("# A\n\n" + "".join(f"{one}\n\n" for one in paragraphs), encoding="utf-8")


def told(site: Path) -> list[Diagnostic]:
    opened = open_site(site)
    assert isinstance(opened, Opened), opened
    reading = Reading(opened.folder, opened.outline, View(audience=Audience.TEACHER))
    return [one for edition in opened.outline.editions for one in reading.anchored(edition.id)[1]]


def codes(site: Path) -> list[tuple[str, str]]:
    return sorted({(one.code, one.place.path) for one in told(site)})


@pytest.mark.parametrize(
    ("before", "after", "now"),
    [
        (["One.", "Two", "Three.", "Four."], ["One.", "## Two", "Three.", "Four."], 2),
        (["One.", "Two.", PICTURE, "Four."], ["One.", "Two.", "New.", PICTURE, "Four."], 4),
        (["One.", "Two.", PICTURE, "Four."], ["New.", "One.", "Two.", PICTURE, "Four."], 4),
        (["One.", "Two.", PICTURE, "Four."], ["One.", PICTURE, "Four."], 2),
        (["One.", "Two", PICTURE, "Four."], ["One.", "## Two", PICTURE, "Four."], 2),
        (["One.", PICTURE, "Three.", "Four."], ["One.", "Three.", "Four."], 2),
    ],
)
def test_another_number_is_told_until_it_is_mended(site: Path, before: list[str], after: list[str], now: int) -> None:
    write(site, *before)
    assert run(["build", str(site)]) == 0
    assert told(site) == []
    write(site, *after)
    for _ in range(2):  # a build in between makes nothing right, and forgets nothing
        assert codes(site) == [("G214", path) for path in NAMED]
        assert sum(f"what it meant is ¶{now}" in one.message for one in told(site)) == len(NAMED)
        run(["build", str(site)])
    assert run(["check", "--fix", str(site)]) == 0
    assert f"## ¶{now} {{#note}}" in (site / "e/a.notes.md").read_text(encoding="utf-8")
    assert f"a ¶{now}" in (site / "e/questions.md").read_text(encoding="utf-8")
    assert told(site) == []


@pytest.mark.parametrize("after", [["One.", "## Two", "Three.", "Four."], ["One.", "New.", "Two", "Three.", "Four."]])
def test_what_is_undone_is_forgotten(site: Path, after: list[str]) -> None:
    write(site, "One.", "Two", "Three.", "Four.")
    assert run(["build", str(site)]) == 0
    write(site, *after)
    run(["build", str(site)])
    write(site, "One.", "Two", "Three.", "Four.")
    assert told(site) == []


def test_a_dek_counts_no_paragraph(site: Path) -> None:
    write(site, "One.", "Two.", "Three.", "Four.")
    assert run(["build", str(site)]) == 0
    with (site / "e/edition.toml").open("a", encoding="utf-8") as settings:
        settings.write("dek = true\n")
    assert [found for found in codes(site) if found[0] == "G214"] == [("G214", path) for path in NAMED]


def test_a_picture_that_is_gone(site: Path) -> None:
    """What stands there now isn't what was meant, be it words or another picture."""
    for after in (["One.", "Two.", "Four."], ["One.", "Two.", "New.", "Four."]):
        write(site, "One.", "Two.", PICTURE, "Four.")
        (site / "e/anchors.lock").unlink(missing_ok=True)
        assert run(["build", str(site)]) == 0
        write(site, *after)
        for _ in range(2):
            assert codes(site) == [("G210", path) for path in NAMED]
            run(["build", str(site)])


def test_of_pictures_in_a_row_each_is_itself(site: Path) -> None:
    write(site, "One.", PICTURE, SECOND, "Four.")
    assert run(["build", str(site)]) == 0
    write(site, "New.", "One.", PICTURE, SECOND, "Four.")
    note = next(one for one in told(site) if one.place.path == "e/a.notes.md")
    assert "what it meant is ¶4" in note.message
    assert all("check --fix" not in one.hint for one in told(site) if "¶3" in one.message), "it can't tell them apart"


def test_a_note_in_a_footnote_that_has_another_number(site: Path) -> None:
    write(site, "One.", "Two[^x].", "Three.", "[^x]: The very words.")
    notes = site / "e/a.notes.md"
    notes.write_text('## very words {in="fn1"}\nOn it.\n', encoding="utf-8")
    assert run(["build", str(site)]) == 0
    write(site, "One[^y].", "Two[^x].", "Three.", "[^y]: New.\n\n[^x]: The very words.")
    (one,) = told(site)
    assert (one.code, one.message) == (
        "G214",
        "fn1 is another footnote now than when this was written: what it meant is fn2",
    )
    assert run(["check", "--fix", str(site)]) == 0
    assert notes.read_text(encoding="utf-8").startswith('## very words {in="fn2"}')
    assert told(site) == []
