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

LOCK_BOUND = 8 * TEXT_BOUND
"""Bytes of an anchors.lock: it holds all texts of an edition."""

_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
# Neither HTML nor XML can hold them: C0 but tab and newlines, DEL, C1, and Unicode's noncharacters.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)
_ZIP = b"PK\x03\x04"
_DOCUMENTS = {b"%PDF-": "a PDF", b"\xd0\xcf\x11\xe0": "a document of an old Word", b"{\\rtf": "a document in RTF"}
_IN_UTF16 = 4
"""One byte of so many at least, every other one, is 0 where words of Latin letters are in UTF-16."""
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
    """The words of a file: UTF-8 without its mark, lines ended by LF. What can't stand in a text becomes U+FFFD."""
    if document := document_in(raw):
        return "", (diagnose("G106", Place(name), *document.told(name)),)
    if raw.startswith(_BOM):
        raw = raw[len(_BOM) :]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _lines(raw.decode("utf-8", "replace")), (_not_utf8(raw, fault.start, name),)
    text = _lines(text)
    if not _may_have_controls(raw):
        return text, ()
    zeros = (raw[::2].count(0), raw[1::2].count(0))
    if not min(zeros) and max(zeros) > len(raw) // _IN_UTF16:
        message = "this is not UTF-8 (it looks like UTF-16)"
        return without_controls(text)[0], (diagnose("G106", Place(name), message, "save the file as UTF-8"),)
    first = _CONTROL.search(text)
    if first is None:
        return text, ()
    text, count = _CONTROL.subn("\ufffd", text)
    place = _place(name, text, first.start())
    more = f" (and {count - 1} more in this file)" if count > 1 else ""
    message = f"the control character U+{ord(first.group()):04X}{more}"
    return text, (diagnose("G107", place, message, "delete it"),)


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


def _not_utf8(raw: bytes, start: int, name: str) -> Diagnostic:
    before = _lines(raw[:start].decode("utf-8"))
    looks = " (it looks like UTF-16)" if raw.startswith(_UTF16_BOMS) else ""
    message = f"the byte 0x{raw[start]:02X} is not UTF-8{looks}"
    return diagnose("G106", _place(name, before, len(before)), message, "save the file as UTF-8")


def _place(name: str, text: str, offset: int) -> Place:
    return Place(name, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
