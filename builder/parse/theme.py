"""A theme's files, and what a site sets in it -> Theme: styles and scripts in order, options, words."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.site import Source
from builder.model.theme import Theme
from builder.parse.faces import check_faces
from builder.parse.held_off import check_guarded
from builder.parse.palette import check_contrast
from builder.parse.style_files import check_style_files
from builder.parse.theme_own import check_own, place_of
from builder.parse.theme_table import theme_table
from builder.parse.toml import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Settings
    from builder.model.theme import ThemeFiles, ThemeOption

DEFAULT_LANGUAGE = "en"


def parse_theme(read: ThemeFiles, settings: Settings) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """The theme that site.toml asks for, with the options that it sets."""
    told: list[Diagnostic] = []
    table, slips = theme_table(read)
    told.extend(slips)
    theme = Theme(
        name=read.name,
        summary=table.summary,
        files=read.files,
        options=_options(table.options, {} if read.stands_in else settings.theme_options, settings, told),
        styles=table.styles,
        early=table.early,
        scripts=table.page,
        bundles=table.bundles,
        words=_words(read, told),
        origins=read.origins,
        known=read.known,
    )
    if not any(name.startswith("templates/") for name in read.files):
        place = Place(f"themes/{read.name}/theme.toml")
        told.append(diagnose("G502", place, f"the theme “{read.name}” has no templates"))
    told.extend(check_own(read))
    told.extend(check_guarded(read))
    told.extend(check_faces(read))
    told.extend(check_style_files(theme))
    told.extend(check_contrast(theme, read, settings))
    return theme, tuple(told)


def _toml(content: bytes, place: Place, told: list[Diagnostic]) -> dict[str, object] | None:
    try:
        text = content.decode()
    except UnicodeDecodeError as fault:
        before = content[: fault.start].decode().split("\n")
        place = Place(place.path, len(before), len(before[-1]) + 1)
        message = f"the byte 0x{content[fault.start]:02X} is not UTF-8"
        told.append(diagnose("G106", place, message, "save the file as UTF-8"))
        return None
    document, slips = read_toml(Source(place.path, text, ""))
    told.extend(slips)
    return dict(document.values) if document is not None else None


def _options(
    known: Mapping[str, ThemeOption], asked: Mapping[str, object], settings: Settings, told: list[Diagnostic]
) -> dict[str, object]:
    chosen = {name: option.default for name, option in known.items()}
    for name, wanted in asked.items():
        option = known.get(name)
        place = settings.place_of(f"theme_options.{name}")
        if option is None:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean “{near[0]}”?" if near else f"the theme knows: {', '.join(known) or 'no options'}"
            told.append(diagnose("G503", place, f"the theme has no option “{name}”", hint))
        elif type(wanted) is not type(option.default) or (option.choices and str(wanted) not in option.choices):
            told.append(diagnose("G504", place, f"the theme option “{name}” can't be {_typed(wanted)}", _like(option)))
        else:
            chosen[name] = wanted
    return chosen


def _like(option: ThemeOption) -> str:
    """What an option may be, as it is typed in TOML."""
    if isinstance(option.default, bool):
        return "true or false, without quotation marks"
    if option.choices:
        return f"one of: {', '.join(_typed(choice) for choice in option.choices)}"
    return f"a value like this: {_typed(option.default)}"


def _typed(value: object) -> str:
    """A value as it is typed in TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _words(read: ThemeFiles, told: list[Diagnostic]) -> dict[str, dict[str, str]]:
    """Language -> words, each completed from English, a parent theme's words beneath the theme's own."""
    files = read.files
    languages: dict[str, dict[str, str]] = {}
    for name in sorted(files, key=lambda name: (name.count("/"), name), reverse=True):
        stem = name.removesuffix(".toml")
        if stem == name or not (name.startswith("words/") or "/words/" in name):
            continue
        table = _toml(files[name], Place(read.origins.get(name, name)), told)
        if table is not None:
            flat = dict(_flat(table))
            told.extend(_no_words(flat, files[name], read.origins.get(name, name)))
            languages.setdefault(stem.rsplit("/", 1)[1], {}).update((key, str(value)) for key, value in flat.items())
    english = languages.get(DEFAULT_LANGUAGE, {})
    return {language: {**english, **words} for language, words in sorted(languages.items())}


def _no_words(flat: Mapping[str, object], content: bytes, origin: str) -> Iterator[Diagnostic]:
    """What stands where words are to be, and is none."""
    for key, value in flat.items():
        if not isinstance(value, str):
            yield diagnose("G103", place_of(key, content, origin), f"“{key}” must be text", "in quotation marks")


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
