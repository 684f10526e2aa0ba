"""The name of a theme -> its files: the site's own laid over the theme's, over its parent's."""

from __future__ import annotations

import difflib
import os
import re
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.site import Source
from builder.model.theme import ThemeFiles
from builder.parse.toml import read_toml
from builder.shell.files import NotRegularError, TooLargeError, blaming, is_inside, is_passing, read_regular, shown
from builder.shell.texts import decode
from builder.shell.walk import THEME_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from builder.model.diagnostic import Diagnostic

_SETTINGS = "theme.toml"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEPT = (".toml", ".html")
"""How the names of files end that are kept where a nearer one covers them."""

DEFAULT = "folio"
"""The theme of a site that asks for none; it extends no other."""
_BOUND = 32 * 1024 * 1024
"""Bytes of one file: no font comes near it."""
TEXT_BOUND = 1024 * 1024
"""Bytes of a file that is read for what it says: a template, a style, a script, a table."""
_SET = ("templates/", "partials/")
"""Where the templates of a theme lie."""
_READ = (".html", ".css", ".js", ".toml", ".typ", ".svg", ".xml", ".xhtml")


_Fault = tuple[str, str, str, str]


class _ThemeError(Exception):
    """A theme can't be read. Its arguments, for each fault: code, message, hint, and its file, "" for none."""


class _TableError(_ThemeError):
    """A theme.toml is no TOML, or extends what it can't; `told` says where, and what was meant."""

    def __init__(self, told: tuple[Diagnostic, ...]) -> None:
        super().__init__()
        self.told = told


def read_theme(name: str, root: Path, *, place: Place) -> tuple[ThemeFiles | None, tuple[Diagnostic, ...]]:
    """A theme's files by path inside its folder, laid over those of the themes that it extends.

    `root` is the site's folder: its `theme/` is laid over all; themes are looked for in `themes/` beside it, then
    among those that came with the program. None, and a diagnostic at `place`, for a theme that isn't there, that
    extends itself; for one of which files can't be read one at each of these.
    """
    try:
        files = _read_theme(name, root)
        return files, _misplaced(root)
    except _TableError as fault:
        return None, fault.told
    except _ThemeError as fault:
        told = (
            diagnose(code, Place(file) if file else place, message, hint)
            for code, message, hint, file in sorted(fault.args, key=_file_of)
        )
        return None, (*told, *_misplaced(root))


def _misplaced(root: Path) -> tuple[Diagnostic, ...]:
    """What has no place among the site's own theme files; it isn't read, and all else of them is."""
    if not os.path.lexists(os.path.join(root, THEME_FOLDER, _SETTINGS)):
        return ()
    place = Place(f"{THEME_FOLDER}/{_SETTINGS}")
    return (diagnose("G502", place, f"{_SETTINGS} has no place there", "set the theme's options in site.toml"),)


def _file_of(fault: _Fault) -> str:
    return fault[3]


def theme_instead() -> ThemeFiles:
    """The program's own theme, to look over a site whose own can't be read; nothing of the site's lies over it."""
    files, origins = _lay(
        ("", f"themes/{theme}", _read(folder, "", [])) for theme, folder in _lineage(DEFAULT, _ours())
    )
    return ThemeFiles(DEFAULT, dict(sorted(files.items())), origins, frozenset(files), stands_in=True)


def theme_folder(name: str, root: Path) -> str:
    """The folder of a theme that a site in `root` would find, "" for none: from there an author copies its files."""
    try:
        return next(folder for _, folder in _lineage(name, places(root)))
    except _ThemeError:
        return ""


def _read_theme(name: str, root: Path) -> ThemeFiles:
    lineage = tuple(_lineage(name, places(root)))
    faults: list[_Fault] = []
    layers = [("", THEME_FOLDER, _read_own(root, faults))]
    for number, (theme, folder) in enumerate(lineage):
        covered = "".join(f"{theme}/" for theme, _ in lineage[: number + 1])
        layers.append((covered, f"themes/{theme}", _read(folder, f"themes/{theme}", faults)))
    if faults:
        raise _ThemeError(*faults)
    files, origins = _lay(layers)
    beneath = frozenset(path for _, _, layer in layers[1:] for path in layer)
    base = {os.path.realpath(os.path.join(place, DEFAULT)) for place in _ours()}
    folders = ("", *(folder for _, folder in lineage))
    others = [own for (_, _, own), folder in zip(layers, folders, strict=True) if folder not in base]
    known = not any(path.startswith(_SET) for own in others for path in own)
    return ThemeFiles(name, dict(sorted(files.items())), origins, beneath, known=known)


def _lay(layers: Iterable[tuple[str, str, Mapping[str, bytes]]]) -> tuple[dict[str, bytes], dict[str, str]]:
    """One folder of several, the nearest first: of two files with one path the nearer counts.

    Tables (settings, words) are completed by those that they cover, and templates may build on them: these are kept
    too, under their layer's prefix. Beside them, where each of them lies.
    """
    files: dict[str, bytes] = {}
    origins: dict[str, str] = {}
    for prefix, place, own in layers:
        for path, content in own.items():
            if path in files and not path.endswith(_KEPT):
                continue
            laid = path if path not in files else prefix + path
            files[laid] = content
            origins[laid] = f"{place}/{path}"
    return files, origins


def _read_own(root: Path, faults: list[_Fault]) -> dict[str, bytes]:
    """The site's own theme files."""
    folder = os.path.join(root, THEME_FOLDER)
    if not os.path.isdir(folder):
        return {}
    if not is_inside(os.path.realpath(folder), os.path.realpath(root)):
        faults.append(("G502", "this link leads out of the site", "put the folder itself here", THEME_FOLDER))
        return {}
    files = _read(folder, THEME_FOLDER, faults)
    files.pop(_SETTINGS, None)
    return files


def places(root: Path) -> tuple[str, ...]:
    """Where themes are looked for, in turn. In a checkout (or an editable install) they stand beside the package."""
    beside = os.path.join(os.path.dirname(os.path.realpath(root)), "themes")
    return (beside, *_ours())


def _ours() -> tuple[str, ...]:
    """Where the themes stand that came with the program."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return (os.path.join(os.path.dirname(package), "themes"), os.path.join(package, "_themes"))


def _lineage(name: str, places: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The theme and those that it extends, nearest first, each with its folder."""
    seen: list[str] = []
    theme, place = name, None
    while theme or not seen:
        try:
            if theme in seen:
                raise _ThemeError(("G502", f"the theme “{theme}” extends itself: {' → '.join([*seen, theme])}", "", ""))
            seen.append(theme)
            folder = _find(theme, places, seen)
        except _ThemeError as fault:
            if place is None:
                raise
            told = (diagnose(code, place, message, hint) for code, message, hint, _ in fault.args)
            raise _TableError(tuple(told)) from fault
        yield theme, folder
        theme, place = _extends(os.path.join(folder, _SETTINGS), f"themes/{theme}/{_SETTINGS}")


def _find(theme: str, places: Sequence[str], seen: Sequence[str]) -> str:
    if _NAME.fullmatch(theme):
        for place in places:
            folder = os.path.join(place, theme)
            if os.path.isfile(os.path.join(folder, _SETTINGS)):
                return os.path.realpath(folder)
        if any(os.path.isdir(os.path.join(place, theme)) for place in places):
            hint = f'write one there: extends = "{DEFAULT}" is enough'
            raise _ThemeError(("G501", f"the folder of the theme “{theme}” has no {_SETTINGS}", hint, ""))
    there = sorted({known for place in places for known in _themes_in(place)})
    near = difflib.get_close_matches(theme, there, 1)
    hint = f"did you mean “{near[0]}”?" if near else f"there are: {', '.join(there) or 'none'}"
    asker = f" (which “{seen[-2]}” extends)" if len(seen) > 1 else ""
    raise _ThemeError(("G501", f"there is no theme “{theme}”{asker}", hint, ""))


def _themes_in(place: str) -> tuple[str, ...]:
    if not os.path.isdir(place):
        return ()
    return tuple(name for name in os.listdir(place) if os.path.isfile(os.path.join(place, name, _SETTINGS)))


def _extends(path: str, named: str) -> tuple[str, Place | None]:
    """What `theme.toml` says of its parent, and where; the rest of that file is read where themes are parsed."""
    try:
        with blaming(path):
            text, slips = decode(read_regular(path, TEXT_BOUND), named)
    except (TooLargeError, NotRegularError) as fault:
        raise _ThemeError(("G502", str(fault), "", named)) from fault
    if slips:
        raise _TableError(slips)
    document, slips = read_toml(Source(named, text, ""))
    if document is None:
        raise _TableError(slips)
    parent, place = document.values.get("extends", ""), document.place("extends")
    if not isinstance(parent, str):
        raise _TableError((diagnose("G502", place, "extends is the name of a theme, in quotation marks"),))
    return parent, place


def _read(folder: str, named: str, faults: list[_Fault]) -> dict[str, bytes]:
    """Every regular file of a theme's folder by its path inside it; `faults` take in what can't be read, as `named`."""
    top = os.path.realpath(folder)
    files: dict[str, bytes] = {}
    pending = [(top, "")]
    while pending:
        inner, prefix = pending.pop()
        with blaming(inner), os.scandir(inner) as entries:
            found = [entry for entry in entries if not is_passing(entry.name)]
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                pending.append((entry.path, f"{prefix}{entry.name}/"))
                continue
            try:
                files[prefix + entry.name] = _read_file(entry.path, top)
            except _UnreadError as fault:
                faults.append(("G502", str(fault), "", shown(f"{named}/{prefix}{entry.name}")))
    return files


class _UnreadError(Exception):
    """A file of a theme can't be read; the message says why."""


def _read_file(path: str, top: str) -> bytes:
    target = os.path.realpath(path)
    if not is_inside(target, top):
        raise _UnreadError("this link leads out of the theme")
    bound = TEXT_BOUND if path.endswith(_READ) else _BOUND
    try:
        with blaming(path):
            return read_regular(target, bound)
    except NotRegularError as fault:
        raise _UnreadError("this is no regular file") from fault
    except TooLargeError as fault:
        raise _UnreadError(f"larger than {bound:,} bytes") from fault
