"""Functions of immutable values -> the same, asked once for each: what a site's editions share is large."""

from __future__ import annotations

from functools import wraps
from operator import is_
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Values = ParamSpec("Values")
Result = TypeVar("Result")

KEPT = 4
"""Answers kept at hand: a site's shared glossary, as each audience sees it, and the edition that is being read."""


def remembered(function: Callable[Values, Result]) -> Callable[Values, Result]:
    """The function, which looks at values again only when they are others than the last few.

    "Another" by identity: to compare 5,000 entries would cost what is to be saved.
    """
    kept: list[tuple[tuple[object, ...], Result]] = []

    @wraps(function)
    def look(*values: Values.args, **named: Values.kwargs) -> Result:
        assert not named
        for known, result in kept:
            if all(map(is_, known, values)):
                return result
        result = function(*values, **named)
        kept.insert(0, (values, result))
        del kept[KEPT:]
        return result

    return look
