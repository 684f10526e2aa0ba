"""Settings that can't be read hide nothing else that is wrong, and nothing is told that comes of them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.shell.build import Order, build_site
from builder.shell.fixing import find_fixes
from builder.shell.opening import check_site
from builder.shell.workshop import Workshop

if TYPE_CHECKING:
    from pathlib import Path

SOUND = {
    "site.toml": 'title = "S"\n[kind.law]\nlabel = "Law"\ncue = "source"\n'
    '[relation.mocks]\nlabel = "mocks"\ninverse = "is mocked by"\n',
    "glossary.md": "## ladder\nWhat the fox lacked.\n",
    "fox/edition.toml": 'title = "Fox"\n[[text]]\nfile = "fox.md"\nsiglum = "F"\n'
    '[[text]]\nfile = "answer.md"\nsiglum = "Q"\n[[layer]]\nid = "notes"\n[[layer]]\nid = "class"\n',
    "fox/fox.md": "# A fable\n\nOf a fox.\n\nA fox leapt up the ladder.\n",
    "fox/answer.md": "# An answer\n\nThe fox was tired.\n",
    "fox/fox.notes.md": "## leapt {.law}\nA note, [[answer ¶1]].\n",
    "fox/fox.class.notes.md": "## ladder\nOf another layer.\n",
    "fox/crossrefs.md": "## answer “was tired” → fox “leapt” {.mocks}\nHence.\n",
    "fox/glossary.md": "## leap\nalso: leapt\n",
    "fox/questions.md": '## Why? {about="fox ¶1"}\n',
    "hen/edition.toml": 'title = "Hen"\n[[text]]\nfile = "hen.md"\n',
    "hen/hen.md": "# A hen\n\nA hen sat.\n",
    "hen/hen.notes.md": "## sat\n[[fox/answer ¶1]], [[fox/fox “leapt”]], [that](../fox/index.html).\n",
}
BROKEN = "title = [\n"
SLIPS = {
    "glossary.md": SOUND["glossary.md"] + "\n## {x=1}\n",
    "fox/fox.md": SOUND["fox/fox.md"] + "\n![a](none.png)\n",
    "fox/fox.notes.md": SOUND["fox/fox.notes.md"] + "\n## Hello {foo=3}\nOf no word.\n\n## was lost\nOf no words.\n",
    "fox/crossrefs.md": SOUND["fox/crossrefs.md"] + "\n## answer, fox\nNo arrow.\n",
    "fox/glossary.md": SOUND["fox/glossary.md"] + "\n## {x=1}\n",
    "fox/questions.md": SOUND["fox/questions.md"] + "\n## What? {lines=many}\n",
    "fox/sources.json": "{",
}


def lay(folder: Path, files: dict[str, str]) -> Path:
    for path, words in {**SOUND, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(words, encoding="utf-8")
    return folder


def told(site: Path) -> list[str]:
    found = [f"{one.place.path}:{one.place.line} {one.code}" for one in check_site(site)]
    outcome = build_site(Order(site, site.parent / "output"))
    assert outcome.published is None
    built = [f"{one.place.path}:{one.place.line} {one.code}" for one in outcome.told]
    assert [one for one in found if " G6" not in one] == [one for one in built if " G6" not in one]
    return found


def test_the_site_is_sound(tmp_path: Path) -> None:
    assert [str(one) for one in check_site(lay(tmp_path / "site", {})) if one.code < "G6"] == []


@pytest.mark.parametrize(
    "broken", [["site.toml"], ["fox/edition.toml"], ["site.toml", "fox/edition.toml"]], ids=" and ".join
)
def test_nothing_is_told_that_follows(broken: list[str], tmp_path: Path) -> None:
    words = {path: SOUND[path] + BROKEN for path in broken}
    assert told(lay(tmp_path / "site", words)) == sorted(f"{p}:{SOUND[p].count(chr(10)) + 1} G101" for p in broken)


@pytest.mark.parametrize(
    "broken", [["site.toml"], ["fox/edition.toml"], ["site.toml", "fox/edition.toml"]], ids=" and ".join
)
def test_all_else_is_told_in_the_same_run(broken: list[str], tmp_path: Path) -> None:
    site = lay(tmp_path / "site", SLIPS)
    before = [one for one in told(site) if " G6" not in one]
    assert {one.partition(":")[0] for one in before} == set(SLIPS)
    lay(site, {**SLIPS, **dict.fromkeys(broken, BROKEN)})
    assert sorted(told(site)) == sorted([*before, *(f"{path}:1 G101" for path in broken)])


def test_words_that_a_setting_makes_are_not_looked_for_without_it(tmp_path: Path) -> None:
    settings = SOUND["fox/edition.toml"].replace('siglum = "F"\n', 'siglum = "F"\ndek = true\n')
    notes = {"fox/fox.notes.md": "## dek\nOf the dek.\n", "fox/edition.toml": settings}
    site = lay(tmp_path / "site", notes)
    assert [one for one in check_site(site) if one.code < "G6"] == []
    lay(site, {**notes, "fox/edition.toml": settings + BROKEN})
    assert told(site) == ["fox/edition.toml:13 G101"]


@pytest.mark.parametrize("broken", ["dek = True\n", "date = 2026-11\n"])
def test_references_pictures_and_headings_are_told_all_the_same(broken: str, tmp_path: Path) -> None:
    """However the texts are read, and whatever else stands in the settings."""
    files = {
        "fox/edition.toml": SOUND["fox/edition.toml"] + broken,
        "fox/fox.md": SOUND["fox/fox.md"] + "\n![a](none.png)\n\n#### Deep\n",
        "fox/fox.notes.md": SOUND["fox/fox.notes.md"] + '\n## fox {in="¶1"}\n[[lenz]], [[#boot]], [[ladder]], [@no].\n',
        "fox/sources.json": "[]",
    }
    found = [one for one in told(lay(tmp_path / "site", files)) if not one.endswith("G101")]
    picture, deep = "fox/fox.md:7 G121", "fox/fox.md:9 G602"
    assert found == [picture, deep, *["fox/fox.notes.md:5 G401"] * 2, "fox/fox.notes.md:5 G403"]


def test_a_reference_to_a_text_that_the_settings_name_waits_for_them(tmp_path: Path) -> None:
    files = {
        "fox/edition.toml": SOUND["fox/edition.toml"] + '[[text]]\nfile = "gone.md"\n' + BROKEN,
        "fox/fox.notes.md": "## leapt\n[[gone]], [[gone ¶1]].\n",
    }
    assert [one for one in told(lay(tmp_path / "site", files)) if "G401" in one] == []


def test_what_the_site_weighs_otherwise_is_left_to_it(tmp_path: Path) -> None:
    notes = {"fox/fox.notes.md": "## was lost\nOf no words.\n"}
    settings = SOUND["site.toml"] + '[quality]\nG201 = "ignore: it is lost on purpose"\n'
    site = lay(tmp_path / "site", {**notes, "site.toml": settings + BROKEN})
    assert told(site) == ["site.toml:10 G101"]


def test_a_site_of_one_edition_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    own = {path.removeprefix("fox/"): words for path, words in {**SOUND, **SLIPS}.items() if path.startswith("fox/")}
    for path, words in {**own, "edition.toml": BROKEN}.items():
        (site / path).write_text(words.replace(" {.law}", "").replace(" {.mocks}", ""), encoding="utf-8")
    there = {one.partition(":")[0] for one in told(site)}
    assert there == {"edition.toml", *(path.removeprefix("fox/") for path in SLIPS if path.startswith("fox/"))}


def test_who_stays_hears_of_what_is_mended_beneath(tmp_path: Path) -> None:
    site = lay(tmp_path / "site", {"fox/edition.toml": BROKEN, "fox/fox.notes.md": "## Hello {foo=3}\nNo.\n"})
    workshop = Workshop(Order(site, tmp_path / "output"), generation=None, report=lambda _: ())
    first = workshop.make()
    notes = site / "fox/fox.notes.md"
    notes.write_text("## leapt\nYes.\n", encoding="utf-8")
    second = workshop.make(frozenset({str(notes)}))
    codes = [[one.code for one in made.outcome.told] for made in (first, second) if made and made.outcome]
    assert codes == [["G101", "G201", "G114"], ["G101"]]


@pytest.mark.parametrize(
    ("now", "message"),
    [
        ({"fox/edition.toml.txt": SOUND["fox/edition.toml"]}, "fox/edition.toml.txt:1 G112"),
        ({}, "fox/anchors.lock:1 G112"),
        ({"fox/edition.toml": ""}, "fox/edition.toml:1 G105"),
        ({"fox/edition.toml": "\ufeff# Nothing yet.\n\n"}, "fox/edition.toml:1 G105"),
    ],
    ids=["misnamed", "gone", "empty", "comment"],
)
def test_paragraphs_that_only_lost_settings_count_are_not_renumbered(
    now: dict[str, str], message: str, tmp_path: Path
) -> None:
    """Without `dek = true` ¶1 is the dek, and to write ¶2 instead would be wrong once edition.toml is back."""
    files = {
        "site.toml": SOUND["site.toml"],
        "fox/edition.toml": 'title = "Fox"\n[[text]]\nfile = "fox.md"\ndek = true\n',
        "fox/fox.md": "# A fable\n\nOf a fox.\n\nA fox leapt up the ladder.\n\nIt fell, and went home.\n",
        "fox/fox.notes.md": "## leapt\nThen [[fox ¶2]].\n",
        "fox/questions.md": '## Why? {about="fox ¶2"}\n',
        "fox/anchors.lock": "glossator anchors 1\ntext\tfox\nblock\ttitle\tA fable\nblock\tdek\tOf a fox.\n"
        "block\tp1\tA fox leapt up the ladder.\nblock\tp2\tIt fell, and went home.\n"
        "ref\tnote:leapt\t0\tfox ¶2\tfox\tp2\n",
    }
    site = tmp_path / "site"
    for path, words in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(words, encoding="utf-8")
    assert [one for one in check_site(site) if one.code < "G6"] == []
    (site / "fox/edition.toml").unlink()
    for path, words in now.items():
        (site / path).write_text(words, encoding="utf-8")
    assert find_fixes(site).revisions == ()
    assert told(site) == [message]
