"""Pages to be made -> those that could be; and what the theme's templates were at fault with in all the others."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeVar

from builder.model.codes import diagnose
from builder.model.diagnostic import FaultError
from builder.render.bounds import TooMuchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from builder.model.diagnostic import Diagnostic, Place

Made = TypeVar("Made")


class Attempts:
    """Makes pages, each whatever became of those before.

    Once a template took more than it may, nothing is made any more: each page would take as much.
    """

    def __init__(self) -> None:
        self._ended: FaultError | None = None

    def each(
        self, pages: Iterable[Callable[[], Made]], told: list[Diagnostic], source: Place | None = None
    ) -> Iterator[Made]:
        """What comes of each; what templates are at fault with goes into `told`. FaultError where nothing is made.

        `source` is where their author says what they are to show, and is told where that is too much.
        """
        for make in pages:
            if self._ended is not None:
                raise self._ended
            try:
                made = make()
            except FaultError as fault:
                told.extend(_blamed(fault, source))
                if isinstance(fault.__cause__, (TooMuchError, MemoryError)):
                    self._ended = FaultError(tuple(told))
            else:
                yield made


def _blamed(fault: FaultError, source: Place | None) -> tuple[Diagnostic, ...]:
    cause = fault.__cause__
    if source is None or not isinstance(cause, TooMuchError) or not cause.content:
        return fault.told
    message = f"a page of this would show {cause.content:,} letters, more than the theme can set"
    return (diagnose("G108", source, message, "part it into several editions"),)


def require_faultless(told: Iterable[Diagnostic]) -> None:
    """FaultError with what was told, each once, where anything was."""
    if found := tuple(dict.fromkeys(told)):
        raise FaultError(found)


def faults_of(pages: Iterable[object]) -> tuple[Diagnostic, ...]:
    """What templates are at fault with, where pages that are being made come to a FaultError."""
    try:
        deque(pages, maxlen=0)
    except FaultError as fault:
        return fault.told
    return ()
