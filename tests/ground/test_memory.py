"""What a build remembers between two runs: it saves work, and is never believed over what stands on the disk."""

from __future__ import annotations

import ast
import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from builder.__main__ import started
from builder.cli import command, run
from builder.shell import jobs, memory, seal
from builder.shell.build import Order
from builder.shell.manifest import MARKER
from builder.shell.shards import _number, _place, _write
from builder.shell.unchanged import AUDIENCES, FLAGS, answer
from builder.shell.workshop import Workshop

from .conftest import ROOT, in_new_process

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from builder.shell.workshop import Round

    from .conftest import Shell

EDITION = "content/reading-with-a-pencil"
GIVENS = Path(_place("", _number("reading-with-a-pencil"))).name
UNCHANGED = "nothing changed since the last build\n"


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def settle(folder: Path, seconds: float = 5) -> None:
    """Give all files under a folder a time that is past: as if the author had had his coffee."""
    past = time.time() - seconds
    for path in folder.rglob("*"):
        os.utime(path, (past, past))


def rebuilt(folder: Path) -> dict[str, bytes]:
    """What a build from nothing makes of it."""
    clean = folder / "clean"
    assert run(["build", str(folder / "content"), "--output", str(clean), "--quiet", "--clean"]) == 0
    made = tree(clean)
    shutil.rmtree(clean)
    shutil.rmtree(seal.memory_of(str(clean)))
    return made


@pytest.fixture
def built(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The starter, built and sealed. That files were written a moment ago doesn't count here."""
    monkeypatch.setattr(seal, "doubt", lambda *_: None)
    assert shell("build").status == 0
    assert shell("build", "--why").err.startswith(UNCHANGED)
    return shell


def test_what_is_sealed_is_not_looked_into(built: Shell) -> None:
    """A build of which nothing changed reads no settings, no text, no template; it needs none of the heavy modules."""
    script = (
        "import sys; from builder.cli import run; status = run(['build', '--why']);"
        "print([name for name in sys.modules if name.partition('.')[0] in"
        " ('markdown_it', 'jinja2', 'watchdog', 'pygments', 'rich') or name.startswith('builder.pipeline')]); "
        "sys.exit(status)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=built.folder,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert said.stderr.startswith(UNCHANGED)
    assert said.stdout == "[]\n"


PLAIN = [[], ["--why"], ["--quiet"], ["-q", "--why"], ["content"], ["content", "--output", "output"], ["--jobs", "2"]]
"""What is understood before the command line's library is there."""
OTHER = [["--jobs=2"], ["--output=output"], ["./content"], ["--clean"], ["content", "content"], ["--audience"]]


@pytest.mark.parametrize("arguments", [*PLAIN, *OTHER], ids=str)
def test_the_short_way_says_what_the_long_one_says(
    built: Shell, arguments: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    built.append(str(note(built.folder)), "\n## no such words\nLost.\n")
    assert "no such words" in built("build").err
    long = built("build", *arguments)
    status = answer(["build", *arguments])
    assert (status is None) == (arguments in OTHER)
    if status is not None:
        out, err = capfd.readouterr()
        assert (status, out, err) == (long.status, long.out, long.err)


def test_what_was_looked_at_is_not_looked_at_again(built: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    note(built.folder).write_text(note(built.folder).read_text().replace("the", "teh", 1))
    looks: list[int] = []
    look = seal.look_at

    def counted(paths: list[str]) -> array[int]:
        looks.append(len(paths))
        return look(paths)

    monkeypatch.setattr(seal, "look_at", counted)
    assert started(["build", "--quiet"]) == 0
    assert looks[0] > 3 * sum(looks[1:])
    assert tree(built.folder / "output") == rebuilt(built.folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no second process")
@pytest.mark.parametrize(
    ("fate", "looks"), {"lives": ["5", "5"], "is ended from outside": ["5", "5"], "is refused": ["10"]}.items()
)
def test_two_processes_see_what_one_sees(tmp_path: Path, fate: str, looks: list[str]) -> None:
    """Also where the second one comes to nothing. A program of its own: where there are threads there is no second."""
    for number in range(9):
        (tmp_path / f"{number}.md").write_text("a" * number)
    script = (
        "import os, sys; from builder.shell import seal\n"
        "paths = [*sorted(entry.path for entry in os.scandir(sys.argv[1])), 'nowhere']\n"
        "alone, look, first = seal.look_at(paths), seal.look_at, os.getpid()\n"
        "seal.MANY, seal.processors = 10, lambda: 2\n"
        "def refused(): raise BlockingIOError\n"
        "if sys.argv[2] == 'is refused': os.fork = refused\n"
        "def looked(paths):\n"
        "    if sys.argv[2] != 'lives' and os.getpid() != first: os.kill(os.getpid(), 9)\n"
        "    os.write(1, b'%d\\n' % len(paths)); return look(paths)\n"
        "seal.look_at = looked\n"
        "print(seal.look_at_many(paths) == alone)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path), fate],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert said.stdout.split() == [*looks, "True"]


def test_the_short_way_knows_no_option_that_the_command_has_not() -> None:
    build = command.commands["build"]
    flags = {name for one in build.params if getattr(one, "is_flag", False) for name in one.opts}
    assert FLAGS.keys() <= flags
    audience = next(one for one in build.params if one.name == "audience").type
    assert isinstance(audience, click.Choice)
    assert tuple(audience.choices) == AUDIENCES


@pytest.mark.parametrize("said", ["5", "[]", "[true]", "{}", "[[1, 2]]", "[" * 100_000, "no JSON"])
def test_what_was_said_and_cannot_be_read_is_found_out_anew(built: Shell, said: str) -> None:
    asked = seal.request("content", "output", "", strict=False)
    seen = seal.look_at_seal("output", asked)
    assert seen is not None
    seen.told = said
    seal.write_seal("output", asked, seen)
    assert not isinstance(answer(["build"]), int)
    assert started(["build", "--quiet"]) == 0
    assert built("build").status == 0


def note(folder: Path) -> Path:
    return next((folder / EDITION).glob("*.notes.md"))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a word": lambda folder: note(folder).write_text(note(folder).read_text().replace("the", "teh", 1)),
    "a file more": lambda folder: (folder / EDITION / "more.md").write_text("More.\n"),
    "a file less": lambda folder: note(folder).unlink(),
    "a file renamed": lambda folder: note(folder).rename(note(folder).with_name("x.md")),
    "a time": lambda folder: os.utime(note(folder)),
    "a theme of its own": lambda folder: (folder / "content/theme/css").mkdir(parents=True),
    "themes beside it": lambda folder: (folder / "themes/mine").mkdir(parents=True),
    "a page edited": lambda folder: (folder / "output/index.html").write_text("other"),
    "a page removed": lambda folder: (folder / "output/index.html").unlink(),
    "a stranger among the pages": lambda folder: (folder / "output/assets/note.txt").write_text("mine"),
    "the list of pages gone": lambda folder: (folder / "output" / MARKER).unlink(),
    "the output gone": lambda folder: shutil.rmtree(folder / "output"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_breaks_the_seal(built: Shell, change: str) -> None:
    CHANGES[change](built.folder)
    assert UNCHANGED not in built("build", "--why").err


@pytest.mark.parametrize(
    "arguments", [["--strict"], ["--audience", "student"], ["--output", "elsewhere"], ["--clean"]], ids=str
)
def test_another_request_is_another_build(built: Shell, arguments: list[str]) -> None:
    assert UNCHANGED not in built("build", "--why", *arguments).err


def test_a_file_of_this_moment_is_not_sealed(shell: Shell) -> None:
    """A second change within one tick of the disk's clock would bear the same time."""
    settle(shell.folder / "content")
    note(shell.folder).touch()
    shell("build")
    assert UNCHANGED not in shell("build", "--why").err


def test_what_was_said_is_said_again(built: Shell) -> None:
    with note(built.folder).open("a") as file:
        file.write("\n## words that stand nowhere at all {#lost .language}\nGone.\n")
    first = built("build")
    again = built("build", "--why")
    assert UNCHANGED in again.err
    assert "words that stand nowhere at all" in again.err
    assert again.err.replace(UNCHANGED, "").splitlines()[:-1] == first.err.splitlines()[:-1]


def test_a_touch_of_everything_rebuilds_nothing(built: Shell) -> None:
    """As a git checkout does it: other times, the same words."""
    before = {path: path.stat().st_mtime_ns for path in (built.folder / "output").rglob("*") if path.is_file()}
    settle(built.folder / "content", seconds=-1)
    said = built("build", "--why").err
    assert "1 edition kept as it was" in said
    assert "0 written" in said
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_an_edit_makes_its_edition(built: Shell) -> None:
    CHANGES["a word"](built.folder)
    said = built("build", "--why").err
    assert f"reading-with-a-pencil: reading-with-a-pencil/{note(built.folder).name} changed\n" in said
    assert tree(built.folder / "output") == rebuilt(built.folder)


def test_clean_makes_all_anew(built: Shell) -> None:
    assert "reading-with-a-pencil: all was to be made anew\n" in built("build", "--why", "--clean").err


@pytest.mark.parametrize("change", ["a page edited", "a page removed"])
def test_why_all_is_made_where_a_page_was_touched(built: Shell, change: str) -> None:
    CHANGES[change](built.folder)
    said = built("build", "--why").err
    assert "reading-with-a-pencil: a file of the output isn't as it was left\n" in said


def test_an_edition_that_went_is_told_and_forgotten(built: Shell) -> None:
    shutil.copytree(built.folder / EDITION, built.folder / "content/second")
    assert "second: it is new\n" in built("build", "--why").err
    remembered = Path(seal.memory_of(str(built.folder / "output")))
    assert any(b"second\t" in path.read_bytes() for path in remembered.glob("givens-*"))
    shutil.rmtree(built.folder / "content/second")
    assert "second: it is built no longer\n" in built("build", "--why").err
    assert not any(b"second\t" in path.read_bytes() for path in remembered.iterdir())
    assert tree(built.folder / "output") == rebuilt(built.folder)


# what is damaged, foreign or forged

DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda content: content[: len(content) // 2],
    "another letter": lambda content: content[:-20] + b"~" + content[-19:],
    "no text": lambda content: content.replace(b"e", b"\xff"),
    "too deep": lambda content: content.split(b"\n")[0] + b"\n" + b"[" * 100_000,
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", [memory.SITE, memory.EDITIONS, memory.SOURCES, GIVENS, seal.SEAL, seal.ROWS])
def test_a_damaged_memory_is_passed_over(built: Shell, name: str, damage: str) -> None:
    place = Path(seal.memory_of(str(built.folder / "output"))) / name
    place.write_bytes(DAMAGE[damage](place.read_bytes()))
    CHANGES["a word"](built.folder)
    said = built("build")
    assert (said.status, said.err.count("\n")) == (0, 1)
    assert tree(built.folder / "output") == rebuilt(built.folder)


FORGED = ['["a"]', "[]", "7", "null", '[[{},{},{},[],{}],{},[],[["x","y",3]]]', '[[{"a":1},{},{},[],{}],{},[],[]]']


@pytest.mark.parametrize("line", FORGED)
@pytest.mark.parametrize("name", [memory.SITE, memory.EDITIONS, memory.SOURCES, GIVENS])
def test_a_forged_memory_is_passed_over(built: Shell, name: str, line: str) -> None:
    """Whole by its checksum, and yet not what a build wrote."""
    output = str(built.folder / "output")
    place = Path(seal.memory_of(output))
    key = (place / memory.SITE).read_text().split(" ")[0]
    made, _, checks = (place / memory.SITE).read_text().split("\n", 1)[1].partition("\n")
    forged = f"reading-with-a-pencil\t{line}"
    if name == GIVENS:
        others = json.loads(checks)
        others[_number("reading-with-a-pencil")] = _write(str(place / name), forged.encode())
        memory._write(str(place), memory.SITE, key, (made, json.dumps(others)))
    elif name == memory.SITE:
        memory._write(str(place), name, key, (line, checks))
    else:
        memory._write(str(place), name, key, (forged,))
    CHANGES["a word"](built.folder)
    said = built("build")
    assert (said.status, said.err.count("\n")) == (0, 1)
    assert tree(built.folder / "output") == rebuilt(built.folder)


@pytest.fixture
def keeping(built: Shell, monkeypatch: pytest.MonkeyPatch) -> tuple[Shell, Path]:
    """The starter as if it were a large edition, and the file in which its paragraphs are kept."""
    monkeypatch.setattr("builder.render.keeping.MANY", 1)
    assert built("build", "--clean").status == 0
    (place,) = Path(seal.memory_of(str(built.folder / "output"))).glob(f"{memory.KEPT}.*")
    return built, place


def a_word_of_a_text(folder: Path) -> None:
    for path in sorted((folder / EDITION).glob("*.md")):
        if path.with_suffix(".notes.md").exists():
            path.write_text(path.read_text().replace(" the ", " that ", 1))


def test_paragraphs_are_kept_between_runs(keeping: tuple[Shell, Path]) -> None:
    built, place = keeping
    for _ in range(3):
        before = place.read_bytes()
        a_word_of_a_text(built.folder)
        assert built("build").status == 0
        assert place.read_bytes() != before
        assert tree(built.folder / "output") == rebuilt(built.folder)


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_paragraphs_are_passed_over(keeping: tuple[Shell, Path], damage: str) -> None:
    built, place = keeping
    place.write_bytes(DAMAGE[damage](place.read_bytes()))
    a_word_of_a_text(built.folder)
    said = built("build")
    assert (said.status, said.err.count("\n")) == (0, 1)
    assert tree(built.folder / "output") == rebuilt(built.folder)


@pytest.mark.parametrize("forged", ["", "7\n7", "null\nnull", "rows", "numbers"])
def test_forged_paragraphs_are_passed_over(keeping: tuple[Shell, Path], forged: str) -> None:
    """Whole by the checksum, under the right key, and yet not what a build wrote."""
    built, place = keeping
    head, notes, paragraphs, *found = place.read_text().split("\n")
    ground, checks, rows = json.loads(paragraphs)
    assert rows
    if forged == "rows":
        lines = [notes, json.dumps([ground, checks, {name: [] for name in rows}]), *found]
    elif forged == "numbers":
        other = {name: [row[0], *("x" for _ in row[1:])] for name, row in rows.items()}
        lines = [notes, json.dumps([ground, checks, other]), *found]
    else:
        lines = forged.split("\n")
    memory._write(str(place.parent), place.name, head.split(" ")[0], lines)
    a_word_of_a_text(built.folder)
    said = built("build")
    assert (said.status, said.err.count("\n")) == (0, 1)
    assert tree(built.folder / "output") == rebuilt(built.folder)


def test_the_memory_of_another_program_is_not_believed(built: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [*seal.program(), __file__]
    monkeypatch.setattr(memory, "program", lambda: iter(files))
    CHANGES["a word"](built.folder)
    assert "no earlier build is remembered" in built("build", "--why").err


def test_the_memory_of_another_output_is_not_believed(built: Shell) -> None:
    """Somebody put an older site in the output's place: what is remembered isn't what stands there."""
    shutil.copytree(built.folder / "output", built.folder / "older")
    CHANGES["a word"](built.folder)
    built("build")
    shutil.rmtree(built.folder / "output")
    (built.folder / "older").rename(built.folder / "output")
    assert "no earlier build is remembered" in built("build", "--why").err
    assert tree(built.folder / "output") == rebuilt(built.folder)


@pytest.mark.parametrize("change", ["a page edited", "a page removed", "the output gone"])
def test_what_is_missing_from_the_output_is_mended(built: Shell, change: str) -> None:
    CHANGES[change](built.folder)
    assert built("build").status == 0
    assert tree(built.folder / "output") == rebuilt(built.folder)


def test_where_nothing_can_be_remembered_the_site_is_built(shell: Shell) -> None:
    place = Path(seal.memory_of(str(shell.folder / "output")))
    place.write_text("a file in the folder's place")
    assert shell("build").status == 0
    assert "0 written" in shell("build").err
    assert tree(shell.folder / "output") == rebuilt(shell.folder)


def test_two_builds_at_once(shell: Shell) -> None:
    """Of one site, again and again, while it is edited: in the end it is as a single build makes it."""
    for round_ in range(3):
        with note(shell.folder).open("a") as file:
            file.write(f"\n\n## ¶1 {{#more{round_}}}\nMore {round_}.\n")
        both = [
            subprocess.Popen(
                [sys.executable, "-m", "builder", "build", "--quiet"],
                cwd=shell.folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )
            for _ in range(2)
        ]
        assert [one.wait(60) for one in both] == [0, 0]
    assert in_new_process("build", cwd=shell.folder).returncode == 0
    assert tree(shell.folder / "output") == rebuilt(shell.folder)


# many editions


def many(folder: Path, number: int) -> None:
    """So many copies of the starter's edition."""
    for copy in range(number):
        shutil.copytree(folder / EDITION, folder / "content" / f"copy-{copy}")


@pytest.mark.parametrize("processes", ["2", "3"])
def test_processes_make_the_same(shell: Shell, processes: str) -> None:
    many(shell.folder, 6)
    assert shell("build", "--jobs", processes).status == 0
    assert tree(shell.folder / "output") == rebuilt(shell.folder)


def test_small_builds_have_no_processes() -> None:
    assert isinstance(jobs.spread_out(str, ["one"] * (jobs.WORTH - 1)), map)
    assert isinstance(jobs.spread_out(str, ["one"] * 1000, jobs=1), map)


def test_the_process_that_writes_makes_sheets_too() -> None:
    """Two processes are two in all, and each has its share; what comes out is in order."""
    script = (
        "import os, time\nfrom builder.shell.jobs import spread_out\n"
        "def make(name):\n    time.sleep(0.02)\n    return name, os.getpid() == whose\n"
        "whose = os.getpid()\nprint(list(spread_out(make, [str(one) for one in range(24)], jobs=2)))\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=60, env=env).stdout
    made = ast.literal_eval(told.decode())
    assert [name for name, _ in made] == [str(one) for one in range(24)]
    assert {own for _, own in made} == {True, False}


def test_what_goes_wrong_in_a_process_is_told(tmp_path: Path) -> None:
    """An exception comes back as it is; a process that is killed is no traceback."""
    script = tmp_path / "script.py"
    script.write_text(
        "import os, sys\nfrom builder.model.diagnostic import MachineError\nfrom builder.shell.jobs import spread_out\n"
        "def make(name):\n"
        "    if name == 'bad': raise MachineError('bad')\n"
        "    if name == 'dead': os._exit(9)\n"
        "    return name\n"
        "try: print(list(spread_out(make, sys.argv[1:], jobs=2)))\n"
        "except MachineError as fault: print(fault)\n"
    )

    def out(*names: str) -> str:
        return subprocess.run(
            [sys.executable, str(script), *names],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ).stdout

    assert out("a", "b", "c") == "['a', 'b', 'c']\n"
    assert out("a", "bad", "c") == "bad\n"
    assert "--jobs 1" in out("a", "dead", "c")


def test_after_an_edit_the_seal_is_whole_again(built: Shell) -> None:
    CHANGES["a word"](built.folder)
    assert "kept" not in built("build", "--why").err
    assert built("build", "--why").err.startswith(UNCHANGED)
    CHANGES["a file more"](built.folder)
    assert UNCHANGED not in built("build", "--why").err
    assert UNCHANGED in built("build", "--why").err


@pytest.mark.parametrize("trusting", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_edits_between_runs(shell: Shell, seed: int, trusting: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is done between two builds, the next is byte for byte a build from nothing."""
    if trusting:  # as if each build came long after the edit
        monkeypatch.setattr(seal, "doubt", lambda *_: None)
    many(shell.folder, 3)
    chance = random.Random(seed)
    content = shell.folder / "content"
    for step in range(8):
        files = sorted(path for path in content.rglob("*.md") if path.is_file())
        path = chance.choice(files)
        locks = sorted(content.rglob("anchors.lock"))
        match chance.randrange(9):
            case 0:
                path.write_text(path.read_text() + f"\nMore at step {step}.\n")
            case 1:
                path.write_text(path.read_text().replace(chance.choice("aeiou"), "o", 1))
            case 2:
                shutil.copytree(content / "copy-0", content / f"later-{step}")
            case 3:
                shutil.rmtree(content / "copy-1", ignore_errors=True)
            case 4:
                path.write_text(path.read_text().replace("\n## ", f"\n## New {step}\nA term.\n\n## ", 1))
            case 5:
                (content / "site.toml").write_text((content / "site.toml").read_text() + f"# {step}\n")
            case 6 if locks:
                chance.choice(locks).unlink()
            case 7 if locks:
                (path := chance.choice(locks)).write_text(path.read_text().replace("exact", "", 1))
            case 8 if locks:  # as a careless merge leaves it
                (path := chance.choice(locks)).write_text(chance.choice(locks).read_text())
        time.sleep(0.02)
        if shell("build", "--quiet").status:
            assert shell("build", "--clean", "--output", "clean").status == 1
            continue
        kept = {path: path.read_bytes() for path in content.rglob("anchors.lock")}
        assert tree(shell.folder / "output") == rebuilt(shell.folder), f"seed {seed}, step {step}: {path.name}"
        assert {path: path.read_bytes() for path in content.rglob("anchors.lock")} == kept


def test_what_is_remembered_is_text(built: Shell) -> None:
    """JSON and lines of paths: nothing that runs when it is read."""
    place = Path(seal.memory_of(str(built.folder / "output")))
    assert sorted(path.name for path in place.iterdir()) == sorted(
        ["editions", GIVENS, seal.ROWS, seal.SEAL, "site", "sources"]
    )
    for line in (place / "site").read_text().split("\n")[1:]:
        json.loads(line)
    for line in (*(place / "editions").read_text().split("\n")[1:], *(place / GIVENS).read_text().split("\n")):
        json.loads(line.partition("\t")[2])


def test_who_stays_remembers_for_who_comes_after(shell: Shell) -> None:
    """And begins with what the last build left."""
    rounds: list[Round] = []

    def report(made: Round) -> tuple[str, ...]:
        rounds.append(made)
        return ()

    for _ in range(2):
        workshop = Workshop(Order(Path("content")), generation=None, report=report)
        assert workshop.make() is not None
        workshop.remember()
        CHANGES["a word"](shell.folder)
    outcome = rounds[1].outcome
    assert outcome is not None
    assert outcome.left.making is not None
    assert not any("no earlier build" in why for why in outcome.left.making.reasons.values())
    said = shell("build", "--why").err
    assert f"{note(shell.folder).name} changed" in said
    assert tree(shell.folder / "output") == rebuilt(shell.folder)


# what a strict reader found


def test_a_picture_of_the_same_size_is_another_picture(built: Shell) -> None:
    def picture_of(name: str) -> bytes:
        return f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}"/>'.encode()

    picture = built.folder / EDITION / "p.svg"
    picture.write_bytes(picture_of("a"))
    text = built.folder / EDITION / "essay.md"
    text.write_text(text.read_text() + "\n![A picture](p.svg)\n")
    assert built("build").status == 0
    picture.write_bytes(picture_of("b"))
    assert built("build").status == 0
    assert tree(built.folder / "output") == rebuilt(built.folder)


def test_a_theme_behind_a_link_is_looked_at(built: Shell) -> None:
    style = built.folder / "content/mytheme/css/extra.css"
    style.parent.mkdir(parents=True)
    style.write_text("a{b:c}")
    (built.folder / "content/theme").symlink_to("mytheme")
    built("build")
    assert UNCHANGED in built("build", "--why").err
    style.write_text("a{b:d}")
    assert UNCHANGED not in built("build", "--why").err


def test_a_page_changed_by_hand_is_made_again(built: Shell) -> None:
    page = built.folder / "output/index.html"
    page.write_bytes(page.read_bytes()[::-1])
    assert built("build").status == 0
    assert tree(built.folder / "output") == rebuilt(built.folder)


def test_what_another_build_left_is_not_remembered_as_ours(shell: Shell) -> None:
    workshop = Workshop(Order(Path("content")), generation=None, report=lambda _: ())
    assert workshop.make() is not None
    shutil.copytree(shell.folder / "content", shell.folder / "other")
    (shell.folder / "other/site.toml").write_text('title = "Other"\n')
    assert shell("build", "other", "--output", "output").status == 0
    workshop.remember()
    assert shell("build").status == 0
    assert tree(shell.folder / "output") == rebuilt(shell.folder)


@pytest.mark.parametrize("name", ["seal~", "rows~", "site~", "editions~", "sources~", f"{GIVENS}~"])
def test_nothing_is_written_through_a_link(built: Shell, name: str) -> None:
    victim = built.folder / "victim"
    victim.write_text("mine")
    (Path(seal.memory_of(str(built.folder / "output"))) / name).symlink_to(victim)
    CHANGES["a word"](built.folder)
    assert built("build").status == 0
    assert victim.read_text() == "mine"


def test_a_journal_leads_through_no_link(built: Shell) -> None:
    home = built.folder / "home"
    home.mkdir()
    (home / "rc").write_text("mine")
    (built.folder / "output/x").symlink_to(home)
    fresh = built.folder / ".output.glossator-new/x"
    fresh.mkdir(parents=True)
    (fresh / "rc").write_text("evil")
    (built.folder / ".output.glossator-journal").write_text('{"put": ["x/rc"], "drop": []}')
    (built.folder / ".output.glossator-lock").touch()
    CHANGES["a word"](built.folder)
    built("build")
    assert (home / "rc").read_text() == "mine"


def test_a_reference_in_the_shared_glossary_is_the_same_at_every_build(built: Shell) -> None:
    shutil.copytree(built.folder / EDITION, built.folder / "content/second")
    (built.folder / "content/glossary.md").write_text("## margin\nSee [[reading-with-a-pencil/essay ¶1]].\n")
    assert built("build").status == 0
    note(built.folder.joinpath()).touch()
    (built.folder / "content/second/essay.md").touch()
    assert built("build").status == 0
    assert tree(built.folder / "output") == rebuilt(built.folder)
