"""An address that somebody typed -> whether it may be followed: none that is a script, or holds a page itself."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

_REFUSED = ("javascript", "vbscript", "livescript", "data", "file", "blob", "filesystem", "view-source", "about", "jar")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]+")
"""Characters that browsers pass over in an address, or that nobody sees."""
_SCHEME = re.compile(r"([a-z][a-z-]*):", re.IGNORECASE)
_ANY_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What an address may begin with in HTML that is cleaned; or with nothing, within the site."""


def is_harmless(address: str) -> bool:
    """Whether an address may be followed, whatever it is hidden by: entities, percent signs, case, invisible signs."""
    seen = address
    for _ in range(3):
        plain = _IGNORED.sub("", seen)
        found = _SCHEME.match(plain)
        if found is not None and found[1].lower() in _REFUSED:
            return False
        read = unquote(unescape(seen))
        if read == seen:
            return True
        seen = read
    return True


def odd_scheme(address: str) -> str:
    """The scheme of an address that browsers don't follow (`htp`); "" for one that they do, and within the site."""
    found = _ANY_SCHEME.match(address)
    return found[1] if found is not None and found[1].lower() not in SCHEMES else ""
