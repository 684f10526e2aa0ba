"""A theme's styles -> the files that they name and that the theme's folder lacks."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.parse.nearest import nearest_file
from builder.parse.toml_slips import place_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.theme import Theme

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_URL = re.compile(r"""url\(\s*+(["']?+)([^"')]{1,300}+)\1\s*\)""")
_NO_FILE = re.compile(r"#|//|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
"""How an address begins that is none of a file: what leads elsewhere is told as held off by the pages' policy."""


def check_style_files(theme: Theme) -> Iterator[Diagnostic]:
    """Files that aren't there, each where a style of the pages names it; a browser passes over them in silence."""
    bundled = (name for bundle in theme.bundles.values() for name in bundle.styles)
    for path in dict.fromkeys((*theme.styles, *bundled)):
        css = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), theme.files[path].decode("utf-8", "replace"))
        for found in _URL.finditer(css):
            address = found[2].strip()
            named = posixpath.normpath(f"/{posixpath.dirname(path)}/{address}").lstrip("/")
            if _NO_FILE.match(address) or (named in theme.files and not address.startswith("/")):
                continue
            near = nearest_file(named, theme.files)
            hint = f"did you mean “{posixpath.relpath(near, posixpath.dirname(path) or '.')}”?" if near else ""
            message = f"this style names “{address}”, which isn't in the theme's folder"
            yield diagnose("G502", place_at(theme.origins.get(path, path), css, found.start(2)), message, hint)
