"""A build of its own, between an earlier one and a later: with what that remembered, and remembering for this."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from builder.shell.build import NOTHING, Order, Outcome, beside, build_site
from builder.shell.manifest import MARKER
from builder.shell.memory import recall, remember
from builder.shell.said import written_down
from builder.shell.seal import now, program, seal, tree, unseal
from builder.shell.themes import places

if TYPE_CHECKING:
    from builder.shell.build import Left


def build_once(order: Order, asked: str, *, clean: bool = False) -> Outcome:
    """Build the site with what the last build remembered, and remember what this one came to.

    `asked` is the request as one line, by which a build knows what an earlier one was asked for; `clean`: what that
    remembered is passed over. That nothing can be remembered (a disk that is full) is no fault of the site's: the next
    build makes all anew.
    """
    start = now()
    output = os.fspath(order.output if order.output is not None else beside(order.root))
    outcome = build_site(order, NOTHING if clean else recall(output, asked))
    if outcome.published is not None:
        with suppress(OSError):
            unseal(output)
            remember(output, asked, outcome.left)
            _seal(order, outcome, asked, start)
    return outcome


def keep_for_later(order: Order, asked: str, left: Left) -> None:
    """Remember what the last of many builds left, for a later run of the program."""
    output = os.fspath(order.output if order.output is not None else beside(order.root))
    with suppress(OSError):
        unseal(output)
        remember(output, asked, left)


def _seal(order: Order, outcome: Outcome, asked: str, start: int) -> None:
    """Seal what was read and written, so that the next build sees at once whether there is anything to do."""
    assert outcome.published is not None
    top, output = os.path.realpath(order.root), os.path.realpath(outcome.output)
    inputs = [*tree(top, (output,)), *program()]
    for folder in places(order.root):
        inputs.extend(tree(os.path.realpath(folder)))
    files = (*outcome.published.written, *outcome.published.unchanged)
    folders = {path.rpartition("/")[0] for path in files}
    written = [os.path.join(output, path) for path in (MARKER, *sorted(folders), *files)]
    told = written_down(outcome.told) if outcome.told else ""
    seal(output, asked, written, inputs, told=told, files=len(files), start=start)
