"""Names as long as may be: every output is made of them, and made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.parse.shapes import LONGEST_NAME
from builder.shell.build import Order, build_site
from builder.shell.once import build_once
from builder.shell.opening import check_site

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["e" * LONGEST_NAME, "t" * LONGEST_NAME, "h" * LONGEST_NAME]


def lay(folder: Path, edition: str, text: str, handout: str) -> Path:
    files = {
        "site.toml": 'title = "S"\nbase_url = "https://example.org/"\n',
        f"{edition}/edition.toml": f'title = "E"\npages = "each"\n[[text]]\nfile = "{text}.md"\n'
        f'[[text]]\nfile = "other.md"\n[[handout]]\nid = "{handout}"\n',
        f"{edition}/{text}.md": "# A fable\n\nA fox leapt.\n",
        f"{edition}/other.md": "# Another\n\nA hen sat.\n",
        f"{edition}/{text}.notes.md": "## leapt\nUp.\n",
    }
    for path, words in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(words, encoding="utf-8")
    return folder


def test_the_longest_names_make_every_output(tmp_path: Path) -> None:
    site, output = lay(tmp_path / "site", *NAMES), tmp_path / "output"
    assert build_once(Order(site, output)).told == ()
    edition, text, handout = NAMES
    (site / edition / f"{text}.notes.md").write_text("## leapt\nHigh.\n", encoding="utf-8")
    again = build_once(Order(site, output))
    assert again.told == ()
    assert again.published is not None
    made = {path.name for path in (output / edition).iterdir()}
    ends = (".epub", ".offline.html", ".tei.xml")
    assert made >= {*(f"{edition}{end}" for end in ends), f"{text}.html", f"handout-{handout}.pdf"}
    assert "High" in (output / edition / f"{text}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("longer", range(len(NAMES)))
def test_one_that_is_longer_is_told_where_it_stands(longer: int, tmp_path: Path) -> None:
    names = [name + name[0] if index == longer else name for index, name in enumerate(NAMES)]
    site = lay(tmp_path / "site", *names)
    for told in (check_site(site), build_site(Order(site, tmp_path / "output")).told):
        assert [(one.place.path, one.code) for one in told] == [
            (f"{names[0]}/edition.toml", "G104" if longer == 2 else "G110")
        ]
    assert not (tmp_path / "output").exists()
