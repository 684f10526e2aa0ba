"""site.toml -> Settings; `documented` is what the documentation of settings is made from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.codes import CODES, diagnose
from builder.model.crossref import Relation
from builder.model.diagnostic import Place
from builder.model.note import Audience
from builder.model.site import Kind, Settings
from builder.model.vocabulary import BUILT_IN_KINDS, BUILT_IN_RELATIONS, RESERVED_KINDS
from builder.parse.edition_settings import parse_edition
from builder.parse.entry_settings import entry_rows
from builder.parse.schema import SettingRow, named_tables, read_given, read_table, rows, spoken
from builder.parse.setting_tables import ALL, KIND, RELATION, SITE
from builder.parse.shapes import NAME_RULE, is_name
from builder.parse.toml import Document, read_toml

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.site import EditionSettings, Source

__all__ = ["documented", "parse_edition", "parse_site", "site_of"]

_IGNORED = re.compile(r"ignore\s*:\s*\S")


def parse_site(source: Source) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    """The site's settings, with defaults where a value was refused. None only where the file is no TOML."""
    document, told_first = read_toml(source)
    if document is None:
        return None, told_first
    told = list(told_first)
    settings = Settings(
        place=Place(source.path),
        theme_options=_theme_options(document, told),
        kinds=_kinds(document, told),
        relations=_relations(document, told),
        quality=_quality(document, told),
        places=_places(document),
        students_alone=document.values.get("audience") == Audience.STUDENT.value,
        **read_table(document, (), SITE, told),
    )
    return settings, tuple(told)


def site_of(edition: EditionSettings) -> Settings:
    """The settings of a site that is nothing but one edition, without a site.toml."""
    return Settings(
        title=edition.title,
        place=edition.place,
        language=edition.language,
        licence=edition.licence,
        summary=edition.summary,
        audience=Audience.STUDENT,
        kinds=BUILT_IN_KINDS,
        relations=BUILT_IN_RELATIONS,
    )


def documented() -> tuple[SettingRow, ...]:
    """Every setting: of site.toml, of edition.toml, and of the entries' headings, each with its type and default."""
    quality = SettingRow(
        "[quality]",
        "CODE",
        '"error", "warn" or "ignore: reason"',
        "",
        "The level of a diagnostic: an error, a warning, or ignored for the reason given.",
    )
    options = SettingRow("[theme_options]", "NAME", "as the theme says", "", "A choice that the theme offers.")
    return (*(row for table in ALL for row in rows(table)), options, quality, *entry_rows())


def _theme_options(document: Document, told: list[Diagnostic]) -> dict[str, object]:
    value = document.values.get("theme_options", {})
    if isinstance(value, dict):
        return value
    place = document.place("theme_options")
    told.append(
        diagnose("G103", place, f"“theme_options” must be a table, not {spoken(value)}", "write: [theme_options]")
    )
    return {}


def _places(document: Document) -> dict[str, Place]:
    """Where those settings stand that can only be judged when the theme is known."""
    options = document.table("theme_options")
    places = {f"theme_options.{name}": document.place("theme_options", name) for name in options}
    own = (name for name in ("theme", "subset_fonts") if name in document.values)
    return {**{name: document.place(name) for name in own}, **places}


def _kinds(document: Document, told: list[Diagnostic]) -> tuple[Kind, ...]:
    kinds = {kind.id: kind for kind in BUILT_IN_KINDS}
    for name in named_tables(document, "kind", told):
        steps = ("kind", name)
        if name in kinds:
            given = read_given(document, steps, KIND, told)
            kinds[name] = replace(kinds[name], own=frozenset(given), **given)
        elif name in RESERVED_KINDS or not is_name(name):
            why = "is a kind of its own" if name in RESERVED_KINDS else f"is no name: {NAME_RULE}"
            told.append(diagnose("G110", document.place(*steps), f"“{name}” {why}", "choose another name for the kind"))
            read_table(document, steps, KIND, told)
        else:
            own = read_table(document, steps, KIND, told)
            kinds[name] = Kind(id=name, own=frozenset(own), **own)
    return tuple(kinds.values())


def _relations(document: Document, told: list[Diagnostic]) -> tuple[Relation, ...]:
    relations = {relation.id: relation for relation in BUILT_IN_RELATIONS}
    for name in named_tables(document, "relation", told):
        steps = ("relation", name)
        if name in relations:
            given = read_given(document, steps, RELATION, told)
            relations[name] = replace(relations[name], own=frozenset(given), **given)
        elif not is_name(name):
            hint = "choose another name for the relation"
            told.append(diagnose("G110", document.place(*steps), f"“{name}” is no name: {NAME_RULE}", hint))
            read_table(document, steps, RELATION, told)
        else:
            own = read_table(document, steps, RELATION, told)
            relations[name] = Relation(id=name, own=frozenset(own), **own)
    return tuple(relations.values())


def _quality(document: Document, told: list[Diagnostic]) -> dict[str, str]:
    value = document.values.get("quality", {})
    if not isinstance(value, dict):
        place = document.place("quality")
        told.append(diagnose("G103", place, f"“quality” must be a table, not {spoken(value)}", "write: [quality]"))
        return {}
    levels: dict[str, str] = {}
    for code, level in value.items():
        place = document.place("quality", code)
        if code not in CODES:
            hint = f"did you mean “{code.upper()}”?" if code.upper() in CODES else "codes look like this: G201"
            told.append(diagnose("G102", place, f"“{code}” is no code of a diagnostic", hint))
        elif not isinstance(level, str):
            told.append(diagnose("G103", place, f"“{code}” must be text, not {spoken(level)}", _LEVELS))
        elif CODES[code].firm and level != "error":
            told.append(diagnose("G104", place, f"“{code}” can be nothing but an error", "take the line out"))
        elif level in ("error", "warn"):
            levels[code] = level
        elif _IGNORED.match(level):
            levels[code] = "ignore"
        else:
            told.append(diagnose("G104", place, f"“{code}” can't be “{level}”", _LEVELS))
    return levels


_LEVELS = 'write "error", "warn", or "ignore: " and the reason'
