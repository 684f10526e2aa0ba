"""A theme's handout.typ reads what it is given, and fetches nothing: neither from the network nor from the machine."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

import pytest

from builder.model.handout import SettingError
from builder.shell.press import Typesetter

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "words", ['#import "@preview/x:1.0.0"', '#import "@pre" + "view/x:1.0.0"', '#read("/etc/hostname")']
)
def test_nothing_is_fetched(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "typst" / "packages" / "preview" / "x" / "1.0.0"
    package.mkdir(parents=True)
    (package / "typst.toml").write_text('[package]\nname = "x"\nversion = "1.0.0"\nentrypoint = "x.typ"\n')
    (package / "x.typ").write_text("#let y = 1\n")
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
            monkeypatch.setenv(name, str(tmp_path))
        with Typesetter({"handout.typ": words.encode()}, tmp_path) as press, pytest.raises(SettingError):
            press.set({}, {})
        proxy.settimeout(0)
        with pytest.raises(BlockingIOError):
            proxy.accept()


def test_what_was_laid_out_goes_with_who_asked_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "passing"))
    (tmp_path / "passing").mkdir()
    press = Typesetter({"handout.typ": b"#set document(title: [Words])\nWords"}, tmp_path)
    assert press.set({}, {}).content.startswith(b"%PDF")
    assert press._process is not None
    assert press._process.stdin is not None
    assert press._process.stdout is not None
    press._process.stdin.close()  # as where he is killed
    press._process.stdout.close()
    press._process.wait(20)
    assert list((tmp_path / "passing").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process")
@pytest.mark.parametrize(
    "words",
    ["#for a in range(9999) { for b in range(9999) { for c in range(9999) {} } }", '#("x" * 90000000000).len()'],
)
def test_what_never_ends_is_ended(words: str, tmp_path: Path) -> None:
    """And who asks next gets another process."""
    files = {"handout.typ": b'#set document(title: [Words])\n#eval(json(bytes(sys.inputs.said)), mode: "markup")'}
    with Typesetter(files, tmp_path, seconds=1, room=1 << 30) as press:
        with pytest.raises(SettingError, match="takes too long, or grows too large"):
            press.set(words, {})  # type: ignore[arg-type]
        assert press.set("1", {}).content.startswith(b"%PDF")  # type: ignore[arg-type]
        (folder,) = {press._folder}
    assert not os.path.exists(folder)
