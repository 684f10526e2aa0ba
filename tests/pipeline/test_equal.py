"""What is made from what was made before is byte for byte what is made from nothing, whatever was changed between."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builder import pipeline
from builder.model.diagnostic import Remarks
from builder.model.lock import LockFile
from builder.model.site import Copy, Folder, Kept, Page
from builder.parse.site import parse_outline
from builder.pipeline.memo import read_memo, write_memo
from builder.render import keeping
from tests.pipeline import edits
from tests.pipeline.edits import EDITS, first_site

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.model.site import EditionSettings
    from builder.model.theme import ThemeFiles
    from builder.pipeline import Making
    from tests.pipeline.edits import Site

Output = dict[str, bytes | Copy]

LOCAL = [
    edits.word_of_a_text,
    edits.paragraph_before_all,
    edits.body_of_a_note,
    edits.new_note,
    edits.notes_removed,
    edits.own_term,
    edits.edition_added,
    edits.edition_removed,
    edits.picture,
    edits.visit,
]
"""Edits that concern a few editions at most."""


def known_from(before: Making | None) -> Callable[[str], tuple[str, EditionSettings] | None]:
    def known(edition: str) -> tuple[str, EditionSettings] | None:
        one = before.editions.get(edition) if before else None
        return (one.flawless, one.settings) if one else None

    return known


def made(
    folder: Folder, theme: ThemeFiles, before: Making | None, output: Output, locks: dict[str, str] | None = None
) -> tuple[Output, list[str], Making | None]:
    """The output after a build, what was told, and what the build came to. `output` is as the one before left it.

    `locks` takes in those that the build wants to write (None: it was asked to leave them).
    """
    outline, told = parse_outline(folder, known_from(before))
    lines = [str(one) for one in told]
    if outline is None:
        return output, lines, before
    now: Output = {}

    def read(path: str) -> bytes | None:
        content = output.get(path)
        return content if isinstance(content, bytes) else None

    around = pipeline.Circumstances(before, read)
    options = pipeline.Options(locks=pipeline.Locks.LEFT if locks is None else pipeline.Locks.WRITTEN)
    making = pipeline.build(folder, outline, theme, options, around)
    wanted: dict[str, str] = {}
    stopped = any(pipeline.stops_build(one) for one in told)
    while True:
        try:
            item = next(making)
        except StopIteration as end:
            value: Making | None = end.value
            break
        if isinstance(item, Page):
            now[item.path] = item.content
        elif isinstance(item, Copy):
            now[item.path] = item
        elif isinstance(item, Kept):
            assert len({*item.paths} - now.keys()) == len(item.paths), "a file is kept twice"
            now.update((path, output[path]) for path in item.paths)
        elif isinstance(item, LockFile):
            wanted[item.path] = item.text
        elif isinstance(item, Remarks):
            lines.extend(item.lines)
        else:
            lines.append(item.remark or str(item))
            stopped = stopped or pipeline.stops_build(item)
    if stopped or value is None:
        return output, lines, before
    if locks is not None:
        locks.update(wanted)
    return now, lines, value


@pytest.mark.parametrize("seed", range(12))
def test_random_edits(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MANY", 1)
    chance = random.Random(seed)
    site = first_site()
    output: Output = {}
    before: Making | None = None
    for step in range(12):
        if step:
            for _ in range(chance.choice((1, 1, 1, 2, 3))):
                site = chance.choice(EDITS)(site, chance)
        folder, theme = site.folder(), site.theme()
        if before is not None and chance.random() < 0.5:
            memo = write_memo(before)  # as between two runs of the program
            before = read_memo(replace(memo, editions={**memo.editions}, givens={**memo.older, **memo.givens}))
        locks: dict[str, str] | None = {} if chance.random() < 0.7 else None
        clean_locks: dict[str, str] = {}
        output, told, before = made(folder, theme, before, output, locks)
        clean, clean_told, fresh = made(folder, theme, None, {}, clean_locks)
        if fresh is None:
            continue
        assert sorted(output) == sorted(clean), f"seed {seed}, step {step}: {site.log[-3:]}"
        assert step or {"ants/index.html", "ants/ants.tei.xml"} <= clean.keys()
        for path, content in clean.items():
            assert output[path] == content, f"seed {seed}, step {step}: {path} after {site.log[-3:]}"
        assert sorted(told) == sorted(clean_told), f"seed {seed}, step {step}: {site.log[-3:]}"
        if locks is not None:
            assert before is not None
            assert locks == clean_locks, f"seed {seed}, step {step}: {site.log[-3:]}"
            site, before = written(site, locks, before)
            if chance.random() < 0.3:
                the_second_build_changes_nothing(site, before, output)


def written(site: Site, locks: dict[str, str], making: Making) -> tuple[Site, Making]:
    """The site with its locks written, and what the build came to, as the shell leaves it for the next one."""
    site = replace(site, files={**site.files, **locks})
    digests = site.folder().digests
    return site, pipeline.as_written(making, {path: digests[path] for path in locks})


def the_second_build_changes_nothing(site: Site, before: Making, output: Output) -> None:
    """Made anew with the locks that were just written it is the same; made from before, nothing is made at all."""
    locks: dict[str, str] = {}
    again, _, _ = made(site.folder(), site.theme(), None, {}, locks)
    assert again == output, site.log[-3:]
    assert not locks
    assert not pipeline.unwritten(before)
    kept, _, later = made(site.folder(), site.theme(), before, output, locks)
    assert kept == output
    assert later is not None
    assert not later.reasons, site.log[-3:]
    assert not locks


def reasons_after(edit: Callable[[Site, random.Random], Site], seed: int = 3) -> dict[str, str]:
    """Why editions are made again after one edit to the first site."""
    site = first_site()
    output, _, before = made(site.folder(), site.theme(), None, {})
    after = edit(site, random.Random(seed))
    _, told, making = made(after.folder(), after.theme(), before, output)
    assert making is not None, told
    return {name: why for name, why in making.reasons.items() if name != pipeline.LISTS}


@pytest.mark.parametrize("edit", LOCAL, ids=lambda edit: edit.__name__)
def test_one_edit_makes_few(edit: Callable[[Site, random.Random], Site]) -> None:
    assert len(reasons_after(edit)) < 4


def test_nothing_changed_makes_nothing() -> None:
    assert reasons_after(lambda site, _: site) == {}


def test_a_term_that_stands_nowhere_makes_nothing() -> None:
    def zebra(site: Site, _: random.Random) -> Site:
        return site.done("zebra", {**site.files, "glossary.md": site.files["glossary.md"] + "## zebra\nStriped.\n"})

    assert reasons_after(zebra) == {}


def test_why() -> None:
    def edit(path: str, old: str, new: str) -> Callable[[Site, random.Random], Site]:
        return lambda site, _: site.done("edit", {**site.files, path: site.files[path].replace(old, new, 1)})

    assert reasons_after(edit("crows/essay.md", ".", "!")) == {"crows": "crows/essay.md changed"}
    assert reasons_after(edit("ants/essay.md", ".", "!")) == {
        "ants": "ants/essay.md changed",
        "bees": "it speaks of “ants”, where ants/essay.md changed",
    }
    assert set(reasons_after(edit("glossary.md", "What fox means", "What a fox is")).values()) == {
        "the term “Fox” changed, which it shows"
    }
    assert set(reasons_after(edit("sources.json", "Fables", "Tales")).values()) == {"it cites “aesop”, which changed"}
    assert set(reasons_after(edit("site.toml", "Fables", "Tales")).values()) == {"site.toml changed"}
    assert set(reasons_after(edits.theme).values()) == {"the theme changed"}


def test_a_definition_leaves_the_library_as_it_stands() -> None:
    site = first_site()
    output, _, before = made(site.folder(), site.theme(), None, {})
    standing = {**output, "index.html": b"as it stood"}
    old = site.files["glossary.md"]
    assert "What fox means" in old
    after = site.done("edit", {**site.files, "glossary.md": old.replace("What fox means", "What a fox is", 1)})
    now, _, making = made(after.folder(), after.theme(), before, standing)
    assert making is not None
    assert pipeline.LISTS in making.reasons
    assert now["index.html"] == b"as it stood"
    assert now["glossary.html"] != output["glossary.html"]


@pytest.mark.parametrize("locks", [True, False], ids=["written", "left"])
def test_a_build_that_writes_locks_makes_what_one_without_left(locks: bool) -> None:
    """As after `serve`: the pages are as they should be, the locks aren't there yet."""
    site = first_site()
    output, _, before = made(site.folder(), site.theme(), None, {})
    wanted: dict[str, str] | None = {} if locks else None
    _, _, making = made(site.folder(), site.theme(), before, output, wanted)
    assert making is not None
    assert len(wanted or ()) == (4 if locks else 0)
    whys = {"its anchors.lock is to be written"} if locks else set()
    assert {why for name, why in making.reasons.items() if name != pipeline.LISTS} == whys


def test_a_lock_that_changed_is_a_reason() -> None:
    site = first_site()
    locks: dict[str, str] = {}
    output, _, making = made(site.folder(), site.theme(), None, {}, locks)
    assert making is not None
    site, making = written(site, locks, making)
    for files in (
        {path: text for path, text in site.files.items() if path != "crows/anchors.lock"},
        {**site.files, "crows/anchors.lock": site.files["crows/anchors.lock"].replace("exact", "certain", 1)},
    ):
        folder = replace(site, files=files).folder()
        locks = {}
        _, _, later = made(folder, site.theme(), making, output, locks)
        assert later is not None
        assert later.reasons == {"crows": "crows/anchors.lock changed"}
        assert locks == {"crows/anchors.lock": site.files["crows/anchors.lock"]}
