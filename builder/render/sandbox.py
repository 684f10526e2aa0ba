"""Jinja's sandbox and compiler, as our templates are set: quick for what is most often true, bounded for all else."""

from __future__ import annotations

from difflib import get_close_matches
from operator import getitem
from typing import TYPE_CHECKING, Any

import markupsafe
from jinja2 import StrictUndefined
from jinja2.nodes import Filter, For
from jinja2.runtime import LoopContext, Macro, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup, escape

from builder.render.bounds import CALL, INCLUDE, METHODS, Budget
from builder.render.filtering import Held, asked, filters, functions, guests_filters, tests
from builder.render.reading import Reading
from builder.render.rewording import kind_of
from builder.render.setter import HOLDERS, VIEWS, Setter
from builder.render.weights import LIGHT, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, MutableMapping

    from jinja2 import BaseLoader, Template
    from jinja2.nodes import Template as Tree
    from jinja2.runtime import Context

    from builder.render.slot import Slot


_NOTHING = object()
_MARKUP = str.__new__
"""Makes HTML of words that are known to be no more than words: `Markup` itself would ask what they are."""
_PLAIN = frozenset({str, bool})
_HARMLESS = frozenset({"split", "startswith"})
"""What our own templates ask of words."""
_OPEN = VIEWS | {LoopContext, Held}

COUNTED = "_counted"
"""The filter through which every loop goes; no template can ask for it by a name that begins so."""


class Missing(StrictUndefined):
    """A name that isn't there: it says what it may have been meant to be."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or self._undefined_obj is missing:
            return super()._undefined_message
        if not isinstance(self._undefined_name, str):
            return f"{kind_of(type(self._undefined_obj).__name__)} has nothing at {self._undefined_name!r}"
        name, holder = self._undefined_name, self._undefined_obj
        if isinstance(holder, dict):
            return f"there is no “{name}” here{meant(name, (key for key in holder if isinstance(key, str)))}"
        fields = getattr(type(holder), "__match_args__", ())
        kind = type(holder).__name__.removesuffix("View").lower() if fields else f"a value of {type(holder).__name__}"
        return f"{kind} has no “{name}”{meant(name, fields)}"


def meant(name: str, known: Iterable[str]) -> str:
    """`; did you mean “title”?`, or "" where nothing that is known is like the name."""
    near = get_close_matches(name, [one for one in known if not one.startswith("_")], 1)
    return f"; did you mean “{near[0]}”?" if near else ""


def _escaped(words: str) -> str:
    return str(escape(words))


escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", _escaped)
"""Words as HTML. What `escape` itself calls, where there is such a thing, makes a third of the way of it."""


def _as_it_is(value: Any, _sought: object = None) -> Any:
    return value


class _Once:
    """The filter `once`: what a macro makes of some values, made anew only for others."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._made: dict[tuple[object, ...], tuple[tuple[object, ...], str]] = {}

    def __call__(self, macro: Macro, *given: object) -> str:
        """A macro that was imported without context, set with the given words, wording and truths."""
        self._budget.spend(CALL)
        held = (macro, *given)
        key = tuple(one if type(one) in _PLAIN else (id(one),) for one in held)
        if key not in self._made:
            if len(self._made) >= KEPT:
                self._made.clear()
            self._made[key] = (held, macro(*given))  # what is held keeps its id
        return self._made[key][1]


KEPT = 256
"""What `once` keeps at most: a theme that gives it what differs on each page gains nothing by it."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a short way for what a theme may always read: the fields of our own views.

    The sandbox asks a dozen questions of every attribute, which took a third of the time of a build. Views are frozen
    and hold nothing but values, so their public fields need none, nor do the public parts of Jinja's own loops and
    namespaces; everything else goes the long way. `Setter` writes most fields of views into the templates' code.

    What a page takes is counted in `budget`, which is to be renewed for each.
    """

    code_generator_class = Setter
    escaped: Callable[[str], str]
    shown: Callable[[object], str]
    compared: Callable[[Any], Any]
    whole: Callable[[Any], Any]
    held: Callable[[Any], Any]
    searched: Callable[[Any, Any], Any]
    sliced: Callable[[Any, slice], Any]
    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self, loader: BaseLoader, *, ours: bool = False) -> None:
        """`ours`: all templates are those of the program itself, so that what they make needs no bounds."""
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            extensions=[Reading],
        )
        self.budget = Budget()
        self.slots: Mapping[int, Slot] = {}
        self.holders = HOLDERS
        self.counted = self.budget.counted
        self.filters = {**filters(self.budget), "once": _Once(self.budget), COUNTED: self.counted}
        self.tests = tests(self.budget)  # type: ignore[assignment]
        self.globals.update(functions(self.budget))
        del self.globals["lipsum"]  # it says something else each time
        self.escaped, self.shown, self.concat = escaped, escape, "".join  # type: ignore[method-assign]
        self.compared = self.held = self.whole = _as_it_is
        self.searched, self.sliced = _as_it_is, getitem
        if not ours:
            self._count()

    def _count(self) -> None:
        """Have all counted that a template may make grow."""
        budget = self.budget
        self.escaped, self.shown, self.concat = self._escaped, self._shown, budget.joined  # type: ignore[method-assign]
        self.compared, self.held, self.whole = budget.compared, budget.held, budget.whole
        self.searched, self.sliced = budget.searched, budget.sliced
        self.filters.update(guests_filters(budget))

    def _escaped(self, words: str) -> str:
        return self.budget.written(escaped(words))

    def _shown(self, value: object) -> str:
        if type(value) in LIGHT:
            return escape(value)
        return self.budget.written(escape(self.budget.whole(value)))

    def joined(self, parts: Iterable[object]) -> str:
        """What `~` makes."""
        return self.budget.written(markup_join(map(self.whole, parts)))

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """An operation that may multiply, when it is known to stay within bounds."""
        self.budget.reckon(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """What the sandbox allows; of Python's own values only what can't make more of them."""
        allowed = METHODS.get(type(obj))
        return attr in allowed if allowed is not None else super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, _value: object) -> None:
        """Nothing: words are put into others by `fill` alone."""

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """A template that is set, extended, included or imported."""
        self.budget.spend(INCLUDE)
        return super().get_template(name, parent, globals)

    def _parse(self, source: str, name: str | None, filename: str | None) -> Tree:
        """A template's tree, in which each loop counts what it goes through."""
        tree = super()._parse(source, name, filename)
        for loop in list(tree.find_all(For)):
            loop.iter = Filter(loop.iter, COUNTED, [], [], None, None, lineno=loop.lineno)
        return tree

    def getattr(self, obj: object, attribute: str) -> object:
        """A field of a view or a key of our words at once; anything else as the sandbox allows."""
        kind = type(obj)
        if kind is dict and attribute in obj:  # type: ignore[operator]
            return obj[attribute]  # type: ignore[index]
        if (kind in _OPEN and attribute[:1] != "_") or (kind in WORDS and attribute in _HARMLESS):
            value = getattr(obj, attribute, _NOTHING)
            if value is not _NOTHING:
                return value
        return super().getattr(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """A field of a view at once, for filters ask for it so; anything else as the sandbox does."""
        self.whole(argument)
        if type(obj) in VIEWS and isinstance(argument, str):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def call(
        self,
        context: Context,
        obj: object,
        *arguments: object,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: object,
    ) -> object:
        """A template's own macro at once, as `Context.call` would; anything else as the sandbox allows."""
        if type(obj) is Macro:
            return self.call_macro(context, obj, *arguments, **named)
        self.budget.spend(CALL)
        if isinstance(obj, LoopContext):
            arguments = tuple(map(self.counted, arguments))
        else:
            asked(self.budget, obj, arguments)
        return super().call(context, obj, *arguments, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)

    def call_macro(self, context: Context, obj: object, *arguments: object, **named: object) -> object:
        """A template's own macro, as `Context.call` would call it; what turns out to be anything else is `call`ed."""
        if type(obj) is not Macro:
            return self.call(context, obj, *arguments, **named)
        self.budget.spend(CALL + len(arguments))
        if self.slots and arguments and (slot := self.slots.get(id(arguments[0]))) and slot.macro == obj.name:
            if slot.made is None:
                slot.made = Markup(obj(context.eval_ctx, *arguments, **named))
            return slot.made
        left = obj._argument_count - len(arguments)
        if named or left < 0 or obj.caller or obj.catch_kwargs or obj.catch_varargs:
            return obj(context.eval_ctx, *arguments, **named)
        made = obj._func(*arguments, *[missing] * left) if left else obj._func(*arguments)
        return made if type(made) is Markup or not context.eval_ctx.autoescape else _MARKUP(Markup, made)
