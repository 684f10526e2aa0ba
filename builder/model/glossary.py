"""`Term` and `Occurrence`: what is explained, and where it is used."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from builder.model.note import Audience
from builder.model.remember import remembered
from builder.model.value import value_class

if TYPE_CHECKING:
    from builder.model.diagnostic import Place
    from builder.model.note import Selector
    from builder.model.prose import Prose, Span


class Policy(Enum):
    """Which occurrences of a term become links in each text and each body."""

    FIRST = "first"
    FIRST_IN_SECTION = "first-in-section"
    ALL = "all"
    NONE = "none"


@value_class(frozen=True, slots=True)
class Term:
    """A glossary entry. `forms` are headword and `also`, as typed; plurals and possessives are found besides."""

    id: str
    headword: str
    forms: tuple[str, ...]
    kind: str
    """Its classes, joined by a space: free words, "" for none."""
    short: Prose
    entry: Prose
    """The whole entry: the short definition and what follows it."""
    place: Place
    edition: str = ""
    """The edition whose glossary holds it; "" for the site's."""
    policy: Policy = Policy.FIRST
    at: tuple[tuple[str, Selector], ...] = ()
    """(text id, selector) of passages that count besides the forms."""
    never: tuple[str, ...] = ()
    """`not`: phrases within which a form doesn't count."""
    never_at: tuple[tuple[str, Selector], ...] = ()
    audience: Audience = Audience.ALL
    digest: str = ""
    """Of its entry as typed: the same digest, the same term (but for its place)."""


@remembered
def by_id(terms: tuple[Term, ...]) -> dict[str, Term]:
    """Terms by their ids, in their order. The same for all that ask of one tuple: not to be changed."""
    return {term.id: term for term in terms}


@remembered
def own_terms(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Those of an edition's terms that are its own, not the site's."""
    return tuple(term for term in terms if term.edition)


@value_class(frozen=True, slots=True)
class Occurrence:
    """A place where a term is used.

    `prose` names what holds it: `text:ID`, `note:ID`, `xref:ID`, `question:ID` (what is asked), `answer:ID`,
    `term:ID`, `layer:TEXT.ID` (an introduction).
    """

    term: str
    prose: str
    span: Span
    linked: bool
    number: int
    """The n of `#occ-ID-n`, from 1 in reading order."""
