"""A Word file's parts -> its text in Markdown, with its comments and where they stand."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any

import lxml.html
import mammoth
from lxml import etree

from builder.model.incoming import Incoming, Refused, Remark
from builder.parse.incoming.cleaning import clean_tree
from builder.parse.incoming.page import checked, headings, lower, markdown_of, too_long
from builder.parse.incoming.shaping import cleaned, shape
from builder.parse.incoming.word_comments import (
    CALL,
    CALLED,
    CALLS,
    commented,
    comments_of,
    mark,
    placed,
    threads,
)
from builder.parse.incoming.word_parts import local, named, word_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from builder.parse.incoming.word_parts import Parts

Tree = Any

STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
"""
"""What mammoth doesn't take for what it is."""

_SIGNS = re.compile("[\ufdd0-\ufdef]")
_NOTHING: frozenset[str] = frozenset()
"""The pictures that lie beside a Word file."""
_NOTE = re.compile(r"(?:foot|end)note-")
_FAULTS = (AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
"""What mammoth may raise for a file that breaks Word's rules. The file is in memory: no disk is asked."""


def read_word(parts: Mapping[str, bytes], packed: Callable[[Mapping[str, bytes]], IO[bytes]]) -> Incoming | Refused:
    """The text of a Word file with its comments. `packed` makes a file of parts, which mammoth reads."""
    known = word_parts(parts)
    if isinstance(known, Refused):
        return known
    document = known.trees[known.document]
    for element in document.iter():
        if element.text and _SIGNS.search(element.text):
            element.text = _SIGNS.sub("", element.text)
    remarks = list(_left_out(known))
    comments = comments_of(known)
    mark(document)
    safe = {path: etree.tostring(tree, encoding="utf-8", xml_declaration=True) for path, tree in known.trees.items()}
    try:
        html = _html(packed(safe))
    except _FAULTS as fault:
        what = f"this file breaks Word's rules ({type(fault).__name__})"
        return Refused(what, "open it in Word or LibreOffice and save it again")
    answers, resolved = threads(known, comments)
    text = _text(html, document)
    if isinstance(text, Refused):
        return text
    made, places = text
    return replace(
        made,
        homeless=tuple(_properties(known)),
        comments=commented(comments, answers, places),
        remarks=(*remarks, *made.remarks, *resolved),
    )


def _html(file: IO[bytes]) -> str:
    def picture(image: Any) -> list[Any]:
        return [mammoth.images.img_element(lambda _: {"src": "", "alt": image.alt_text or ""})(image)[0]]

    result = mammoth.convert_to_html(
        file, style_map=STYLES, convert_image=picture, include_embedded_style_map=False, external_file_access=False
    )
    return str(result.value)


def _text(html: str, document: Tree) -> tuple[Incoming, Mapping[str, tuple[int, int]]] | Refused:
    """The text, and where its comments stand in it."""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for title in root.xpath("./h1[@class='title']"):
        title.set("id", "title")
    removed = clean_tree(root)
    fragment = lxml.html.fragment_fromstring(
        cleaned(str(lxml.html.tostring(root, encoding="unicode"))), create_parent="div"
    )
    fragment = fragment[0] if len(fragment) == 1 and fragment[0].tag == "div" else fragment
    notes = list(_notes(fragment))
    lost = shape(fragment, "", _NOTHING.__contains__)
    for _, note in notes:
        lost += shape(note, "", _NOTHING.__contains__)
    words, places = placed(fragment)
    if not words:
        return Refused("there are no words in this document")
    if long := too_long(words):
        return long
    _set_title(fragment)

    def make(emphasis: bool) -> str:
        pieces = [markdown_of(fragment, emphasis=emphasis)]
        pieces += [_footnote(number, markdown_of(note, emphasis=emphasis)) for number, note in notes]
        return CALLS.sub(r"[^\1]", "\n".join(pieces))

    made = checked(make, words)
    left_out = [Remark(f"a picture is left out: {one}") for one in lost]
    missing = _written(document) - len(words) - sum(len("".join(note.text_content().split())) for _, note in notes)
    if missing > 0:
        left_out.append(Remark(f"{missing:,} characters of the file are not in the text: compare the two"))
    return replace(made, remarks=(*removed, *left_out, *made.remarks)), places


def _notes(fragment: Tree) -> Iterator[tuple[str, Tree]]:
    """Footnotes and endnotes with their numbers, taken out of the tree; where they are called stand signs."""
    numbers: dict[str, str] = {}
    for link in list(fragment.iter("a")):
        target = link.get("href", "").removeprefix("#")
        if not _NOTE.match(target) or not (link.get("id") or "").replace("-ref-", "-").endswith(target):
            continue
        number = numbers.setdefault(target, str(len(numbers) + 1))
        holder = link.getparent() if link.getparent().tag == "sup" else link
        holder.tail = f"{CALL}{number}{CALLED}{holder.tail or ''}"
        holder.drop_tree()
    for item in list(fragment.iter("li")):
        number = numbers.get(item.get("id") or "", "")
        if not number:
            continue
        for back in list(item.iter("a")):
            if "note-ref-" in back.get("href", ""):
                back.drop_tree()
        listed = item.getparent()
        item.drop_tree()
        if listed is not None and not len(listed) and listed.getparent() is not None:
            listed.drop_tree()
        item.tag = "div"
        item.tail = None
        yield number, item


def _footnote(number: str, markdown: str) -> str:
    lines = markdown.strip().split("\n")
    return "\n".join([f"[^{number}]: {lines[0]}", *(f"    {line}" if line else "" for line in lines[1:])]) + "\n"


def _set_title(fragment: Tree) -> None:
    """Let the title be the one heading of the first level: what has Word's style for it, or the first heading."""
    levels = headings(fragment)
    first = fragment[0] if len(fragment) and not (fragment.text or "").strip() else None
    if levels and levels[0] is first and (first.get("id") == "title" or first.tag == "h1"):
        levels.pop(0).tag = "h1"
    lower(levels)


def _written(document: Tree) -> int:
    """How many characters a document holds, white space not among them, less what is deleted in it."""
    count = 0
    for text in named(document, "t"):
        above = {local(one) for one in text.iterancestors()}
        if not above & {"del", "moveFrom", "Choice"}:
            count += len("".join(_SIGNLESS.sub("", text.text or "").split()))
    return count


_SIGNLESS = re.compile("(?:[\ufdd0\ufdd1][^\ufdd2]*\ufdd2)+")


def _left_out(parts: Parts) -> Iterator[Remark]:
    """What a text can't hold, or holds in its last state alone."""
    document = parts.trees[parts.document]
    added = sum(1 for one in named(document, "ins", "moveTo") if local(one.getparent()) not in ("rPr", "trPr"))
    gone = sum(1 for one in named(document, "del", "moveFrom") if local(one.getparent()) not in ("rPr", "trPr"))
    if added or gone:
        yield Remark(f"tracked changes are taken as accepted: {added} insertions, {gone} deletions")
    formulas = sum(1 for _ in named(document, "oMath"))
    if formulas:
        yield Remark(f"formulas are left out: {formulas}")
    for path, tree in parts.trees.items():
        kind = "header" if "/header" in path else "footer" if "/footer" in path else ""
        words = " ".join("".join(text.text or "" for text in named(tree, "t")).split()) if kind else ""
        if words:
            yield Remark(f"a {kind} is left out: “{words[:60]}”")


def _properties(parts: Parts) -> Iterator[tuple[str, str]]:
    """What the file says of itself. Word fills it in by itself and is often wrong: no setting is made of it."""
    tree = parts.trees.get("docProps/core.xml")
    for name in ("title", "creator", "created", "language"):
        for element in named(tree, name) if tree is not None else ():
            words = " ".join((element.text or "").split())
            if words:
                yield f"in the file’s properties, {name}", words
