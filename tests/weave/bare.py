"""Ink that knows nothing of a page: what is written is the words' own HTML."""

from __future__ import annotations

from builder.render.ink import Ink

BARE = Ink("", False, lambda _: ("", ""), lambda _: ("", "", ""), lambda src: src, lambda _, __: ("", "", "", ""))
