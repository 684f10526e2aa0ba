"""`Slot`: where what a macro makes of a view is kept, to be taken again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

PARAGRAPH, LISTED = "para", "listed"
"""The macros that set a paragraph with its notes, and a note in the list of all."""


class Slot:
    """What a macro makes of a view; None until it is made."""

    __slots__ = ("macro", "made", "view")

    def __init__(self, macro: str, view: object = None, made: Markup | None = None) -> None:
        """`view` is held, so that no other can take its place in memory; None until there is one."""
        self.macro, self.view, self.made = macro, view, made
