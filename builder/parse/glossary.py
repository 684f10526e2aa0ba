"""glossary.md -> Terms."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from builder.model.codes import diagnose
from builder.model.diagnostic import Place, Severity
from builder.model.glossary import Policy, Term
from builder.model.prose import EMPTY, Break, FootnoteMark, Run, Span, pieces
from builder.parse.entries import empty_file, parse_entries
from builder.parse.entry_settings import (
    TERM,
    audience_or_class,
    check_keys,
    choice_of,
    list_of,
    split_list,
)
from builder.parse.ids import Wish, key, settle, slug
from builder.parse.markdown import parse_body
from builder.parse.nearest import did_you_mean
from builder.parse.passages import read_passage
from builder.parse.selectors import without_markup

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.note import Selector
    from builder.model.prose import Prose
    from builder.model.site import Source
    from builder.parse.entries import Entry


class _Texts(NamedTuple):
    """The texts that an entry may name, and those that are listed and not there."""

    known: Collection[str] | None
    missing: Collection[str]


_POLICIES = {policy.value: policy for policy in Policy}


def parse_glossary(
    source: Source, *, edition: str = "", texts: Collection[str] | None = None, missing: Collection[str] = ()
) -> tuple[tuple[Term, ...], tuple[Diagnostic, ...]]:
    """The terms of a glossary, in its order.

    `texts` are the names that `at` and `not-at` may hold; None for the site's glossary, whose editions each have
    their own. Places in a text that is `missing` (its file isn't there, as was told) are left out.
    """
    file, found = parse_entries(source)
    told = [*found, *empty_file(source)]
    known = _Texts(texts, missing)
    entries = [entry for entry in file.entries if entry.heading]
    headwords = [without_markup(entry.heading) for entry in entries]
    wishes = [
        Wish(entry.id or slug(headword, "term"), bool(entry.id), entry.place)
        for entry, headword in zip(entries, headwords, strict=True)
    ]
    ids, slips = settle(wishes, "term")
    told.extend(slips)
    told.extend(_capitals_alone(zip(entries, headwords, strict=True)))
    terms = [
        _term(entry, headword, id, edition, known, told)
        for entry, headword, id in zip(entries, headwords, ids, strict=True)
    ]
    return tuple(terms), tuple(told)


_APART = frozenset({"at", "not", "not-at"})
"""Settings by which two senses of a word are told apart."""


def together(own: tuple[Term, ...], shared: tuple[Term, ...]) -> tuple[Term, ...]:
    """An edition's terms, then those of the site that have neither id nor form of one of its own."""
    ids = {key(term.id) for term in own}
    forms = {_form(form) for term in own for form in term.forms}
    kept = (term for term in shared if key(term.id) not in ids and forms.isdisjoint(map(_form, term.forms)))
    return (*own, *kept)


def _capitals_alone(entries: Iterable[tuple[Entry, str]]) -> Iterator[Diagnostic]:
    """A warning for each entry whose headword is another's but for its first letter's case.

    Not of those that are kept apart on purpose: by an id of their own, or by places and phrases.
    """
    first: dict[str, tuple[Entry, str]] = {}
    for entry, headword in entries:
        if entry.id or _APART & entry.settings.keys():
            continue
        before, other = first.setdefault(_form(headword[:1].lower() + headword[1:]), (entry, headword))
        if _form(other) != _form(headword):
            message = f"“{headword}” has two entries: the other is “{other}” ({before.place})"
            hint = (
                "make one of the two: a small first letter may be a capital in the text; or give one an id of its own"
            )
            yield replace(diagnose("G301", entry.place, message, hint), severity=Severity.WARNING)


def _form(words: str) -> str:
    return unicodedata.normalize("NFC", " ".join(words.split())).replace("’", "'")


def _term(entry: Entry, headword: str, id: str, edition: str, texts: _Texts, told: list[Diagnostic]) -> Term:
    check_keys(entry, TERM, "a term", told)
    short, whole = _definition(entry, headword, told)
    return Term(
        id=id,
        headword=headword,
        forms=tuple(dict.fromkeys((headword, *list_of(entry, "also")))),
        kind=" ".join(entry.classes),
        short=short,
        entry=whole,
        place=entry.place,
        edition=edition,
        policy=choice_of(entry, "link", _POLICIES, Policy.FIRST, told),
        at=_passages(entry, "at", texts, told),
        never=list_of(entry, "not"),
        never_at=_passages(entry, "not-at", texts, told),
        audience=audience_or_class(entry, told),
        digest=_digest(entry),
    )


def _digest(entry: Entry) -> str:
    settings = sorted((name, value.text) for name, value in entry.settings.items())
    typed = repr((entry.heading, entry.id, entry.classes, settings, entry.body))
    return hashlib.sha256(typed.encode()).hexdigest()[:16]


def _definition(entry: Entry, headword: str, told: list[Diagnostic]) -> tuple[Prose, Prose]:
    """The short definition (the first paragraph) and the whole entry."""
    path, line = entry.place.path, entry.body_line
    if not entry.body:
        hint = "write it below the heading: its first paragraph is shown on the card"
        told.append(diagnose("G119", entry.place, f"the term “{headword}” has no definition", hint))
        return EMPTY, EMPTY
    whole, slips = parse_body(entry.body, path=path, line=line)
    told.extend(slips)
    return first_paragraph(whole), whole


def first_paragraph(prose: Prose) -> Prose:
    """A prose that ends where its first top-level element does: a paragraph, in an entry as it should be."""
    for piece in pieces(prose.frame):
        ends = [event.span.end for event in piece if isinstance(event, Run | Break)]
        if not ends:
            continue
        if len(piece) == len(prose.frame):
            return prose
        end = max(ends)
        calls = any(isinstance(event, FootnoteMark) for event in piece)
        # A footnote's words stand after the whole entry: with one, all characters are kept and only the frame is cut.
        return replace(
            prose,
            content=prose.content if calls else prose.content[:end],
            frame=piece,
            blocks=tuple(block for block in prose.blocks if block.span.end <= end),
            main=Span(0, end),
            footnotes=prose.footnotes if calls else (),
        )
    return prose


def _passages(entry: Entry, name: str, texts: _Texts, told: list[Diagnostic]) -> tuple[tuple[str, Selector], ...]:
    value = entry.settings.get(name)
    if value is None:
        return ()
    ends: list[tuple[str, Selector]] = []
    for words, offset in split_list(value.text):
        place = Place(entry.place.path, entry.place.line, value.column + offset)
        passage = read_passage(words)
        if passage is None:
            of = next(iter(texts.known or ()), "TEXT")
            hint = f"a text's name and a quotation: {of} “the words”; or a block: {of} ¶3"
            told.append(diagnose("G116", place, f"“{name}”: “{words}” is no passage", hint))
        elif passage.name in texts.missing:
            continue
        elif texts.known is not None and passage.name not in texts.known:
            hint = did_you_mean(passage.name, texts.known)
            told.append(diagnose("G137", place, f"this edition has no text “{passage.name}”", hint))
        else:
            end = passage.end(place)
            ends.append((end.text, end.selector))
    return tuple(ends)
