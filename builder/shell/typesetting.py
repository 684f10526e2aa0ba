"""The process that sets handouts: what it is told -> what handout.typ answers, or the PDF. The only user of Typst.

It imports little, so that it is there at once: as much of ours as would be needed for a class of our own takes a tenth
of the time in which a handout is set.
"""

from __future__ import annotations

import glob
import json
import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from queue import SimpleQueue
    from typing import BinaryIO

MAIN, PICTURES = "handout.typ", "images/"
_PLACE = re.compile(r"\n *┌─ (?:.*?glossator-[^/\\\n]+[/\\])?(.+?):(\d+):(\d+)\n")
_ERROR = re.compile(r"^error: (.+)((?:\n(?!error: |warning: ).*)*)", re.MULTILINE)
_HINT = re.compile(r"^ *= hint: (.+)", re.MULTILINE)
_OURS = re.compile(r"(?<=\(searched at ).*?glossator-[^/\\]+[/\\]")
"""The folder in which the theme's files are laid out: another one each time."""
_UNFINISHED = b"\n#let\n"
"""What no file may end with: one that does is read to its end, and all that can't be read in it told, but not run."""

_UNREAD = "file is not valid UTF-8"
"""What the compiler says where it came upon such a file, not where in it: we look for that ourselves."""
_FILES = re.compile(r"handout\.typ|(?:handout|images)/.+")

STANDARD = "ua-1"
"""PDF/UA-1: tagged so that it can be read aloud. The compiler refuses what doesn't keep to it."""

_FOREIGN = re.compile("[\u0530-\u1cff\u2c00-\ufaff\ufb07-\ufffc\U00010000-\U0010ffff]")
"""Letters of scripts that neither our faces nor the compiler's have: then the machine's own are looked through too."""

_LOST = re.compile(r"error: PDF/UA-1 error: the text `\"(.+?)\"` could not be displayed with font")

_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


_PACKAGE = re.compile("failed to download package|package not found")
_BESIDE = "a theme's handout can't load packages: put the file beside it, into handout/, and import that"


ANSWER = 64 * 1024 * 1024
"""Bytes of an answer: a hundred times that of a text with ten thousand notes."""
PATIENCE = 30
"""Seconds by the clock beside those of processor time: memory that is filled, or waited for, counts as little else."""
_SAID = 2_000
"""Letters of what the compiler says that are handed on."""


class UnsetError(Exception):
    """What was given can't be set, for each fault: message, file in the folder, line and column from 1, a hint."""


def send(end: BinaryIO | Any, content: bytes) -> None:
    """Write some bytes, their number first."""
    end.write(len(content).to_bytes(8, "big") + content)
    end.flush()


def receive(end: BinaryIO | Any) -> bytes:
    """Read what was sent. EOFError where the other side has gone."""
    length = end.read(8)
    if len(length) < 8:
        raise EOFError
    content: bytes = end.read(int.from_bytes(length, "big"))
    return content


def work() -> None:
    """What the process does: answer one request after another, until there are none or who asked was killed.

    First it makes the folder, and says nothing, or the number of the system's refusal. At last it removes it, in the
    midst of a request too: who asked may not be there to do it.
    """
    import signal
    from queue import SimpleQueue
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        os.mkdir(sys.argv[2], 0o700)
    except OSError as fault:
        send(sys.stdout.buffer, str(fault.errno).encode())
        return
    with suppress(BrokenPipeError):
        send(sys.stdout.buffer, b"")
    asked: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    try:
        with suppress(BrokenPipeError):
            _answer_all(asked)
    finally:
        _end()


def _listen(asked: SimpleQueue[bytes]) -> None:
    """Take in what is asked while something else is being answered, so that it is seen when nobody asks any more."""
    try:
        while True:
            asked.put(receive(sys.stdin.buffer))
    finally:
        _end()


def _end() -> None:
    """End this process, and its folder."""
    import shutil

    shutil.rmtree(sys.argv[2], ignore_errors=True)
    os._exit(0)  # what was to be said to nobody isn't flushed once more


def _answer_all(asked: SimpleQueue[bytes]) -> None:
    """BrokenPipeError where nobody listens any more."""
    import signal

    answers = sys.stdout.buffer
    sys.stdout = sys.stderr
    faces: dict[str, Any] = {}
    while True:
        what, folder = asked.get().decode().split(" ", 1)
        said = asked.get().decode()
        _bound(int(sys.argv[3]), int(sys.argv[4]))
        try:
            made = _made(what, folder, said, faces)
        except UnsetError as fault:
            send(answers, b"fault")
            send(answers, json.dumps(fault.args).encode())
        except MemoryError:
            os.abort()  # as the compiler does where it has no more
        except BaseException as fault:  # what the compiler breaks down with is no Exception
            send(answers, b"broke")
            send(answers, _one_line(f"{type(fault).__name__}: {fault}").encode())
        else:
            send(answers, b"made")
            send(answers, made)
        if sys.platform != "win32":
            signal.alarm(0)


def _bound(seconds: int, room: int) -> None:
    """Let the system end this process where it takes more from here on. Windows has no such bounds."""
    if sys.platform == "win32":
        return
    import resource
    import signal

    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    signal.alarm(seconds + PATIENCE)
    # To write down gigabytes of memory as it ends would take longest of all.
    bounds = (resource.RLIMIT_CPU, int(used) + seconds), (resource.RLIMIT_DATA, room), (resource.RLIMIT_CORE, 0)
    for what, most in bounds:
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _made(what: str, folder: str, said: str, faces: dict[str, Any]) -> bytes:
    import typst

    which = "machine" if _FOREIGN.search(said) else "theme"
    if which not in faces:
        paths: list[str] = [os.path.join(folder, "faces")]
        faces[which] = typst.Fonts(
            include_system_fonts=which == "machine", include_embedded_fonts=True, font_paths=paths
        )
    main = os.path.join(folder, MAIN)
    nothing = os.path.join(folder, "packages")  # of the machine's own none is read either
    ready = typst.Compiler(
        main, folder, faces[which], sys_inputs={"said": said}, package_path=nothing, package_cache_path=nothing
    )
    try:
        if what == "ask":
            try:
                answer: bytes = ready.query("<answer>", field="value", one=True).encode()
            except RuntimeError:
                pass  # a query doesn't say where the fault is: that is asked by setting what it asked of
            else:
                if len(answer) > ANSWER:
                    raise UnsetError((f"it answers {len(answer):,} bytes; at most {ANSWER:,} are read", MAIN, 1, 1, ""))
                return answer
        made, lost = _compiled(ready, main)
    except typst.TypstError as fault:
        _require_pictures(ready, folder)
        told = (_placed(one, folder) for one in _faults(fault) if _UNREAD not in one[0])
        raise UnsetError(*dict.fromkeys((*told, *_unread(ready, folder)))) from fault
    if what == "ask":
        raise UnsetError(("there is no <answer> in it", MAIN, 1, 1, ""))
    return json.dumps(lost).encode() + b"\n" + made


def _faults(fault: Any) -> Iterator[tuple[str, str, int, int, str]]:
    """Each error that the compiler tells. Of what goes wrong while it sets that is the first.

    What it says of that first one may be a theme's own words, with lines that look like another error, or a place.
    """
    said = fault.message
    for one in _ERROR.finditer(fault.diagnostic.replace(said, _one_line(said), 1)):
        found = _PLACE.match(one[2])
        message, hint = _OURS.sub("", " ".join([one[1], *_HINT.findall(one[2])])), ""
        if _PACKAGE.match(message):
            message, hint = "it loads a package", _BESIDE
        yield message, *((found[1], int(found[2]), int(found[3]) + 1) if found else (MAIN, 1, 1)), hint


def _placed(found: tuple[str, str, int, int, str], folder: str) -> tuple[str, str, int, int, str]:
    """A fault, at no other place than in a file of the theme's handouts."""
    message, file, line, column, hint = found
    known = _FILES.fullmatch(file) and ".." not in file and os.path.isfile(os.path.join(folder, file))
    return (message, file, line, column, hint) if known else (message, MAIN, 1, 1, hint)


def _one_line(said: str) -> str:
    """Words without line breaks, and without what a terminal takes for an order."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in said[:_SAID]).split())


def _unread(ready: Any, folder: str) -> Iterator[tuple[str, str, int, int, str]]:
    """What can't be read in any file of the theme's: the compiler looks no further than the first file at fault."""
    import typst

    for path in sorted((MAIN, *glob.glob("handout/**/*.typ", root_dir=folder, recursive=True))):
        with open(os.path.join(folder, path), "rb") as file:
            content = file.read()
        named, last = path.replace(os.sep, "/"), content.count(b"\n") + 1
        try:
            content.decode()
            ready.compile(input=content + _UNFINISHED)
        except UnicodeDecodeError as astray:
            begin = content.rfind(b"\n", 0, astray.start) + 1
            column = len(content[begin : astray.start].decode()) + 1
            yield "this is not UTF-8", named, content.count(b"\n", 0, astray.start) + 1, column, ""
        except typst.TypstError as fault:
            for message, _, line, column, hint in _faults(fault):
                if line <= last:
                    yield message, named, line, column, hint


def _require_pictures(ready: Any, folder: str) -> None:
    """UnsetError where pictures are at fault: what can't set one says only from where it was asked for."""
    import typst

    faults: list[tuple[str, str, int, int, str]] = []
    shown = os.path.join(folder, PICTURES)
    for name in sorted(os.listdir(shown)) if os.path.isdir(shown) else ():
        try:
            ready.compile(input=f'#image("/{PICTURES}{name}")'.encode())
        except typst.TypstError as fault:
            faults.append((fault.message, PICTURES + name, 1, 1, ""))
    if faults:
        raise UnsetError(*faults)


def _compiled(ready: Any, main: str) -> tuple[bytes, list[str]]:
    """The PDF, and the letters for which no face has a form: with such it can't keep to the standard."""
    import typst

    try:
        return ready.compile(input=main, format="pdf", pdf_standards=[STANDARD], timestamp=0), []
    except typst.TypstError as fault:
        lost = [_ESCAPED.sub(lambda code: chr(int(code[1], 16)), one) for one in _LOST.findall(fault.diagnostic)]
        if not lost or "error:" in _LOST.sub("", fault.diagnostic):
            raise
        return ready.compile(input=main, format="pdf", timestamp=0), list(dict.fromkeys(lost))
