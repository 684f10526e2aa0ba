"""How a handout says where a tie leads: the arrow as the words around it run, a text by its siglum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handouts.conftest import made_from
from tests.handouts.print_reading import words_of
from tests.handouts.sites import lay_out

if TYPE_CHECKING:
    from pathlib import Path

SITE = {
    "site.toml": 'title = "Site"\n[relation.hebrew]\nlabel = "חולק"\ninverse = "חולקים"\n',
    "one/text.md": "# A text\n\nThe first paragraph.\n\nThe second paragraph.\n\nThe third.\n",
    "one/reply.md": "# A reply\n\nThe first answer.\n\nThe second answer.\n\nThe third.\n",
    "one/crossrefs.md": "## reply ¶1 → text ¶1 {.disputes}\n\n## reply → text title {.illustrates}\n\n"
    "## reply ¶2 ↔ text ¶2 {.echoes}\n\n## reply ¶3 → text ¶3 {.hebrew}\n",
}
TEXTS = '[[text]]\nfile = "text.md"\nsiglum = "A"\n[[text]]\nfile = "reply.md"\nsiglum = "B"\n'


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_arrow_points_as_the_words_around_it_run(language: str, tmp_path: Path) -> None:
    """English words keep their order in an edition that runs from the right: there an arrow points to the right."""
    edition = (
        f'title = "One edition"\nlanguage = "{language}"\n{TEXTS}\n[[handout]]\nid = "all"\naudience = "teacher"\n'
    )
    made, _ = made_from(lay_out({**SITE, "one/edition.toml": edition}, tmp_path))
    words = words_of(made["one/handout-all.pdf"])
    found: dict[str, set[str]] = {"B": set(), "A": set()}
    for arrow in words:
        if arrow.words not in ("→", "←"):
            continue
        line = [one for one in words if one.page == arrow.page and abs(one.base - arrow.base) < 1]
        before = max((one for one in line if one.right <= arrow.left), key=lambda one: one.right, default=None)
        after = min((one for one in line if one.left >= arrow.right), key=lambda one: one.left, default=None)
        if before and before.words in ("by", "disputes", "illustrates"):
            far = after.words.strip(",") if after else ""
            assert (arrow.words, far) in (("→", "A"), ("→", "B")), arrow
            found[far].add(before.words)
        elif after and after.words.startswith("חולק"):
            assert arrow.words == "←", arrow
    assert found == {"B": {"by"}, "A": {"disputes", "illustrates"}}


def test_a_whole_text_is_told_by_its_siglum(tmp_path: Path) -> None:
    edition = f'title = "One edition"\n{TEXTS}\n[[handout]]\nid = "all"\naudience = "teacher"\n'
    made, _ = made_from(lay_out({**SITE, "one/edition.toml": edition}, tmp_path))
    said = " ".join(word.words for word in words_of(made["one/handout-all.pdf"])).replace("\u00a0", " ")
    assert "B (p. 1) illustrates → A title (p. 1)" in said
    assert "A title is illustrated by → B, p. 1" in said
