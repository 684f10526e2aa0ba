"""What an entry holds -> its lines in a file: the way back of parse/entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.parse.braces import NONE, split_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def written_entry(
    heading: str,
    *,
    id: str = "",
    classes: Sequence[str] = (),
    settings: Mapping[str, str] = {},
    body: str = "",
) -> str:
    """An entry's lines, the last one ended; entries are joined by an empty line. `body` is Markdown."""
    words = " ".join(heading.split())
    said = [f"#{id}"] if id else []
    said += [f".{name}" for name in classes]
    said += [f'{name}="{_quoted(value)}"' for name, value in settings.items()]
    if said or split_heading(words, 1) != (words, NONE, None):
        words = f"{words} {{{' '.join(said)}}}"
    return f"## {words}\n{body.strip()}\n" if body.strip() else f"## {words}\n"


def _quoted(value: str) -> str:
    return " ".join(value.split()).replace("\\", "\\\\").replace('"', '\\"')
