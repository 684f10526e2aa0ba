"""The words of a heading -> Selector: the readings in which they are tried, or the blocks that they name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.note import Selector
from builder.parse.markdown import plain_words

if TYPE_CHECKING:
    from builder.model.diagnostic import Place

_BLOCKS = re.compile(r"(?:¶{1,2} ?|p)(\d{1,99})(?: ?[-–] ?(?:¶ ?|p)?(\d{1,99}))?")
_INNER = re.compile(r"(fn|h)(\d{1,99})")
_WHOLE = frozenset({"title", "dek", "*"})

_MARKUP = re.compile(r"[*_`~^\[\]<>\\&!{}|$]|:\w|https?:")
"""Where none of these stands, a heading read as Markdown is the heading itself."""

_LONGEST = 2_000
"""A heading longer than this is taken as it is: nobody marks up so much, and some markup takes quadratic time."""

_STEP = re.compile(r"\s(?:…|\.\.\.)\s")

_PLAIN = re.compile(r"[^\W_](?:[\w ,;?()’/-](?<!_)|\.(?!\.)){0,500}")
"""Words with no more signs than sentences have, as most headings are: these have one reading."""

_PAIRS = {
    '"': '"', "'": "'", "“": "”", "‘": "’", "„": "“”", "‚": "‘’", "«": "»", "»": "«", "‹": "›", "›": "‹",
    "”": "”", "’": "’", "「": "」", "『": "』", "《": "》",
}  # fmt: skip
"""Opening quotation marks with what may close them, in the ways of several languages."""


def read_blocks(words: str) -> str:
    """`¶4`, `p4`, `¶4–6`, `title`, `dek`, `*` in their one form (`p4`, `p4-6` …); "" for anything else."""
    if words in _WHOLE:
        return words
    match = _BLOCKS.fullmatch(words)
    if not match:
        return ""
    first = f"p{int(match[1])}"
    return first if match[2] is None or int(match[2]) == int(match[1]) else f"{first}-{int(match[2])}"


def read_within(words: str) -> str:
    """The value of `in` in its one form, `fn1` and `h2` included; "" where it is none."""
    match = _INNER.fullmatch(words)
    if match:
        return f"{match[1]}{int(match[2])}"
    blocks = read_blocks(words)
    return "" if blocks == "*" else blocks


def selector_of(words: str, place: Place, *, within: str = "", prefix: str = "", suffix: str = "") -> Selector:
    """The selector for a note's heading: blocks where it names them, else a quotation."""
    blocks = read_blocks(words)
    if blocks:
        return Selector(words, (), place, blocks=blocks, within=within, prefix=prefix, suffix=suffix)
    return Selector(words, readings(words), place, within=within, prefix=prefix, suffix=suffix)


def quotation_of(words: str, place: Place, *, within: str = "") -> Selector:
    """The selector for words that stood in quotation marks: never the name of a block."""
    return Selector(words, readings(words), place, within=within)


def readings(words: str) -> tuple[tuple[str, ...], ...]:
    """The readings of a quotation, in the order in which they are tried, each once.

    As written; as inline Markdown; with one pair of enclosing quotation marks removed; each of these as a range.
    """
    if _PLAIN.fullmatch(words):
        return ((words,),)
    forms = [words, without_markup(words)]
    forms.extend([unquoted(form) for form in forms])
    forms = [form for form in dict.fromkeys(forms) if form]
    ranges = [tuple(part.strip() for part in _STEP.split(form)) for form in forms]
    return tuple(dict.fromkeys([*((form,) for form in forms), *(parts for parts in ranges if len(parts) > 1)]))


def without_markup(words: str) -> str:
    """The words of a piece of inline Markdown; Markdown is asked only where something in them may be markup."""
    if len(words) > _LONGEST or not _MARKUP.search(words):
        return words
    return plain_words(words).strip() or words


def unquoted(words: str) -> str:
    """The words without one pair of quotation marks around them; unchanged where none stands there."""
    if len(words) > 2 and words[-1] in _PAIRS.get(words[0], ""):
        return words[1:-1].strip()
    return words


def is_quotation(words: str) -> bool:
    """Whether quotation marks enclose some words."""
    return unquoted(words) not in (words, "")
