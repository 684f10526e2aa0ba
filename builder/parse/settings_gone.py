"""An edition whose edition.toml is gone, misnamed or emptied: without it its texts aren't read as they were."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place, Severity
from builder.model.lock import LOCK
from builder.parse.misnamed import meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Folder
    from builder.parse.folder import FoundEdition

_NOTHING = re.compile(r"\ufeff?(?:\s|#[^\n]*+)*+")
_DEK = "\nblock\tdek"
"""What a lock holds of a text of which edition.toml said `dek = true`: nothing else makes that block."""


def says_nothing(toml: str) -> bool:
    """Whether the words of an edition.toml hold no setting."""
    return _NOTHING.fullmatch(toml) is not None


def settings_gone(folder: Folder, one: FoundEdition, others: Iterable[str]) -> bool:
    """Whether an edition had settings that aren't read: by its lock, or by a file beside them (`others`)."""
    if one.settings is None:
        return _misnamed(others) or _had_dek(folder, one)
    return _lock(one) in folder.sources and says_nothing(folder.sources[one.settings].text)


def check_settings_gone(folder: Folder, one: FoundEdition, others: Iterable[str]) -> Iterator[Diagnostic]:
    """What is told of an edition.toml that is gone. A misnamed one is told by its name, an empty one has no title."""
    if one.settings is None and not _misnamed(others) and _had_dek(folder, one):
        message = "when this edition was last built a text of it had a dek, and it has no edition.toml any more"
        hint = "put its edition.toml back; if it is to do without, take this file away"
        # Its paragraphs would be counted otherwise: to publish that is what nobody means.
        yield replace(diagnose("G112", Place(_lock(one)), message, hint), severity=Severity.ERROR)


def _misnamed(others: Iterable[str]) -> bool:
    return any(meant(name, ()) == "edition.toml" for name in others)


def _had_dek(folder: Folder, one: FoundEdition) -> bool:
    return _lock(one) in folder.sources and _DEK in folder.sources[_lock(one)].text


def _lock(one: FoundEdition) -> str:
    return f"{one.folder}/{LOCK}".removeprefix("/")
