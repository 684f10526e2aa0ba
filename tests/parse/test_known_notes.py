"""Notes as they were read, written on a line and read from it: the same again, or not written at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.model.coding import CodingError
from builder.model.diagnostic import Place
from builder.model.site import LayerSettings, Source
from builder.parse.known_notes import NotesRead, made_ids, read_notes, write_notes
from builder.parse.notes import parse_notes

if TYPE_CHECKING:
    from builder.parse.notes import NoteFile

KEY = "a" * 64
EVERY = """# On the fox

An *introduction*.

## the fox leapt
What the *fox* did, simply.

## “so it is” … at the end {.question #own}
Why? See [[¶2]] and [@aesop, p. 3], [a page](x.html), ![a fox](fox.svg).

## the fox {in="¶2" before="said" after="and"}


A body that begins late, with `code`.

- and a list

## *starred* words {by="N. N." date="2021-08" tags="one; two" audience="teacher" re="#own"}

## ¶4–6

## a third
Said[^1] twice <!-- not told -->.

[^1]: A footnote.

## seen {.highlight}
"""


def read(text: str) -> NoteFile:
    layer = LayerSettings("editor", Place("edition.toml"), by="Us", language="en")
    file, told = parse_notes(Source("fox/fable.notes.md", text, ""), text="fable", layer=layer, kinds=("question",))
    assert not told
    return file


def test_every_form_comes_out_as_it_went_in() -> None:
    file = read(EVERY)
    written = write_notes(KEY, NotesRead((file.layer,), file.notes))
    again = read_notes(written, KEY)
    assert again is not None
    assert again == NotesRead((file.layer,), file.notes)
    for one, other in zip(again.notes, file.notes, strict=True):
        assert (one.body.source, one.body.altered) == (other.body.source, other.body.altered)


def test_under_another_key_nothing_is_read() -> None:
    file = read(EVERY)
    assert read_notes(write_notes(KEY, NotesRead((file.layer,), file.notes)), "b" * 64) is None
    assert read_notes("", KEY) is None


@pytest.mark.parametrize("rest", ["", "7", "[],7]", "[],[[]]]", '[["a"]],[]]', "[],[" + "[" * 100_000])
def test_what_is_not_sound_is_refused(rest: str) -> None:
    with pytest.raises(CodingError):
        read_notes(f'["{KEY}",{rest}', KEY)


@pytest.mark.parametrize(
    "text", ["# A title\n\nAn [[introduction]].\n\n## words\nA note.\n", "## words\n\n\n\n\n\n[[late]]\n"]
)
def test_what_would_not_come_out_the_same_is_not_written(text: str) -> None:
    file = read(text)
    assert write_notes(KEY, NotesRead((file.layer,), file.notes)) == ""


def test_which_ids_were_made_is_told_at_a_locks_end() -> None:
    head = "glossator anchors 1: x\ntext\tfable\nblock\tp1\tWords.\nnote\ta\t0\n"
    assert made_ids(head) == ""
    assert made_ids(f"{head}given\tfable\teditor\tb\nmade\tfable\teditor\ta\tx\t-\n").count("\n") == 3
