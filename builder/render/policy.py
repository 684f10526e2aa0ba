"""What a theme needs, and a page's own style -> the Content-Security-Policy of the page."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTHING = "default-src 'none'"
_LAST = ("base-uri 'none'", "form-action 'none'")


@value_class(frozen=True, slots=True)
class Needs:
    """What a theme's own files ask for, besides pictures, which are the author's."""

    scripts: bool
    styles: bool
    fonts: bool
    drawn: bool
    """Whether a style holds a picture itself: `url(data:image/…)`."""
    cast: bool
    """Whether a style holds a font itself."""


def enclosed_policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """The policy of a file that fetches nothing: these scripts and styles run, fonts and pictures lie within."""
    allowed = (("script-src", scripts), ("style-src", styles))
    sources = (f"{name} {' '.join(dict.fromkeys(map(_hash, each)))}" for name, each in allowed)
    return "; ".join((_NOTHING, *sources, "img-src data:", "font-src data:", *_LAST))


def policy(needs: Needs, inline_style: str, root: str = "") -> str:
    """The policy of a page whose only inline style is the one given ("" for none): it forbids what isn't needed.

    `root` is the site's own address where the page names its files by that: it may be shown by another host.
    """
    host = _ORIGIN.match(root)
    ours = ["'self'", *([host[0]] if host else [])]
    styles = [*(ours if needs.styles else []), *([_hash(inline_style)] if inline_style else [])]
    rules = (
        ("script-src", ours if needs.scripts else []),
        ("style-src", styles),
        ("img-src", [*ours, "data:"] if needs.drawn else ours),
        ("font-src", [*(ours if needs.fonts else []), *(["data:"] if needs.cast else [])]),
    )
    return "; ".join((_NOTHING, *(f"{name} {' '.join(sources)}" for name, sources in rules if sources), *_LAST))


_ORIGIN = re.compile(r"https?://[\w.\-]+(?::\d+)?(?=/|$)", re.ASCII)
"""Scheme and host of an address, and nothing that could end a rule."""


@lru_cache(maxsize=32)  # a theme's own are in the file of each edition
def _hash(words: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()}'"
