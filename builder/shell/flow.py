"""A page, or the path of a file -> its bytes piece by piece, and what they weigh."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.shell.files import NotRegularError, blaming, chunks, open_regular, shown
from builder.shell.manifest import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator


def flow(content: bytes | str) -> Iterator[bytes]:
    """The bytes of a page, or of the file at a path, piece by piece."""
    if isinstance(content, bytes):
        yield content
        return
    with blaming(content):
        try:
            descriptor, _ = open_regular(content)
        except NotRegularError as fault:
            raise SiteError(f"{shown(content)}: this is no regular file") from fault
        try:
            yield from chunks(descriptor)
        finally:
            os.close(descriptor)


def weigh(content: bytes | str) -> Entry:
    """Size and digest."""
    digest = hashlib.sha256()
    size = 0
    for piece in flow(content):
        digest.update(piece)
        size += len(piece)
    return Entry(size, digest.hexdigest())
