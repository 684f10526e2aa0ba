"""The preview server gives out the site, to pages of its own and to nobody else."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.resident.conftest import ROOT, Resident, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = "/reading-with-a-pencil/"


def port_of(resident: Resident) -> int:
    return urlsplit(resident.address).port or 0


@dataclass(frozen=True)
class Given:
    """An answer, read to its end."""

    status: int
    headers: dict[str, str]
    content: bytes


def ask(resident: Resident, path: str, method: str = "GET", **headers: str) -> Given:
    with opened(resident, path, method, **headers) as answer:
        return Given(answer.status, dict(answer.getheaders()), answer.read())


@contextmanager
def opened(resident: Resident, path: str, method: str = "GET", **headers: str) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", port_of(resident), timeout=10)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        with connection.getresponse() as answer:
            yield answer
    finally:
        connection.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resident]:
    """A site that nobody changes, with things in its output that no build put there and nobody may see."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(ROOT / "builder" / "starter", folder / "content")
    resident = Resident("serve", folder)
    assert resident.address
    os.symlink(resident.content / "site.toml", resident.output / "link.txt")
    os.symlink(resident.content, resident.output / "folder")
    (resident.output / ".hidden").mkdir()
    (resident.output / ".hidden" / "file").write_text("hidden", encoding="utf-8")
    os.mkfifo(resident.output / "fifo")
    yield resident
    resident.stop()


def raw(resident: Resident, request: str) -> str:
    """What is answered to bytes that no well-bred client sends."""
    with socket.create_connection(("127.0.0.1", port_of(resident)), timeout=5) as connection:
        connection.sendall(request.replace("\n", "\r\n").encode())
        return connection.recv(1000).decode("latin-1").partition("\r\n")[0]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        (PAGE, "text/html"),
        (f"{PAGE}index.html", "text/html"),
        (f"{PAGE}cards.js", "text/javascript"),
    ],
)
def test_the_site_is_given(served: Resident, path: str, kind: str) -> None:
    answer = ask(served, path)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith(kind)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.content


def test_a_page_has_the_client_and_the_disk_has_not(served: Resident) -> None:
    shown = ask(served, PAGE).content.decode()
    assert "/@glossator/preview.js" in shown
    assert "connect-src 'self'" in shown
    kept = (served.output / PAGE.strip("/") / "index.html").read_text(encoding="utf-8")
    assert "@glossator" not in kept
    assert "connect-src" not in kept
    assert ask(served, "/@glossator/preview.js").status == 200


def test_a_folder_is_led_on_to_its_page(served: Resident) -> None:
    answer = ask(served, PAGE.rstrip("/"))
    assert (answer.status, answer.headers["Location"]) == (301, PAGE)


@pytest.mark.parametrize(
    "path",
    [
        "/../content/site.toml",
        "/reading-with-a-pencil/../../content/site.toml",
        "/%2e%2e/content/site.toml",
        "/..%2fcontent/site.toml",
        "/%2e%2e%5ccontent%5csite.toml",
        "//etc/passwd",
        "/.glossator",
        "/.hidden/file",
        "/reading-with-a-pencil/%00",
        "/C:/windows/win.ini",
        "/link.txt",
        "/folder/site.toml",
        "/@glossator/../site.toml",
        "/@glossator/nothing.js",
        "/%ff",
        "/fifo",
    ],
)
def test_nothing_else_is_given(served: Resident, path: str) -> None:
    answer = ask(served, path)
    assert answer.status in (400, 404)
    assert (served.content / "site.toml").read_bytes() not in answer.content


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:{port}"}, 421),
        ({"Host": "127.0.0.1:1"}, 421),
        ({"Host": "localhost"}, 421),
        ({"Host": "LOCALHOST:{port}"}, 200),
        ({"Host": "127.0.0.1:{port}"}, 200),
        ({"Host": "127.0.0.1:{port}", "Origin": "http://evil.example"}, 403),
        ({"Host": "127.0.0.1:{port}", "Origin": "null"}, 403),
        ({"Host": "127.0.0.1:{port}", "Origin": "http://localhost:{port}"}, 403),
        ({"Host": "127.0.0.1:{port}", "Origin": "http://127.0.0.1:{port}"}, 200),
        ({"Host": "127.0.0.1:{port}", "Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}, 403),
        ({"Host": "127.0.0.1:{port}", "Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors"}, 403),
        (
            {
                "Host": "127.0.0.1:{port}",
                "Sec_Fetch_Site": "cross-site",
                "Sec_Fetch_Mode": "navigate",
                "Sec_Fetch_Dest": "document",
            },
            200,
        ),
        (
            {
                "Host": "127.0.0.1:{port}",
                "Sec_Fetch_Site": "cross-site",
                "Sec_Fetch_Mode": "navigate",
                "Sec_Fetch_Dest": "iframe",
            },
            403,
        ),
        ({"Host": "127.0.0.1:{port}", "Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors"}, 200),
    ],
)
@pytest.mark.parametrize("path", [PAGE, f"{PAGE}cards.js"])
def test_who_may_ask(served: Resident, path: str, headers: dict[str, str], status: int) -> None:
    port = str(port_of(served))
    answer = ask(served, path, **{name: value.replace("{port}", port) for name, value in headers.items()})
    assert answer.status == status


def test_the_stream_of_news_is_not_for_others(served: Resident) -> None:
    port = port_of(served)
    host = f"127.0.0.1:{port}"
    assert ask(served, "/@glossator/events", Host=host, Origin="http://evil.example").status == 403
    assert ask(served, "/@glossator/events", Host="evil.example").status == 421


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_nothing_can_be_written(served: Resident, method: str) -> None:
    assert ask(served, PAGE, method).status == 501


def test_two_hosts_are_one_too_many(served: Resident) -> None:
    own = f"127.0.0.1:{port_of(served)}"
    assert " 400 " in raw(served, f"GET {PAGE} HTTP/1.1\nHost: {own}\nHost: evil.example\n\n")
    assert " 400 " in raw(served, f"GET {PAGE} HTTP/1.1\nHost: evil.example\nHost: {own}\n\n")
    assert " 400 " in raw(served, f"GET {PAGE} HTTP/1.1\n\n")
    assert " 400 " in raw(served, f"GET http://evil.example{PAGE} HTTP/1.1\nHost: {own}\n\n")


def test_who_goes_away_leaves_no_trace_on_the_terminal(served: Resident) -> None:
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", port_of(served)), timeout=5) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            connection.sendall(f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1:{port_of(served)}\r\n\r\n".encode())
    with socket.create_connection(("127.0.0.1", port_of(served)), timeout=5) as connection:
        connection.sendall(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
    assert ask(served, PAGE).status == 200
    assert "Traceback" not in served.err


def test_news_of_a_change_and_of_a_slip(serving: Resident) -> None:
    with opened(serving, "/@glossator/events?seen=1") as stream:
        assert stream.getheader("Content-Type") == "text/event-stream"
        essay = serving.content / "reading-with-a-pencil" / "essay.md"
        words = essay.read_text(encoding="utf-8")
        essay.write_text(words + "\n\nNew words.\n", encoding="utf-8")
        news = _next(stream)
        assert "reading-with-a-pencil/index.html" in news["changed"]
        assert news["told"] == []
        (serving.content / "reading-with-a-pencil" / "edition.toml").write_text("title = 1\n", encoding="utf-8")
        told = _next(stream)["told"]
    assert "G103" in told[0]
    assert told == [line for line in serving.err.splitlines() if "G1" in line or line.startswith("    ")][: len(told)]


def _next(stream: http.client.HTTPResponse) -> dict[str, list[str]]:
    while not (line := stream.readline().decode()).startswith("data: "):
        assert line, "the stream ended"
    news: dict[str, list[str]] = json.loads(line.removeprefix("data: "))
    return news


def test_drafts_are_shown_and_not_published(serving: Resident) -> None:
    settings = serving.content / "reading-with-a-pencil" / "edition.toml"
    settings.write_text("draft = true\n" + settings.read_text(encoding="utf-8"), encoding="utf-8")
    page = serving.output / "reading-with-a-pencil" / "index.html"
    until(lambda: not page.exists(), 10, serving.err)
    until(lambda: ask(serving, PAGE).status == 200, 10)
    assert b"Draft" in ask(serving, "/").content


def test_ctrl_c_ends_it_at_once_with_open_browsers(site: Path) -> None:
    resident = Resident("serve", site)
    with ExitStack() as open_ones:
        for _ in range(3):
            open_ones.enter_context(opened(resident, "/@glossator/events"))
        open_ones.enter_context(socket.create_connection(("127.0.0.1", port_of(resident))))
        begun = time.monotonic()
        assert resident.stop() == 0
        assert time.monotonic() - begun < 2
    assert "Traceback" not in resident.err


def test_a_port_that_is_taken_is_the_machines_fault(served: Resident, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "builder", "serve", str(served.content), "--port", str(port_of(served))],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 2
    assert "can't serve" in done.stderr
    assert "Traceback" not in done.stderr


def test_open_to_the_network_only_when_asked_and_with_a_warning(site: Path) -> None:
    resident = Resident("serve", site, "--host", "0.0.0.0")
    try:
        until(lambda: "warning" in resident.err, 20)
        assert ask(resident, PAGE).status == 200
        assert ask(resident, PAGE, Host="evil.example").status == 421
    finally:
        resident.stop()
