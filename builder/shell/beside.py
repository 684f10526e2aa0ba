"""A file that is imported -> the pictures that lie beside it, which come along into the edition."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from builder.model.pictures import resolved
from builder.shell.files import NotRegularError, TooLargeError, is_passing, is_plain, read_regular

if TYPE_CHECKING:
    from collections.abc import Callable

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
"""Pictures that hold nothing that runs: an SVG may."""

PICTURE_BOUND = 16 * 1024 * 1024
"""Bytes of one picture."""


def picture_beside(file: str, path: str) -> bytes | None:
    """A picture by its path from the folder of a file. None for what is none, isn't there, or lies behind a link."""
    parts = path.split("/")
    if not path.lower().endswith(PICTURES) or any(is_passing(part) or not is_plain(part) for part in parts):
        return None
    at = os.path.dirname(file)
    for part in parts:
        at = os.path.join(at, part)
        if os.path.islink(at):
            return None
    try:
        return read_regular(at, PICTURE_BOUND)
    except (NotRegularError, TooLargeError, OSError):
        return None


def lies_beside(file: str) -> Callable[[str], bool]:
    """Whether an address in a file, as typed there, is that of a picture which can come along."""

    def lies(src: str) -> bool:
        path = resolved(src)
        return bool(path) and path is not None and picture_beside(file, path) is not None

    return lies
