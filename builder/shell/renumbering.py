"""References whose number means another paragraph now -> their files with the numbers of now, every other byte kept."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.note import Audience
from builder.model.view import View
from builder.pipeline.reading import Reading
from builder.shell.rewriting import Revision, as_it_is

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model.site import Folder
    from builder.parse.site import Outline
    from builder.relate.numbered import Renumbered

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
"""As lines are counted where entries are read."""


def renumber(root: Path, folder: Folder, outline: Outline, revisions: dict[str, Revision]) -> None:
    """Add to the revisions of files what sets such references right. SiteError as for `revised`.

    What a revision changes besides stays in its line: none is added or taken away.
    """
    by_file: dict[str, set[Renumbered]] = defaultdict(set)
    reading = Reading(folder, outline, View(audience=Audience.TEACHER))
    for settings in outline.editions:
        for one in reading.renumbered(settings.id):
            by_file[one.place.path].add(one)
    for path, ones in sorted(by_file.items()):
        known = revisions.get(path)
        lies, old = (known.path, known.new) if known is not None else as_it_is(root, folder.sources[path])
        new = _written(old.decode("utf-8"), ones).encode("utf-8")
        if new != old:
            revisions[path] = Revision(path, lies, known.old if known is not None else old, new)


def _written(text: str, ones: set[Renumbered]) -> str:
    lines = _LINE.findall(text)
    by_line: dict[int, list[Renumbered]] = defaultdict(list)
    for one in ones:
        by_line[one.place.line - 1].append(one)
    for number, here in by_line.items():
        if number < len(lines):
            lines[number] = _line(lines[number], here)
    return "".join(lines)


def _line(line: str, ones: list[Renumbered]) -> str:
    """A line with all that is wrong in it right: each is found where it is typed before any is changed."""
    spots: dict[int, Renumbered] = {}
    for one in sorted(ones, key=lambda one: (-len(one.typed), one.place)):
        start = line.find("[[", max(0, one.place.column - 2))
        if line.startswith("## "):  # what a question is about has no brackets
            start = max(0, start)
        at = line.find(one.typed, start) if start >= 0 else -1
        while at >= 0 and any(at < known + len(spots[known].typed) and known < at + len(one.typed) for known in spots):
            at = line.find(one.typed, at + 1)
        if at >= 0:
            spots[at] = one
    for at in sorted(spots, reverse=True):
        line = f"{line[:at]}{spots[at].wanted}{line[at + len(spots[at].typed) :]}"
    return line
