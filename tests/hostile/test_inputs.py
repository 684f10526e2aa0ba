"""Every hostile input once: it builds, or it is told where and what is wrong; in time, in bounds, and nothing else.

A case of `cases/*.toml` is a site with files of its own; what is told of it stands in the `.told` file beside, which
`--regold` renews. Whatever comes, the last good output stays whole where nothing new is published, and nothing is
written but the output, what is remembered beside it, and the lock.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.hostile.trying import DEFAULTS, MEGABYTES, SECONDS, put, tree

if TYPE_CHECKING:
    from tests.hostile.trying import Tried, Trying

HERE = Path(__file__).parent / "cases"
SHOWN = 40
"""Messages of a case that are kept; of more it is kept how many there are."""


def _cases() -> list[Any]:
    found = []
    for path in sorted(HERE.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.slow] if case.get("slow") else []
            found.append(pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}", marks=marks))
    return found


def is_bounded(tried: Tried) -> None:
    """A command ended as one may end."""
    assert tried.status in (0, 1), f"{tried.status}\n{tried.err[-3000:]}"
    assert "Traceback" not in tried.err, tried.err[-3000:]
    assert tried.seconds < SECONDS
    assert tried.megabytes < MEGABYTES


def outcome(tried: Tried) -> str:
    """What is kept of a case: not what is said of the quality of what was built (G6)."""
    told = [one for one in tried.told if ": G6" not in one]
    more = [f"and {len(told) - SHOWN} more"] if len(told) > SHOWN else []
    return "\n".join([f"exit {tried.status}", *told[:SHOWN], *more])


@pytest.mark.parametrize(("kind", "case"), _cases())
def test_each_input(kind: str, case: dict[str, Any], trying: Trying, good: Path, tmp_path: Path, regold: bool) -> None:
    put(tmp_path / "site", DEFAULTS | case.get("files", {}))
    shutil.copytree(good / "out", tmp_path / "out")
    before, output = tree(tmp_path / "site"), tree(tmp_path / "out")
    tried = trying(tmp_path, "build", "site", "--output", "out")
    is_bounded(tried)
    if tried.status:
        assert tried.told
        assert tree(tmp_path / "out") == output
    else:
        assert (tmp_path / "out" / "fox" / "index.html").is_file()
    after = {path: what for path, what in tree(tmp_path / "site").items() if path != "fox/anchors.lock"}
    assert after == {path: what for path, what in before.items() if path != "fox/anchors.lock"}
    beside = {path.name for path in tmp_path.iterdir() if not path.name.startswith(".out.glossator-")}
    assert beside == {"site", "out"}
    _compare(HERE / f"{kind}.told", case["name"], outcome(tried), regold)


def _compare(path: Path, name: str, told: str, regold: bool) -> None:
    kept = dict(_read(path))
    if regold:
        kept[name] = told
        path.write_text("".join(f"# {one}\n{said}\n\n" for one, said in sorted(kept.items())), encoding="utf-8")
    assert told == kept.get(name)


def _read(path: Path) -> list[tuple[str, str]]:
    if not path.is_file():
        return []
    parts = path.read_text(encoding="utf-8").split("# ")[1:]
    return [(part.split("\n", 1)[0], part.split("\n", 1)[1].strip()) for part in parts]
