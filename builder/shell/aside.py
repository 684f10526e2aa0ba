"""The names beside an output that builds use -> whether they are ours to use, and free again once they were used."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from builder.model.diagnostic import MachineError, SiteError
from builder.shell.files import shown

if TYPE_CHECKING:
    from builder.shell.amend import Beside


def require_own(at: Beside) -> None:
    """SiteError where somebody put there what no build does: a link, a file for a folder, a folder for a file."""
    for path in (at.new, at.old, at.was):
        _require(path, stat.S_ISDIR)
    for path in (at.journal, at.lock):
        _require(path, stat.S_ISREG)


def _require(path: str, is_right: Any) -> None:
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    if not is_right(mode):
        named = ((stat.S_ISLNK, "a link"), (stat.S_ISDIR, "a folder"), (stat.S_ISREG, "a file"))
        what = next((name for is_so, name in named if is_so(mode)), "something")
        raise SiteError(
            f"{shown(path)}: this is {what} that no build put there, and builds use that name beside their output; "
            "move it away"
        )


def require_free(at: Beside) -> None:
    """SiteError where something has a name of ours, though no build was killed here: that isn't ours to remove."""
    for path in (at.new, at.old, at.was, at.journal):
        if os.path.lexists(path):
            message = "no build that was killed left this there, and builds use that name beside their output"
            raise SiteError(f"{shown(path)}: {message}; move it away")


def require_clear(at: Beside) -> None:
    """MachineError where what a build left can't be removed."""
    for path in (at.new, at.old, at.was):
        if os.path.lexists(path):
            message = "what an earlier build left there can't be removed; see whose it is, and remove it"
            raise MachineError(f"{shown(path)}: {message}")


def clear_away(path: str) -> None:
    """Remove a folder, as far as the system lets us. Of links nothing but themselves is touched.

    Folders of others that came along from an output may be ones in which nothing can be changed: here they are ours.
    """
    with suppress(OSError):
        shutil.rmtree(path)
        return
    for top, _, _ in os.walk(path):  # each is opened before it is looked into
        with suppress(OSError):
            os.chmod(top, stat.S_IRWXU)
    shutil.rmtree(path, ignore_errors=True)
