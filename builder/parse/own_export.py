"""An annotation of our own export -> what it was made of, its headings and settings as typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.model.annotation import Aim, Foreign, Sort
from builder.model.note import Audience
from builder.model.webanno import OURS, made_of
from builder.parse.braces import WORD
from builder.parse.crossrefs import splits
from builder.parse.foreign_body import MARKDOWN, own_markdown
from builder.parse.json_document import listed, member, words
from builder.parse.passages import read_passage
from builder.parse.shapes import is_date
from builder.parse.webanno_members import day_of, fit_tags, members_of, names_of, was_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"#(?:note|xref|question)-([^#/?]+)$")
_AUDIENCES = frozenset(one.value for one in Audience)


def own_annotation(held: dict[str, Any], name: str) -> Foreign | None:
    """What our export wrote as this annotation; None for one that isn't ours, or was changed past reading."""
    passages, sort = held.get(f"{OURS}passages"), words(held.get(f"{OURS}sort")) or "note"
    found = _NAME.search(name)
    if not isinstance(passages, list) or found is None or sort not in {one.value for one in Sort}:
        return None
    count = held.get(f"{OURS}kept")
    bodies, targets = _counted(count, "bodies"), _counted(count, "targets")
    aims = _aims(passages, listed(held.get("target")))
    if not aims or not re.fullmatch(WORD, found[1]):
        return None
    return _read(held, name, found[1], Sort(sort), aims, bodies, targets)


def _counted(count: Any, what: str) -> int:
    number = count.get(what) if isinstance(count, dict) else 0
    return number if isinstance(number, int) and 0 <= number < 1000 else 0


def _aims(passages: list[Any], targets: list[Any]) -> tuple[Aim, ...] | None:
    """The passages as typed, each with the words that stood there."""
    aims = []
    for index, passage in enumerate(passages):
        if not isinstance(passage, dict) or not words(passage.get(f"{OURS}heading")).strip():
            return None
        target = targets[index] if index < len(targets) else None
        quote = _quote(target) if isinstance(target, dict) else {}
        aims.append(
            Aim(
                heading=" ".join(words(passage[f"{OURS}heading"]).split("\n")).strip(),
                text=words(passage.get(f"{OURS}text")),
                within=words(passage.get(f"{OURS}in")),
                prefix=words(passage.get(f"{OURS}before")),
                suffix=words(passage.get(f"{OURS}after")),
                exact=words(quote.get("exact")),
            )
        )
    return tuple(aims)


def _quote(target: dict[str, Any]) -> dict[str, Any]:
    selectors = (one for one in listed(target.get("selector")) if isinstance(one, dict))
    return next((one for one in selectors if member(one, "type") == "TextQuoteSelector"), {})


def _quotations(held: dict[str, Any], sort: Sort, aims: tuple[Aim, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each heading that is no quotation of a passage, which is lost; and the words that were lost."""
    typed = [(aim.heading or "", aim.prefix, aim.suffix) for aim in aims]
    if sort is not Sort.NOTE:
        about = [words(one) for one in listed(held.get(f"{OURS}about"))]
        ends = [side for one in splits(typed[0][0]) for side in (one.one, one.other)]
        sides = ends if sort is Sort.CROSSREF else map(read_passage, about)
        typed = [(side.quotation if side else "", "", "") for side in sides]
    for said, target in zip(typed, listed(held.get("target")), strict=False):
        quote = _quote(target) if isinstance(target, dict) and len(listed(target.get("selector"))) == 1 else {}
        parts = {name: words(quote.get(name)) for name in ("exact", "prefix", "suffix")}
        if said[0] and parts["exact"] and tuple(parts.values()) != said:
            yield said[0], {name: part for name, part in parts.items() if part}


def _read(
    held: dict[str, Any], name: str, own: str, sort: Sort, aims: tuple[Aim, ...], bodies: int, targets: int
) -> Foreign:
    all_bodies, all_targets = listed(held.get("body")), listed(held.get("target"))
    ours = all_bodies[: len(all_bodies) - bodies]
    by, date = names_of(held.get("creator")), _date(held)
    kind, answers = words(held.get(f"{OURS}kind")), words(held.get(f"{OURS}answers"))
    made = made_of(sort, kind, reply=bool(answers), by=by, date=date)
    original = held.get(f"{OURS}original")
    kept = {
        "members": members_of(held),
        "bodies": all_bodies[len(ours) :],
        "targets": all_targets[len(all_targets) - targets :],
        "original": original if isinstance(original, dict) else {},
        "quotations": dict(_quotations(held, sort, aims)),
        "was": was_of(held, made),
    }
    role = held.get("audience")
    audience = words(role.get("schema:educationalRole")) if isinstance(role, dict) else ""
    settings = {key: words(held.get(f"{OURS}{key}")) for key in ("level", "lines")}
    settings["about"] = "; ".join(one for one in listed(held.get(f"{OURS}about")) if isinstance(one, str))
    said = [one for one in ours if isinstance(one, dict)]
    spoken = [one for one in said if sort is not Sort.QUESTION or one.get("purpose") == "replying"]
    return Foreign(
        id=name,
        sort=sort,
        kind=kind,
        aims=aims,
        body=_markdown(spoken),
        tags=fit_tags(tuple(words(one.get("value")) for one in said if one.get("purpose") == "tagging")),
        by=by,
        date=date,
        answers=answers,
        name=own,
        layer=words(held.get(f"{OURS}layer")),
        audience=audience if audience in _AUDIENCES else "",
        settings={key: value for key, value in settings.items() if value},
        also=tuple(one for key in ("canonical", "via") for one in listed(held.get(key)) if isinstance(one, str)),
        kept={key: value for key, value in kept.items() if value},
    )


def _date(held: dict[str, Any]) -> str:
    """The date as typed: a month or a year stands in a member of ours."""
    date = words(held.get(f"{OURS}date"))
    return date if is_date(date) else day_of(held.get("created"))


def _markdown(bodies: list[dict[str, Any]]) -> str:
    """The first body that has its Markdown."""
    for body in bodies:
        for form in (body, *(one for one in listed(body.get("items")) if isinstance(one, dict))):
            if form.get("format") == MARKDOWN and isinstance(form.get("value"), str):
                return own_markdown(form["value"])
    return ""
