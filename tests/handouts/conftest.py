"""Sites whose handouts are made once for all tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.model.diagnostic import Diagnostic
from builder.model.note import Audience
from builder.model.site import Page
from builder.pipeline import Circumstances, Options, build
from builder.shell.opening import Opened, open_site
from builder.shell.press import Typesetter
from tests.handouts.sites import SITES, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
Made = dict[str, bytes]


def made_from(site: Path, audience: Audience | None = Audience.TEACHER) -> tuple[Made, list[Diagnostic]]:
    """Path -> bytes of all that a build makes of a folder, handouts included; and what is wrong with it."""
    opened = open_site(site)
    assert isinstance(opened, Opened), opened
    pages: Made = {}
    told = list(opened.told)
    with Typesetter(opened.theme.files, site) as press:
        for made in build(
            opened.folder, opened.outline, opened.theme, Options(audience=audience), Circumstances(press=press)
        ):
            if isinstance(made, Diagnostic):
                told.append(made)
            elif isinstance(made, Page):
                pages[made.path] = made.content
    return pages, told


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Made]:
    """What is made of one of our sites, or of the program's own content (`essay`), for teachers: once for all."""
    known: dict[str, Made] = {}

    def make(name: str) -> Made:
        if name not in known:
            site = ROOT / "content" if name == "essay" else lay_out(SITES[name], tmp_path_factory.mktemp(name))
            known[name] = made_from(site)[0]
        return known[name]

    return make


@pytest.fixture(scope="session")
def for_students() -> Made:
    """What is made of the program's own content, as its site.toml has it: for students, with a handout for teachers."""
    return made_from(ROOT / "content", None)[0]
