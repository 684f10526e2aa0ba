"""What a handout says of a place: the page on which that is, and a letter that is the same for students and teacher."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.diagnostic import Severity
from tests.handouts.conftest import made_from
from tests.handouts.print_reading import links_of, words_of
from tests.handouts.sites import lay_out, paragraph

if TYPE_CHECKING:
    from pathlib import Path

ONE = 'title = "One edition"\n\n[[text]]\nfile = "p.md"\nsiglum = "A"\n\n'
STUDENT = '[[handout]]\nid = "student"\n\n'
TEACHER = '[[handout]]\nid = "teacher"\naudience = "teacher"\n\n'


def printed(files: dict[str, str], folder: Path, *names: str) -> list[bytes]:
    made, told = made_from(lay_out({"site.toml": 'title = "Site"\n'} | files, folder))
    assert [one for one in told if one.severity is Severity.ERROR] == []
    return [made[f"one/handout-{name}.pdf"] for name in names]


def read(pdf: bytes) -> str:
    return " ".join(word.words for word in words_of(pdf)).replace("\u00a0", " ")


def test_a_reference_to_a_passage_tells_the_page_of_the_passage(tmp_path: Path) -> None:
    """Not that of its paragraph's beginning: in a note, in an entry, and what a question is about."""
    text = f"# A text\n\nFirst ozone come words.\n\n{paragraph(0, 480)[:-1]} farword ends.\n"
    files = {
        "one/edition.toml": ONE + STUDENT,
        "one/p.md": text,
        "one/p.notes.md": "## First {.context}\nSee [[p “farword”]].\n",
        "one/glossary.md": "## ozone\nA gas, as in [[p “farword”]].\n",
        "one/questions.md": '## Why? {about="p “farword”"}\n',
    }
    (pdf,) = printed(files, tmp_path, "student")
    assert {word.page for word in words_of(pdf) if word.words == "farword"} == {2}
    said = read(pdf)
    assert re.findall(r"“farword” \((p\. \d)\)", said) == ["p. 2"] * 2
    assert re.findall(r"A ¶2 \((p\. \d)\)", said) == ["p. 2"]
    assert {to for _, words, to in links_of(pdf) if "farword" in words} == {2}


def test_a_question_is_about_all_the_paragraphs_of_its_range(tmp_path: Path) -> None:
    files = {
        "one/edition.toml": ONE + STUDENT,
        "one/p.md": "# A text\n\nThe first.\n\nThe second.\n\nThe third.\n",
        "one/questions.md": '## Why? {about="p ¶2-3"}\n',
    }
    assert "A ¶2-3" in read(*printed(files, tmp_path, "student"))


def test_a_tie_has_one_letter_for_students_and_teacher(tmp_path: Path) -> None:
    """A tie of the teacher's own stands before it in the text, and has a letter after it."""
    texts = '[[text]]\nfile = "reply.md"\nsiglum = "B"\n\n'
    facing = "".join(one[:-1] + 'layout = "facing"\n\n' for one in (STUDENT, TEACHER))
    files = {
        "one/edition.toml": ONE + texts + facing,
        "one/p.md": "# A text\n\nThe first.\n\nThe second.\n\nThe third.\n",
        "one/reply.md": "# A reply\n\nOne answer.\n\nTwo answers.\n\nThree.\n",
        "one/crossrefs.md": '## reply ¶1 → p ¶1 {.disputes audience="teacher"}\n\n'
        "## reply ¶2 → p ¶2 {.echoes}\n\n## reply ¶3 → p ¶3 {.illustrates}\n",
    }
    student, teacher = (read(one) for one in printed(files, tmp_path, "student", "teacher"))
    said = [
        re.findall(r"\b([A-Z]) B ¶(\d) \(p\. 1\) (?:disputes|echoes|illustrates)", one) for one in (student, teacher)
    ]
    assert said == [[("A", "2"), ("B", "3")], [("A", "2"), ("B", "3"), ("C", "1")]]


def test_the_forms_of_a_term_are_joined_as_elsewhere(tmp_path: Path) -> None:
    files = {
        "one/edition.toml": ONE + TEACHER,
        "one/p.md": "# A text\n\nOzone and ozonic things.\n",
        "one/glossary.md": '## ozone {also="ozonic; ozonal"}\nA gas.\n',
    }
    (pdf,) = printed(files, tmp_path, "teacher")
    assert "ozonic, ozonal" in read(pdf)
