"""What one page of an edition takes over from another as it was set: plain paragraphs that lead to terms alone.

Such a paragraph is the same in the file that needs no other as on the page on which the edition is read, and to weave
and set ten thousand of them a second time was most of what that file cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from builder.render.address import GLOSSARY_PAGE
from builder.render.slot import PARAGRAPH, Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.model.prose import Frame, Span
    from builder.model.text import Text
    from builder.render.keeping import Keeper
    from builder.render.matter import Matter
    from builder.render.plain_pieces import Plain
    from builder.render.views import PieceView


class Reprint:
    """The paragraphs of one edition, as the page set them that a keeper kept."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self.styles = keeper.styles
        """The rules of style of the pieces, by their ids."""
        self.slots: dict[int, Slot] = {}
        """What is made of views, by their places in memory."""

    def sort(self, _: Matter, text: Text, __: Sequence[tuple[int, Frame]], ___: Iterable[Span]) -> dict[int, Plain]:
        """The plain pieces of a text by their index: as the keeper sorted them."""
        return self._keeper.plain(text.id)

    def stood(self, piece: str) -> bool:
        """Whether a piece can be taken over: all its links are to what the file holds."""
        return self._made(piece) is not None

    def piece(self, view: PieceView) -> PieceView:
        """The view of a piece that is taken over: it need not say more than its id."""
        self.slots[id(view)] = Slot(PARAGRAPH, view, self._made(view.id))
        return view

    def _made(self, piece: str) -> Markup | None:
        """Its HTML as it stands in the file; the glossary is a part of that."""
        made = self._keeper.made(piece)
        if made is None or "src=" in made:
            return None
        within = str.replace(made, _ELSEWHERE, _HERE)
        return Markup(within) if within.count('href="') == within.count(_HERE) else None


_ELSEWHERE, _HERE = f'href="{GLOSSARY_PAGE}#', 'href="#'
"""How a link to a term begins; words are never taken for one, since their quotation marks are escaped."""
