"""Members of an annotation -> who, when, under which words; and those that are handed on."""

from __future__ import annotations

from typing import Any

from builder.model.webanno import MADE, OURS
from builder.parse.entry_settings import split_list
from builder.parse.json_document import listed, member, words
from builder.parse.shapes import is_date


def _handed_on(key: str) -> bool:
    return key not in MADE and key[:1] != "@" and not key.startswith(OURS)


def was_of(held: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """The members that we write anew in another form: what would be made of each, and what it was."""
    differing = (key for key in sorted(made) if key in held and held[key] != made[key])
    return {key: {"as": made[key], "was": held[key]} for key in differing}


def members_of(held: dict[str, Any]) -> dict[str, Any]:
    """The members that are handed on as they are."""
    return {key: value for key, value in held.items() if _handed_on(key)}


def names_of(creator: Any) -> str:
    """Who an annotation is by: names, or what stands for them, as one line."""
    named = []
    for one in listed(creator):
        if isinstance(one, str):
            named.append(one)
        elif isinstance(one, dict):
            named.append(words(one.get("name")) or words(one.get("nickname")) or words(member(one, "id")))
    lines = (" ".join(name.split()) for name in named)
    return ", ".join(dict.fromkeys(line for line in lines if line))[:500]


def day_of(created: Any) -> str:
    """The day of a moment, "" where there is none that can be."""
    day = words(created)[:10]
    return day if len(day) == 10 and is_date(day) else ""


def fit_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Tags that a heading's list can hold, each once."""
    fit = tuple(dict.fromkeys(" ".join(tag.split()) for tag in tags if tag.strip()))
    if tuple(item for item, _ in split_list("; ".join(fit))) == fit:
        return fit
    bare = (" ".join(tag.replace(";", ",").translate(_QUOTES).split()) for tag in fit)
    return tuple(dict.fromkeys(tag for tag in bare if tag))


_QUOTES = str.maketrans("", "", '"“”«»')
