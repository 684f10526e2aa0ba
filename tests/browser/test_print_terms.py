"""Terms on paper, from the browser: with all places at which they stand, as in a handout, linked there or not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.paper import CAME
from tests.browser.reader import until
from tests.browser.test_library import written
from tests.handouts.print_reading import words_of
from tests.handouts.sites import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.themes("folio")]

PLAIN = "\n\n".join(["Nothing."] * 8)
FILES = {
    "site.toml": 'title = "Site"\noutputs = ["site", "offline"]\n',
    "one/edition.toml": 'title = "One"\n[[text]]\nfile = "p.md"\nsiglum = "A"\n[[text]]\nfile = "q.md"\nsiglum = "B"\n',
    "one/p.md": f"# A text\n\nNothing.\n\nA hen sat.\n\n{PLAIN}\n\ntrellis\n: A thing.\n\nThe hen rose. A hen!\n",
    "one/q.md": "# A second\n\nNo hen but an ox.\n",
    "one/glossary.md": "## hen\nA bird.\n\n## ox\nA beast.\n\n## trellis\nA frame.\n\n## toString\nNot named.\n",
}


@pytest.mark.parametrize("name", ["index.html", "conversation.html", "one.offline.html"])
def test_a_term_is_told_with_all_its_places(reader: Reader, name: str, tmp_path: Path) -> None:
    reader.also("terms", written(lay_out({f"content/{at}": words for at, words in FILES.items()}, tmp_path)))
    with reader.read(f"terms/one/{name}") as page:
        until(page, CAME)
        page.pdf(path=tmp_path / "page.pdf", format="A4")
    said = " ".join(word.words for word in words_of((tmp_path / "page.pdf").read_bytes())).replace("\u00a0", " ")
    told = said[said.rindex("Glossary") :]
    assert "A bird. A ¶2, A ¶12, B ¶1" in told
    assert "A beast. B ¶1" in told
    assert re.search(r"A frame\. A ¶11(?! ?,)", told)
    assert "Not named" not in told
