"""Jinja's sandbox and compiler, as our templates are set: quick for what is most often true, bounded for all else."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined
from jinja2.compiler import CodeGenerator, optimizeconst
from jinja2.nodes import Filter, For
from jinja2.runtime import LoopContext, Macro, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing
from markupsafe import Markup, escape

from builder.render import conversation_views, views
from builder.render.bounds import CALL, INCLUDE, METHODS, Budget, filters
from builder.render.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, MutableMapping

    from jinja2 import BaseLoader, Template
    from jinja2.compiler import Frame
    from jinja2.nodes import Concat, Expr, Getattr, Operand
    from jinja2.nodes import Template as Tree
    from jinja2.runtime import Context

    from builder.render.keeping import Slot


_NOTHING = object()
_MARKUP = str.__new__
"""Makes HTML of words that are known to be no more than words: `Markup` itself would ask what they are."""
_SPECIAL = re.compile("[&<>'\"]").search
_VIEWS = frozenset(
    kind
    for module in (views, conversation_views)
    for kind in vars(module).values()
    if isinstance(kind, type) and hasattr(kind, "__match_args__")
)
_PLAIN = frozenset({str, bool})
_WORDS = frozenset({str, Markup})
_HARMLESS = frozenset({"split", "startswith"})
"""What our own templates ask of words."""
_OPEN = _VIEWS | {LoopContext, Namespace}
_HOLDERS = {
    name: frozenset(kind for kind in _VIEWS if name in kind.__match_args__)
    for view in _VIEWS
    for name in view.__match_args__
}
"""Name of a field -> the views that have it."""

COUNTED = "_counted"
"""The filter through which every loop goes; no template can ask for it by a name that begins so."""


class Missing(StrictUndefined):
    """A name that isn't there: it says what it may have been meant to be."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or self._undefined_obj is missing or not isinstance(self._undefined_name, str):
            return super()._undefined_message
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


def _shown(value: object) -> str:
    return value if type(value) is str and not _SPECIAL(value) else escape(value)


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


class _Setter(CodeGenerator):
    """Jinja's compiler, whose templates look first for what is most often true.

    A value that is shown is HTML already or has nothing to escape; an attribute is a view's field or a key of our
    words.
    """

    @optimizeconst
    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802  (Jinja's name)
        """An attribute, read in place where the value is a view with such a field or a dict with such a key."""
        held, name = self.temporary_identifier(), node.attr
        if name in _HOLDERS:
            self.write(f"({held}.{name} if type({held} := ")
            self.visit(node.node, frame)
            self.write(f") in environment.holders[{name!r}]")
        else:
            self.write(f"({held}[{name!r}] if type({held} := ")
            self.visit(node.node, frame)
            self.write(f") is dict and {name!r} in {held}")
        self.write(f" else environment.getattr({held}, {name!r}))")

    @optimizeconst
    def visit_Concat(self, node: Concat, frame: Frame) -> None:  # noqa: N802
        """What `~` joins, counted."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    @optimizeconst
    def visit_Operand(self, node: Operand, frame: Frame) -> None:  # noqa: N802
        """One side of a comparison; what is searched is counted."""
        if not node.op.endswith("in"):
            super().visit_Operand(node, frame)
            return
        self.write(" in environment.counted(" if node.op == "in" else " not in environment.counted(")
        self.visit(node.expr, frame)
        self.write(")")

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self._value = self.temporary_identifier()
            self.write(f"({self._value} if type({self._value} := ")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(f") is Markup else environment.shown({self._value}))")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a short way for what a theme may always read: the fields of our own views.

    The sandbox asks a dozen questions of every attribute, which took a third of the time of a build. Views are frozen
    and hold nothing but values, so their public fields need none, nor do the public parts of Jinja's own loops and
    namespaces; everything else goes the long way. `_Setter` writes most fields of views into the templates' code.

    What a page takes is counted in `budget`, which is to be renewed for each.
    """

    code_generator_class = _Setter
    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.budget = Budget()
        self.slots: Mapping[int, Slot] = {}
        self.shown = _shown
        self.holders = _HOLDERS
        self.counted = self.budget.counted
        self.concat = self.budget.joined  # type: ignore[method-assign]
        self.filters = {**filters(self.budget), "fill": fill, "once": _Once(self.budget), COUNTED: self.counted}
        del self.globals["lipsum"]  # it says something else each time

    def joined(self, parts: Iterable[object]) -> str:
        """What `~` makes."""
        return self.budget.written(markup_join(parts))

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
        if (kind in _OPEN and attribute[:1] != "_") or (kind in _WORDS and attribute in _HARMLESS):
            value = getattr(obj, attribute, _NOTHING)
            if value is not _NOTHING:
                return value
        return super().getattr(obj, attribute)

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
        self.budget.spend(CALL)
        if type(obj) is not Macro:
            if isinstance(obj, LoopContext):
                arguments = tuple(map(self.counted, arguments))
            return super().call(context, obj, *arguments, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)
        slot = self.slots.get(id(arguments[0])) if self.slots and arguments else None
        if slot is not None and slot.macro == obj.name:
            if slot.made is None:
                slot.made = Markup(obj(context.eval_ctx, *arguments, **named))
            return slot.made
        left = obj._argument_count - len(arguments)
        if named or left < 0 or obj.caller or obj.catch_kwargs or obj.catch_varargs:
            return obj(context.eval_ctx, *arguments, **named)
        made = obj._func(*arguments, *[missing] * left) if left else obj._func(*arguments)
        return made if type(made) is Markup or not context.eval_ctx.autoescape else _MARKUP(Markup, made)
