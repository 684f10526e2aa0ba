"""Ids that were made from a note's words, from build to build: an author's edits don't change links to other notes."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.note import Audience
from builder.model.site import Folder, Source
from builder.model.view import View
from builder.parse.lock import parse, serialize
from builder.parse.site import parse_outline
from builder.pipeline.reading import Reading

FOX = "# The fox\n\nA fox saw grapes. They were out of reach. It went away, and said that they were sour.\n"
NOTES = "fox.notes.md"
SETTINGS = (
    'title = "T"\n[[text]]\nfile = "fox.md"\n[[text]]\nfile = "owl.md"\n[[layer]]\nid = "a"\n[[layer]]\nid = "b"\n'
)


def read(files: dict[str, str], lock: str = "") -> tuple[list[str], str]:
    """The ids of the notes, in their order; and the lock that the edition is to have."""
    files = {
        "edition.toml": SETTINGS,
        "fox.md": FOX,
        "owl.md": FOX,
        **files,
        **({"anchors.lock": lock} if lock else {}),
    }
    sources = {name: Source(name, text, hashlib.sha256(text.encode()).hexdigest()) for name, text in files.items()}
    folder = Folder(dict(sorted(sources.items())), {})
    outline, told = parse_outline(folder)
    assert outline is not None, told
    reading = Reading(folder, outline, View(audience=Audience.TEACHER))
    (edition,) = outline.editions
    anchored, told = reading.anchored(edition.id)
    made = reading.lock(edition.id)
    assert anchored is not None, told
    assert made is not None
    return [note.id for note in anchored.edition.notes], made.text


def entries(*notes: str) -> str:
    """`grapes: Of the vine.` is a note; without a colon it is a mark alone. `a / b: C.` has two passages."""
    made = []
    for note in notes:
        heading, _, body = note.partition(": ")
        heading = heading.replace(" / ", "\n\n## ")
        made.append(f"## {heading}\n{body}\n" if body else f"## {heading} {{.highlight}}\n")
    return "\n".join(made)


CASES = {
    "nothing changed": (["fox: A.", "grapes: B."], ["fox: A.", "grapes: B."], ["fox", "grapes"]),
    "a newcomer with the same words comes before": (
        ["grapes: A."],
        ["grapes: New.", "grapes: A."],
        ["grapes-a", "grapes"],
    ),
    "the one whose words the other shares is gone": (["grapes: A.", "grapes: B."], ["grapes: B."], ["grapes-a"]),
    "two with the same words change places": (
        ["grapes: A.", "grapes: B."],
        ["grapes: B.", "grapes: A."],
        ["grapes-a", "grapes"],
    ),
    "a heading is mended": (["graps: A.", "fox: B."], ["grapes: A.", "fox: B."], ["graps", "fox"]),
    "a heading gets a setting": (["grapes: A.", "fox: B."], ['grapes {in="¶1"}: A.', "fox: B."], ["grapes", "fox"]),
    "a heading gets another passage": (["grapes: A."], ["grapes / sour: A."], ["grapes"]),
    "a body is rewritten": (["grapes: A.", "fox: B."], ["grapes: Of the vine.", "fox: B."], ["grapes", "fox"]),
    "all are put in another order": (
        ["fox: A.", "graps: B.", "sour: C."],
        ["sour: C.", "grapes: B.", "fox: A."],
        ["sour", "graps", "fox"],
    ),
    "the words of one are mended to those of another": (
        ["graps: A.", "grapes: B."],
        ["grapes: A.", "grapes: B."],
        ["graps", "grapes"],
    ),
    "a mark's words are mended, between others": (
        ["fox: A.", "graps", "sour: B."],
        ["fox: A.", "grapes", "sour: B."],
        ["fox", "graps", "sour"],
    ),
    "heading and body are mended, between others": (
        ["fox: A.", "graps: X.", "sour: B."],
        ["fox: A.", "grapes: Y.", "sour: B."],
        ["fox", "graps", "sour"],
    ),
    "heading and body are mended, at the end": (["fox: A.", "graps: X."], ["fox: A.", "reach: Y."], ["fox", "graps"]),
    "between others there are more than there were": (
        ["fox: A.", "graps: X.", "sour: B."],
        ["fox: A.", "grapes: Y.", "reach: Z.", "sour: B."],
        ["fox", "grapes", "reach", "sour"],
    ),
    "one is gone, another is new elsewhere": (
        ["graps: X.", "fox: A.", "sour: B."],
        ["fox: A.", "sour: B.", "reach: Y."],
        ["fox", "sour", "reach"],
    ),
    "nothing of a file is as it was": (["fox: A.", "grapes: B."], ["sour: X.", "reach: Y."], ["sour", "reach"]),
    "two had the same body": (["fox: A.", "grapes: A."], ["sour: A.", "grapes: A."], ["fox", "grapes"]),
    "notes beside one with an id": (
        ["fox {#f}: A.", "graps: X.", "sour {#s}: B."],
        ["fox {#f}: A.", "grapes: Y.", "sour {#s}: B."],
        ["f", "graps", "s"],
    ),
    "one with an id came between": (
        ["fox {#f}: A.", "graps: X."],
        ["fox {#f}: A.", "sour {#s}: B.", "grapes: Y."],
        ["f", "s", "graps"],
    ),
    "an author gives the id that another has": (
        ["grapes: A."],
        ["fox {#grapes}: New.", "grapes: A."],
        ["grapes", "grapes-a"],
    ),
    "an author gives another id": (["grapes: A."], ["grapes {#g}: A.", "grapes: New."], ["g", "grapes"]),
    "an author writes the id out": (["graps: A."], ["grapes {#graps}: A."], ["graps"]),
    "a note becomes one of more passages": (
        ["grapes: A.", "grapes 2: B."],
        ["grapes / sour: A.", "grapes 2: B."],
        ["grapes-a", "grapes-2"],
    ),
    "whole-text notes": (
        ["*: A.", "*: B."],
        ["*: New.", "*: B.", "*: A."],
        ["whole-text-a-2", "whole-text-a", "whole-text"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_id_stays_with_its_note(case: str) -> None:
    before, after, expected = CASES[case]
    _, lock = read({NOTES: entries(*before)})
    ids, new = read({NOTES: entries(*after)}, lock)
    assert ids == expected
    assert read({NOTES: entries(*after)}, new) == (ids, new)


FILES = {
    "a note that goes to another text": (
        {"fox.notes.md": entries("grapes: A."), "owl.notes.md": entries("grapes: B.")},
        {"owl.notes.md": entries("grapes: B.", "grapes: A.")},
        ["grapes-a", "grapes"],
    ),
    "the same paragraph of two texts": (
        {"fox.notes.md": entries("¶1: A."), "owl.notes.md": entries("¶1: A.")},
        {"owl.notes.md": entries("¶1: A.")},
        ["p1-a"],
    ),
    "another layer": (
        {"fox.notes.md": entries("grapes: A."), "fox.b.notes.md": entries("grapes: A.")},
        {"fox.b.notes.md": entries("sour: A.")},
        ["grapes-b"],
    ),
    "a file that is new comes first": (
        {"owl.notes.md": entries("grapes: A.")},
        {"fox.notes.md": entries("grapes: B."), "owl.notes.md": entries("grapes: A.")},
        ["grapes-a", "grapes"],
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_an_id_stays_in_its_layer(case: str) -> None:
    before, after, expected = FILES[case]
    _, lock = read(before)
    assert read(after, lock)[0] == expected


def test_a_heading_that_finds_nothing_is_the_same_at_every_build() -> None:
    """Also where the one before it stood: what its author typed since never did."""
    _, lock = read({NOTES: entries("grapes {#g}: A.")})
    _, first = read({NOTES: entries("hen {#g}: A.")}, lock)
    assert parse(first).selectors == ()
    assert read({NOTES: entries("hen {#g}: A.")}, first)[1] == first


def test_a_reply_still_leads_to_what_it_answers() -> None:
    _, lock = read({NOTES: entries("graps: A.", 'fox {re="#graps"}: B.')})
    files = {NOTES: entries("grapes: A.", 'fox {re="#graps"}: B.')}
    assert read(files, lock)[0] == ["graps", "fox"]


def test_after_a_merge_the_ids_of_both_sides_are_known() -> None:
    base = ["fox: A."]
    _, ours = read({NOTES: entries("graps: X.", *base)})
    _, theirs = read({NOTES: entries(*base, "sur: Y.")})
    both = f"<<<<<<< a\n{ours}=======\n{theirs}>>>>>>> b\n"
    files = {NOTES: entries("grapes: X.", *base, "sour: Y.")}
    ids, lock = read(files, both)
    assert ids == ["graps", "fox", "sur"]
    assert read(files, lock) == (ids, lock)


def test_a_lock_of_given_ids_says_nothing_of_them() -> None:
    _, lock = read({NOTES: entries("fox {#f}: A.", "grapes {#g}: B.")})
    assert parse(lock).notes == ()


NOTE = st.tuples(
    st.sampled_from(["fox", "grapes", "graps", "sour", "*", "¶1", "grapes 2"]),
    st.sampled_from(["", "", "", " {#fox}", " {#grapes-2}", " {#x}"]),
    st.sampled_from(["", ": A.", ": B.", ": C."]),
).map("".join)
FILE = st.lists(NOTE, max_size=6).map(lambda notes: entries(*notes))
EDITION = st.fixed_dictionaries({NOTES: FILE, "owl.notes.md": FILE, "fox.b.notes.md": FILE})


@settings(max_examples=150, deadline=None)
@given(st.lists(EDITION, min_size=2, max_size=3))
def test_twice_is_once_whatever_was_before(editions: list[dict[str, str]]) -> None:
    lock = ""
    for files in editions:
        ids, lock = read(files, lock)
        assert len({one.casefold() for one in ids}) == len(ids)
        assert read(files, lock) == (ids, lock)


@settings(max_examples=60, deadline=None)
@given(EDITION, EDITION)
def test_without_what_it_says_of_ids_all_is_as_without_a_lock(before: dict[str, str], files: dict[str, str]) -> None:
    _, lock = read(before)
    assert read(files, serialize(replace(parse(lock), notes=())))[0] == read(files)[0]


@settings(max_examples=100, deadline=None)
@given(EDITION, st.data())
def test_newcomers_change_no_id(files: dict[str, str], data: st.DataObject) -> None:
    """Distinct bodies, so that each is known again; notes are put in anywhere."""
    numbered = {
        name: "".join(f"{entry}\nBody {index} of {name}.\n\n" for index, entry in enumerate(_heads(text)))
        for name, text in files.items()
    }
    before, lock = read(numbered)
    name = data.draw(st.sampled_from(sorted(files)))
    new = data.draw(st.sampled_from(["fox", "grapes", "*", "¶1"]))
    grown = {**numbered, name: f"## {new}\nA new one.\n\n{numbered[name]}"}
    ids, _ = read(grown, lock)
    assert [id for id in ids if id in before] == before
    assert len(ids) == len(before) + 1


def _heads(text: str) -> list[str]:
    return [line.replace(" {.highlight}", "") for line in text.splitlines() if line.startswith("## ")]
