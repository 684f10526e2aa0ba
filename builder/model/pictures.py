"""The address of a picture as typed -> the path of its file in the edition's folder."""

from __future__ import annotations

import re


def resolved(src: str) -> str | None:
    """A path without `.`, `..`, `%20` and what follows a `?`; None where it leads out of the folder."""
    path = re.split(r"[?#]", src, maxsplit=1)[0]
    if "%" in path:
        from urllib.parse import unquote

        path = unquote(path)
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return None if path.startswith("/") or "\\" in path else "/".join(parts)
