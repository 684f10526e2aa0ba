"""A whole text that a reference or a question names by its file: readers see its siglum or its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.render.test_pages import pages_of

if TYPE_CHECKING:
    from pathlib import Path

SITE = {
    "site.toml": 'title = "Bridges"\n',
    "one/edition.toml": 'title = "One"\n[[text]]\nfile = "pont.md"\n',
    "one/pont.md": "# Le pont\n\nThe water runs.\n",
    "one/pont.notes.md": "## water\nSee [[pont]], [[text:pont]], [[two/reply]], [[pont | the poem]].\n",
    "one/questions.md": '## Why? {about="pont; two/reply"}\n',
    "two/edition.toml": 'title = "Two"\n[[text]]\nfile = "poem.md"\nsiglum = "P"\n[[text]]\nfile = "reply.md"\n',
    "two/poem.md": "# A poem\n\nOf water.\n",
    "two/reply.md": "# The answer\n\nOf wine.\n",
    "two/poem.notes.md": "## water\nSee [[poem]], [[reply]], [[one/pont]].\n",
    "two/questions.md": '## Why? {about="poem"}\n',
}


def shown(page: str) -> list[str]:
    return re.findall(r'<a class="xr"[^>]*>([^<]*)</a>', page)


def asked(page: str) -> list[str]:
    about = page.partition('id="question-')[2].partition("On ")[2].partition("</p>")[0]
    return re.findall(r"<a[^>]*>([^<]*)</a>", about)


def test_a_text_that_is_alone_or_elsewhere_is_called_by_its_title(tmp_path: Path) -> None:
    page = pages_of(tmp_path, SITE)["one/index.html"]
    assert shown(page) == ["Le pont", "Le pont", "The answer", "the poem"]
    assert asked(page) == ["Le pont", "The answer"]


def test_a_text_among_others_is_called_by_its_siglum(tmp_path: Path) -> None:
    page = pages_of(tmp_path, SITE)["two/index.html"]
    assert shown(page) == ["P", "A", "Le pont"]
    assert asked(page) == ["P"]


@pytest.mark.parametrize("draft", [True, False])
def test_the_title_of_a_draft_is_not_published(tmp_path: Path, draft: bool) -> None:
    edition = f"draft = {str(draft).lower()}\n{SITE['two/edition.toml']}"
    page = pages_of(tmp_path, {**SITE, "two/edition.toml": edition})["one/index.html"]
    assert ("The answer" in page) is not draft
    assert ("two/reply" in page) is draft
