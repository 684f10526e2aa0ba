"""What is printed, read back from the PDFs: nothing overlaps, nothing is lost, every line number is right."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.model.view import View
from builder.pipeline.reading import Reading
from builder.relate.normal import visible
from builder.relate.select import select
from builder.relate.words import tokens
from builder.shell.opening import Opened, open_site
from tests.handouts.conftest import ROOT, made_from
from tests.handouts.print_reading import (
    MM,
    lines_of,
    links_of,
    mirrored,
    overlaps,
    printed_numbers,
    running,
    undivided,
    words_of,
)
from tests.handouts.sites import SITES, TURNED, counted, lemma_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from builder.model.site import Edition
    from tests.handouts.print_reading import Word

Make = "Callable[[str], dict[str, bytes]]"
HANDOUTS = [(site, one) for site in ("essay", *SITES) for one in ("student", "teacher")]
HANDOUTS += [("sixty", "letter"), ("essay", "facing"), ("turned", "facing")]
MARGINS = [one for one in HANDOUTS if one[0] not in ("forms", "arabic") and one[1] != "facing"]
HANDOUTS += [("from-the-right", "facing"), ("long-words", "facing")]
FORMS = """
The forms
And strong ones, code(), a link.
A heading
A quotation of one paragraph.
– one item
within it
3. third
4. fourth
A line of verse,
and one that is set in.
Term
its definition
Day Boats
def toll(n):
return n # twice
Words in HTML of the author's own
ἄνθρωπος
человек
žluťoučký
What the footnote says.
In a footnote.
"""
EDITION = {"essay": "splitting-russia-and-china"}


def pdf(made: Callable[[str], dict[str, bytes]], site: str, handout: str) -> bytes:
    return made(site)[f"{EDITION.get(site, 'one')}/handout-{handout}.pdf"]


def read(made: Callable[[str], dict[str, bytes]], site: str, handout: str) -> Sequence[Word]:
    """The words of a handout; of one that runs from the right where they would stand if it ran from the left."""
    words = words_of(pdf(made, site, handout))
    return mirrored(words) if site == "from-the-right" else words


@pytest.mark.parametrize(("site", "handout"), HANDOUTS)
def test_no_word_lies_on_another(site: str, handout: str, made: Callable[[str], dict[str, bytes]]) -> None:
    met = overlaps(words_of(pdf(made, site, handout)))
    assert not met, [(one.page, one.words, other.words) for one, other in met[:5]]


KINDS = (
    "",
    'kinds = ["context", "language", "challenge", "question", "highlight"]',
    'kinds = ["challenge", "context", "source"]',
)


def test_nor_on_other_papers_or_with_other_kinds(tmp_path: Path) -> None:
    """What is told in short stands in as many lines as were reckoned, wherever they end."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    settings = tmp_path / "content" / EDITION["essay"] / "edition.toml"
    asked = [(f"{paper}-{at}", paper, kinds) for paper in ("a4", "letter") for at, kinds in enumerate(KINDS)]
    tables = (
        f'[[handout]]\nid = "{id}"\naudience = "teacher"\npaper = "{paper}"\n{kinds}\n' for id, paper, kinds in asked
    )
    settings.write_text("\n".join((settings.read_text(encoding="utf-8"), *tables)), encoding="utf-8")
    pages, _ = made_from(tmp_path / "content")
    met = {id: overlaps(words_of(pages[f"{EDITION['essay']}/handout-{id}.pdf"])) for id, _, _ in asked}
    assert [id for id, found in met.items() if found] == []


@pytest.mark.parametrize(("site", "handout"), MARGINS)
def test_every_fifth_line_has_its_number(site: str, handout: str, made: Callable[[str], dict[str, bytes]]) -> None:
    """Numbers begin anew on each page, and stand on the baselines of their lines."""
    left = (29 if handout == "letter" else 26) * MM
    words = read(made, site, handout)
    lines = lines_of(words, left)
    expected = []
    for page in sorted({line.page for line in lines}):
        here = [line for line in lines if line.page == page]
        expected += [(page, round(here[at - 1].base), at) for at in range(5, len(here) + 1, 5)]
    assert [(page, round(base), number) for page, base, number in printed_numbers(words, left)] == expected
    assert len(expected) > 5


@pytest.mark.parametrize("site", ["essay", *SITES])
def test_page_and_line_are_the_same_place_for_all(site: str, made: Callable[[str], dict[str, bytes]]) -> None:
    student, teacher = (lines_of(read(made, site, one)) for one in ("student", "teacher"))
    assert student == teacher
    assert student


def cited(text: str, words: str) -> list[tuple[int, str]]:
    """Where a lemma is cited: the line, and what follows the bracket."""
    return [
        (int(one[1]), one[2]) for one in re.finditer(rf"(\d+)(?:–(?:p\. \d+, )?\d+)? {re.escape(words)}\] (\w+)", text)
    ]


@pytest.mark.parametrize("handout", ["teacher", "letter"])
def test_each_of_sixty_notes_is_printed_once_with_its_line(
    handout: str, made: Callable[[str], dict[str, bytes]]
) -> None:
    words = words_of(pdf(made, "sixty", handout))
    text = running(words)
    lines = undivided(lines_of(words, (29 if handout == "letter" else 26) * MM))
    for index in range(60):
        assert text.count(f"Note {counted(2000 + index)} says") == 1, index
        lemma = lemma_of(index)
        shown = " ".join(lemma) if len(" ".join(lemma)) <= 42 else f"{' '.join(lemma[:2])} … {' '.join(lemma[-2:])}"
        found = cited(text, shown)
        assert len(found) == 1, (index, shown, found)
        line, kind = found[0]
        assert kind == ("context", "source", "question", "challenge", "language")[index % 5]
        page = next(one.page for one in lines if lemma[0] in one.words.split())
        here = [one for one in lines if one.page == page]
        assert lemma[0] in here[line - 1].words.split(), (index, line)


def test_students_have_their_notes_alone(made: Callable[[str], dict[str, bytes]]) -> None:
    text = running(words_of(pdf(made, "sixty", "student")))
    for index in range(60):
        theirs = index % 5 == 2 and index % 7 != 0
        assert text.count(f"Note {counted(2000 + index)} says") == theirs, index


def test_a_note_longer_than_a_margin_is_printed_whole(made: Callable[[str], dict[str, bytes]]) -> None:
    words = words_of(pdf(made, "long", "teacher"))
    text = running([word for word in words if word.base < 800]).lower()
    for number in (*range(4000, 4720), *range(5000, 5240), 6000, *range(6500, 6700)):
        assert text.count(counted(number)) >= 1, number
    assert "further notes" in text  # the longest stands after the text
    assert "continued on p. 2" in text
    margin = [word for word in words if word.left > 135 * MM]
    begins, ends = ([one.page for one in margin if counted(number) in one.words.lower()] for number in (5000, 5239))
    assert (begins, ends) == ([1], [2])


@pytest.mark.parametrize("handout", ["student", "teacher"])
def test_no_form_is_lost(handout: str, made: Callable[[str], dict[str, bytes]]) -> None:
    text = "".join(running(words_of(pdf(made, "forms", handout))).split())
    for words in FORMS.strip().splitlines():
        assert words.replace(" ", "") in text, words


def test_what_is_said_of_a_text_from_right_to_left_stands_in_the_margin(
    made: Callable[[str], dict[str, bytes]],
) -> None:
    words = words_of(pdf(made, "arabic", "teacher"))
    said = [word for word in words if word.words in ("Said", "paragraph.")]
    assert [word.words for word in said] == ["Said", "Said", "paragraph."]
    assert all(word.left > 141 * MM - 1 for word in said)
    assert {word.words for word in words if word.right < 25 * MM and word.words.isdigit()} == {"1", "2"}


def test_verse_keeps_its_lines(made: Callable[[str], dict[str, bytes]]) -> None:
    lines = [line.words for line in lines_of(words_of(pdf(made, "verse", "teacher")))]
    assert len({line.page for line in lines_of(words_of(pdf(made, "verse", "teacher")))}) > 1
    verse = [" ".join(counted(number) for number in range(at, at + 5)) for at in range(0, 500, 5)]
    assert lines == [*verse[:12], "Words in prose.", *verse[12:]]


@pytest.mark.parametrize(
    ("handout", "size", "column"), [("student", 10.5, 26), ("teacher", 10.5, 26), ("facing", 9.5, 17)]
)
def test_a_line_of_verse_that_is_too_long_goes_on_set_in(
    handout: str, size: float, column: int, made: Callable[[str], dict[str, bytes]]
) -> None:
    left = column * MM
    words = {word.words: word for word in words_of(pdf(made, "turned", handout)) if word.size == size}
    for at in range(0, 800, 20):
        line = [words[counted(number)] for number in range(at, at + (TURNED if at % 40 == 0 else 4))]
        first = [word for word in line if word.page == line[0].page and abs(word.base - line[0].base) < 1]
        assert abs(first[0].left - left) < 1, at
        after = line[len(first) :]
        assert bool(after) == (at % 40 == 0), at
        assert not after or abs(after[0].left - left - 2 * size) < 1, at
        assert all(word.left > left + 2 * size - 1 for word in after), at


def test_the_same_words_give_the_same_bytes(made: Callable[[str], dict[str, bytes]], tmp_path: Path) -> None:

    from tests.handouts.conftest import made_from
    from tests.handouts.sites import lay_out

    again, _ = made_from(lay_out(SITES["long"], tmp_path))
    assert again["one/handout-teacher.pdf"] == pdf(made, "long", "teacher")
    assert again["one/handout-student.pdf"] == pdf(made, "long", "student")


@pytest.mark.parametrize(("site", "handout"), HANDOUTS)
def test_it_can_be_read_aloud(site: str, handout: str, made: Callable[[str], dict[str, bytes]]) -> None:
    """PDF/UA-1 is claimed (the compiler refuses what isn't); title, language, bookmarks; our faces in it."""
    import pypdfium2

    content = pdf(made, site, handout)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    language = b"ar" if site == "from-the-right" else b"en"
    assert b"/Lang (" + language in content or b"/Lang(" + language in content
    assert b"GlossSerif-Regular" in content
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_dict()["Title"]
    assert [item.get_title() for item in document.get_toc()]


@pytest.mark.parametrize("site", ["essay", "sixty", "long"])
def test_the_text_is_the_text(site: str, made: Callable[[str], dict[str, bytes]]) -> None:
    """Every letter of it, and nothing else, whatever is marked in it."""
    lines = lines_of(words_of(pdf(made, site, "teacher")))
    printed = re.sub(r"[\W_]", "", "".join(line.words for line in lines))
    folder = Path(__file__).parents[2] / "content" / EDITION[site] if site in EDITION else None
    sources = [folder / "article.md", folder / "comment.md"] if folder else []
    words = "\n\n".join(path.read_text(encoding="utf-8") for path in sources) or SITES[site]["one/text.md"]
    words = re.sub(r"^# .*\n\n(?:Kupchan is offering precisely.*\n\n)?", "", words)
    assert printed == re.sub(r"[\W_]", "", words)


def test_texts_that_face_each_other_have_their_ties_between_them(made: Callable[[str], dict[str, bytes]]) -> None:
    """Each tie has its letter at both ends, once on either side, and none meets a word of the texts."""
    words = words_of(pdf(made, "essay", "facing"))
    between = [one for one in words if 96 * MM < one.left < 114 * MM and one.size == 8 and one.page <= 3]
    letters = [one.words for one in between]
    ties = sorted(set(letters))
    assert ties == [chr(ord("A") + index) for index in range(len(ties))]
    assert len(ties) > 15
    assert all(letters.count(letter) == 2 for letter in ties)


def test_what_is_named_is_linked(made: Callable[[str], dict[str, bytes]]) -> None:
    """Terms to the glossary, citations to the works cited, ties to their other ends, further notes, addresses."""
    content = pdf(made, "essay", "teacher")
    words, links = words_of(content), links_of(content)
    after = {
        one: min(word.page for word in words if word.words == one and word.size == 14) for one in ("Glossary", "Works")
    }
    last = max(word.page for word in words)

    def goals(said: str, page: int = 1) -> set[int]:
        return {goal for at, shown, goal in links if at == page and said in shown}

    assert goals("altruism") <= set(range(after["Glossary"], after["Works"] + 1)) != set()
    assert goals("Kupchan 2021") <= set(range(after["Works"], last + 1))
    assert goals("Kupchan 2021")
    assert goals("C ¶2, p. 3") == {3}
    assert {4} <= goals("p. 4")
    assert all(1 <= goal <= last for _, _, goal in links if goal)
    assert any(goal == 0 and "daniellarison" in shown for _, shown, goal in links)


@pytest.mark.parametrize("handout", ["student", "teacher"])
def test_each_note_of_the_essay_is_printed_once(handout: str, made: Callable[[str], dict[str, bytes]]) -> None:
    """What a note alone says, in five words that no reference parts, is there once; students see questions alone."""
    edition, works = essay_for(handout)
    printed = Counter(fives(running(words_of(pdf(made, "essay", handout)))))
    said = Counter(
        run
        for words in [*bodies(edition), *works, *(text.prose.content for text in edition.texts)]
        for run in fives(words)
    )
    notes = [note for note in edition.notes if note.body.frame]
    assert len(notes) > (60 if handout == "teacher" else 5)
    for note in notes:
        own = [run for run in fives(note.body.content) if said[run] == 1]
        shown = [run for run in own if printed[run]]
        assert len(shown) > len(own) / 3, note.id
        assert {printed[run] for run in shown} == {1}, (note.id, [run for run in shown if printed[run] > 1])


def fives(words: str) -> list[tuple[str, ...]]:
    said = tokens(visible(words).casefold())
    return list(zip(*(said[at:] for at in range(5)), strict=False))


def essay_for(handout: str) -> tuple[Edition, list[str]]:
    """The edition as a handout has it; the works that it may cite."""
    opened = open_site(Path(__file__).parents[2] / "content")
    assert isinstance(opened, Opened)
    anchored, _ = Reading(opened.folder, opened.outline, View()).anchored(EDITION["essay"])
    assert anchored is not None
    asked = next(one for one in anchored.edition.settings.handouts if one.id == handout)
    works = opened.outline.works_of(EDITION["essay"]).values()
    listed = ["".join(words for words, _ in work.entry) for work in works]
    return select(anchored, View(audience=asked.audience, kinds=asked.kinds)).edition, listed


def bodies(edition: Edition) -> list[str]:
    proses = [note.body for note in edition.notes] + [term.entry for term in edition.terms]
    proses += [layer.introduction for layer in edition.layers]
    proses += [tie.body for tie in edition.crossrefs] + [one.prose for one in edition.introductions]
    proses += [prose for question in edition.questions for prose in (question.asked, question.body)]
    return [prose.content for prose in proses] + [form for term in edition.terms for form in term.forms]


@pytest.mark.parametrize(("handout", "lines"), [("student", True), ("teacher", True), ("facing", False)])
def test_the_first_page_says_how_places_are_cited(
    handout: str, lines: bool, made: Callable[[str], dict[str, bytes]]
) -> None:
    """Above the title, where a reader meets the first of them."""
    words = words_of(pdf(made, "essay", handout))
    title = next(word for word in words if word.size > 14)
    head = running([word for word in words if word.page == title.page and word.bottom < title.top])
    assert "A: 'Splitting' Russia and China Is Harder Than It Looks · C: A reader’s comment" in head
    assert ("p. 3, 28: page 3, line 28" in head) is lines
