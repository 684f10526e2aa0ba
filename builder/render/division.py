"""A remark that goes on in the next margins -> its parts, divided where lines of it begin."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from builder.render.boxes import LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.handout import Node

_WORD = re.compile(r"\S+\s*|\s+")
_KEPT = frozenset({"table", "code-block", "image", "source", "reference", "footnotes"})
"""What isn't divided within."""


def tagged(nodes: Sequence[Node]) -> list[Node]:
    """The nodes with a numbered mark before every word, so that the press can be asked where each falls."""
    return _tagged(nodes, [0])


def _tagged(nodes: Sequence[Node], count: list[int]) -> list[Node]:
    made: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            for word in _WORD.findall(node):
                if not word.isspace():
                    made.append(["word", {"n": count[0]}, []])
                    count[0] += 1
                made.append(word)
        elif node[0] in _KEPT:
            made.append(node)
        else:
            made.append([node[0], node[1], _tagged(node[2], count)])
    return made


def counted(nodes: Sequence[Node]) -> int:
    """How many words are marked in nodes so tagged."""
    within = (node for node in nodes if not isinstance(node, str) and node[0] not in _KEPT)
    return sum(1 if node[0] == "word" else counted(node[2]) for node in within)


def divided(nodes: Sequence[Node], word: int) -> tuple[list[Node], list[Node]]:
    """The nodes up to the word of a number (as `tagged` counts), and from it on; what is open there in both."""
    before, after = _divided(tagged(nodes), word)
    return _bare(before), _bare(after)


def _bare(nodes: Sequence[Node]) -> list[Node]:
    """The nodes without the marks before words, and words that these stood between in one again."""
    made: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            if made and isinstance(made[-1], str):
                made[-1] += node
            else:
                made.append(node)
        elif node[0] != "word":
            made.append([node[0], node[1], _bare(node[2])])
    return made


def _divided(nodes: Sequence[Node], word: int) -> tuple[list[Node], list[Node]]:
    for index, node in enumerate(nodes):
        if isinstance(node, str) or not _holds(node, word):
            continue
        if node[0] == "word":
            return list(nodes[:index]), list(nodes[index:])
        before, after = _divided(node[2], word)
        head = [[node[0], node[1], before]] if _words(before) else []
        rest = {key: value for key, value in node[1].items() if key not in ("number", "block")}
        tail = [[node[0], rest, after]] if _words(after) else []
        return [*nodes[:index], *head], [*tail, *nodes[index + 1 :]]
    return list(nodes), []


def _holds(node: Node, word: int) -> bool:
    if isinstance(node, str):
        return False
    return (node[0] == "word" and node[1]["n"] == word) or any(_holds(kid, word) for kid in node[2])


def _words(nodes: Sequence[Node]) -> bool:
    return any(isinstance(node, str) or node[0] in _KEPT or _words(node[2]) for node in nodes)


def in_parts(nodes: Sequence[Node], starts: Sequence[tuple[int, float]], rooms: Sequence[float]) -> list[list[Node]]:
    """The nodes in as many parts as there are rooms, and one for what is left; none where a room holds no line.

    `starts` are as of `line_starts`. Every part but the first begins with words of its own, of up to two lines.
    """
    parts, rest, begun, above = [], list(nodes), 0, 0.0
    for number, room in enumerate(rooms):
        lines = above - FIRST - 2 * LINE if number else 0.0
        fitting = [word for word, y in starts if word > begun and y - lines + BELOW <= room]
        if not fitting:
            return []
        head, rest = divided(rest, fitting[-1] - begun)
        parts.append(head)
        begun = fitting[-1]
        above = next(y for word, y in starts if word == begun)
    return [*parts, rest]


FIRST = 6.0
"""Points from the top of a remark to the baseline of its first line."""

BELOW = 2.0
"""Points below its baseline that a line needs: one that says where the remark goes on takes the place of the first that
no longer stands here."""


def line_starts(words: Sequence[tuple[int, float, float]], *, to_left: bool = False) -> list[tuple[int, float]]:
    """(word, height) of each word that begins a line, but the first: `words` are numbers, distances from left and top.

    Lines begin at the left, or at the right of what is written `to_left`. One that begins with the rest of a word has
    no such word: the first one in it stands further in. So does what is indented: nothing is divided there.
    """
    edge = (max if to_left else min)((x for _, x, _ in words), default=0.0)
    return [(number, y) for (_, _, above), (number, x, y) in pairwise(words) if y > above + 1 and abs(x - edge) < NEAR]


NEAR = 0.5
"""Points by which the beginnings of two lines may differ that are meant to be level."""
