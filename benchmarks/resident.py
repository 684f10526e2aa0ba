"""A trial whose system stays -> milliseconds from saving a source until the page shows it: on disk, or in a browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks import measure
from benchmarks.rows import Row
from benchmarks.trial import shows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.trial import Edit, Trial

UNSEEN = 120.0
"""Seconds after which an edit counts as never seen."""
ENOUGH = 75.0
"""Seconds after which no further edit is begun, when there were three."""
LOOK = 0.001
"""Seconds between two looks at a page."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SHOWN = """word => new Promise(seen => {
  const look = () => document.body.textContent.includes(word)
    ? requestAnimationFrame(() => seen(Date.now()))
    : requestAnimationFrame(look);
  look();
})"""
"""When a word is in the page and a frame with it is on its way: the browser's clock is the machine's."""


def watch(trial: Trial, edits: int) -> Row:
    """Save → bytes on disk (for systems that write none: on the wire), words and notes by turns."""
    trial.ensure_built()
    port = _free_port()
    delays: list[float | None] = []
    figures: dict[str, float] = {}
    with staying(trial, trial.system.stays, port) as process:
        _wait_for_page(trial, port)
        measure.settle(process.pid, 1.0, limit=UNSEEN * 4)
        begun = time.perf_counter()
        for which in range(edits):
            if process.poll() is not None or delays[-2:] == [None, None]:
                break
            if which >= 3 and time.perf_counter() - begun > ENOUGH:
                break
            delays.append(_seen(trial, which, port))
            figures["MB"] = max(figures.get("MB", 0.0), sum(map(measure.memory, measure.tree(process.pid))))
            measure.settle(process.pid, 0.4, limit=UNSEEN)
            time.sleep(0.1 + 0.6 * (which * 0.618 % 1))  # spread over the period of those who look now and then
    wrong = "" if delays else "it ended"
    name, load = trial.system.name, os.getloadavg()[0]
    return Row(name, trial.number, "watch", delays=tuple(delays), figures=figures, load=load, wrong=wrong)


def pixels(trial: Trial, edits: int) -> Row:
    """Save → the new word in a frame of Chromium, in a page that `serve` shows. FileNotFoundError without Chromium."""
    chromium = os.environ.get("CHROMIUM") or next((path for path in map(shutil.which, CHROMIUM) if path), None)
    if chromium is None:
        raise FileNotFoundError("no Chromium here")
    from playwright.sync_api import sync_playwright

    trial.ensure_built()
    delays: list[float | None] = []
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command = (trial.system.build[0], "serve", "--port", "{port}")
    port = _free_port()
    with (
        staying(trial, command, port) as process,
        sync_playwright() as running,
        running.chromium.launch(executable_path=chromium, args=options) as browser,
    ):
        measure.settle(process.pid, 1.0, limit=UNSEEN * 4)
        page = browser.new_page()
        page.set_default_timeout(UNSEEN * 1000)
        begun = time.perf_counter()
        for which in range(edits):
            if which >= 3 and time.perf_counter() - begun > ENOUGH:
                break
            text = trial.text(which * 3 + 2)
            page.goto(f"http://localhost:{port}/{text}/", wait_until="load")
            page.wait_for_timeout(700)  # until the page listens and the machine is quiet
            edit = _edit(trial, which)
            delays.append(page.evaluate(SHOWN, edit.word) - edit.saved * 1000)
            measure.settle(process.pid, 0.4, limit=UNSEEN)
    return Row(trial.system.name, trial.number, "pixels", delays=tuple(delays), load=os.getloadavg()[0])


@contextmanager
def staying(trial: Trial, command: tuple[str, ...], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The command, at work in the folder of the trial until the block ends; nothing that it started survives it."""
    with trial.said.open("ab") as said:
        process = subprocess.Popen(
            [part.format(port=port) for part in command],
            cwd=trial.folder,
            env=measure.environment(trial.further),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, sign)
                process.wait(5)
            except (subprocess.TimeoutExpired, ProcessLookupError):
                continue


def _edit(trial: Trial, which: int) -> Edit:
    return (trial.edit_note if which % 2 else trial.edit_word)(which * 3 + 2)


def _seen(trial: Trial, which: int, port: int) -> float | None:
    """Milliseconds until an edit is there; None when it doesn't come."""
    edit = _edit(trial, which)
    address = trial.system.address.format(id=trial.text(which * 3 + 2), port=port)
    while time.time() < edit.saved + UNSEEN:
        if edit.word in _fetched(address) if address else shows(edit):
            return (time.time() - edit.saved) * 1000
        time.sleep(LOOK)
    return None


def _wait_for_page(trial: Trial, port: int) -> None:
    """Until a page is there: at once where it was built before, on the wire when the server answers."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < UNSEEN * 4:
        text = trial.text(0)
        if trial.system.address:
            if "</html>" in _fetched(trial.system.address.format(id=text, port=port)):
                return
        elif trial.page(text).exists():
            return
        time.sleep(0.05)


def _fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            content: bytes = answer.read()
            return content.decode("utf-8", "replace")
    except OSError:
        return ""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
