"""The lines of a concordance: a term among the words around it, as the page has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.render.test_search import written

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = """[
{"id": "ann", "type": "book", "title": "Bells", "author": [{"family": "Ann"}], "issued": {"date-parts": [[1990]]}},
{"id": "ben", "type": "book", "title": "Boats", "author": [{"family": "Ben"}], "issued": {"date-parts": [[1991]]}}]"""
FILES = {
    "site.toml": 'title = "Site"\n',
    "sources.json": SOURCES,
    "one/edition.toml": 'title = "One"\n',
    "one/text.md": "# A title\n\nSome words of a text.\n",
    "one/text.notes.md": "## words of a text\nIn the harbour [@ann, p. 3] [@ben][@ann], near [[text ¶1]], they lie.\n",
    "one/glossary.md": "## harbour\n\nA place.\n",
}
LINE = re.compile(r'<span class="kl"><span>(.*?)</span></span><b>(.*?)</b><span class="kr">(.*?)</span>')


def test_references_are_said_in_a_line_as_on_the_page(tmp_path: Path) -> None:
    """They are no characters of the note: only the space before them and the comma behind them was left."""
    lines = ["".join(parts) for parts in LINE.findall(written(tmp_path, FILES)["one/glossary.html"])]
    assert lines == ["In the harbour (Ann 1990, p. 3) (Ben 1991; Ann 1990), near A\u00a0¶1, they lie."]
