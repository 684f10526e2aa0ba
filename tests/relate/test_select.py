"""What a view may see."""

from __future__ import annotations

import pytest

from builder.model.note import Audience
from builder.model.prose import EMPTY
from builder.model.view import View
from builder.relate.select import select
from tests.relate.making import Site

FILES = {
    "fox.md": "A fox saw grapes.",
    "fox.notes.md": """\
## A {#all .context}
All.

## fox {#teacher .context audience="teacher"}
Teacher.

## saw {#student .question audience="student"}
Student.

## reply {#to-teacher re="#teacher"}
To the teacher.

## reply {#to-reply re="#to-teacher"}
To that.

## reply {#to-all .language re="#all"}
To all.
""",
    "fox.class.notes.md": "## grapes {#class .language}\nClass.\n",
    "crossrefs.md": """\
## fox “fox” → fox “grapes” {#tie .echoes}
## fox “A” → fox “saw” {#hidden .echoes audience="teacher"}
""",
    "questions.md": '## Why? {#why}\nAnswer.\n\n## How? {#how audience="teacher"}\nAnswer.\n',
    "fables/glossary.md": """\
## fox {at="fox “A”"}
An animal.

## sour grape {#sour also="vine" audience="teacher" at="fox “saw”" not-at="fox “A”"}
What the fox can't have.
""",
}
LAYERS = '\n[[layer]]\nid = "editor"\n[[layer]]\nid = "class"\n'


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(FILES, texts=LAYERS)


@pytest.mark.parametrize(
    ("view", "notes"),
    [
        (View(Audience.TEACHER), ["all", "teacher", "student", "to-teacher", "to-reply", "to-all", "class"]),
        (View(Audience.STUDENT), ["all", "student", "to-all", "class"]),
        (View(Audience.ALL), ["all", "student", "to-all", "class"]),
        (View(Audience.STUDENT, layers=("class",)), ["class"]),
        (View(Audience.STUDENT, kinds=("context",)), ["all"]),
        (View(Audience.STUDENT, layers=("editor",), kinds=("language",)), []),
    ],
)
def test_notes_of_a_view(site: Site, view: View, notes: list[str]) -> None:
    seen = select(site.fables, view)
    assert [note.id for note in seen.edition.notes] == notes
    assert list(seen.notes) == notes
    assert {name for name in seen.left_out if name.startswith("note:")} == {
        f"note:{note.id}" for note in site.fables.edition.notes if note.id not in notes
    }
    assert select(seen, view) == seen


def test_nothing_of_the_teachers_is_left_for_students(site: Site) -> None:
    seen = site.seen(Audience.STUDENT)
    assert [tie.id for tie in seen.edition.crossrefs] == ["tie"]
    assert list(seen.crossrefs) == ["tie"]
    assert [(question.id, question.body) for question in seen.edition.questions] == [("why", EMPTY)]
    assert [term.id for term in seen.edition.terms] == ["fox"]
    assert (list(seen.terms_at), list(seen.terms_never_at)) == (["fox"], [])
    for secret in ("Teacher", "To the teacher", "Answer", "How?", "sour grape"):
        assert secret not in repr(seen.edition)


def test_a_teacher_sees_all(site: Site) -> None:
    assert site.seen(Audience.TEACHER) == site.fables


def test_what_is_left_out_is_known_by_all_its_names(site: Site) -> None:
    gone = site.seen(Audience.STUDENT).left_out
    assert {"xref:hidden", "question:how", "term:sour", "form:sour grape", "form:sour grapes", "form:vine"} <= gone


def test_layers_that_are_not_shown_have_no_introduction(site: Site) -> None:
    assert [layer.id for layer in site.seen(Audience.STUDENT, layers=("class",)).edition.layers] == ["class"]


def test_a_layer_for_the_teacher_alone_has_no_voice_for_students() -> None:
    notes = {"fox.md": "A fox.", "fox.notes.md": "## A\nAll.\n"}
    spoken = {**notes, "fox.class.notes.md": '# Secret\n\n## fox {audience="teacher"}\nTeacher.\n'}
    silent = {**notes, "fox.class.notes.md": "# Title\n\nAn introduction.\n"}
    for files, layers in ((spoken, ["editor"]), (silent, ["editor", "class"])):
        seen = Site(files, texts=LAYERS).seen(Audience.STUDENT)
        assert [layer.id for layer in seen.edition.layers] == layers
