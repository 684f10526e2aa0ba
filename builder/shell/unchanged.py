"""The words of a command line -> what the last build said, where it is to be built and nothing has changed since.

Many builds are such: so they are answered before the library that reads command lines is imported. Only the plainest
words are understood here; all others that library reads.
"""

from __future__ import annotations

import os
import sys

from builder.shell.counted import remarks_untold
from builder.shell.seal import default_output, look_at_seal, request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.shell.seal import Seal

FLAGS = {"--quiet": "quiet", "-q": "quiet", "--why": "why", "--strict": "strict"}
AUDIENCES = ("student", "teacher")
JOBS = tuple(map(str, range(1, 65)))


class Asked:
    """What a build is asked for, and what was seen of the last one."""

    def __init__(self) -> None:
        self.folder = self.output = self.audience = ""
        self.quiet = self.why = self.strict = self.clean = self.locked = False
        self.jobs = 0
        """0: as many as pay."""
        self.only: tuple[str, ...] = ()
        self.seen: Seal | None = None


def answer(arguments: Sequence[str]) -> int | Asked | None:
    """The exit status, everything said; else what was asked for, and is to be built. None: the words aren't plain."""
    asked = _understood(arguments)
    if asked is None:
        return None
    try:
        target = asked.output or default_output(asked.folder)
        asked.seen = look_at_seal(target, request(asked.folder, target, asked.audience, strict=asked.strict))
        if asked.seen is not None and asked.seen.unbroken:
            return say_again(asked.seen, target, asked.folder, why=asked.why, quiet=asked.quiet)
    except (OSError, ValueError):
        pass
    return asked


def _understood(arguments: Sequence[str]) -> Asked | None:
    asked = Asked()
    words = iter(arguments[1:] if arguments[:1] == ["build"] else ["--no-build"])
    for word in words:
        if word in FLAGS:
            setattr(asked, FLAGS[word], True)
        elif word == "--output":
            asked.output = next(words, "")
            if not _is_plain(asked.output):
                return None
        elif word == "--audience":
            asked.audience = next(words, "")
            if asked.audience not in AUDIENCES:
                return None
        elif word == "--jobs":
            jobs = next(words, "")
            if jobs not in JOBS:
                return None
            asked.jobs = int(jobs)
        elif asked.folder or not _is_plain(word):
            return None
        else:
            asked.folder = word
    asked.folder = asked.folder or "content"
    return asked


def say_again(seen: Seal, target: str, folder: str, *, why: bool, quiet: bool) -> int:
    """Say what the last build said: nothing that it read or wrote is another now. The exit status.

    ValueError, before anything is said, where what it said can't be read.
    """
    found = ""
    if seen.told[:1] + seen.told[-1:] == "[]" and seen.told[1:-1].isdecimal():  # none but remarks that weren't told
        found = remarks_untold(int(seen.told[1:-1]))
    elif seen.told:
        from pathlib import Path

        from builder.shell.said import said
        from builder.shell.terminal import summary, tell
        from builder.shell.whence import from_here

        known, untold = said(seen.told)
        told = from_here(known, Path(folder))
        tell(told)
        found = summary(told, untold=untold)
    if why:
        sys.stderr.write("nothing changed since the last build\n")
    if not quiet:
        sys.stderr.write(f"{target}: 0 written, {seen.files} unchanged, 0 removed{found and '; '}{found}\n")
    return 0


def _is_plain(word: str) -> bool:
    """Whether a word is a path as it would be shown: no option, and nothing in it that is left out of a path."""
    return bool(word) and not word.startswith("-") and os.path.normpath(word) == word
