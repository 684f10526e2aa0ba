"""A theme's handout.typ reads what it is given, and fetches nothing: neither from the network nor from the machine."""

from __future__ import annotations

import socket
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
