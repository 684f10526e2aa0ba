"""A file from outside -> the texts in it, read by what its name and its first bytes say that it is."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.diagnostic import MachineError, SiteError
from builder.model.incoming import Refused, Remark
from builder.parse.incoming.markdown import read_markdown
from builder.parse.incoming.plain import read_plain
from builder.shell.beside import lies_beside
from builder.shell.files import NotRegularError, TooLargeError, blaming, is_inside, read_regular, shown
from builder.shell.texts import document_in, without_controls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.incoming import Incoming

PLAIN, MARKDOWN, PAGE, WORD, NOTES = "plain", "markdown", "page", "word", "notes"
SUFFIXES = {
    ".txt": PLAIN, ".text": PLAIN, ".md": MARKDOWN, ".markdown": MARKDOWN, ".html": PAGE, ".htm": PAGE,
    ".xhtml": PAGE, ".docx": WORD, ".json": NOTES, ".jsonld": NOTES,
}  # fmt: skip
"""What a file is by the end of its name."""

_INSTEAD = {
    ".doc": "save it as .docx in Word or LibreOffice", ".odt": "save it as .docx in LibreOffice",
    ".rtf": "save it as .docx in Word or LibreOffice", ".pdf": "copy its words into a .txt file",
    ".epub": "take the chapter that you want out of it, as .html",
}  # fmt: skip

TEXT_BOUND = 4 * 1024 * 1024
PAGE_BOUND = 8 * 1024 * 1024
WORD_BOUND = 64 * 1024 * 1024
"""Bytes of a text (a long book has 3 MB), of a page with its scripts, and of a Word file with its pictures."""

LIBRARIES = ("mammoth>=1.9", "markdownify>=1.1", "readability-lxml>=0.8.4")
"""What reads pages and Word: the extra `import` of the package."""

_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_UTF8, _UTF16, _UTF32 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff"), (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")


def kind_of(path: str) -> str:
    """What a file is. SiteError for what can't be imported."""
    suffix = os.path.splitext(path)[1].lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    hint = _INSTEAD.get(suffix, "what can be imported: .txt, .md, .html, .docx; notes: .json, .jsonld")
    raise SiteError(f"{shown(path)}: {f'a {suffix} file' if suffix else 'this'} can't be imported; {hint}")


def read_incoming(path: str, parting: Sequence[str]) -> tuple[Incoming, ...]:
    """The texts of a file: one, or more where it is parted before some words.

    SiteError for what can't be read as it is meant, MachineError where the system refuses, or where a library that
    this kind of file needs is not installed.
    """
    kind = kind_of(path)
    if parting and kind != PLAIN:
        raise SiteError(f"{shown(path)}: only a .txt file can be parted before some words")
    if not os.path.lexists(path):
        raise SiteError(f"{shown(path)}: there is no such file")
    bound = {PAGE: PAGE_BOUND, WORD: WORD_BOUND}.get(kind, TEXT_BOUND)
    try:
        with blaming(path):
            raw = read_regular(path, bound)
    except NotRegularError as fault:
        raise SiteError(f"{shown(path)}: this is no regular file") from fault
    except TooLargeError as fault:
        raise SiteError(f"{shown(path)}: has {fault.args[0]:,} bytes; the most that is read is {bound:,}") from fault
    return _read(path, kind, raw, parting)


def _read(path: str, kind: str, raw: bytes, parting: Sequence[str]) -> tuple[Incoming, ...]:
    remarks: tuple[Remark, ...] = ()
    found: tuple[Incoming, ...] | Incoming | Refused
    try:
        if kind == WORD:
            found = _word(raw)
        else:
            text, remarks = _words(raw, path)
            found = read_plain(text, parting) if kind == PLAIN else _marked_up(text, kind, path)
    except ModuleNotFoundError as fault:
        raise lacking(path, fault) from fault
    if isinstance(found, Refused):
        raise refusal_of(path, found)
    texts = found if isinstance(found, tuple) else (found,)
    return (replace(texts[0], remarks=(*remarks, *texts[0].remarks)), *texts[1:])


def lacking(path: str, fault: ModuleNotFoundError) -> MachineError:
    """What is told where a library that reads a file isn't installed: the command that puts it where we run."""
    python = sys.executable
    here = os.path.relpath(python) if is_inside(python, os.getcwd()) else python
    command = " ".join([f'"{here}"' if " " in here else here, "-m pip install", *(f'"{one}"' for one in LIBRARIES)])
    return MachineError(f"{shown(path)}: to read it some libraries more are needed ({fault.name}); type: {command}")


def _marked_up(text: str, kind: str, path: str) -> Incoming | Refused:
    if kind == MARKDOWN:
        return read_markdown(text)
    from builder.parse.incoming.page import read_page

    return read_page(text, lies_beside(path))


def _word(raw: bytes) -> Incoming | Refused:
    from builder.parse.incoming.word import read_word
    from builder.shell.unpacking import packed, unpacked

    parts = unpacked(raw)
    return parts if isinstance(parts, Refused) else read_word(parts, packed)


def refusal_of(path: str, refused: Refused) -> SiteError:
    """What is told of a file that can't be imported."""
    place = f"{shown(path)}:{refused.line}" if refused.line else shown(path)
    return SiteError(f"{place}: {refused.words}" + (f"; {refused.hint}" if refused.hint else ""))


def _words(raw: bytes, path: str) -> tuple[str, tuple[Remark, ...]]:
    """A file's words, its lines ended by LF: UTF-8, or UTF-16 where a mark at its beginning says so."""
    if document := document_in(raw):
        raise refusal_of(path, Refused(*document.told(path), 0))
    coded = "utf-16" if raw.startswith(_UTF16) and not raw.startswith(_UTF32) else "utf-8"
    try:
        text = raw.removeprefix(_UTF8).decode(coded)
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        declared = _CHARSET.search(raw, 0, 4096)
        says = f" (it says that it is {declared[1].decode('ascii', 'replace')})" if declared else ""
        hint = "open it in an editor and save it as UTF-8; in which other encoding it is can't be guessed"
        refused = Refused(f"the byte 0x{raw[fault.start]:02X} is not {coded.upper()}{says}", hint, line)
        raise refusal_of(path, refused) from fault
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, removed = without_controls(text)
    remark = f"{removed} control character{'' if removed == 1 else 's'} removed"
    return text, (Remark(remark),) if removed else ()
