"""What stands between [[ and ]] -> what is meant by it, as far as its form tells."""

from __future__ import annotations

import re
from enum import Enum

from builder.model.value import value_class


class Sort(Enum):
    """What a target is by its form. A bare name may be a text's or a term's."""

    NOTE = "note"
    PASSAGE = "passage"
    NAME = "name"
    TEXT = "text"
    TERM = "term"


@value_class(frozen=True, slots=True)
class Target:
    """A target taken apart."""

    sort: Sort
    name: str
    """A note's id, a text's name, a term's name; for a passage the text's."""
    typed: str
    """Without `EDITION/`, `text:` and `term:`."""
    blocks: str = ""
    """`p4`, `p4-6`, `title`, `dek`, `h2`, `fn1`, "" where none is named."""
    quotation: str = ""


_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BLOCKS = r"title|dek|\*|(?:h|fn)\d{1,99}|(?:¶{1,2}\s?|p)\d{1,99}(?:\s?[-–]\s?(?:¶\s?|p)?\d{1,99})?"
_PASSAGE = re.compile(
    rf"""(?P<name>[^\s“”"„«»‘’‚¶→↔]+)
        (?:\s+(?P<blocks>{_BLOCKS})(?=\s|$|[“"„«‘'‚])|\s*(?P<marked>¶{{1,2}}\s?\d{{1,99}}))?
        (?:\s*(?:[“"„«»‘'‚‹›「『](?P<quoted>\S.++)(?<=\S[”"“»«’'‘›‹」』])))?""",
    re.VERBOSE | re.DOTALL,
)
_NUMBERS = re.compile(r"\d+")


def read_target(typed: str) -> Target:
    """Take a target apart, its edition already taken off."""
    typed = typed.strip()
    if typed.startswith("#"):
        return Target(Sort.NOTE, typed[1:].strip(), typed)
    if typed.startswith("term:"):
        name = typed.removeprefix("term:").strip()
        return Target(Sort.TERM, name, name)
    text = typed.removeprefix("text:").strip()
    passage = _PASSAGE.fullmatch(text)
    if passage is None:
        return Target(Sort.TEXT if text != typed else Sort.NAME, text, text)
    blocks = _blocks(passage["blocks"] or passage["marked"] or "")
    quotation = (passage["quoted"] or "")[:-1].strip()
    sort = Sort.PASSAGE if blocks or quotation else Sort.NAME
    return Target(Sort.TEXT if text != typed else sort, passage["name"], text, blocks, quotation)


def split_edition(typed: str) -> tuple[str, str]:
    """(edition, rest) of a target that may begin with `EDITION/`; ("", the target) for one that doesn't."""
    edition, slash, rest = typed.strip().partition("/")
    if slash and rest.strip() and _NAME.fullmatch(edition):
        return edition, rest.strip()
    return "", typed.strip()


def _blocks(typed: str) -> str:
    if not typed or typed == "*":
        return ""
    if typed[0] not in "¶p":
        return typed
    first, *last = (str(int(number)) for number in _NUMBERS.findall(typed))
    return f"p{first}-{last[0]}" if last and last[0] != first else f"p{first}"
