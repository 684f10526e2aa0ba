"""A theme's styles -> the files that they name and that the theme's folder lacks."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.pictures import resolved
from builder.parse.nearest import nearest_file
from builder.parse.toml_slips import place_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.theme import Theme

_URL = re.compile(
    r"""/\*.*?(?:\*/|\Z)|url\(\s*+(["']?+)(?P<address>[^"')]{1,300}+)\1\s*\)"""
    r"""|"(?:\\.|[^"\\\n])*+"?|'(?:\\.|[^'\\\n])*+'?""",
    re.DOTALL | re.IGNORECASE,
)
"""An address; a comment, or words, in which none is."""
_MOST = 20
"""Files that are told one by one for each style."""
_NO_FILE = re.compile(r"#|//|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
"""How an address begins that is none of a file: what leads elsewhere is told as held off by the pages' policy."""


def check_style_files(theme: Theme) -> Iterator[Diagnostic]:
    """Files that aren't there, each where a style of the pages names it; a browser passes over them in silence."""
    bundled = (name for bundle in theme.bundles.values() for name in bundle.styles)
    for path in dict.fromkeys((*theme.styles, *bundled)):
        css = theme.files[path].decode("utf-8", "replace")
        lacking = [found for found in _URL.finditer(css) if _lacks(theme, path, (found["address"] or "").strip())]
        for found in lacking[:_MOST]:
            address = found["address"].strip()
            near = nearest_file(posixpath.normpath(f"{posixpath.dirname(path)}/{address}"), theme.files)
            hint = f"did you mean “{posixpath.relpath(near, posixpath.dirname(path) or '.')}”?" if near else ""
            message = f"this style names “{address}”, which isn't in the theme's folder"
            if len(lacking) > _MOST and found is lacking[_MOST - 1]:
                message += f"; nor are {len(lacking) - _MOST:,} more that it names further on"
            yield diagnose("G502", place_at(theme.origins.get(path, path), css, found.start("address")), message, hint)


def _lacks(theme: Theme, path: str, address: str) -> bool:
    if not address or _NO_FILE.match(address):
        return False
    return resolved(posixpath.join(posixpath.dirname(path), address)) not in theme.files
