"""What forms of text do to a handout: headings that skip a level, notes set from verse, terms after code, breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.handouts.conftest import made_from
from tests.handouts.print_reading import (
    MM,
    TEXT_SIZE,
    Word,
    lines_of,
    overlaps,
    paths_of,
    printed_numbers,
    running,
    words_of,
)
from tests.handouts.sites import counted, lay_out, paragraph

if TYPE_CHECKING:
    from pathlib import Path

LONG = (
    "internationalisation constitutional misunderstanding considerations representatives administration "
    "circumstances responsibility"
)
NOTES = (26 + 107 + 8) * MM
SKIPPED = {
    "one": "# One\n\nIntro.\n\n### Of one\n\nWords.\n",
    "two": "### Two\n\nWords.\n\n# Another of two\n\nMore.\n",
    "three": "## Three\n\nMore.\n\n#### Of three\n\nMore.\n\n### Beside it\n\n###### In it\n\nMore.\n",
    "four": "# Four\n\n> ### In a quotation\n>\n> words\n\n- #### In an item\n\n  words\n",
}
OUTLINE = """
1 One
2 Of one
1 two
2 Two
1 Another of two
1 three
2 Three
3 Of three
3 Beside it
4 In it
1 Four
2 In a quotation
3 In an item
1 Questions for discussion
1 Glossary
"""
HEADED = ("Another", "Beside", "quotation", "item")
VERSE = "\n|\n".join(f"| A line of verse {counted(at)}\n| and another" for at in range(30, 36))
STAKES = f"""# Title bobabum

{VERSE}
|
| The last line {counted(4)}

> ## In a quotation {counted(5)}
>
> Quoted {counted(6)} words.

- # In an item {counted(7)}

  Its words {counted(8)}.

-     code_in_an_item({counted(9)})

  After it {counted(10)}.

> | in | a table |
> |---|---|
> | {counted(11)} | other |
>
> After the table {counted(12)}.

Term {counted(13)}
: its definition {counted(14)}

| Verse again {counted(15)}
| Verse again {counted(16)}
| Verse again {counted(17)}

## Heading {counted(18)}

![A boat {counted(19)}](images/boat.svg)

End {counted(20)}.
"""
BOAT = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><path d="M0 5h90v9H0z" fill="#888"/></svg>'


def site(folder: Path, texts: dict[str, str], *more: tuple[str, str], layouts: tuple[str, ...] = ("margin",)) -> Path:
    told = "".join(f'[[text]]\nfile = "{name}.md"\n' for name in texts)
    handouts = "".join(
        f'[[handout]]\nid = "{audience}-{layout}"\naudience = "{audience}"\nlayout = "{layout}"\n'
        for audience in ("student", "teacher")
        for layout in layouts
    )
    files = {"site.toml": 'title = "Site"\n', "one/edition.toml": f'title = "Edition"\n\n{told}{handouts}'}
    files |= {f"one/{name}.md": words for name, words in texts.items()}
    return lay_out(files | {f"one/{name}": words for name, words in more}, folder)


def printed(folder: Path, layout: str = "margin") -> tuple[bytes, bytes]:
    """The handout of students and of teachers."""
    pages, told = made_from(folder, None)
    assert [one for one in told if one.code == "G506"] == []
    return pages[f"one/handout-student-{layout}.pdf"], pages[f"one/handout-teacher-{layout}.pdf"]


@pytest.mark.parametrize("layout", ["margin", "facing"])
def test_a_heading_may_pass_over_a_level(layout: str, tmp_path: Path) -> None:
    more = ("questions.md", "## What?\nWords.\n"), ("glossary.md", "## words\nWhat is read.\n")
    for pdf in printed(site(tmp_path, SKIPPED, *more, layouts=(layout,)), layout):
        outline = [(one.level, one.get_title()) for one in pypdfium2.PdfDocument(pdf).get_toc()]
        for at, (level, title) in enumerate(outline):
            assert level <= (outline[at - 1][0] + 1 if at else 0), title
        assert [f"{level + 1} {title}" for level, title in outline] == OUTLINE.strip().splitlines()
        headings = {words: one.size for one in words_of(pdf) for words in HEADED if one.words == words}
        assert headings == dict.fromkeys(HEADED, 14)


def test_notes_stand_as_measured_wherever_they_are_set_from(tmp_path: Path) -> None:
    notes = [
        f"## {counted(at)} {{.{('context', 'source')[at % 2]}}}\nOf it: {LONG}.\n"
        for at in (*range(4, 21), *range(30, 36))
    ]
    notes.append(f"## bobabum {{.source}}\nOf it: {LONG}.\n")
    more = ("text.notes.md", "\n".join(notes)), ("images/boat.svg", BOAT)
    for pdf in printed(site(tmp_path, {"text": STAKES}, *more)):
        words = words_of(pdf)
        assert [(one.words, other.words) for one, other in overlaps(words)] == []
        margin = [one for one in words if one.left > NOTES - 1 and one.page == 1]
        divided = [one for one in margin if one.words[-1] in "\ufffe\u0002-\u00ad"]
        assert len(divided) > 15
        assert {one.size for one in divided} == {8}


def row_of(words: list[Word], number: int) -> str:
    """The words beside which the number of a paragraph stands."""
    (own,) = (one for one in words if one.words == str(number) and one.size == 7.5 and one.left < 26 * MM)
    return " ".join(one.words for one in words if one.size > 7.5 and abs(one.base - own.base) < 3)


def test_a_term_doesnt_take_the_number_of_what_stands_before_it(tmp_path: Path) -> None:
    text = "# T\n\nIntro.\n\n```\nx = 1\n```\n\nTerm\n: Its meaning.\n\nOther\n: Another.\n\n"
    text += "- ## Head\n\n  Words.\n\nEnd.\n"
    for pdf in printed(site(tmp_path, {"text": text})):
        words = list(words_of(pdf))
        rows = [row_of(words, number).removeprefix("– ") for number in range(1, 7)]
        assert rows == ["Intro.", "x = 1", "Its meaning.", "Another.", "Words.", "End."]


def test_a_break_is_no_line_of_the_text(tmp_path: Path) -> None:
    text = "# T\n\n" + "\n\n---\n\n".join(f"Words {counted(at)}." for at in range(1, 12)) + "\n"
    for pdf in printed(site(tmp_path, {"text": text})):
        words = words_of(pdf)
        assert running(words).count("* * *") == 10
        bases = {line.base: line.words for line in lines_of(words)}
        numbered = [(bases[round(base, 1)], number) for _, base, number in printed_numbers(words)]
        assert numbered == [(f"Words {counted(at)}.", at) for at in (5, 10)]


def test_what_follows_facing_texts_keeps_off_them(tmp_path: Path) -> None:
    text = "# T\n\n" + "\n".join(f"| A line of {counted(at)}" for at in range(1, 20)) + "\n"
    texts = {"text": text, "answer": f"# An answer\n\n{paragraph(2000, 20)}\n"}
    notes = ("text.notes.md", f"## {counted(3)} {{.context}}\nOf it.\n")
    for pdf in printed(site(tmp_path, texts, notes, layouts=("facing",)), "facing"):
        page, words = pypdfium2.PdfDocument(pdf)[0], words_of(pdf)
        (last,) = (one for one in words if one.words == counted(19))
        rules = [path[0][1] for path in paths_of(page) if abs(path[-1][0] - path[0][0]) > 60 * MM]
        below = min(y for y in rules if y > last.base - 5)
        assert below > last.bottom + TEXT_SIZE
