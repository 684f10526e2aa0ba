"""What the compiler says against what it was given -> each fault, with its place. Only where something can't be set."""

from __future__ import annotations

import glob
import os
import re
from typing import TYPE_CHECKING, Any

from builder.shell.laid_out import MAIN, PICTURES

if TYPE_CHECKING:
    from collections.abc import Iterator

Fault = tuple[str, str, int, int, str]
"""Message, file in the folder, line and column from 1, a hint."""

_PLACE = re.compile(r"\n *┌─ (?:.*?glossator-[^/\\\n]+[/\\])?(.+?):(\d+):(\d+)\n")
_ERROR = re.compile(r"^error: (.+)((?:\n(?!error: |warning: ).*)*)", re.MULTILINE)
_HINT = re.compile(r"^ *= hint: (.+)", re.MULTILINE)
_COMMAND = re.compile(r"`--[a-z]|command[- ]line|\bCLI\b")
"""What the compiler advises of its own command, which nobody here has typed."""
_OURS = re.compile(r"(?<=\(searched at ).*?glossator-[^/\\]+[/\\]")
"""The folder in which the theme's files are laid out: another one each time."""
_UNFINISHED = b"\n#let\n"
"""What no file may end with: one that does is read to its end, and all that can't be read in it told, but not run."""

_UNREAD = "file is not valid UTF-8"
"""What the compiler says where it came upon such a file, not where in it: we look for that ourselves."""
_FILES = re.compile(r"handout\.typ|(?:handout|images)/.+")
_SAID = 2_000
"""Letters of what the compiler says that are handed on."""

_LOST = re.compile(r"error: PDF/UA-1 error: the text `\"(.+?)\"` could not be displayed with font")

_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")

_PACKAGE = re.compile("failed to download package|package not found")
_BESIDE = "a theme's handout can't load packages: put the file beside it, into handout/, and import that"


def all_faults(fault: Any, ready: Any, folder: str) -> tuple[Fault, ...]:
    """Each that there is: of pictures, where they are at fault; else what the compiler told, and what can't be read."""
    if pictures := _unshown(ready, folder):
        return tuple(pictures)
    told = (_placed(one, folder) for one in _faults(fault) if _UNREAD not in one[0])
    return tuple(dict.fromkeys((*told, *_unread(ready, folder))))


def formless(fault: Any) -> list[str]:
    """The letters for which no face has a form, if nothing else is at fault."""
    lost = [_ESCAPED.sub(lambda code: chr(int(code[1], 16)), one) for one in _LOST.findall(fault.diagnostic)]
    return [] if "error:" in _LOST.sub("", fault.diagnostic) else list(dict.fromkeys(lost))


def _faults(fault: Any) -> Iterator[Fault]:
    """Each error that the compiler tells. Of what goes wrong while it sets that is the first.

    What it says of that first one may be a theme's own words, with lines that look like another error, or a place.
    """
    said = fault.message
    for one in _ERROR.finditer(fault.diagnostic.replace(said, one_line(said), 1)):
        found = _PLACE.match(one[2])
        hints = (said for said in _HINT.findall(one[2]) if not _COMMAND.search(said))
        message, hint = _OURS.sub("", " ".join([one[1], *hints])), ""
        if _PACKAGE.match(message):
            message, hint = "it loads a package", _BESIDE
        yield message, *((found[1], int(found[2]), int(found[3]) + 1) if found else (MAIN, 1, 1)), hint


def _placed(found: Fault, folder: str) -> Fault:
    """A fault, at no other place than in a file of the theme's handouts."""
    message, file, line, column, hint = found
    known = _FILES.fullmatch(file) and ".." not in file and os.path.isfile(os.path.join(folder, file))
    return (message, file, line, column, hint) if known else (message, MAIN, 1, 1, hint)


def one_line(said: str) -> str:
    """Words without line breaks, and without what a terminal takes for an order."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in said[:_SAID]).split())


def _unread(ready: Any, folder: str) -> Iterator[Fault]:
    """What can't be read in any file of the theme's: the compiler looks no further than the first file at fault."""
    import typst

    for path in sorted((MAIN, *glob.glob("handout/**/*.typ", root_dir=folder, recursive=True))):
        with open(os.path.join(folder, path), "rb") as file:
            content = file.read()
        named, last = path.replace(os.sep, "/"), content.count(b"\n") + 1
        try:
            content.decode()
            ready.compile(input=content + _UNFINISHED)
        except UnicodeDecodeError as astray:
            begin = content.rfind(b"\n", 0, astray.start) + 1
            column = len(content[begin : astray.start].decode()) + 1
            yield "this is not UTF-8", named, content.count(b"\n", 0, astray.start) + 1, column, ""
        except typst.TypstError as fault:
            for message, _, line, column, hint in _faults(fault):
                if line <= last:
                    yield message, named, line, column, hint


def _unshown(ready: Any, folder: str) -> list[Fault]:
    """The pictures at fault: what can't set one says only from where it was asked for."""
    import typst

    faults: list[Fault] = []
    shown = os.path.join(folder, PICTURES)
    for name in sorted(os.listdir(shown)) if os.path.isdir(shown) else ():
        try:
            ready.compile(input=f'#image("/{PICTURES}{name}")'.encode())
        except typst.TypstError as fault:
            faults.append((fault.message, PICTURES + name, 1, 1, ""))
    return faults
