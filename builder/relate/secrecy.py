"""An edition, and as students see it -> the runs of words that stand only in what is meant for teachers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.relate.normal import normalize
from builder.relate.proses import entry_of, pieces_of
from builder.relate.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.view import Anchored

RUN = 5
"""Words in a row that don't come about twice by chance."""

Runs = frozenset[tuple[str, ...]]


def secret_runs(whole: Anchored, seen: Anchored) -> Runs:
    """The runs that stand in teacher's matter, and nowhere in what students may see, which `seen` is."""
    told = dict(_words(seen))
    hidden = [words for name, words in _words(whole) if told.get(name) != words]
    if not hidden:
        return frozenset()
    known = {run for words in told.values() for run in _runs(words)}
    return frozenset(run for words in hidden for run in _runs(words) if run not in known)


def found_in(secrets: Runs, output: str) -> tuple[str, ...]:
    """The runs of words in an output's text that are secret, as they are compared; in order, each once."""
    return tuple(dict.fromkeys(" ".join(run) for run in _runs(output) if run in secrets)) if secrets else ()


def _words(anchored: Anchored) -> Iterator[tuple[str, str]]:
    """Each prose of an edition by its name, with what it says."""
    edition = anchored.edition
    for piece in pieces_of(anchored):
        yield piece.name, piece.prose.content
    for term in edition.terms:
        yield f"term:{term.id}", entry_of(term).prose.content
        yield f"forms:{term.id}", "\n\n".join(term.forms)
    for note in edition.notes:
        yield f"lemma:{note.id}", "\n\n".join(selector.heading for selector in note.selectors)
        yield f"about:{note.id}", "\n\n".join((note.by, *note.tags))
    for layer in edition.layers:
        yield f"voice:{layer.text}.{layer.id}", f"{layer.by}\n\n{layer.title}"
    settings = edition.settings
    yield "settings:", "\n\n".join((settings.title, settings.summary, settings.by, *settings.tags))
    for text in edition.texts:
        page = text.title_page
        yield f"title:{text.id}", "\n\n".join((page.title, page.author, page.rights, page.source))


def _runs(words: str) -> Iterator[tuple[str, ...]]:
    for block in words.split("\n\n"):
        said = [token.casefold() for token in tokens(normalize(block).text)]
        yield from zip(*(said[start:] for start in range(RUN)), strict=False)
