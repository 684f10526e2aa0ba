"""Bodies -> what a Web Annotation holds of them: their Markdown as typed, and the same as HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.model.escape import escaped
from builder.model.prose import Reference, ReferenceKind
from builder.render import html
from builder.render.ink import Ink
from builder.render.weave import weave

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from builder.model.prose import Prose
    from builder.model.site import Work
    from builder.model.view import Referred
    from builder.render.address import Spot

_BRACKETS = re.compile(r"\[\[(?!\[)((?:(?!\]\]|\[\[).)+?)\]\](?!\])", re.DOTALL)
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*:|//|/", re.IGNORECASE)
_HIGHEST = 3
"""The level of the highest heading in a body: nobody knows what it will stand below."""


class Writer:
    """Writes the bodies of one edition's annotations."""

    def __init__(self, referred: Referred, spot: Spot, works: Mapping[str, Work], read: Callable[[str], Prose]) -> None:
        """`read` is Markdown -> prose, for bodies that aren't handed on as they were typed."""
        self._links = referred.links
        self._named = {_name(reference): link for reference, link in referred.links.items()}
        self._read = read
        self._folder = referred.anchored.edition.id
        self._spot = spot
        self._works = works

    def forms(self, prose: Prose, prefix: str) -> list[dict[str, Any]]:
        """The body as HTML and as Markdown, one of which is to be chosen; nothing for no body."""
        markdown = self.markdown(prose)
        if not markdown:
            return []
        if prose.altered or markdown != prose.source:
            prose = self._read(markdown)
        ink = self._ink(prefix)
        shown = [html.write(weave(prose, prose.frame, []), prose, ink)]
        for number, footnote in enumerate(prose.footnotes, 1):
            written = html.write(weave(prose, footnote.frame, []), prose, ink)
            shown.append(f'<div id="{prefix}fn{number}">{written}</div>')
        forms = [("text/html", "".join(shown)), ("text/markdown", markdown)]
        items = [{"type": "TextualBody", "format": form, "value": value} for form, value in forms]
        return [{"type": "Choice", "items": items}]

    def markdown(self, prose: Prose) -> str:
        """A body as typed. A reference that leads nowhere in this view keeps its words alone."""
        bare_last = sorted(_passages(prose), key=lambda reference: reference.words is None)
        lost = {reference.target: reference for reference in bare_last if self._is_lost(reference)}
        if not lost:
            return prose.source
        left = set(lost)

        def keep(brackets: re.Match[str]) -> str:
            target, bar, words = brackets[1].rpartition(" | ")
            reference = lost.get(" ".join((target if bar else brackets[1]).split()))
            if reference is None:
                return brackets[0]
            left.discard(reference.target)
            return escaped(" ".join(words.split()) if bar else self._links[reference].words)

        said = _BRACKETS.sub(keep, prose.source)
        return said if not left else escaped(prose.content)

    def _is_lost(self, reference: Reference) -> bool:
        link = self._links.get(reference)
        return link is not None and link.address is None

    def _ink(self, prefix: str) -> Ink:
        return Ink(
            prefix=prefix,
            blocks=False,
            highest=_HIGHEST,
            block_label=lambda _: ("", ""),
            link=self._link,
            image=lambda src: src if _REMOTE.match(src) else self._spot.to(f"{self._folder}/{src}"),
            footnote=lambda index, call: _call(prefix, index + 1, call),
        )

    def _link(self, reference: Reference) -> tuple[str, str, str]:
        link = self._links.get(reference) or self._named.get(_name(reference))
        if reference.kind is ReferenceKind.SOURCE:
            work = self._works.get(reference.target)
            href = self._spot.href(link.address) if link is not None and link.address else ""
            return href, work.short if work else reference.target, reference.words or ""
        if link is None:
            return "", reference.words or reference.target, ""
        return (self._spot.href(link.address) if link.address else ""), link.words, ""


def _name(reference: Reference) -> tuple[ReferenceKind, str, str | None]:
    """A reference wherever it stands: all that are written alike lead to the same."""
    return reference.kind, reference.target, reference.words


def _call(prefix: str, number: int, call: int) -> tuple[str, str, str, str]:
    return f"ref-{prefix}fn{number}-{call}", f"#{prefix}fn{number}", str(number), str(number)


def _passages(prose: Prose) -> Iterator[Reference]:
    for frame in (prose.frame, *(footnote.frame for footnote in prose.footnotes)):
        for event in frame:
            if isinstance(event, Reference) and event.kind is ReferenceKind.PASSAGE:
                yield event
