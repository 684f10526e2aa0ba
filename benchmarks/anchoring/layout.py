"""A text -> its paragraphs, sentences and words, as stretches of it."""

from __future__ import annotations

import re

from builder.model.prose import Span

_HAN = "\u4e00-\u9fff"
_MARKS = "\u0300-\u036f\u064b-\u0652"
WORD = re.compile(rf"[{_HAN}]|[^\s{_HAN}]*[\w{_MARKS}][^\s{_HAN}]*|[^\s\w.,;:!?…—–“”\"'‘’。，；！？、]+")
"""What stands between white space, its punctuation included; a Chinese character; a picture."""

_END = re.compile(r"(?:(?<=[.!?؟])[”\"’)]*\s+|[。！？]”?(?=.)|\n)")

_PUNCTUATION = "“”\"'‘’.,;:!?…—–()。，；！？、،؟"


def paragraphs(text: str) -> list[Span]:
    """The stretches between blank lines."""
    found, start = [], 0
    for part in text.split("\n\n"):
        if part:
            found.append(Span(start, start + len(part)))
        start += len(part) + 2
    return found


def sentences(text: str, within: Span) -> list[Span]:
    """The sentences (or lines of verse) of a paragraph, without the white space between them."""
    found, start = [], within.start
    for end in _END.finditer(text, within.start, within.end):
        stop = end.end() if end[0][0] in "。！？" else end.start() + len(end[0].rstrip())
        if stop > start:
            found.append(Span(start, stop))
        start = end.end()
    if start < within.end:
        found.append(Span(start, within.end))
    return found


def words(text: str, within: Span) -> list[Span]:
    """The words of a stretch, without the punctuation at their ends."""
    found = []
    for word in WORD.finditer(text, within.start, within.end):
        start, end = word.span()
        while start < end and text[start] in _PUNCTUATION:
            start += 1
        while end > start and text[end - 1] in _PUNCTUATION:
            end -= 1
        if start < end:
            found.append(Span(start, end))
    return found


def around(spans: list[Span], span: Span) -> list[int]:
    """Which of some spans meet another."""
    return [index for index, one in enumerate(spans) if one.meets(span)]
