"""A web of one host on this machine: no test asks another."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

STATUS = {"/fine": 200, "/gone": 404, "/guarded": 403, "/broken": 500, "/ümlaut": 200}
MOVED = {"/moved": (301, "/fine"), "/twice": (308, "/moved"), "/lent": (302, "/moved"), "/round": (302, "/round")}


class Web(ThreadingHTTPServer):
    """Answers by the path; `asked` are the requests, `most` how many were there at once."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.asked: list[tuple[str, str, str]] = []
        self.times: list[float] = []
        """When each of them came."""
        self.now = self.most = 0
        self.lock = threading.Lock()

    def address(self, path: str) -> str:
        """The address of a page on this host."""
        return f"http://127.0.0.1:{self.server_address[1]}{path}"


class _Page(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self._answer("HEAD")

    def do_GET(self) -> None:
        self._answer("GET")

    def _answer(self, method: str) -> None:
        web = self.server
        assert isinstance(web, Web)
        with web.lock:
            web.asked.append((method, self.path, self.headers["User-Agent"]))
            web.times.append(time.monotonic())
            web.now += 1
            web.most = max(web.most, web.now)
        if self.path == "/silent":
            time.sleep(0.6)
        status, location = MOVED.get(self.path, (STATUS.get(self.path, 200), ""))
        if self.path == "/get-alone":
            status = 200 if method == "GET" else 405
        if self.path == "/off":
            status, location = 302, "ftp://127.0.0.1/"
        with web.lock:
            web.now -= 1
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing is said on the terminal."""


@pytest.fixture
def web() -> Iterator[Web]:
    """The host, for one test."""
    server = Web()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
