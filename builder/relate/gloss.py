"""Terms × proses -> occurrences, in one pass over the words of each prose however many terms there are."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import field
from typing import TYPE_CHECKING

from builder.model.glossary import Occurrence, Policy
from builder.model.note import Anchor
from builder.model.prose import ReferenceKind, Span
from builder.model.value import value_class
from builder.relate.ground import ground_of
from builder.relate.lexicon import lexicon_of, names_of, own_places
from builder.relate.normal import normalize
from builder.relate.proses import entry_of, pieces_of
from builder.relate.spelled import Bars, Spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.model.glossary import Term
    from builder.model.note import Found
    from builder.model.view import Anchored
    from builder.relate.ground import Ground
    from builder.relate.lexicon import Lexicon, Names
    from builder.relate.proses import Piece
    from builder.relate.spelled import Hit


def gloss(anchored: Anchored) -> tuple[Occurrence, ...]:
    """Where each term of an edition is used, in reading order, with what its policy makes a link.

    Entries that all editions share are read only where the edition uses them.
    """
    terms = anchored.edition.terms
    if not terms:
        return ()
    glossary = _Glossary(terms, lexicon_of(terms), names_of(terms), _named_places(anchored))
    found: list[tuple[str, list[_Use]]] = []
    for piece in pieces_of(anchored):
        found.append((piece.name, glossary.uses(piece, None)))
    for question in anchored.edition.questions:
        glossary.name(question.about)
    entries: dict[int, list[_Use]] = {}
    while glossary.waiting:
        index = glossary.waiting.popleft()
        entries[index] = glossary.uses(entry_of(terms[index]), index)
    found += [(f"term:{terms[index].id}", entries[index]) for index in sorted(entries)]
    return tuple(_numbered(terms, found))


@value_class(frozen=True, slots=True)
class _Use:
    term: int
    span: Span
    linked: bool


def _numbered(terms: Sequence[Term], found: Iterable[tuple[str, list[_Use]]]) -> Iterator[Occurrence]:
    counts: Counter[int] = Counter()
    for name, uses in found:
        for use in uses:
            counts[use.term] += 1
            yield Occurrence(terms[use.term].id, name, use.span, use.linked, counts[use.term])


@value_class(frozen=True, slots=True)
class _Places:
    """Passages of one text that the glossary names: those that count for a term, and those that don't."""

    at: list[tuple[int, Span]] = field(default_factory=list)
    never: dict[int, list[Span]] = field(default_factory=dict)


_NOWHERE = _Places()


def _named_places(anchored: Anchored) -> dict[str, _Places]:
    places: dict[str, _Places] = {}

    def spans(named: Mapping[str, tuple[tuple[str, Found], ...]], term: Term) -> Iterator[tuple[_Places, Span]]:
        for text, found in named.get(term.id, ()):
            if isinstance(found, Anchor):
                yield places.setdefault(f"text:{text}", _Places()), found.span

    if not anchored.terms_at and not anchored.terms_never_at:
        return places
    for index, term in enumerate(anchored.edition.terms):
        for place, span in spans(anchored.terms_at, term):
            place.at.append((index, span))
        for place, span in spans(anchored.terms_never_at, term):
            place.never.setdefault(index, []).append(span)
    return places


class _Glossary:
    """The terms of an edition, and which of their entries are still to be read."""

    def __init__(self, terms: tuple[Term, ...], lexicon: Lexicon, names: Names, places: dict[str, _Places]) -> None:
        self._terms = terms
        self._lexicon = lexicon
        self._names = names
        self._places = places
        self.waiting = deque(own_places(terms))
        self._known = set(self.waiting)

    def name(self, targets: Iterable[str]) -> None:
        """Note that these terms, as a reference calls them, are spoken of."""
        for target in targets:
            for index in self._names.find(target.removeprefix("term:").strip()):
                self._meet(index)

    def uses(self, piece: Piece, own: int | None) -> list[_Use]:
        """The occurrences in one prose, but for those of the term whose entry it is."""
        self.name(one.target for one in piece.references() if one.kind is ReferenceKind.PASSAGE)
        if not piece.prose.content:
            return []
        ground = ground_of(piece.prose)
        places = self._places.get(piece.name, _NOWHERE)
        spelled = Spelled(normalize(piece.prose.content), self._lexicon, ground, own)
        never = {index: Bars(spans) for index, spans in places.never.items()}
        uses = self._linked(ground, spelled.hits(places.at, never))
        for use in uses:
            self._meet(use.term)
        return uses

    def _meet(self, index: int) -> None:
        if index not in self._known:
            self._known.add(index)
            self.waiting.append(index)

    def _linked(self, ground: Ground, hits: Iterable[Hit]) -> list[_Use]:
        """The hits, and which of them are links by the policies of their terms."""
        taken: set[tuple[int, int]] = set()
        uses = []
        for hit in hits:
            span = _span(hit)
            index = hit[3]
            run = ground.run_of(span)
            policy = self._terms[index].policy
            linked = run is not None and run.linkable and policy is not Policy.NONE
            if run is not None and linked and policy is not Policy.ALL:
                once = (index, run.section if policy is Policy.FIRST_IN_SECTION else -1)
                linked = once not in taken
                taken.add(once)
            uses.append(_Use(index, span, linked))
        return uses


def _span(hit: Hit) -> Span:
    return Span(hit[0], hit[0] - hit[1])
