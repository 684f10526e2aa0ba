"""A system and a number of texts -> its site on disk, edits to it, and whether what was built of it is right."""

from __future__ import annotations

import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import corpus, measure
from benchmarks.emit import lay_out

if TYPE_CHECKING:
    from benchmarks.measure import Cost
    from benchmarks.systems import System

LOOKED_AT = 20
"""Pages that are looked at after a cold build."""
RARE = 0.03
"""On so many of the texts the term of an edited definition is used, at most."""
_STRIDE = 7919
"""Prime: one text after another, far apart."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A word that is new in the sources, when it was saved (`time.time`), and the files that must come to show it."""

    word: str
    saved: float
    shown: tuple[Path, ...]


class Trial:
    """The sources of `number` texts for one system in a folder of its own, and what it builds there."""

    def __init__(
        self, system: System, number: int, place: Path, *, logs: Path | None = None, terms: int = corpus.TERMS
    ) -> None:
        """Lay it out in a folder below `place`. FileNotFoundError where the system isn't installed.

        What the system says goes to a file in `logs`, which is in `place` if it isn't named.
        """
        if not shutil.which(system.build[0]) or (system.linked and not Path(system.linked).is_dir()):
            raise FileNotFoundError(f"{system.name} isn't installed")
        self.system, self.number, self.terms = system, number, terms
        self.folder = place / f"{system.name}-{number}-{terms}"
        self.said = (logs or place / "logs") / f"{self.folder.name}.log"
        self.said.parent.mkdir(parents=True, exist_ok=True)
        self._used = lay_out(system.flavour, self.folder, number, terms=terms)
        if system.linked:
            (self.folder / system.linked.rpartition("/")[2]).symlink_to(system.linked)
        self._edits = 0

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def text(self, which: int) -> str:
        """The id of one of the texts; with `which` from 0 they are far apart."""
        return corpus.text_id(which * _STRIDE % self.number)

    def page(self, text: str) -> Path:
        """The page of a text."""
        return self.folder / self.system.page.format(id=text)

    def clean(self) -> None:
        """Remove what was built and what the system remembers."""
        for pattern in self.system.made:
            for path in self.folder.glob(pattern):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    def build(self) -> Cost:
        """Run the system once."""
        return measure.run(self.system.build, self.folder, self.said, further=self.further)

    def rebuild(self) -> Cost:
        """Run it where something was built before."""
        return measure.run(self.system.rebuild or self.system.build, self.folder, self.said, further=self.further)

    @property
    def further(self) -> dict[str, str]:
        """Further variables of the environment for whatever the system runs."""
        return {name: value.format(folder=self.folder) for name, value in self.system.further.items()}

    def ensure_built(self) -> None:
        """Build it, where that wasn't done before."""
        if not self.page(self.text(0)).exists():
            self.build()

    def is_whole(self) -> bool:
        """Whether pages are there and have their notes."""
        wanted = [self.page(self.text(which)) for which in range(min(self.number, LOOKED_AT))]
        return all(len(re.findall(self.system.noted, _read(page))) >= corpus.NOTES for page in wanted)

    def states(self) -> dict[Path, tuple[int, int, int]]:
        """What tells of each file of the output if it was written again; its own records aside."""
        top = self.folder / self.system.page.partition("/")[0]
        return {path: _state(path) for path in top.rglob("*") if path.is_file() and not path.name.startswith(".")}

    def edit_word(self, which: int) -> Edit:
        """Change one word of a text."""
        text = self.text(which)
        return self._edit(self.system.text.format(id=text), r"\bzq\d+", "zq", (self.page(text),))

    def edit_note(self, which: int) -> Edit:
        """Change one word of a note."""
        text = self.text(which)
        return self._edit((self.system.note or self.system.text).format(id=text), r"\bnq\d+", "nq", (self.page(text),))

    def edit_definition(self, which: int) -> Edit:
        """Change one definition, of a term that is used on few texts. ValueError where no file holds it alone."""
        if not self.system.glossary:
            raise ValueError(f"{self.system.name} has no one place for a definition")
        rare = self.rare_terms()
        term = rare[which % len(rare)]
        forms = self.system.shown or (self.system.page,)
        shown = tuple(self.folder / form.format(id=text) for text in self._used[term] for form in forms)
        return self._edit(self.system.glossary, rf"\bgv{term}v\d+", f"gv{term}v", shown)

    def rare_terms(self) -> list[str]:
        """Those used on no more texts than RARE says, and at least on one; the commonest first."""
        most = max(1.0, RARE * self.number)
        rare = [term for term, texts in self._used.items() if len(texts) <= most]
        return sorted(rare, key=lambda term: (-len(self._used[term]), term))

    def _edit(self, path: str, pattern: str, mark: str, shown: tuple[Path, ...]) -> Edit:
        self._edits += 1
        word = f"{mark}{self._edits}"
        old = (self.folder / path).read_text(encoding="utf-8")
        new, changed = re.subn(pattern, word, old)
        if changed < 1 or new == old:
            raise RuntimeError(f"nothing to edit in {path}")
        saved = time.time()
        (self.folder / path).write_text(new, encoding="utf-8")
        return Edit(word, saved, tuple(sorted(set(shown))))


def shows(edit: Edit) -> bool:
    """Whether every file that must show an edit does so."""
    return all(re.search(rf"\b{edit.word}\b", _read(page)) for page in edit.shown)


def _read(page: Path) -> str:
    """A page, "" while it isn't there."""
    try:
        return page.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _state(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_ino, status.st_mtime_ns, status.st_size
