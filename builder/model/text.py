"""`Text`: one authored piece, its title page and its prose."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from builder.model.value import value_class

if TYPE_CHECKING:
    from builder.model.diagnostic import Place
    from builder.model.prose import Prose


class RawHtmlPolicy(Enum):
    """What becomes of HTML that an author typed into a text."""

    KEEP = "keep"
    CLEAN = "clean"
    ESCAPE = "escape"


@value_class(frozen=True, slots=True)
class TitlePage:
    """What is known of a text besides its words. "" where it is not known."""

    title: str
    """As plain words: the setting, else the leading heading, else the file's name."""
    author: str = ""
    date: str = ""
    source: str = ""
    rights: str = ""
    language: str = "en"
    responds_to: str = ""


@value_class(frozen=True, slots=True)
class Text:
    """One authored piece, never touched."""

    id: str
    siglum: str
    title_page: TitlePage
    prose: Prose
    place: Place
    images: tuple[str, ...] = ()
    """Local pictures that it shows, as paths relative to the edition's folder."""
    unread: bool = False
    """Whether its words couldn't be read, or there are none: then what is sought in it is lost without a word."""
