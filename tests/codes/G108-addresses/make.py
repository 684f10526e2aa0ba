"""A text whose links all refer to one long address."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "A hungry fox saw grapes.\n\n"


def make(site: Path) -> None:
    (site / "site.toml").write_text('title = "A site"\n')
    edition = site / "fox"
    edition.mkdir()
    (edition / "edition.toml").write_text('title = "The fox"\n[[text]]\nfile = "fable.md"\n')
    (edition / "fable.md").write_text(f"{WORDS}{'[see] ' * 9}\n\n[see]: https://example.org/{'y' * 900}\n")
