"""What handout.typ is told -> what it answers, or the PDF: a press, which works in a process of its own.

The theme's files are laid out in a folder of their own, with the pictures asked for: the compiler reads nothing else,
neither from the site nor from the network. It runs in a process of its own, which ends with the build: what it holds in
memory for a next time (hundreds of megabytes that win nothing) goes with it, and none of its threads stand in the way
of processes that are forked. It makes that folder itself, and removes it when nobody asks any more: so who is killed
leaves none, at whatever moment.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from builder.model.diagnostic import MachineError
from builder.model.handout import Printed, SettingError
from builder.parse.faces import FACE
from builder.shell.files import NotRegularError, TooLargeError, blaming, is_inside, read_regular
from builder.shell.laid_out import MAIN, PICTURES
from builder.shell.typesetting import MACHINE, THEME, receive, send

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

    from builder.model.handout import Node

_OURS = re.compile(r"handout\.typ|handout/.+\.typ")
MB = 1024 * 1024
_FOREIGN = re.compile("[\u0530-\u1cff\u2c00-\ufaff\ufb07-\ufffc\U00010000-\U0010ffff]")
"""Letters of scripts that neither our faces nor the compiler's have: then the machine's own are looked through too."""

_LARGEST = 32 * MB
"""Bytes of one picture."""

_ENDS = ("SIGXCPU", "SIGALRM", "SIGABRT", "SIGSEGV")
_STOPPED = frozenset(-getattr(signal, name) for name in _ENDS if hasattr(signal, name))
"""How a process ends that took more than it may: ended by the system, without more memory, nested too deeply."""

_OUT_OF_TIME = frozenset(-getattr(signal, name) for name in _ENDS[:2] if hasattr(signal, name))

_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
_NOBODY = "http://127.0.0.1:1"
"""Where the compiler is sent that would fetch a package: nobody answers there. It asks for nothing else."""

_KEPT = {"hugetlb": 1, "top_pad": 2**24, "trim_threshold": 2**30, "mmap_threshold": 2**25, "tcache_count": 2000}
_MEMORY = {"GLIBC_TUNABLES": ":".join(f"glibc.malloc.{name}={value}" for name, value in _KEPT.items())}
"""How the process takes memory from the system, where that is glibc's: in large pieces, to keep, and what it gave back
last is what it takes first. To be given each page when it is first touched, and much of it again and again, took an
eighth of its time."""

_CHILD = "import sys; sys.path[:] = sys.argv[2:]; from builder.shell.typesetting import work; work()"

SECONDS, SECONDS_EACH, MOST_SECONDS = 10, 10, 60
"""Of processor time, for one request: so many, so many more for each megabyte of what is said and shown, and at most.
handout.typ may be a stranger's program, and the compiler counts no steps. Our own takes half a second for an essay with
a hundred notes, and four for a hundred thousand words with a thousand, which are a megabyte."""
ROOM, ROOM_EACH, MOST_ROOM = 1536 * MB, 300 * MB, 6144 * MB
"""Bytes that the process may fill: so many, so many more for each megabyte of all that it was told, and at most. Ours
fills 0.2 GB for that essay, 1 GB for those hundred thousand words, 3.5 GB where they have ten thousand notes."""
_LASTS = 8 * MB
"""What a process is told before another takes its place: it keeps much of what it made for a next time."""
_TOO_MUCH = "this takes too long, or grows too large (more than {} seconds, or {:,} MB): a loop that never ends?"
_NOT_AGAIN = "another one took too long, or grew too large, so this one wasn't tried"
_UNASKED = "the process that sets handouts ended unasked"
_NO_ROOM = "the process that sets handouts ended"
_PASSING = "the folder for temporary files"
_TOO_DEEP = "what it answers is nested too deeply to be read"


def _room_here() -> int | None:
    """Bytes that the system lets a process of ours fill; None where it sets no bound."""
    if sys.platform == "win32":
        return None
    import resource

    addresses, _ = resource.getrlimit(resource.RLIMIT_AS)
    _, data = resource.getrlimit(resource.RLIMIT_DATA)  # up to which the process itself lifts its own
    return min((one for one in (addresses, data) if one != resource.RLIM_INFINITY), default=None)


class Typesetter:
    """A press for one theme and one site. Its process and the folder that it works in last until it is closed.

    Once handout.typ took more than it may, nothing is asked of it any more: each handout would take as much.
    """

    def __init__(self, files: Mapping[str, bytes], site: Path, *, seconds: int = SECONDS, room: int = ROOM) -> None:
        """`seconds` of processor time a small request may take, and `room` in bytes, where systems bound that."""
        self._files, self._site, self._seconds, self._room = files, site, seconds, room
        self._told = 0
        self._folder = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def __enter__(self) -> Typesetter:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        if self._process is not None:
            for end in (self._process.stdin, self._process.stdout):
                if end is not None:
                    with suppress(OSError):  # what was still to be said to a process that has ended
                        end.close()
            self._process.wait()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def ask(self, said: Mapping[str, Node], images: Mapping[str, str]) -> Any:
        """What handout.typ answers: the value of its metadata with the label <answer>."""
        answer = self._work("ask", said, images)
        try:
            return json.loads(answer)
        except RecursionError as fault:
            raise SettingError(_TOO_DEEP, MAIN, 1) from fault

    def set(self, said: Mapping[str, Node], images: Mapping[str, str]) -> Printed:
        """The PDF: tagged, and the same bytes from the same words."""
        lost, _, content = self._work("set", said, images).partition(b"\n")
        return Printed(content, tuple(filter(None, lost.decode().split("\0"))))

    def _work(self, what: str, said: Mapping[str, Node], images: Mapping[str, str]) -> bytes:
        if self._stopped:
            raise SettingError(_NOT_AGAIN, MAIN, 1)
        if self._told > _LASTS:
            self._ended()
        letters = json.dumps(said, ensure_ascii=False)
        words, whose = letters.encode(), MACHINE if _FOREIGN.search(letters) else THEME
        shown = self._laid_out(images)
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        seconds, room = self._bounds(len(words) + shown)
        try:
            send(process.stdin, f"{what} {whose} {seconds} {room} {self._folder}".encode())
            send(process.stdin, words)
            how, made = receive(process.stdout), receive(process.stdout)
        except (OSError, EOFError) as fault:
            status = self._ended()
            if status not in _OUT_OF_TIME:
                self._require_room(room, fault)
            self._stopped = status in _STOPPED
            if self._stopped:
                raise SettingError(_TOO_MUCH.format(seconds, room // MB), MAIN, 1) from fault
            raise MachineError(_UNASKED) from fault
        if how == b"broke":
            self._require_room(room, None)
            self._stopped = True
            raise SettingError(f"Typst broke down on it, perhaps since it grows too large ({made.decode()})", MAIN, 1)
        if how == b"fault":
            found = json.loads(made)
            named = ((message, images.get(file.removeprefix(PICTURES), file), *rest) for message, file, *rest in found)
            first, *more = (SettingError(*one) for one in named)
            first.also = tuple(more)
            raise first
        return made

    def _bounds(self, length: int) -> tuple[int, int]:
        """What a request may take that tells and shows so many bytes: seconds, and the bytes that may be filled."""
        self._told += length
        seconds = max(self._seconds, min(self._seconds + SECONDS_EACH * length // MB, MOST_SECONDS))
        return seconds, max(self._room, min(self._room + ROOM_EACH * self._told // MB, MOST_ROOM))

    @staticmethod
    def _require_room(room: int, fault: Exception | None) -> None:
        """MachineError where the process could not have had the memory that it may fill: then no theme is to blame."""
        least = _room_here()
        if least is not None and least < room:
            message = f"{_NO_ROOM}: {least // MB:,} MB of memory is all that a process may have here (ulimit -v, -d)"
            raise MachineError(f"{message}; allow {room // MB:,} MB") from fault

    def _ended(self) -> int:
        """How the process came to its end."""
        assert self._process is not None
        self.__exit__(None, None, None)
        status, self._process, self._folder = self._process.returncode, None, ""
        self._told = 0
        return status

    def _start(self) -> None:
        """The process, and the folder that it makes and works in. MachineError where Typst isn't installed."""
        if find_spec("typst") is None:
            raise MachineError(
                "handouts are set by Typst, which isn't installed: pip install typst, or leave “handout” out of "
                "outputs in site.toml"
            )
        with blaming(_PASSING):
            self._folder = os.path.join(tempfile.gettempdir(), f"glossator-{secrets.token_hex(8)}")
        command = [sys.executable, "-S", "-c", _CHILD, self._folder, *sys.path]
        environment = {**_MEMORY, **os.environ, **dict.fromkeys(_PROXIES, _NOBODY), "NO_PROXY": "", "no_proxy": ""}
        with blaming(sys.executable):
            # In a session of its own: what ends a whole group (a closed terminal, `timeout`) would leave the folder.
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # where it breaks down the compiler writes pages of its own names there
                env=environment,
                start_new_session=True,
            )
        assert self._process.stdout is not None
        try:
            refused = receive(self._process.stdout)
        except EOFError as fault:
            raise MachineError(_UNASKED) from fault
        if refused:
            with blaming(_PASSING):
                raise OSError(int(refused), os.strerror(int(refused)))

    def _laid_out(self, images: Mapping[str, str]) -> int:
        """Lay the theme's files and these pictures into the folder; how many bytes the pictures are."""
        if MAIN not in self._files:
            raise SettingError("the theme has none", MAIN, 1)
        if self._process is None:
            self._start()
            for path, content in self._files.items():
                if _OURS.fullmatch(path) or FACE.fullmatch(path):
                    self._write(path, content)
        size = 0
        for name, source in images.items():
            content = self._picture(source)
            size += len(content)
            self._write(f"{PICTURES}{name}", content)
        return size

    def _write(self, path: str, content: bytes) -> None:
        full = os.path.join(self._folder, path)
        with blaming(full):
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(content)

    def _picture(self, source: str) -> bytes:
        """An author's picture, read from inside the site's folder alone."""
        top = os.path.realpath(self._site)
        full = os.path.realpath(os.path.join(top, source))
        if not is_inside(full, top):
            raise SettingError(f"the picture “{source}” leads out of the site's folder", source, 1)
        try:
            return read_regular(full, _LARGEST)
        except (OSError, NotRegularError, TooLargeError) as fault:
            raise SettingError(f"the picture “{source}” can't be read", source, 1) from fault
