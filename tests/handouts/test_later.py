"""When handouts are set: by a build at once, in the preview when it is quiet; again where something in them changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builder.model.note import Audience
from builder.shell.build import Handouts, Order, build_site
from builder.shell.press import Typesetter
from builder.shell.workshop import Workshop
from tests.handouts.sites import SITES, lay_out

STUDENT, TEACHER = "one/handout-student.pdf", "one/handout-teacher.pdf"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return lay_out(SITES["forms"], tmp_path / "site")


def handouts(output: Path) -> dict[str, bytes]:
    return {f"one/{path.name}": path.read_bytes() for path in (output / "one").glob("*.pdf")}


def test_the_preview_sets_handouts_when_it_is_quiet(site: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    workshop = Workshop(Order(site, output, audience=Audience.TEACHER), generation=None, report=lambda _: ())
    assert workshop.make() is not None
    assert handouts(output) == {}
    assert workshop.make(frozenset(), Handouts.NOW) is not None
    first = handouts(output)
    assert set(first) == {STUDENT, TEACHER}

    notes = site / "one" / "text.notes.md"
    notes.write_text(notes.read_text("utf-8").replace("On a cell.", "On the cell."), "utf-8")
    changed = frozenset({os.path.realpath(notes)})
    assert workshop.make(changed) is not None
    assert "On the cell." in (output / "one" / "index.html").read_text("utf-8")
    assert handouts(output) == first  # older, but there
    assert workshop.make(frozenset(), Handouts.NOW) is not None
    assert handouts(output)[TEACHER] != first[TEACHER]


def test_what_a_later_build_finds_owed_it_sets(site: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    left = build_site(Order(site, output, audience=Audience.TEACHER, handouts=Handouts.LATER)).left
    assert handouts(output) == {}
    build_site(Order(site, output, audience=Audience.TEACHER), left, frozenset())
    assert set(handouts(output)) == {STUDENT, TEACHER}


def test_a_handout_is_set_again_only_where_something_in_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, output = lay_out(SITES["sixty"], tmp_path / "site"), tmp_path / "out"
    left = build_site(Order(site, output, audience=Audience.TEACHER)).left
    first = handouts(output)
    set_ones: list[bool] = []
    known = Typesetter.set

    def counted(self: Typesetter, said: dict[str, object], images: dict[str, str]) -> object:
        set_ones.append(bool(said["view"]["student"]))  # type: ignore[index]
        return known(self, said, images)

    monkeypatch.setattr(Typesetter, "set", counted)
    notes = site / "one" / "text.notes.md"
    written = notes.read_text("utf-8")
    notes.write_text(written.replace("Note hobabum says", "A note hobabum says"), "utf-8")
    assert notes.read_text("utf-8") != written
    build_site(Order(site, output, audience=Audience.TEACHER), left, frozenset({os.path.realpath(notes)}))
    assert set_ones == [False, False]  # the first of the sixty notes is a teacher's: A4 and Letter
    after = handouts(output)
    assert after[STUDENT] == first[STUDENT]
    assert after[TEACHER] != first[TEACHER]


def test_a_handout_is_set_again_where_the_theme_changed(tmp_path: Path) -> None:
    site, output = lay_out(SITES["verse"], tmp_path / "site"), tmp_path / "out"
    left = build_site(Order(site, output, audience=Audience.TEACHER)).left
    first = handouts(output)
    tokens = Path(__file__).parents[2] / "themes" / "folio" / "handout" / "tokens.typ"
    (site / "theme" / "handout").mkdir(parents=True)
    (site / "theme" / "handout" / "tokens.typ").write_text(
        tokens.read_text("utf-8").replace("#97301a", "#001a97"), "utf-8"
    )
    build_site(Order(site, output, audience=Audience.TEACHER), left)
    assert all(handouts(output)[path] != first[path] for path in first)
