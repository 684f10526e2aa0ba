"""The edition in one file: whole, the same each time, nothing fetched, nothing that isn't meant for its readers."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont
from selectolax.lexbor import LexborHTMLParser

from builder.model.diagnostic import Diagnostic, Severity
from builder.model.note import Audience
from builder.model.site import Page
from builder.pipeline import Options, build
from builder.render.offline.faces import LIBRARY
from builder.render.offline.letters import unlettered
from builder.shell.opening import Opened, check_site, open_site

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
CONTENT, EVERY_FORM = ROOT / "content", ROOT / "tests/golden/every-form/site"
BUDGET = 400_000
TEACHERS = "nobody else may read"
SITES = pytest.mark.parametrize("site", [CONTENT, EVERY_FORM], ids=["content", "every-form"])


def copied(site: Path, goal: Path, *lines: str) -> Path:
    """A copy of a site of which only the file is asked for, with more settings before its own."""
    shutil.copytree(site, goal)
    own = [line for line in (goal / "site.toml").read_text("utf-8").splitlines() if not line.startswith("outputs")]
    (goal / "site.toml").write_text("\n".join(['outputs = ["offline"]', *lines, *own]), "utf-8")
    return goal


def files_of(site: Path, audience: Audience | None = None) -> dict[str, str]:
    """Edition -> its file."""
    opened = open_site(site)
    assert isinstance(opened, Opened), opened
    made = build(opened.folder, opened.outline, opened.theme, Options(audience=audience))
    pages = [one for one in made if isinstance(one, Page) and one.path.endswith(".offline.html")]
    return {page.path.split("/")[0]: page.content.decode() for page in pages}


def unpacked(file: str) -> dict[str, object]:
    words = re.search(r'id="_packed">([^<]*)<', file)
    assert words
    held = json.loads(zlib.decompress(unlettered(words[1])))
    assert isinstance(held, dict)
    return held


def views_of(file: str) -> Mapping[str, Mapping[str, str]]:
    return unpacked(file)["views"]  # type: ignore[return-value]


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> str:
    return files_of(copied(CONTENT, tmp_path_factory.mktemp("site") / "content"))["splitting-russia-and-china"]


def test_it_keeps_to_its_size(essay: str) -> None:
    assert len(essay.encode()) <= BUDGET


def test_the_same_bytes_each_time(essay: str, tmp_path: Path) -> None:
    assert files_of(copied(CONTENT, tmp_path / "content"))["splitting-russia-and-china"] == essay


@SITES
def test_every_id_once_and_no_way_leads_to_nothing(site: Path, tmp_path: Path) -> None:
    for file in files_of(copied(site, tmp_path / "site")).values():
        tree = LexborHTMLParser(file)
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        assert len(ids) == len(set(ids)), {one for one in ids if ids.count(one) > 1}
        hrefs = {node.attributes["href"] or "" for node in tree.css("a[href^='#']")}
        assert hrefs
        assert {href[1:] for href in hrefs} <= set(ids)
        assert not tree.css("a.term:not([href]), a.ref:not([href]), a.tie:not([href]), a.cite:not([href])")
        for view in views_of(file).values():
            part = LexborHTMLParser(view["main"])
            assert {node.attributes["data-of"] for node in part.css("[data-of]")} <= set(ids)
            own = {node.attributes["id"] for node in part.css("[id]")}
            led = {(node.attributes["href"] or "")[1:] for node in part.css("a[href^='#']")}
            assert led <= own | set(ids)


@SITES
def test_nothing_is_fetched(site: Path, tmp_path: Path) -> None:
    for file in files_of(copied(site, tmp_path / "site")).values():
        for html in (file, *(view["main"] for view in views_of(file).values())):
            tree = LexborHTMLParser(html)
            assert not tree.css("link[rel=stylesheet], script[src], iframe, object, embed")
            sources = [node.attributes["src"] or "" for node in tree.css("[src]")]
            assert all(src.startswith("data:") for src in sources), sources
            led = [node.attributes["href"] or "" for node in tree.css("a[href]")]
            assert all(re.match(r"#|\?view=|https?://|mailto:", href) for href in led), led
        addresses = re.findall(r"url\(([^)]{1,5})", file)
        assert set(addresses) <= {"data:", "#"} | {one for one in addresses if one.startswith("%")}


def test_the_policy_names_all_that_runs_and_no_more(essay: str) -> None:
    tree = LexborHTMLParser(essay)
    policy = tree.css("meta[http-equiv=Content-Security-Policy]")[0].attributes["content"] or ""
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    held = unpacked(essay)
    scripts = re.findall(r"<script>(.*?)</script>", essay, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", essay, re.DOTALL)
    scripts += held["scripts"].values()  # type: ignore[attr-defined]
    styles += [*held["styles"].values(), *(one["style"] for one in views_of(essay).values())]  # type: ignore[attr-defined]
    for kind, words in (("script-src", scripts), ("style-src", styles)):
        named = re.search(rf"{kind} ([^;]*)", policy)
        assert named
        assert set(named[1].split()) == {f"'sha256-{digest(one)}'" for one in words}


def digest(words: str) -> str:
    return base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()


def test_pictures_lie_within(tmp_path: Path) -> None:
    files = files_of(copied(EVERY_FORM, tmp_path / "site"))
    shown = re.findall(r'<img[^>]* src="data:image/([a-z+]+);base64,([^"]*)"', "".join(files.values()))
    held = {content.read_bytes() for content in EVERY_FORM.rglob("*") if content.suffix in (".png", ".svg", ".jpg")}
    assert shown
    assert {base64.b64decode(content) for _, content in shown} <= held


@pytest.mark.parametrize("audience", [Audience.STUDENT, Audience.TEACHER])
def test_teachers_matter_reaches_teachers_alone(audience: Audience, tmp_path: Path) -> None:
    files = files_of(copied(EVERY_FORM, tmp_path / "site"), audience)
    told = "".join(f"{file} {json.dumps(unpacked(file), ensure_ascii=False)}" for file in files.values())
    assert (TEACHERS in told) is (audience is Audience.TEACHER)


def test_links_out_lead_to_the_web_or_are_words(tmp_path: Path) -> None:
    alone = files_of(copied(EVERY_FORM, tmp_path / "alone"))
    hosted = copied(EVERY_FORM, tmp_path / "hosted")
    own = (hosted / "site.toml").read_text("utf-8")
    lines = [line for line in own.splitlines() if not line.startswith("base_url")]
    (hosted / "site.toml").write_text("\n".join(['base_url = "https://read.test/all/"', *lines]), "utf-8")
    led = files_of(hosted)
    assert any('href="https://read.test/all/' in file for file in led.values())
    assert not any(
        re.search(r'<a\b[^>]* href="(\.\.|[a-z-]+\.html)', file) for file in (*alone.values(), *led.values())
    )


def test_fewer_letters_are_under_another_name(tmp_path: Path, essay: str) -> None:
    file = files_of(copied(CONTENT, tmp_path / "site", "subset_fonts = true"))["splitting-russia-and-china"]
    assert len(file) < len(essay)
    faces = [TTFont(io.BytesIO(base64.b64decode(one))) for one in re.findall(r"font/woff2;base64,([^)]*)\)", file)]
    assert len(faces) == len(re.findall(r"font/woff2;base64,", essay))
    letters = {ord(letter) for letter in LexborHTMLParser(file).css("main")[0].text()}
    known = {code for one in re.findall(r"font/woff2;base64,([^)]*)\)", essay) for code in cmap(one)}
    for face in faces:
        names = {entry.toUnicode() for entry in face["name"].names if entry.nameID in (1, 3, 4, 6)}
        assert names == {"Glossator Subset", "GlossatorSubset"}
    assert letters & known <= {code for face in faces for code in face.getBestCmap()}


def cmap(face: str) -> set[int]:
    return set(TTFont(io.BytesIO(base64.b64decode(face))).getBestCmap())


def test_without_the_extra_it_is_an_error_that_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At its setting, with the command that mends it; all else is told beside it."""
    monkeypatch.setitem(sys.modules, "brotli", None)
    site = copied(CONTENT, tmp_path / "site", "subset_fonts = true")
    notes = "splitting-russia-and-china/article.notes.md"
    with (site / notes).open("a", encoding="utf-8") as file:
        file.write("\n## words that nobody wrote\nLost.\n")
    told = {one.place.path: one for one in check_site(site)}
    one = told["site.toml"]
    written = (site / "site.toml").read_text(encoding="utf-8").splitlines()
    assert written[one.place.line - 1].startswith("subset_fonts")
    assert one.message == "subset_fonts needs a library more (brotli is not installed)"
    assert one.hint == f'type: {sys.executable} -m pip install "{LIBRARY}"; or take the setting out'
    assert notes in told


@pytest.mark.parametrize("left", [0, 40, 5_000])
def test_a_damaged_face_is_told_at_its_file(left: int, tmp_path: Path) -> None:
    site = copied(CONTENT, tmp_path / "site", "subset_fonts = true")
    face = site / "theme" / "fonts" / "plain-italic.woff2"
    face.parent.mkdir(parents=True)
    whole = (CONTENT.parent / "themes" / "folio" / "fonts" / face.name).read_bytes()
    face.write_bytes(whole[:left])
    opened = open_site(site)
    assert isinstance(opened, Opened)
    made = build(opened.folder, opened.outline, opened.theme, Options())
    errors = [one for one in made if isinstance(one, Diagnostic) and one.severity is Severity.ERROR]
    assert [(one.code, one.place.path) for one in errors] == [("G502", "theme/fonts/plain-italic.woff2")]
