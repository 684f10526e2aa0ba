"""`value`: how classes of frozen values are declared of which a build makes thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["value"]

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import dataclass

    def value(*, frozen: bool, slots: bool, order: bool = False) -> object:
        """`dataclass`, whose values are frozen by the type checker, not while the program runs.

        To refuse assignments Python sets each field of each new value by a call, and that alone took a tenth of a
        build. Values are equal and hashed by their fields as they are where Python guards them too.
        """
        return dataclass(slots=slots, order=order, unsafe_hash=frozen)
