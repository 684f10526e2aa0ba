"""Rows of one edition after another -> the classic scripts in which a reader searches, loaded when he first does.

The rows of some editions together make a part, which leaves as soon as it is large enough, so that no more than one
part is in memory; parts are named by their content. `MANIFEST` names the parts and says the words of the dialog. It has
a fixed name, since pages that lead to it leave before the last edition is read.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.site import Kept, Page
from builder.model.value import value_class
from builder.render.search_records import encoded, record, script
from builder.render.site_glossary import page_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.render.given import Given, GivenTerm
    from builder.render.search_rows import Row
    from builder.render.words import Words

MANIFEST = "assets/search.js"

PART = 200_000
"""Characters after which a part is full: some 60 KB on the wire. Smaller ones would be many, larger ones would keep
the first results waiting and the page from answering while they are read."""

EVERY = 8
"""One edition in so many ends a part wherever it stands: behind it the parts are what they were before a change."""

_WORDS = "search."
"""The words of the dialog in the theme's table."""


Records = Callable[[str], str]
"""The record of an edition that came without, by its id."""


@value_class(frozen=True, slots=True)
class Bound:
    """A part of the index: its path, and the editions whose records it holds ("" for what is the whole site's)."""

    path: str
    editions: tuple[str, ...]
    shared: bool = False
    """Whether it is the one that holds the terms of the site's own glossary."""


@value_class(frozen=True, slots=True)
class _Waiting:
    """An edition whose part isn't full yet."""

    edition: str
    size: int
    record: str


class SearchIndex:
    """The index in the making. Where a part ends depends on what stands near, so that a change stays in its part."""

    def __init__(self, records: Records, before: Sequence[Bound] = ()) -> None:
        """`before` are the parts of the index as it was: one in which nothing has changed stays.

        `records` gives the record of an edition that came without one.
        """
        self._records = records
        self._waiting: list[_Waiting] = []
        self._size = 0
        self._bound: list[Bound] = []
        self._before = {part.editions: part for part in before if not part.shared}
        self._shared_before = next((part for part in before if part.shared), None)

    def add(self, edition: str, size: int, record: str = "") -> Page | Kept | None:
        """Take in an edition; the part that it fills. No record: it is as it was, of so many characters."""
        self._waiting.append(_Waiting(edition, size, record))
        self._size += size
        full = self._size >= PART or zlib.crc32(edition.encode()) % EVERY == 0
        return self._part() if full else None

    def close(
        self, words: Mapping[str, Words], *, several: bool, shared: Mapping[tuple[str, str], Sequence[Row]] | None
    ) -> Iterator[Page | Kept]:
        """The last part, the terms of the site's own glossary, and the manifest.

        `words` are the site's by "", and by language those of the pages in another; `several`: there are more editions
        than one. `shared` is of `shared_rows`, None where it is what it was.
        """
        if self._waiting:
            yield self._part()
        if shared:
            records = [record(*owner, rows, {}) for owner, rows in shared.items()]
            yield self._page(records, tuple(edition for edition, _ in shared), shared=True)
        elif shared is None and self._shared_before is not None:
            yield self._keep(self._shared_before)
        manifest = {
            "words": {language: said(spoken) for language, spoken in sorted(words.items())},
            "several": several,
            "parts": [[part.path.rpartition("/")[2], part.editions] for part in self._bound],
        }
        yield Page(MANIFEST, script(encoded(manifest)))

    @property
    def bound(self) -> tuple[Bound, ...]:
        """The parts: each edition's record is in one."""
        return tuple(self._bound)

    def _part(self) -> Page | Kept:
        waiting, self._waiting, self._size = self._waiting, [], 0
        names = tuple(one.edition for one in waiting)
        known = self._before.get(names)
        if known is not None and not any(one.record for one in waiting):
            return self._keep(known)
        return self._page([one.record or self._records(one.edition) for one in waiting], names)

    def _keep(self, part: Bound) -> Kept:
        self._bound.append(part)
        return Kept((part.path,))

    def _page(self, records: Sequence[str], names: tuple[str, ...], *, shared: bool = False) -> Page:
        content = script(f'{{"editions":[{",".join(records)}]}}')
        path = part_path(content)
        self._bound.append(Bound(path, names, shared))
        return Page(path, content)


def part_path(content: bytes) -> str:
    """The path of a part, by what it holds."""
    return f"assets/search.{hashlib.sha256(content).hexdigest()[:10]}.js"


def shared_rows(editions: Sequence[Given]) -> dict[tuple[str, str], list[Row]]:
    """The terms of the site's own glossary, as a search finds them, by where they lead.

    (edition, its title) -> those that occur in it alone; by ("", "") those of several editions.
    """
    ids = {key: name for (owner, key), name in page_ids(editions).items() if not owner}
    first: dict[str, tuple[Given, GivenTerm]] = {}
    several: set[str] = set()
    for edition in editions:
        for term in edition.terms:
            if not term.owner and first.setdefault(term.view.key, (edition, term))[0] is not edition:
                several.add(term.view.key)
    owned: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for key, (edition, term) in sorted(first.items(), key=lambda pair: pair[0]):
        row = edition.row(term)
        if key in several:
            owned["", ""].append(replace(row, href=f"glossary.html#{ids[key]}"))
        else:
            owned[edition.edition, edition.title].append(row)
    return owned


def said(words: Words) -> dict[str, str]:
    """What the dialog says in one language."""
    said = {key.removeprefix(_WORDS): text for key, text in words.wording.items() if key.startswith(_WORDS)}
    return {**said, "comma": words.say("list.comma"), "dot": words.say("list.dot")}
