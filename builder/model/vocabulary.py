"""Words that the format itself gives a meaning to: built-in kinds and relations, reserved names."""

from __future__ import annotations

from builder.model.crossref import Relation
from builder.model.site import Kind

BUILT_IN_KINDS: tuple[Kind, ...] = (
    Kind("context", "Context", "context", about="Who, when, where, and what it means"),
    Kind("source", "Source", "source", about="Where it comes from"),
    Kind("question", "Question", "question", about="To think or talk about"),
    Kind("challenge", "Challenge", "challenge", about="The other side"),
    Kind("language", "Language", "language", about="How it is said: rhetoric, slips, variants"),
)

CUES: tuple[str, ...] = tuple(kind.id for kind in BUILT_IN_KINDS)
"""The ways in which a passage can be marked. A site's own kind borrows one of them."""

DEFAULT_KIND = "context"
"""The kind of a note whose heading names none: most notes explain."""

HIGHLIGHT = "highlight"
"""The kind of a mark without a body."""

RESERVED_KINDS = frozenset({HIGHLIGHT, "author"})
"""Kinds that a site can't define: a mark without a body, and the footnotes of a text's own author."""

BUILT_IN_RELATIONS: tuple[Relation, ...] = (
    Relation("answers", "answers", "is answered by"),
    Relation("agrees", "agrees with", "is agreed with by"),
    Relation("extends", "extends", "is extended by"),
    Relation("disputes", "disputes", "is disputed by"),
    Relation("echoes", "echoes", "is echoed by"),
    Relation("illustrates", "illustrates", "is illustrated by"),
    Relation("quotes", "quotes", "is quoted by"),
)

DEFAULT_RELATION = "answers"
"""The relation of a cross-reference whose heading names none: an edition is mostly a text and what answers it."""

DEFAULT_LAYER = "notes"
"""The layer of TEXT.notes.md in an edition that lists no layers."""

DEVICES = frozenset(
    {
        "con",
        "prn",
        "aux",
        "nul",
        *(f"com{number}" for number in range(1, 10)),
        *(f"lpt{number}" for number in range(1, 10)),
    }
)
"""Names that Windows keeps for devices, whatever ending a file has: nobody there could open such a page."""

RESERVED_TEXTS = DEVICES | frozenset(
    {
        "note", "ref", "term", "occ", "xref", "question", "source",
        "index", "conversation", "glossary", "crossrefs", "questions", "notes",
    }
)  # fmt: skip
"""Names that no text may have: beginnings of ids in a page, and pages and files that are something else."""

RESERVED_EDITIONS = DEVICES | frozenset({"assets"})
"""Names that no edition may have: folders of the output that are something else."""
