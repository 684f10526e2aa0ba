"""What was made of an edition for students -> what stands in it that only teachers may read (G507)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.value import value_class
from builder.relate.secrecy import blocks_of, found_in, hidden_sayings, secret_runs, stretches
from builder.render.readable import readable, words_in_script
from builder.render.words import words_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.handout import Handout
    from builder.model.site import Page, Settings
    from builder.model.theme import Theme
    from builder.model.view import Anchored
    from builder.relate.secrecy import Runs
    from builder.render.given import Given

NAMED = 3
"""So many outputs are named, the rest are counted."""

WORDS = 12
"""So many words are shown of a stretch that is longer."""

_OR_GIVE = "or, where they may be read, say them to students too"

_TYPST = ".typ"

Outputs = dict[str, list[str]]


@value_class(frozen=True, slots=True)
class Guard:
    """What of one edition only teachers may read."""

    whole: Anchored
    seen: Anchored
    """As students see it."""
    secrets: Runs
    site: Settings
    theme: Theme
    language: str
    """The edition's: in its words the theme speaks."""

    def told(self, outputs: Iterable[tuple[str, str]]) -> Iterator[Diagnostic]:
        """A diagnostic for each stretch of secret words, at the entry that has them; `outputs` by name and words.

        Nothing is read where nothing is secret.
        """
        if not self.secrets:
            return
        where: Outputs = defaultdict(list)
        for name, words in outputs:
            for run in found_in(self.secrets, words):
                if name not in where[run]:
                    where[run].append(name)
        if where:
            yield from self._told(where)

    def _told(self, where: Outputs) -> Iterator[Diagnostic]:
        """A run that more than one entry has is told at the first."""
        for saying in hidden_sayings(self.whole, self.seen):
            for block in blocks_of(saying):
                for words, runs in stretches(block, where):
                    names = dict.fromkeys(name for run in runs for name in where.pop(run, ()))
                    if names:
                        found = f"only teachers may read “{_short(words)}”, which would stand in {_listed(list(names))}"
                        yield diagnose("G507", saying.place, found, self._repair(runs))

    def _repair(self, runs: tuple[str, ...]) -> str:
        """What leads to a repair: where the words stand that are shown beside what an author gives students."""
        told = frozenset(tuple(run.split()) for run in runs)
        known = (what for what, words in self._labels() if found_in(told, words))
        what = next(known, "something that the theme puts together")
        return f"students are given them by {what}: say something else there or here, {_OR_GIVE}"

    def _labels(self) -> Iterator[tuple[str, str]]:
        """What a site and its theme call things, and what the theme's files say themselves; and where."""
        path = self.site.place.path
        for kind in self.site.kinds:
            yield f"the kind “{kind.id}” in {path}", f"{kind.label}\n\n{kind.about}"
        for relation in self.site.relations:
            yield f"the relation “{relation.id}” in {path}", f"{relation.label}\n\n{relation.inverse}"
        for key, words in words_for(self.language, self.site.language, self.theme.words).wording.items():
            yield f"the theme's words “{key}”", words
        for path in sorted(self.theme.files, key=lambda path: (path.count("/"), path)):  # what covers another first
            content = self.theme.files[path]
            pieces = [content.decode("utf-8", "replace")] if path.endswith(_TYPST) else readable(path, content)
            for words in pieces:
                yield f"“{self.theme.origins.get(path, path)}”", words


def guard_of(whole: Anchored, seen: Anchored, elsewhere: Iterable[str], site: Settings, theme: Theme) -> Guard:
    """The guard of an edition; `elsewhere` are words that nobody hides (see `secret_runs`)."""
    language = whole.edition.settings.language
    return Guard(whole, seen, secret_runs(whole, seen, elsewhere), site, theme, language)


def pages_read(pages: Iterable[Page], given: Given, record: str) -> Iterator[tuple[str, str]]:
    """Each file, as it will be written, its archives and packed parts opened; the search's record; what lists show."""
    for page in pages:
        for words in readable(page.path, page.content):
            yield f"“{page.path}”", words
    yield "the site's search", words_in_script(record)
    yield "the site's own lists", words_in_script(repr(given))


def handouts_read(handouts: Iterable[Handout]) -> Iterator[tuple[str, str]]:
    """Each handout for students, as it is composed."""
    from builder.render.galley import words_in

    return ((f"the handout “{one.path}”", words_in(one)) for one in handouts if one.student)


def _short(words: str) -> str:
    kept = words.split()
    return words if len(kept) <= WORDS else f"{' '.join(kept[:WORDS])} …"


def _listed(names: list[str]) -> str:
    if len(names) <= NAMED + 1:
        return f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else names[0]
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} outputs more"
