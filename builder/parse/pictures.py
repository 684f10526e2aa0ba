"""The pictures that a prose shows -> those that are there, and what is wrong with the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.pictures import resolved
from builder.model.prose import Image, RawHtml
from builder.parse.drawings import ACTIVE
from builder.parse.markdown import local_pictures
from builder.parse.nearest import nearest
from builder.parse.picture_files import ENDINGS, is_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.prose import Prose
    from builder.model.site import Folder

UNKNOWN = "by its ending it is no picture"

_SHOWING = frozenset({Image, RawHtml})
_SUGGESTED = 20
"""For how many missing pictures of a prose a likely one is looked for."""

_TAG = re.compile(r"""<img(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_SRC = re.compile(r"""\ssrc\s*=\s*["']?([^"'>\s]+)""", re.IGNORECASE)
_ALT = re.compile(r"\salt\s*=", re.IGNORECASE)
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


def find_pictures(
    prose: Prose, folder: Folder, base: str, place: Place
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """The local pictures that are there, as paths relative to `base` (the edition's folder), in order, each once.

    `place` is where the prose begins in its file: a fault is placed in the first line from there that names the
    picture.
    """
    if not prose.footnotes and _SHOWING.isdisjoint(map(type, prose.frame)):  # as most notes
        return (), ()
    told: list[Diagnostic] = []
    found: list[str] = []
    for src in local_pictures(prose):
        path = resolved(src)
        if path is not None and f"{base}{path}" in folder.assets:
            found.append(path)
            if fault := _fault(f"{base}{path}", folder):
                where = _place(src, folder, place)
                told.append(diagnose("G147", where, f"the picture “{src}” can't be shown: {fault}", _remedy(fault)))
            continue
        where = _place(src, folder, place)
        if path is None:
            hint = _within(src, folder, base)
            told.append(diagnose("G121", where, f"the picture “{src}” lies outside the edition's folder", hint))
        else:
            told.append(
                diagnose(
                    "G121",
                    where,
                    f"the picture “{src}” isn't there",
                    _near(path, folder, base) if len(told) < _SUGGESTED else "",
                )
            )
    for src in _remote(prose):
        hint = "copy it into the edition's folder: a reader may be offline, and the other site learns who reads"
        told.append(diagnose("G122", _place(src, folder, place), f"the picture “{src}” is on another site", hint))
    told.extend(_speechless(prose, folder, place))
    return tuple(dict.fromkeys(found)), tuple(told)


def _fault(path: str, folder: Folder) -> str:
    """Why a file that is there can't be shown as a picture; "" where it can."""
    return folder.faults.get(path, "") if is_picture(path) else UNKNOWN


def _remedy(fault: str) -> str:
    if fault == UNKNOWN:
        return f"pictures end in {', '.join(ENDINGS)}; to lead to a file, put it on the web and link to it"
    if fault in ACTIVE:
        return "save it once more without scripts and links, or as PNG"
    return "save it once more from the program that made it, under the ending of what it is"


def _speechless(prose: Prose, folder: Folder, place: Place) -> Iterator[Diagnostic]:
    """Pictures of which nothing says what they show. HTML that is kept may say so itself: alt=""."""
    frames = (prose.frame, *(note.frame for note in prose.footnotes))
    for event in (event for frame in frames for event in frame):
        if isinstance(event, Image) and not event.alt.strip():
            hint = f"write: ![what it shows]({event.src})"
            yield diagnose("G603", _place(event.src, folder, place), f"nothing says what “{event.src}” shows", hint)
        elif isinstance(event, RawHtml) and "<img" in event.html.lower():
            for tag in _TAG.findall(event.html):
                if not _ALT.search(tag):
                    hint = 'write: alt="what it shows"'
                    yield diagnose("G603", _place(tag, folder, place), f"nothing says what {tag} shows", hint)


def _within(src: str, folder: Folder, base: str) -> str:
    """How a picture whose address leads out of the folder is to be written: perhaps it is there already."""
    path = resolved(unquote(src).replace("\\", "/"))
    if path is not None and f"{base}{path}" in folder.assets:
        return f"write / for \\: {path}"
    return "put the picture into the edition's folder, for instance into images/"


def _near(path: str, folder: Folder, base: str) -> str:
    names = [name[len(base) :] for name in folder.assets if name.startswith(base)]
    near = nearest(path, names)
    return f"did you mean “{near}”?" if near else f"put the file at {base}{path}"


def _remote(prose: Prose) -> Iterator[str]:
    shown = [image.src for image in prose.events(Image)]
    shown += [src for raw in prose.events(RawHtml) for tag in _TAG.findall(raw.html) for src in _SRC.findall(tag)]
    yield from dict.fromkeys(src for src in shown if _REMOTE.match(src))


def _place(src: str, folder: Folder, place: Place) -> Place:
    source = folder.sources[place.path]
    start = 0
    for _ in range(place.line - 1):
        start = source.text.find("\n", start) + 1
    typed = (source.text.find(words, start) for words in (src, unquote(src)))
    offset = next((at for at in typed if at >= 0), -1)
    if offset < 0:
        return place
    line = place.line + source.text.count("\n", start, offset)
    return Place(place.path, line, offset - source.text.rfind("\n", 0, offset))
