"""What a theme's style names: found as browsers find it, told where it isn't there."""

from __future__ import annotations

import pytest

from builder.model.diagnostic import Place
from builder.model.site import Settings
from builder.model.theme import Theme, ThemeFiles
from builder.parse.style_files import check_style_files
from builder.parse.theme import parse_theme
from builder.render.assets import make_assets

THERE = {
    "fonts/a.woff2": b"wOF2",
    "fonts/a b.woff2": b"wOF2 ",
    "fonts/s.svg": b"<svg/>",
}


def theme(style: str) -> Theme:
    files = {"theme.toml": b'styles = ["css/own.css"]', "css/own.css": style.encode(), "templates/a.html": b"", **THERE}
    return parse_theme(ThemeFiles("own", files), Settings("S", Place("site.toml")))[0]


@pytest.mark.parametrize(
    ("style", "made"),
    [
        ('url("../fonts/a.woff2?#iefix")', "url(a.7863684901.woff2)"),
        ("url(../fonts/a.woff2?v=4.7)", "url(a.7863684901.woff2)"),
        ("url('../fonts/s.svg#part')", "url(s.d4dc566691.svg#part)"),
        ("URL(../fonts/./s.svg)", "url(s.d4dc566691.svg)"),
        ('url("../fonts/a b.woff2")', "url(a%20b.5ffac37d44.woff2)"),
        ("url(../fonts/a%20b.woff2)", "url(a%20b.5ffac37d44.woff2)"),
    ],
)
def test_what_is_there_comes_along(style: str, made: str) -> None:
    own = theme(f"a{{b:{style}}}")
    assert not list(check_style_files(own))
    assets = make_assets(own)
    assert next(page.content.decode() for page in assets.pages if page.path == assets.style) == f"a{{b:{made}}}"


@pytest.mark.parametrize("style", ['"url(x.png)"', "'\\'url(x.png)'", "/* url(x.png) */", "url(#a)", 'url("data:,x")'])
def test_what_is_no_file_is_not_missed(style: str) -> None:
    assert not list(check_style_files(theme(f"a{{b:{style}}}")))


def test_what_is_missing_is_told_where_it_is_named() -> None:
    told = list(check_style_files(theme('a{b:"\'"}\n /* " */ c{d:URL( "../fonts/A.woff2" );e:url(/css/own.css)}')))
    shown = [(one.code, one.place.line, one.place.column, one.hint) for one in told]
    assert shown == [("G502", 2, 20, "did you mean “../fonts/a.woff2”?"), ("G502", 2, 46, "did you mean “own.css”?")]


def test_of_many_the_first_are_told() -> None:
    """To tell of each would take time that grows with their square."""
    told = list(check_style_files(theme("".join(f"a{{b:url({number}.png)}}\n" for number in range(30_000)))))
    assert len(told) == 20
    assert told[-1].message.endswith("; nor are 29,980 more that it names further on")
