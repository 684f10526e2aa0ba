"""A site's folder -> what in it is in doubt, one by one; each answer is written at once, and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from builder.model.diagnostic import SiteError
from builder.model.note import Audience
from builder.model.value import value_class
from builder.model.view import View
from builder.pipeline.mending import Mend, mended
from builder.pipeline.reading import Reading
from builder.pipeline.reviewing import doubt, doubtful
from builder.pipeline.sought import Stacks
from builder.shell.opening import outline_of
from builder.shell.read import read_contents
from builder.shell.rewriting import put, revised, undone
from builder.shell.sources import ChangedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from builder.model.lock import Remembered
    from builder.model.note import Selector
    from builder.model.prose import Span
    from builder.model.site import Folder
    from builder.model.view import Anchored
    from builder.parse.site import Outline
    from builder.pipeline.reviewing import Doubt, Option
    from builder.pipeline.sought import Key, Sought
    from builder.shell.read import Contents
    from builder.shell.rewriting import Revision


class Verdict(Enum):
    """What an author says of a selector without writing its heading anew."""

    STANDS = "stands"
    """It stands where it is found now."""
    LOST = "lost"
    """Its passage is gone."""


@value_class(frozen=True, slots=True)
class Settlement:
    """A verdict on one selector, as a ledger keeps it."""

    edition: str
    key: Key
    verdict: Verdict
    span: Span | None


class Ledger(Protocol):
    """Where verdicts are kept from one review to the next; that of a heading written anew too: it stands there."""

    lasting: bool
    """Whether they outlive this run."""
    refused: list[str]
    """Why some of them couldn't be kept, a line each."""

    def settle(self, settlement: Settlement) -> None:
        """Write a verdict down, at once."""

    def withdraw(self, settlement: Settlement) -> None:
        """Take the last one back, once its file is as it was again."""


@value_class(frozen=True, slots=True)
class Step:
    """One answer, as far as it must be known to take it back. Neither: it was skipped."""

    edition: str
    key: Key
    settlement: Settlement | None = None
    revisions: tuple[Revision, ...] = ()


@dataclass(slots=True)
class Tally:
    """How many answers of each sort were given."""

    rewritten: int = 0
    settled: int = 0
    skipped: int = 0


@dataclass(slots=True)
class Review:
    """What is in doubt in one site. Read again after each answer that changes a file, edition by edition."""

    root: Path
    ledger: Ledger
    edition: str = ""
    """The one under review."""
    _contents: Contents | None = None
    _outline: Outline | None = None
    _anchored: dict[str, Anchored] = field(default_factory=dict)
    _stacks: dict[str, Stacks] = field(default_factory=dict)
    _memories: dict[str, Mapping[Key, Remembered]] = field(default_factory=dict)
    _left: dict[str, list[Sought]] = field(default_factory=dict)
    _asked: Doubt | None = None
    _answered: set[tuple[str, Key]] = field(default_factory=set)
    _steps: list[Step] = field(default_factory=list)

    def open(self) -> None:
        """Read the site. SiteError where there is none that could be read."""
        self._contents = read_contents(self.root)
        self._outline = outline_of(self._contents.folder)
        for settings in self._outline.editions:
            self._read(settings.id)

    def next(self) -> Doubt | None:
        """The first that isn't answered yet, the same one until it is or its file changes; None at the end."""
        for edition, left in self._left.items():
            one = next((one for one in left if (edition, one.key) not in self._answered), None)
            if one is None:
                continue
            if self._asked is None or (self.edition, self._asked.sought) != (edition, one):
                self.edition = edition
                self._asked = doubt(one, self._stacks[edition], self._memories[edition].get(one.key))
            return self._asked
        return None

    @property
    def count(self) -> int:
        """How many are not answered yet."""
        return sum((edition, one.key) not in self._answered for edition, left in self._left.items() for one in left)

    @property
    def answered(self) -> int:
        """How many answers were given."""
        return len(self._steps)

    @property
    def tally(self) -> Tally:
        """What was answered so far."""
        tally = Tally()
        for step in self._steps:
            tally.rewritten += bool(step.revisions)
            tally.settled += step.settlement is not None and not step.revisions
            tally.skipped += step.settlement is None
        return tally

    def choose(self, asked: Doubt, option: Option) -> bool:
        """Let a selector mean one of its options. False where its heading can't be written so that it finds it.

        SiteError where its file changed meanwhile: then it is read again, and nothing was written.
        """
        if option.stands:
            self._settle(asked, Verdict.STANDS, option.span)
            return True
        mend = Mend(asked.sought, option.wanted, option.span, "chosen") if option.wanted is not None else None
        revisions = self._revisions(mend) if mend is not None else ()
        if mend is None or not revisions:
            return False
        self._put(revisions)
        self._settle(asked, Verdict.STANDS, option.span, mend.wanted, revisions)
        return True

    def mark_lost(self, asked: Doubt) -> None:
        """Its passage is gone, and its author knows."""
        self._settle(asked, Verdict.LOST, None)

    def skip(self, asked: Doubt) -> None:
        """Leave it for another time."""
        self._done(Step(self.edition, asked.sought.key))

    def undo(self) -> bool:
        """Take the last answer back. False where there is none; SiteError where its file changed meanwhile."""
        if not self._steps:
            return False
        step = self._steps.pop()
        self._answered.discard((step.edition, step.key))
        if step.settlement is not None:
            self.edition = step.edition
            try:
                for revision in step.revisions:
                    put(undone(revision))
                self.ledger.withdraw(step.settlement)
            finally:
                self._reread()  # what is remembered of it, too, is as it was before the answer
        return True

    def _settle(
        self,
        asked: Doubt,
        verdict: Verdict,
        span: Span | None,
        wanted: Selector | None = None,
        revisions: tuple[Revision, ...] = (),
    ) -> None:
        key = asked.sought.key if wanted is None else asked.sought.key_of(wanted)
        settlement = Settlement(self.edition, key, verdict, span)
        self.ledger.settle(settlement)
        self._done(Step(self.edition, asked.sought.key, settlement, revisions))

    def _done(self, step: Step) -> None:
        self._steps.append(step)
        self._answered.add((step.edition, step.key))

    def _put(self, revisions: tuple[Revision, ...]) -> None:
        try:
            for revision in revisions:
                put(revision)
        finally:
            self._reread()

    def _revisions(self, mend: Mend) -> tuple[Revision, ...]:
        assert self._contents is not None
        folder = self._contents.folder
        try:
            made = mended(folder, self._anchored[self.edition], [mend], self._again)
            if not made.done:
                return ()
            return tuple(
                revised(
                    self.root, folder.sources[file.path], file, [one for path, one in mend.changes if path == file.path]
                )
                for file in made.files
            )
        except (SiteError, ChangedError) as fault:
            self._reread()
            raise SiteError(str(fault)) from fault

    def _reread(self) -> None:
        assert self._contents is not None
        self._contents = read_contents(self.root, self._contents.seen)
        self._read(self.edition)

    def _read(self, edition: str) -> None:
        assert self._contents is not None
        self._asked = None
        reading = self._reading(self._contents.folder)
        anchored = reading.anchored(edition)[0]
        if anchored is None:
            self._left.pop(edition, None)
            return
        stacks = Stacks(anchored.edition)
        self._anchored[edition], self._stacks[edition] = anchored, stacks
        self._memories[edition] = reading.memories(edition)
        self._left[edition] = list(doubtful(anchored, stacks))

    def _again(self, folder: Folder) -> Anchored | None:
        return self._reading(folder).anchored(self.edition)[0]

    def _reading(self, folder: Folder) -> Reading:
        assert self._outline is not None
        return Reading(folder, self._outline, View(audience=Audience.TEACHER))
