"""The program's own tables (settings, codes, theme options) -> the parts of the documentation that list them.

`python -m docs.generate` renews them, from the project's folder; so does `make regold`. A page holds a generated part
between two comments; what stands around it is written by hand.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from builder.model.codes import CODES
from builder.model.diagnostic import Severity
from builder.parse.setting_tables import ALL
from builder.parse.settings import documented
from builder.parse.theme import documented_options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model.code import Code
    from builder.parse.schema import SettingRow

HERE = Path(__file__).resolve().parent
BEGIN = "<!-- begin: written by docs/generate.py, not by hand -->\n"
END = "<!-- end -->\n"

STAGES = {
    "G1": "Reading what you wrote",
    "G2": "Finding the words",
    "G3": "The glossary",
    "G4": "References",
    "G5": "The theme and the output",
    "G6": "The result",
}
"""The headings of the codes, by how these begin."""

TABLES = {
    "site.toml": "The site, in `site.toml`",
    "[kind.ID]": "A kind of note of your own, in `site.toml`: `[kind.ID]`",
    "[relation.ID]": "A relation of your own, in `site.toml`: `[relation.ID]`",
    "[theme_options]": "Options of the theme, in `site.toml`: `[theme_options]`",
    "[quality]": "Levels of diagnostics, in `site.toml`: `[quality]`",
    "edition.toml": "An edition, in `edition.toml`",
    "[[text]]": "A text, in `edition.toml`: `[[text]]`",
    "[[layer]]": "A layer of notes, in `edition.toml`: `[[layer]]`",
    "[[handout]]": "A handout, in `edition.toml`: `[[handout]]`",
    "## of TEXT.notes.md": "A note, in the braces of its heading",
    "## of crossrefs.md": "A cross-reference, in the braces of its heading",
    "## of glossary.md": "A term, in the braces of its heading",
    "## of questions.md": "A question, in the braces of its heading",
}
"""The order and the headings of the tables of settings; others follow under their own names."""


def diagnostics() -> str:
    """A section for each stage, an entry for each code."""
    parts: list[str] = []
    for prefix, title in STAGES.items():
        codes = [code for name, code in sorted(CODES.items()) if name.startswith(prefix)]
        if codes:
            parts.append(f"## {title}\n\n")
        parts.extend(_code(code) for code in codes)
    return "".join(parts)


def _code(code: Code) -> str:
    weights = {Severity.WARNING: "Warning", Severity.INFORMATION: "Remark"}
    weight = "Bearable error" if code.bearable else weights.get(code.severity, "Error")
    return f"### {code.id}\n\n**{code.title}.** *{weight}.*\n\n{code.meaning}\n\n{code.repair}\n\n"


def settings() -> str:
    """A table for each place where settings stand."""
    groups: dict[str, list[SettingRow]] = {name: [] for name in TABLES}
    for row in documented():
        groups.setdefault(row.table, []).append(row)
    parts: list[str] = []
    for name, rows in groups.items():
        if rows:
            parts.append(f"## {TABLES.get(name, name)}\n\n")
            cells = ((f"`{row.key}`", row.type, _unless_set(row), row.about) for row in rows)
            parts.append(_table(("name", "value", "unless set", "meaning"), cells))
    return "".join(parts)


REQUIRED = frozenset((table.name, key.name) for table in ALL for key in table.keys if key.required)


def _unless_set(row: SettingRow) -> str:
    if (row.table, row.key) in REQUIRED:
        return "must be set"
    in_braces = row.table.startswith("##")
    return row.default if in_braces or not row.default else f"`{row.default}`"


def theme_options() -> str:
    """The table of what the theme `folio` offers."""
    table = tomllib.loads((HERE.parent / "themes" / "folio" / "theme.toml").read_text(encoding="utf-8"))
    cells = ((f"`{one.name}`", f"`{_typed(one.default)}`", one.about) for one in documented_options(table))
    return _table(("option", "unless set", "meaning"), cells)


def _typed(value: object) -> str:
    """A value as it is typed in TOML."""
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines) + "\n"


GENERATED = {"diagnostics.md": diagnostics, "settings.md": settings, "theming.md": theme_options}
"""The pages with a generated part, and what makes it."""


def pages() -> dict[str, str]:
    """Every page with a generated part, by its name, as it ought to be."""
    made: dict[str, str] = {}
    for name, part in GENERATED.items():
        before, rest = (HERE / name).read_text(encoding="utf-8").split(BEGIN)
        made[name] = f"{before}{BEGIN}\n{part()}{END}{rest.split(END)[1]}"
    return made


def write() -> None:
    """Renew the pages on disk."""
    for name, words in pages().items():
        (HERE / name).write_text(words, encoding="utf-8")


if __name__ == "__main__":
    write()
