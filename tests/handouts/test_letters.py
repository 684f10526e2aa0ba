"""Letters for which the theme's faces have no form: a face of the site's own has it, or a message names one."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from builder.pipeline.letters import faces_for, shown
from tests.handouts.conftest import made_from
from tests.handouts.print_reading import running, words_of
from tests.handouts.sites import lay_out

if TYPE_CHECKING:
    from pathlib import Path

NOBODYS = "\U000f0001\U000f0002"
"""Letters for private use: no machine has a form for them."""

SITE = {
    "site.toml": 'title = "Site"\noutputs = ["handout"]\n',
    "one/edition.toml": 'title = "One"\n\n[[text]]\nfile = "text.md"\n\n[[handout]]\nid = "class"\n',
    "one/text.md": f"# Signs\n\nWords {NOBODYS} here, Greek ἄνθρωπος, Russian человек.\n",
}


def face(family: str = "Squares", letters: str = NOBODYS) -> bytes:
    """A face that has a square for each of some letters."""
    builder = FontBuilder(1000, isTTF=True)
    names = [".notdef", *(f"u{ord(letter):x}" for letter in letters)]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): f"u{ord(letter):x}" for letter in letters})
    pen = TTGlyphPen(None)
    for at, point in enumerate([(100, 0), (100, 800), (900, 800), (900, 0)]):
        (pen.lineTo if at else pen.moveTo)(point)
    pen.closePath()
    square = pen.glyph()
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    post_script = f"{family.replace(' ', '')}-Regular"
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": post_script})
    builder.setupOS2()
    builder.setupPost()
    made = io.BytesIO()
    builder.save(made)
    return made.getvalue()


@pytest.mark.parametrize("name", ["squares.ttf", "Squares.TTF"])
def test_a_face_of_the_sites_own_is_found(name: str, tmp_path: Path) -> None:
    """It need only lie there."""
    alone, told = made_from(lay_out(SITE, tmp_path / "alone"))
    assert [one.code for one in told] == ["G508"]
    assert b"<pdfuaid:part>" not in alone["one/handout-class.pdf"]
    own = lay_out(SITE, tmp_path / "own")
    (own / "theme/faces").mkdir(parents=True)
    (own / "theme/faces" / name).write_bytes(face())
    made, told = made_from(own)
    assert told == []
    pdf = made["one/handout-class.pdf"]
    assert b"Squares-Regular" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert all(word in running(words_of(pdf)) for word in ("ἄνθρωπος", "человек"))


@pytest.mark.parametrize(
    ("family", "letters"),
    [("Noto Naskh Arabic", "تفح"), ("Amiri", "تفح"), ("DejaVu Sans", "تفح"), ("Noto Serif Hebrew", "שלם")],
)
def test_words_from_the_right_are_set_in_a_face_for_reading(family: str, letters: str, tmp_path: Path) -> None:
    """Where the machine has one: not in the face for code, which comes with the compiler and has such letters too."""
    words = {"one/text.md": f"# Signs\n\nWords {letters} here.\n"}
    site = lay_out({**SITE, **words}, tmp_path)
    (site / "theme/faces").mkdir(parents=True)
    (site / "theme/faces/own.ttf").write_bytes(face(family, letters))
    made, told = made_from(site)
    assert told == []
    fonts = set(re.findall(rb"/BaseFont ?/[A-Z]{6}\+([\w-]+)", made["one/handout-class.pdf"]))
    assert not [font for font in fonts if b"Mono" in font], fonts
    assert made == made_from(site)[0]


@pytest.mark.parametrize(
    ("letters", "faces"),
    [
        ("中文", ("Noto Serif CJK",)),
        ("かカ한", ("Noto Serif CJK",)),
        ("ب中", ("Noto Naskh Arabic", "Noto Serif CJK")),
        ("ש", ("Noto Serif Hebrew",)),
        ("\U0001f98a", ("Noto Emoji",)),
        ("\U000f0000", ()),
    ],
)
def test_a_message_names_the_faces(letters: str, faces: tuple[str, ...]) -> None:
    assert faces_for(letters) == faces


def test_letters_that_cannot_be_seen_are_told_by_number() -> None:
    assert shown(["中", "\U000f0000"]) == "中 (U+4E2D), U+F0000"
    assert shown("abcdefghij").count("(") == 8
