"""A seed -> the corpus of the benchmark: a glossary, and texts with all that is said about them, in nobody's format.

One text is an essay of about 1,200 words with a response of about 800. It has 12 notes of about 30 words, 40
occurrences of 15 terms out of a glossary of 200, and 8 ties between the two. Text number i is the same whatever else is
made, and the same on every machine.

Three kinds of mark make edits visible: the word `zq0` in the second paragraph, `nq0` in the first note, and `gvIDv0` in
every definition. An edit puts another number in place of the last one; a build has taken it in when the page shows it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.words import (
    ADJECTIVES,
    ADVERBS,
    CONJUNCTIONS,
    DETERMINERS,
    INSTITUTIONS,
    NAMES,
    NOUNS,
    PREPOSITIONS,
    VERBS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 7
TERMS, TERMS_OF_A_TEXT, OCCURRENCES, NOTES, TIES = 200, 15, 40, 12, 8
ESSAY, RESPONSE = 14, 9
"""Paragraphs."""
QUOTED = 5
"""Words that a note quotes."""


@dataclass(frozen=True, slots=True)
class Term:
    id: str
    headword: str
    definition: str


@dataclass(frozen=True, slots=True)
class Words:
    words: str


@dataclass(frozen=True, slots=True)
class Stress:
    words: str


@dataclass(frozen=True, slots=True)
class Use:
    """A term, where it is used."""

    term: str
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a note belongs that is written as a footnote."""

    note: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Words that refer to another paragraph."""

    paragraph: str
    words: str


Item = Words | Stress | Use | Mark | Tie
Sentences = list[list[Item]]
"""A paragraph in the making."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`heading` stands before it, where it isn't empty."""

    id: str
    sentences: tuple[tuple[Item, ...], ...]
    heading: str = ""
    quotation: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    number: int
    paragraph: str
    quote: str
    body: str
    stressed: str


@dataclass(frozen=True, slots=True)
class Text:
    """An essay and its response; `terms` are the ids of those that occur, sorted."""

    id: str
    title: str
    author: str
    date: str
    essay: tuple[Paragraph, ...]
    response: tuple[Paragraph, ...]
    respondent: str
    notes: tuple[Note, ...]
    terms: tuple[str, ...]


def glossary(number: int = TERMS) -> tuple[Term, ...]:
    """So many terms; a longer glossary begins with the shorter. Some terms begin with others, some share words."""
    chance = random.Random(f"glossary-{SEED}")
    terms: list[Term] = []
    seen: set[str] = set()
    while len(terms) < number:
        headword = _headword(chance, terms)
        if headword.lower() in seen:
            headword = f"{headword} of {chance.choice(NAMES)}"
        if headword.lower() in seen:
            continue
        seen.add(headword.lower())
        id = f"g{len(terms):03}"
        terms.append(Term(id, headword, f"Version gv{id}v0 of it. {' '.join(_prose(chance, 25))}"))
    return tuple(terms)


def _headword(chance: random.Random, terms: Sequence[Term]) -> str:
    name = chance.choice(NAMES)
    match len(terms) % 5:
        case 0:
            return f"{name} {chance.choice(INSTITUTIONS)}"
        case 1:
            return f"{name}'s {chance.choice(NOUNS)}"
        case 2:
            return f"{chance.choice(ADJECTIVES)} {chance.choice(NOUNS)} {chance.choice(NOUNS)}"
        case 3:
            return f"{terms[-3].headword} {chance.choice(['Council', 'Annex', 'of the North', 'Review'])}"
        case _:
            return (name[:-1] + chance.choice(["ism", "ite school", "oria", "ary"])).capitalize()


def text_id(number: int) -> str:
    """The id of text number i, from 0."""
    return f"t{number:05}"


def text(number: int, terms: Sequence[Term]) -> Text:
    """Text number i. Of a longer glossary it uses the same terms."""
    chance = random.Random(f"text-{SEED}-{number}")
    essay: list[Sentences] = [[[Words(one)] for one in _prose(chance, 62)] for _ in range(ESSAY)]
    response: list[Sentences] = [[[Words(one)] for one in _prose(chance, 64)] for _ in range(RESPONSE)]
    draft = _Draft(chance, essay, response)
    used = draft.use(terms[:TERMS])
    notes = tuple(draft.note(which) for which in range(NOTES))
    draft.tie()
    draft.stress()
    essay[1][0].insert(1, Words(" Mark zq0 here."))
    headings = [_heading(chance, which) for which in range(ESSAY)]
    return Text(
        id=text_id(number),
        title=f"The {_capital(chance, ADJECTIVES)} {_capital(chance, NOUNS)} of {chance.choice(NAMES)}",
        author=f"{chance.choice(NAMES)} {chance.choice(NAMES)}",
        date=f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}",
        essay=tuple(_paragraph(f"a{which + 1}", one, headings[which]) for which, one in enumerate(essay)),
        response=tuple(_paragraph(f"r{which + 1}", one, quotation=which == 3) for which, one in enumerate(response)),
        respondent=chance.choice(NAMES),
        notes=notes,
        terms=used,
    )


class _Draft:
    """The paragraphs of a text while sentences are added to them."""

    def __init__(self, chance: random.Random, essay: list[Sentences], response: list[Sentences]) -> None:
        self._chance = chance
        self._essay = essay
        self._response = response
        self._all = essay + response

    def use(self, terms: Sequence[Term]) -> tuple[str, ...]:
        """Add sentences with terms, some terms much commoner than others. The ids of those that were used."""
        chance = self._chance
        weights = [1 / (rank + 8) for rank in range(len(terms))]
        chosen: list[int] = []
        while len(chosen) < TERMS_OF_A_TEXT:
            (one,) = chance.choices(range(len(terms)), weights)
            if one not in chosen:
                chosen.append(one)
        further = [chance.choice(chosen) for _ in range(OCCURRENCES - 2 * TERMS_OF_A_TEXT)]
        leads = ("Consider the case of", "This recalls", "Compare", "It follows from", "So much for")
        for one in chosen * 2 + further:
            term = terms[one]
            end = chance.choice([" in this.", " at the time.", " as before."])
            sentence = chance.choice(chance.choice(self._all))
            sentence += [Words(f" {chance.choice(leads)} "), Use(term.id, term.headword), Words(end)]
        return tuple(sorted(terms[one].id for one in chosen))

    def note(self, which: int) -> Note:
        """Note number `which`, from 0; its mark is set into the text."""
        on_essay = which < 8
        place = which % ESSAY if on_essay else which * 2 % RESPONSE
        chance = self._chance
        sentence = chance.choice((self._essay if on_essay else self._response)[place])
        words = sentence[0].words.split(" ") if isinstance(sentence[0], Words) else []
        start = chance.randrange(max(1, len(words) - QUOTED))
        body = ("Mark nq0. " if which == 0 else "") + " ".join(_prose(chance, 27))
        sentence.insert(1, Mark(which + 1))
        id = f"{'a' if on_essay else 'r'}{place + 1}"
        return Note(which + 1, id, " ".join(words[start : start + QUOTED]), body, chance.choice(NOUNS))

    def tie(self) -> None:
        """Add the ties, half of them each way; no two have the same words."""
        chance = self._chance
        nouns = chance.sample(NOUNS, TIES)
        for which, noun in enumerate(nouns):
            here, there = (self._essay, "r") if which % 2 == 0 else (self._response, "a")
            sentence = chance.choice(chance.choice(here))
            target = f"{there}{chance.randrange(RESPONSE if there == 'r' else ESSAY) + 1}"
            words = f"{chance.choice(['the remark on', 'the passage about'])} {noun}"
            sentence += [Words(" For this, see "), Tie(target, words), Words(".")]

    def stress(self) -> None:
        """Add some emphasis."""
        for _ in range(6):
            sentence = self._chance.choice(self._chance.choice(self._all))
            sentence += [Words(" It is a "), Stress(self._chance.choice(ADJECTIVES)), Words(" view.")]


def _paragraph(id: str, sentences: Sentences, heading: str = "", *, quotation: bool = False) -> Paragraph:
    return Paragraph(id, tuple(tuple(one) for one in sentences), heading, quotation)


def _heading(chance: random.Random, which: int) -> str:
    """A heading before every fourth paragraph."""
    return f"{_capital(chance, ADJECTIVES)} {_capital(chance, NOUNS)} {which // 4 + 1}" if which % 4 == 0 else ""


def _capital(chance: random.Random, words: Sequence[str]) -> str:
    return chance.choice(words).capitalize()


def _prose(chance: random.Random, words: int) -> list[str]:
    """Sentences of so many words in all, or some more."""
    sentences: list[str] = []
    while sum(one.count(" ") + 1 for one in sentences) < words:
        sentences.append(_sentence(chance))
    return sentences


def _sentence(chance: random.Random) -> str:
    sentence = _clause(chance)
    further = chance.random()
    if further < 0.45:
        sentence += f", {chance.choice(CONJUNCTIONS)} {_clause(chance)}"
    elif further < 0.6:
        sentence += f"; {_clause(chance)}"
    return sentence[0].upper() + sentence[1:] + "."


def _clause(chance: random.Random) -> str:
    words = [_noun_phrase(chance)]
    if chance.random() < 0.25:
        words.append(chance.choice(ADVERBS))
    words += [chance.choice(VERBS), _noun_phrase(chance)]
    if chance.random() < 0.7:
        words += [chance.choice(PREPOSITIONS), _noun_phrase(chance)]
    if chance.random() < 0.12:
        words += ["of", chance.choice(NAMES)]
    return " ".join(words)


def _noun_phrase(chance: random.Random) -> str:
    determiner = chance.choice(DETERMINERS)
    adjective = [chance.choice(ADJECTIVES)] if chance.random() < 0.45 else []
    words = [*adjective, chance.choice(NOUNS)]
    if determiner in ("a", "an"):
        determiner = "an" if words[0][0] in "aeiou" else "a"
    return " ".join([determiner, *words])
