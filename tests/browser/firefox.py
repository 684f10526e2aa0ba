"""A page on the disk -> the page open in Firefox, spoken to over WebDriver BiDi, its complaints collected."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.reader import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from websockets.sync.client import ClientConnection

NAMES = ("firefox", "firefox-esr")
ESCAPE = "\ue00c"
"""A key that types no letter, as WebDriver names it."""

PREFERENCES = {
    "app.normandy.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "services.settings.server": "data:,#",
    "toolkit.telemetry.enabled": False,
    "ui.allPointerCapabilities": 6,
    "ui.primaryPointerCapabilities": 6,
}
"""So that it asks nobody for anything while pages are read; and that there is a mouse, as on a desk."""

REFUSALS = "() => document.addEventListener('securitypolicyviolation', e => console.error('refused: ' + e.blockedURI))"
"""Before any script of a page: what its policy refuses is said where its other complaints are."""


def program() -> str:
    """The path of Firefox; the test is skipped where there is none."""
    found = os.environ.get("FIREFOX") or next((path for path in map(shutil.which, NAMES) if path), "")
    if not found:
        pytest.skip("no Firefox here: install one, or say where it is in FIREFOX")
    return found


@contextmanager
def running(profile: Path) -> Iterator[ClientConnection]:
    """Firefox without a window, with an empty profile; ends when it is no longer needed."""
    client = pytest.importorskip("websockets.sync.client")
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines))
    command = [program(), "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with (profile / "said.txt").open("w") as said:
        started = subprocess.Popen([*command, "about:blank"], stdout=said, stderr=said, env=_alone(profile))
    try:
        with client.connect(f"{_address(profile)}/session", max_size=None, compression=None) as socket:
            yield socket
    finally:
        started.terminate()
        started.wait()


def _alone(profile: Path) -> dict[str, str]:
    """The environment, but with a home of its own: Firefox refuses that of somebody else."""
    return {**os.environ, "HOME": str(profile)}


def _address(profile: Path) -> str:
    """Where it listens, which it writes into its profile as soon as it does."""
    told, end = profile / "WebDriverBiDiServer.json", time.monotonic() + 2 * PATIENCE
    while time.monotonic() < end:
        with suppress(FileNotFoundError, json.JSONDecodeError):
            at = json.loads(told.read_text())
            return f"ws://{at['ws_host']}:{at['ws_port']}"
        time.sleep(0.02)
    raise AssertionError(f"Firefox never listened: {(profile / 'said.txt').read_text()}")


class Firefox:
    """A session with it, in which pages are opened one after the other."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._sent = 0
        self.told: list[dict[str, Any]] = []
        """What it told of itself since the last page was opened: each event with its `method` and `params`."""
        self.order("session.new", capabilities={})
        self.order("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self.order("script.addPreloadScript", functionDeclaration=REFUSALS)

    def order(self, method: str, **given: Any) -> dict[str, Any]:
        """The result of a command; one that failed fails the test."""
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": given}))
        while True:
            came = json.loads(self._socket.recv(timeout=2 * PATIENCE))
            if came["type"] == "event":
                self.told.append(came)
            elif came["id"] == self._sent:
                assert came["type"] == "success", came
                result: dict[str, Any] = came["result"]
                return result

    @contextmanager
    def read(self, address: str, *, width: int = 1440) -> Iterator[Tab]:
        """A page in a tab that nobody has used before. Errors, warnings and requests to others fail the test."""
        self.told.clear()
        profile = self.order("browser.createUserContext")["userContext"]
        tab = Tab(self, self.order("browsingContext.create", type="tab", userContext=profile)["context"])
        tab.order("browsingContext.setViewport", viewport={"width": width, "height": 900})
        tab.order("browsingContext.navigate", url=address, wait="complete")
        yield tab
        complaints = self._complaints()
        self.order("browser.removeUserContext", userContext=profile)
        assert not complaints, complaints

    def _complaints(self) -> list[str]:
        entries = [one["params"] for one in self.told if one["method"] == "log.entryAdded"]
        asked = [one["params"]["request"]["url"] for one in self.told if "request" in one["params"]]
        said = [str(one["text"]) for one in entries if one["level"] in ("error", "warn")]
        return said + [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))]


class Tab:
    """A page open in it."""

    def __init__(self, firefox: Firefox, name: str) -> None:
        self._firefox = firefox
        self.name = name

    def order(self, method: str, **given: Any) -> dict[str, Any]:
        """The result of a command to this page."""
        return self._firefox.order(method, context=self.name, **given)

    def within(self) -> Tab:
        """The page in the only frame of this one."""
        contexts = self._firefox.order("browsingContext.getTree", root=self.name)["contexts"]
        return Tab(self._firefox, contexts[0]["children"][0]["context"])

    def ask(self, expression: str) -> Any:
        """What a piece of script comes to in the page, as JSON can say it."""
        asked = self._firefox.order(
            "script.evaluate",
            expression=f"JSON.stringify({expression})",
            target={"context": self.name},
            awaitPromise=False,
        )
        assert asked["type"] == "success", asked["exceptionDetails"]["text"]
        return json.loads(asked["result"].get("value", "null"))

    def until(self, what: str) -> None:
        """Wait for what comes about of itself."""
        end = time.monotonic() + PATIENCE
        while not self.ask(f"Boolean({what})"):
            assert time.monotonic() < end, f"never came about: {what}"
            time.sleep(0.02)

    def click(self, selector: str, number: int = 0) -> None:
        """A click in the middle of the first line of an element, counting those that are shown."""
        sought = f"[...document.querySelectorAll({json.dumps(selector)})].filter(e => e.checkVisibility())[{number}]"
        self.until(sought)
        self.ask(f"{sought}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
        x, y = self.ask(f"(b => [b.x + b.width / 2, b.y + b.height / 2])({sought}.getClientRects()[0])")
        pressed = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        moved = {"type": "pointerMove", "x": round(x), "y": round(y)}
        self._perform({"type": "pointer", "id": "mouse", "actions": [moved, *pressed]})

    def rest(self) -> None:
        """The mouse taken to the edge of the page, where no words are: it lights those that move under it."""
        self._perform({"type": "pointer", "id": "mouse", "actions": [{"type": "pointerMove", "x": 0, "y": 0}]})

    def type(self, keys: str) -> None:
        """Each key of a string, pressed and let go."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._perform({"type": "key", "id": "keys", "actions": actions})

    def _perform(self, source: dict[str, Any]) -> None:
        self.order("input.performActions", actions=[source])

    def printed(self, *pages: str) -> bytes:
        """Some pages (`1-3`), or all of them, as they come out of a printer, as PDF."""
        return base64.b64decode(self.order("browsingContext.print", pageRanges=[*pages])["data"])
