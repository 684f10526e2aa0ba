"""The search index that the last build published -> what a search finds in an edition of which nothing changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.coding import CodingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from builder.render.search import Bound


class Records:
    """Reads the records of kept editions from the parts of the index in which they stand, each part once."""

    def __init__(self, parts: Sequence[Bound], read: Callable[[str], bytes | None]) -> None:
        """`read` gives a file of that build's by its path."""
        self._parts = parts
        self._read = read
        self._known: dict[str, dict[str, str]] = {}

    def __call__(self, edition: str) -> str:
        """The record of an edition; CodingError where the index isn't what it was."""
        from builder.render.search import part_path
        from builder.render.search_records import records_of

        parts = (part.path for part in self._parts if edition in part.editions and not part.shared)
        path = next(iter(parts), "")
        if path not in self._known:
            content = self._read(path) if path else None
            if content is None or part_path(content) != path:
                raise CodingError("the index isn't what it was")
            self._known[path] = records_of(content)
        return self._known[path][edition]
