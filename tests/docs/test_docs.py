"""The documentation is complete and true: its tables are the program's, its examples build, its links lead somewhere.

An example is a fenced block whose first line names a file after the language (```` ```toml fable/edition.toml ````).
The examples of one section, laid over those of the first section of docs/writing.md, make a site that must have
nothing wrong with it. A section that shows the same file twice shows its continuation.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from builder.cli import command
from builder.model.codes import CODES
from builder.model.diagnostic import Severity
from builder.model.vocabulary import BUILT_IN_KINDS, BUILT_IN_RELATIONS, RESERVED_EDITIONS, RESERVED_TEXTS
from builder.shell.opening import check_site
from builder.shell.terminal import lines
from docs import generate

if TYPE_CHECKING:
    from builder.model.code import Code

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))
README = ROOT / "README.md"
FENCE = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=indent)(?P=fence)$", re.M | re.S
)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
TESTED = {"toml", "markdown", "json"}
OF_A_THEME = ("themes/", "content/")
"""How the names of files begin that make a theme with a site beside it: tests/docs/test_theming.py builds these."""


@dataclass(frozen=True)
class Example:
    page: Path
    section: str
    files: dict[str, str]

    @property
    def name(self) -> str:
        return f"{self.page.stem}: {self.section}"


def examples(page: Path) -> list[Example]:
    found: list[Example] = []
    words = page.read_text(encoding="utf-8")
    fences = list(FENCE.finditer(words))
    for fence in fences:
        language, _, name = fence["info"].partition(" ")
        if language not in TESTED:
            continue
        if name.startswith(OF_A_THEME):
            continue
        assert name, f"{page.name}: an example without the name of its file:\n{fence.group()}"
        section = section_of(words, fence.start(), fences)
        if not found or found[-1].section != section:
            found.append(Example(page, section, {}))
        files = found[-1].files
        body = re.sub(f"^{fence['indent']}", "", fence["body"], flags=re.M)
        files[name] = f"{files[name]}\n{body}" if name in files else body
    return found


def section_of(words: str, offset: int, fences: list[re.Match[str]]) -> str:
    """The last heading before `offset` that doesn't stand in an example."""
    headings = [
        heading["title"]
        for heading in re.finditer(r"^#{1,3} (?P<title>.+)$", words[:offset], re.M)
        if not any(fence.start() <= heading.start() < fence.end() for fence in fences)
    ]
    return headings[-1]


PIXEL = ROOT / "tests/codes/G603/site/images/fox.png"
BASE = examples(ROOT / "docs" / "writing.md")[0].files
EXAMPLES = [one for page in PAGES for one in examples(page)]
README_EXAMPLE = examples(README)[0]


def lay_out(files: dict[str, str], folder: Path) -> None:
    for name, words in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
        for picture in PICTURE.findall(words):
            (path.parent / picture).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PIXEL, path.parent / picture)


def told(folder: Path) -> list[str]:
    """What is wrong with a site; a remark says that nothing is."""
    found = (one for one in check_site(folder) if one.severity is not Severity.INFORMATION)
    return ["\n".join(lines(one)) for one in found]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_examples_have_nothing_wrong_with_them(example: Example, tmp_path: Path) -> None:
    lay_out({**BASE, **example.files}, tmp_path)
    assert told(tmp_path) == []


def test_ten_lines_of_the_readme(tmp_path: Path) -> None:
    files = {"site.toml": 'title = "Ten lines"\n', **README_EXAMPLE.files}
    lay_out(files, tmp_path)
    assert told(tmp_path) == []
    assert sum(bool(line.strip()) for words in README_EXAMPLE.files.values() for line in words.splitlines()) == 10


@pytest.mark.parametrize("name", sorted(generate.pages()))
def test_generated_pages_are_up_to_date(name: str, regold: bool) -> None:
    if regold:
        generate.write()
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == generate.pages()[name], "run `make regold`"


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.id)
def test_every_code_is_explained(code: Code) -> None:
    assert all(words.strip() for words in (code.title, code.meaning, code.repair))
    assert f"### {code.id}\n" in (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")


def test_words_of_the_format_are_documented() -> None:
    page = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
    rows = [f"| `.{kind.id}` |" for kind in BUILT_IN_KINDS]
    rows += [f"| `.{tie.id}` | {tie.label} | {tie.inverse} |" for tie in BUILT_IN_RELATIONS]
    names = [f"`{name}`" for name in sorted(RESERVED_TEXTS | RESERVED_EDITIONS)]
    assert [words for words in (*rows, *names) if words not in page] == []


@pytest.mark.parametrize("name", command.list_commands(click.Context(command)))
def test_every_command_and_option_is_documented(name: str) -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert f"`glossator {name}" in README.read_text(encoding="utf-8")
    section = next(part for part in page.split("\n## ") if part.startswith(f"glossator {name} "))
    found = command.get_command(click.Context(command), name)
    assert found is not None
    for parameter in found.params:
        if isinstance(parameter, click.Option):
            assert all(f"`{option}" in section for option in parameter.opts), parameter.opts
        for choice in parameter.type.choices if isinstance(parameter.type, click.Choice) else ():
            assert f" {choice}`" in section, choice


@pytest.mark.parametrize("page", [*PAGES, README], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    words = re.sub("`[^`\n]*`", "", FENCE.sub("", page.read_text(encoding="utf-8")))
    for target in (*LINK.findall(words), *PICTURE.findall(words)):
        if re.match(r"https?://", target):
            continue
        path, _, heading = target.partition("#")
        there = page.parent / path if path else page
        assert there.exists(), target
        if heading:
            assert heading in headings(there), target


def headings(page: Path) -> set[str]:
    """The ids that code hosts give to a page's headings."""
    words = FENCE.sub("", page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", words, re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", ["README.md", "docs/README.md"])
def test_what_is_promised_to_be_safe_is_found_from_the_first_pages(path: str) -> None:
    assert "SECURITY.md)" in (ROOT / path).read_text(encoding="utf-8")
