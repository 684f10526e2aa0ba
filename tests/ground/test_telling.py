"""How diagnostics look, on a terminal and off it."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.model.code import Code
from builder.model.codes import CODES
from builder.model.diagnostic import Diagnostic, Place, Severity
from builder.shell import reports
from builder.shell.explain import explanation
from builder.shell.terminal import lines, summary, told_as_text

from .conftest import ROOT

if TYPE_CHECKING:
    from .conftest import Shell

SLIP = Diagnostic("G501", Severity.ERROR, Place("a b/ç.md", 14, 4), "not found: “x”", "did you mean “y”?\nor “z”?")


def test_place_code_what_was_found_then_the_repair() -> None:
    assert lines(SLIP) == ("a b/ç.md:14:4: G501 not found: “x”", "    did you mean “y”?", "    or “z”?")
    assert lines(replace(SLIP, severity=Severity.WARNING, hint="")) == ("a b/ç.md:14:4: G501 warning: not found: “x”",)


def test_an_authors_words_never_steer_the_terminal() -> None:
    slip = replace(SLIP, message="\x1b[2J\x07\x9b1m\nfoo\u2028", hint="\x1b]0;title\x07")
    assert lines(slip)[0].endswith(r"G501 \x1b[2J\x07\x9b1m\nfoo\u2028")
    assert lines(slip)[1] == r"    \x1b]0;title\x07"


def test_all_are_told_in_the_order_of_their_places() -> None:
    slips = [replace(SLIP, place=Place(path, line), hint="") for path, line in [("b", 1), ("a", 10), ("a", 9)]]
    assert [line.split(" ")[0] for line in told_as_text(slips).splitlines()] == ["a:9:1:", "a:10:1:", "b:1:1:"]
    assert told_as_text(()) == ""


def test_the_summary_counts() -> None:
    slips = [replace(SLIP, severity=level) for level in (Severity.ERROR, Severity.ERROR, Severity.WARNING)]
    assert summary(slips) == "2 errors, 1 warning"
    assert summary([replace(SLIP, severity=Severity.INFORMATION)]) == "1 remark"
    assert summary([]) == ""


def test_github_escapes_what_would_end_a_field() -> None:
    slip = replace(SLIP, place=Place("a,b:c%.md", 1, 2), message="50 %, so: what", hint="next")
    assert reports.as_github([slip]) == (
        "::error file=a%2Cb%3Ac%25.md,line=1,col=2,title=G501::50 %25, so: what%0Anext\n"
    )


def test_sarif_writes_paths_as_addresses() -> None:
    document = json.loads(reports.as_sarif([SLIP, replace(SLIP, code="G502", severity=Severity.INFORMATION)]))
    one, other = document["runs"][0]["results"]
    assert one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b/%C3%A7.md"
    assert (one["level"], other["level"]) == ("error", "note")
    assert (one["ruleIndex"], other["ruleIndex"]) == (0, 1)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (Code("G999", "T", "m", "r"), "nothing is published"),
        (Code("G999", "T", "m", "r", severity=Severity.WARNING), "unless --strict"),
        (Code("G999", "T", "m", "r", bearable=True), "`build` tells it as a warning"),
        (Code("G999", "T", "m", "    x = 1"), "\n\n    x = 1\n\n"),
    ],
)
def test_an_explanation_says_how_much_it_weighs(code: Code, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CODES, "G999", code)
    assert says in explanation("G999")


TELL = """
from builder.model.diagnostic import Diagnostic, Place, Severity
from builder.shell.terminal import tell
tell([Diagnostic("G501", Severity.ERROR, Place("a.md", 1, 2), "found [bold]this[/bold] " + "x" * 200, "mend it")])
"""


@pytest.mark.parametrize(
    ("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)], ids=str
)
def test_colour_only_on_a_terminal_that_wants_it(env: dict[str, str], coloured: bool) -> None:
    leader, follower = pty.openpty()
    base = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    subprocess.run(
        [sys.executable, "-c", TELL], stderr=follower, cwd=ROOT, check=True, env={**base, "TERM": "xterm", **env}
    )
    os.close(follower)
    said = os.read(leader, 10_000).decode().replace("\r\n", "\n")
    os.close(leader)
    assert ("\x1b[" in said) == coloured
    assert "found [bold]this[/bold] " + "x" * 200 in said
    assert said.count("\n") == 2


def test_a_build_counts_remarks_and_check_tells_them(shell: Shell) -> None:
    shutil.copytree(ROOT / "tests" / "codes" / "G608" / "site", shell.folder / "ties")
    first = shell("build", "ties")
    assert first.err == f"1 remark that glossator check tells\nopen {Path('output') / 'index.html'}\n"
    again = shell("build", "ties").err
    assert re.fullmatch(r"output: 0 written, \d+ unchanged, 0 removed; 1 remark that glossator check tells\n", again)
    assert "G608 information: nothing says why" in shell("check", "ties").err
