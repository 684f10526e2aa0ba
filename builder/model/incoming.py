"""`Incoming`: a file from outside as it was read, before it is part of an edition; `Refused`: why it can't be read."""

from __future__ import annotations

from builder.model.value import value_class


@value_class(frozen=True, slots=True)
class Remark:
    """What the author should know of a file that was read: what was left out, changed or guessed."""

    words: str
    line: int = 0
    """The line of the file, from 1; 0 where it is of no one line."""


@value_class(frozen=True, slots=True)
class Refused:
    """Why a file can't be read, and what to do about it."""

    words: str
    hint: str = ""
    line: int = 0


@value_class(frozen=True, slots=True)
class Facts:
    """What a file says of its text, under the names of `[[text]]`; "" for what it doesn't say."""

    title: str = ""
    author: str = ""
    date: str = ""
    source: str = ""
    rights: str = ""
    language: str = ""


@value_class(frozen=True, slots=True)
class Tagged:
    """Words under which a file says that it is found; an edition has such, a text hasn't."""

    name: str
    words: tuple[str, ...]
    typed: str


@value_class(frozen=True, slots=True)
class Commented:
    """A comment on a passage.

    `start` and `end` count the characters before them in the text as read, white space not among them; both are -1
    for a comment that stands nowhere in it.
    """

    id: str
    start: int
    end: int
    body: str
    """Markdown."""
    by: str = ""
    date: str = ""
    answers: str = ""
    """The id of the comment that this one replies to, "" for none."""


@value_class(frozen=True, slots=True)
class Incoming:
    """A text as it will stand in its file, with all that was found beside its words."""

    markdown: str
    words: str = ""
    """What is to be read of it, without white space; "" where the file is Markdown already."""
    facts: Facts = Facts()
    homeless: tuple[tuple[str, str], ...] = ()
    """What the file says of itself that no setting holds: names and values, as typed."""
    tags: tuple[Tagged, ...] = ()
    opening: str = ""
    """The words a text was parted before, from which it can be named; "" where it wasn't parted."""
    before: int = 0
    """How many lines of the file stand before the text, where its lines are the file's own."""
    comments: tuple[Commented, ...] = ()
    remarks: tuple[Remark, ...] = ()
