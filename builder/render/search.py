"""Rows of one edition after another -> the classic scripts in which a reader searches, loaded when he first does.

The rows of some editions together make a part, which leaves as soon as it is large enough, so that no more than one
part is in memory; parts are named by their content. `MANIFEST` names the parts and says the words of the dialog. It has
a fixed name, since pages that lead to it leave before the last edition is read.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.model.site import Page
from builder.render.cards import script_safe
from builder.render.search_rows import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.render.search_rows import Row
    from builder.render.views import KindView
    from builder.render.words import Words

MANIFEST = "assets/search.js"

PART = 200_000
"""Characters after which a part is full: some 60 KB on the wire. Smaller ones would be many, larger ones would keep
the first results waiting and the page from answering while they are read."""

_WORDS = "search."
"""The words of the dialog in the theme's table."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """A term of the site's own glossary, as the first edition has it in which it occurs."""

    edition: str
    title: str
    row: Row
    several: bool
    """Whether it occurs in other editions too."""


class SearchIndex:
    """The index in the making."""

    def __init__(self) -> None:
        self._records: list[str] = []
        self._editions: list[str] = []
        self._parts: list[tuple[str, tuple[str, ...]]] = []
        self._shared: dict[str, _Shared] = {}

    def add(
        self, edition: str, title: str, rows: Iterable[Row], *, shared: Mapping[str, Row], kinds: Mapping[str, KindView]
    ) -> Iterator[Page]:
        """Take in an edition; the part that it fills. `shared` are its terms from the site's glossary, by their id."""
        for term, row in shared.items():
            known = self._shared.get(term)
            self._shared[term] = replace(known, several=True) if known else _Shared(edition, title, row, False)
        self._put(edition, title, rows, kinds)
        if sum(map(len, self._records)) >= PART:
            yield self._part()

    def close(self, words: Mapping[str, Words], glossary: Mapping[str, str]) -> Iterator[Page]:
        """The last part, and the manifest; none where there is no edition.

        `words` are the site's by "", and by language those of the pages in another. `glossary` says the page ids of
        the shared terms in the site's glossary.
        """
        if not self._editions and not self._parts:
            return
        at_home: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for term, one in sorted(self._shared.items()):
            owner = ("", "") if one.several else (one.edition, one.title)
            at_home[owner].append(replace(one.row, href=f"glossary.html#{glossary[term]}") if one.several else one.row)
        for (edition, title), rows in at_home.items():
            self._put(edition, title, rows, {})
        yield self._part()
        editions = {edition for _, names in self._parts for edition in names if edition}
        manifest = {
            "words": {language: _said(spoken) for language, spoken in sorted(words.items())},
            "several": len(editions) > 1,
            "parts": [[path.rpartition("/")[2], names] for path, names in self._parts],
        }
        yield Page(MANIFEST, _script(_encoded(manifest)))

    def _put(self, edition: str, title: str, rows: Iterable[Row], kinds: Mapping[str, KindView]) -> None:
        self._records.append(_encoded(_record(edition, title, rows, kinds)))
        self._editions.append(edition)

    def _part(self) -> Page:
        content = _script(f'{{"editions":[{",".join(self._records)}]}}')
        path = f"assets/search.{hashlib.sha256(content).hexdigest()[:10]}.js"
        self._parts.append((path, tuple(dict.fromkeys(self._editions))))
        self._records, self._editions = [], []
        return Page(path, content)


def _said(words: Words) -> dict[str, str]:
    """What the dialog says in one language."""
    said = {key.removeprefix(_WORDS): text for key, text in words.wording.items() if key.startswith(_WORDS)}
    return {**said, "comma": words.say("list.comma"), "dot": words.say("list.dot")}


def _record(edition: str, title: str, rows: Iterable[Row], kinds: Mapping[str, KindView]) -> dict[str, object]:
    """An edition as the script reads it: what repeats is told once and named by its index."""
    pages: dict[str, int] = {}
    texts: dict[tuple[str, str], int] = {}
    told: dict[str, int] = {}
    made: list[list[object]] = []
    for row in rows:
        page, _, name = row.href.partition("#")
        made.append(
            [
                int(row.group),
                pages.setdefault(page, len(pages)),
                name,
                row.place,
                row.head,
                row.words,
                texts.setdefault((row.text, row.language), len(texts)),
            ]
        )
        if row.kind:
            made[-1].append(told.setdefault(row.kind, len(told)))
        elif row.group is Group.TERM:
            made[-1].append(row.also)
    shown = [kinds[name] for name in told]
    return {
        "id": edition,
        "title": title,
        "pages": list(pages),
        "texts": list(texts),
        "kinds": [[kind.id, kind.cue, kind.label, kind.glyph] for kind in shown],
        "rows": made,
    }


def _encoded(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _script(encoded: str) -> bytes:
    return f"glossatorFind({script_safe(encoded)});\n".encode()
