"""Values of classes that the house declares in its own way: what they are made from, as `dataclass` has it."""

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


def test_a_value_with_fields_of_its_own_kind() -> None:
    first, second = Sample("a"), Sample("a", aside=4)
    assert first == second
    assert first.held == {"seen": 1}
    assert first.held is not second.held
    assert (first.aside, second.aside) == (3, 4)
    assert replace(first, name="b") != first
    assert [one.name for one in fields(first)] == ["name", "held", "aside"]


@value_class(frozen=True, slots=True)
class Plain:
    """A value that only sets its fields."""

    one: int
    other: str = "b"
    third: tuple[int, ...] = ()


def test_a_plain_value_sets_its_fields() -> None:
    first = Plain(1, third=(2,))
    assert (first.one, first.other, first.third) == (1, "b", (2,))
    assert replace(first, one=3) == Plain(3, "b", (2,))
    assert repr(first) == "Plain(one=1, other='b', third=(2,))"
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'one'"):
        Plain()  # type: ignore[call-arg]


def test_a_default_stands_behind_what_has_none() -> None:
    class Kind:
        """Its second field can't be given without the first."""

        one: int = 1
        other: int

    with pytest.raises(TypeError):
        value_class(frozen=True, slots=True)(Kind)


@pytest.mark.parametrize("given", [(), ("a", {}, 1, 2)], ids=str)
def test_a_value_wants_its_fields(given: tuple[object, ...]) -> None:
    with pytest.raises(TypeError, match="argument"):
        Sample(*given)  # type: ignore[arg-type]
