"""A template that can't be read -> which of its tags is at fault, in words for who doesn't know the parser's.

Jinja tells such a fault where it gave up, mostly at the template's end; an author looks for the tag that was opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateSyntaxError

from builder.model.value import value_class
from builder.render.sandbox import meant

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCKS = frozenset({"autoescape", "block", "call", "filter", "for", "if", "macro", "set", "with"})
_BRANCHES = {"elif": ("if",), "else": ("if", "for")}
_TAGS = frozenset({*_BLOCKS, *_BRANCHES, "extends", "from", "import", "include", "print", "raw", "endraw"})
_KNOWN = sorted({*_TAGS, *(f"end{block}" for block in _BLOCKS)})
_MARKS = {"variable_begin": ("{{", "}}"), "block_begin": ("{%", "%}")}
_ENDS = frozenset({"variable_end", "block_end"})


@value_class(frozen=True, slots=True)
class Astray:
    """A tag at fault: its line, and what is to be said."""

    line: int
    message: str


@value_class(frozen=True, slots=True)
class _Tag:
    """A tag as it stands: `if` and its line, and whether it is a `set` that is done within itself."""

    name: str
    line: int
    alone: bool


def tag_astray(source: str) -> Astray | None:
    """The first tag that isn't there, closes nothing or is never closed; None where all fit together."""
    return _walked(source)[0]


def mended(source: str) -> str:
    """The template with all closed that it leaves open: what else is wrong with it can be found then."""
    astray, still = _walked(source)
    return source + "".join(f"{{% end{tag.name} %}}" for tag in reversed(still)) if astray else source


def _walked(source: str) -> tuple[Astray | None, list[_Tag]]:
    """What is astray first, and what is open where the template ends or goes astray."""
    still: list[_Tag] = []
    for tag in _tags(source):
        if isinstance(tag, Astray):
            return tag, still
        if tag.name in _BLOCKS and not tag.alone:
            still.append(tag)
        elif tag.name in _BRANCHES:
            if not still or still[-1].name not in _BRANCHES[tag.name]:
                blocks = " or ".join(f"“{{% {block} %}}”" for block in _BRANCHES[tag.name])
                return Astray(tag.line, f"“{{% {tag.name} %}}” stands in no {blocks}{_open(still)}"), still
        elif tag.name.removeprefix("end") in _BLOCKS and tag.name not in _BLOCKS:
            if not still or still[-1].name != tag.name.removeprefix("end"):
                return _unpaired(tag, still), still
            still.pop()
        elif tag.name not in _TAGS:
            return Astray(tag.line, f"there is no tag “{tag.name}”{meant(tag.name, _KNOWN)}"), still
    return (_unclosed(still[-1], ""), still) if still else (None, [])


def _unpaired(end: _Tag, still: list[_Tag]) -> Astray:
    """What is to be said of a tag that closes another than the one that was opened last."""
    if any(f"end{tag.name}" == end.name for tag in still):
        return _unclosed(still[-1], f" before “{{% {end.name} %}}” on line {end.line}")
    block = end.name.removeprefix("end")
    return Astray(end.line, f"“{{% {end.name} %}}” closes nothing: no “{{% {block} %}}” is open{_open(still)}")


def _unclosed(tag: _Tag, where: str) -> Astray:
    return Astray(tag.line, f"“{{% {tag.name} %}}” of this line is never closed{where}: write “{{% end{tag.name} %}}”")


def _open(still: list[_Tag]) -> str:
    return f"; “{{% {still[-1].name} %}}” of line {still[-1].line} is" if still else ""


def _tags(source: str) -> Iterator[_Tag | Astray]:
    """Each tag; at last a mark that is never closed, or what is no template at all."""
    opened: tuple[int, str] | None = None
    words: list[tuple[str, str]] = []
    try:
        for line, kind, value in Environment().lex(source):
            if kind in _MARKS:
                opened, words = (line, kind), []
            elif kind in _ENDS and opened is not None:
                if opened[1] == "block_begin" and words:
                    yield _Tag(words[0][1], opened[0], _is_alone(words))
                opened = None
            elif kind != "whitespace":
                words.append((kind, value))
    except TemplateSyntaxError as fault:
        if fault.message == "Missing end of comment tag":
            yield Astray(fault.lineno, "“{#” is never closed: write “#}”")
        return
    if opened is not None:
        mark, end = _MARKS[opened[1]]
        yield Astray(opened[0], f"“{mark}” of this line is never closed: write “{end}”")


def _is_alone(words: list[tuple[str, str]]) -> bool:
    """Whether a tag is a `set` with its value in it; one without takes what stands before its `endset`."""
    depth = 0
    for kind, value in words:
        if kind == "operator":
            depth += (value in "([{") - (value in ")]}")
            if value == "=" and not depth:
                return words[0][1] == "set"
    return False
