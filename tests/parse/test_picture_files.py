"""What is told of a picture's bytes: by how they begin, and whether they reach their end."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.parse.drawings import ENTITIES, OUTSIDE, PAGE, SCRIPT
from builder.parse.picture_files import CUT, is_picture, picture_fault


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

DRAWN = [
    "<?made by='a program'?><path/>",
    '<path fill="url(#a)" style="fill: url( \'#b\' )"/><style>.a { fill: url("#c") } /* onward */</style>',
    '<use href="#a"/><use xlink:href="#a"/><image href="data:image/png;base64,AA=="/>',
    '<animate attributeName="fill" values="red;blue"/><text>href="https://a.test" javascript:</text>',
    "<metadata><license resource='https://a.test/by'/></metadata>",
]
REFUSED = {
    SCRIPT: ["<script/>", "<x:script xmlns:x='http://www.w3.org/2000/svg'>1</x:script>", "<g onload='f()'/>",
             "<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>", "<g ONCLICK='f()'/>",
             "<a href='javascript:f()'/>", "<a xlink:href=' jAva&#10;script:f()'/>", "<a href='&#106;avascript:f()'/>",
             "<set attributeName='onclick' to='f()'/>", "<animate attributeName='x' values='#a;javascript:f()'/>",
             "<g><![CDATA[ ]]><script><![CDATA[f()]]></script></g>", "<handler/>"],
    PAGE: ["<foreignObject/>", "<h:p xmlns:h='http://www.w3.org/1999/xhtml'/>", "<iframe/>"],
    OUTSIDE: ["<image href='https://a.test/b.png'/>", "<use xlink:href='other.svg#a'/>", "<a href='//a.test'/>",
              "<image href='data:image/svg+xml,x'/>", "<a href='data:text/html,x'/>",
              "<set attributeName='xlink:href'/>",
              "<g style='fill:url(https://a.test)'/>", "<g fill='URL( &quot;//a.test&quot;)'/>",
              "<g xml:base='//a.test'/>", "<style>.a { fill: \\000075rl(a.svg) \\FFFFFF }</style>",
              "<style>@import 'a.css'</style>", "<style>@<g/>im<style/>port 'a.css'</style>",
              "<?xml-stylesheet href='a'?>",
              "<style>.a { fill: u\\72 l(a.svg) }</style>", "<style>.a { fill: image-set('a.png' 1x) }</style>"],
}  # fmt: skip
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
DOCTYPE = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"'


def drawn(held: str) -> str:
    return picture_fault("a.svg", f"{HEAD}{held}</svg>".encode())


@pytest.mark.parametrize("held", DRAWN)
def test_what_only_draws_is_shown(held: str) -> None:
    assert drawn(held) == ""


@pytest.mark.parametrize(("fault", "held"), [(fault, one) for fault, all_ in REFUSED.items() for one in all_])
def test_what_runs_or_asks_others_is_refused(fault: str, held: str) -> None:
    assert drawn(held) == fault
    assert drawn(f"<g>{held}</g><g/>") == fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_entity_is_filled_in(encoding: str) -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 50}">' for n in range(1, 30))
    for inside, fault in (("", ""), (f'[<!ENTITY a0 "a">{bomb}]', ENTITIES), ("[<!ENTITY % p SYSTEM 'a'>]", ENTITIES)):
        used = "&a29;" if "a29" in inside else ""
        content = f"<?xml version='1.0' encoding='{encoding}'?>{DOCTYPE} {inside}>{HEAD}<text>{used}</text></svg>"
        assert picture_fault("a.svg", content.encode(encoding)) == fault


@pytest.mark.parametrize(
    "name", ["c.html", "c.xhtml", "s.js", "a.svg.html", "svg", "a.svgz", "a.xml", "a.pdf", "png", ""]
)
def test_what_is_no_picture_by_its_name(name: str) -> None:
    assert not is_picture(name)
    assert is_picture(f"{name}.Png")


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_told_of_a_sound_one(name: str) -> None:
    assert picture_fault(name, SOUND[name]) == ""


@pytest.mark.parametrize(("name", "content", "fault"), [(name, *one) for name, all_ in FAULTY.items() for one in all_])
def test_what_is_told_of_others(name: str, content: bytes, fault: str) -> None:
    assert picture_fault(name, content) == fault


@given(st.sampled_from(sorted(SOUND)), st.binary(max_size=60) | st.sampled_from(sorted(SOUND.values())), st.integers(0))
def test_no_bytes_stop_it(name: str, content: bytes, end: int) -> None:
    assert isinstance(picture_fault(name, content[: end % (len(content) + 1)]), str)
