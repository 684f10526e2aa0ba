"""What an annotation says -> its words as Markdown, its tags, and the bodies that are neither."""

from __future__ import annotations

from typing import Any

from builder.model.value import value_class
from builder.parse.foreign_body import HTML, MARKDOWN, markdown_of
from builder.parse.json_document import listed, member, words

_PLAIN_MEMBERS = frozenset({"type", "@type", "value", "chars", "format", "purpose"})
_SETS = frozenset({"Choice", "List", "Composite", "Independents"})
_PREFERRED = (MARKDOWN, HTML, "text/plain", "")
"""Which of several forms of the same words is taken."""

DEEPEST = 5


@value_class(frozen=True, slots=True)
class Said:
    """What was said."""

    markdown: str
    tags: tuple[str, ...]
    kept: tuple[Any, ...]
    """Bodies that are no words: pictures, addresses of other resources."""
    told: tuple[str, ...]
    """What was removed from the words."""
    unused: bool
    """Whether something of the bodies taken isn't used: a language, another form of the same words, a purpose."""


def said_in(held: dict[str, Any]) -> Said:
    """The bodies of an annotation: of several that are words, one after the other."""
    reader = _Bodies()
    if "bodyValue" in held and "body" not in held:
        reader.take_words(words(held["bodyValue"]), "text/plain")
    for body in listed(held.get("body")):
        reader.take(body, "", 0)
    return Said("\n\n".join(reader.said), tuple(reader.tags), tuple(reader.kept), tuple(reader.told), reader.unused)


class _Bodies:
    def __init__(self) -> None:
        self.said: list[str] = []
        self.tags: list[str] = []
        self.kept: list[Any] = []
        self.told: list[str] = []
        self.unused = False

    def take(self, body: Any, purpose: str, depth: int) -> None:
        if isinstance(body, str):
            self.kept.append(body)
        elif not isinstance(body, dict) or depth > DEEPEST:
            self.unused = True
        else:
            self._object(body, words(body.get("purpose")) or purpose, depth)

    def take_words(self, value: str, form: str) -> None:
        markdown, told = markdown_of(value, form)
        self.told.extend(told)
        if markdown:
            self.said.append(markdown)

    def _object(self, body: dict[str, Any], purpose: str, depth: int) -> None:
        kinds = {one for one in listed(member(body, "type")) if isinstance(one, str)}
        inner = body.get("items", body.get("members"))
        if kinds & _SETS or ("type" not in body and isinstance(inner, list)):
            self._set(kinds, inner, purpose, depth)
        elif isinstance(value := body.get("value", body.get("chars")), str):
            self._textual(body, value, purpose)
        elif isinstance(body.get("source"), dict):
            self.unused = True
            self.take(body["source"], purpose, depth + 1)
        else:
            self.kept.append(body)

    def _set(self, kinds: set[str], inner: Any, purpose: str, depth: int) -> None:
        self.unused = True
        items = listed(inner)
        if "Choice" in kinds:
            items = sorted(items, key=_preference)[:1]
        for item in items:
            self.take(item, purpose, depth + 1)

    def _textual(self, body: dict[str, Any], value: str, purpose: str) -> None:
        if purpose == "tagging":
            self.tags.append(value)
        else:
            self.take_words(value, words(body.get("format")))
        self.unused = self.unused or not _PLAIN_MEMBERS.issuperset(body) or purpose not in ("", "tagging")


def _preference(item: Any) -> int:
    form = words(item.get("format")) if isinstance(item, dict) else ""
    if not isinstance(item, dict) or not isinstance(item.get("value"), str):
        return len(_PREFERRED) + 1
    return _PREFERRED.index(form) if form in _PREFERRED else len(_PREFERRED)
