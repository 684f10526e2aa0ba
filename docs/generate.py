"""The program's own tables (settings, codes, theme options) -> the parts of the documentation that list them.

`python -m docs.generate` renews them, from the project's folder; so does `make regold`. A page holds a generated part
between two comments; what stands around it is written by hand.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

from builder.model.codes import CODES
from builder.model.diagnostic import Place, Severity
from builder.parse.schema import rows
from builder.parse.setting_tables import ALL
from builder.parse.settings import documented
from builder.parse.theme_table import theme_table
from builder.parse.theme_tables import THEME, THEME_TABLES
from builder.shell.themes import read_theme
from docs import limits
from docs.slips import slips

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model.code import Code
    from builder.model.theme import ThemeOption
    from builder.parse.schema import SettingRow
    from docs.limits import Limit

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
    for name, group in groups.items():
        if group:
            parts.append(f"## {TABLES.get(name, name)}\n\n")
            cells = ((f"`{row.key}`", row.type, _unless_set(row), row.about) for row in group)
            parts.append(_table(("name", "value", "unless set", "meaning"), cells))
    return "".join(parts)


REQUIRED = frozenset((table.name, key.name) for table in ALL for key in table.keys if key.required)


def _unless_set(row: SettingRow) -> str:
    if (row.table, row.key) in REQUIRED:
        return "must be set"
    in_braces = row.table.startswith("##")
    return row.default if in_braces or not row.default else f"`{row.default}`"


def theme_options() -> str:
    """A table for each theme that comes with the program: what it offers besides what was told of those before it."""
    parts: list[str] = []
    told: list[ThemeOption] = []
    for name in sorted(path.parent.name for path in (HERE.parent / "themes").glob("*/theme.toml")):
        files, _ = read_theme(name, HERE.parent / "content", place=Place("site.toml"))
        assert files is not None, name
        table, _ = theme_table(files)
        new = [one for one in table.options.values() if one not in told]
        told += new
        parts.append(f"### The theme `{name}`\n\n{table.summary}\n\n")
        cells = ((f"`{one.name}`", _choices(one), f"`{_typed(one.default)}`", one.about) for one in new)
        parts.append(_table(("option", "value", "unless set", "meaning"), cells))
    return "".join(parts)


def _choices(option: ThemeOption) -> str:
    if isinstance(option.default, bool):
        return "true or false"
    return " or ".join(f'"{choice}"' for choice in option.choices) or (
        "text" if isinstance(option.default, str) else "number"
    )


def theme_settings() -> str:
    """A table for each place of a theme.toml."""
    parts: list[str] = []
    for table in THEME_TABLES:
        parts.append(f"**{'At the top of the file' if table is THEME else f'Under `{table.name}`'}**\n\n")
        parts.append(
            _table(("name", "value", "meaning"), ((f"`{row.key}`", row.type, row.about) for row in rows(table)))
        )
    return "".join(parts)


def views() -> str:
    """Every class of render/views.py and its fields, as their docstrings say."""
    tree = ast.parse((HERE.parent / "builder" / "render" / "views.py").read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    names = {one.name for one in classes}
    parts: list[str] = []
    for one in classes:
        parts.append(f"## {one.name}\n\n{_flowing(ast.get_docstring(one) or '')}\n\n")
        parts.append(_table(("field", "type", "what it is"), _fields(one, names)))
    return "".join(parts)


def _fields(view: ast.ClassDef, names: set[str]) -> Iterator[tuple[str, ...]]:
    """Name, type and docstring of each field; a type that is a view leads to it."""
    after = [*view.body[1:], ast.Pass()]
    for node, follows in zip(view.body, after, strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            said = follows.value if isinstance(follows, ast.Expr) else None
            about = said.value if isinstance(said, ast.Constant) and isinstance(said.value, str) else ""
            shape = re.sub(r"\w+", lambda word: _linked(word[0], names), _spoken(ast.unparse(node.annotation)))
            yield f"`{node.target.id}`", shape, _flowing(about)


def _linked(word: str, names: set[str]) -> str:
    return f"[{word}](#{word.lower()})" if word in names else word


def _spoken(shape: str) -> str:
    """A type as somebody says it who writes templates, not Python."""
    shape = re.sub(r"tuple\[(\w+), \.\.\.\]", r"list of \1", shape)
    shape = re.sub(r"Mapping\[str, (\w+)\]", r"\1 by name", shape)
    for word, plain in {
        "str": "text",
        "int": "number",
        "bool": "true or false",
        "Markup": "HTML",
        "object": "value",
    }.items():
        shape = re.sub(rf"\b{word}\b", plain, shape)
    return shape.replace(" | None", ", or none")


def _flowing(words: str) -> str:
    """A docstring as one paragraph."""
    return " ".join(words.split())


def _typed(value: object) -> str:
    """A value as it is typed in TOML."""
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines) + "\n"


def _limits(rows: Iterable[Limit]) -> str:
    """A table of limits; a code leads to its explanation."""
    linked = (tuple(re.sub(r"\b(G\d{3})\b", r"[\1](diagnostics.md#\1)", cell) for cell in row) for row in rows)
    return _table(("what", "at most", "where there is more"), (tuple(map(_small, row)) for row in linked))


def _small(cell: str) -> str:
    """A cell in which addresses within a page are written small, as hosts of Markdown make them."""
    return re.sub(r"#G(\d{3})", r"#g\1", cell)


def limits_written() -> str:
    """What is read of what an author writes."""
    return _limits(limits.written())


def limits_brought_in() -> str:
    """What is read of what is imported."""
    return _limits(limits.brought_in())


def limits_set_by_templates() -> str:
    """What the templates of a theme may take."""
    return _limits(limits.set_by_templates())


GENERATED = {
    "diagnostics.md": (diagnostics,),
    "limits.md": (limits_written, limits_brought_in, limits_set_by_templates),
    "settings.md": (settings,),
    "slips.md": (slips,),
    "theming.md": (theme_options, theme_settings),
    "views.md": (views,),
}
"""The pages with generated parts, and what makes these, in their order."""


def pages() -> dict[str, str]:
    """Every page with a generated part, by its name, as it ought to be."""
    made: dict[str, str] = {}
    for name, parts in GENERATED.items():
        first, *others = (HERE / name).read_text(encoding="utf-8").split(BEGIN)
        kept = [other.split(END)[1] for other in others]
        made[name] = first + "".join(f"{BEGIN}\n{part()}{END}{after}" for part, after in zip(parts, kept, strict=True))
    return made


def write() -> None:
    """Renew the pages on disk."""
    for name, words in pages().items():
        (HERE / name).write_text(words, encoding="utf-8")


if __name__ == "__main__":
    write()
