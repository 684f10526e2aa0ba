"""A text file of the author's -> its words, with what in them can't be read as diagnostics."""

from __future__ import annotations

import hashlib
import re

from builder.model.codes import diagnose
from builder.model.diagnostic import Diagnostic, Place
from builder.model.lock import LOCK
from builder.model.site import Source
from builder.model.value import value_class
from builder.shell.files import TooLargeError, read_regular

TEXT_BOUND = 8 * 1024 * 1024
"""Bytes of one text file: a long book is 3 MB, and the parser needs about a second for each MB."""

SETTINGS_BOUND = 2 * 1024 * 1024
"""Bytes of a file of settings: some thousands of texts."""

LOCK_BOUND = 4 * TEXT_BOUND
"""Bytes of an anchors.lock: it holds all texts of an edition."""

_BOM = b"\xef\xbb\xbf"
_UTF32_BOM = b"\xff\xfe\0\0"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
# Neither HTML nor XML can hold them: C0 but tab and newlines, DEL, C1, and Unicode's noncharacters.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)
_ZIP = b"PK\x03\x04"
_PICTURE = "a picture"
_DOCUMENTS = {
    b"%PDF-": "a PDF",
    b"\xd0\xcf\x11\xe0": "a document of an old Word",
    b"{\\rtf": "a document in RTF",
    **dict.fromkeys((b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8"), _PICTURE),
}
_IN_UTF16 = 4
"""One byte of so many at least, every other one, is 0 where words of Latin letters are in UTF-16."""
_BAD = re.compile("[\udc80-\udcff]")
"""Bytes that are no UTF-8, as they are decoded."""
_ESCAPED = 0xDC00
_SAVE = "save the file as UTF-8"
_NAMED = 8
"""Further lines that are named, of all in which bytes are no text."""
_ASCII = bytes(range(128))
_ASCII_CONTROL = bytes({*range(32), 127} - {*b"\t\n\r"})


def read_source(path: str, name: str) -> tuple[Source, tuple[Diagnostic, ...]]:
    """A file's words, as well as they can be read, and what is wrong with them.

    NotRegularError for what is no regular file; OSError where the system refuses.
    """
    if name.rpartition("/")[2] == LOCK:
        return _read_lock(path, name), ()
    bound = SETTINGS_BOUND if name.endswith(".toml") else TEXT_BOUND
    try:
        raw = read_regular(path, bound)
    except TooLargeError as fault:
        message = f"this file has {fault.args[0]:,} bytes; the most that is read is {bound:,}"
        slip = diagnose("G108", Place(name), message, "split it")
        return Source(name, "", hashlib.sha256().hexdigest(), broken=True), (slip,)
    text, slips = decode(raw, name)
    broken = any(one.code == "G106" for one in slips)
    return Source(name, text, hashlib.sha256(text.encode("utf-8")).hexdigest(), broken), slips


def _read_lock(path: str, name: str) -> Source:
    """An anchors.lock, as well as it can be read: what is wrong with it is told by who reads its lines."""
    try:
        raw = read_regular(path, LOCK_BOUND)
    except TooLargeError:
        return Source(name, "", hashlib.sha256().hexdigest(), broken=True)
    text, slips = decode(raw, name)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Source(name, text, digest, broken=bool(slips) or not text)


def decode(raw: bytes, name: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The words of a file: UTF-8 without its mark, lines ended by LF. What can't stand in a text becomes U+FFFD.

    What is surely UTF-16 or UTF-32 is read as that, so that the rest of what is wrong with it can be told too.
    """
    if document := document_in(raw):
        return "", (diagnose("G106", Place(name), *document.told(name)),)
    if coding := _utf(raw):
        text = raw.decode(coding, "replace").removeprefix("\ufeff")
        found = f"the byte 0x{raw[0]:02X}" if raw.startswith(_UTF16_BOMS) else "this"
        message = f"{found} is not UTF-8 (it looks like {coding[:6].upper()})"
        slips = [diagnose("G106", Place(name), message, _SAVE)]
    else:
        text, slips = raw.removeprefix(_BOM).decode("utf-8", "surrogateescape"), []
    text = _lines(text)
    if bad := _first(_BAD, text, name):
        byte, text = ord(bad.character) - _ESCAPED, bad.without
        slips.append(diagnose("G106", bad.place, f"the byte 0x{byte:02X} is not UTF-8{bad.more}", _SAVE))
    if (slips or _may_have_controls(raw)) and (control := _first(_CONTROL, text, name)):
        message, text = f"the control character U+{ord(control.character):04X}{control.more}", control.without
        slips.append(diagnose("G107", control.place, message, "delete it"))
    return text, tuple(slips)


def _utf(raw: bytes) -> str:
    """How the words of a file in UTF-16 or UTF-32 are coded, "" for another. Without a mark every other byte is 0."""
    if raw.startswith(_UTF32_BOM):
        return "utf-32"
    if raw.startswith(_UTF16_BOMS):
        return "utf-16"
    if b"\0" not in raw:
        return ""
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    if min(even, odd) or max(even, odd) <= len(raw) // _IN_UTF16:
        return ""
    return "utf-16-be" if even else "utf-16-le"


@value_class(frozen=True, slots=True)
class _Found:
    """The first of some characters that no text may hold, its place, and what is said of the others."""

    character: str
    place: Place
    more: str
    without: str
    """The text with U+FFFD in the place of each."""


def _first(sought: re.Pattern[str], text: str, name: str) -> _Found | None:
    found = sought.search(text)
    if found is None:
        return None
    without, count = sought.subn("\ufffd", text)
    lines: list[str] = []
    line, start, end = text.count("\n", 0, found.start()) + 1, found.start(), found.end()
    place = Place(name, line, start - text.rfind("\n", 0, start))
    while len(lines) <= _NAMED and (end := text.find("\n", end)) >= 0 and (more := sought.search(text, end)):
        line, end = line + text.count("\n", end, more.start()), more.end()
        lines.append(str(line))
    rest = " …" if len(lines) > _NAMED else ""
    where = f": line{'s' * (len(lines) > 1)} {', '.join(lines[:_NAMED])}{rest}" if lines else ""
    said = f" (and {count - 1:,} more in this file{where})" if count > 1 else ""
    return _Found(found[0], place, said, without)


@value_class(frozen=True, slots=True)
class Document:
    """A file of another program's, whatever its name says."""

    what: str
    ending: str
    """What its name should end in, where it can be imported."""

    def told(self, name: str) -> tuple[str, str]:
        """What is wrong with a file that was to hold words, and how to get these out of it."""
        words = f"this is {self.what}, no plain text"
        if not self.ending:
            if self.what == _PICTURE:
                return words, "name it as the picture that it is"
            return words, "save it in its own program as plain text, UTF-8"
        called = name.rpartition("/")[2].rpartition(".")[0] + self.ending
        return words, f"name it {called} and import it: glossator import {called}"


def document_in(raw: bytes) -> Document | None:
    """What a file is by its first bytes, where these are no words; None for all that we don't know."""
    if raw.startswith(_ZIP):
        word = b"word/document.xml" in raw  # the names of its parts stand in it as they are
        return Document("a Word document (a zip)", ".docx") if word else Document("a zip", "")
    return next((Document(what, "") for begins, what in _DOCUMENTS.items() if raw.startswith(begins)), None)


def without_controls(text: str) -> tuple[str, int]:
    """The words without characters that no text may hold, and how many these were. A form feed ends a line."""
    return _CONTROL.subn("", text.replace("\f", "\n\n"))


def _may_have_controls(raw: bytes) -> bool:
    """Whether valid UTF-8 holds a character that no text may have: its ASCII first, then the rest."""
    if len(raw.translate(None, _ASCII_CONTROL)) != len(raw):
        return True
    rest = raw.translate(None, _ASCII)
    return bool(rest) and _CONTROL.search(rest.decode("utf-8")) is not None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
