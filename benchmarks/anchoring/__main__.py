"""`python -m benchmarks.anchoring`: the table, over all texts; `--count`, `--seed`, `--text`, `--wrong` to look closer."""

from __future__ import annotations

import argparse
from collections import Counter

from benchmarks.anchoring.table import table
from benchmarks.anchoring.texts import texts
from benchmarks.anchoring.trial import Row, Trial


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.anchoring", description=__doc__)
    parser.add_argument("--count", type=int, default=40, help="quotations for each text and kind of edit")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--text", action="append", help="this text alone; may be repeated")
    parser.add_argument("--long", action="store_true", help="with a text of 100,000 words: minutes")
    parser.add_argument("--wrong", action="store_true", help="tell each one that was missed or put on other words")
    parser.add_argument("--each", action="store_true", help="a table for each text")
    given = parser.parse_args()
    rows: dict[tuple[str, str], Row] = {}
    for name, sentences in texts(seed=given.seed, long=given.long).items():
        if given.text and name not in given.text:
            continue
        made = Trial(sentences, seed=given.seed, count=given.count).run()
        if given.each:
            print(table(made, title=name))
        for key, row in made.items():
            whole = rows.setdefault(key, Row(Counter()))
            whole.counts.update(row.counts)
            whole.wrong += [f"{name}, {key[1]}, {key[0]}: {one}" for one in row.wrong]
    print(table(rows, title="all texts"))
    if given.wrong:
        print("\n".join(one for row in rows.values() for one in row.wrong))


if __name__ == "__main__":
    main()
