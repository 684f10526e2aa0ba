"""Commands that write, what each of them finds and comes to, and what no fault may do to it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.faults.conftest import EVERY_OUTPUT, FABLE, FILES, NOTES, PIXEL, copied, lay_site, tree

LONG = bool(os.environ.get("GLOSSATOR_LONG"))
"""Whether to let a fault befall each operation, also where a hundred of them do the same: that takes an hour."""

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tests.faults.conftest import Nursery, Ran

Standing = tuple[str, int, int, bool, bytes | str]
"""A path, and what stands there."""


@dataclass(frozen=True)
class Case:
    """A command that writes, and what it finds."""

    command: tuple[str, ...]
    change: Callable[[Path], None] = lambda _: None
    """What the author does after the last build."""
    outputs: tuple[str, ...] = EVERY_OUTPUT
    built: bool = True
    amended: bool = False
    """Whether files are put into the output one by one: then each of them is the old or the new one."""
    words: str = ""
    then_built: bool = False
    """Whether what it leaves is looked at after a build: that writes the locks which the command leaves to it."""
    again: tuple[int, ...] = (0,)
    """With what status the command may end where it is given once more."""

    @property
    def asked(self) -> dict[str, Any]:
        """What else a run of it is asked for: a small site is amended only if any change is thought a small one."""
        return {"words": self.words, **({"few": 1} if self.amended else {})}


def write(name: str, words: str) -> Callable[[Path], None]:
    """Put a file into the project."""

    def put(project: Path) -> None:
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(words, "utf-8")

    return put


def retitled(project: Path) -> None:
    settings = project / "content/site.toml"
    settings.write_text(settings.read_text("utf-8").replace('"Fables"', '"Fables, again"'), "utf-8")


def more(project: Path) -> None:
    """A text from elsewhere, and the picture that it shows."""
    write("more.md", "# More\n\nWords from elsewhere, with ![a picture](bee.png).\n")(project)
    (project / "bee.png").write_bytes(PIXEL)


NOTE = write("content/grapes/fable.notes.md", NOTES.replace("## went his way", "## A hungry fox"))
REWORDED = write("content/grapes/fable.md", FABLE.replace("not reach them", "not reech them"))
ZIPPED = write("content/site.toml", FILES["site.toml"].replace("OUTPUTS", '"site", "zip"'))
ANNOTATION = write(
    "more.json",
    '[{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "id": "urn:x:1", "body": {"type":'
    ' "TextualBody", "value": "A remark."}, "target": {"source": "fable", "selector": {"type": "TextQuoteSelector",'
    ' "exact": "A hungry fox"}}}]',
)
SITE = ("site",)
CASES = {
    "first build": Case(("build",), built=False),
    "all changes": Case(("build",), retitled),
    "few change": Case(("build",), NOTE, SITE, amended=True),
    "one output": Case(("build", "--only", "offline"), retitled, amended=True),
    "the zip": Case(("build", "--only", "zip"), ZIPPED, SITE, amended=True),
    "handouts": Case(("build",), NOTE, ("site", "handout")),
    "a save": Case(
        ("save",), write("edit", "content/grapes/fable.notes.md\tjumps\tsprings"), SITE, amended=True, then_built=True
    ),
    "check --fix": Case(("check", "--fix"), REWORDED, then_built=True),
    "review": Case(("review",), REWORDED, words="a\nl\nq\n", then_built=True),
    "import a text": Case(("import", "more.md", "--into", "content/grapes"), more, then_built=True),
    "import an edition": Case(("import", "more.md"), more, then_built=True, again=(0, 1)),
    "import notes": Case(("import", "more.json", "--into", "content/grapes"), ANNOTATION, then_built=True),
    "new": Case(("new", "fresh"), again=(0, 1)),
}

QUICK = ("all changes", "few change", "check --fix", "import notes")
EACH = [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in CASES]
"""Every case, of which a few are tried always."""


@dataclass(frozen=True)
class Known:
    """A project before a command, and all that is in it afterwards where nothing befalls that."""

    folder: Path
    before: dict[str, bytes]
    ended: dict[str, bytes]
    """What was in it when the command had ended, and no build had followed."""
    after: dict[str, bytes]
    undisturbed: Ran
    mended: set[frozenset[Standing]] = field(default_factory=set)
    """The states in which something left the project, and from which the command has come to its end since."""

    @property
    def states(self) -> tuple[dict[str, bytes], ...]:
        """The project as it was and as it is to be."""
        return self.before, self.ended


def look(name: str, folder: Path, nursery: Nursery) -> Known:
    """What is known of a case, found out in a folder."""
    case, project = CASES[name], folder / "before"
    project.mkdir()
    lay_site(project, case.outputs)
    if case.built:
        assert nursery.run(project, "build").status == 0
    case.change(project)
    after = copied(project, folder / "after")
    ran = nursery.run(after, *case.command, **case.asked, fault={"how": "watch"})
    assert ran.status == 0, ran.err
    ended = site_of(after)
    if case.then_built:
        assert nursery.run(after, "build", "--quiet").status == 0
    found = Known(project, site_of(project), ended, site_of(after), ran)
    assert found.before != found.after
    return found


def site_of(project: Path) -> dict[str, bytes]:
    """All that stands in a project but what a build remembers, which no reader ever sees."""
    return {path: content for path, content in tree(project).items() if not path.startswith(".output.glossator-memory")}


def check(name: str, known: Known, project: Path) -> None:
    """What was killed left all that is anybody's as it was or as it is to be."""
    stands = site_of(project)
    output = {path: content for path, content in stands.items() if path.startswith("output/")}
    if not CASES[name].amended:
        assert output in (
            {path: content for path, content in each.items() if path.startswith("output/")} for each in known.states
        )
    for path in stands.keys() | known.before.keys() | known.ended.keys():
        if path.startswith(("output/", "content/", "fresh/")) and not is_aside(path):
            assert stands.get(path) in [state.get(path) for state in known.states], path


def is_aside(path: str) -> bool:
    """Whether a path is one at which a file is laid out before it gets its name: hidden, or an editor's."""
    return path.endswith(("~", "/")) or any(part.startswith(".") for part in path.split("/") if part != ".glossator")


def standing(project: Path, before: Path) -> frozenset[Standing]:
    """Each path of a project, and all of it that a command can see: of its time, whether it is that of before."""
    found = set()
    for path in project.rglob("*"):
        name, seen = path.relative_to(project), path.lstat()
        same = (before / name).exists() and seen.st_mtime_ns == (before / name).lstat().st_mtime_ns
        whole = path.is_file() and not path.is_symlink()
        words = hashlib.sha256(path.read_bytes()).digest() if whole else os.readlink(path) if path.is_symlink() else ""
        found.add((name.as_posix(), seen.st_mode, seen.st_nlink, same, words))
    return frozenset(found)


def mend(name: str, known: Known, project: Path, nursery: Nursery) -> None:
    """The command, given again, comes to what it would have come to, and leaves nothing lying about.

    Many faults leave a project in the same state, most in that in which it was: from each state it is tried once.
    """
    case, state = CASES[name], standing(project, known.folder)
    if state in known.mended and not LONG:
        return
    if case.command == ("save",):  # the resident is gone: who comes next builds
        case.change(project)
        words = (project / "content/grapes/fable.notes.md").read_text("utf-8").replace("jumps", "springs")
        (project / "content/grapes/fable.notes.md").write_text(words, "utf-8")
    ran = nursery.run(project, *(("build",) if case.command == ("save",) else case.command), **case.asked)
    assert ran.status in case.again, ran.err
    if case.then_built:
        ran = nursery.run(project, "build", "--quiet")
        assert ran.status == 0, ran.err
    assert site_of(project) == known.after
    assert not [path for path in tree(project) if path.endswith("~")]
    known.mended.add(state)


def telling(seen: Sequence[Mapping[str, Any]]) -> list[int]:
    """The numbers of operations at which to kill: all of them, or of those that do the same the last."""
    if LONG:
        return list(range(1, len(seen) + 1))
    groups: dict[str, list[int]] = {}
    for number, one in enumerate(seen, 1):
        what, _, path = one["does"].partition(" ")
        if "/" not in path:  # a folder that is removed with all that is in it
            path = "/within"
        if what in ("open", "read", "scandir", "listdir") and not path.endswith("~"):
            path = path.rpartition("/")[0]
        where = next((part for part in path.split("/") if "glossator" in part), path)
        groups.setdefault(f"{what} {where} {path.endswith('seal')}", []).append(number)
    return sorted(group[-1] for group in groups.values())
