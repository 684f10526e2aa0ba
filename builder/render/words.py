"""The theme's words: dotted key and fields -> wording."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import FaultError, Place
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.crossref import Relation
    from builder.model.site import Kind


@value_class(frozen=True, slots=True)
class Words:
    """The wording of the interface in one language."""

    wording: Mapping[str, str]
    language: str
    nested: Mapping[str, object]
    """The same as templates see it: `words.nav.read`."""

    def say(self, key: str, **fields: object) -> str:
        """The words of `key` with `{name}` fields filled in. FaultError names a key that the theme lacks."""
        try:
            pattern = self.wording[key]
        except KeyError:
            place, lacking = Place(f"words/{self.language}.toml"), f"the theme has no words for “{key}”"
            hint = "write them there, or let the theme extend one that has them"
            raise FaultError((diagnose("G502", place, lacking, hint),)) from None
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

    def kind(self, kind: Kind) -> Kind:
        """A kind with its label and what it means in these words, but for what the site has set itself."""
        return replace(
            kind,
            label=self._told("kinds", kind, "label", kind.label),
            about=self._told("kinds", kind, "about", kind.about),
        )

    def relation(self, relation: Relation) -> Relation:
        """A relation as read from either end in these words, but for what the site has set itself."""
        return replace(
            relation,
            label=self._told("relations", relation, "label", relation.label),
            inverse=self._told("relations", relation, "inverse", relation.inverse),
        )

    def _told(self, table: str, one: Kind | Relation, field: str, otherwise: str) -> str:
        return otherwise if field in one.own else self.wording.get(f"{table}.{one.id}.{field}", otherwise)


def words_for(language: str, site: str, wording: Mapping[str, Mapping[str, str]]) -> Words:
    """The wording in a language, else in the site's, else in English; each with its region, then without."""
    for name in (language, _bare(language), site, _bare(site), "en"):
        if name in wording:
            return Words(wording[name], name, _nested(wording[name]))
    return Words({}, language, {})


def _bare(language: str) -> str:
    return language.split("-", maxsplit=1)[0]


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
