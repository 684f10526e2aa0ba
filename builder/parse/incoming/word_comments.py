"""A Word file's comments -> who says what, when, in answer to whom; and marks in its document where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from builder.model.incoming import Commented, Remark
from builder.model.value import value_class
from builder.parse.incoming.escaping import paragraph
from builder.parse.incoming.facts import day
from builder.parse.incoming.word_parts import attribute, local, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.parse.incoming.word_parts import Parts

Tree = Any

START, END, STOP = "\ufdd0", "\ufdd1", "\ufdd2"
"""Begin and end a mark, which stands for where a comment begins or ends. No text holds them: they are no characters."""

CALL, CALLED = "\ufdd4", "\ufdd5"
CALLS = re.compile(f"{CALL}(\\d+){CALLED}")
"""Where a footnote is called, with its number."""

_LOST = frozenset({"del", "moveFrom", "pPr", "rPr"})


@value_class(frozen=True, slots=True)
class Comment:
    """A comment as Word has it."""

    id: str
    body: str
    by: str
    date: str
    paragraph: str
    """The id of its last paragraph, by which replies name it."""


def comments_of(parts: Parts) -> tuple[Comment, ...]:
    """The comments of a file, in their order, each id once."""
    root = parts.related("comments")
    found = [_comment(one) for one in named(root, "comment")] if root is not None else []
    return tuple({one.id: one for one in reversed(found)}[id] for id in dict.fromkeys(one.id for one in found))


def _comment(element: Tree) -> Comment:
    paragraphs = list(named(element, "p"))
    lines = ["".join(_words(one)) for one in paragraphs]
    body = "\n\n".join(paragraph(" ".join(line.split())) for line in lines if line.strip())
    last = attribute(paragraphs[-1], "paraId") if paragraphs else ""
    by = " ".join(attribute(element, "author").split())
    return Comment(attribute(element, "id"), body, by, day(attribute(element, "date")), last)


def _words(element: Tree) -> Iterator[str]:
    for one in element.iter():
        name = local(one)
        if name == "t":
            yield one.text or ""
        elif name in ("tab", "br", "cr"):
            yield " "


def threads(parts: Parts, comments: tuple[Comment, ...]) -> tuple[Mapping[str, str], tuple[Remark, ...]]:
    """The id of each reply -> that of the comment it answers; and which comments are marked as resolved."""
    root = parts.related("commentsExtended")
    by_paragraph = {one.paragraph: one for one in comments if one.paragraph}
    answers: dict[str, str] = {}
    remarks: list[Remark] = []
    for row in named(root, "commentEx") if root is not None else ():
        comment = by_paragraph.get(attribute(row, "paraId"))
        parent = by_paragraph.get(attribute(row, "paraIdParent"))
        if comment is None:
            continue
        if parent is not None and parent.id != comment.id:
            answers[comment.id] = parent.id
        elif attribute(row, "done") in ("1", "true"):
            by = f" by {comment.by}" if comment.by else ""
            shown = f"the comment{by} “{' '.join(comment.body.split())[:60]}”"
            remarks.append(Remark(f"{shown} is marked as resolved in Word; it is a note all the same"))
    return answers, tuple(remarks)


def mark(document: Tree) -> None:
    """Write marks into a document where comments begin and end, as runs of text of their own."""
    ranged = {attribute(one, "id") for one in named(document, "commentRangeStart")}
    paragraphs = list(named(document, "p"))
    order = {element: index for index, element in enumerate(document.iter())}
    for element in named(document, "commentRangeStart", "commentRangeEnd", "commentReference"):
        name, id = local(element), attribute(element, "id")
        if name == "commentReference":
            if id not in ranged:
                _place(element, f"{START}{id}{STOP}{END}{id}{STOP}", paragraphs, order)
            continue
        sign = START if name == "commentRangeStart" else END
        _place(element, f"{sign}{id}{STOP}", paragraphs, order)


def _place(element: Tree, words: str, paragraphs: list[Tree], order: Mapping[Tree, int]) -> None:
    """Put a run with a mark where an element stands, in the next paragraph or the last one where it stands in none."""
    space = element.tag.rpartition("}")[0] + "}"
    run = etree.Element(f"{space}r")
    text = etree.SubElement(run, f"{space}t")
    text.text = words
    at = element
    for outer in element.iterancestors():
        if local(outer) in _LOST or local(outer) == "r":
            at = outer
        if local(outer) == "p":
            at.addprevious(run)
            return
    here = order[element]
    if words.startswith(START):
        following = next((one for one in paragraphs if order[one] > here), None)
        if following is not None:
            first = following[0] if len(following) and local(following[0]) == "pPr" else None
            following.insert(0, run) if first is None else first.addnext(run)
        return
    before = next((one for one in reversed(paragraphs) if order[one] < here), None)
    if before is not None:
        before.append(run)


def placed(fragment: Tree) -> tuple[str, Mapping[str, tuple[int, int]]]:
    """The words of a marked tree, and where each comment begins and ends in them.

    White space, marks and the calls of footnotes are not among the words. The marks are taken out of the tree.
    """
    words: list[str] = []
    length = 0
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for element, name in _texts(fragment):
        kept = []
        for piece in _pieces(getattr(element, name)):
            if piece[0] in (START, END):
                (starts if piece[0] == START else ends).setdefault(piece[1:-1], length)
                continue
            kept.append(piece)
            squeezed = "".join(CALLS.sub("", piece).split())
            words.append(squeezed)
            length += len(squeezed)
        setattr(element, name, "".join(kept))
    return "".join(words), {id: (start, max(start, ends.get(id, start))) for id, start in starts.items()}


def _texts(fragment: Tree) -> Iterator[tuple[Tree, str]]:
    """Each stretch of words of a tree in order: whose, and whether it is its `text` or its `tail`."""
    for event, element in etree.iterwalk(fragment, events=("start", "end")):
        name = "text" if event == "start" else "tail"
        if (event == "start" or element is not fragment) and getattr(element, name):
            yield element, name


def _pieces(text: str) -> Iterator[str]:
    """Words and marks in turn."""
    start = 0
    while start < len(text):
        sign = min((at for at in (text.find(START, start), text.find(END, start)) if at >= 0), default=len(text))
        if sign > start:
            yield text[start:sign]
        stop = text.find(STOP, sign)
        if stop < 0:
            return
        yield text[sign : stop + 1]
        start = stop + 1


def commented(
    comments: tuple[Comment, ...], answers: Mapping[str, str], places: Mapping[str, tuple[int, int]]
) -> tuple[Commented, ...]:
    """The comments with their places, in the order of these; a reply stands where what it answers stands."""
    found = []
    for one in comments:
        start, end = places.get(one.id) or places.get(answers.get(one.id, "")) or (-1, -1)
        found.append(Commented(one.id, start, end, one.body, one.by, one.date, answers.get(one.id, "")))
    ranks = {one.id: (one.start, rank) for rank, one in enumerate(found)}
    return tuple(sorted(found, key=lambda one: (ranks.get(one.answers, ranks[one.id]), bool(one.answers))))
