"""The bytes of a picture -> what is wrong with them, as far as their frame tells: no picture is drawn here."""

from __future__ import annotations

from builder.parse.drawings import drawing_fault

_PNG, _JPEG, _GIF, _WEBP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", (b"GIF87a", b"GIF89a"), (b"RIFF", b"WEBP")

_SORTS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "gif": "GIF", "webp": "WebP", "avif": "AVIF", "svg": "SVG"}
"""Ending -> what such a file is."""

ENDINGS = tuple(f".{ending}" for ending in _SORTS)
"""Of what may be shown, in small letters: all that is published under another would be whatever somebody put there."""

CUT = "it ends before the picture does"
DRAWN = 4 * 1024 * 1024
"""Bytes of a drawing: each of its elements is looked at, in a second at most. A page weighs three million at most."""
TOO_LARGE = f"it is larger than {DRAWN // 1024 // 1024} MB, and each of its lines would have to be looked at"


def is_picture(name: str) -> bool:
    """Whether a file is a picture that browsers show, by its name."""
    return name.lower().endswith(ENDINGS)


def picture_fault(name: str, content: bytes) -> str:
    """Why a file of this name can't be shown; "" where nothing speaks against it. Linear."""
    sort = _SORTS.get(name.rpartition(".")[2].lower(), "")
    if not sort:
        return ""
    if not content:
        return "the file is empty"
    found = sort_of(content)
    if sort == "SVG" and not found:
        return drawing_fault(content)
    if found != sort:
        return f"it holds {found}, and is called {sort}" if found else f"it is no {sort}"
    return CUT if _is_cut(sort, content) else ""


def sort_of(content: bytes) -> str:
    """`PNG`, `JPEG` …: the sort of a picture by how its bytes begin; "" for what is none or is XML."""
    if content.startswith(_PNG):
        return "PNG"
    if content.startswith(_JPEG):
        return "JPEG"
    if content.startswith(_GIF):
        return "GIF"
    if (content[:4], content[8:12]) == _WEBP:
        return "WebP"
    return "AVIF" if content[4:8] == b"ftyp" and content[8:12] in (b"avif", b"avis", b"mif1", b"miaf") else ""


def _is_cut(sort: str, content: bytes) -> bool:
    if sort == "PNG":
        return not _ends_as_png(content)
    if sort == "JPEG":
        return b"\xff\xd9" not in content
    if sort == "WebP":
        return int.from_bytes(content[4:8], "little") + 8 > len(content)
    return False


def _ends_as_png(content: bytes) -> bool:
    """Whether its chunks, one after the other, lead from the head through the picture to the end."""
    at, names = len(_PNG), set()
    while at + 12 <= len(content):
        name = content[at + 4 : at + 8]
        at += 12 + int.from_bytes(content[at : at + 4], "big")
        names.add(name)
        if name == b"IEND":
            return at <= len(content) and {b"IHDR", b"IDAT"} <= names
    return False
