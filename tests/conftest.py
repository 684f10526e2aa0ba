"""What every test may use: `--regold` renews the golden folders instead of comparing with them.

Where GLOSSATOR_ALL_TESTS is set (as in CI) slow tests run too, and a test that skips itself has failed: a browser or a
Java that a newcomer lacks must be there.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

# How long a case takes says more of what else the machine does than of us; what is slow has tests of its own.
settings.register_profile("glossator", deadline=None)
settings.load_profile("glossator")

ALL_TESTS = bool(os.environ.get("GLOSSATOR_ALL_TESTS"))

ROOM, GATE = Path(__file__), Path(__file__).parents[1] / "pyproject.toml"

JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
"""How to start a checker that runs for seconds: to make its code faster still takes longer than it has to run."""

TURNS = 0.25
"""CPU seconds that an ordinary computer needs for ten million turns of a loop."""


def slowness() -> float:
    """How much slower than an ordinary computer with nothing else to do this one is now; 1 where it isn't."""
    start = time.process_time()
    for _ in range(10_000_000):
        pass
    return max(1.0, (time.process_time() - start) / TURNS)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="write what is made now as what is expected")


@pytest.fixture
def regold(request: pytest.FixtureRequest) -> bool:
    """Whether golden folders are to be renewed."""
    return bool(request.config.getoption("--regold"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if ALL_TESTS or "slow" in str(config.getoption("-m")):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow: set GLOSSATOR_ALL_TESTS=1, or ask with -m slow"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A test that is `timed` runs alone: with another beside it a figure says as much of that."""
    if not hasattr(item.config, "workerinput") or os.name == "nt":
        return (yield)
    with _among(alone=item.get_closest_marker("timed") is not None):
        return (yield)


@contextmanager
def _among(*, alone: bool) -> Iterator[None]:
    """Within it no test runs beside one that is alone. At the gate each waits for its turn, so that none waits long.

    Gate and room are two files that are there, of which nothing is read: their locks end with the process.
    """
    import fcntl

    with ROOM.open("rb") as room:
        with GATE.open("rb") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if ALL_TESTS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped where every test must run: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if ALL_TESTS and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped where every test must run: {report.longrepr}"
    return report


def needed(path: Path) -> None:
    """Skip the test where a file that `make test` installs isn't there (npm is missing on a newcomer's machine)."""
    if not path.exists():
        pytest.skip(f"{path.name} isn't installed: make test does it where npm is there")
