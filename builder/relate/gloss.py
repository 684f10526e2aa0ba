"""Terms × proses -> occurrences, in one pass over the words of each prose however many terms there are."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from dataclasses import field
from itertools import accumulate
from typing import TYPE_CHECKING

from builder.model.glossary import Occurrence, Policy
from builder.model.note import Anchor
from builder.model.prose import ReferenceKind, Span
from builder.model.value import value_class
from builder.relate import words
from builder.relate.ground import ground_of
from builder.relate.lexicon import lexicon_of, names_of, own_places
from builder.relate.normal import normalize
from builder.relate.proses import entry_of, pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.model.glossary import Term
    from builder.model.note import Found
    from builder.model.view import Anchored
    from builder.relate.ground import Ground
    from builder.relate.inflect import Spelling
    from builder.relate.lexicon import Claim, Lexicon, Names
    from builder.relate.normal import Normal
    from builder.relate.proses import Piece

Hit = tuple[int, int, int, int]
"""Start in the content, minus the length, rank of the spelling, index of the term: smallest first is the order in
which hits are taken (leftmost, then longest, then as listed, then the earlier entry)."""


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
        hits = self._hits(piece, own) if piece.prose.content else []
        if not hits:
            return []
        ground = ground_of(piece.prose)
        uses = self._linked(ground, _apart(hit for hit in hits if hit[2] < 0 or ground.counts(_span(hit))))
        for use in uses:
            self._meet(use.term)
        return uses

    def _meet(self, index: int) -> None:
        if index not in self._known:
            self._known.add(index)
            self.waiting.append(index)

    def _hits(self, piece: Piece, own: int | None) -> list[Hit]:
        normal = normalize(piece.prose.content)
        never, found = spelled(normal, self._lexicon)
        places = self._places.get(piece.name, _NOWHERE)
        barred = _joined(never, places.never) if never or places.never else ()
        bars = {index: _Bars(spans) for index, spans in barred}
        hits = []
        for start, end, spelling, index in found:
            if index != own:
                span = normal.span(start, end)
                if index not in bars or not bars[index].hold(span):
                    hits.append((span.start, -len(span), spelling.rank, index))
        hits += [(span.start, -len(span), -1, index) for index, span in places.at]
        return hits

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


def _apart(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Leftmost, then longest: of hits that overlap the first stays."""
    end = 0
    for hit in sorted(hits):
        if hit[0] >= end:
            end = hit[0] - hit[1]
            yield hit


def _joined(one: dict[int, list[Span]], other: dict[int, list[Span]]) -> Iterator[tuple[int, list[Span]]]:
    for index in one.keys() | other.keys():
        yield index, [*one.get(index, ()), *other.get(index, ())]


class _Bars:
    """Spans within which a term doesn't count."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._reach = list(accumulate((span.end for span in ordered), max))

    def hold(self, span: Span) -> bool:
        """Whether one of them holds this span."""
        index = bisect_right(self._starts, span.start) - 1
        return index >= 0 and self._reach[index] >= span.end


def spelled(normal: Normal, lexicon: Lexicon) -> tuple[dict[int, list[Span]], list[tuple[int, int, Spelling, int]]]:
    """Where spellings stand as whole words, overlapping ones too.

    By term the phrases that are none of it (spans of the source); and every place of a form (offsets of the normal
    form).
    """
    text = normal.text
    never: dict[int, list[Span]] = {}
    found: list[tuple[int, int, Spelling, int]] = []
    following = lexicon.following
    tokens, begun = words.placed(text, following)
    for number, place in begun:
        node = following.get(tokens[number])
        reached = number
        while node is not None:
            if node.forms:
                found.extend(_standing(text, place, node.forms))
            if node.never:
                for start, end, _, index in _standing(text, place, node.never):
                    never.setdefault(index, []).append(normal.span(start, end))
            reached += 1
            node = node.following.get(tokens[reached]) if reached < len(tokens) else None
    return never, found


def _standing(text: str, place: int, claims: Sequence[Claim]) -> Iterator[tuple[int, int, Spelling, int]]:
    for spelling, index in claims:
        start = place - spelling.offset
        if start >= 0 and text.startswith(spelling.text, start):
            end = start + len(spelling.text)
            if words.whole(text, start, end) and not _contracted(text, end):
                yield start, end, spelling, index


def _contracted(text: str, end: int) -> bool:
    """Whether an apostrophe goes on with anything but a possessive s: can't, we're."""
    if text[end : end + 1] != "'" or not text[end + 1 : end + 2].isalpha():
        return False
    return text[end + 1] not in "sS" or words.wordish(text[end + 2 : end + 3] or " ")
