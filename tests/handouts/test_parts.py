"""A note divided in two; what is secret; flash cards; the press and what it makes of faults."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import re
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.cli import run
from builder.model.diagnostic import MachineError
from builder.model.handout import SettingError
from builder.model.note import Audience
from builder.model.view import View
from builder.pipeline.reading import Reading
from builder.relate.secrecy import found_in, secret_runs
from builder.relate.select import select
from builder.render.boxes import LINE
from builder.render.division import divided, in_parts, line_starts, tagged
from builder.render.flashcards import HEAD
from builder.render.handout_notes import briefs, lemma
from builder.render.readable import readable
from builder.render.typst import words_of
from builder.shell.opening import Opened, open_site
from builder.shell.press import Typesetter
from tests.handouts.conftest import made_from
from tests.handouts.print_reading import running
from tests.handouts.print_reading import words_of as printed_words
from tests.handouts.sites import lay_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.model.view import Anchored

ROOT = Path(__file__).parents[2]
EDITION = "splitting-russia-and-china"
WORDS = st.text("ab .,", max_size=30)
NODES = st.recursive(
    st.lists(WORDS, max_size=4),
    lambda kids: st.lists(WORDS | kids.map(lambda held: ["emphasis", {}, held]), max_size=4),
    max_leaves=12,
)


def count(nodes: list[Any]) -> int:
    return sum(0 if isinstance(node, str) else int(node[0] == "word") + count(node[2]) for node in nodes)


@given(NODES, st.integers(0, 20))
def test_a_divided_note_has_all_its_words_once(nodes: list[Any], word: int) -> None:
    before, after = divided([["paragraph", {}, nodes]], word)
    assert "".join((words_of(before) + words_of(after)).split()) == "".join(words_of(nodes).split())
    assert word >= count(tagged(nodes)) or words_of(after).strip()
    assert count(before) == count(after) == 0


def test_a_note_is_divided_where_a_line_begins() -> None:
    words = [(0, 20.0, 6.0), (1, 50.0, 6.0), (2, 0.0, 16.0), (3, 40.0, 16.0), (4, 12.0, 26.0), (5, 0.0, 36.0)]
    assert line_starts(words) == [(2, 16.0), (5, 36.0)]  # line 3 begins with the rest of a word


@pytest.mark.parametrize(
    ("rooms", "parts"),
    [
        ([18.0], ["one", "two three four five"]),
        ([30.0], ["one two", "three four five"]),
        ([18.0, 28.0 + 2 * LINE], ["one", "two three", "four five"]),
        ([17.0], []),
        ([18.0, 17.0], []),
    ],
)
def test_a_note_goes_on_only_where_there_is_room_for_a_line(rooms: list[float], parts: list[str]) -> None:
    starts = [(1, 16.0), (2, 26.0), (3, 36.0), (4, 46.0)]
    found = in_parts([["paragraph", {}, ["one two three four five"]]], starts, rooms)
    assert [words_of(part).strip() for part in found] == parts


def test_lemmata_of_one_line_are_cut_so_that_they_differ() -> None:
    """To what there is room for beside the label of their kind."""
    assert briefs(["sanctions", "An offer from Washington"], "context") == ["sanctions", "An offer from …"]
    assert briefs(["sanctions on Russia", "sanctions on China"], "context") == ["… on Russia", "… on China"]
    assert briefs(["counterproductivenesses"], "a label of many words") == ["counte…"]
    assert briefs(["counterproductive", "counterproductively"], "context") == ["…unterproductive", "…terproductively"]
    for label in ("context", "a label of many words"):
        assert all(len(one) <= max(24 - len(label), 8) for one in briefs(["one two three four five six"] * 2, label))


def test_a_lemma_is_cited_by_its_first_and_last_words() -> None:
    assert lemma("sanctions") == "sanctions"
    assert (
        lemma("An offer from Washington to reduce tensions will not succeed on its own.") == "An offer from … its own"
    )
    assert "…" in lemma("中" * 60)


@pytest.fixture(scope="module")
def essay() -> Anchored:
    opened = open_site(ROOT / "content")
    assert isinstance(opened, Opened)
    anchored, _ = Reading(opened.folder, opened.outline, View()).anchored("splitting-russia-and-china")
    assert anchored is not None
    return anchored


def test_a_teachers_words_are_known(essay: Anchored) -> None:
    secrets = secret_runs(essay, select(essay, View()))
    assert found_in(secrets, "… Good first exercise in close reading. …") == (
        "good first exercise in close",
        "first exercise in close reading",
    )
    assert found_in(secrets, "first exercise in close, other words") == ()
    assert secret_runs(essay, select(essay, View(audience=Audience.TEACHER))) == frozenset()


def test_no_teachers_words_in_any_students_output(
    essay: Anchored, for_students: dict[str, bytes], made: Callable[[str], dict[str, bytes]]
) -> None:
    """HTML, search index, cards, offline file, book, exports, PDF's text; the teacher's, read so, are full of them."""
    secrets = secret_runs(essay, select(essay, View()))
    for_teachers = made("essay")
    full = set()
    of_teachers = f"{EDITION}/handout-teacher.pdf"
    assert of_teachers in for_students
    for path, content in for_students.items():
        if path == of_teachers:  # asked for in so many words; nothing that students see leads to it
            continue
        assert b"handout-teacher" not in content, path
        for words in readable(path, content):
            assert found_in(secrets, words) == (), path
        if any(found_in(secrets, words) for words in readable(path, for_teachers.get(path, b""))):
            full.add(path.rpartition("/")[2])
    assert full >= {
        "index.html", "notes.html", "notecards.js", "annotations.jsonld",
        f"{EDITION}.offline.html", f"{EDITION}.epub", f"{EDITION}.tei.xml",
    }  # fmt: skip
    handouts = {path for path in for_students.keys() - {of_teachers} if path.endswith(".pdf")}
    assert handouts == {f"{EDITION}/handout-student.pdf", f"{EDITION}/handout-facing.pdf"}
    for path in handouts:
        assert found_in(secrets, running(printed_words(for_students[path]))) == ()
        assert for_students[path] == for_teachers[path]
    assert len(found_in(secrets, running(printed_words(for_teachers[of_teachers])))) > 500


def test_all_that_is_made_is_cited_by_one_version(for_students: dict[str, bytes]) -> None:
    handouts = [running(printed_words(made)) for path, made in for_students.items() if path.endswith(".pdf")]
    words = [for_students[f"{EDITION}/index.html"].decode(), *handouts]
    found = [re.search(r"[Vv]ersion ([0-9a-f]{7})\b", one) for one in words]
    assert len(found) == 4
    assert len({one[1] if one else None for one in found}) == 1


PAGES = {
    "a.html": "<p>x<b>guess</b><i>what</i> <a title='t'>the</a> writer&#32;wanted</p>",
    "b.html": '<img alt="So guess what the writer wanted.">',
    "c.js": 'f({"w":"<i class=\\"k\\">Guess</i>\\u0020what\\nthe writer wanted"})',
    "d.xml": "<!-- guess what the wri\u00adter wanted -->",
    "e.txt": "1\tGuess what the writer wanted\t",
}


@pytest.mark.parametrize("path", PAGES)
def test_words_are_found_wherever_they_stand(path: str) -> None:
    secrets = frozenset({("guess", "what", "the", "writer", "wanted"), ("où", "est", "le", "renard", "donc")})
    found = [one for words in readable(path, PAGES[path].encode()) for one in found_in(secrets, words)]
    assert found == ["guess what the writer wanted"]
    other = PAGES[path].replace("wanted", "forgot")
    assert not [one for words in readable(path, other.encode()) for one in found_in(secrets, words)]
    assert found_in(secrets, "Ou\u0300 est le « renard », donc?") == ("où est le renard donc",)


def test_what_nobody_hides_is_no_secret(essay: Anchored) -> None:
    seen = select(essay, View())
    words = "Good first exercise in close reading"
    assert found_in(secret_runs(essay, seen), words)
    assert not found_in(secret_runs(essay, seen, [f"A Title: {words}, second edition"]), words)


def test_flash_cards(for_students: dict[str, bytes]) -> None:
    head, *cards = for_students[f"{EDITION}/cards.txt"].decode().split("\n#columns:")[1].splitlines()
    assert head == "Guid\tFront\tBack\tTags"
    assert len(cards) > 30
    assert all(card.count("\t") == 3 for card in cards)
    assert not any("question" in card.split("\t")[0] for card in cards)  # the answers are the teacher's
    assert "href" not in "".join(cards)


def read_as_anki_does(file: str) -> tuple[dict[str, str], list[list[str]]]:
    """Headers and notes of a text file, by Anki's manual ("Text Files"): `#key:value` lines first, then a note a line.

    A field that begins with a quotation mark ends with one; elsewhere in a field they are letters like others.
    """
    lines = file.splitlines(keepends=True)
    heads = list(takewhile(lambda line: line.startswith("#"), lines))
    headers = dict(line[1:].rstrip("\n").split(":", 1) for line in heads)
    assert headers["separator"] == "tab"
    notes = [line for line in lines[len(heads) :] if not line.startswith("#")]
    return headers, list(csv.reader(notes, delimiter="\t", quotechar='"', strict=True))


def test_anki_can_take_the_cards_in(for_students: dict[str, bytes], made: Callable[[str], dict[str, bytes]]) -> None:
    for files in (for_students, made("essay")):
        headers, notes = read_as_anki_does(files[f"{EDITION}/cards.txt"].decode("utf-8"))
        names = headers["columns"].split("\t")
        assert headers["html"] == "true"
        assert (names[int(headers["guid column"]) - 1], names[int(headers["tags column"]) - 1]) == ("Guid", "Tags")
        assert {len(note) for note in notes} == {len(names)}
        assert len({note[0] for note in notes}) == len(notes)
        assert all(all(note) for note in notes)
        assert {note[3].split()[0] for note in notes} == {EDITION}
    assert {note[3].split()[1] for note in notes} == {"glossary", "question"}


CARDS = {
    "site.toml": 'title = "S"\naudience = "teacher"\n',
    "e/edition.toml": 'title = "E"\n\n[[text]]\nfile = "t.md"\n',
    "e/t.md": "Words.\n",
    "e/questions.md": '## "What" comes? {#q .short-answer level="year 12" tags="first; close reading"}\n'
    "This\nhere:\n\n```\none\n\ttwo\n```\n\n*Then* all.\n",
}


def test_a_card_is_one_line_and_its_code_keeps_its_own(tmp_path: Path) -> None:
    for path, words in CARDS.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(words)
    assert run(["build", str(tmp_path / "content"), "--only", "handout"]) == 0
    (card,) = (tmp_path / "output/e/cards.txt").read_text().splitlines()[len(HEAD) :]
    back = "<p>This here:</p> <pre><code>one<br>&#9;two<br></code></pre> <p><em>Then</em> all.</p>"
    tags = "e question first close-reading year-12"
    assert card.split("\t") == [f"{sign_of('S')}/e/question-q", '<p>"What" comes?</p>', back, tags]
    assert read_as_anki_does((tmp_path / "output/e/cards.txt").read_text())[1] == [card.split("\t")]


def sign_of(site: str) -> str:
    return hashlib.sha256(site.encode()).hexdigest()[:12]


SIGNS = [
    ("", "A title", "A title"),
    ("", "A  title ", "A title"),
    ("https://one.example", "A title", "one.example"),
    ("http://One.Example/", "Another", "one.example"),
    ("https://one.example/Readings/", "A title", "one.example/Readings"),
    ("https://one.example/readings", "A title", "one.example/readings"),
]


@pytest.mark.parametrize(("address", "title", "known"), SIGNS)
def test_a_site_has_cards_of_its_own(address: str, title: str, known: str, tmp_path: Path) -> None:
    """Anki would renew a card by one of another site that has the same ids, were there nothing else to know it by."""
    settings = f'title = "{title}"\naudience = "teacher"\n' + (f'base_url = "{address}"\n' if address else "")
    pages, _ = made_from(lay_out({**CARDS, "site.toml": settings}, tmp_path))
    (card,) = read_as_anki_does(pages["e/cards.txt"].decode())[1]
    assert card[0] == f"{sign_of(known)}/e/question-q"


def test_a_fault_is_told_with_its_place(tmp_path: Path) -> None:
    files = {"handout.typ": b'#import "handout/part.typ": *\n', "handout/part.typ": b"// fine\n#let a = 1 +\n"}
    with Typesetter(files, tmp_path) as press, pytest.raises(SettingError) as caught:
        press.set({}, {})
    assert (caught.value.file, caught.value.line, caught.value.column) == ("handout/part.typ", 2, 13)


def test_a_file_that_is_not_there_is_named_as_it_was_asked_for(tmp_path: Path) -> None:
    with Typesetter({"handout.typ": b'#read("/etc/passwd")'}, tmp_path) as press, pytest.raises(SettingError) as caught:
        press.set({}, {})
    assert caught.value.message == "file not found (searched at etc/passwd)"
    assert (caught.value.line, caught.value.column) == (1, 7)


def test_all_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    """In every file; of what goes wrong in running it, the first: one fault may be why there is another."""
    files = {
        "handout.typ": b'#panic("stop")\n#let a = nosuch\n',
        "handout/one.typ": b"#let a = (\n#let b = [ }\n",
        "handout/two.typ": b"#let a = 1 +\n",
    }
    with Typesetter(files, tmp_path) as press, pytest.raises(SettingError) as caught:
        press.set({}, {})
    told = [(one.file, one.line, one.message) for one in (caught.value, *caught.value.also)]
    assert told[0] == ("handout.typ", 1, "panicked with: stop")
    assert ("handout/two.typ", 1, "expected expression") in told
    assert {line for file, line, _ in told if file == "handout/one.typ"} == {1, 2}
    assert [one for one in told if one[0] == "handout.typ"] == told[:1]


def test_a_press_answers_and_sets_the_same_bytes(tmp_path: Path) -> None:
    main = b"#set document(title: [T])\n#let said = json(bytes(sys.inputs.said))\n#metadata(said.a)<answer>\nWords.\n"
    with Typesetter({"handout.typ": main}, tmp_path) as press:
        assert press.ask({"a": {"b": 1}}, {}) == {"b": 1}
        assert press.set({"a": 1}, {}) == press.set({"a": 1}, {})
        process = press._process
    assert process is not None
    assert process.returncode == 0


def test_pictures_outside_the_site_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "secret.png").write_bytes(b"x")
    with Typesetter({"handout.typ": b"Words."}, tmp_path / "site") as press, pytest.raises(SettingError):
        press.set({}, {"1.png": "../secret.png"})


def test_pictures_that_cannot_be_set_are_named(tmp_path: Path) -> None:
    """All in one run; also where the theme's file would be to blame by what the compiler says."""
    (tmp_path / "bee.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    (tmp_path / "cat.svg").write_bytes(b"<svg")
    (tmp_path / "ant.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    main = b'#set document(title: [T])\n#image("images/1.svg", alt: "A")\n#image("images/2.png", alt: "B")\n'
    shown = {"1.svg": "ant.svg", "2.png": "bee.png", "3.svg": "cat.svg"}
    with Typesetter({"handout.typ": main}, tmp_path) as press, pytest.raises(SettingError) as caught:
        press.set({}, shown)
    assert [one.file for one in (caught.value, *caught.value.also)] == ["bee.png", "cat.svg"]


def test_without_typst_the_machine_is_at_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr("builder.shell.press.find_spec", lambda name: None if name == "typst" else known(name))
    with (
        Typesetter({"handout.typ": b"Words."}, tmp_path) as press,
        pytest.raises(MachineError, match="pip install typst"),
    ):
        press.set({}, {})
