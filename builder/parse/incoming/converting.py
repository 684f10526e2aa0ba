"""A tree of HTML in Markdown's shapes -> Markdown that is read as just its words."""

from __future__ import annotations

import re
from typing import Any

from bs4.element import NavigableString, Tag
from markdownify import BACKSLASH, MarkdownConverter

from builder.parse.incoming.escaping import at_start, escaped
from builder.parse.incoming.shaping import BLOCKS

_BREAK = "\ufdd3"
"""Stands for a line break until it is known whether words follow it. No text holds it: it is no character."""
_BREAKS = re.compile(rf"(?<![ \t])[ \t]*+{_BREAK}\n(?:\s*+{_BREAK}\n)++\s*+")
_LAST = re.compile(rf"(?<![ \t])[ \t]*+{_BREAK}\n(?=[ \t>]*+(?:\n|\Z))")
_SPACES = re.compile(r"[ \t\r\n]+")
_MANY_SPACES = re.compile(r"[ \t\r\n]{100}")
"""What markdownify takes time for that grows with their square."""
_ADDRESS = re.compile(r"[\s<>()\\\"`*_\[\]{}]")
_TICKS = re.compile(r"`+")
_CLOSING = re.compile(r"(?<!#)(?:\\?#)++\Z")
_EMPTY_LINES = re.compile(r"\n{3,}")
_MARKED = frozenset({"em", "i", "strong", "b", "a", "code", "img"})


def to_markdown(html: str, *, emphasis: bool = True) -> str:
    """The Markdown of some HTML; without emphasis, and code among words, where these are to be left out."""
    made: str = _Converter(
        heading_style="atx", bullets="-", newline_style=BACKSLASH, autolinks=False, emphasis=emphasis, strip_pre=None
    ).convert(html)
    made = _LAST.sub("\n", made).replace(f"{_BREAK}\n", "\\\n").replace(_BREAK, "")
    return f"{made.strip()}\n"


class _Converter(MarkdownConverter):  # type: ignore[misc]
    """markdownify's, made to keep every word as it is."""

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        within = parent_tags or set()
        if "pre" not in within and _MANY_SPACES.search(el):
            el.replace_with(el := NavigableString(_SPACES.sub(" ", el)))
        words: str = super().process_text(el, parent_tags=within)
        if "_noformat" in within or not words:
            return words
        words = _SPACES.sub(" ", words)
        if "a" in within:
            words = words.replace("]", "\\]")
        if within & {"td", "th"}:
            words = words.replace("|", "\\|")
        if words.startswith("{"):
            words = f"\\{words}"
        if words.endswith("!") and el.next_sibling is not None:
            words = f"{words[:-1]}\\!"
        if _begins(el):
            bare = words.lstrip(" ")
            words = words[: len(words) - len(bare)] + at_start(bare)
        return words

    def escape(self, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return escaped(_SPACES.sub(" ", text))

    def _emphasised(self, el: Tag, text: str, parent_tags: set[str], mark: str) -> str:
        inner = text.strip()
        if "_noformat" in parent_tags or not inner or not self.options["emphasis"] or "\n" in inner:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        left = before[-1:] or _neighbour(el, back=True)
        right = after[:1] or _neighbour(el, back=False)
        if mark == "*" and "*" in (left, right):
            mark = "_"
        if not _stands(left, inner[0], mark) or not _stands(right, inner[-1], mark):
            return text
        return f"{before}{mark}{inner}{mark}{after}"

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._emphasised(el, text, parent_tags, "*")

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._emphasised(el, text, parent_tags, "**")

    convert_i = convert_em
    convert_b = convert_strong

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        inner = text.strip()
        if "_noformat" in parent_tags or not inner or "\n\n" in inner:  # pragma: no cover  # shaping leaves none
            return text
        href = _ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", str(el.get("href", "")))
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before}[{inner}]({href}){after}"

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return " " if "_inline" in parent_tags else f"{_BREAK}\n{text}"

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        inner = _SPACES.sub(" ", text)
        if "_noformat" in parent_tags or not inner.strip():  # pragma: no cover  # shaping leaves no such code
            return text
        if not self.options["emphasis"]:
            inner = at_start(escaped(inner))
        if parent_tags & {"td", "th"}:
            inner = inner.replace("|", "\\|")
        if not self.options["emphasis"]:
            return inner
        mark = "`" * (max((len(ticks) for ticks in _TICKS.findall(inner)), default=0) + 1)
        pad = " " if inner[0] in " `" or inner[-1] in " `" else ""
        return f"{mark}{pad}{inner}{pad}{mark}"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        inner = text.strip("\n")
        mark = "`" * max(3, max((len(ticks) for ticks in _TICKS.findall(inner)), default=0) + 1)
        return f"\n\n{mark}\n{inner}\n{mark}\n\n" if inner.strip() else ""

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        alt = escaped(_SPACES.sub(" ", str(el.get("alt", "")))).replace("]", "\\]")
        return f"![{alt}]({_ADDRESS.sub(lambda found: f'%{ord(found[0]):02X}', str(el.get('src', '')))})"

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        made: str = super().convert_p(el, _unbroken(text), parent_tags)
        return made

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        made: str = super().convert_div(el, _unbroken(text), parent_tags)
        return made

    convert_figcaption = convert_div
    convert_caption = convert_div

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        inner = _EMPTY_LINES.sub("\n\n", _unbroken(text).strip())
        if not inner:
            return "\n"
        number = el.get("value")
        mark = f"{number}. " if number is not None and getattr(el.parent, "name", "") == "ol" else "- "
        indent = " " * len(mark)
        lines = "\n".join(f"{indent}{line}" if line else "" for line in inner.split("\n"))
        return f"{mark}{lines[len(mark) :]}\n"

    def convert_ol(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        made: str = self.convert_list(el, text, parent_tags)
        first = el.find("li")
        begins = first is None or getattr(first, "attrs", {}).get("value") == "1"
        return made if begins or "li" not in parent_tags else f"\n{made}"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        inner = _SPACES.sub(" ", text.replace(_BREAK, " ")).strip()
        closing = _CLOSING.search(inner)
        if closing:
            inner = inner[: closing.start()] + closing[0].replace("\\", "").replace("#", "\\#")
        made: str = super().convert_hN(n, el, inner, parent_tags)
        return made if inner else ""


def _unbroken(text: str) -> str:
    """A block's words without breaks at its ends; several breaks together begin a paragraph."""
    pieces = _BREAKS.sub("\n\n", text).split(_BREAK)
    worded = [place for place, piece in enumerate(pieces) if piece.strip()]
    if len(pieces) == 1:
        return pieces[0]
    if not worded:
        return ""
    first, last = worded[0], worded[-1]
    made = _BREAK.join(pieces[first : last + 1])
    made = made.lstrip() if first else made
    return made.rstrip(" \t") if last + 1 < len(pieces) else made


def _begins(el: NavigableString) -> bool:
    """Whether words stand at the beginning of a line of Markdown."""
    node: Any = el
    while True:
        before = node.previous_sibling
        while isinstance(before, NavigableString) and not before.strip():
            before = before.previous_sibling
        if before is not None:
            return isinstance(before, Tag) and (before.name == "br" or before.name in BLOCKS)
        node = node.parent
        if node is None or node.name in BLOCKS:
            return True


def _neighbour(el: Tag, *, back: bool) -> str:
    """The character of Markdown beside an element, " " at the edge of its block."""
    node: Any = el
    while True:
        beside = node.previous_sibling if back else node.next_sibling
        if isinstance(beside, NavigableString):
            return (beside[-1:] if back else beside[:1]) or " "
        if isinstance(beside, Tag):
            return "*" if beside.name in _MARKED else " " if beside.name in BLOCKS or beside.name == "br" else "x"
        node = node.parent
        if node is None or node.name in BLOCKS:
            return " "
        if node.name == "a":
            return "["


def _stands(outside: str, inside: str, mark: str) -> bool:
    """Whether a mark between two characters opens or closes emphasis."""
    plain = not outside.isspace() and outside.isalnum()
    if mark == "_":
        return not plain
    return inside.isalnum() or not plain
