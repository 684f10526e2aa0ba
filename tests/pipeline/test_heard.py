"""What comes of something else that is told isn't told too."""

from __future__ import annotations

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.pipeline.levels import heard


def test_a_picture_that_is_not_there_is_told_once() -> None:
    lacking = diagnose("G121", Place("a.md", 3, 9), "the picture “/x.png” lies outside the edition's folder")
    dead = [diagnose("G601", Place("a.md", 3, column), "“/x.png” leads nowhere") for column in (9, 30)]
    assert heard([lacking, *dead]) == [lacking, dead[1]]
