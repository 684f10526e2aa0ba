"""`Theme`: its files, what may be set in it, and its words."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Mapping


@value_class(frozen=True, slots=True)
class ThemeFiles:
    """A theme as read from disk: the site's own files laid over the theme's, over its parent's.

    `name` is the theme that site.toml asks for; `files` are by path inside the theme folder. `theme.toml` is the
    named theme's. A table or a template that a nearer one covers is kept too, the deeper the longer its path:
    `NAME/words/en.toml`, `NAME/PARENT/theme.toml`, `NAME/PARENT/templates/base.html`.
    """

    name: str
    files: Mapping[str, bytes]
    origins: Mapping[str, str] = field(default_factory=dict)
    """Path in `files` -> where the file lies: `themes/NAME/words/en.toml`, `theme/words/en.toml`."""
    beneath: frozenset[str] = frozenset()
    """The paths of the theme's own files and its parents', whether or not the site lays one over them."""
    stands_in: bool = False
    """Whether it is the program's own, for one that can't be read: what the site sets of that one isn't asked of it."""
    known: bool = False
    """Whether all of its templates are the program's own: of these it is known on what each part of a page depends."""


@value_class(frozen=True, slots=True)
class ThemeOption:
    """Something that a site may set under `[theme_options]`."""

    name: str
    default: object
    about: str
    choices: tuple[str, ...] = ()


@value_class(frozen=True, slots=True)
class Bundle:
    """Styles and scripts that only some pages need, each joined into one file."""

    styles: tuple[str, ...]
    scripts: tuple[str, ...]


@value_class(frozen=True, slots=True)
class Theme:
    """A theme, read and checked."""

    name: str
    summary: str
    files: Mapping[str, bytes]
    options: Mapping[str, object]
    """Every option with the site's value, else its default."""
    styles: tuple[str, ...]
    """CSS files in the order in which they are joined into one."""
    early: tuple[str, ...]
    """Scripts that run before the first paint, joined into one."""
    scripts: tuple[str, ...]
    """Scripts of every page, joined into one, deferred."""
    bundles: Mapping[str, Bundle] = field(default_factory=dict)
    """Name -> what pages that ask for it by this name load besides, at once or on first use."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language -> dotted key -> wording; every language is complete (what it lacks is taken from English)."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Path in `files` -> where the file lies, as its author knows it: `themes/NAME/css/a.css`."""
    known: bool = False
    """Whether all of its templates are the program's own."""
