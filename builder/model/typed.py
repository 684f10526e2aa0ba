"""Addresses as they were typed: where, and how."""

from __future__ import annotations

from enum import Enum

from builder.model.value import value_class


class Way(Enum):
    """How an address was typed."""

    LINK = "link"
    IMAGE = "image"
    """These stand in the order of the prose's own."""
    HTML = "html"


@value_class(frozen=True, slots=True)
class Typed:
    """An address as the page has it, and line and column at which it was typed."""

    address: str
    line: int
    column: int
    way: Way
