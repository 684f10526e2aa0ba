"""What a note and a W3C Web Annotation have in common: the words of the W3C, and ours for what those can't say.

Both ways need them: what goes out is what comes in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.model.annotation import Sort

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OURS = "glossator:"
"""What stands before the names of members that are ours alone."""

OWN_CONTEXT = {
    "glossator": "urn:glossator:",
    "glossator:passages": {"@container": "@list"},
    "glossator:about": {"@container": "@list"},
    "glossator:original": {"@type": "@json"},
}
MADE = frozenset(
    {"@context", "id", "type", "motivation", "creator", "created", "audience", "body", "bodyValue", "target"}
)
"""The members that are made anew at each export. All others are handed on as they came."""

HTML_FRAGMENT = "http://tools.ietf.org/rfc/rfc3236"
"""The W3C's name for fragments of HTML pages."""

_MOTIVATIONS: Mapping[str, str] = {
    "context": "describing",
    "source": "describing",
    "question": "questioning",
    "challenge": "assessing",
    "language": "commenting",
    "highlight": "highlighting",
}
KINDS: Mapping[str, str] = {
    "describing": "context",
    "questioning": "question",
    "assessing": "challenge",
    "highlighting": "highlight",
}
"""A motivation -> the kind of note that it makes. For all others a note is of the default kind."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def motivation_of(kind: str, *, reply: bool) -> str:
    """Why a note was written, in the W3C's words."""
    return "replying" if reply else _MOTIVATIONS.get(kind, "commenting")


def agent_of(by: str) -> dict[str, str]:
    """Who says it. Whether that is a person or several we don't know."""
    return {"name": by}


def moment_of(date: str) -> str:
    """A day as the W3C wants it, a moment in UTC; "" for a month or a year, which it can't say."""
    return f"{date}T00:00:00Z" if _DAY.fullmatch(date) else ""


def made_of(sort: Sort, kind: str, *, reply: bool, by: str, date: str) -> dict[str, Any]:
    """The members that say why, by whom and when; None for what isn't known."""
    motivation = {Sort.CROSSREF: "linking", Sort.QUESTION: "questioning"}.get(sort) or motivation_of(kind, reply=reply)
    return {
        "motivation": motivation,
        "creator": agent_of(by) if by else None,
        "created": moment_of(date) or None,
    }


def role_of(audience: str) -> dict[str, str]:
    """For whom it is, in the words of the W3C's own example."""
    return {"type": "schema:EducationalAudience", "schema:educationalRole": audience}
