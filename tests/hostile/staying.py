"""A program that stays: a word is changed in a text, again and again -> the CPU seconds of each build after it.

A process of its own, as the program is: a test's has a heap of thousands of others.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from pathlib import Path

from builder.shell.build import Order
from builder.shell.workshop import Workshop

NUMBERS = (100, 700, 1900, 2300, 4100)


def main(folder: Path) -> list[float]:
    """The seconds; `folder` holds the site and its output, made once."""
    text = folder / "site/fox/fable.md"
    workshop = Workshop(Order(folder / "site", folder / "out"), generation=None, report=lambda _: ())
    spent = []
    for number in NUMBERS:
        text.write_text(text.read_text().replace(f" c{number} ", " other ", 1))
        gc.disable()
        start = time.process_time()
        made = workshop.make(frozenset({os.path.realpath(text)}))
        spent.append(time.process_time() - start)
        gc.enable()
        assert made is not None
        assert made.outcome is not None
        assert made.outcome.published is not None
    return spent


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
