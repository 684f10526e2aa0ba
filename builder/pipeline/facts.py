"""What a site is made from, and what an edition asked of it -> what is out of date, and why.

Facts are recorded while an edition is made: which shared terms it shows, what its references call, which works and
other editions it asked for, which words stand in it. What a later build finds changed is held against them. Wherever
a fact is coarser than the truth an edition is made once too often, never once too rarely.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.model.prose import ReferenceKind
from builder.relate import words
from builder.relate.inflect import spellings
from builder.relate.lexicon import forms_of, names_of
from builder.relate.normal import normalize
from builder.relate.proses import entry_of, pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.model.glossary import Term
    from builder.model.site import Folder, Work
    from builder.model.view import Referred
    from builder.parse.site import Outline

BITS = 8192
"""Room in which the words of an edition are marked: of a long text's 2,000 words one in four places is taken, so that a
term that doesn't stand there is seldom taken for one that does."""


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What a site is made from, at the time of one build."""

    whole: str
    """Digest of what concerns every page: settings, theme, program, audience, addresses."""
    files: Mapping[str, str]
    """Path -> digest of a source; of another file its size."""
    editions: Mapping[str, str]
    """Edition id -> its folder, with a slash behind it where it has one."""
    terms: tuple[Term, ...]
    """The site's own glossary."""
    works: Mapping[str, Work]


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What one edition asked for while it was made."""

    terms: frozenset[str]
    """The site's own terms that it shows or speaks of."""
    named: Mapping[str, tuple[str, ...]]
    """What its references call -> the site's own terms that have this name."""
    works: frozenset[str]
    abroad: frozenset[str]
    """Other editions, by their ids."""
    marked: int
    """The words that stand in it, each a bit."""
    told_of: frozenset[str]
    """The files in which something was found wrong with it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two builds' facts: worked out once for all editions."""

    whole: bool
    files: Mapping[str, str]
    """Edition id ("" for what belongs to none) -> the first of its files that changed."""
    paths: frozenset[str]
    terms: Mapping[str, tuple[Term, ...]]
    """The site's own terms whose entries changed, came or went: as they were, as they are."""
    works: frozenset[str]


def site_facts(folder: Folder, outline: Outline, whole: Iterable[str]) -> SiteFacts:
    """The facts of a site. `whole` is all that concerns every page, besides its settings and addresses."""
    digest = hashlib.sha256()
    settings = folder.sources.get("site.toml")
    each = sorted(one.id for one in outline.editions if one.pages == "each")
    lists = (f"{path} {read}" for path, read in sorted(outline.lists.items()))
    for part in (settings.text if settings else "", folder.name, *each, *lists, *whole):
        digest.update(part.encode() + b"\0")
    files = dict(folder.digests)
    files.update((path, str(size)) for path, size in folder.assets.items())
    return SiteFacts(
        whole=digest.hexdigest(),
        files=files,
        editions={one.id: f"{one.folder}/" if one.folder else "" for one in outline.editions},
        terms=outline.terms,
        works=outline.works,
    )


def edition_facts(referred: Referred, shared: tuple[Term, ...], abroad: Iterable[str]) -> EditionFacts:
    """The facts of an edition that was just read. `shared` are the site's own terms."""
    anchored = referred.anchored
    pieces = list(pieces_of(anchored))
    own = {term.id for term in anchored.edition.terms if term.edition}
    used = {occurrence.term for occurrence in referred.occurrences}
    used |= {mention.target.id for mention in referred.mentions if mention.target.kind == "term"}
    known = {term.id: term for term in anchored.edition.terms}
    pieces += [entry_of(known[name]) for name in sorted({*used, *own}) if name in known]
    references = [reference for piece in pieces for reference in piece.references()]
    called = {one.target for one in references if one.kind is ReferenceKind.PASSAGE}
    called |= {target for question in anchored.edition.questions for target in question.about}
    return EditionFacts(
        terms=frozenset(used - own),
        named=_names(called, shared),
        works=frozenset(one.target for one in references if one.kind is ReferenceKind.SOURCE),
        abroad=frozenset(abroad),
        marked=_mark(word for piece in pieces for word in words.TOKEN.findall(normalize(piece.prose.content).text)),
        told_of=frozenset(),
    )


def change(before: SiteFacts, now: SiteFacts) -> Change:
    """What differs. Linear in the number of files; the glossary is looked at only where it is another one."""
    paths = {path for path, digest in now.files.items() if before.files.get(path) != digest}
    paths |= before.files.keys() - now.files.keys()
    owners = {folder: name for name, folder in {**before.editions, **now.editions}.items()}
    files: dict[str, str] = {}
    for path in sorted(paths):
        owner = owners.get(path[: path.find("/") + 1], owners.get("", ""))
        files.setdefault(owner, path)
    return Change(
        whole=before.whole != now.whole,
        files=files,
        paths=frozenset(paths),
        terms=_changed_terms(before.terms, now.terms) if before.terms is not now.terms else {},
        works=frozenset(
            key for key in before.works.keys() | now.works.keys() if before.works.get(key) != now.works.get(key)
        ),
    )


def outdated(edition: str, facts: EditionFacts, changed: Change, shared: tuple[Term, ...]) -> str:
    """Why an edition must be made again, "" where it need not be. `shared` are the site's own terms as they are now."""
    if changed.whole:
        return "the settings, the theme or the program changed"
    if edition in changed.files:
        return f"{changed.files[edition]} changed"
    other = next((name for name in sorted(facts.abroad) if name in changed.files), None)
    if other is not None:
        return f"it speaks of “{other}”, where {changed.files[other]} changed"
    if stale := sorted(facts.told_of & changed.paths):
        return f"what was wrong with it stands in {stale[0]}, which changed"
    if cited := sorted(facts.works & changed.works):
        return f"it cites “{cited[0]}”, which changed"
    return _by_terms(facts, changed, shared) if changed.terms else ""


def _by_terms(facts: EditionFacts, changed: Change, shared: tuple[Term, ...]) -> str:
    for name, versions in changed.terms.items():
        if name in facts.terms:
            return f"the term “{versions[-1].headword}” changed, which it shows"
        if len(versions) == 2 and _spelled(versions[0]) == _spelled(versions[1]):
            continue
        if any(_may_stand(term, facts.marked) for term in versions):
            return f"the term “{versions[-1].headword}” may stand in it"
    if any(names != _called(target, shared) for target, names in facts.named.items()):
        return "what its references call is called otherwise now"
    return ""


def _changed_terms(before: tuple[Term, ...], now: tuple[Term, ...]) -> dict[str, tuple[Term, ...]]:
    old, new = ({term.id: term for term in terms} for terms in (before, now))
    return {
        name: tuple(known[name] for known in (old, new) if name in known)
        for name in sorted(old.keys() | new.keys())
        if name not in old or name not in new or old[name].digest != new[name].digest
    }


def _spelled(term: Term) -> tuple[object, ...]:
    """All of a term on which it depends where it stands."""
    places = tuple((text, selector.heading) for text, selector in (*term.at, *term.never_at))
    return forms_of(term), term.never, term.policy, term.audience, places


def _may_stand(term: Term, marked: int) -> bool:
    """Whether a term may stand among the words marked: where it names places, or all words of a spelling are there."""
    if term.at or term.never_at:
        return True
    return any(
        all(marked >> bit & 1 for bit in map(_bit, spelling.words))
        for form in (*forms_of(term), *term.never)
        for spelling in spellings(form)
    )


def _names(targets: Iterable[str], shared: tuple[Term, ...]) -> dict[str, tuple[str, ...]]:
    return {target: _called(target, shared) for target in sorted(targets)}


def _called(target: str, shared: tuple[Term, ...]) -> tuple[str, ...]:
    """The ids of the site's own terms that a reference may mean."""
    return tuple(shared[index].id for index in names_of(shared).find(target.removeprefix("term:").strip()))


def _mark(found: Iterator[str]) -> int:
    marked = 0
    for bit in {_bit(word) for word in set(found)}:
        marked |= 1 << bit
    return marked


def _bit(word: str) -> int:
    return zlib.crc32(word.encode()) % BITS


def told_of(diagnostics: Iterable[Diagnostic]) -> frozenset[str]:
    """The files in which diagnostics stand."""
    return frozenset(one.place.path for one in diagnostics)
