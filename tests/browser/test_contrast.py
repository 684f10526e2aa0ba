"""Every pair of colours that a page can show: WCAG 2.2 AA, 4.5 for words and 3 for lines, in all four palettes."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

import pytest

THEMES = Path(__file__).parents[2] / "themes"
KINDS = ("context", "source", "question", "challenge", "language")
_TOKEN = re.compile(r"--([\w-]+):(light-dark\((?:[^()]|\([^()]*\))*\))")
_RGB = re.compile(r"rgb\((\d+) (\d+) (\d+)/([\d.]+)\)")
Colour = tuple[float, float, float, float]


def block(css: str, selector: str) -> dict[str, str]:
    start = css.index(selector) + len(selector)
    return dict(_TOKEN.findall(css[start : css.index("}", start)]))


def sheet(theme: str, name: str) -> str:
    """A sheet of a theme, or where it has none of its own folio's."""
    own = THEMES / theme / "css" / name
    return (own if own.exists() else THEMES / "folio/css" / name).read_text("utf-8")


def palettes(theme: str) -> dict[str, tuple[dict[str, str], int]]:
    """Palette -> its tokens, and which half of each counts."""
    css = sheet(theme, "tokens.css")
    base = {**block(sheet(theme, "colours.css"), ":root{"), **block(css, ":root{")}
    high = {**base, **block(css, ":root[data-contrast=more]{")}
    return {"light": (base, 0), "dark": (base, 1), "high light": (high, 0), "high dark": (high, 1)}


def halves(value: str) -> tuple[str, str]:
    inner = value.removeprefix("light-dark(")[:-1]
    depth = 0
    for index, letter in enumerate(inner):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            return inner[:index].strip(), inner[index + 1 :].strip()
    raise ValueError(value)


def colour(value: str) -> Colour:
    if value == "transparent":
        return (0, 0, 0, 0)
    if value.startswith("#"):
        digits = value[1:] if len(value) == 7 else "".join(digit * 2 for digit in value[1:])
        red, green, blue = (int(digits[index : index + 2], 16) for index in (0, 2, 4))
        return (red, green, blue, 1)
    found = _RGB.fullmatch(value)
    assert found, value
    return (int(found[1]), int(found[2]), int(found[3]), float(found[4]))


def over(front: Colour, back: Colour) -> Colour:
    share = front[3]
    red, green, blue = (front[i] * share + back[i] * (1 - share) for i in range(3))
    return (red, green, blue, 1)


def tint(front: Colour, share: float) -> Colour:
    return (*front[:3], share)


def light(one: Colour) -> float:
    parts = [part / 255 for part in one[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: Colour, other: Colour) -> float:
    dim, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dim + 0.05)


def pairs(tokens: dict[str, Colour]) -> list[tuple[str, float, float]]:
    """(what, contrast, contrast wanted) of everything that stands on something."""
    found: list[tuple[str, float, float]] = []

    def add(what: str, front: str, back: Colour, wanted: float) -> None:
        found.append((f"{front} {what}", ratio(over(tokens[front], back), back), wanted))

    paper = tokens["paper"]
    for sheet in ("paper", "raised"):
        for words in ("ink", "ink-2", "rubric", "tie", *KINDS):
            add(f"on {sheet}", words, tokens[sheet], 4.5)
        add(f"on {sheet}, round a control", "edge", tokens[sheet], 3)
    add("on ink", "paper", tokens["ink"], 4.5)
    add("on a lit tie", "paper", tokens["tie"], 4.5)
    for kind in KINDS:
        for state, mark in (("washed", "w"), ("lit", "o")):
            ground = over(tokens[f"{mark}-{kind}"], paper)
            for words in ("ink", kind, "rubric", "tie"):
                add(f"on {state} {kind}", words, ground, 4.5)
            add(f"dots on {state} {kind}", "ink-2", ground, 3)
    for inner, outer in permutations(KINDS, 2):
        both = over(tokens[f"o-{inner}"], over(tokens[f"o-{outer}"], paper))
        add(f"on lit {inner} in lit {outer}", "ink", both, 4.5)
        add(f"line on lit {inner} in lit {outer}", inner, both, 3)
        washed = over(tokens[f"w-{inner}"], over(tokens[f"w-{outer}"], paper))
        add(f"number on {inner} in {outer}", inner, washed, 4.5)
    for share in (0.09, 0.16):
        ground = over(tint(tokens["tie"], share), paper)
        add(f"on a tied passage, {share}", "ink", ground, 4.5)
        add(f"on a tied passage, {share}", "tie", ground, 3)
    return found


@pytest.mark.parametrize("palette", ["light", "dark", "high light", "high dark"])
def test_every_pair_can_be_read(theme: str, palette: str) -> None:
    given, side = palettes(theme)[palette]
    tokens = {name: colour(halves(value)[side]) for name, value in given.items()}
    low = [f"{what}: {found:.2f} < {wanted}" for what, found, wanted in pairs(tokens) if found < wanted]
    assert low == []


@pytest.mark.parametrize("name", ["colours.css", "tokens.css"])
def test_a_theme_with_a_sheet_of_its_own_sets_all_that_folios_does(name: str) -> None:
    for own in THEMES.glob(f"*/css/{name}"):
        assert defined(THEMES / "folio/css" / name) - defined(own) == set(), own


def test_a_theme_says_again_nothing_but_colours() -> None:
    """What folio's tokens say stands in one place."""
    assert [path.parent.parent.name for path in THEMES.glob("*/css/tokens.css")] == ["folio"]


def defined(css: Path) -> set[str]:
    return set(re.findall(r"(--[\w-]+):", css.read_text("utf-8")))
