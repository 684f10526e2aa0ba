"""A wheel in the making -> the templates of the themes in it, compiled, so that no build begins by reading them.

They lie in the package `builder._compiled`, where pip makes bytecode of them as of any module. The very environment
that sets pages compiles them, and looks for them there.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledTemplates(BuildHookInterface[Any]):
    """Puts the compiled templates into a wheel; an editable one shows the checkout, which has none."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the templates of every theme."""
        self._folder = Path(tempfile.mkdtemp(prefix="glossator-"))
        if version != "editable":
            for path in _compile(Path(self.root), self._folder):
                build_data["force_include"][str(path)] = f"builder/_compiled/{path.name}"

    def finalize(self, _version: str, _build_data: dict[str, Any], _artifact: str) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self._folder)


def _compile(root: Path, folder: Path) -> list[Path]:
    sys.path.insert(0, str(root))
    from builder.model.diagnostic import Place
    from builder.render.page import compiled
    from builder.shell.themes import read_theme

    modules = {
        "__init__": '"""The templates of the themes that come with the program, compiled when it was packed."""\n'
    }
    for theme in sorted(path.parent.name for path in root.glob("themes/*/theme.toml")):
        read, told = read_theme(theme, root / "content", place=Place("pyproject.toml"))
        if read is None:
            raise ValueError("; ".join(f"{one.message} {one.hint}" for one in told))
        modules.update(compiled(read.files))
    made = []
    for name, content in sorted(modules.items()):
        made.append(folder / f"{name}.py")
        made[-1].write_text(content, "utf-8")
    return made
