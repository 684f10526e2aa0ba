"""A theme's style, scripts and fonts -> files named by their content, small, with their addresses put right."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.model.site import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.theme import Theme

_DESCENDANT = re.compile(r"(?<=[\w)\]]) (?=:(?:is|where|not|has)\()")
"""A space that means "anywhere within", before a functional pseudo-class. The minifier takes it for one that means
nothing, so it is written out: `a :is(b)` becomes `a *:is(b)`."""

_URL = re.compile(r"""url\(\s*(["']?)([^"')]+)\1\s*\)""")


@dataclass(frozen=True, slots=True)
class Assets:
    """Paths in the output of what every page links to ("" where the theme has none), and the files themselves."""

    style: str
    early: str
    script: str
    pages: tuple[Page, ...]


def make_assets(theme: Theme) -> Assets:
    """Join, shrink and name a theme's assets. Addresses in CSS are relative to the CSS file within the theme."""
    import rcssmin  # type: ignore[import-untyped]
    import rjsmin  # type: ignore[import-untyped]

    pages: dict[str, Page] = {}
    css = "\n".join(_with_addresses(name, theme.files, pages) for name in theme.styles)
    style = _put(pages, f"{theme.name}.css", rcssmin.cssmin(_DESCENDANT.sub(" *", css)).encode()) if css else ""
    scripts = []
    for label, names in (("early", theme.early), (theme.name, theme.scripts)):
        source = "\n;".join(theme.files[name].decode() for name in names)
        scripts.append(_put(pages, f"{label}.js", rjsmin.jsmin(source).encode()) if source else "")
    for name, content in theme.files.items():
        if name.startswith("fonts/") and not name.endswith(".woff2"):
            pages[name] = Page(f"assets/{name}", content)
    return Assets(style, scripts[0], scripts[1], tuple(sorted(pages.values(), key=lambda page: page.path)))


def _put(pages: dict[str, Page], name: str, content: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    path = f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:10]}{dot}{suffix}"
    pages[path] = Page(path, content)
    return path


def _with_addresses(name: str, files: Mapping[str, bytes], pages: dict[str, Page]) -> str:
    folder = name.split("/")[:-1]

    def named(match: re.Match[str]) -> str:
        address = match[2]
        if address.startswith(("data:", "#")):
            return match[0]
        target = _resolve(folder, address)
        if target not in files:
            return match[0]
        path = _put(pages, target.rsplit("/", 1)[-1], files[target])
        return f"url({path.removeprefix('assets/')})"

    return _URL.sub(named, files[name].decode())


def _resolve(folder: list[str], address: str) -> str:
    parts = list(folder)
    for part in address.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
