"""The words of a command line -> what the last build said, where it is to be built and nothing has changed since.

Many builds are such: so they are answered before the library that reads command lines is imported. Only the plainest
words are understood here; for all others, and wherever anything changed, the command reads the line itself.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from builder.shell.seal import default_output, look_at_seal, request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.shell.seal import Seal

FLAGS = {"--quiet": "quiet", "-q": "quiet", "--why": "why", "--strict": "strict"}
AUDIENCES = ("student", "teacher")


def answer(arguments: Sequence[str]) -> int | Seal | None:
    """The exit status, everything said; else what was seen of the last build, for the command that reads the line."""
    folder, output, audience, flags = "", "", "", set()
    words = iter(arguments[1:] if arguments[:1] == ["build"] else ["--no-build"])
    for word in words:
        if word in FLAGS:
            flags.add(FLAGS[word])
        elif word == "--output":
            output = next(words, "")
            if not _is_plain(output):
                return None
        elif word == "--audience":
            audience = next(words, "")
            if audience not in AUDIENCES:
                return None
        elif folder or not _is_plain(word):
            return None
        else:
            folder = word
    folder = folder or "content"
    with suppress(OSError, ValueError):
        target = output or default_output(folder)
        seen = look_at_seal(target, request(folder, target, audience, strict="strict" in flags))
        if seen is None or not seen.unbroken:
            return seen
        return say_again(seen, target, folder, why="why" in flags, quiet="quiet" in flags)
    return None


def say_again(seen: Seal, target: str, folder: str, *, why: bool, quiet: bool) -> int:
    """Say what the last build said: nothing that it read or wrote is another now. The exit status.

    ValueError, before anything is said, where what it said can't be read.
    """
    found = ""
    if seen.told:
        from pathlib import Path

        from builder.shell.said import said
        from builder.shell.terminal import summary, tell
        from builder.shell.whence import from_here

        told = from_here(said(seen.told), Path(folder))
        tell(told)
        found = summary(told)
    if why:
        sys.stderr.write("nothing changed since the last build\n")
    if not quiet:
        sys.stderr.write(f"{target}: 0 written, {seen.files} unchanged, 0 removed{found and '; '}{found}\n")
    return 0


def _is_plain(word: str) -> bool:
    """Whether a word is a path as it would be shown: no option, and nothing in it that is left out of a path."""
    return bool(word) and not word.startswith("-") and os.path.normpath(word) == word
