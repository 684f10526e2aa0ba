"""What lost its passage, or isn't settled, goes out with the words it was written on: never with a number alone."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.note import Anchor, Audience, Orphan, State
from builder.parse.lock import parse, serialize
from builder.relate.locking import founds_of
from builder.render import csv_notes, tei
from tests.exchange.exchanging import FOX, Library
from tests.exchange.making import matter_of
from tests.exchange.test_round_trip import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

SOUR = "“They are *sour*,” said the fox, and went away 🦊 with a sigh.\n\n"
THIRD = "> Nobody believed the fox that told it.\n\n"
NEW = "The hens by the wall had heard it all before.\n\n"


def revised(files: Mapping[str, str], old: str, new: str) -> Library:
    """An edition that was built once, and whose text was revised since."""
    library = Library(files)
    lock = library.reading().lock("fables")
    assert lock is not None
    library.files["fables/anchors.lock"] = lock.text
    assert old in FOX
    library.files["fables/fox.md"] = FOX.replace(old, new)
    return library


def bare(library: Library) -> Library:
    """The text as it is now, with the addresses of its paragraphs, without a word said of it."""
    made = library.bare()
    made.files["fables/fox.md"] = library.files["fables/fox.md"]
    made.files["fables/anchors.lock"] = serialize(replace(parse(library.files["fables/anchors.lock"]), selectors=()))
    return made


def items(document: str) -> list[dict[str, Any]]:
    return json.loads(document)["first"]["items"]  # type: ignore[no-any-return]


def quotes(item: dict[str, Any]) -> list[dict[str, Any]]:
    selectors = item["target"][0]["selector"]
    selectors = selectors if isinstance(selectors, list) else [selectors]
    return [one for one in selectors if one["type"] == "TextQuoteSelector"]


WORDS = "“They are sour,” said the fox, and went away 🦊 with a sigh."
CASES = {
    "struck": (SOUR, ""),
    "struck, another in its place": (SOUR, NEW),
    "another number": ("A fox saw grapes.", f"{NEW}A fox saw grapes."),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("heading", ["¶2", "p2", "“They are *sour*,” … with a sigh"])
def test_never_with_a_number_alone(case: str, heading: str) -> None:
    library = revised({"fox.notes.md": f"## {heading} {{#sour}}\nOn what he says.\n"}, *CASES[case])
    document = library.out()
    assert "¶" not in document
    assert '"p2"' not in document
    (item,) = items(document)
    (quote,) = quotes(item)
    assert quote["exact"].startswith("“They are sour,” said the fox")
    if case != "another number":
        assert quote["prefix"].endswith("and the fox fell.")
        assert quote["suffix"].lstrip(". ").startswith("Nobody believed the fox")
    again = bare(library)
    taken = again.take(document)
    assert again.out() == document
    (found,) = again.read()[0].notes["sour"]
    if case == "another number":
        assert isinstance(found, Anchor)
        assert again.read()[0].edition.texts[0].prose.words(found.span).startswith("“They are sour")
    else:
        assert taken.rows[0].state == "lost"
        assert found.state.value == "never found"


@pytest.mark.parametrize("case", CASES)
def test_tables_and_tei_say_the_words(case: str) -> None:
    library = revised({"fox.notes.md": "## ¶2 {#sour}\nOn what he says.\n"}, *CASES[case])
    matter, asked = matter_of(library.files, "fables")
    (row,) = csv.DictReader(io.StringIO(csv_notes.table(matter, asked).decode("utf-8-sig")))
    assert (row["lemma"], row["state"]) == (WORDS, "moved" if case == "another number" else "lost")
    assert (row["paragraph"], row["found"]) == (("3", WORDS) if case == "another number" else ("", ""))
    document = tei.document(matter, asked).decode()
    assert f">{WORDS}</quote>" in document
    assert "¶2" not in document


TIES = "## fox ¶2 → crow ¶1 {#tie}\nWhy.\n\n## crow “read of foxes” <-> fox “went away” {#other}\nSo.\n"


@pytest.mark.parametrize("case", CASES)
def test_both_ends_of_a_cross_reference(case: str) -> None:
    library = revised({"crossrefs.md": TIES}, *CASES[case])
    document = library.out()
    assert "fox ¶2" not in document
    again = bare(library)
    row = next(row for row in again.take(document).rows if row.id == "tie")
    assert again.out() == document
    one, _ = again.read()[0].crossrefs["tie"]
    if case != "another number":
        assert (row.state, row.text, row.score) == ("lost", "fox", 0.0)
        assert "its end fox “" in row.line
        assert row.line.endswith("stands nowhere, the other stands")
    prose = again.read()[0].edition.texts[0].prose
    assert prose.words(one.span) == WORDS if isinstance(one, Anchor) else case != "another number"
    assert isinstance(one, Anchor) is (case == "another number")


def test_words_that_stand_elsewhere_too_are_put_nowhere() -> None:
    """Their sentence is gone; the same words stand once more, in another: nobody is to find them there."""
    notes = {"fox.notes.md": '## the fox {in="¶1" before="The crow saw" #gone}\nx\n\n## A fox saw {in="¶4" #far}\ny\n'}
    library = revised({"fox.notes.md": notes["fox.notes.md"].split("\n\n")[1]}, "A fox saw nothing more: ", "")
    document = library.out()
    (item,) = items(document)
    assert quotes(item)[0]["prefix"]
    again = bare(library)
    again.take(document)
    assert not isinstance(again.read()[0].notes["far"][0], Anchor)
    assert again.out() == document


def test_a_number_that_was_never_there() -> None:
    """Where there is such a paragraph the note isn't put on it."""
    library = Library({"fox.notes.md": "## ¶9 {#none}\nOn nothing.\n"})
    document = library.out()
    again = library.bare()
    again.files["fables/fox.md"] += "\n\n".join(["", *(f"Paragraph {number}." for number in range(5, 12)), ""])
    assert again.take(document).rows[0].state == "lost"
    assert not isinstance(again.read()[0].notes["none"][0], Anchor)
    same = library.bare()
    same.take(document)
    assert same.out() == document


def test_what_its_author_said_to_be_gone_has_the_words_it_was_written_on() -> None:
    """Its words stand elsewhere now: the heading that nobody finds there is no quotation."""
    library = revised({"fox.notes.md": "## with a sigh {#sigh}\nx\n"}, SOUR, "")
    library.files["fables/fox.md"] = library.files["fables/fox.md"].replace("[^1]:", f"{SOUR}[^1]:")
    anchored = library.reading().anchored("fables")[0]
    assert anchored is not None
    (found,) = anchored.notes["sigh"]
    assert found.state is State.MOVED
    lock = library.reading().lock("fables", {("note", "sigh", 0): Orphan(found.selector, State.LOST, settled=True)})
    assert lock is not None
    library.files["fables/anchors.lock"] = lock.text
    document = library.out()
    (quote,) = quotes(items(document)[0])
    assert quote["exact"] == "with a sigh"
    assert quote["prefix"].endswith("said the fox, and went away 🦊")
    assert quote["suffix"].startswith(". Nobody believed the fox")
    assert "sigh ." not in document
    again = bare(library)
    again.take(document)
    assert not isinstance(again.read()[0].notes["sigh"][0], Anchor)
    assert again.out() == document
    again.files["fables/fox.notes.md"] = "## with a deep sigh {#sigh}\nx\n"  # what came in is of that heading alone
    assert quotes(items(again.out())[0])[0]["exact"] == "with a deep sigh"


REVISIONS = st.sampled_from(
    [
        (SOUR, ""),
        (SOUR, NEW),
        (THIRD, ""),
        ("A fox saw grapes.", f"{NEW}A fox saw grapes."),
        ("The fox jumped, and the fox fell.", "The fox leapt and then fell."),
        ("fell.\n\n“They", "fell. “They"),
        ("with a sigh", "with a deep sigh"),
        ("A fox saw grapes. The fox jumped, and the fox fell.\n\n", ""),
    ]
)


def settled(library: Library) -> None:
    """Its author says of all that has no place that it is gone."""
    reading = library.reading()
    anchored = reading.anchored("fables")[0]
    assert anchored is not None
    gone = {
        key: Orphan(found.selector, State.LOST, settled=True)
        for key, _, _, found in founds_of(anchored)
        if not isinstance(found, Anchor)
    }
    lock = reading.lock("fables", gone)
    assert lock is not None
    library.files["fables/anchors.lock"] = lock.text


@given(EDITIONS, REVISIONS, st.booleans())
@settings(max_examples=20, deadline=None)
def test_out_in_and_out_again_after_a_revision(files: dict[str, str], change: tuple[str, str], gone: bool) -> None:
    """The same bytes, whatever became of the passages; and none stands where it didn't before."""
    library = revised(files, *change)
    if gone:
        settled(library)
    document = library.out(Audience.TEACHER)
    again = bare(library)
    again.take(document)
    assert again.out(Audience.TEACHER) == document
    before, after = library.reading().anchored("fables")[0], again.reading().anchored("fables")[0]
    assert before is not None
    assert after is not None
    for name, founds in before.notes.items():
        for was, now in zip(founds, after.notes[name], strict=True):
            if isinstance(now, Anchor):
                assert isinstance(was, Anchor)
                assert was.span.holds(now.span)


ASKED = """## Why? {#q about="fox ¶2; crow; fox “went away”; fox ¶9"}
So.
"""


def test_semicolons_end_no_item() -> None:
    text = FOX.replace("A fox saw nothing more: ", "The hens, who had seen it; the owl, who had not; and all of them. ")
    files = {"questions.md": '## Why? {#q about="fox ¶4; crow"}\nSo.\n', "crossrefs.md": "## fox ¶4 → crow {#t}\nSo.\n"}
    library = Library(files)
    library.files["fables/fox.md"] = text
    lock = library.reading().lock("fables")
    assert lock is not None
    library.files["fables/anchors.lock"] = lock.text
    library.files["fables/fox.md"] = FOX.partition("A fox saw nothing")[0]
    document = library.out()
    assert len(items(document)[1]["glossator:about"]) == 2
    again = bare(library)
    again.take(document)
    assert again.out() == document


@pytest.mark.parametrize("case", CASES)
def test_what_a_question_is_about(case: str) -> None:
    library = revised({"questions.md": ASKED}, *CASES[case])
    document = library.out()
    (item,) = items(document)
    about = item["glossator:about"]
    assert about[0] == f"fox “{WORDS}”"
    assert "fox ¶2" not in about
    assert [isinstance(target, str) for target in item["target"]] == [
        case == "another number",
        True,
        case == "another number",
        False,
    ]
    again = bare(library)
    again.take(document)
    assert again.out() == document
