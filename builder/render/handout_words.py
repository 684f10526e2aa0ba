"""Prose -> nodes for a handout: with terms, references, citations and pictures as paper can have them."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from builder.model.note import Anchor
from builder.model.pictures import resolved
from builder.model.prose import Element, Open, ReferenceKind, pieces
from builder.render import typst
from builder.render.tie_views import end_where
from builder.render.weave import weave

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.crossref import End
    from builder.model.handout import Node
    from builder.model.note import Found
    from builder.model.prose import Image, Prose, Reference
    from builder.model.text import Text
    from builder.model.view import Link
    from builder.render.decoration import Woven
    from builder.render.desk import Desk
    from builder.render.typst import Mark

_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*:|//|/", re.IGNORECASE)
_SHOWN = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp"})
"""Pictures that can be set; of others their words are."""


class Writing:
    """The proses of one handout as nodes; pictures that they show and works that they cite are gathered."""

    def __init__(self, desk: Desk, pictures: frozenset[str]) -> None:
        """`pictures` are those that can be set, as paths in the site's folder."""
        self.desk = desk
        self._pictures = pictures
        self.images: dict[str, str] = {}
        """Name under which the theme finds a picture -> its path in the site's folder."""
        self.cited: set[str] = set()
        """The keys of the works cited in what was made so far."""

    def nodes(self, woven: Sequence[Woven], prose: Prose, *, marks: Sequence[Mark] = ()) -> list[Node]:
        """Woven events as nodes."""
        return typst.write(woven, prose, marks=marks, refer=self._refer, image=self._image)

    def body(self, prose: Prose, name: str) -> list[Node]:
        """A body whole, with its terms; its footnotes, where an annotator wrote some, after it."""
        made = self.nodes(weave(prose, prose.frame, self.desk.term_spans(name)), prose)
        for index, footnote in enumerate(prose.footnotes):
            inner = self.nodes(weave(prose, footnote.frame, self.desk.term_spans(name)), prose)
            made.append(["footnotes", {"number": index + 1}, inner])
        return made

    def running(self, prose: Prose, name: str) -> list[Node]:
        """A body of one paragraph as what stands in it; another whole."""
        made = self.body(prose, name)
        return list(made[0][2]) if len(made) == 1 and not isinstance(made[0], str) and _is_plain(prose) else made

    def first(self, prose: Prose, name: str) -> list[Node]:
        """A short definition, with its terms."""
        spans = [one for one in self.desk.term_spans(name) if one.span.end <= prose.main.end]
        return self.nodes(weave(prose, prose.frame, spans), prose)

    def rest(self, prose: Prose, name: str) -> list[Node]:
        """An entry without its first paragraph."""
        frame = tuple(event for piece in list(pieces(prose.frame))[1:] for event in piece)
        return self.nodes(weave(prose, frame, self.desk.term_spans(name)), prose) if frame else []

    def _refer(self, reference: Reference) -> Node:
        matter = self.desk.matter
        if reference.kind is ReferenceKind.SOURCE:
            work = matter.works.get(reference.target)
            self.cited.add(reference.target)
            shown = {"words": work.short if work else reference.target, "locator": reference.words or ""}
            return ["source", {"key": reference.target, **shown}, []]
        link = matter.referred.links[reference]
        return ["reference", {"to": goal_of(self.desk, link), "words": link.words}, []]

    def _image(self, image: Image) -> Node:
        folder = self.desk.matter.edition.settings.folder
        file = None if _REMOTE.match(image.src) else resolved(image.src)
        ending = (file or "").rpartition(".")[2].lower()
        path = f"{folder}/{file}" if folder else file or ""
        if path not in self._pictures or ending not in _SHOWN:
            return ["image", {"file": "", "alt": image.alt, "src": image.src}, []]
        name = f"{len(self.images) + 1}.{ending}"
        name = next((known for known, held in self.images.items() if held == path), name)
        self.images[name] = path
        return ["image", {"file": name, "alt": image.alt, "src": image.src}, []]


def _is_plain(prose: Prose) -> bool:
    first = prose.frame[0] if prose.frame else None
    return isinstance(first, Open) and first.element is Element.PARAGRAPH and not prose.footnotes


def goal_of(desk: Desk, link: Link) -> str:
    """What a handout knows of where a link leads: `block:article-p3`, `note:ID`, a passage; "" for another edition."""
    address = link.address
    if address is None or address.edition not in (desk.matter.edition.id, ""):
        return ""
    return passage_name(address.text, link.span.start) if link.span else f"{address.kind}:{address.id}"


def passage_name(text: str, start: int) -> str:
    """What a handout calls a passage that a reference quotes."""
    return f"passage:{text}-{start}"


def quoted_at(desk: Desk, text: Text) -> list[int]:
    """Where in a text the passages begin that references quote, or that a question is about."""
    referred, own = desk.matter.referred, (desk.matter.edition.id, "")
    links = (*referred.links.values(), *chain.from_iterable(referred.about.values()))
    return sorted(
        {
            link.span.start
            for link in links
            if link.span and link.address and link.address.text == text.id and link.address.edition in own
        }
    )


def end_cited(desk: Desk, end: End, found: Found) -> str:
    """Where an end lies: `C ¶2`, `C title`; of a whole text its siglum, or its title where it has none."""
    whole = end.selector.blocks == "*" or not isinstance(found, Anchor)
    return (whole and desk.matter.texts[end.text].siglum) or end_where(desk, end, found)
