"""The path of a request -> what the preview server answers: a file of the site, or one of the preview's own."""

from __future__ import annotations

import mimetypes
import os
import re
from dataclasses import field
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.shell.generation import Generation

OWN = "@glossator/"
"""Where the preview's own script and style stand: no page of a site can have this name."""

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
}

_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".epub": "application/epub+zip",
}
_HEAD = re.compile(rb"<head>", re.IGNORECASE)
_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)')
_MISSING = (
    b'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Not here</title></head><body><main>'
    b'<h1>Not here</h1><p>The site has no page at this address. <a href="/">To its first page</a></p></main>'
    b"</body></html>"
)


@value_class(frozen=True, slots=True)
class Answer:
    """Status, kind of content, content, and headers of its own."""

    status: HTTPStatus
    kind: str
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(path: str, generation: Generation) -> Answer:
    """What stands at the path of an address (still percent-encoded)."""
    seen = generation.number  # before anything is read: what is newer than this number is told again, never missed
    name = _name_of(path)
    if name is None:
        return Answer(HTTPStatus.BAD_REQUEST, "text/plain; charset=utf-8", b"Bad Request")
    if name.startswith(OWN):
        own = _own().get(name.removeprefix(OWN))
        return _page(name, own) if own is not None else _missing(seen)
    if name == "favicon.ico" and generation.read(name) is None:
        return Answer(HTTPStatus.NO_CONTENT, "image/x-icon", b"")
    if name.endswith("/") or not name:
        name += "index.html"
    content = generation.read(name) if _is_public(name) else None
    if content is not None:
        return _page(name, _with_client(content, seen) if name.endswith(".html") else content)
    if _is_public(name) and generation.is_folder(name):
        return Answer(HTTPStatus.MOVED_PERMANENTLY, "text/plain", b"", {"Location": f"/{quote(name)}/"})
    return _missing(seen)


def _name_of(path: str) -> str | None:
    """The path in the output that is asked for, None for one that no page can have."""
    try:
        name = unquote(path, errors="strict").removeprefix("/")
    except UnicodeDecodeError:
        return None
    parts = name.split("/")
    if "\\" in name or "\0" in name or ".." in parts or "." in parts or "" in parts[:-1] or ":" in parts[0]:
        return None
    return name


def _is_public(name: str) -> bool:
    """Whether a name is none of the hidden ones: nothing that a site publishes begins with a dot."""
    return not any(part.startswith(".") for part in name.split("/"))


def _page(name: str, content: bytes) -> Answer:
    suffix = os.path.splitext(name)[1].lower()
    kind = _KINDS.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Answer(HTTPStatus.OK, kind, content)


def _missing(seen: int) -> Answer:
    """Not the site's own 404.html: its addresses are those of the published site."""
    return Answer(HTTPStatus.NOT_FOUND, _KINDS[".html"], _with_client(_MISSING, seen))


def _with_client(content: bytes, seen: int) -> bytes:
    """A page with the preview's script and style, and a policy that lets the script ask for news."""
    content = _POLICY.sub(rb"\1\2; connect-src 'self'", content, count=1)
    # Before all others: it keeps what the page is before any script has touched it.
    client = (
        f'<link rel="stylesheet" href="/{OWN}preview.css">'
        f'<script src="/{OWN}preview.js" defer data-seen="{seen}"></script>'
    ).encode()
    return _HEAD.sub(lambda begin: begin[0] + client, content, count=1)


@cache
def _own() -> Mapping[str, bytes]:
    """The files of the preview's client, by name."""
    folder = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "preview")
    found = {}
    for name in ("preview.js", "preview.css"):
        with open(os.path.join(folder, name), "rb") as file:
            found[name] = file.read()
    return found
