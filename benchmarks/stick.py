"""Every Markdown file below a folder, parsed and rendered by markdown-it: what any builder of ours must at least do."""

from __future__ import annotations

import sys
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin


def main() -> None:
    """Read, render, forget."""
    markdown = MarkdownIt("commonmark").enable("table").use(footnote_plugin).use(deflist_plugin)
    size = 0
    for path in sorted(Path(sys.argv[1]).rglob("*.md")):
        size += len(markdown.render(path.read_text(encoding="utf-8")))
    print(size)


if __name__ == "__main__":
    main()
