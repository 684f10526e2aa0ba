"""The pictures that a prose shows -> those that are there, and what is wrong with the others."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.pictures import resolved
from builder.model.prose import Image, RawHtml
from builder.model.raw_html import tags
from builder.model.typed import Way
from builder.model.vocabulary import DEVICES
from builder.parse.drawings import ACTIVE
from builder.parse.inert import sources
from builder.parse.markdown import local_pictures
from builder.parse.nearest import nearest
from builder.parse.picture_files import ENDINGS, TOO_LARGE, is_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.prose import Prose
    from builder.model.site import Folder
    from builder.model.typed import Typed

DEVICE = "on Windows nobody could open it, where its name is kept for a device"
UNKNOWN = "by its ending it is no picture"

_SHOWING = frozenset({Image, RawHtml})
_SUGGESTED = 20
"""For how many missing pictures of a prose a likely one is looked for."""

_ALT = re.compile(r"\salt\s*=", re.IGNORECASE)
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


def find_pictures(
    prose: Prose, folder: Folder, base: str, place: Place
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """The local pictures that are there, as paths relative to `base` (the edition's folder), in order, each once.

    `place` is where the prose begins in its file: a fault is placed where its picture was typed first.
    """
    if not prose.footnotes and _SHOWING.isdisjoint(map(type, prose.frame)):  # as most notes
        return (), ()
    told: list[Diagnostic] = []
    found: list[str] = []
    where = _places(prose, place)
    for src in local_pictures(prose):
        path = resolved(src)
        if path is not None and f"{base}{path}" in folder.assets:
            found.append(path)
            if fault := _fault(f"{base}{path}", folder):
                told.append(
                    diagnose("G147", where(src), f"the picture “{src}” can't be shown: {fault}", _remedy(fault))
                )
            continue
        if path is None:
            hint = _within(src, folder, base)
            told.append(diagnose("G121", where(src), f"the picture “{src}” lies outside the edition's folder", hint))
        else:
            told.append(
                diagnose(
                    "G121",
                    where(src),
                    f"the picture “{src}” isn't there",
                    _near(path, folder, base) if len(told) < _SUGGESTED else "",
                )
            )
    for src in _remote(prose):
        hint = "copy it into the edition's folder: a reader may be offline, and the other site learns who reads"
        told.append(diagnose("G122", where(src), f"the picture “{src}” is on another site", hint))
    told.extend(_speechless(prose, place))
    return tuple(dict.fromkeys(found)), tuple(told)


def _fault(path: str, folder: Folder) -> str:
    """Why a file that is there can't be shown as a picture; "" where it can."""
    if any(part.partition(".")[0].lower() in DEVICES for part in path.split("/")):
        return DEVICE
    return folder.faults.get(path, "") if is_picture(path) else UNKNOWN


def _remedy(fault: str) -> str:
    if fault == DEVICE:
        return "rename it"
    if fault == UNKNOWN:
        return f"pictures end in {', '.join(ENDINGS)}; to lead to a file, put it on the web and link to it"
    if fault == TOO_LARGE:
        return "save it once more with fewer details, or as PNG"
    if fault in ACTIVE:
        return "save it once more without scripts and links, or as PNG"
    return "save it once more from the program that made it, under the ending of what it is"


def _speechless(prose: Prose, place: Place) -> Iterator[Diagnostic]:
    """Pictures of which nothing says what they show. HTML that is kept may say so itself: alt=""."""
    images = prose.events(Image)
    typed = [one for one in prose.addresses if one.way is Way.IMAGE]
    for event, one in zip(images, typed, strict=True):
        if not event.alt.strip():
            hint = f"write: ![what it shows]({event.src})"
            where = Place(place.path, one.line, one.column)
            yield diagnose("G603", where, f"nothing says what “{event.src}” shows", hint)
    shown = list(_tags(prose))
    known = [Place(place.path, one.line, one.column) for one in prose.addresses if one.address == "<img"]
    for index, tag in enumerate(shown):
        if not _ALT.search(tag):
            where = known[index] if len(known) == len(shown) else place
            yield diagnose("G603", where, f"nothing says what {tag} shows", 'write: alt="what it shows"')


def _within(src: str, folder: Folder, base: str) -> str:
    """How a picture whose address leads out of the folder is to be written: perhaps it is there already."""
    path = resolved(unquote(src).replace("\\", "/"))
    if path is not None and f"{base}{path}" in folder.assets:
        return f"write / for \\: {path}"
    return "put the picture into the edition's folder, for instance into images/"


def _near(path: str, folder: Folder, base: str) -> str:
    names = [name[len(base) :] for name in folder.assets if name.startswith(base)]
    near = nearest(path, names)
    return f"did you mean “{near.replace(' ', '%20')}”?" if near else f"put the file at {base}{path}"


def _remote(prose: Prose) -> Iterator[str]:
    shown = [image.src for image in prose.events(Image)]
    shown += [src for raw in prose.events(RawHtml) for src in sources(raw.html)]
    yield from dict.fromkeys(src for src in shown if _REMOTE.match(src))


def _tags(prose: Prose) -> Iterator[str]:
    """The author's own tags of pictures."""
    for raw in prose.events(RawHtml):
        for piece in tags(raw.html):
            if (piece["name"] or "").lower() == "img" and not piece["ends"]:
                yield piece[0]


def _places(prose: Prose, place: Place) -> Callable[[str], Place]:
    """Address -> where it was typed first."""
    first: dict[str, Typed] = {}
    for one in prose.addresses:
        first.setdefault(one.address, one)

    def of(src: str) -> Place:
        one = first.get(src) or first.get(unescape(src))
        return Place(place.path, one.line, one.column) if one else place

    return of
