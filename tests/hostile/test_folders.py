"""Folders that hold what no folder of texts should: told all at once, and nothing of it read or followed."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from tests.hostile.test_inputs import is_bounded
from tests.hostile.trying import COMMANDS, DEFAULTS, filled, put, tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.trying import Trying

HALF = "\udcff\udc80"
"""Two bytes that are no UTF-8, as Python writes them in a name."""

ODD = {
    "fox/pipe.md": {"special": "fifo"},
    "fox/pipe.png": {"special": "fifo"},
    "fox/socket.md": {"special": "socket"},
    "fox/folder.md": {"special": "folder"},
    "fox/secret.md": {"link": "../../outside/secret.md"},
    "fox/absolute.md": {"link": "/etc/hostname"},
    "fox/images": {"link": "../../outside"},
    "fox/nowhere.md": {"link": "nowhere-at-all.md"},
    "fox/round.md": {"link": "round.md"},
    "again": {"link": "."},
    "fox/null.md": {"link": "/dev/null"},
    "fox/with space.md": "Words.\n",
    "fox/C:\\x.md": "Words.\n",
    "fox/-rf.md": "Words.\n",
    "fox/...md": "Words.\n",
    "fox/li\nne.md": "Words.\n",
    "fox/\u202egnp.md": "Words.\n",
    f"fox/{HALF}.md": "Words.\n",
    f"fox/{HALF}.png": "x",
    "fox/%2e%2e%2fx.md": "Words.\n",
    "fox/<b>&\"'.md": "Words.\n",
    f"fox/{'n' * 250}.md": "Words.\n",
    f"{'deep/' * 200}edition.toml": 'title = "Deep"\n',
    "The Fox/edition.toml": 'title = "Capitals"\n[[text]]\nfile = "a.md"\n',
    "The Fox/a.md": "Words.\n",
    f"x{HALF}/edition.toml": 'title = "Half"\n[[text]]\nfile = "a.md"\n',
    f"x{HALF}/a.md": "Words.\n",
    "assets/edition.toml": 'title = "Taken"\n[[text]]\nfile = "a.md"\n',
    "assets/a.md": "Words.\n",
}


def odd(folder: Path) -> None:
    """A site with all of them, and what must not be read beside it."""
    put(folder / "outside", {"secret.md": "The secret words.\n", "x.png": "secret"})
    put(folder / "site", {**DEFAULTS, "fox/fable.md": "A fox on a trellis.\n\n![x](images/x.png)\n", **ODD})


@pytest.mark.parametrize(
    "command", [["build", "--output", "out"], ["check"], ["check", "--format", "json"], ["anchors"]], ids=" ".join
)
def test_everything_is_told_in_one_run(command: list[str], trying: Trying, tmp_path: Path) -> None:
    odd(tmp_path)
    before = tree(tmp_path)
    tried = trying(tmp_path, command[0], "site", *command[1:])
    is_bounded(tried)
    assert tried.status == 1
    assert tree(tmp_path) == before
    said = tried.err + tried.out
    assert "secret words" not in said
    if command != ["anchors"]:
        for name in (
            "pipe.md",
            "pipe.png",
            "socket.md",
            "secret.md",
            "absolute.md",
            "images",
            "nowhere.md",
            "round.md",
            "null.md",
        ):
            assert f"site/fox/{name}" in said, name
        for name in ("with space.md", "-rf.md", "again", "The Fox", "assets"):
            assert name in said, name
        assert "G109" in said
        assert "G110" in said
        assert said.isprintable() or all(char == "\n" or char.isprintable() or ord(char) > 0xA0 for char in said)


def test_a_device_is_not_read(trying: Trying, tmp_path: Path) -> None:
    put(tmp_path / "site", DEFAULTS)
    try:
        os.mknod(tmp_path / "site" / "fox" / "zero.md", 0o644 | stat.S_IFCHR, os.makedev(1, 5))
    except OSError:
        pytest.skip("only root may make a device")
    tried = trying(tmp_path, "build", "site", "--output", "out")
    is_bounded(tried)
    assert tried.told == ["site/fox/zero.md:1:1: G109"]


@pytest.mark.parametrize("depth", [300, 900])
def test_folders_as_deep_as_the_system_allows(depth: int, trying: Trying, tmp_path: Path) -> None:
    put(tmp_path / "site", DEFAULTS)
    here = os.open(tmp_path / "site", os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("deeper", dir_fd=here)
        inner = os.open("deeper", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("a.md", os.O_WRONLY | os.O_CREAT, dir_fd=here))
    os.close(here)
    tried = trying(tmp_path, "build", "site", "--output", "out")
    assert tried.status == (2 if depth > 500 else 0)
    assert "Traceback" not in tried.err
    assert len(tried.err) < 20_000


OUTPUTS = [filled(name) for name in COMMANDS["outputs"]]


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda name: name[:20] or "empty")
def test_an_output_that_is_none(output: str, trying: Trying, tmp_path: Path) -> None:
    put(tmp_path / "project" / "site", DEFAULTS)
    put(
        tmp_path / "project",
        {
            "taken": "a file",
            "pipe": {"special": "fifo"},
            "full/mine.txt": "mine",
            "leads-to-site": {"link": "site"},
            "leads-nowhere": {"link": "../elsewhere/x"},
            "leads-to-full": {"link": "full"},
        },
    )
    before = tree(tmp_path)
    tried = trying(tmp_path / "project", "build", "site", "--output", output)
    assert tried.status in (0, 1, 2), tried.err
    assert "Traceback" not in tried.err
    assert tried.err.strip()
    after = tree(tmp_path)
    if tried.status:
        assert after == before
        assert tried.err.startswith("glossator: ")
    else:
        assert output in {"~", "leads-nowhere", "out/../site/fox/new"}  # odd, and what was asked for
        assert {path: after.get(path) for path in before} == before
