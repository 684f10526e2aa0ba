"""A book's cover is what a stranger's theme draws: none goes into a book that does more, or can't be read."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from builder.shell.build import Order, build_site
from builder.shell.opening import check_site
from builder.shell.theme_check import check_theme

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model.diagnostic import Diagnostic

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
REFUSED = {
    "a script, and left open": (
        f'{SVG}<script>alert(1)</script><image href="file:///etc/passwd"/><foreignObject><x/></foreignObject>',
        "it holds a script",
    ),
    "left open": (f"{SVG}<g>", "it is no sound XML: no element found in its line 1"),
    "a handler": (f'{SVG}<g onload="alert(1)"/></svg>', "it holds a script"),
    "an address that is a script": (f'{SVG}<a xlink:href="javascript:alert(1)"/></svg>', "it holds a script"),
    "a picture from elsewhere": (f'{SVG}<image href="http://evil/x.png"/></svg>', "it leads out of its file"),
    "a file of the machine": (f'{SVG}<image href="file:///etc/passwd"/></svg>', "it leads out of its file"),
    "HTML": (f"{SVG}<foreignObject/></svg>", "it holds HTML"),
    "no drawing": ("<p>cover</p>", "it is no SVG"),
    "nothing": ("", "it is no sound XML"),
    "a loop that leaves one open": (
        f"{SVG}{{% for row in cover.title %}}<g>{{% endfor %}}</svg>",
        "it is no sound XML",
    ),
}


def lay(folder: Path, cover: str, title: str = "Fox") -> Path:
    files = {
        "themes/guest/theme.toml": 'extends = "folio"\n',
        "themes/guest/templates/epub/cover.svg": cover,
        "content/site.toml": 'title = "S"\ntheme = "guest"\noutputs = ["site", "epub"]\n',
        "content/fox/edition.toml": f'title = "{title}"\n[[text]]\nfile = "fox.md"\n',
        "content/fox/fox.md": "# A fable\n\nA fox leapt.\n",
    }
    for path, words in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(words, encoding="utf-8")
    return folder / "content"


def said(told: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    return [(f"{one.place.path} {one.code}", one.message) for one in told]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_drawing_alone_is_told_and_goes_into_no_book(name: str, tmp_path: Path) -> None:
    cover, why = REFUSED[name]
    site, output = lay(tmp_path, cover), tmp_path / "output"
    outcome = build_site(Order(site, output))
    assert outcome.published is None
    assert not output.exists()
    for told in (outcome.told, check_site(site), check_theme("guest", site)[0]):
        [(where, message)] = said(told)
        assert where == "themes/guest/templates/epub/cover.svg G509"
        assert message.startswith(f"the cover that this makes can't go into a book: {why}")


def test_a_drawing_goes_into_the_book(tmp_path: Path) -> None:
    cover = f'{SVG}<image href="data:image/png;base64,AA=="/><text>{{{{ cover.title[0] }}}}</text></svg>'
    site, output = lay(tmp_path, cover, "Fox & <hen>"), tmp_path / "output"
    assert build_site(Order(site, output)).told == ()
    assert check_theme("guest", site)[0] == ()
    with zipfile.ZipFile(io.BytesIO((output / "fox/fox.epub").read_bytes())) as book:
        drawn = ElementTree.fromstring(book.read("EPUB/cover.svg"))
    assert "".join(drawn.itertext()) == "Fox & <hen>"
