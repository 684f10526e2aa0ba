"""A page's own style -> its hash; hashes -> the Content-Security-Policy of the page."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BASE = (
    "default-src 'none'",
    "script-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)


def enclosed_policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """The policy of a file that fetches nothing: these scripts and styles run, fonts and pictures lie within."""
    allowed = (("script-src", scripts), ("style-src", styles))
    sources = (f"{name} {' '.join(dict.fromkeys(map(_hash, each)))}" for name, each in allowed)
    return "; ".join((BASE[0], *sources, "img-src data:", "font-src data:", *BASE[-2:]))


def policy(inline_style: str) -> str:
    """The policy of a page whose only inline style is the one given ("" for none)."""
    style = "style-src 'self'"
    if inline_style:
        style += f" {_hash(inline_style)}"
    return "; ".join((BASE[0], BASE[1], style, *BASE[2:]))


def _hash(words: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()}'"
