"""A flavour and a number of texts -> a folder of sources that a system builds, and where each term is used."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import corpus
from benchmarks.emit import peers, untouched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from benchmarks.corpus import Term, Text

    Emitter = Callable[[Path, Sequence[Term], Iterable[Text]], None]

SITES = Path(__file__).resolve().parents[1] / "sites"
"""Settings and templates of the peers, a folder each."""

EMITTERS: Mapping[str, Emitter] = {
    "glossator": untouched.glossator,
    "yardstick": untouched.yardstick,
    "hugo": peers.hugo,
    "eleventy": peers.eleventy,
    "astro": peers.astro,
    "jekyll": peers.jekyll,
    "pelican": peers.pelican,
    "nikola": peers.nikola,
    "mkdocs": peers.mkdocs,
    "material": peers.mkdocs_snippet,
    "material-page": peers.mkdocs,
    "sphinx": peers.sphinx,
    "mdbook": peers.mdbook,
}


def lay_out(flavour: str, folder: Path, number: int, *, terms: int = corpus.TERMS) -> dict[str, list[str]]:
    """Write the first `number` texts into a new folder. The texts, by id, in which each term occurs, by its id."""
    shutil.rmtree(folder, ignore_errors=True)
    glossary = corpus.glossary(terms)
    used: dict[str, list[str]] = {}

    def texts() -> Iterator[Text]:
        for which in range(number):
            text = corpus.text(which, glossary)
            for term in text.terms:
                used.setdefault(term, []).append(text.id)
            yield text

    EMITTERS[flavour](folder, glossary, texts())
    if (SITES / flavour).is_dir():
        shutil.copytree(SITES / flavour, folder, dirs_exist_ok=True)
    return used
