"""What several commands share: their arguments and options, and how a document is printed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path


class _PathType(click.ParamType):  # type: ignore[type-arg] # generic since 8.4 only
    """A path as typed. click's own asks for pathlib when the options are declared, this one when a path is given."""

    name = "path"

    def convert(self, value: str, _param: object, _context: object) -> Path:
        """A word of the command line as a path."""
        from pathlib import Path

        return Path(value)


PATH = _PathType()
FOLDER = click.argument("folder", type=PATH, default="content")
STRICT = click.option("--strict", is_flag=True, help="Fail on warnings too.")


def print_document(document: str) -> None:
    """A document on standard output, in UTF-8 wherever we are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(document.encode("utf-8", "backslashreplace"))
