"""A page's own style -> its hash; hashes -> the Content-Security-Policy of the page."""

from __future__ import annotations

import base64
import hashlib

BASE = (
    "default-src 'none'",
    "script-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)


def policy(inline_style: str) -> str:
    """The policy of a page whose only inline style is the one given ("" for none)."""
    style = "style-src 'self'"
    if inline_style:
        digest = base64.b64encode(hashlib.sha256(inline_style.encode()).digest()).decode()
        style += f" 'sha256-{digest}'"
    return "; ".join((BASE[0], BASE[1], style, *BASE[2:]))
