"""A theme's style sheets -> its colours in each scheme, with their places; what of it is too close to be read.

Contrast is that of WCAG 2.2: 4.5 to 1 for words, 3 to 1 for lines. Only what is set for all of a page counts, in
`:root` or for a chosen option; a value that is no plain colour is passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.value import value_class
from builder.model.vocabulary import BUILT_IN_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Kind, Settings
    from builder.model.theme import Theme, ThemeFiles

Colour = tuple[int, int, int]

WORDS, LINES = 4.5, 3.0
"""The least contrast of words, and of lines and the edges of controls (WCAG 2.2, AA)."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_TOKEN = re.compile(r"(?<![\w-])--([\w-]++)\s*+:\s*([^;}]+)")
_PAIR = re.compile(r"light-dark\(((?:[^(),]++|\([^()]*\))++),((?:[^(),]++|\([^()]*\))++)\)")
_HEX = re.compile(r"#(?:([0-9a-f]{3})|([0-9a-f]{6}))", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)")
_HIGH = ":root[data-contrast=more]"
_ON = ("paper", "raised")
_INKS = (("ink", WORDS), ("ink-2", WORDS), ("rubric", WORDS), ("tie", WORDS), ("edge", LINES))


@value_class(frozen=True, slots=True)
class Token:
    """A colour as a theme sets it: as typed, and where."""

    value: str
    path: str
    offset: int


def check_contrast(theme: Theme, read: ThemeFiles, settings: Settings) -> Iterator[Diagnostic]:
    """Colours of a theme that can't be read on its paper, each once: in the scheme in which it is worst."""
    base, high = _palettes(theme)
    schemes = {
        "in light": (base, 0),
        "in dark": (base, 1),
        "in high contrast, light": ({**base, **high}, 0),
        "in high contrast, dark": ({**base, **high}, 1),
    }
    worst: dict[tuple[str, str], tuple[float, str, Token, float]] = {}
    for scheme, (tokens, side) in schemes.items():
        colours = {name: one for name, token in tokens.items() if (one := _colour(token.value, side)) is not None}
        for ink, paper, wanted in _pairs():
            if ink in colours and paper in colours:
                found = contrast(colours[ink], colours[paper])
                key = (ink, tokens[ink].value)
                if found < wanted and (key not in worst or found < worst[key][0]):
                    worst[key] = (found, f"{scheme} with --{paper}", tokens[ink], wanted)
    for (ink, _), (least, where, token, wanted) in worst.items():
        message = f"--{ink}{_of_kinds(ink, settings.kinds)} has a contrast of {least:.2f} to 1 {where}"
        place = _place(token, theme.files, read)
        yield diagnose(
            "G604", place, message, f"at least {wanted:g} to 1 is needed: make it darker on light, lighter on dark"
        )


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2: contrast ratio)."""
    dim, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _pairs() -> Iterator[tuple[str, str, float]]:
    """(what stands, on what it stands, the contrast that it needs)."""
    for paper in _ON:
        for ink, wanted in (*_INKS, *((kind.cue, WORDS) for kind in BUILT_IN_KINDS)):
            yield ink, paper, wanted


def _of_kinds(ink: str, kinds: Sequence[Kind]) -> str:
    named = [f"“{kind.label}”" for kind in kinds if kind.cue == ink]
    return f", the colour of {', '.join(named)}," if named else ""


def _palettes(theme: Theme) -> tuple[dict[str, Token], dict[str, Token]]:
    """What the sheets set for every page, later ones over earlier ones; and what they set for high contrast."""
    chosen = {f".o-{name}" if value is True else f".o-{name}-{value}" for name, value in theme.options.items()}
    base: dict[str, Token] = {}
    high: dict[str, Token] = {}
    for path in theme.styles:
        for selector, offset, inside in _rules(theme.files[path].decode("utf-8", "replace")):
            names = {" ".join(one.split()) for one in selector.replace('"', "").split(",")}
            held = base if names & {":root", "body", *chosen} else high if _HIGH in names else None
            if held is not None:
                for found in _TOKEN.finditer(inside):
                    held[found[1]] = Token(found[2].strip(), path, offset + found.start())
    return base, high


def _rules(css: str) -> Iterator[tuple[str, int, str]]:
    """(selector, where its declarations begin, these) of each rule that holds for every medium."""
    css = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), css)
    begun, depth, prelude, opened = 0, 0, "", 0
    for brace in re.finditer(r"[{}]", css):
        if brace[0] == "{":
            if depth == 0:
                prelude, opened = css[begun : brace.start()].strip(), brace.end()
            depth += 1
        else:
            depth = max(0, depth - 1)
            if depth == 0 and not prelude.startswith("@"):
                yield prelude.rpartition(";")[2].strip(), opened, css[opened : brace.start()]
        begun = brace.end()


def _colour(value: str, side: int) -> Colour | None:
    """A colour in light (0) or dark (1); None for what is no plain colour."""
    pair = _PAIR.fullmatch(value)
    value = pair[side + 1].strip() if pair else value
    if found := _HEX.fullmatch(value):
        digits = found[2] or "".join(digit * 2 for digit in found[1])
        return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16))
    if found := _RGB.fullmatch(value):
        red, green, blue = (min(255, int(part)) for part in found.groups())
        return (red, green, blue)
    return {"white": (255, 255, 255), "black": (0, 0, 0)}.get(value)


def _place(token: Token, files: Mapping[str, bytes], read: ThemeFiles) -> Place:
    before = files[token.path].decode("utf-8", "replace")[: token.offset]
    path = read.origins.get(token.path, token.path)
    return Place(path, before.count("\n") + 1, token.offset - before.rfind("\n"))
