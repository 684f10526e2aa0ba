"""What is told of a picture's bytes: by how they begin, and whether they reach their end."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.parse.picture_files import CUT, picture_fault


def chunk(name: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))


PNG = b"".join((
    b"\x89PNG\r\n\x1a\n",
    chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
    chunk(b"IDAT", zlib.compress(b"\0\x80")),
    chunk(b"IEND", b""),
))  # fmt: skip
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0 and so on \xff\xd9"
WEBP = b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><g><svg/></g></svg>'
SOUND = {"a.png": PNG, "A.PNG": PNG, "a.jpg": JPEG, "a.jpeg": JPEG, "a.gif": b"GIF89a;", "a.webp": WEBP, "a.svg": SVG,
         "a.avif": b"\0\0\0\x20ftypavif", "a.bin": b"what nobody looks at", "a.jpg ": b""}  # fmt: skip
FAULTY = {
    "a.png": [(PNG[:-1], CUT), (PNG[:8], CUT), (PNG[:8] + chunk(b"IEND", b""), CUT), (b"words", "it is no PNG"),
              (JPEG, "it holds JPEG, and is called PNG"), (b"", "the file is empty")],
    "a.jpg": [(JPEG[:-1], CUT), (WEBP, "it holds WebP, and is called JPEG")],
    "a.webp": [(WEBP[:-1], CUT)],
    "a.svg": [(SVG[:-1], "it is no sound XML: unclosed token in its line 1"),
              (b"<svg/>", 'it is no SVG: that begins with <svg xmlns="http://www.w3.org/2000/svg">'),
              (PNG, "it holds PNG, and is called SVG")],
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_told_of_a_sound_one(name: str) -> None:
    assert picture_fault(name, SOUND[name]) == ""


@pytest.mark.parametrize(("name", "content", "fault"), [(name, *one) for name, all_ in FAULTY.items() for one in all_])
def test_what_is_told_of_others(name: str, content: bytes, fault: str) -> None:
    assert picture_fault(name, content) == fault


@given(st.sampled_from(sorted(SOUND)), st.binary(max_size=60) | st.sampled_from(sorted(SOUND.values())), st.integers(0))
def test_no_bytes_stop_it(name: str, content: bytes, end: int) -> None:
    assert isinstance(picture_fault(name, content[: end % (len(content) + 1)]), str)
