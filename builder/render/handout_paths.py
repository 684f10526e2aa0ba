"""Where an edition's handouts and flash cards lie, and the links to those that its readers may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.note import Audience
from builder.render.views import LinkView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.site import HandoutSettings, Settings
    from builder.render.desk import Desk

HANDOUT = "handout"
"""What is asked for in `outputs`."""


def handout_path(edition: str, handout: str) -> str:
    """The path in the output of a handout."""
    return f"{edition}/handout-{handout}.pdf"


def flashcards_path(edition: str) -> str:
    """The path in the output of an edition's flash cards."""
    return f"{edition}/cards.txt"


def handouts_of(handouts: tuple[HandoutSettings, ...], settings: Settings) -> tuple[HandoutSettings, ...]:
    """Those of an edition's handouts that are made: none where `outputs` doesn't name them.

    Of a site that is said to be made for students none for teachers.
    """
    if HANDOUT not in settings.outputs:
        return ()
    return tuple(one for one in handouts if not settings.students_alone or one.audience is not Audience.TEACHER)


def on_paper(desk: Desk, settings: Settings) -> Iterator[LinkView]:
    """Links to an edition's handouts and flash cards. Students' pages don't lead to a teacher's, though it is there."""
    edition, words = desk.matter.edition, desk.words
    for one in handouts_of(edition.settings.handouts, settings):
        if one.audience is not Audience.TEACHER or settings.audience is Audience.TEACHER:
            side = "facing" if one.layout == "facing" else "student"
            key = "handout.for_teacher" if one.audience is Audience.TEACHER else f"handout.{side}"
            href = desk.spot.to(handout_path(edition.id, one.id))
            yield LinkView(href, words.say(key, paper=words.say(f"handout.{one.paper}")), "application/pdf")
    if HANDOUT in settings.outputs and desk.matter.filed:
        yield LinkView(desk.spot.to(flashcards_path(edition.id)), words.say("handout.cards"), "text/plain")
