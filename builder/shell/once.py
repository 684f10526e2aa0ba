"""A build of its own, between an earlier one and a later: with what that remembered, and remembering for this."""

from __future__ import annotations

import os
from contextlib import suppress

from builder.shell.build import NOTHING, WARNINGS_TOO, Order, Outcome, beside, build_site
from builder.shell.manifest import MARKER
from builder.shell.memory import recall, remember
from builder.shell.said import written_down
from builder.shell.seal import now, program, request, seal, tree, unseal
from builder.shell.themes import places


def build_once(order: Order, *, clean: bool = False) -> Outcome:
    """Build the site with what the last build remembered, and remember what this one came to.

    `clean`: what the last one remembered is passed over. That nothing can be remembered (a disk that is full) is no
    fault of the site's: the next build makes all anew.
    """
    asked = asked_of(order)
    start = now()
    output = os.fspath(order.output if order.output is not None else beside(order.root))
    outcome = build_site(order, NOTHING if clean else recall(output, asked))
    if outcome.published is not None:
        with suppress(OSError):
            unseal(output)
            remember(output, asked, outcome.left)
            _seal(order, outcome, asked, start)
    return outcome


def asked_of(order: Order) -> str:
    """What a build is asked for, as one line."""
    output = order.output if order.output is not None else beside(order.root)
    audience = order.audience.value if order.audience is not None else ""
    return request(os.fspath(order.root), os.fspath(output), audience, strict=order.failing == WARNINGS_TOO)


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
