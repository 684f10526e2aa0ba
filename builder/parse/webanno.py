"""A JSON document from outside -> its annotations, each checked: of the W3C's model, or as Hypothesis gives them out.

Read are a single annotation, a list of them, an AnnotationPage, an AnnotationCollection with its first page in it.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from builder.model.annotation import Foreign, Refused, Sort
from builder.model.vocabulary import DEFAULT_KIND, HIGHLIGHT
from builder.model.webanno import KINDS, made_of
from builder.parse.hypothesis import as_web_annotation, rows_of
from builder.parse.json_document import DocumentError, TooDeepError, cleaned, listed, member, read_document, words
from builder.parse.own_export import own_annotation
from builder.parse.webanno_bodies import Said, said_in
from builder.parse.webanno_members import day_of, fit_tags, members_of, names_of, was_of
from builder.parse.webanno_targets import Pointed, pointed_at

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST", "DocumentError", "parse_annotations"]

MOST = 10_000
"""Annotations that are read from one document."""

_LISTS = ("items", "@graph", "orderedItems")


def parse_annotations(text: str) -> tuple[Foreign | Refused, ...]:
    """The annotations of a document in their order, each in our words or refused. DocumentError where it has none."""
    document = read_document(text)
    rows = rows_of(document)
    found = rows if rows is not None else list(_found(document, 0))
    if not found and not _is_empty(document):
        raise DocumentError("it holds no annotations")
    if len(found) > MOST:
        raise DocumentError(f"it holds {len(found):,} annotations; {MOST:,} are read at once: split it")
    return tuple(_read(one, row=rows is not None) for one in found)


def _is_empty(document: Any) -> bool:
    """Whether a document without annotations is meant to hold some."""
    kinds = listed(member(document, "type")) if isinstance(document, dict) else []
    return document == [] or any(one in ("AnnotationCollection", "AnnotationPage") for one in kinds)


def _found(value: Any, depth: int) -> Iterator[Any]:
    """What may be annotations in a document."""
    if depth > 3:
        return
    if isinstance(value, list):
        for one in value:
            yield from _found(one, depth + 1) if isinstance(one, (list, dict)) else (one,)
        return
    if not isinstance(value, dict):
        return
    inner = [value[name] for name in _LISTS if isinstance(value.get(name), list)]
    if inner:
        yield from (one for items in inner for one in items)
    elif isinstance(value.get("first"), dict):
        yield from _found(value["first"], depth + 1)
    elif isinstance(value.get("first"), str):
        raise DocumentError(f"its annotations lie elsewhere: fetch {value['first'][:200]} and import that")
    elif "target" in value or _is_annotation(value):
        yield value


def _is_annotation(held: dict[str, Any]) -> bool:
    return any(isinstance(one, str) and one.endswith("Annotation") for one in listed(member(held, "type")))


def _read(value: Any, *, row: bool) -> Foreign | Refused:
    try:
        held = cleaned(value)
    except TooDeepError as fault:
        return Refused("", str(fault))
    if not isinstance(held, dict):
        return Refused("", "it is no object")
    if row:
        held = as_web_annotation(held)
    name = words(member(held, "id")) or _made_id(held)
    if not _is_annotation(held):
        return Refused(name, "its type isn't Annotation")
    own = own_annotation(held, name)
    return own if own is not None else _foreign(held, name, row=row)


def _made_id(held: dict[str, Any]) -> str:
    """An id for an annotation without one, of its content: the same whenever it is met."""
    said = json.dumps(held, sort_keys=True, ensure_ascii=False)
    return f"urn:sha256:{hashlib.sha256(said.encode()).hexdigest()}"


def _foreign(held: dict[str, Any], name: str, *, row: bool) -> Foreign | Refused:
    pointed, said = pointed_at(held.get("target")), said_in(held)
    motivations = [one for one in listed(held.get("motivation")) if isinstance(one, str)]
    answers = _answered(held.get("target")) if "replying" in motivations else ""
    if pointed.refused and not answers:
        return Refused(name, pointed.refused)
    known = next((KINDS[one] for one in motivations if one in KINDS), "")
    kind = (known if known != HIGHLIGHT else "") if said.markdown else HIGHLIGHT
    if answers and not said.markdown:
        return Refused(name, "it replies without a word")
    by, date = names_of(held.get("creator")), day_of(held.get("created"))
    made = made_of(Sort.NOTE, kind or DEFAULT_KIND, reply=bool(answers), by=by, date=date)
    return Foreign(
        id=name,
        sort=Sort.NOTE,
        kind=kind,
        aims=pointed.aims,
        body=said.markdown,
        tags=fit_tags(said.tags),
        by=by,
        date=date,
        answers=answers,
        also=tuple(one for key in ("canonical", "via") for one in listed(held.get(key)) if isinstance(one, str)),
        utf16=row,
        told=said.told,
        kept=_kept(held, made, pointed, said),
    )


def _answered(target: Any) -> str:
    """The id of what is replied to: an annotation is a target without selectors."""
    first = next(iter(listed(target)), None)
    if not isinstance(first, dict):
        return words(first)
    return "" if "selector" in first else words(member(first, "id")) or words(first.get("source"))


def _kept(held: dict[str, Any], made: dict[str, Any], pointed: Pointed, said: Said) -> dict[str, Any]:
    """What isn't used, by how it comes out again; nothing empty."""
    original: dict[str, Any] = {}
    if pointed.aims and held.get("target") is not None:
        original["target"] = held["target"]
    if said.unused:
        original |= {key: held[key] for key in ("body", "bodyValue") if key in held}
    if "audience" in held:
        original["audience"] = held["audience"]
    spelled = {key: value for key, value in held.items() if key[:1] == "@"}
    original |= {key: value for key, value in spelled.items() if key not in ("@context", "@id", "@type")}
    kept = {
        "members": members_of(held),
        "bodies": list(said.kept),
        "targets": list(pointed.kept),
        "original": original,
        "was": was_of(held, made),
    }
    return {key: value for key, value in kept.items() if value}
