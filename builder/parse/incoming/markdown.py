"""A Markdown file's words -> a text without its front matter, which becomes settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.incoming import Incoming, Refused, Tagged
from builder.parse.entries import front_matter
from builder.parse.incoming.facts import settled
from builder.parse.incoming.yaml import read_yaml
from builder.parse.toml import toml_values
from builder.parse.toml_written import toml_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.parse.incoming.yaml import Setting

Found = tuple[str, "Sequence[str]", str]

MATTER_BOUND = 64 * 1024
"""Characters of front matter that are read."""

TAGS = ("tags", "keywords")
"""The names under which front matter has the words by which a text is found."""

_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")


def read_markdown(text: str) -> Incoming | Refused:
    """The text of a file whose lines end with LF. Refused for front matter that can't be read."""
    end = front_matter(text)
    body = text[end:].lstrip("\n").rstrip()
    before = text[: len(text) - len(text[end:].lstrip("\n"))].count("\n")
    if not body.strip():
        return Refused("there are no words in this file" + (" besides its front matter" if end else ""))
    if end > MATTER_BOUND:
        return Refused(f"the front matter has {end:,} characters; the most that is read is {MATTER_BOUND:,}")
    found = _matter(text[:end]) if end else []
    if isinstance(found, Refused):
        return found
    tags = tuple(Tagged(one[0], _parted(*one[1:]), one[2]) for one in found if _are_tags(*one[:2]))
    facts, left = settled(one for one in found if not _are_tags(*one[:2]))
    return Incoming(f"{body}\n", facts=facts, homeless=left, tags=tags, before=before)


def _are_tags(name: str, values: Sequence[str]) -> bool:
    return name.lower() in TAGS and any(map(str.strip, values))


def _parted(values: Sequence[str], typed: str) -> tuple[str, ...]:
    """Words in a list as they are; without one there are commas between them."""
    words = values if typed.lstrip()[:1] in ("[", "-") else ",".join(values).split(",")
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _matter(matter: str) -> list[Found] | Refused:
    lines = matter.rstrip().split("\n")[1:-1]
    if matter.startswith("+++"):
        return _toml("\n".join(lines))
    settings = read_yaml(lines, 2)
    return settings if isinstance(settings, Refused) else [_spoken(one) for one in settings]


def _spoken(setting: Setting) -> Found:
    return setting.key, setting.values if setting.read else (), setting.typed


def _toml(matter: str) -> list[Found] | Refused:
    try:
        values = toml_values(matter)
    except ValueError as fault:
        at = _LINE.search(str(fault))
        line = int(at[1]) + 1 if at else 1
        return Refused(f"the front matter is no TOML: {_LINE.sub('', str(fault))}", "mend it, or delete it", line)
    return [(name, _words(value), toml_value(value)) for name, value in values.items()]


def _words(value: object) -> tuple[str, ...]:
    """A value's words; none for what has settings within it."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return tuple(value) if all(isinstance(one, str) for one in value) else ()
    return () if isinstance(value, dict) else (toml_value(value),)
