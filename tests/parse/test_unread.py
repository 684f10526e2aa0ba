"""What shows as it was typed is told where it stands, past whatever is escaped; many take time that grows with them."""

from __future__ import annotations

import time

import pytest

from builder.parse.markdown import parse_body


def told(source: str) -> list[tuple[str, int, int]]:
    return [(one.code, one.place.line, one.place.column) for one in parse_body(source, path="f", line=1)[1]]


@pytest.mark.parametrize(
    ("source", "column"),
    [
        (r"\[[lender and [[lender", 15),
        (r"\[@key p. 3] and [@key p. 3]", 18),
        ("[@key] and \\[@key and [@key", 23),
        (r"@key\] and \@key] and @key]", 23),
    ],
)
def test_what_is_escaped_before_it_hides_nothing(source: str, column: int) -> None:
    assert [found[2] for found in told(source)] == [column]


@pytest.mark.parametrize("typed", [r"\[@a", r"\[@a{} ", r"\[\[", r"\[\[a{} "])
def test_many_take_no_longer_than_they_must(typed: str) -> None:
    source = "".join(typed.replace("{}", str(number)) for number in range(20_000))
    begun = time.process_time()
    told(source)
    assert time.process_time() - begun < 8
