"""Arguments -> the tables: quotations × kinds of edit, with the lock and without."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from benchmarks.anchoring.forms import Mode
from benchmarks.anchoring.kinds import KINDS
from benchmarks.anchoring.shapes import SHAPES, shape
from benchmarks.anchoring.table import table, tallied
from benchmarks.anchoring.trial import Case, cases
from benchmarks.anchoring.truth import Fate
from builder.model.note import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Try and print."""
    asked = _asked(arguments)
    before = time.process_time()
    tried = list(_tried(asked))
    for mode in Mode:
        if mode.value in asked.modes:
            print(f"\n{mode.value}, by kind of edit\n{table(tallied(tried, lambda case: case.kind), mode)}")
            print(f"\n{mode.value}, by text\n{table(tallied(tried, lambda case: case.shape), mode)}")
    bad = [case for case in tried if _is_bad(case)]
    for case in sorted(bad, key=lambda case: case.state is not State.EXACT)[: asked.show]:
        print(shown(case))
    print(f"\n{len(tried)} cases, {time.process_time() - before:.1f} s CPU, seed {asked.seed}")


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.anchoring", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quotations", type=int, default=24, help="for each text and kind of edit")
    parser.add_argument("--texts", nargs="+", choices=SHAPES, default=SHAPES)
    parser.add_argument("--rows", nargs="+", choices=[kind.name for kind in KINDS], default=[], metavar="EDIT")
    parser.add_argument("--modes", nargs="+", choices=[mode.value for mode in Mode], default=["lock", "alone"])
    parser.add_argument("--show", type=int, default=0, help="print so many that went wrong, silent ones first")
    return parser.parse_args(arguments)


def _tried(asked: argparse.Namespace) -> Iterator[Case]:
    for name in asked.texts:
        text = shape(name, asked.seed)
        for kind in KINDS:
            if not asked.rows or kind.name in asked.rows:
                yield from cases(text, kind, asked.quotations, asked.seed, [Mode(mode) for mode in asked.modes])


def _is_bad(case: Case) -> bool:
    if not case.decidable:
        return False
    if case.truth.fate is Fate.SURVIVES:
        return not case.right or (case.moved and case.mode is not Mode.ALONE and case.state is State.EXACT)
    return case.found is not None and not case.right and (case.truth.fate is Fate.GONE or case.state is State.EXACT)


def shown(case: Case) -> str:
    """A case to look into."""
    place = case.truth.places[0] if case.truth.places else None
    lines = [
        f"\n{case.mode.value} / {case.shape} / {case.kind}: {case.truth.fate.value}, told {case.state.value}",
        f"  sought  {case.old[max(0, case.span.start - 40) : case.span.start]!r}",
        f"          {case.quotation!r}",
        f"          {case.old[case.span.end : case.span.end + 40]!r}",
    ]
    for name, span in (("truth", place), ("found", case.found)):
        if span is not None:
            text = case.new.text
            parts = (
                text[max(0, span.start - 40) : span.start],
                text[span.start : span.end],
                text[span.end : span.end + 40],
            )
            lines += [f"  {label}{part!r}" for label, part in zip((f"{name}   ", " " * 8, " " * 8), parts, strict=True)]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
