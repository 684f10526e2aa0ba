"""A theme's style, scripts and faces -> what stands inside a file that fetches nothing."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder.model.value import value_class
from builder.render.assets import shrunk_script, shrunk_style
from builder.render.search_records import encoded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from builder.model.theme import Theme
    from builder.render.assets import Assets

BOOT, HELD, STYLE = "js/offline.js", "js/held.js", "css/offline.css"
"""The theme's script that unpacks such a file, the one that goes on from there, and the style of what it alone has."""

SHELVES = "shelves"
"""The bundle with the style of glossaries: here one stands behind the texts."""

_FACE = re.compile(r"url\(([^()\"']+\.woff2)\)")
_END = re.compile(r"</(?=script|style)", re.IGNORECASE)


@value_class(frozen=True, slots=True)
class Kit:
    """What a theme gives to every such file."""

    early: str
    style: str
    """With the faces' addresses as the site has them: see `styled`."""
    boot: str
    scripts: Mapping[str, str]
    """Packed, by name: `held`, the page's own as `page`, then those of bundles."""
    styles: Mapping[str, str]
    """Of bundles, packed."""
    faces: Mapping[str, bytes]
    """File name in the style -> its bytes."""
    whole: str
    """The style with its faces in it, each as it is."""
    shared: str
    """With what all that is packed begins: the bundles' styles and the scripts."""

    def styled(self, carried: Callable[[bytes], bytes]) -> str:
        """The style with its faces in it. `carried` says what of a face that is."""
        return _faced(self.style, self.faces, carried)


def _faced(style: str, faces: Mapping[str, bytes], carried: Callable[[bytes], bytes]) -> str:
    def within(match: re.Match[str]) -> str:
        face = faces.get(unquote(match[1]))
        return match[0] if face is None else f"url({data_address('font/woff2', carried(face))})"

    return _FACE.sub(within, style)


def make_kit(theme: Theme, assets: Assets) -> Kit:
    """The kit of a theme. `assets` are its files as the site has them."""
    files = {page.path: page.content for page in assets.pages}

    def words(path: str) -> str:
        return _enclosed(files[path].decode()) if path else ""

    def script(name: str) -> str:
        return _enclosed(shrunk_script(theme.files.get(name, b"").decode()))

    shelves = assets.bundles[SHELVES].style if SHELVES in assets.bundles else ""
    own = shrunk_style(theme.files.get(STYLE, b"").decode())
    style = "".join((words(assets.style), words(shelves), _enclosed(own)))
    styles = _bundled({name: words(bundle.style) for name, bundle in assets.bundles.items()})
    scripts = {
        "held": script(HELD),
        "page": words(assets.script),
        **_bundled({name: words(bundle.script) for name, bundle in assets.bundles.items()}),
    }
    faces = {path.removeprefix("assets/"): face for path, face in files.items() if path.endswith(".woff2")}
    return Kit(
        early=words(assets.early),
        style=style,
        boot=script(BOOT),
        scripts=scripts,
        styles=styles,
        faces=faces,
        whole=_faced(style, faces, lambda face: face),
        shared=f"{encoded({'styles': styles, 'scripts': scripts})[:-1]},",
    )


def data_address(media: str, content: bytes) -> str:
    """Bytes as an address that holds them."""
    return f"data:{media};base64,{base64.b64encode(content).decode()}"


def _bundled(words: Mapping[str, str]) -> dict[str, str]:
    """Those of the views in such a file; the shelves' style stands in its own, and their script has nothing to do."""
    return {name: each for name, each in words.items() if each and name != SHELVES}


def _enclosed(words: str) -> str:
    """A script or style that doesn't end the element in which it stands, with line ends as a browser reads them."""
    return _END.sub(r"<\\/", words.replace("\r\n", "\n"))
