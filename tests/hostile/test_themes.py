"""A theme is a stranger's: whatever its files hold, a build ends in a site or in words, in time and within bounds."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.hostile.test_inputs import is_bounded
from tests.hostile.trying import DEFAULTS, put, tree

if TYPE_CHECKING:
    from tests.hostile.trying import Trying

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("themes.toml").read_text("utf-8"))["case"]
THEME = {
    "theme.toml": 'extends = "folio"\nstyles_after = ["css/guest.css"]\n[scripts]\npage_after = ["js/guest.js"]\n',
    "css/guest.css": "",
    "js/guest.js": "",
}
SITE = {**DEFAULTS, "site.toml": 'title = "A site"\ntheme = "guest"\noutputs = ["site", "offline", "epub"]\n'}


@pytest.mark.parametrize(
    "case",
    [pytest.param(one, id=one["name"], marks=[pytest.mark.slow] if "slow" in one else []) for one in CASES],
)
def test_a_theme_that_was_made_to_take_long(case: dict[str, Any], trying: Trying, tmp_path: Path) -> None:
    put(tmp_path / "site", SITE)
    put(tmp_path / "themes/guest", {**THEME, case["file"]: case["content"]})
    for command in (["build", "site", "--output", "out"], ["theme", "check", "guest", "--site", "site"]):
        before = tree(tmp_path)
        tried = trying(tmp_path, *command)
        is_bounded(tried)
        says = case.get("checked", case["says"]) if command[0] == "theme" else case["says"]  # it makes more than pages
        assert says in tried.err
        assert tried.status == (1 if says else 0), tried.err[-2000:]
        if tried.status:
            assert tree(tmp_path) == before
