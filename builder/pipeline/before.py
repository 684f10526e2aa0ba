"""What there is of the last build -> what keeps the paragraphs of a large edition from that one to this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.pipeline.facts import digest_of
from builder.pipeline.reading import sources_but_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from builder.model.site import Edition, Folder
    from builder.pipeline.facts import SiteFacts
    from builder.render.keeping import Keeper


@value_class(frozen=True, slots=True)
class Before:
    """The last build, as far as paragraphs are taken from it."""

    facts: SiteFacts
    """Those of now."""
    kept: Mapping[str, str]
    """Edition id -> on the first line its notes, below it where its paragraphs stand in the pages of that build."""
    read: Callable[[str], bytes | None]
    """A file of that build's by its path."""

    def keeper(self, edition: Edition, folder: Folder) -> Keeper:
        """What keeps an edition's paragraphs. Their ground: what concerns every page, and all sources but its texts."""
        from builder.render.keeping import Keeper

        read = sources_but_texts(folder, edition.settings)
        whole = (f"{name} {said}" for name, said in sorted(self.facts.whole.items()))
        paragraphs = self.kept.get(edition.id, "").partition("\n")[2]
        return Keeper(edition, digest_of((*whole, *read)), paragraphs, self.read)
