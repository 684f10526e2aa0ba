"""Addresses on the web to which a site links -> those that don't answer, asked one by one, politely.

One request at a time for each host, with a pause between two, redirections among them; HEAD first, and GET only where
a host doesn't know that. What answered is believed for a week, what is for readers alone for a day. Nothing of an
answer is kept but its status and where it points.
"""

from __future__ import annotations

import http.client
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import field
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from builder import __version__
from builder.model.codes import diagnose
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from builder.model.diagnostic import Diagnostic, Place

AGENT = f"Glossator/{__version__} (asks whether a link still leads somewhere)"
PAUSE = 1.0
"""Seconds between two requests to one host."""
PATIENCE = 10.0
"""Seconds until a host counts as silent."""
HOSTS = 8
"""Hosts asked side by side."""
DAY = 24 * 3600
WEEK = 7 * DAY
"""Seconds for which an answer is believed that no reader gets, and any other."""
STEPS = 10
"""Redirections that are followed."""
_NO_HEAD = frozenset({400, 403, 404, 405, 406, 500, 501, 503})
"""What hosts say to HEAD that would answer GET."""
_GUARDED = frozenset({401, 403, 406, 429, 451, 503, 999})
"""What hosts say to programs, and not to readers: nothing follows from it."""
_MOVED, _ELSEWHERE = frozenset({301, 308}), frozenset({301, 302, 303, 307, 308})


@value_class(frozen=True, slots=True)
class Answer:
    """What came of an address: a status (0: no answer, `why` says why), and where it has moved for good."""

    status: int
    why: str = ""
    moved: str = ""


@value_class(frozen=True, slots=True)
class Manner:
    """How to ask."""

    cache: str = ""
    """Path of the file in which answers are kept; "" for none."""
    pause: float = PAUSE
    patience: float = PATIENCE
    now: Callable[[], float] = field(default=time.time)


def ask_abroad(addresses: Mapping[str, Place], manner: Manner) -> tuple[Diagnostic, ...]:
    """Ask for each address once; `addresses` are with the place at which each can be mended."""
    known = _kept(manner)
    asked = {address.partition("#")[0] for address in addresses}
    hosts: dict[str, list[str]] = {}
    for address in sorted(asked - known.keys()):
        hosts.setdefault(_host(address), []).append(address)
    turns = _Turns(manner.pause)
    with ThreadPoolExecutor(HOSTS) as pool:
        each = pool.map(lambda one: [(address, _ask(address, manner, turns)) for address in one], hosts.values())
        found = list(chain.from_iterable(each))
    _keep(manner, dict(found))
    known.update(found)
    return tuple(_told(addresses, known))


def default_cache() -> str:
    """Where answers are kept between two runs: among what this machine's user may lose at any time."""
    if sys.platform == "win32":
        top = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    elif sys.platform == "darwin":
        top = os.path.expanduser("~/Library/Caches")
    else:
        top = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(top, "glossator", "addresses.json")


def _told(addresses: Mapping[str, Place], answers: Mapping[str, Answer]) -> Iterator[Diagnostic]:
    for address, place in addresses.items():
        answer = answers[address.partition("#")[0]]
        if _answered(answer.status):
            if answer.moved:
                yield diagnose("G612", place, f"“{address}” has moved", f"write: {answer.moved}")
            continue
        said = f"the answer is {answer.status}" if answer.status else answer.why
        yield diagnose("G611", place, f"“{address}”: {said}", "try it in a browser; look for its new address")


def _answered(status: int) -> bool:
    """Whether nothing is wrong with an address, as far as a program is told."""
    return status in _GUARDED or 200 <= status < 400


class _Turns:
    """Whose turn it is: a host is asked for one thing at a time, whoever leads there, and left in peace in between."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._hosts: dict[str, Lock] = {}
        self._free: dict[str, float] = {}
        """Host -> when it may be asked again, on the clock that is never set."""

    @contextmanager
    def of(self, host: str) -> Iterator[None]:
        """Wait until a host may be asked; what is done in it is the request."""
        with self._hosts.setdefault(host, Lock()):
            time.sleep(max(0.0, self._free.get(host, 0.0) - time.monotonic()))
            try:
                yield
            finally:
                self._free[host] = time.monotonic() + self._pause


def _ask(address: str, manner: Manner, turns: _Turns) -> Answer:
    """What becomes of an address. Every failure on the way is an answer."""
    here, moved, for_good = address, "", True
    for _ in range(STEPS):
        try:
            status, location = _request(here, manner, turns)
        except (OSError, http.client.HTTPException, ValueError) as fault:
            why = "no answer in time" if isinstance(fault, TimeoutError) else f"no answer ({_shown(fault)})"
            return Answer(0, why)
        if status not in _ELSEWHERE or not location:
            return Answer(status, "", moved if status < 400 else "")
        here = urljoin(here, location)
        if urlsplit(here).scheme not in ("http", "https"):
            return Answer(0, "it leads to what is no page of the web")
        for_good = for_good and status in _MOVED
        moved = here if for_good else moved  # what comes after a detour may change again
    return Answer(0, "it leads round in a circle")


def _host(address: str) -> str:
    """The host of an address; "" where it is none."""
    try:
        return (urlsplit(address).hostname or "").casefold()
    except ValueError:
        return ""


def _shown(fault: Exception) -> str:
    return (getattr(fault, "strerror", None) or str(fault) or type(fault).__name__).lower()[:80]


def _request(address: str, manner: Manner, turns: _Turns) -> tuple[int, str]:
    """Status and Location of HEAD, else of GET. The rest of an answer isn't read."""
    host = _host(address)
    with turns.of(host):
        status, location = _say("HEAD", address, manner)
    if status in _NO_HEAD:
        with turns.of(host):
            status, location = _say("GET", address, manner)
    return status, location


def _say(method: str, address: str, manner: Manner) -> tuple[int, str]:
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    if not parts.hostname:
        raise ValueError("it names no host")
    host = parts.hostname.encode("idna").decode("ascii") if not parts.hostname.isascii() else parts.hostname
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    line = quote(parts.path or "/", safe=_SAFE) + query
    connection = kind(host, parts.port, timeout=manner.patience)
    try:
        connection.request(method, line, headers={"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    finally:
        connection.close()


_SAFE = "/?%:@!$&'()*+,;=~-._[]"
"""What an address may hold as it is."""


def _kept(manner: Manner) -> dict[str, Answer]:
    """The answers of an earlier run that are still believed: none that was told."""
    return {name: Answer(status, "", moved) for name, (_, status, moved) in _believed(manner).items()}


def _believed(manner: Manner) -> dict[str, tuple[float, int, str]]:
    now = manner.now()
    return {name: row for name, row in _rows(manner).items() if row[0] >= now - (DAY if row[1] in _GUARDED else WEEK)}


def _rows(manner: Manner) -> dict[str, tuple[float, int, str]]:
    if not manner.cache:
        return {}
    try:
        with open(manner.cache, encoding="utf-8") as file:
            rows = json.load(file)
        return {str(name): (float(when), int(status), str(moved)) for name, (when, status, moved) in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _keep(manner: Manner, answers: Mapping[str, Answer]) -> None:
    """Keep what nothing is told of, with what was kept before. What can't be kept is asked again next time."""
    if not manner.cache:
        return
    now, rows = manner.now(), _believed(manner)
    rows.update((name, (now, one.status, one.moved)) for name, one in answers.items() if _answered(one.status))
    beside = f"{manner.cache}.{os.getpid()}"
    with suppress(OSError):
        os.makedirs(os.path.dirname(manner.cache), exist_ok=True)
        with open(beside, "w", encoding="utf-8") as file:
            json.dump(rows, file, ensure_ascii=False, sort_keys=True, indent=0)
        os.replace(beside, manner.cache)
