"""The process that sets handouts: what it is told -> what handout.typ answers, or the PDF. The only user of Typst.

It imports little, so that it is there at once: as much of ours as would be needed for a class of our own takes a tenth
of the time in which a handout is set, and what Python brings along (patterns, JSON, types) half of that. What reads
faults is imported where there are any.
"""

from __future__ import annotations

import os
import sys

from builder.shell.laid_out import FACES, MAIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from queue import SimpleQueue
    from typing import Any, BinaryIO

STANDARD = "ua-1"
"""PDF/UA-1: tagged so that it can be read aloud. The compiler refuses what doesn't keep to it."""

THEME, MACHINE = "theme", "machine"
"""Whose faces are looked through for letters: the theme's, or all that this machine has besides."""

ANSWER = 64 * 1024 * 1024
"""Bytes of an answer: a hundred times that of a text with ten thousand notes."""
PATIENCE = 20
"""Seconds by the clock beside those of processor time: memory that is filled, or waited for, counts as little else."""


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
        os.mkdir(sys.argv[1], 0o700)
    except OSError as fault:
        send(sys.stdout.buffer, str(fault.errno).encode())
        return
    asked: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    try:
        send(sys.stdout.buffer, b"")
        _answer_all(asked)
    except BrokenPipeError:
        pass
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
    for folder, _, files in os.walk(sys.argv[1], topdown=False):
        try:
            for file in files:
                os.unlink(os.path.join(folder, file))
            os.rmdir(folder)
        except OSError:  # taken away already, by who asked
            pass
    os._exit(0)  # what was to be said to nobody isn't flushed once more


def _answer_all(asked: SimpleQueue[bytes]) -> None:
    """BrokenPipeError where nobody listens any more."""
    import signal

    answers = sys.stdout.buffer
    sys.stdout = sys.stderr
    faces: dict[str, Any] = {}
    while True:
        what, whose, seconds, room, folder = asked.get().decode().split(" ", 4)
        said = asked.get().decode()
        _bound(int(seconds), int(room))
        try:
            if whose not in faces:
                faces[whose] = _faces(folder, whose)
            made = _made(what, folder, said, faces[whose])
        except UnsetError as fault:
            import json

            send(answers, b"fault")
            send(answers, json.dumps(fault.args).encode())
        except MemoryError:
            os.abort()  # as the compiler does where it has no more
        except BaseException as fault:  # what the compiler breaks down with is no Exception
            from builder.shell.unset import one_line

            send(answers, b"broke")
            send(answers, one_line(f"{type(fault).__name__}: {fault}").encode())
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


def _made(what: str, folder: str, said: str, faces: Any) -> bytes:
    import typst

    main = os.path.join(folder, MAIN)
    nothing = os.path.join(folder, "packages")  # of the machine's own none is read either
    ready = typst.Compiler(
        main, folder, faces, sys_inputs={"said": said}, package_path=nothing, package_cache_path=nothing
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
        from builder.shell.unset import all_faults

        raise UnsetError(*all_faults(fault, ready, folder)) from fault
    if what == "ask":
        raise UnsetError(("there is no <answer> in it", MAIN, 1, 1, ""))
    return "\0".join(lost).encode() + b"\n" + made


def _faces(folder: str, whose: str) -> Any:
    """The faces of the theme and the compiler's, and those of the machine where asked for.

    UnsetError for what the compiler would pass over without a word.
    """
    import typst

    found = typst.Fonts(
        include_system_fonts=whose == MACHINE, include_embedded_fonts=True, font_paths=[os.path.join(folder, FACES)]
    )
    known = {os.path.realpath(one.path) for one in found.fonts() if one.path}
    laid = (os.path.join(top, name) for top, _, names in os.walk(os.path.join(folder, FACES)) for name in names)
    lost = sorted(os.path.relpath(path, folder) for path in laid if os.path.realpath(path) not in known)
    if lost:
        message, hint = "this typeface can't be read", "get the file once more from where it came from, or take it out"
        raise UnsetError(*((message, path.replace(os.sep, "/"), 1, 1, hint) for path in lost))
    return found


def _compiled(ready: Any, main: str) -> tuple[bytes, list[str]]:
    """The PDF, and the letters for which no face has a form: with such it can't keep to the standard."""
    import typst

    try:
        return ready.compile(input=main, format="pdf", pdf_standards=[STANDARD], timestamp=0), []
    except typst.TypstError as fault:
        from builder.shell.unset import formless

        lost = formless(fault)
        if not lost:
            raise
        return ready.compile(input=main, format="pdf", timestamp=0), lost
