"""Twice as many texts, ties, editions: twice the work. Steps are counted, not seconds: these are the same anywhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import builder
from builder.model.site import Page
from builder.pipeline import Options, build
from builder.shell.opening import Opened, open_site
from tests.hostile.trying import put

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from _typeshed import TraceFunction

OURS = str(Path(builder.__file__).parent)
MANY = 30
"""So many, twice and three times as many are built."""
SQUARE = 0.05
"""What may be more than in proportion, as a part of what so many take: longer names, fuller caches."""
SETTINGS = 'title = "A site"\n'
NOTES = "".join(f"## word {n} of {{text}} {{{{.context}}}}\nWhat *it* says.\n\n" for n in range(3))
WORDS = "".join(f"Here stands word {n} of {{text}}, and a term.\n\n" for n in range(3))


def responses(many: int, head: str = "") -> dict[str, object]:
    """An edition of so many responses, each with notes and a tie."""
    texts = [f"r{many}-{n}" for n in range(many)]  # others than in a site that was built before: no cache knows them
    listed = "".join(f'[[text]]\nfile = "{text}.md"\nresponds-to = "fable"\n' for text in texts)
    return {
        "site.toml": SETTINGS,
        "glossary.md": "## a term\nWhat it means.\n",
        "fox/edition.toml": f'{head}title = "The fox"\n[[text]]\nfile = "fable.md"\n{listed}',
        "fox/fable.md": "".join(f"The fox leapt for the {n}. time.\n\n" for n in range(many)),
        "fox/crossrefs.md": "".join(
            f"## {text} ¶1 -> fable ¶{n} {{.answers}}\nSo it does.\n\n" for n, text in enumerate(texts, 1)
        ),
        **{f"fox/{text}.md": WORDS.format(text=text) for text in texts},
        **{f"fox/{text}.notes.md": NOTES.format(text=text) for text in texts},
    }


def editions(many: int) -> dict[str, object]:
    """So many editions of one text with a note."""
    made: dict[str, object] = {"site.toml": SETTINGS}
    for n in range(many):
        made[f"e{n}/edition.toml"] = f'title = "Edition {n}"\n[[text]]\nfile = "text.md"\n'
        made[f"e{n}/text.md"] = "One word.\n"
        made[f"e{n}/text.notes.md"] = "## One {.context}\nThe first.\n"
    return made


SITES: dict[str, Callable[[int], dict[str, object]]] = {
    "responses": responses,
    "responses on pages of their own": lambda many: responses(many, 'pages = "each"\n'),
    "editions": editions,
}


def steps(site: Path) -> int:
    """How many lines of the program's own a build comes to."""
    count = 0

    def step(frame: FrameType, event: str, _: object) -> TraceFunction | None:
        nonlocal count
        count += event == "line"
        return step if frame.f_code.co_filename.startswith(OURS) else None

    opened = open_site(site)
    assert isinstance(opened, Opened), opened
    before = sys.gettrace()
    sys.settrace(step)
    try:
        made = list(build(opened.folder, opened.outline, opened.theme, Options()))
    finally:
        sys.settrace(before)
    assert any(isinstance(one, Page) for one in made)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
def test_work_grows_in_proportion(name: str, tmp_path: Path) -> None:
    counted = []
    for times in (1, 2, 3):
        put(tmp_path / str(times), SITES[name](times * MANY))
        counted.append(steps(tmp_path / str(times)))
    first, second, third = counted
    assert (third - second) - (second - first) < SQUARE * (second - first), counted
