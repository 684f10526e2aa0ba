"""Pages in the making -> a preview in the browser: a small server for this machine alone, that says when to look again.

Loopback is no boundary: every site open in the same browser can send requests to it. So a request must name this
server as its host (else a foreign name could be pointed here), nothing is given to pages of other origins, and only
what belongs to the site is given at all.
"""

from __future__ import annotations

import http.server
import socket
import sys
import threading
import time
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from builder.model.diagnostic import MachineError
from builder.shell.answers import HEADERS, Answer, answer

if TYPE_CHECKING:
    from email.message import Message

    from builder.shell.generation import Generation

LOOPBACK = "127.0.0.1"
EVENTS = "/@glossator/events"
MOST = 128
"""Connections that are held at once; whoever comes after that is turned away."""
PATIENCE = 15.0
"""Seconds for which a silent client may hold a connection; also the pause between signs of life on an event stream."""


class Preview:
    """The server, answering from one generation of the site at a time. `start` returns at once."""

    def __init__(self, generation: Generation, *, host: str = LOOPBACK, port: int = 0) -> None:
        """Bind to a port (0: a free one). MachineError where the system refuses."""
        try:
            self._server = _Server((host, port), partial(_Handler, generation, host))
        except OSError as fault:
            raise MachineError(f"can't serve on {host}:{port}: {fault.strerror or fault}") from fault
        self._generation = generation
        self.port = self._server.server_port
        self.address = f"http://{'localhost' if host == LOOPBACK else host}:{self.port}/"

    def start(self) -> None:
        """Serve from a thread of its own."""
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def stop(self) -> None:
        """Stop at once, also while browsers hold the event stream."""
        self._generation.close()
        self._server.shutdown()
        self._server.server_close()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, *given: Any) -> None:
        self._room = threading.BoundedSemaphore(MOST)
        self.asking: dict[socket.socket, float] = {}
        """Connections whose request isn't there yet, and since when: who sends a letter a minute is let go too."""
        super().__init__(*given)

    def service_actions(self) -> None:
        """What is done a few times a second."""
        late = time.monotonic() - PATIENCE
        for connection in [one for one, since in tuple(self.asking.items()) if since < late]:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take a connection, if there is room for it."""
        if self._room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """All that is asked on one connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who goes away is no fault; anything else is ours and keeps its traceback."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "Glossator"
    sys_version = ""
    timeout = PATIENCE
    server: _Server

    def __init__(self, generation: Generation, host: str, *connection: object) -> None:
        self._generation = generation
        self._host = host
        super().__init__(*connection)  # type: ignore[arg-type]

    def handle_one_request(self) -> None:
        """The next request on this connection."""
        self.server.asking[self.connection] = time.monotonic()
        try:
            super().handle_one_request()
        finally:
            self.server.asking.pop(self.connection, None)

    def do_GET(self) -> None:
        self._respond(body=True)

    def do_HEAD(self) -> None:
        self._respond(body=False)

    def _respond(self, *, body: bool) -> None:
        self.server.asking.pop(self.connection, None)
        refused = refusal(self.path, self.headers, own_names(self._host, self.server.server_port))
        if refused is not None:
            self.close_connection = True  # what follows may be the body of this one
            self._send(Answer(refused, "text/plain; charset=utf-8", refused.phrase.encode()), body=body)
            return
        path = urlsplit(self.path).path
        if path != EVENTS:
            self._send(answer(path, self._generation), body=body)
        elif body:
            self._stream()
        else:
            self._send(Answer(HTTPStatus.OK, "text/event-stream", b""), body=False)

    def _send(self, given: Answer, *, body: bool) -> None:
        self.send_response(given.status)
        for name, value in {**HEADERS, **given.headers, "Content-Type": given.kind}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(given.content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if body:
            self.wfile.write(given.content)

    def _stream(self) -> None:
        """Each generation as it comes, until the reader or the server goes."""
        self.send_response(HTTPStatus.OK)
        for name, value in {**HEADERS, "Content-Type": "text/event-stream", "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        seen = self._last_seen()
        while (news := self._generation.after(seen, PATIENCE)) is not None:
            seen = news[-1].number if news else seen
            self.wfile.write(b"".join(one.as_event() for one in news) or b": still here\n\n")
            self.wfile.flush()

    def _last_seen(self) -> int:
        """The number of the last generation that the reader knows: a browser that lost its way says it."""
        known = self.headers.get("Last-Event-ID") or urlsplit(self.path).query.removeprefix("seen=")
        return int(known) if known.isascii() and known.isdigit() and len(known) < 10 else -1

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal belongs to the diagnostics."""


def refusal(path: str, headers: Message, names: frozenset[str]) -> HTTPStatus | None:
    """Why a request isn't answered: it names another host, comes from another site, or makes no sense.

    `names` are those under which this server may be called.
    """
    hosts = headers.get_all("Host") or []
    body = headers.get("Transfer-Encoding") or headers.get("Content-Length", "0").strip() != "0"
    if len(hosts) != 1 or body or not path.startswith("/") or path.startswith("//"):
        return HTTPStatus.BAD_REQUEST
    if hosts[0].lower() not in names:
        return HTTPStatus.MISDIRECTED_REQUEST
    origin = headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{hosts[0].lower()}":
        return HTTPStatus.FORBIDDEN
    return HTTPStatus.FORBIDDEN if _from_elsewhere(headers) else None


def _from_elsewhere(headers: Message) -> bool:
    """Whether another site's page asks for a part of ours; a person may still follow a link to a whole page."""
    if headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
        return False
    return (headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest")) != ("navigate", "document")


def own_names(host: str, port: int) -> frozenset[str]:
    """What a browser calls this server. Somebody who opened it to the network may call it as the network does."""
    names = {"localhost", "127.0.0.1", "[::1]", host}
    if host not in (LOOPBACK, "localhost"):
        names |= _names_in_the_network()
    shown = {f"{name}:{port}" for name in names}
    return frozenset(shown | names if port == 80 else shown)


def _names_in_the_network() -> set[str]:
    name = socket.gethostname().lower()
    try:
        addresses = {str(one[4][0]) for one in socket.getaddrinfo(name, None, socket.AF_INET)}
    except OSError:
        addresses = set()
    return {name, f"{name}.local", *addresses}
