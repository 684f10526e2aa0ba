"""The command as a new author and as a script meet it: what it does, says and returns."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder import __version__
from builder.cli import command
from builder.model.codes import CODES
from builder.shell.manifest import MARKER

from .conftest import ROOT, in_new_process

if TYPE_CHECKING:
    from .conftest import Shell

IMPORTING = {**os.environ, "PYTHONPATH": str(ROOT)}
EDITION = "content/reading-with-a-pencil"
LOST = "\n## words that stand nowhere at all {#lost .language}\nGone.\n"


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_build_puts_the_site_beside_its_folder(shell: Shell) -> None:
    said = shell("build")
    assert (said.status, said.out) == (0, "")
    assert said.err == f"open {Path('output') / 'index.html'}\n"
    assert {"index.html", "reading-with-a-pencil/index.html", MARKER} <= set(tree(shell.folder / "output"))


@pytest.mark.parametrize("command", ["build", "check"])
def test_an_edition_of_a_site_says_that_it_is_taken_alone(shell: Shell, command: str) -> None:
    assert f"{EDITION}: belongs to the site in content, and its settings don't count" in shell(command, EDITION).err
    assert "belongs to" not in shell(command).err


@pytest.mark.parametrize("line", [["build"], ["check"], ["theme", "check", "folio"]])
def test_a_misspelt_file_in_the_sites_theme_is_told(shell: Shell, line: list[str]) -> None:
    own = shell.folder / "content" / "theme" / "css"
    own.mkdir(parents=True)
    (own / "colors.css").write_text("a { color: red }")
    told = shell(*line)
    assert told.status == 0
    assert f"{Path('content/theme/css/colors.css')}:1:1: G511 warning: " in told.err
    assert "did you mean “css/colours.css”?" in told.err


def test_the_starter_is_free_of_slips(shell: Shell) -> None:
    said = shell("check", "--strict")
    assert (said.status, said.out, said.err) == (0, "", "nothing to mend\n")
    assert shell("build", "--strict").err.count("\n") == 1


def test_a_second_build_writes_nothing(shell: Shell) -> None:
    shell("build")
    before = {path: os.stat(path).st_mtime_ns for path in (shell.folder / "output").rglob("*")}
    assert "output: 0 written, " in shell("build").err
    assert {path: os.stat(path).st_mtime_ns for path in (shell.folder / "output").rglob("*")} == before


def test_a_later_build_says_what_it_wrote(shell: Shell) -> None:
    shell("build")
    (shell.folder / "output" / "index.html").unlink()
    assert re.match(r"output: 1 written, \d+ unchanged, 0 removed\n", shell("build").err)


@pytest.mark.parametrize(
    ("file", "words", "told"),
    [
        ("themes/pamphlet/theme.toml", 'extends = "folio"\nstyle = 1\n', "themes/pamphlet/theme.toml:2:1: G102"),
        ("themes/pamphlet/words/de.toml", "a", "themes/pamphlet/words/de.toml:1:1: G101"),
        ("content/theme/words/de.toml", "a", "content/theme/words/de.toml:1:1: G101"),
    ],
)
def test_a_themes_file_is_named_by_where_it_lies(shell: Shell, file: str, words: str, told: str) -> None:
    theme = shell.folder / "themes" / "pamphlet"
    for path, content in {"theme.toml": 'extends = "folio"\n', "templates/more.html": "<p>"}.items():
        (theme / path).parent.mkdir(parents=True, exist_ok=True)
        (theme / path).write_text(content, encoding="utf-8")
    settings = shell.folder / "content" / "site.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"folio"', '"pamphlet"'), encoding="utf-8")
    (shell.folder / file).parent.mkdir(parents=True, exist_ok=True)
    (shell.folder / file).write_text(words, encoding="utf-8")
    assert shell("check").err.startswith(told)


def test_every_template_of_a_theme_is_looked_over(shell: Shell) -> None:
    """Also that of the edition in one file, to which no page comes, and also where theme.toml is at fault."""
    theme = shell.folder / "themes" / "pamphlet"
    (theme / "templates").mkdir(parents=True)
    (theme / "theme.toml").write_text('extends = "folio"\nsumary = ""\n', encoding="utf-8")
    (theme / "templates" / "offline.html").write_text("{{ edtion.title }}\n{{ site.tilte }}", encoding="utf-8")
    said = shell("theme", "check", "pamphlet")
    assert said.status == 1
    assert "themes/pamphlet/theme.toml:2:1: G102" in said.err
    assert "themes/pamphlet/templates/offline.html:1:1: G509 there is no “edtion” here" in said.err
    assert "themes/pamphlet/templates/offline.html:2:1: G509 site has no “tilte”" in said.err


def test_the_folder_may_be_anywhere_and_be_named_in_any_way(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell("build")
    expected = tree(shell.folder / "output")
    for arguments in (("content/",), ("./content",), (str(shell.folder / "content"),)):
        assert shell("build", *arguments, "--output", "other/site").status == 0
        assert tree(shell.folder / "other" / "site") == expected
    monkeypatch.chdir(shell.folder / "content")
    assert "0 written" in shell("build", ".").err
    assert "0 written" in shell("build", "../content").err
    monkeypatch.chdir(shell.folder / EDITION)
    assert "0 written" in shell("build", "..").err


def test_a_lone_edition_is_a_site(shell: Shell) -> None:
    said = shell("build", EDITION, "--output", "alone")
    assert said.status in (0, 1), "the works it cites stand in the site's folder"
    (shell.folder / "alone-content").mkdir()
    (shell.folder / "alone-content" / "edition.toml").write_text('title = "One"\n[[text]]\nfile = "text.md"\n')
    (shell.folder / "alone-content" / "text.md").write_text("# One\n\nA text.\n")
    assert shell("build", "alone-content", "--output", "alone").status == 0


def test_an_error_withholds_the_site_and_is_told_with_its_place(shell: Shell) -> None:
    shell("build")
    before = tree(shell.folder / "output")
    shell.append("content/site.toml", '\ntitel = "A slip"\n')
    said = shell("build")
    assert said.status == 1
    assert "content/site.toml:" in said.err
    assert ": G102 " in said.err
    assert said.err.endswith("nothing written: 1 error\n")
    assert tree(shell.folder / "output") == before


def test_all_slips_are_told_at_once_in_order_each_once(shell: Shell) -> None:
    shell.append("content/site.toml", '\ntitel = "A slip"\n')
    shell.append(f"{EDITION}/edition.toml", '\ncolour = "red"\n')
    shell.append(f"{EDITION}/reply.md", "\nA \x07 bell.\n")
    heads = [line for line in shell("check").err.splitlines() if line.startswith("content/")]
    assert len(heads) == len(set(heads)) >= 3
    places = [head.split(":")[0] for head in heads]
    assert places == sorted(places)


def test_a_lost_note_is_a_warning_to_build_and_an_error_to_check(shell: Shell) -> None:
    shell.append(f"{EDITION}/essay.notes.md", LOST)
    said = shell("build")
    assert said.status == 0
    assert "G201 warning: " in said.err
    assert said.err.endswith(f"\n1 warning\nopen {Path('output') / 'index.html'}\n")
    assert shell("build").err.endswith(" removed; 1 warning\n")
    said = shell("check")
    assert said.status == 1
    assert f"{EDITION}/essay.notes.md:" in said.err
    assert "G201 warning" not in said.err


def test_strict_fails_on_what_is_otherwise_borne_and_leaves_the_last_good_site(shell: Shell) -> None:
    shell("build")
    before = tree(shell.folder / "output")
    shell.append(f"{EDITION}/essay.notes.md", LOST)
    said = shell("build", "--strict")
    assert said.status == 1
    assert said.err.endswith("nothing written: 1 error\n")
    assert tree(shell.folder / "output") == before


def test_check_writes_nothing(shell: Shell) -> None:
    before = tree(shell.folder)
    shell("check")
    assert tree(shell.folder) == before


def test_quiet_says_nothing_but_diagnostics(shell: Shell) -> None:
    assert shell("build", "--quiet").err == ""
    assert shell("check", "-q").err == ""
    shell.append(f"{EDITION}/essay.notes.md", LOST)
    assert "G201" in shell("check", "-q").err


def test_the_teachers_site_never_takes_the_students_place_by_default(shell: Shell) -> None:
    assert "needs --output" in shell("build", "--audience", "teacher").err
    assert not (shell.folder / "output").exists()
    assert shell("build", "--audience", "teacher", "--output", "teacher").status == 0
    assert shell("build").status == 0
    words = "A good answer sees that both readers speak of the same moment"
    assert any(words.encode() in page for page in tree(shell.folder / "teacher").values())
    assert not any(words.encode() in page for page in tree(shell.folder / "output").values())


def test_json_is_one_document_on_standard_output(shell: Shell) -> None:
    assert json.loads(shell("check", "--format", "json").out) == {"diagnostics": []}
    shell.append(f"{EDITION}/essay.notes.md", LOST)
    said = shell("check", "--format", "json")
    assert (said.status, said.err) == (1, "")
    (row,) = json.loads(said.out)["diagnostics"]
    assert list(row) == ["code", "level", "file", "line", "column", "message", "hint"]
    assert (row["code"], row["level"], row["file"]) == ("G201", "error", f"{EDITION}/essay.notes.md")


def test_sarif_names_rule_and_place(shell: Shell) -> None:
    shell.append(f"{EDITION}/essay.notes.md", LOST)
    (run,) = json.loads(shell("check", "--format", "sarif").out)["runs"]
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"{EDITION}/essay.notes.md"
    assert place["region"]["startLine"] > 1
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "G201"


def test_github_gets_a_command_a_line(shell: Shell) -> None:
    shell.append(f"{EDITION}/essay.notes.md", LOST)
    (line,) = shell("check", "--format", "github").out.splitlines()
    assert line.startswith(f"::error file={EDITION}/essay.notes.md,line=")
    assert ",title=G201::" in line


def test_anchors_tells_where_each_passage_stands(shell: Shell) -> None:
    said = shell("anchors", "--format", "json")
    rows = json.loads(said.out)["anchors"]
    fields = "edition text kind id index state start end block address score quotation found file line candidates"
    assert all(list(row) == fields.split() for row in rows)
    by_id = {(row["kind"], row["id"], row["index"]): row for row in rows}
    ranged = by_id["note", "crowded-pages", 0]
    assert (ranged["state"], ranged["block"], ranged["text"]) == ("exact", "p3", "essay")
    assert ranged["found"].startswith("Medieval scribes")
    assert ranged["found"].endswith("the text it served")
    assert ranged["end"] - ranged["start"] == len(ranged["found"])
    assert {row["kind"] for row in rows} >= {"note", "crossref"}
    assert ranged["file"] == f"{EDITION}/essay.notes.md"
    assert len(shell("anchors").out.splitlines()) == 1 + len(rows)


def test_anchors_of_a_lost_note_have_no_place(shell: Shell) -> None:
    shell.append(f"{EDITION}/essay.notes.md", LOST)
    said = shell("anchors", "--edition", "reading-with-a-pencil", "--format", "json")
    (row,) = [row for row in json.loads(said.out)["anchors"] if row["id"] == "lost"]
    assert (row["start"], row["end"], row["block"], row["found"]) == (None, None, None, None)
    assert row["state"] == "never found"
    assert said.status == 0
    assert "there are: reading-with-a-pencil" in shell("anchors", "--edition", "reading").err


def test_explain_tells_one_code_or_lists_them_all(shell: Shell) -> None:
    said = shell("explain", "g201")
    assert said.status == 0
    assert said.out.startswith(f"G201  {CODES['G201'].title}\n\n")
    assert "--strict" in said.out
    assert shell("explain").out.splitlines() == [f"{code}  {CODES[code].title}" for code in sorted(CODES)]
    said = shell("explain", "G2O1")
    assert (said.status, said.out) == (1, "")
    assert "there is no code “G2O1”" in said.err


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_explains_itself(shell: Shell, code: str) -> None:
    row = CODES[code]
    assert row.title[0].isupper() or "." in row.title.split()[0], "a sentence, unless it begins with a file's name"
    assert not row.title.endswith(".")
    assert row.meaning
    assert row.repair
    assert max(map(len, shell("explain", code).out.splitlines())) <= 120


def test_the_tab_key_completes(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_GLOSSATOR_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "glossator expl")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert shell().out == "plain,explain\n"


def test_new_refuses_a_folder_with_anything_in_it(shell: Shell) -> None:
    said = shell("new", "content")
    assert (said.status, said.out) == (1, "")
    assert "content: is not empty" in said.err
    (shell.folder / "file").write_text("")
    assert shell("new", "file").status == 1
    (shell.folder / "empty").mkdir()
    assert shell("new", "empty").status == 0
    assert tree(shell.folder / "empty") == tree(shell.folder / "content")
    assert "site.toml\n" in shell("new", "a/b/c").out


def test_an_unknown_theme_is_told_at_its_setting(shell: Shell) -> None:
    shell.edit("content/site.toml", '"folio"', '"fólio"')
    said = shell("check")
    assert said.status == 1
    assert "content/site.toml:" in said.err
    assert "G501 there is no theme “fólio”\n    did you mean “folio”?\n" in said.err


def test_what_the_author_can_mend_ends_with_1(shell: Shell) -> None:
    for arguments in (("build", "nowhere"), ("check", "."), ("build", "--output", "content"), ("build", "--nonsense"),
                      ("biuld",), ("explain", "X1"), ("build", "--audience", "nobody")):  # fmt: skip
        said = shell(*arguments)
        assert (said.status, said.out) == (1, ""), arguments
        assert said.err
        assert "Traceback" not in said.err
    assert "did you mean content?" in shell("build", ".").err


def test_what_the_machine_does_wrong_ends_with_2(shell: Shell) -> None:
    (shell.folder / "file").write_text("")
    said = shell("build", "--output", "file/output")
    assert said.status == 2
    assert said.err.startswith("glossator: ")
    assert "Traceback" not in said.err


def test_being_stopped_is_no_error(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("builder.shell.once.build_site", stop)
    said = shell("build")
    assert (said.status, said.err) == (130, "\n")


def test_our_own_bugs_keep_their_traceback(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("builder.shell.once.build_site", fail)
    with pytest.raises(ZeroDivisionError):
        shell("build")


def test_a_reader_who_goes_away_is_no_error(tmp_path: Path) -> None:
    script = 'set -o pipefail; "$0" -m builder explain | true; echo "$?"'
    done = subprocess.run(
        ["bash", "-c", script, sys.executable],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("0\n", "")
    assert tmp_path.exists()


def test_the_version_and_the_help(shell: Shell) -> None:
    assert shell("--version").out == f"glossator {__version__}\n"
    said = shell("--help")
    assert (said.status, said.err) == (0, "")
    assert "Exit status: 0 fine, 1 the author can mend it, 2 the machine is at fault." in said.out
    for name in command.commands:
        assert f"\n  {name} " in said.out
        assert shell(name, "--help").status == 0
        assert "..." not in said.out.partition("Commands:")[2]


HEAVY = """
import sys
from builder.cli import run
run(sys.argv[1:])
heavy = {"markdown_it", "mdit_py_plugins", "jinja2", "pygments", "rich", "nh3", "watchdog", "rcssmin", "http"}
print(sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize("words", ["--help", "--version", "explain", "new site", "build --help"])
def test_nothing_heavy_is_imported_before_it_is_needed(tmp_path: Path, words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HEAVY, *words.split()],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True, env=IMPORTING,
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == "[]"


LIGHT = """
import sys
bare = set(sys.modules)
from builder.cli import run
run(sys.argv[1:])
own = {"pathlib", "dataclasses", "builder.model", "builder.shell", "builder.pipeline"}
print(sorted(own & (set(sys.modules) - bare)), file=sys.stderr)
"""


@pytest.mark.parametrize("words", ["--help", "--version", "build --help"])
def test_help_asks_for_click_and_nothing_else(tmp_path: Path, words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, *words.split()],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True, env=IMPORTING,
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_path_with_letters_of_any_script_is_told_in_any_locale(shell: Shell) -> None:
    (shell.folder / "книга").mkdir()
    done = in_new_process("check", "книга", cwd=shell.folder, env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert done.returncode == 1
    assert "holds neither site.toml nor edition.toml" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("site.toml.txt", "site.toml"),
        ("edition.toml.txt", "edition.toml"),
        ("sit.toml", "site.toml"),
        ("editon.toml", "edition.toml"),
        ("site.txt", "site.toml"),
    ],
)
def test_a_site_whose_settings_have_another_name(shell: Shell, file: str, name: str) -> None:
    (shell.folder / "mine").mkdir()
    (shell.folder / "mine" / file).write_text('title = "Mine"', encoding="utf-8")
    assert shell("check", "mine").err.endswith(f"; {file} in it must be called {name}\n")
