"""Where the theme's files, its faces and the pictures lie in the folder that the compiler reads."""

from __future__ import annotations

MAIN, FACES, PICTURES = "handout.typ", "faces", "images/"
