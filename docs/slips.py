"""docs/slips.toml -> the ten commonest slips, each with what the program really says of it."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path
from typing import Any

from builder.shell.opening import check_site
from builder.shell.terminal import lines
from builder.shell.whence import from_here

TABLE = Path(__file__).with_name("slips.toml")


def slips() -> str:
    """A section for each: what was typed, what `glossator check` says, what to know of it."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    parts = []
    for number, slip in enumerate(table["slip"], 1):
        before = table["site"][slip["file"]]
        fresh = [line for line in _typed(before, slip).split("\n") if line and line not in before.split("\n")]
        typed = "```text\n" + "\n".join(fresh) + "\n```"
        said = "\n".join(told(table["site"], slip))
        parts.append(
            f"## {number}. {slip['title']}\n\nTyped in `{slip['file']}`:\n\n{typed}\n\n"
            f"Told:\n\n```text\n{said}\n```\n\n{slip['about']}\n\n"
        )
    return "".join(parts)


def _typed(words: str, slip: dict[str, Any]) -> str:
    """The file's words with the slip."""
    assert words.count(slip["old"]) == 1, slip["title"]
    return words.replace(slip["old"], slip["new"])


def told(site: dict[str, str], slip: dict[str, Any]) -> list[str]:
    """What is told of a site in which one thing is typed otherwise, as the command tells it."""
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top) / "content"
        for name, words in site.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if name == slip["file"]:
                path.write_bytes(_typed(words, slip).encode(slip.get("encoding", "utf-8")))
            else:
                path.write_text(words, encoding="utf-8")
        if "also" in slip:
            (folder / slip["also"]).parent.mkdir()
            (folder / slip["also"]).write_bytes(b"")
        found = from_here(check_site(folder), folder)
        return [line.replace(f"{folder.as_posix()}/", "content/") for one in found for line in lines(one)]
