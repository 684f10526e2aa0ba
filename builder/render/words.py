"""The theme's words: dotted key and fields -> wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of the interface in one language."""

    wording: Mapping[str, str]
    language: str
    nested: Mapping[str, object]
    """The same as templates see it: `words.nav.read`."""

    def say(self, key: str, **fields: object) -> str:
        """The words of `key` with `{name}` fields filled in. SiteError names a key that the theme lacks."""
        try:
            pattern = self.wording[key]
        except KeyError:
            raise SiteError(f"the theme has no words for “{key}” (words/{self.language}.toml)") from None
        return fill(pattern, **fields) if fields else pattern

    def date(self, value: str) -> str:
        """`2021-08-15` -> 15 August 2021 in the theme's own order; as typed where it isn't a date."""
        parts = value.split("-")
        if not (1 <= len(parts) <= 3 and all(part.isdigit() for part in parts)):
            return value
        if len(parts) == 1:
            return value
        if not 1 <= int(parts[1]) <= 12:
            return value
        month = self.say(f"month.m{int(parts[1])}")
        if len(parts) == 2:
            return self.say("date.month", month=month, year=parts[0])
        return self.say("date.day", day=int(parts[2]), month=month, year=parts[0])


def words_for(language: str, wording: Mapping[str, Mapping[str, str]]) -> Words:
    """The wording in a language, else in the language without its region, else in English."""
    for name in (language, language.split("-", maxsplit=1)[0], "en"):
        if name in wording:
            return Words(wording[name], name, _nested(wording[name]))
    return Words({}, language, {})


def _nested(wording: Mapping[str, str]) -> dict[str, object]:
    tree: dict[str, object] = {}
    for key, value in wording.items():
        *folders, name = key.split(".")
        branch = tree
        for folder in folders:
            branch = branch.setdefault(folder, {})  # type: ignore[assignment]
        branch[name] = value
    return tree


def fill(pattern: str, **fields: object) -> str:
    """The pattern with each `{name}` replaced. No format mini-language: a theme's words are data, not code."""
    for name, value in fields.items():
        pattern = pattern.replace("{" + name + "}", str(value))
    return pattern
