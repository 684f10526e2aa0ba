"""`value_class`: how classes of frozen values are declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["value_class"]

if TYPE_CHECKING:
    from dataclasses import dataclass as value_class
else:
    from dataclasses import MISSING, Field, dataclass, fields
    from functools import cache
    from operator import attrgetter
    from types import FunctionType

    def value_class(*, frozen: bool, slots: bool, order: bool = False) -> object:
        """`dataclass(frozen=True, slots=True)`, whose values the type checker keeps frozen, not the running program.

        To refuse assignments Python sets each field of each new value by a call, and that alone took a tenth of a
        build; and it writes and compiles the text of six methods for each class, which took 60 ms of each start. Here
        it writes none, but for a class that makes more of its fields than to set them. Values are equal, ordered and
        hashed by their fields as they are there.
        """
        assert frozen

        def declare(kind: type) -> type:
            plain = _is_plain(kind)
            made = dataclass(init=not plain, slots=slots, repr=False, eq=False)(kind)
            if plain:
                made.__init__ = _setter(fields(made))
            names = [field.name for field in fields(made) if field.compare]
            _compare(made, names, order)
            made.__repr__ = _shown
            return made

        return declare

    def _is_plain(kind: type) -> bool:
        """Whether to make a value of a class is to set its fields, and no more."""
        alone = kind.__bases__ == (object,) and not hasattr(kind, "__post_init__")
        return alone and not any(isinstance(one, Field) for one in vars(kind).values())

    def _setter(held: tuple[Field, ...]) -> FunctionType:
        """`__init__` that sets these fields; the last of them may have defaults."""
        names = tuple(one.name for one in held)
        defaults = tuple(one.default for one in held if one.default is not MISSING)
        if any(one.default is not MISSING for one in held[: len(held) - len(defaults)]):
            raise TypeError("a field without a default follows one that has one")
        # The code is the same for as many fields of other names: to write and compile it anew takes far longer.
        code = _numbered(len(names)).__code__.replace(co_varnames=("self", *names), co_names=names)
        return FunctionType(code, {}, "__init__", defaults)

    @cache
    def _numbered(number: int) -> FunctionType:
        """`__init__` for so many fields: def __init__(self, _0, _1): self._0 = _0; self._1 = _1."""
        names = [f"_{one}" for one in range(number)]
        space: dict[str, FunctionType] = {}
        steps = "; ".join(f"self.{name} = {name}" for name in names) or "pass"
        exec(f"def __init__({', '.join(('self', *names))}): {steps}", space)  # nothing of anybody's stands in it
        return space["__init__"]

    def _compare(made: type, names: list[str], order: bool) -> None:
        read = attrgetter(*names) if names else lambda _: ()
        held = read if len(names) != 1 else lambda one: (read(one),)

        def equal(one: object, other: object) -> object:
            return held(one) == held(other) if other.__class__ is one.__class__ else NotImplemented

        def less(one: object, other: object) -> object:
            return held(one) < held(other) if other.__class__ is one.__class__ else NotImplemented

        made.__eq__ = equal
        made.__hash__ = lambda one: hash(held(one))
        if order:
            made.__lt__ = less
            made.__le__ = lambda one, other: one == other or less(one, other)

    def _shown(one: object) -> str:
        said = (f"{field.name}={getattr(one, field.name)!r}" for field in fields(one) if field.repr)
        return f"{type(one).__qualname__}({', '.join(said)})"
