"""Terms -> what is looked up: their spellings by their words, their names; and what is wrong with a glossary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.remember import remembered
from builder.model.value import value_class
from builder.relate import words
from builder.relate.inflect import LONGEST, Spelling, spellings
from builder.relate.normal import plain
from builder.relate.words import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.glossary import Term

Claim = tuple[Spelling, int]
"""A spelling, and the index of the term that it counts for."""


@dataclass(slots=True)
class Branch:
    """What is spelled with the words that lead here from the root: a tree, so that any number of terms may begin alike.

    It is built once and not changed after.
    """

    claims: list[Claim] = field(default_factory=list)
    between: list[str] = field(default_factory=list)
    """What may stand between the word before and the last one here."""
    following: dict[str, Branch] = field(default_factory=dict)
    """The next word -> what is spelled with it too."""

    def grow(self, spelling: Spelling, index: int) -> None:
        """Add a spelling of a term."""
        branch, end = self, 0
        for word in spelling.words:
            start = spelling.text.index(word, end)
            between = spelling.text[end:start] if branch is not self else ""
            branch = branch.following.setdefault(word, Branch())
            if between not in branch.between:
                branch.between.append(between)
            end = start + len(word)
        branch.claims.append((spelling, index))


@value_class(frozen=True, slots=True)
class Lexicon:
    """The spellings of some terms, and the phrases within which they don't count."""

    forms: Branch
    never: Branch


@remembered
def lexicon_of(terms: tuple[Term, ...]) -> Lexicon:
    """The lexicon of some terms; a term is meant by its index among them."""
    lexicon = Lexicon(Branch(), Branch())
    for index, term in enumerate(terms):
        for branch, said in ((lexicon.forms, forms_of(term)), (lexicon.never, term.never)):
            for spelling in (one for form in said for one in spellings(form)):
                branch.grow(spelling, index)
    return lexicon


def forms_of(term: Term) -> tuple[str, ...]:
    """Headword and other forms, each once."""
    return tuple(dict.fromkeys((term.headword, *term.forms)))


@value_class(frozen=True, slots=True)
class Names:
    """What a reference may call a term.

    First its headword, then its id, then a form; then a form with other capitals or in the plural.
    """

    shelves: tuple[dict[str, tuple[int, ...]], ...]

    def find(self, name: str) -> tuple[int, ...]:
        """The indexes of the terms with this name; more than one where two terms share it."""
        return self.exactly(name) or self.shelves[3].get(plain(name).casefold(), ())

    def exactly(self, name: str) -> tuple[int, ...]:
        """The same, with letters and capitals as they are."""
        sought = plain(name)
        return next((shelf[sought] for shelf in self.shelves[:3] if sought in shelf), ())


@remembered
def names_of(terms: tuple[Term, ...]) -> Names:
    """The names of some terms; a term is meant by its index among them."""
    shelves: tuple[dict[str, dict[int, None]], ...] = ({}, {}, {}, {})
    for index, term in enumerate(terms):
        shelves[0].setdefault(plain(term.headword), {})[index] = None
        shelves[1].setdefault(term.id, {})[index] = None
        for form in forms_of(term):
            shelves[2].setdefault(plain(form), {})[index] = None
            for spelling in spellings(form):
                shelves[3].setdefault(spelling.text.casefold(), {})[index] = None
    return Names(tuple({name: tuple(found) for name, found in shelf.items()} for shelf in shelves))


@remembered
def own_places(terms: tuple[Term, ...]) -> tuple[int, ...]:
    """The indexes of those of an edition's terms that are its own, not the site's."""
    return tuple(index for index, term in enumerate(terms) if term.edition)


@remembered
def placed(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Those of the terms whose entries name passages."""
    return tuple(term for term in terms if term.at or term.never_at)


@remembered
def check_terms(terms: tuple[Term, ...]) -> tuple[Diagnostic, ...]:
    """Forms that two entries of one glossary claim, forms that are no words, phrases that hold no form."""
    return (*_claimed_twice(terms), *_without_words(terms), *_idle_phrases(terms))


def _claimed_twice(terms: Sequence[Term]) -> Iterator[Diagnostic]:
    claimed: dict[tuple[str, str], Term] = {}
    for term in terms:
        for form in forms_of(term):
            other = claimed.setdefault((term.edition, plain(form)), term)
            if other is not term:
                both = f"is claimed by two entries: “{other.headword}” and “{term.headword}”"
                message = f"“{form}” {both if other.headword != term.headword else 'has two entries'}"
                yield diagnose("G301", term.place, message, f"leave it to one of them; the other is at {other.place}")


def _without_words(terms: Sequence[Term]) -> Iterator[Diagnostic]:
    for term in terms:
        for form in forms_of(term):
            if not spellings(form):
                message = f"“{form}” {_unsought(form)} and is not found by itself"
                yield diagnose("G303", term.place, message, "name its places with at")


def _unsought(form: str) -> str:
    """Why nothing is sought that is spelled so."""
    return f"has more than {LONGEST} words" if TOKEN.search(plain(form)) else "has no letter or digit"


def _idle_phrases(terms: Sequence[Term]) -> Iterator[Diagnostic]:
    for term in terms:
        for phrase in term.never:
            if not any(_holds(spelling.text, form) for spelling in spellings(phrase) for form in forms_of(term)):
                holds = f"holds no form of “{term.headword}”" if spellings(phrase) else _unsought(phrase)
                message = f"“{phrase}” {holds}"
                yield diagnose("G302", term.place, message, f"its forms are: {'; '.join(forms_of(term))}")


def _holds(phrase: str, form: str) -> bool:
    """Whether some spelling of a form stands in a phrase as whole words."""
    for spelling in spellings(form):
        start = phrase.find(spelling.text)
        while start >= 0:
            if words.whole(phrase, start, start + len(spelling.text)):
                return True
            start = phrase.find(spelling.text, start + 1)
    return False
