"""HTML that an author typed -> what may stay of it, for `raw_html = "clean"`."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_COMMENTS = re.compile(r"(?:\s*<!--.*?-->)+\s*", re.DOTALL)
_VOID = frozenset({"br", "hr", "img", "wbr", "col"})


def is_comment(html: str) -> bool:
    """Whether a piece of HTML says nothing to a reader: it may go without a word."""
    return _COMMENTS.fullmatch(html) is not None


def clean_block(html: str) -> str:
    """A block of HTML with only what is harmless left, and well formed."""
    import nh3

    cleaned = nh3.clean(html)
    return cleaned if cleaned.endswith("\n") or not html.endswith("\n") else cleaned + "\n"


def clean_inline(tag: str, still_open: list[str]) -> str:
    """One tag within a line: as it is where it is harmless and balanced, "" where not. Keeps `still_open` true."""
    import nh3

    found = _TAG.match(tag)
    if found is None:
        return ""
    name = found[2].lower()
    if found[1]:
        if still_open and still_open[-1] == name:
            still_open.pop()
            return f"</{name}>"
        return ""
    cleaned = nh3.clean(tag)
    if not cleaned:
        return ""
    if name in _VOID:
        return cleaned
    still_open.append(name)
    return cleaned.removesuffix(f"</{name}>")
