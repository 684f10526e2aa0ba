"""`value_class`: how classes of frozen values are declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["value_class"]

if TYPE_CHECKING:
    from dataclasses import dataclass as value_class
else:
    from dataclasses import dataclass, fields
    from operator import attrgetter

    def value_class(*, frozen: bool, slots: bool, order: bool = False) -> object:
        """`dataclass(frozen=True, slots=True)`, whose values the type checker keeps frozen, not the running program.

        To refuse assignments Python sets each field of each new value by a call, and that alone took a tenth of a
        build; and it writes and compiles the text of six methods for each class, which took 60 ms of each start. Here
        it writes one, once a first value is made: most classes that a start declares have none in a short run. Values
        are equal, ordered and hashed by their fields as they are there.
        """
        assert frozen

        def declare(kind: type) -> type:
            made = dataclass(init=False, slots=slots, repr=False, eq=False)(kind)
            _write_when_asked(made)
            names = [field.name for field in fields(made) if field.compare]
            _compare(made, names, order)
            made.__repr__ = _shown
            return made

        return declare

    def _write_when_asked(made: type) -> None:
        def write(value: object, /, *given: object, **named: object) -> None:
            after = {"__post_init__": made.__post_init__} if hasattr(made, "__post_init__") else {}
            held = {field.name: field for field in fields(made)}
            kinds = {name: field.type for name, field in held.items()}
            space = {"__module__": made.__module__, "__qualname__": made.__qualname__, "__annotations__": kinds}
            like = type(made.__name__, (), {**space, **held, **after})
            made.__init__ = dataclass(repr=False, eq=False)(like).__init__
            made.__init__(value, *given, **named)

        made.__init__ = write

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
