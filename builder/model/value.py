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
        it writes none, but for a class with others above it; and what `fields` and `replace` want to know of a class
        is worked out when they ask. Values are equal, ordered and hashed by their fields as they are there.
        """
        assert frozen

        def declare(kind: type) -> type:
            if slots and _is_common(kind):
                made = _made(kind)
                names = tuple(name for name in made.__match_args__ if _is_compared(vars(kind).get(name)))
            else:
                made = dataclass(slots=slots, repr=False, eq=False)(kind)
                names = tuple(field.name for field in fields(made) if field.compare)
            _compare(made, names, order)
            made.__repr__ = _shown
            return made

        return declare

    def _is_common(kind: type) -> bool:
        """Whether a class has nothing but fields of its own, each given when a value is made, or made itself."""
        ordinary = not any(str(hint).startswith(_ODD) for hint in kind.__annotations__.values())
        held = [one for one in vars(kind).values() if isinstance(one, Field)]
        return kind.__bases__ == (object,) and ordinary and all(one.init and one.kw_only is not True for one in held)

    def _is_compared(held: object) -> bool:
        return not isinstance(held, Field) or held.compare

    _ODD = ("ClassVar", "InitVar", "KW_ONLY")
    """How annotations begin of what is no field, or no common one."""

    def _made(kind: type) -> type:
        """A class with a slot for each field. What was to be the defaults is left out: slots stand in their place."""
        names = tuple(kind.__annotations__)
        given = vars(kind)
        space = {name: one for name, one in given.items() if name not in names and name not in _OF_NO_SLOTS}
        made = type(kind.__name__, (object,), {**space, "__slots__": names, "__match_args__": names})
        made.__qualname__ = kind.__qualname__
        made.__init__ = _setter(names, [given.get(name, MISSING) for name in names], hasattr(kind, "__post_init__"))
        for asked in ("__dataclass_fields__", "__dataclass_params__"):
            setattr(made, asked, _Asked(asked, kind))
        return made

    _OF_NO_SLOTS = frozenset({"__dict__", "__weakref__"})

    class _Asked:
        """What `dataclass` tells of a class, told when somebody asks: of hundreds of classes few are asked."""

        def __init__(self, name: str, kind: type) -> None:
            self.name, self.kind = name, kind

        def __get__(self, _: object, owner: type) -> object:
            if "__dataclass_fields__" not in vars(self.kind):
                dataclass(init=False, repr=False, eq=False)(self.kind)
            told = getattr(self.kind, self.name)
            setattr(owner, self.name, told)
            return told

    def _setter(names: tuple[str, ...], held: list[object], looks: bool) -> FunctionType:
        """`__init__` that sets these fields, the last of which may have defaults, and then `looks` at them."""
        made = [one.default_factory if isinstance(one, Field) else MISSING for one in held]
        defaults = [_default(one) for one in held]
        given = [one for one in defaults if one is not MISSING]
        if MISSING in defaults[len(names) - len(given) :]:
            raise TypeError("a field without a default follows one that has one")
        # The code is the same for as many fields of other names: to write and compile it anew takes far longer.
        code = _numbered(tuple(one is not MISSING for one in made), looks).__code__
        named = {f"_{number}": name for number, name in enumerate(names)}
        code = code.replace(co_varnames=("self", *names), co_names=tuple(named.get(one, one) for one in code.co_names))
        space = {f"make{number}": one for number, one in enumerate(made) if one is not MISSING}
        return FunctionType(code, {**space, "none": _NONE}, "__init__", tuple(given))

    _NONE = object()
    """What stands for a value that wasn't given, where one is made."""

    def _default(held: object) -> object:
        if not isinstance(held, Field):
            return held
        return held.default if held.default_factory is MISSING else _NONE

    @cache
    def _numbered(made: tuple[bool, ...], looks: bool) -> FunctionType:
        """`__init__` for so many fields: def __init__(self, _0, _1): self._0 = _0; self._1 = _1."""
        names = [f"_{one}" for one in range(len(made))]
        values = [f"{name} if {name} is not none else make{name[1:]}()" for name in names]
        steps = [
            f"self.{name} = {value if own else name}" for name, value, own in zip(names, values, made, strict=True)
        ]
        steps += ["self.__post_init__()"] if looks else []
        space: dict[str, FunctionType] = {}
        exec(f"def __init__({', '.join(('self', *names))}): {'; '.join(steps) or 'pass'}", space)  # of ours alone
        return space["__init__"]

    def _compare(made: type, names: tuple[str, ...], order: bool) -> None:
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
