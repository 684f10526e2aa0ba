"""Texts as each page names them: the same whether they were made for that page or for those beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.pipeline import Options, build
from builder.render import edition_views
from builder.render.outlines import outline, outlines
from builder.shell.opening import Opened, open_site

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from builder.render.desk import Desk
    from builder.render.views import TextView

TEXTS = ("fox", "index-of-foxes", "crow")
EDITION = 'title = "Three"\npages = "each"\n[[text]]\nfile = "fox.md"\n' + "".join(
    f'[[text]]\nfile = "{name}.md"\nresponds-to = "fox"\n' for name in TEXTS[1:]
)


def test_each_page_names_the_texts_as_if_it_stood_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "three").mkdir()
    (tmp_path / "site.toml").write_text('title = "S"\noutputs = ["site", "offline", "epub"]\n')
    (tmp_path / "three/edition.toml").write_text(EDITION)
    for name in TEXTS:
        (tmp_path / f"three/{name}.md").write_text(f"# On {name}\n\n## Below\n\nThe {name} spoke of grapes.\n")
    (tmp_path / "three/glossary.md").write_text("## grapes\nA fruit.\n")
    seen: dict[str, tuple[TextView, ...]] = {}

    def watched(desk: Desk) -> tuple[TextView, ...]:
        made = outlines(desk)
        texts = desk.matter.edition.texts
        assert made == tuple(outline(desk, text, page_language="en") for text in texts), desk.spot
        seen[desk.spot.page] = made
        return made

    monkeypatch.setattr(edition_views, "outlines", watched)
    opened = open_site(tmp_path)
    assert isinstance(opened, Opened), opened
    for _ in build(opened.folder, opened.outline, opened.theme, Options()):
        pass
    assert {f"three/{name}.html" for name in (*TEXTS, "index", "glossary")} <= seen.keys()
    assert seen["three/crow.html"][2].href == "#crow"
    assert seen["three/crow.html"][2].responds_href == "fox.html#fox"
    assert seen["three/fox.html"][2].responds_href == "#fox"
