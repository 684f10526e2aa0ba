"""What is timed is looked at: a build that does nothing, too little or too much has no figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from benchmarks import phases, systems
from benchmarks.trial import Trial, shows

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.systems import System


def ok(trial: Trial, *names: str) -> list[bool]:
    return [phases.PHASES[name](trial, 0).ok for name in names]


@pytest.mark.parametrize("name", ["glossator", "floor"])
def test_the_corpus_is_built_without_a_word_and_every_edit_arrives(name: str, work: Path) -> None:
    trial = Trial(systems.OURS[name](work), 3, work)
    assert ok(trial, *phases.PHASES) == [True] * len(phases.PHASES)
    told = trial.said.read_text("utf-8")
    assert "warning" not in told
    assert "error" not in told
    size = phases.size(trial).figures
    assert size["pages"] >= 3
    assert size["requests"] >= 2


def test_two_workers_write_what_one_does(work: Path) -> None:
    trials = [Trial(systems.OURS[name](work), 20, work) for name in ("floor", "floor-2")]
    pages = []
    for trial in trials:
        assert ok(trial, "cold") == [True]
        pages.append([trial.page(trial.text(which)).read_bytes() for which in range(20)])
    assert pages[0] == pages[1]


def then(system: System, shell: str) -> System:
    """The same, with another command."""
    return replace(system, build=("sh", "-c", shell))


def test_a_build_that_makes_nothing_is_not_right(work: Path) -> None:
    assert ok(Trial(then(systems.floor(work), "true"), 1, work), "cold") == [False]


def test_a_page_without_its_notes_is_not_right(work: Path) -> None:
    made = "mkdir -p output/texts; echo '<html></html>' > output/texts/t00000.html"
    assert ok(Trial(then(systems.floor(work), made), 1, work), "cold") == [False]


def test_a_build_that_fails_is_not_right(work: Path) -> None:
    trial = Trial(systems.floor(work), 1, work)
    assert ok(trial, "cold") == [True]
    trial.system = then(trial.system, "false")
    assert ok(trial, "again") == [False]


def test_an_edit_that_does_not_arrive_is_not_right(work: Path) -> None:
    trial = Trial(systems.floor(work), 1, work)
    assert ok(trial, "cold") == [True]
    trial.system = then(trial.system, "true")
    assert ok(trial, "word", "note", "definition") == [False] * 3


def test_who_promises_to_write_nothing_and_does_is_not_right(work: Path) -> None:
    trial = Trial(systems.floor(work), 2, work)
    assert ok(trial, "cold", "again") == [True, True]
    page = trial.page(trial.text(0))
    trial.system = then(trial.system, f"cp {page} copy && cat copy > {page}")
    assert ok(trial, "again") == [False]
    trial.system = replace(trial.system, lasting=False)
    assert ok(trial, "again") == [True]


def test_a_definition_is_edited_whose_term_few_texts_use(work: Path) -> None:
    trial = Trial(systems.floor(work), 100, work)
    edit = trial.edit_definition(0)
    assert 1 <= len(edit.shown) <= 3
    assert not shows(edit)


def test_who_is_not_installed_is_told(work: Path) -> None:
    with pytest.raises(FileNotFoundError, match="pelican isn't installed"):
        Trial(systems.pelican(work), 1, work)
