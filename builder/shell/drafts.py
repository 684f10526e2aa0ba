"""A site with its drafts -> the pages that are other ones where they are shown: the preview's alone, never written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from builder import pipeline
from builder.model.diagnostic import GlossatorError
from builder.model.site import Kept, Page

if TYPE_CHECKING:
    from builder.model.note import Audience
    from builder.pipeline import Making
    from builder.shell.opening import Opened


class Drafts:
    """What the preview shows besides the published site; of it, only what is out of date is made again."""

    def __init__(self, audience: Audience | None, output: str | os.PathLike[str]) -> None:
        self._options = pipeline.Options(audience=audience, drafts=pipeline.Drafts.SHOWN)
        self._output = output
        self._pages: dict[str, bytes] = {}
        self._making: Making | None = None

    def after(self, opened: Opened, written: set[str]) -> tuple[dict[str, bytes | None], set[str]]:
        """The pages to show in the place of published ones (None: the published one again), and which are others now.

        `written` are the paths at which the published site has just changed.
        """
        pages: dict[str, bytes] = {}
        if any(one.draft for one in opened.outline.editions):
            try:
                made = self._made(opened, written)
                pages = made if made is not None else self._made(opened, written) or {}
            except GlossatorError:  # it changes while it is read: more will be heard of it
                pages = self._pages
        else:
            self._making = None
        past, self._pages = self._pages, pages
        changed = {path for path in pages.keys() | past.keys() if pages.get(path) != past.get(path)}
        return {**dict.fromkeys(past.keys() - pages.keys()), **pages}, changed

    def _made(self, opened: Opened, written: set[str]) -> dict[str, bytes] | None:
        """The pages that differ from the published ones.

        None where one that was the same stays, and what is published changed under it: then all must be made.
        """
        before, self._making = self._making, None
        pages: dict[str, bytes] = {}
        kept: set[str] = set()
        around = pipeline.Circumstances(before, self._read)
        making = pipeline.build(opened.folder, opened.outline, opened.theme, self._options, around)
        while True:
            try:
                item = next(making)
            except StopIteration as end:
                self._making = end.value
                break
            if isinstance(item, Kept):
                kept.update(item.paths)
            elif isinstance(item, Page) and self._published(item.path) != item.content:
                pages[item.path] = item.content
        if (kept & written) - self._pages.keys():
            self._making = None
            return None
        return {**{path: self._pages[path] for path in kept & self._pages.keys()}, **pages}

    def _read(self, path: str) -> bytes | None:
        return self._pages.get(path) or self._published(path)

    def _published(self, path: str) -> bytes | None:
        try:
            with open(os.path.join(self._output, path), "rb") as file:
                return file.read()
        except OSError:
            return None
