"""The themes that come with the program -> their templates as Python, so that no build begins by reading them.

Run as a program it lays them into `builder/_compiled`, which no version control keeps: each is looked for by all that
its code depends on, so that one that is out of date is passed over.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from builder.model.diagnostic import Place
from builder.render.page import compiled, sources
from builder.shell.themes import read_theme

HEAD = '"""The templates of the themes that come with the program, compiled when it was set up."""\n'


def compile_templates(root: Path, folder: Path) -> list[Path]:
    """Modules of all templates of a checkout's themes, written into `folder`. ValueError where one is broken."""
    modules: dict[str, str] = {}
    known: set[str] = set()
    for theme in sorted(path.parent.name for path in root.glob("themes/*/theme.toml")):
        read, told = read_theme(theme, root / "content", place=Place("pyproject.toml"))
        if read is None:
            raise ValueError("; ".join(f"{one.message} {one.hint}" for one in told))
        modules.update(compiled(read.files))
        known |= sources(read.files)
    modules["__init__"] = f"{HEAD}\nSOURCES = frozenset({sorted(known)!r})\n"
    made = []
    for name, content in sorted(modules.items()):
        made.append(folder / f"{name}.py")
        made[-1].write_text(content, "utf-8")
    return made


if __name__ == "__main__":
    target = Path(__file__).parents[1] / "_compiled"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    compile_templates(Path(__file__).parents[2], target)
