"""What a build is asked for -> the site built, or what the last build said of it where nothing has changed since.

The library that reads command lines is not needed here: most builds are asked for in the plainest words.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from builder.commands.ending import AUTHORS, FINE
from builder.shell.alone import say_its_site
from builder.shell.seal import default_output, look_at_seal, request
from builder.shell.unchanged import say_again

if TYPE_CHECKING:
    from builder.shell.unchanged import Asked


def build(asked: Asked) -> int:
    """Build a site, whole or not at all. The exit status."""
    folder = Path(asked.folder)
    if not asked.quiet:
        say_its_site(asked.folder)
    output = Path(asked.output) if asked.output else None
    if asked.seen is None and not (asked.clean or asked.only):
        target = asked.output or default_output(asked.folder)
        asked.seen = look_at_seal(target, request(asked.folder, target, asked.audience, strict=asked.strict))
        if asked.seen is not None and asked.seen.unbroken:
            with suppress(ValueError):  # what was said can't be read: then it is found out anew
                return say_again(asked.seen, target, asked.folder, why=asked.why, quiet=asked.quiet)
    from builder.model.note import Audience
    from builder.pipeline.outputs import outputs_named
    from builder.pipeline.reading import Locks
    from builder.shell.build import ERRORS, WARNINGS_TOO, Order, build_site
    from builder.shell.locks import are_kept
    from builder.shell.once import build_once
    from builder.shell.progress import progress
    from builder.shell.telling import tell_of

    view = Audience(asked.audience) if asked.audience else None
    failing = WARNINGS_TOO if asked.strict else ERRORS
    locks = Locks.WRITTEN if not asked.locked and are_kept(os.environ) else Locks.LEFT
    with progress() as report:
        some = outputs_named(asked.only)
        order = Order(folder, output, view, failing, locks, asked.jobs, some, None if asked.quiet else report)
        outcome = build_site(order) if asked.only else build_once(order, asked.seen, clean=asked.clean)
    tell_of(outcome, folder, why=asked.why, quiet=asked.quiet)
    return FINE if outcome.published is not None else AUTHORS
