"""pyproject.toml -> run.txt and dev.txt, anki.in -> anki.txt: each requirement with its version and its hashes.

No address of any host stands in them. Run it with `make lock`; what changed is reviewed like any other change.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ABOUT = "# Made by `make lock` from {}.\n"
COMMAND = [sys.executable, "-m", "piptools", "compile", "--quiet", "--upgrade", "--generate-hashes", "--strip-extras"]
SILENT = ["--no-header", "--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host", "--no-emit-options"]


def lock(name: str, *arguments: str, source: str = "pyproject.toml") -> None:
    """Write one of the files."""
    target = HERE / name
    asked = [*COMMAND, *SILENT, *arguments, "--output-file", str(target), source]
    subprocess.run(asked, cwd=HERE.parent, check=True)
    target.write_text(ABOUT.format(source) + target.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    lock("run.txt")
    extras = [word for extra in ("dev", "test", "import", "fonts") for word in ("--extra", extra)]
    lock("dev.txt", *extras, "--constraint", "requirements/run.txt", "--allow-unsafe")
    lock("anki.txt", source="requirements/anki.in")
