"""What a site is made from, and what an edition asked of it -> what is out of date, and why.

Facts are recorded while an edition is made: which shared terms it shows, what its references call, which works and
other editions it asked for, which words stand in it. What a later build finds changed is held against them. Wherever
a fact is coarser than the truth an edition is made once too often, never once too rarely.
"""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from itertools import compress
from operator import ne
from typing import TYPE_CHECKING

from builder.model.glossary import by_id, own_terms
from builder.model.lock import LOCK
from builder.model.prose import ReferenceKind
from builder.model.remember import remembered
from builder.model.value import value_class
from builder.relate import words
from builder.relate.inflect import spellings
from builder.relate.lexicon import forms_of, names_of
from builder.relate.normal import normalize, normalized
from builder.relate.proses import entry_of, pieces_of
from builder.relate.quality import used_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.model.glossary import Term
    from builder.model.site import Folder
    from builder.model.view import Referred
    from builder.parse.site import Outline
    from builder.relate.proses import Piece

BITS = 8192
"""Room in which the words of an edition are marked: of a long text's 2,000 words one in four places is taken, so that a
term that doesn't stand there is seldom taken for one that does."""

SHORT = 10_000
"""Characters of a prose that is read together with others; longer ones were read already, and are at hand."""

SETTINGS, ALONE = "site.toml", "edition.toml"
"""Where a site's settings stand; those of a lone edition in its own."""


@value_class(frozen=True, slots=True)
class TermFacts:
    """A term of the site's own glossary, as far as it decides what is out of date."""

    id: str
    headword: str
    digest: str
    forms: tuple[str, ...]
    never: tuple[str, ...]
    rules: tuple[str, ...]
    """All else on which it depends where it stands."""
    placed: bool
    """Whether it names places itself."""


@value_class(frozen=True, slots=True)
class SiteFacts:
    """What a site is made from, at the time of one build."""

    whole: Mapping[str, str]
    """What concerns every page, by its name: the digest of it."""
    files: Mapping[str, str]
    """Path -> digest of a source, or of a picture; of another file its size."""
    editions: Mapping[str, str]
    """Edition id -> its folder, with a slash behind it where it has one."""
    terms: tuple[TermFacts, ...]
    """The site's own glossary."""
    works: Mapping[str, str]
    """Key of each of the site's works -> its digest."""


@value_class(frozen=True, slots=True)
class EditionFacts:
    """What one edition asked for while it was made; all sorted."""

    terms: tuple[str, ...]
    """The site's own terms that it shows or speaks of."""
    named: Mapping[str, tuple[str, ...]]
    """What its references call -> the site's own terms that have this name."""
    works: tuple[str, ...]
    abroad: tuple[str, ...]
    """Other editions, by their ids."""
    marked: str
    """The words that stand in it, each a bit; in hexadecimal digits."""
    told_of: tuple[str, ...]
    """The files in which something was found wrong with it."""


@value_class(frozen=True, slots=True)
class Change:
    """What differs between two builds' facts: worked out once for all editions."""

    whole: str
    """The first of what concerns every page that changed, "" for none."""
    files: Mapping[str, str]
    """Edition id ("" for what belongs to none) -> the first of its files that changed."""
    paths: frozenset[str]
    terms: Mapping[str, tuple[TermFacts, ...]]
    """The site's own terms whose entries changed, came or went: as they were, as they are."""
    works: frozenset[str]


def site_facts(folder: Folder, outline: Outline, whole: Mapping[str, str]) -> SiteFacts:
    """The facts of a site. `whole` is all that concerns every page, by its name, besides its settings and addresses."""
    each = sorted(one.id for one in outline.editions if one.pages == "each")
    lists = (f"{path} {read}" for path, read in sorted(outline.lists.items()))
    files = dict(folder.digests)
    files.update((path, folder.prints.get(path) or str(size)) for path, size in folder.assets.items())
    return SiteFacts(
        whole={
            SETTINGS: folder.digests.get(SETTINGS) or folder.digests.get(ALONE, ""),
            "the name of the site's folder": folder.name,
            "which editions have a page for each text": " ".join(each),
            "which lists of sources there are": digest_of(lists),
            **whole,
        },
        files=files,
        editions={one.id: f"{one.folder}/" if one.folder else "" for one in outline.editions},
        terms=_terms_facts(outline.terms),
        works={key: digest_of((repr(work),)) for key, work in outline.works.items()},
    )


def edition_facts(referred: Referred, shared: tuple[Term, ...], abroad: Iterable[str]) -> EditionFacts:
    """The facts of an edition that was just read. `shared` are the site's own terms."""
    anchored = referred.anchored
    pieces = list(pieces_of(anchored))
    own = {term.id for term in own_terms(anchored.edition.terms)}
    used = used_terms(referred)
    known = by_id(anchored.edition.terms)
    pieces += [entry_of(known[name]) for name in sorted({*used, *own}) if name in known]
    references = [reference for piece in pieces for reference in piece.references()]
    called = {one.target for one in references if one.kind is ReferenceKind.PASSAGE}
    called |= {target for question in anchored.edition.questions for target in question.about}
    return EditionFacts(
        terms=tuple(sorted(used - own)),
        named=_names(called, shared),
        works=tuple(sorted({one.target for one in references if one.kind is ReferenceKind.SOURCE})),
        abroad=tuple(sorted(abroad)),
        marked=f"{_marked(pieces):x}",
        told_of=(),
    )


def change(before: SiteFacts, now: SiteFacts) -> Change:
    """What differs. Linear in the number of files and of terms."""
    paths = set(compress(now.files, map(ne, now.files.values(), map(before.files.get, now.files))))
    paths |= before.files.keys() - now.files.keys()
    owners = {folder: name for name, folder in {**before.editions, **now.editions}.items()}
    files: dict[str, str] = {}
    for path in sorted(paths, key=lambda path: (path.endswith(LOCK), path)):
        owner = owners.get(path[: path.find("/") + 1], owners.get("", ""))
        files.setdefault(owner, path)
    return Change(
        whole=next(iter(_differing(before.whole, now.whole)), ""),
        files=files,
        paths=frozenset(paths),
        terms=_changed_terms(before.terms, now.terms),
        works=frozenset(_differing(before.works, now.works)),
    )


def outdated(edition: str, facts: EditionFacts, changed: Change, shared: tuple[Term, ...]) -> str:
    """Why an edition must be made again, "" where it need not be. `shared` are the site's own terms as they are now."""
    if changed.whole:
        return f"{changed.whole} changed"
    if edition in changed.files:
        return f"{changed.files[edition]} changed"
    for other in facts.abroad:
        if other in changed.files:
            return f"it speaks of “{other}”, where {changed.files[other]} changed"
    if facts.told_of and (stale := changed.paths.intersection(facts.told_of)):
        return f"what was wrong with it stands in {min(stale)}, which changed"
    if changed.works and (cited := changed.works.intersection(facts.works)):
        return f"it cites “{min(cited)}”, which changed"
    return _by_terms(facts, changed, shared) if changed.terms else ""


def digest_of(parts: Iterable[str]) -> str:
    """Some strings as one digest."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The keys that have another value, came or went; in the order of now."""
    return [key for key in {**now, **before} if before.get(key) != now.get(key)]


def _by_terms(facts: EditionFacts, changed: Change, shared: tuple[Term, ...]) -> str:
    marked = int(facts.marked, 16)
    for name, versions in changed.terms.items():
        if name in facts.terms:
            return f"the term “{versions[-1].headword}” changed, which it shows"
        if len(versions) == 2 and _spelled(versions[0]) == _spelled(versions[1]):
            continue
        if any(_may_stand(term, marked) for term in versions):
            return f"the term “{versions[-1].headword}” may stand in it"
    if any(names != _called(target, shared) for target, names in facts.named.items()):
        return "what its references call is called otherwise now"
    return ""


def _changed_terms(before: tuple[TermFacts, ...], now: tuple[TermFacts, ...]) -> dict[str, tuple[TermFacts, ...]]:
    old, new = ({term.id: term for term in terms} for terms in (before, now))
    return {
        name: tuple(known[name] for known in (old, new) if name in known)
        for name in sorted(old.keys() | new.keys())
        if name not in old or name not in new or old[name].digest != new[name].digest
    }


@remembered
def _terms_facts(terms: tuple[Term, ...]) -> tuple[TermFacts, ...]:
    return tuple(map(_term_facts, terms))


def _term_facts(term: Term) -> TermFacts:
    places = (f"{text} {selector.heading}" for text, selector in (*term.at, *term.never_at))
    return TermFacts(
        id=term.id,
        headword=term.headword,
        digest=term.digest,
        forms=forms_of(term),
        never=term.never,
        rules=(term.policy.value, term.audience.value, *places),
        placed=bool(term.at or term.never_at),
    )


def _spelled(term: TermFacts) -> tuple[object, ...]:
    """All of a term on which it depends where it stands."""
    return term.forms, term.never, term.rules


def _may_stand(term: TermFacts, marked: int) -> bool:
    """Whether a term may stand among the words marked: where it names places, or all words of a spelling are there."""
    if term.placed:
        return True
    return any(
        all(marked >> bit & 1 for bit in map(_bit, spelling.words))
        for form in (*term.forms, *term.never)
        for spelling in spellings(form)
    )


def _names(targets: Iterable[str], shared: tuple[Term, ...]) -> dict[str, tuple[str, ...]]:
    return {target: _called(target, shared) for target in sorted(targets)}


def _called(target: str, shared: tuple[Term, ...]) -> tuple[str, ...]:
    """The ids of the site's own terms that a reference may mean."""
    return tuple(shared[index].id for index in names_of(shared).find(target.removeprefix("term:").strip()))


def _marked(pieces: Iterable[Piece]) -> int:
    """The words that stand in some proses, as bits. Thousands of short ones, most of them notes, are read as one."""
    short: list[str] = []
    marked = 0
    for piece in pieces:
        content = piece.prose.content
        if len(content) < SHORT and content.isascii():
            short.append(content)
        else:
            marked |= _bits(words.tokens(normalize(content).text))
    return marked | _short_bits("\n".join(short))


@lru_cache(maxsize=1)
def _short_bits(joined: str) -> int:
    """They are the same as long as somebody writes on a text, in a program that stays."""
    return _bits(words.tokens(normalized(joined).text))


def _bits(found: Iterable[str]) -> int:
    marked = bytearray(BITS // 8)
    for bit in map(_bit, frozenset(found)):
        marked[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(marked, "little")


def _bit(word: str) -> int:
    return zlib.crc32(word.encode()) % BITS


def told_of(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """The files in which diagnostics stand."""
    return tuple(sorted({one.place.path for one in diagnostics}))
