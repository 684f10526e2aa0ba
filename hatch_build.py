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
            sys.path.insert(0, self.root)
            from builder.shell.compiling import compile_templates

            for path in compile_templates(Path(self.root), self._folder):
                build_data["force_include"][str(path)] = f"builder/_compiled/{path.name}"

    def finalize(self, _version: str, _build_data: dict[str, Any], _artifact: str) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self._folder)
