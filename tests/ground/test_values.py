"""Values of classes that the house declares in its own way: what they are made from, as `dataclass` has it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field, fields, replace

import pytest

from builder.model.coding import Coding, CodingError, encoded
from builder.model.diagnostic import Severity
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


class Word(str):
    """A kind of word."""

    __slots__ = ()


@value_class(frozen=True, slots=True)
class Held:
    """What can be written down."""

    one: Sample | None
    rows: tuple[Plain, ...]
    pair: tuple[int, bool]
    named: Mapping[str, Plain]
    counts: Mapping[str, int]
    word: Word
    level: Severity


@value_class(frozen=True, slots=True)
class Alone:
    """A value of one field."""

    only: tuple[str, ...]


NAMES = {"Sample": Sample, "Plain": Plain, "Mapping": Mapping, "Word": Word, "Severity": Severity}
HELD = Held(None, (Plain(1),), (1, True), {"a": Plain(2, "c")}, {"a": 3}, Word("w"), Severity.ERROR)


def test_what_is_written_down_is_read_again() -> None:
    coding = Coding(Held, NAMES)
    plain = json.loads(json.dumps(coding.encode(HELD)))
    assert coding.decode(plain) == HELD
    assert Coding(Alone, {}).decode(encoded(Alone(("a",)))) == Alone(("a",))


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, "x"), (1, "x"), (1, [3]), (2, [1]), (2, [1, 2]), (2, 3), (3, []), (3, {"a": 1}), (4, {"a": "b"}), (4, []),
        (5, 3), (6, "louder"), (6, []),
    ],
)  # fmt: skip
def test_what_was_not_written_so_is_not_read(at: int, value: object) -> None:
    plain = encoded(HELD)
    plain[at] = value
    with pytest.raises(CodingError):
        Coding(Held, NAMES).decode(plain)


def test_what_can_not_be_written_down() -> None:
    with pytest.raises(TypeError, match="can't be written down"):
        encoded(object())
    with pytest.raises(TypeError, match="can't be written down"):
        Coding(float, {})
    with pytest.raises(CodingError):
        Coding(Alone, {}).decode([[1]])


def test_a_value_of_a_class_with_another_above_it() -> None:
    @value_class(frozen=True, slots=True)
    class Above:
        """The upper one."""

        one: int

    @value_class(frozen=True, slots=True)
    class Below(Above):
        """The lower one."""

        two: int = 2

    assert Below(1) == Below(1, 2) != Below(1, 3)


def test_a_field_without_a_default_stands_first() -> None:
    with pytest.raises(TypeError, match="follows one that has one"):

        @value_class(frozen=True, slots=True)
        class Wrong:
            """No value."""

            one: int = 1
            two: str  # type: ignore[misc]
