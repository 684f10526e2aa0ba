"""Functions of one immutable value -> the same, asked once for each: what a site's editions share is large."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")
Result = TypeVar("Result")

KEPT = 4
"""Answers kept at hand: a site's shared glossary, as each audience sees it, and the edition that is being read."""


def remembered(function: Callable[[Value], Result]) -> Callable[[Value], Result]:
    """The function, which looks at a value again only when it is another one than the last few.

    "Another" by identity: to compare 5,000 entries would cost what is to be saved.
    """
    kept: list[tuple[Value, Result]] = []

    @wraps(function)
    def look(values: Value) -> Result:
        for known, result in kept:
            if known is values:
                return result
        result = function(values)
        kept.insert(0, (values, result))
        del kept[KEPT:]
        return result

    return look
