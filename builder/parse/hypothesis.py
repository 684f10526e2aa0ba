"""What Hypothesis gives out (its API's answer to a search, its client's export) -> the same as Web Annotations.

Positions count UTF-16's units there: whoever reads them must know.
"""

from __future__ import annotations

from typing import Any

from builder.parse.json_document import listed, words

_TAKEN = frozenset({"id", "created", "updated", "user", "uri", "text", "tags", "references"})


def rows_of(document: Any) -> list[Any] | None:
    """The annotations of such a document as they stand; None for a document of another kind."""
    if not isinstance(document, dict) or "target" in document:
        return None
    if isinstance(document.get("rows"), list):
        replies = document.get("replies")
        return [*document["rows"], *(replies if isinstance(replies, list) else ())]
    named = "client_version" in document or "export_date" in document
    return document["annotations"] if named and isinstance(document.get("annotations"), list) else None


def as_web_annotation(row: dict[str, Any]) -> dict[str, Any]:
    """One of them as a Web Annotation. What the W3C has no word for stands below `original`."""
    user, address, text = words(row.get("user")), words(row.get("uri")), words(row.get("text"))
    body: list[dict[str, Any]] = []
    if text.strip():
        body.append({"type": "TextualBody", "value": text, "format": "text/markdown"})
    tags = [one for one in listed(row.get("tags")) if isinstance(one, str)]
    body += [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in tags]
    references = [one for one in listed(row.get("references")) if isinstance(one, str)]
    made: dict[str, Any] = {
        "id": words(row.get("id")),
        "type": "Annotation",
        "motivation": "replying" if references else "commenting" if text.strip() else "highlighting",
        "creator": {"id": user, "name": _name(row, user)} if user else None,
        "created": row.get("created"),
        "modified": row.get("updated"),
        "body": body,
        "target": references[-1] if references else _targets(row, address),
        "hypothesis:row": {key: value for key, value in row.items() if key not in _TAKEN and key != "target"},
    }
    return {key: value for key, value in made.items() if value not in (None, "", [], {})}


def _name(row: dict[str, Any], user: str) -> str:
    """The name that somebody shows, else that of the account: `acct:jane@hypothes.is` is jane."""
    known = row.get("user_info")
    shown = words(known.get("display_name")) if isinstance(known, dict) else ""
    return shown or words(row.get("display_name")) or user.removeprefix("acct:").partition("@")[0]


def _targets(row: dict[str, Any], address: str) -> list[dict[str, Any]]:
    """Its targets; a note on the page has one without selectors."""
    made: list[dict[str, Any]] = []
    for one in listed(row.get("target")):
        if isinstance(one, dict):
            selectors = listed(one.get("selector"))
            source = words(one.get("source")) or address
            made.append({"source": source, "selector": selectors} if selectors else {"source": source})
    return made or [{"source": address}]
