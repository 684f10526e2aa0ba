"""A theme's handout.typ reads what it is given, and fetches nothing: neither from the network nor from the machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTCollection, TTFont

import builder
from builder.model.diagnostic import MachineError
from builder.model.handout import SettingError
from builder.model.theme import ThemeFiles
from builder.parse.faces import check_faces, fault_of
from builder.shell.press import Typesetter
from builder.shell.typesetting import receive

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    "words", ['#import "@preview/x:1.0.0"', '#import "@pre" + "view/x:1.0.0"', '#read("/etc/hostname")']
)
def test_nothing_is_fetched(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "typst" / "packages" / "preview" / "x" / "1.0.0"
    package.mkdir(parents=True)
    (package / "typst.toml").write_text('[package]\nname = "x"\nversion = "1.0.0"\nentrypoint = "x.typ"\n')
    (package / "x.typ").write_text("#let y = 1\n")
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
            monkeypatch.setenv(name, str(tmp_path))
        with Typesetter({"handout.typ": words.encode()}, tmp_path) as press, pytest.raises(SettingError):
            press.set({}, {})
        proxy.settimeout(0)
        with pytest.raises(BlockingIOError):
            proxy.accept()


def test_what_was_laid_out_goes_with_who_asked_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "passing"))
    (tmp_path / "passing").mkdir()
    press = Typesetter({"handout.typ": b"#set document(title: [Words])\nWords"}, tmp_path)
    assert press.set({}, {}).content.startswith(b"%PDF")
    assert press._process is not None
    assert press._process.stdin is not None
    assert press._process.stdout is not None
    press._process.stdin.close()  # as where he is killed
    press._process.stdout.close()
    press._process.wait(20)
    assert list((tmp_path / "passing").iterdir()) == []


ENDLESS = "#for a in range(9999) { for b in range(9999) { for c in range(9999) {} } }"
GREEDY = '#("x" * 900000000).len()'
SAID = b'#set document(title: [Words])\n#eval(json(bytes(sys.inputs.said)), mode: "markup")'


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process")
@pytest.mark.parametrize("words", [ENDLESS, '#("x" * 90000000000).len()'])
def test_what_never_ends_is_ended(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And isn't asked again: it would take as long for each handout."""
    (tmp_path / "passing").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "passing"))
    with Typesetter({"handout.typ": SAID}, tmp_path, seconds=1, room=1 << 30) as press:
        with pytest.raises(SettingError, match="takes too long, or grows too large"):
            press.set(words, {})  # type: ignore[arg-type]
        assert list((tmp_path / "passing").iterdir()) == []
        with pytest.raises(SettingError, match="this one wasn't tried"):
            press.ask({}, {})
        assert press._process is None
    assert list((tmp_path / "passing").iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere such a bound isn't kept to")
@pytest.mark.parametrize(
    "words", [ENDLESS, "#let a = ()\n#for i in range(99999) { for j in range(999) { a.push(str(a.len()) * 99) } }"]
)
def test_for_a_few_words_a_guest_takes_little(words: str, tmp_path: Path) -> None:
    import resource

    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    press = Typesetter({"handout.typ": SAID}, tmp_path)
    with press, pytest.raises(SettingError, match=r"more than 10 seconds, or 1,536 MB\): a loop") as told:
        press.set(words, {})  # type: ignore[arg-type]
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert told.value.file == "handout.typ"
    assert ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime < 13
    assert ended.ru_maxrss < 1_700_000


def test_who_has_more_to_set_may_take_more(tmp_path: Path) -> None:
    press = Typesetter({}, tmp_path)
    assert press._bounds(1_000) == (10, (1536 << 20) + 300_000)
    assert press._bounds(2 << 20) == (30, (1536 + 600 << 20) + 300_000)
    assert press._bounds(90 << 20) == (60, 6 << 30)


def test_one_process_is_not_told_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It keeps what it made: another takes its place, and what the first worked in is gone."""
    (tmp_path / "passing").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "passing"))
    monkeypatch.setattr("builder.shell.press._LASTS", 30)
    with Typesetter({"handout.typ": SAID}, tmp_path) as press:
        worked = []
        for words in ("One", "Two", "Three, of which there are so many words", "Four"):
            press.set(words, {})  # type: ignore[arg-type]
            assert press._process is not None
            worked.append(press._process.pid)
            assert len(list((tmp_path / "passing").iterdir())) == 1
    assert [worked.index(one) for one in worked] == [0, 0, 0, 3]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere such a bound isn't kept to")
@pytest.mark.parametrize("room", [160, 400])
def test_no_theme_is_to_blame_where_the_machine_lacks_the_memory(room: int, tmp_path: Path) -> None:
    words = f"""import resource, sys; from pathlib import Path; from builder.model.diagnostic import GlossatorError
from builder.shell.press import Typesetter
resource.setrlimit(resource.RLIMIT_AS, ({room} << 20,) * 2)
with Typesetter({{"handout.typ": {SAID!r}}}, Path(sys.argv[1])) as press:
    try: press.set({GREEDY!r}, {{}})
    except GlossatorError as fault: print(type(fault).__name__, fault)
"""
    command = [sys.executable, "-c", words, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("MachineError the process that sets handouts ended"), (done.stdout, done.stderr)
    assert f"{room} MB of memory" in done.stdout


@pytest.mark.parametrize("depth", [2_000, 100_000])
def test_what_is_nested_too_deeply_is_told(depth: int, tmp_path: Path) -> None:
    words = f"#set document(title: [T])\n#let a = ()\n#for i in range({depth}) {{ a = (a,) }}\n#metadata(a)<answer>"
    with Typesetter({"handout.typ": words.encode()}, tmp_path) as press, pytest.raises(SettingError):
        press.ask({}, {})


HANDOUT = "#set document(title: [T])\n"


@pytest.mark.parametrize(
    "words",
    [
        '#panic("a\\n  ┌─ /etc/passwd:1:1\\n/etc/passwd:1:1: G101 \\u{1b}[31m")',
        '#panic("a\\nerror: b\\n  ┌─ /etc/passwd:1:1\\n")',
        '#assert(false, message: "a\\n\\n  ┌─ handout/../../../../etc/passwd:1:1\\n")',
    ],
)
def test_a_theme_names_no_file_but_its_own(words: str, tmp_path: Path) -> None:
    """What it says stands on one line, and orders nothing of a terminal."""
    files = {"handout.typ": (HANDOUT + words).encode()}
    with Typesetter(files, tmp_path) as press, pytest.raises(SettingError) as told:
        press.ask({}, {})
    assert (told.value.file, told.value.line, told.value.also) == ("handout.typ", 2, ())
    assert told.value.message.isprintable()


def test_a_collection_is_as_whole_as_its_faces() -> None:
    faces = Path(builder.__file__).parent.parent / "themes" / "folio" / "faces"
    collection, file = TTCollection(), BytesIO()
    collection.fonts = [TTFont(faces / name) for name in ("serif.otf", "serif-it.otf")]
    collection.save(file)
    assert fault_of(file.getvalue()) == ""
    assert fault_of(file.getvalue()[:-1]) == "it is cut off"


def test_a_face_that_is_passed_over_is_told(tmp_path: Path) -> None:
    """One that only the compiler finds amiss: its header gives letters no measure."""
    face = bytearray((Path(builder.__file__).parent.parent / "themes" / "folio" / "faces" / "serif.otf").read_bytes())
    head = face.index(b"head")
    begin = int.from_bytes(face[head + 8 : head + 12], "big")
    face[begin + 18 : begin + 20] = b"\0\0"
    assert fault_of(bytes(face)) == ""
    files = {"handout.typ": HANDOUT.encode() + b"Words", "faces/serif.otf": bytes(face)}
    with Typesetter(files, tmp_path) as press, pytest.raises(SettingError, match="can't be read") as told:
        press.set({}, {})
    assert told.value.file == "faces/serif.otf"


@pytest.mark.parametrize("path", ["handout.typ", "handout/more.typ"])
def test_what_is_no_utf_8_is_told_once_where_it_stands(path: str, tmp_path: Path) -> None:
    files = {"handout.typ": (HANDOUT + '#include "handout/more.typ"').encode(), path: b'#let a = 1\n#let b = "\xff"\n'}
    with Typesetter(files, tmp_path) as press, pytest.raises(SettingError) as told:
        press.ask({}, {})
    found = told.value
    assert (found.message, found.file, found.line, found.column) == ("this is not UTF-8", path, 2, 11)
    assert found.also == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process")
def test_an_answer_too_long_to_be_read_is_told(tmp_path: Path) -> None:
    files = {"handout.typ": (HANDOUT + '#metadata("x" * 70000000) <answer>').encode()}
    with Typesetter(files, tmp_path) as press, pytest.raises(SettingError) as told:
        press.ask({}, {})
    assert told.value.message == "it answers 70,000,002 bytes; at most 67,108,864 are read"


IMPATIENT = "import sys; sys.path[:] = sys.argv[2:]; "
IMPATIENT += "from builder.shell import typesetting; typesetting.PATIENCE = 0; "


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process")
def test_the_clock_bounds_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it waits for memory: here for nothing at all."""
    waiting = "import time; typesetting._made = lambda *_: time.sleep(20); typesetting.work()"
    monkeypatch.setattr("builder.shell.press._CHILD", IMPATIENT + waiting)
    begun = time.monotonic()
    press = Typesetter({"handout.typ": SAID}, tmp_path, seconds=1)
    with press, pytest.raises(SettingError, match="takes too long"):
        press.ask({}, {})
    assert time.monotonic() - begun < 10


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process")
def test_where_the_compiler_waits_for_ever_it_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it does where there is no room for what it would say."""
    monkeypatch.setattr("builder.shell.press._CHILD", IMPATIENT + "typesetting.work()")
    files = {"handout.typ": (HANDOUT + '#panic("x" * 60000000)').encode()}
    press = Typesetter(files, tmp_path, seconds=4, room=350_000_000)
    with press, pytest.raises(SettingError, match="grows too large"):
        press.ask({}, {})


def test_what_the_compiler_breaks_down_with_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What it panics with is no Exception, and pages of its own names go with it."""
    panics = "import os; "
    panics += "typesetting._made = lambda *_: [os.write(2, b'names'), sys.exit('no room')]; typesetting.work()"
    monkeypatch.setattr("builder.shell.press._CHILD", IMPATIENT + panics)
    with Typesetter({"handout.typ": SAID}, tmp_path) as press:
        with pytest.raises(SettingError, match=r"Typst broke down on it, .* \(SystemExit: no room\)"):
            press.ask({}, {})
        with pytest.raises(SettingError, match="this one wasn't tried"):
            press.ask({}, {})
    assert capfd.readouterr().err == ""


def test_a_package_is_told_as_what_a_theme_cannot_load(tmp_path: Path) -> None:
    for name in ("@preview/x:1.0.0", "@local/x:1.0.0"):
        files = {"handout.typ": f'\n#import "{name}": y'.encode()}
        with Typesetter(files, tmp_path) as press, pytest.raises(SettingError) as caught:
            press.ask({}, {})
        assert (caught.value.message, caught.value.file, caught.value.line) == ("it loads a package", "handout.typ", 2)
        assert caught.value.hint.startswith("a theme's handout can't load packages: put the file beside it")


def test_what_the_compilers_own_command_could_do_is_advised_to_nobody(tmp_path: Path) -> None:
    files = {"handout.typ": b'\n#read("../../x.txt")'}
    with Typesetter(files, tmp_path) as press, pytest.raises(SettingError) as caught:
        press.ask({}, {})
    assert caught.value.line == 2
    assert caught.value.message.endswith("outside of the project sandbox")


def test_a_fault_meanwhile_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process ends at once and by itself, though it is busy."""
    (tmp_path / "passing").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "passing"))
    begun: list[bytes] = []
    monkeypatch.setattr("builder.shell.press.receive", lambda end: 1 // 0 if begun else begun.append(receive(end)))
    with pytest.raises(ZeroDivisionError), Typesetter({"handout.typ": SAID}, tmp_path) as press:
        press.set(ENDLESS, {})  # type: ignore[arg-type]
    assert press._process is not None
    assert press._process.returncode == 0
    assert list((tmp_path / "passing").iterdir()) == []


def test_who_is_ended_before_the_process_runs_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody could remove it: so nobody but that process makes it."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("builder.shell.press.subprocess.Popen", lambda *_, **__: 1 // 0)
    press = Typesetter({"handout.typ": SAID}, tmp_path)
    with pytest.raises(ZeroDivisionError):
        press.ask({}, {})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with Typesetter({"handout.typ": SAID}, tmp_path) as press, pytest.raises(MachineError, match="temporary files"):
        press.ask({}, {})


def test_a_process_that_ends_at_once_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.shell.press._CHILD", "pass")
    with Typesetter({"handout.typ": SAID}, tmp_path) as press, pytest.raises(MachineError, match="ended unasked"):
        press.ask({}, {})


ASKING = """import sys, tempfile; from pathlib import Path; from builder.shell.press import Typesetter
tempfile.tempdir = sys.argv[1]
with Typesetter({"handout.typ": sys.argv[2].encode()}, Path(sys.argv[1])) as press: press.ask({}, {})
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("to", ["it", "its group"])
@pytest.mark.parametrize("sent", ["SIGTERM", "SIGKILL", "SIGINT"])
def test_who_is_ended_while_he_asks_leaves_no_folder(sent: str, to: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", ASKING, str(tmp_path), ENDLESS]
    with subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL) as asking:
        try:
            until(lambda: list(tmp_path.glob("glossator-*/handout.typ")))
            time.sleep(0.3)  # and is at work
            (os.kill if to == "it" else os.killpg)(asking.pid, getattr(signal, sent))
            asking.wait(20)
        finally:
            asking.kill()
    until(lambda: not list(tmp_path.iterdir()))


def until(come: Callable[[], object]) -> None:
    """Wait for something that must come soon."""
    end = time.monotonic() + 20
    while not come():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("sans.OTF", "this typeface can't be read: it is neither OpenType nor TrueType"),
        ("sans.ttc", "this typeface can't be read: it is cut off"),
        ("sans.woff2", "handouts aren't set in a typeface of this form (.woff2)"),
        ("sans.PFB", "handouts aren't set in a typeface of this form (.PFB)"),
        ("LICENCE.txt", ""),
    ],
)
def test_no_file_among_the_faces_is_passed_over_in_silence(name: str, told: str) -> None:
    """However its name ends: the compiler itself says nothing of one that it doesn't take."""
    read = ThemeFiles("plain", {f"faces/{name}": b"ttcf" if name.endswith("ttc") else b"words"})
    assert [one.message for one in check_faces(read)] == ([told] if told else [])
