"""The edition in `content/` -> how long building it takes and how much memory it needs, as a table.

Measured from outside, as whole processes, side by side with a yardstick: see README.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
YARDSTICK = Path(__file__).with_name("yardstick.py")


@dataclass(frozen=True, slots=True)
class Cost:
    """One run: seconds on the clock, seconds of CPU (all processes), and the largest memory in bytes."""

    wall: float
    cpu: float
    memory: int


def measure(command: list[str]) -> Cost:
    """Run a command to its end. RuntimeError when it fails: a build that failed has no speed."""
    silent = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, silent, 1), (os.POSIX_SPAWN_DUP2, silent, 2)]
    # With PYTHONDONTWRITEBYTECODE every start would compile all our modules again.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, {**env, "PYTHONPATH": str(ROOT)}, file_actions=actions)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - start
    os.close(silent)
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"failed: {' '.join(command)}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def best(costs: Sequence[Cost]) -> Cost:
    """The least of each: whatever is above it is other people's work."""
    return Cost(min(one.wall for one in costs), min(one.cpu for one in costs), min(one.memory for one in costs))


def copies(folder: Path, number: int) -> int:
    """Lay out a site with so many copies of every edition. How many texts it has in all."""
    texts = 0
    folder.mkdir()
    for path in CONTENT.iterdir():
        settings = path / "edition.toml"
        if settings.is_file():
            texts += number * len(tomllib.loads(settings.read_text(encoding="utf-8")).get("text", ()))
            for copy in range(number):
                shutil.copytree(path, folder / f"{path.name}-{copy:04}")
        elif path.is_file():
            shutil.copy(path, folder)
        else:
            shutil.copytree(path, folder / path.name)
    return texts


def build(content: Path, output: Path) -> list[str]:
    """The command that builds a site."""
    return [sys.executable, "-m", "builder", "build", str(content), "--output", str(output), "--quiet"]


def rounds(repeat: int, *kinds: Callable[[], Cost]) -> list[Cost]:
    """The best of each kind, their runs taken in turn so that a busy minute hits them all."""
    runs = [[kind() for kind in kinds] for _ in range(repeat)]
    return [best(costs) for costs in zip(*runs, strict=True)]


def compare(work: Path, number: int, repeat: int) -> list[tuple[str, str]]:
    """The rows of the table."""
    one, many = work / "one", work / "many"
    fewer, more = copies(one, 1), copies(many, number)

    def cold(content: Path) -> Cost:
        output = work / "output" / content.name
        shutil.rmtree(output, ignore_errors=True)
        return measure(build(content, output))

    def again(content: Path) -> Cost:
        return measure(build(content, work / "output" / content.name))

    def yardstick(content: Path) -> Cost:
        return measure([sys.executable, str(YARDSTICK), str(content)])

    start, stick, first, second = rounds(
        repeat,
        lambda: measure([sys.executable, "-m", "builder", "--version"]),
        lambda: yardstick(one),
        lambda: cold(one),
        lambda: again(one),
    )
    stick_many, many_first, many_second = rounds(
        max(1, repeat // 2), lambda: yardstick(many), lambda: cold(many), lambda: again(many)
    )
    a_text = (many_first.cpu - first.cpu) / (more - fewer)
    a_stick = (stick_many.cpu - stick.cpu) / (more - fewer)
    return [
        ("start-up (--version)", row(start, stick)),
        ("yardstick, 1 edition", row(stick, stick)),
        ("cold, 1 edition", row(first, stick)),
        ("again, 1 edition", row(second, stick)),
        (f"yardstick, {number} editions", row(stick_many, stick_many)),
        (f"cold, {number} editions", row(many_first, stick_many)),
        (f"again, {number} editions", row(many_second, stick_many)),
        ("a text over start-up", f"{'':>9} {a_text * 1000:8.1f}  {'':>7} {a_text / a_stick:9.1f}"),
    ]


def row(cost: Cost, stick: Cost) -> str:
    """Milliseconds on the clock, milliseconds of CPU, megabytes, and how many yardsticks of CPU."""
    return f"{cost.wall * 1000:9.0f} {cost.cpu * 1000:8.0f}  {cost.memory / 1e6:7.0f} {cost.cpu / stick.cpu:9.1f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=200, help="how many copies of the edition make the large site")
    parser.add_argument("--repeat", type=int, default=5, help="how often the small builds are run")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        rows = compare(Path(work), asked.copies, asked.repeat)
    print(f"{'':26}{'wall ms':>9} {'CPU ms':>8}  {'peak MB':>7} {'× stick':>9}")
    for name, numbers in rows:
        print(f"{name:26}{numbers}")


if __name__ == "__main__":
    main()
