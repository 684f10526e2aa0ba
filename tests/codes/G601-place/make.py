"""The letters of a dead link stand in code, comments and words before it too; lines end as on Windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "edition.toml": 'title = "The fox"\nsummary = "Of a vine.html and a hen.html."\n\n[[text]]\nfile = "fox.md"\n',
    "fox.md": (
        "# The fox and the vine.html\n\n"
        "Write `[the vine](vine.html)`, <!-- ](vine.html) --> and [the vine](vine.html).\n"
        "\n> - see [the hen][]\n\n[the hen]: hen.html\n"
    ),
    "fox.notes.md": '## hen\n\n`](egg.html)` [the egg](egg.html), and <a\nhref="nest.html">nest</a>\n',
    "glossary.md": "## vine\n\n`](leaf.html)` [leaf](leaf.html)\n",
}


def make(folder: Path) -> None:
    """Write the site."""
    for name, words in FILES.items():
        (folder / name).write_bytes(words.replace("\n", "\r\n").encode())
