"""Where the theme's files and the pictures lie in the folder that the compiler reads."""

from __future__ import annotations

MAIN, PICTURES = "handout.typ", "images/"
