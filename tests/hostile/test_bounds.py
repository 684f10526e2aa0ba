"""The four bounds of the largest that is promised: each in five seconds and 1.5 GB."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import slowness
from tests.hostile.trying import DEFAULTS, put

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.trying import Trying

SECONDS, MEGABYTES = 5, 1500
SETTINGS = '''title = "A site"
outputs = ["site"]
[quality]
G607 = "ignore: what is measured is a glossary of which few terms are used"
G610 = "ignore: what is measured is a page of ten megabytes"
'''
EDITION = 'title = "The fox"\n[[text]]\nfile = "fable.md"\n'
SITES: dict[str, dict[str, object]] = {
    "ten thousand notes on a text": {
        "fox/fable.md": [
            "# A fable\n\n",
            ["The fox of number {n} leapt at the grapes and went away, and said that they were sour.\n\n", 10000],
        ],
        "fox/fable.notes.md": [["## fox of number {n} leapt {.context}\nWhat the *fox* of {n} did.\n\n", 10000]],
    },
    "five thousand terms and twenty thousand words": {
        "fox/fable.md": ["# A fable\n\n", ["word{n} and term{n} of some twenty thousand words in a row.\n\n", 2000]],
        "glossary.md": [["## term{n}\nWhat term{n} means.\n\n", 5000]],
        "fox/fable.notes.md": "",
    },
    "a thousand responses": {
        "fox/edition.toml": [
            EDITION,
            ['[[text]]\nfile = "r{n}.md"\nauthor = "Pupil {n}"\nresponds-to = "fable"\n', 1000],
        ],
        **{
            f"fox/r{n}.md": f"# Response {n}\n\nThe grapes were ripe, says {n}.\n\nAnd the fox was not hungry.\n"
            for n in range(1000)
        },
    },
    "a paragraph of a megabyte": {
        "fox/fable.md": ["The fox on a trellis ", ["leapt at *sour* grapes, and went away; ", 27000], "\n"],
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
def test_the_largest_that_is_promised(name: str, trying: Trying, tmp_path: Path) -> None:
    put(tmp_path / "site", DEFAULTS | {"site.toml": SETTINGS} | SITES[name])
    slow = slowness()
    tried = trying(tmp_path, "build", "site", "--output", "out", "--quiet", seconds=60)
    assert (tried.status, tried.told) == (0, []), tried.err[:2000]
    assert tried.megabytes < MEGABYTES
    assert tried.seconds < SECONDS * max(slowness(), slow)
