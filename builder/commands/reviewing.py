"""`glossator review`: goes through what stands in doubt, one question and one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.commands.arguments import FOLDER
from builder.commands.ending import FINE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from builder.pipeline.reviewing import Doubt
    from builder.shell.asking import Screen
    from builder.shell.reviewing import Review, Tally


@click.command("review")
@FOLDER
def command(folder: Path) -> int:
    """Settle one by one what stands in doubt: moved, reworded, ambiguous, lost."""
    import sys

    from builder.shell.asking import Screen, keys
    from builder.shell.ledger import LockLedger
    from builder.shell.reviewing import Review
    from builder.shell.terminal import say
    from builder.shell.whence import prefix_of

    review = Review(folder, LockLedger(folder))
    review.open()
    if not review.count:
        say("nothing is in doubt")
        return FINE
    if not sys.stdin.isatty():
        say("no terminal: keys are read from standard input, one a line")
    prefix = prefix_of(folder)
    _converse(review, Screen(), keys(), f"{prefix}/" if prefix else "")
    say(_outcome(review.tally, review.count))
    if review.tally.settled and not review.ledger.lasting:
        say("what was accepted as it stands or marked as lost isn't kept where CI is set: it will be asked again")
    for line in dict.fromkeys(review.ledger.refused):
        say(line)
    return FINE


def _converse(review: Review, screen: Screen, key: Callable[[], str], prefix: str) -> None:
    """Ask until somebody leaves. After the last question the last answer can still be taken back."""
    from builder.model.diagnostic import SiteError

    shown: Doubt | None = None
    while True:
        doubt = review.next()
        if doubt is None:
            screen.say("\nthat was all; u undo, any other key: leave", "dim")
        elif doubt is not shown:
            number, total = review.answered + 1, review.answered + review.count
            screen.ask(doubt, number=number, total=total, place=f"{prefix}{doubt.sought.selector.place}")
            screen.say("a accept, 1-9 choose, l lost, s skip, u undo, q leave, ? help", "dim")
            shown = doubt
        pressed = key()
        if pressed == "q" or (doubt is None and pressed != "u"):
            return
        try:
            said = _answer(review, doubt, pressed)
        except SiteError as fault:
            shown, said = None, str(fault)
        if said:
            screen.say(said)
        else:
            shown = None


def _answer(review: Review, doubt: Doubt | None, pressed: str) -> str:
    """Do what a key says. What is to be said of it, "" where the next question says enough."""
    from builder.shell.asking import HELP

    if pressed == "u":
        return "" if review.undo() else "nothing to undo"
    if pressed == "?" or doubt is None:
        return HELP
    if pressed == "l":
        review.mark_lost(doubt)
    elif pressed == "s":
        review.skip(doubt)
    elif pressed == "a" or (pressed.isascii() and pressed.isdigit() and pressed != "0"):
        return _choice(review, doubt, pressed)
    else:
        return "this key means nothing here; ? tells which do"
    return ""


def _choice(review: Review, doubt: Doubt, pressed: str) -> str:
    if not doubt.options:
        return "there is nothing to choose; l marks it as lost, s skips it"
    if pressed == "a" and len(doubt.options) > 1:
        return f"which of them? 1 to {len(doubt.options)}"
    index = 0 if pressed == "a" else int(pressed) - 1
    if index >= len(doubt.options):
        return f"there is no {pressed}; choose 1 to {len(doubt.options)}"
    if review.choose(doubt, doubt.options[index]):
        return ""
    return "no heading of this sort can say that; quote more words there by hand, or skip it"


def _outcome(tally: Tally, left: int) -> str:
    """How it ended: `2 rewritten, 1 settled, 1 skipped, 3 left`."""
    counts = (
        (tally.rewritten, "rewritten"),
        (tally.settled, "settled"),
        (tally.skipped, "skipped"),
        (left, "left"),
    )
    return ", ".join(f"{count} {what}" for count, what in counts if count) or "nothing answered"
