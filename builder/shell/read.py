"""A site's folder on disk -> its sources and its other files, with what can't be read as diagnostics."""

from __future__ import annotations

import hashlib
import os
import re
from operator import itemgetter
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Diagnostic, Place, SiteError
from builder.model.site import Folder, Source
from builder.shell.files import (
    NotRegularError,
    TooLargeError,
    blaming,
    is_inside,
    is_passing,
    is_plain,
    read_regular,
    shown,
)
from builder.shell.manifest import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT_SUFFIXES = (".md", ".toml", ".json", ".lock")
TEXT_BOUND = 8 * 1024 * 1024
"""Bytes of one text file: a long book is 3 MB, and the parser needs about a second for each MB."""
THEME_FOLDER = "theme"
"""The site's own theme files, read by `read_theme`: no edition."""

_DOUBLED = ("site.toml.txt", "edition.toml.txt")
"""What editors that hide the ending of a name make of the files that a site needs."""
_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
# Neither HTML nor XML can hold them: C0 but tab and newlines, DEL, C1, and Unicode's noncharacters.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)


def read_folder(root: Path) -> tuple[Folder, tuple[Diagnostic, ...]]:
    """Everything in a site's folder that a build may use, in the order of its paths.

    Regular files only; nothing through a link that leaves the folder; hidden files, editors' leftovers, our own
    output and the site's `theme/` are passed over. SiteError where the folder is no site, MachineError where the
    system refuses to read. A file with a slip still stands in the result, as well as it could be read.
    """
    top = os.path.realpath(root)
    _require_site(root, top)
    sources: dict[str, Source] = {}
    assets: dict[str, int] = {}
    slips: list[Diagnostic] = []
    for path, name in sorted(_walk(top, slips), key=itemgetter(1)):
        with blaming(path):
            if not name.endswith(TEXT_SUFFIXES):
                assets[name] = os.stat(path).st_size
                continue
            source = _read_source(path, name, slips)
            if source is not None:
                sources[name] = source
    return Folder(sources, assets, os.path.basename(top)), tuple(slips)


def _require_site(root: Path, top: str) -> None:
    """Refuse a folder that is no site before anything in it is read: it may be the whole disk."""
    if _is_site(top):
        return
    if os.path.isdir(top):
        what = "holds neither site.toml nor edition.toml"
    else:
        what = "is not a folder" if os.path.exists(top) else "there is no such folder"
    near = (os.path.join(root, "content"), os.path.dirname(root) or os.curdir)
    meant = next((f"; did you mean {shown(os.path.normpath(folder))}?" for folder in near if _is_site(folder)), "")
    doubled = next((name for name in _DOUBLED if os.path.isfile(os.path.join(top, name))), "")
    if doubled:
        meant = f"; {doubled} in it must be called {doubled.removesuffix('.txt')}"
    raise SiteError(f"{shown(root)}: {what}{meant}")


def _is_site(folder: str) -> bool:
    return any(os.path.isfile(os.path.join(folder, name)) for name in ("site.toml", "edition.toml"))


def _walk(top: str, slips: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    """Every regular file as (path to open, path relative to the top); slips for what is none."""
    pending = [(top, "")]
    while pending:
        folder, prefix = pending.pop()
        with blaming(folder), os.scandir(folder) as entries:
            found = list(entries)
        if prefix and any(entry.name == MARKER for entry in found):
            continue  # the output of a build
        for entry in found:
            name = prefix + entry.name
            if is_passing(entry.name) or name == THEME_FOLDER:
                continue
            if not is_plain(entry.name):
                slips.append(diagnose("G110", Place(shown(name)), "this file's name is no readable text"))
            elif entry.is_symlink():
                yield from _follow(entry, name, top, slips)
            elif entry.is_dir():
                pending.append((entry.path, name + "/"))
            elif entry.is_file():
                yield entry.path, name
            else:
                slips.append(_irregular(name))


def _follow(entry: os.DirEntry[str], name: str, top: str, slips: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    """A link to a file of this site is that file; every other link is a slip."""
    target = os.path.realpath(entry.path)
    if not is_inside(target, top):
        slips.append(diagnose("G109", Place(name), "this link leads out of the site", "put the file itself here"))
    elif os.path.isdir(target):
        slips.append(diagnose("G109", Place(name), "this link leads to a folder", "put the folder itself here"))
    elif os.path.isfile(target):
        yield target, name
    else:
        slips.append(diagnose("G109", Place(name), "this link leads to no file", "put the file itself here"))


def _irregular(name: str) -> Diagnostic:
    return diagnose("G109", Place(name), "this is no regular file", "take it out of the site's folder")


def _read_source(path: str, name: str, slips: list[Diagnostic]) -> Source | None:
    broken = False
    try:
        raw = read_regular(path, TEXT_BOUND)
    except TooLargeError as fault:
        message = f"this file has {fault.args[0]:,} bytes; the most that is read is {TEXT_BOUND:,}"
        slips.append(diagnose("G108", Place(name), message, "split it"))
        raw, broken = b"", True
    except NotRegularError:  # it was one when the folder was listed
        slips.append(_irregular(name))
        return None
    text, found = decode(raw, name)
    slips.extend(found)
    broken = broken or any(one.code == "G106" for one in found)
    return Source(name, text, hashlib.sha256(text.encode("utf-8")).hexdigest(), broken)


def decode(raw: bytes, name: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The words of a file: UTF-8 without its mark, lines ended by LF. What can't stand in a text becomes U+FFFD."""
    if raw.startswith(_BOM):
        raw = raw[len(_BOM) :]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _lines(raw.decode("utf-8", "replace")), (_not_utf8(raw, fault.start, name),)
    text = _lines(text)
    first = _CONTROL.search(text)
    if first is None:
        return text, ()
    text, count = _CONTROL.subn("\ufffd", text)
    place = _place(name, text, first.start())
    more = f" (and {count - 1} more in this file)" if count > 1 else ""
    message = f"the control character U+{ord(first.group()):04X}{more}"
    return text, (diagnose("G107", place, message, "delete it"),)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _not_utf8(raw: bytes, start: int, name: str) -> Diagnostic:
    before = _lines(raw[:start].decode("utf-8"))
    looks = " (it looks like UTF-16)" if raw.startswith(_UTF16_BOMS) else ""
    message = f"the byte 0x{raw[start]:02X} is not UTF-8{looks}"
    return diagnose("G106", _place(name, before, len(before)), message, "save the file as UTF-8")


def _place(name: str, text: str, offset: int) -> Place:
    return Place(name, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
