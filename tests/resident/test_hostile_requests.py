"""The preview server answers nobody with anything but the site, however it is asked, and lives on."""

from __future__ import annotations

import http.client
import os
import re
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from builder.shell import serve
from builder.shell.files import read_below
from builder.shell.generation import Generation
from builder.shell.serve import Preview

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = b"<head></head>a page of the site"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """What lies beside the site."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "index.html").write_bytes(b"secret")
    return tmp_path / "secret"


@pytest.fixture
def preview(tmp_path: Path, secret: Path) -> Iterator[Preview]:
    output = tmp_path / "output"
    for name in ("index.html", "a/index.html", ".hidden/index.html", ".glossator"):
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_bytes(b"hidden" if name.startswith(".") else PAGE)
    (output / "out").symlink_to(secret)
    (output / "a" / "out.html").symlink_to(secret / "index.html")
    preview = Preview(Generation(str(output)))
    preview.start()
    yield preview
    preview.stop()


def said(preview: Preview, request: bytes, *, patience: float = 5) -> bytes:
    """All that is answered to some bytes, until the server closes the connection or says no more for a while."""
    own = f"localhost:{preview.port}".encode()
    with socket.create_connection(("127.0.0.1", preview.port), timeout=patience) as connection:
        connection.sendall(request.replace(b"OWN", own).replace(b"\n", b"\r\n"))
        answer = b""
        try:
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65536):
                answer += piece
        except (ConnectionError, TimeoutError):
            pass
    return answer


def status_of(answer: bytes) -> int:
    """The status that is told: who doesn't speak HTTP as we do is told it in the words of the answer alone."""
    found = re.match(rb"HTTP/1\.1 (\d+) ", answer) or re.search(rb"Error code: (\d+)", answer)
    assert found, answer[:80]
    return int(found[1])


def still_answers(preview: Preview) -> bool:
    return said(preview, b"GET / HTTP/1.1\nHost: OWN\nConnection: close\n\n").endswith(b"a page of the site")


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        ("GET /%2e%2e/secret/index.html HTTP/1.1", 400),
        ("GET /%2e%2e%2fsecret/index.html HTTP/1.1", 400),
        ("GET /%252e%252e/secret/index.html HTTP/1.1", 404),
        ("GET /..%5csecret%5cindex.html HTTP/1.1", 400),
        ("GET /..\\secret\\index.html HTTP/1.1", 400),
        ("GET /a/../../secret/index.html HTTP/1.1", 400),
        ("GET /./index.html HTTP/1.1", 400),
        ("GET /a/%00/index.html HTTP/1.1", 400),
        ("GET /index.html%00.png HTTP/1.1", 400),
        ("GET /%c0%ae%c0%ae/secret/index.html HTTP/1.1", 400),
        ("GET /%ff HTTP/1.1", 400),
        ("GET /.hidden/ HTTP/1.1", 404),
        ("GET /%2ehidden/index.html HTTP/1.1", 404),
        ("GET /.glossator HTTP/1.1", 404),
        ("GET /out/ HTTP/1.1", 404),
        ("GET /out/index.html HTTP/1.1", 404),
        ("GET /a/out.html HTTP/1.1", 404),
        ("GET /C:/index.html HTTP/1.1", 400),
        ("GET file:///etc/passwd HTTP/1.1", 400),
        ("GET http://OWN/index.html HTTP/1.1", 400),
        ("GET index.html HTTP/1.1", 400),
        ("GET * HTTP/1.1", 400),
        ("GET /index.html HTTP/9.9", 505),
        ("GET /index.html HTTP/1.x", 400),
        ("GET /index.html FTP/1.1", 400),
        ("GET / index.html HTTP/1.1", 400),
        ("CONNECT localhost:22 HTTP/1.1", 501),
        ("OPTIONS * HTTP/1.1", 501),
        ("get / HTTP/1.1", 501),
        ("POST /@glossator/events HTTP/1.1", 501),
        (f"GET /{'a' * 70_000} HTTP/1.1", 414),
        (f"GET /{'a/' * 20_000} HTTP/1.1", 404),
        (f"GET /{'a' * 5_000} HTTP/1.1", 404),
        ("\x16\x03\x01\x02", 400),
    ],
)
def test_a_request_for_what_is_none_of_the_sites_pages(preview: Preview, request_line: str, status: int) -> None:
    answer = said(preview, request_line.encode("latin-1") + b"\nHost: OWN\n\n")
    assert status_of(answer) == status
    assert b"secret" not in answer.partition(b"\r\n\r\n")[2]
    assert b"hidden" not in answer.partition(b"\r\n\r\n")[2]
    assert still_answers(preview)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"Host: OWN\nHost: OWN\n", 400),
        (b"Host: OWN\nhost: evil.example\n", 400),
        (b"Host: evil.example\n", 421),
        (b"Host: OWN@evil.example\n", 421),
        (b"Host: evil.example@OWN\n", 421),
        (b"Host: OWN.evil.example\n", 421),
        (b"Host: OWN, evil.example\n", 421),
        (b"Host:\n", 421),
        (b"Host : OWN\n", 400),
        (b"X-Forwarded-Host: OWN\n", 400),
        (b"\n", 400),
        (b"Host: OWN\nOrigin: http://evil.example\nConnection: Upgrade\nUpgrade: websocket\n", 403),
        (b"Host: OWN\nOrigin: https://OWN\n", 403),
        (b"Host: OWN\nOrigin: http://OWN.evil.example\n", 403),
        (b"Host: OWN\nContent-Length: 50\n", 400),
        (b"Host: OWN\nContent-Length: -1\n", 400),
        (b"Host: OWN\nTransfer-Encoding: chunked\n", 400),
        (b"Host: OWN\nX: " + b"a" * 70_000 + b"\n", 431),
        (b"Host: OWN\n" + b"X: a\n" * 200, 431),
        (b"Host: OWN\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Key: x\n", 200),
        (b"Host: OWN\nRange: bytes=0-1\nExpect: nothing\n", 200),
    ],
)
def test_a_request_that_claims_what_it_may_not(preview: Preview, headers: bytes, status: int) -> None:
    answer = said(preview, b"GET /a/ HTTP/1.1\n" + headers + b"\n")
    assert status_of(answer) == status
    assert (PAGE.partition(b"</head>")[2] in answer) == (status == 200)
    assert still_answers(preview)


def test_the_oldest_http_is_given_no_page(preview: Preview) -> None:
    assert b"a page" not in said(preview, b"GET /\n\n")
    assert still_answers(preview)


def test_what_is_sent_as_a_body_is_never_taken_for_a_request(preview: Preview) -> None:
    smuggled = b"GET / HTTP/1.1\nHost: OWN\n\n"
    for method in (b"POST", b"GET", b"HEAD", b"PUT"):
        request = method + b" /a/ HTTP/1.1\nHost: OWN\nContent-Length: %d\n\n" % len(smuggled) + smuggled
        answer = said(preview, request)
        assert answer.count(b"HTTP/1.1 ") == 1
        assert b"a page" not in answer


def test_who_sends_a_letter_a_while_is_let_go(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "PATIENCE", 0.3)
    begun = time.monotonic()
    let_go = False
    with socket.create_connection(("127.0.0.1", preview.port), timeout=5) as connection:
        while not let_go and time.monotonic() < begun + 5:
            try:
                connection.sendall(b"G")
            except ConnectionError:
                let_go = True
            time.sleep(0.05)
    assert let_go
    assert still_answers(preview)


def test_more_connections_than_are_held_are_turned_away(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "PATIENCE", 0.5)
    held = [socket.create_connection(("127.0.0.1", preview.port), timeout=5) for _ in range(serve.MOST + 20)]
    try:
        turned_away = 0
        for connection in held:
            connection.settimeout(0.01)
            try:
                turned_away += connection.recv(1) == b""
            except TimeoutError:
                pass
            except ConnectionError:
                turned_away += 1
        assert turned_away >= 20
    finally:
        for connection in held:
            connection.close()
    until = time.monotonic() + 5
    while not still_answers(preview) and time.monotonic() < until:
        time.sleep(0.05)
    assert still_answers(preview)


def test_who_goes_away_in_the_middle_is_no_fault(preview: Preview, capfd: pytest.CaptureFixture[str]) -> None:
    for request in (b"", b"GET", b"GET / HTTP/1.1\r\nHost: ", b"GET /@glossator/events HTTP/1.1\r\nHost: OWN\r\n\r\n"):
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", preview.port), timeout=5) as connection:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
                connection.sendall(request.replace(b"OWN", f"localhost:{preview.port}".encode()))
    assert still_answers(preview)
    assert capfd.readouterr().err == ""


def test_no_link_is_followed_that_is_put_there_in_the_middle_of_a_request(preview: Preview, secret: Path) -> None:
    """A folder of the site and a link out of it change places all the time."""
    output, over = secret.parent / "output", threading.Event()
    (output / "link").symlink_to(secret)

    def swap() -> None:
        names = [output / "a", output / "kept", output / "link"]
        while not over.is_set():
            names[0].rename(names[1])
            names[2].rename(names[0])
            names[0].rename(names[2])
            names[1].rename(names[0])
            time.sleep(0.001)

    swapping = threading.Thread(target=swap)
    swapping.start()
    try:
        answers = set()
        connection = http.client.HTTPConnection("localhost", preview.port, timeout=5)
        for _ in range(60):
            connection.request("GET", "/a/")
            answers.add(connection.getresponse().read())
        connection.close()
    finally:
        over.set()
        swapping.join()
    assert b"secret" not in answers
    assert any(b"a page" in one for one in answers)


def test_nothing_is_read_through_a_link(tmp_path: Path, secret: Path) -> None:
    (tmp_path / "top" / "a").mkdir(parents=True)
    (tmp_path / "top" / "a" / "b").write_bytes(b"words")
    (tmp_path / "top" / "link").symlink_to(secret)
    (tmp_path / "top" / "a" / "link").symlink_to(tmp_path / "top" / "a" / "b")
    top = os.fspath(tmp_path / "top")
    assert read_below(top, "a/b", 10) == b"words"
    for path in ("link/index.html", "a/link"):
        with pytest.raises(OSError, match=r"Not a directory|Too many levels"):
            read_below(top, path, 10)
