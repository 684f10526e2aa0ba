"""Values written by the house's own declaration: what they are made from, and that the first is as the later ones."""

from __future__ import annotations

from dataclasses import field, fields, replace

import pytest

from builder.model.value import value_class


@value_class(frozen=True, slots=True)
class Sample:
    """A value with one field of each kind."""

    name: str
    held: dict[str, int] = field(default_factory=dict)
    aside: int = field(default=3, compare=False)

    def __post_init__(self) -> None:
        """Look at what was given."""
        self.held.setdefault("seen", 1)


def test_the_first_value_is_made_as_the_later_ones() -> None:
    first, second = Sample("a"), Sample("a", aside=4)
    assert first == second
    assert first.held == {"seen": 1}
    assert first.held is not second.held
    assert (first.aside, second.aside) == (3, 4)
    assert replace(first, name="b") != first
    assert [one.name for one in fields(first)] == ["name", "held", "aside"]


@pytest.mark.parametrize("given", [(), ("a", {}, 1, 2)], ids=str)
def test_a_value_wants_its_fields(given: tuple[object, ...]) -> None:
    with pytest.raises(TypeError, match="argument"):
        Sample(*given)  # type: ignore[arg-type]
