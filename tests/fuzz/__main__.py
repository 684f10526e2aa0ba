"""`python -m tests.fuzz`: random inputs for a time, target after target -> what was found, kept in `found/`.

What is kept there is tried again by the ordinary tests. The exit status is 1 where anything was found.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
import traceback
from hashlib import sha256
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.targets import TARGETS, Target

FOUND = Path(__file__).with_name("found")
ROUND = 50
"""Inputs between two looks at the clock."""


def main() -> int:
    """Fuzz as the command line says."""
    asking = argparse.ArgumentParser(prog="make fuzz", description="Random inputs to what reads files and makes pages.")
    asking.add_argument("--seconds", type=float, default=60, help="how long, in all")
    asking.add_argument("--target", action="append", choices=sorted(TARGETS), help="this alone; may be given again")
    asking.add_argument("--seed", type=int, default=None, help="to have the same inputs again")
    asked = asking.parse_args()
    chance = random.Random(asked.seed)
    names = asked.target or list(TARGETS)
    counts = dict.fromkeys(names, 0)
    kept: list[Path] = []
    end = time.monotonic() + asked.seconds
    broken: set[str] = set()
    while time.monotonic() < end and len(broken) < len(names):
        for name in names:
            if name in broken or time.monotonic() >= end:
                continue
            tried, found = _round(TARGETS[name], chance.getrandbits(64))
            counts[name] += tried
            if found is not None:
                broken.add(name)
                kept.append(_keep(name, *found))
    for name in names:
        print(f"{name:12} {counts[name]:>9,} inputs{'  FOUND' if name in broken else ''}")
    print(f"{sum(counts.values()):,} inputs, {len(kept)} findings")
    for path in kept:
        print(os.path.relpath(path))
    return 1 if kept else 0


def _round(target: Target, chance: int) -> tuple[int, tuple[object, str] | None]:
    """Some inputs: how many, and the smallest that failed, with how it did."""
    tried = 0
    last: object = None

    @seed(chance)
    @settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(target.inputs)
    def hold(one: object) -> None:
        nonlocal tried, last
        tried += 1
        last = one
        target(one)

    try:
        hold()
    except Exception:
        return tried, (last, traceback.format_exc(limit=-4))
    return tried, None


def _keep(name: str, one: object, how: str) -> Path:
    words = json.dumps(one, ensure_ascii=True)
    path = FOUND / name / f"{sha256(words.encode()).hexdigest()[:12]}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words + "\n", encoding="utf-8")
    print(f"{name}: {words}\n{how}", file=sys.stderr, flush=True)
    return path


if __name__ == "__main__":
    sys.exit(main())
