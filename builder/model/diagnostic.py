"""`Diagnostic` and `Place`: what is wrong, where, and how to mend it; and the exceptions that end a build."""

from __future__ import annotations

from enum import Enum

from builder.model.value import value_class


class Severity(Enum):
    """How much a diagnostic weighs. Information never fails a build, not even with `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@value_class(frozen=True, slots=True, order=True)
class Place:
    """A spot in an author's file: its path relative to the site's folder (POSIX), line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


UNREAD = "G106"
"""A file that is no UTF-8: what leads to its words is told too, and leads nowhere only for that."""

UNREADABLE = "\ufffd"
"""What stands for characters that couldn't be read."""


@value_class(frozen=True, slots=True)
class Diagnostic:
    """One slip. `message` says what was found; `hint` the likely repair ("" where none is known)."""

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str = ""

    def sort_key(self) -> tuple[bool, str, int, int, str, str, str]:
        """The order in which diagnostics are told: by place, then code; first what others follow from."""
        place = self.place
        return (self.code != UNREAD, place.path, place.line, place.column, self.code, self.message, self.hint)

    @property
    def remark(self) -> str:
        """It as one line, "" for what is more than a remark."""
        return f"{self.place}: {self.code} {self.message}" if self.severity is Severity.INFORMATION else ""


@value_class(frozen=True, slots=True)
class Remarks:
    """What only `check` tells, of what stays as it was: each as one line, by which it is counted."""

    lines: tuple[str, ...]


class GlossatorError(Exception):
    """The build can't go on; says whose fault it is."""


class SiteError(GlossatorError):
    """The author can mend it (exit status 1)."""


class FaultError(SiteError):
    """Something that the site is made with (a template of its theme) is at fault: `told` says what, and where."""

    def __init__(self, told: tuple[Diagnostic, ...]) -> None:
        super().__init__(told)
        self.told = told

    def __str__(self) -> str:
        return "; ".join(f"{one.place}: {one.code} {one.message}" for one in self.told)


class MachineError(GlossatorError):
    """The machine is at fault: disk, port, permission (exit status 2)."""


class RefusedError(MachineError):
    """The system doesn't let us read several things: `each` says of one which it is, and what would help."""

    def __init__(self, each: tuple[str, ...]) -> None:
        super().__init__(each)
        self.each = each

    def __str__(self) -> str:
        return "; ".join(self.each)
