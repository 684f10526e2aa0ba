"""What there is of the last build -> what keeps the paragraphs of a large edition from that one to this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.pipeline.facts import digest_of
from builder.pipeline.reading import lock_path

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
    """Edition id -> where its paragraphs stand in the pages of that build."""
    read: Callable[[str], bytes | None]
    """A file of that build's by its path."""

    def keeper(self, edition: Edition, folder: Folder) -> Keeper:
        """What keeps an edition's paragraphs. Their ground: what concerns every page, and all sources but its texts."""
        from builder.render.keeping import Keeper

        settings = edition.settings
        base = f"{settings.folder}/" if settings.folder else ""
        apart = {lock_path(settings), *(f"{base}{text.file}" for text in settings.texts)}
        read = (
            f"{path} {digest}"
            for path, digest in sorted(folder.digests.items())
            if ("/" not in path or path.startswith(base)) and path not in apart
        )
        whole = (f"{name} {said}" for name, said in sorted(self.facts.whole.items()))
        return Keeper(edition, digest_of((*whole, *read)), self.kept.get(edition.id, ""), self.read)
