"""References -> what each leads to, what speaks of what, and the works that are cited."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Diagnostic, Place
from builder.model.glossary import by_id
from builder.model.note import Anchor
from builder.model.prose import ReferenceKind
from builder.model.remember import remembered
from builder.model.site import Address
from builder.model.view import Link, Mention, Referred
from builder.relate.lexicon import own_places
from builder.relate.proses import entry_of, pieces_of
from builder.relate.scope import Resolved, Scope
from builder.relate.suggest import Advice
from builder.relate.targets import read_target, split_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from builder.model.crossref import Question
    from builder.model.glossary import Occurrence, Term
    from builder.model.prose import Reference
    from builder.model.site import Work
    from builder.model.view import Anchored
    from builder.relate.proses import Piece

_DRAFT = "until it is published the words stay, and the link is lost"
_NO_LIST = "export your list of works as CSL JSON, and put it beside edition.toml, or beside site.toml for all editions"
_CLOSING = re.compile(r"[”\"»›」』]")
"""A bar before one of these stands in a quotation, and parts nothing."""
_EDITIONS = "an edition is called by the name of its folder"


def refer(
    anchored: Anchored,
    *,
    works: Mapping[str, Work],
    abroad: Callable[[str], Anchored | None],
    occurrences: Sequence[Occurrence],
    listed: bool | None = True,
    unread: Collection[str] = (),
) -> tuple[Referred, tuple[Diagnostic, ...]]:
    """An edition under one view with every reference in its bodies resolved.

    `abroad` gives another edition of the site by its id, None for no such. `listed` says whether the list of works
    could be read, None that there is none: then that is the cause why a source isn't known. `unread` are editions that
    are there, and whose settings can't be read: nothing is told of what leads there.

    Entries that all editions share are read only where the edition uses them: where one of their terms occurs or is
    spoken of.
    """
    resolver = _Resolver(anchored, works, listed, abroad, unread)
    for piece in pieces_of(anchored):
        resolver.read(piece)
    about = {question.id: resolver.about(question) for question in anchored.edition.questions if question.about}
    living = _entries(anchored, resolver, occurrences)
    mentions = [*resolver.mentions]
    order = _entry_order(anchored.edition.terms)
    mentions.sort(key=lambda mention: order.get(mention.origin, 0))
    referred = Referred(
        anchored=anchored,
        links=resolver.links,
        mentions=tuple(mentions),
        occurrences=tuple(one for one in occurrences if one.prose not in order or one.prose in living),
        about=about,
        cited=tuple(key for key in works if key in resolver.cited),
    )
    return referred, tuple(sorted(resolver.told, key=Diagnostic.sort_key))


@remembered
def _entry_order(terms: tuple[Term, ...]) -> dict[str, int]:
    """The prose of each entry -> its place in the glossary, from 1."""
    return {f"term:{term.id}": index for index, term in enumerate(terms, 1)}


def _entries(anchored: Anchored, resolver: _Resolver, occurrences: Iterable[Occurrence]) -> set[str]:
    """Read the entries that the edition uses, and those that these use in turn; their proses' names."""
    terms, entries = by_id(anchored.edition.terms), _entry_order(anchored.edition.terms)
    used: dict[str, list[str]] = defaultdict(list)
    for occurrence in occurrences:
        used[occurrence.prose].append(occurrence.term)
    waiting = deque(anchored.edition.terms[index].id for index in own_places(anchored.edition.terms))
    waiting.extend(name for prose, names in used.items() if prose not in entries for name in names)
    waiting.extend(resolver.terms)
    read: set[str] = set()
    while waiting:
        name = waiting.popleft()
        if name in read or name not in terms:
            continue
        read.add(name)
        resolver.terms.clear()
        resolver.read(entry_of(terms[name]))
        waiting.extend(used[f"term:{name}"])
        waiting.extend(resolver.terms)
    return {f"term:{name}" for name in read}


class _Resolver:
    """What was made of the references read so far."""

    def __init__(
        self,
        anchored: Anchored,
        works: Mapping[str, Work],
        listed: bool | None,
        abroad: Callable[[str], Anchored | None],
        unread: Collection[str],
    ) -> None:
        self._here = Scope(anchored, here=True)
        self._id = anchored.edition.id
        self._works = works
        self._listed = listed
        self._abroad = abroad
        self._unread = unread
        self._scopes: dict[str, Scope | None] = {self._id: self._here}
        self._known: dict[str, Resolved] = {}
        self._unknown_keys: dict[str, str] = {}
        self._advice = Advice()
        self.links: dict[Reference, Link] = {}
        self.mentions: dict[Mention, None] = {}
        self.terms: dict[str, None] = {}
        self.cited: set[str] = set()
        self.told: list[Diagnostic] = []

    def read(self, piece: Piece) -> None:
        """Resolve every reference of a prose."""
        for reference in piece.references():
            place = Place(piece.path, reference.line, reference.column)
            if reference.kind is ReferenceKind.SOURCE:
                link = self._source(reference, place)
            else:
                bar = "" if reference.words is None else f" | {reference.words}"
                link = self._link(reference.target, reference.words, place, f"[[{reference.target}{bar}]]")
            self.links[reference] = link
            if link.address is not None and f"{link.address.kind}:{link.address.id}" != piece.name:
                self.mentions[Mention(piece.name, link.address)] = None

    def about(self, question: Question) -> tuple[Link, ...]:
        """What a question is about."""
        return tuple(self._about(question, index, target) for index, target in enumerate(question.about))

    def _about(self, question: Question, index: int, target: str) -> Link:
        found = self._here.anchored.about.get((question.id, index))
        if found is not None and (isinstance(found, Anchor) or found.was is not None):
            resolved = self._here.found(read_target(split_edition(target)[1]), found)
            return Link(resolved.address, resolved.words, resolved.span)
        return self._link(target, None, question.place_about(index), f"about “{target}”", bare=True)

    def _link(self, target: str, words: str | None, place: Place, shown: str, *, bare: bool = False) -> Link:
        """`bare`: whether the target was typed without [[ ]], and is to be."""
        resolved = self._known.get(target)
        if resolved is None:
            resolved = self._known[target] = self._resolve(target)
            if resolved.code and not bare:
                resolved = self._known[target] = self._barred(target, resolved)
        if resolved.code:
            hint = resolved.hint.replace("[[", "").replace("]]", "") if bare else resolved.hint
            self.told.append(diagnose(resolved.code, place, f"{shown}: {resolved.found}", hint))
        address = resolved.address
        if address is not None and address.kind == "term" and address.edition in ("", self._id):
            self.terms[address.id] = None
        return Link(address, words or resolved.words, resolved.span)

    def _resolve(self, typed: str) -> Resolved:
        name, rest = split_edition(typed)
        if not name or name == self._id:
            return self._here.resolve(read_target(rest))
        if name in self._unread:
            return Resolved(typed)
        scope = self._scope(name)
        if scope is None:
            if self._here.is_term(typed):
                return self._here.resolve(read_target(f"term:{typed}"))
            return Resolved(typed, code="G401", found=f"there is no edition “{name}”", hint=_EDITIONS)
        resolved = scope.resolve(read_target(rest))
        if resolved.address is not None and f"edition:{name}" in scope.anchored.left_out:
            whole = resolved.address.kind == "text"  # a draft's title isn't published
            words = typed if whole or resolved.words == rest else resolved.words
            return Resolved(words, code="G404", found="the edition is a draft and left out", hint=_DRAFT)
        named = resolved.words == rest and resolved.address is not None and resolved.address.kind != "term"
        return replace(resolved, words=typed) if named else resolved

    def _barred(self, typed: str, resolved: Resolved) -> Resolved:
        """What is told of a target that leads nowhere: where a bar in it has no spaces, what it leads to with them."""
        target, bar, words = (part.strip() for part in typed.rpartition("|"))
        if not bar or not target or _CLOSING.search(words):
            return resolved
        meant = self._resolve(target)
        hint = f"write [[{target} | {words or '…'}]]"
        if meant.code:
            return replace(
                meant, hint="; ".join(filter(None, (meant.hint, f"with a space on either side of the bar: {hint}")))
            )
        return Resolved(words or meant.words, code="G401", found="the bar needs a space on either side", hint=hint)

    def _scope(self, edition: str) -> Scope | None:
        if edition not in self._scopes:
            anchored = self._abroad(edition)
            self._scopes[edition] = Scope(anchored, here=False) if anchored is not None else None
        return self._scopes[edition]

    def _source(self, reference: Reference, place: Place) -> Link:
        key = reference.target
        work = self._works.get(key)
        if work is None:
            self._unknown(key, place)
            return Link(None, key)
        self.cited.add(key)
        return Link(Address(self._id, "source", key), work.short)

    def _unknown(self, key: str, place: Place) -> None:
        """Tell of a source that isn't known; not where the list of works couldn't be read, as was told."""
        if self._listed is False:
            return
        if self._listed is None:
            message = f"there is no source “{key}”: there is no sources.json"
            self.told.append(diagnose("G403", place, message, _NO_LIST))
            return
        if key not in self._unknown_keys:
            self._unknown_keys[key] = self._advice.nearest(key, self._works, "[@{}]")
        self.told.append(diagnose("G403", place, f"there is no source “{key}”", self._unknown_keys[key]))
