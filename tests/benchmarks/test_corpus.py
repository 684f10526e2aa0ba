"""The corpus is the same everywhere, and each system gets all of it."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks import corpus
from benchmarks.corpus import Mark, Stress, Tie, Use, Words
from benchmarks.emit import EMITTERS, lay_out
from benchmarks.systems import OURS, PEERS
from tests.benchmarks.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TERMS = corpus.glossary()
LAY_OUT = (
    "import sys, pathlib, benchmarks.emit as e; e.lay_out(sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]))"
)


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("number", [0, 1, 77])
def test_a_text_has_what_it_promises(number: int) -> None:
    text = corpus.text(number, TERMS)
    paragraphs = {one.id: one for one in (*text.essay, *text.response)}
    items = [item for one in paragraphs.values() for sentence in one.sentences for item in sentence]
    kinds = [type(item) for item in items]
    assert kinds.count(Use) == corpus.OCCURRENCES
    assert len(text.terms) == len({one.term for one in items if isinstance(one, Use)}) == corpus.TERMS_OF_A_TEXT
    assert sorted(one.note for one in items if isinstance(one, Mark)) == [note.number for note in text.notes]
    assert len(text.notes) == corpus.NOTES
    ties = [item for item in items if isinstance(item, Tie)]
    assert len(ties) == len({tie.words for tie in ties}) == corpus.TIES
    assert {tie.paragraph for tie in ties} <= paragraphs.keys()
    plain = " ".join(one.words for one in items if isinstance(one, (Words, Stress, Use, Tie)))
    assert 1900 < len(plain.split()) < 2900
    for note in text.notes:
        sentences = ("".join(i.words for i in s if isinstance(i, Words)) for s in paragraphs[note.paragraph].sentences)
        assert any(note.quote in sentence for sentence in sentences)


def test_a_longer_glossary_begins_with_the_shorter_and_leaves_the_texts_as_they_are() -> None:
    longer = corpus.glossary(1000)
    assert longer[: len(TERMS)] == TERMS
    assert len({term.headword.lower() for term in longer}) == 1000
    assert corpus.text(3, longer) == corpus.text(3, TERMS)


@pytest.mark.parametrize("flavour", EMITTERS)
def test_the_same_bytes_whatever_the_number_of_texts_and_the_seed_of_hashes(flavour: str, tmp_path: Path) -> None:
    for seed, number in (("1", 2), ("2", 3)):
        command = [sys.executable, "-c", LAY_OUT, flavour, str(tmp_path / seed), str(number)]
        subprocess.run(command, cwd=ROOT, env={"PYTHONHASHSEED": seed}, check=True)
    two, three = digests(tmp_path / "1"), digests(tmp_path / "2")
    lists = {path for path in two if path.endswith(("docs/index.md", "SUMMARY.md"))}
    assert {path: one for path, one in two.items() if path not in lists}.items() <= three.items()
    assert lists.issubset(three)


SYSTEMS = {name: system for name, system in {**OURS, **PEERS}.items() if name != "glossator-2"}
"""The one left out asks the program for workers, which it may not have; its sources are those of `glossator`."""


@pytest.mark.parametrize("name", SYSTEMS)
def test_each_system_finds_what_is_to_be_edited(name: str, work: Path) -> None:
    system = SYSTEMS[name](work)
    used = lay_out(system.flavour, work / "site", 2)
    texts = [corpus.text(number, TERMS) for number in range(2)]
    assert {term: sorted(ids) for term, ids in used.items()} == {
        term: [text.id for text in texts if term in text.terms] for term in used
    }
    for text in texts:
        source = (work / "site" / system.text.format(id=text.id)).read_text("utf-8")
        assert len(re.findall(r"\bzq0\b", source)) == 1
        noted = (work / "site" / (system.note or system.text).format(id=text.id)).read_text("utf-8")
        assert len(re.findall(r"\bnq0\b", noted)) == 1
    if system.glossary:
        glossary = (work / "site" / system.glossary).read_text("utf-8")
        assert all(len(re.findall(rf"\bgv{term.id}v0\b", glossary)) == 1 for term in TERMS)
