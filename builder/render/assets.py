"""A theme's style, scripts and fonts -> files named by their content, small, with their addresses put right."""

from __future__ import annotations

import hashlib
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from builder.model.pictures import resolved
from builder.model.site import Page
from builder.model.value import value_class
from builder.render.policy import Needs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.model.theme import Theme

_DESCENDANT = re.compile(r"(?<=[\w)\]]) (?=:(?:is|where|not|has)\()")
"""A space that means "anywhere within", before a functional pseudo-class. The minifier takes it for one that means
nothing, so it is written out: `a :is(b)` becomes `a *:is(b)`."""

_URL = re.compile(r"""url\(\s*+(["']?+)([^"')]{1,300}+)\1\s*\)""", re.IGNORECASE)
"""The address of a file that comes along: longer than a path is what a style holds itself."""

SHRUNK = 100_000
"""Letters of joined styles, or scripts, that are made smaller: to do so may take time that grows with their square."""

_HELD = re.compile(rb"""url\(\s*["']?data:([a-z0-9.+/-]*)""", re.IGNORECASE)
_FONTS = frozenset({"woff2", "woff", "ttf", "otf"})


@value_class(frozen=True, slots=True)
class BundleFiles:
    """Paths in the output of a bundle's style and script, "" for one that it lacks."""

    style: str
    script: str


@value_class(frozen=True, slots=True)
class Assets:
    """Paths in the output of what every page links to ("" where the theme has none), and the files themselves."""

    style: str
    early: str
    script: str
    bundles: Mapping[str, BundleFiles]
    """What only some pages need, by the bundle's name in theme.toml."""
    pages: tuple[Page, ...]
    needs: Needs


def make_assets(theme: Theme) -> Assets:
    """Join, shrink and name a theme's assets. Addresses in CSS are relative to the CSS file within the theme."""
    pages: dict[str, Page] = {}
    style = _style(pages, theme.name, theme.styles, theme.files)
    early = _script(pages, "early", theme.early, theme.files)
    script = _script(pages, theme.name, theme.scripts, theme.files)
    bundles = {
        name: BundleFiles(
            style=_style(pages, name, bundle.styles, theme.files),
            script=_script(pages, name, bundle.scripts, theme.files),
        )
        for name, bundle in theme.bundles.items()
    }
    for name, content in theme.files.items():
        if name.startswith("fonts/") and not name.endswith(".woff2"):
            pages[name] = Page(f"assets/{name}", content)
    made = tuple(sorted(pages.values(), key=lambda page: page.path))
    return Assets(style, early, script, bundles, made, _needs(made))


def _needs(pages: Sequence[Page]) -> Needs:
    """What files ask for, by their names; of styles, what they hold."""
    endings = {page.path.rpartition(".")[2] for page in pages}
    within = {found[1] for page in pages if page.path.endswith(".css") for found in _HELD.finditer(page.content)}
    fonts = {kind for kind in within if b"font" in kind}
    return Needs("js" in endings, "css" in endings, bool(endings & _FONTS), bool(within - fonts), bool(fonts))


def _style(pages: dict[str, Page], label: str, names: Sequence[str], files: Mapping[str, bytes]) -> str:
    css = "\n".join(_with_addresses(name, files, pages) for name in names)
    return _put(pages, f"{label}.css", shrunk_style(css).encode()) if css else ""


def _script(pages: dict[str, Page], label: str, names: Sequence[str], files: Mapping[str, bytes]) -> str:
    source = "\n;".join(files[name].decode() for name in names)
    return _put(pages, f"{label}.js", shrunk_script(source).encode()) if source else ""


def shrunk_style(css: str) -> str:
    """A style sheet without what it can do without."""
    if len(css) > SHRUNK:
        return css
    import rcssmin  # type: ignore[import-untyped]

    return str(rcssmin.cssmin(_DESCENDANT.sub(" *", css)))


def shrunk_script(source: str) -> str:
    """A script without comments and white space that mean nothing."""
    if len(source) > SHRUNK:
        return source
    import rjsmin  # type: ignore[import-untyped]

    return str(rjsmin.jsmin(source))


def _put(pages: dict[str, Page], name: str, content: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    path = f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:10]}{dot}{suffix}"
    pages[path] = Page(path, content)
    return path


def _with_addresses(name: str, files: Mapping[str, bytes], pages: dict[str, Page]) -> str:
    folder = posixpath.dirname(name)

    def named(match: re.Match[str]) -> str:
        address = match[2].strip()
        if address.startswith(("data:", "#")):
            return match[0]
        target = resolved(posixpath.join(folder, address))
        if target is None or target not in files:
            return match[0]
        path = _put(pages, target.rsplit("/", 1)[-1], files[target])
        part = address.partition("#")[2] if target.endswith(".svg") else ""
        return f"url({quote(path.removeprefix('assets/'))}{'#' if part else ''}{part})"

    return _URL.sub(named, files[name].decode())
