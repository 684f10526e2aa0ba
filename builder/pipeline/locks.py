"""What a build came to, and which locks were written after it -> what the next build must know; what is unwritten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.pipeline.reading import lock_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.pipeline.circumstances import Making


def as_written(making: Making, digests: Mapping[str, str]) -> Making:
    """The making, as if it had been made from the locks that were written after it: path -> digest.

    It would have come to the same: that is the law of locks.
    """
    return replace(making, facts=replace(making.facts, files={**making.facts.files, **digests}))


def unwritten(making: Making) -> bool:
    """Whether there is an edition whose lock isn't the one that it is to have."""
    files = making.facts.files
    return any(made.lock and files.get(lock_path(made.settings)) != made.lock for made in making.editions.values())
