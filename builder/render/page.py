"""Views × theme -> pages. The only user of Jinja."""

from __future__ import annotations

import re
from dataclasses import is_dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.compiler import CodeGenerator, optimizeconst
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup, escape

from builder.model.diagnostic import SiteError
from builder.render import conversation_views, views
from builder.render.words import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment
    from jinja2.compiler import Frame
    from jinja2.nodes import Expr, Getattr
    from jinja2.runtime import Context

    from builder.model.theme import Theme


class Press:
    """A theme's templates, compiled once and set as often as there are pages."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._environment = _environment(theme)

    def set(self, template: str, context: Mapping[str, object]) -> bytes:
        """One page as UTF-8. SiteError, with file and line, where a template is at fault."""
        try:
            return self._environment.get_template(f"templates/{template}").render(context).encode()
        except TemplateSyntaxError as fault:
            place = f"{fault.filename or fault.name}:{fault.lineno}"
            raise SiteError(f"theme {self._theme.name}: {place}: {fault.message}") from fault
        except TemplateError as fault:
            raise SiteError(f"theme {self._theme.name}: {_where(fault, template)}: {fault.message}") from fault

    def has(self, template: str) -> bool:
        """Whether the theme has such a template."""
        return f"templates/{template}" in self._theme.files


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a short way for what a theme may always read: the fields of our own views.

    The sandbox asks a dozen questions of every attribute, which took a third of the time of a build. Views are frozen
    and hold nothing but values, so their public fields need none, nor do the public parts of Jinja's own loops and
    namespaces; everything else goes the long way. `_Setter` writes most fields of views into the templates' code.
    """

    def getattr(self, obj: object, attribute: str) -> object:
        """A field of a view or a key of our words at once; anything else as the sandbox allows."""
        kind = type(obj)
        if kind is dict and attribute in obj:  # type: ignore[operator]
            return obj[attribute]  # type: ignore[index]
        if kind in _OPEN and attribute[:1] != "_":
            value = getattr(obj, attribute, _NOTHING)
            if value is not _NOTHING:
                return value
        return super().getattr(obj, attribute)

    def call(self, context: Context, obj: object, *arguments: object, **named: object) -> object:
        """A template's own macro at once, as `Context.call` would; anything else as the sandbox allows."""
        if type(obj) is Macro:
            named.pop("_loop_vars", None)
            named.pop("_block_vars", None)
            return obj(context.eval_ctx, *arguments, **named)
        return super().call(context, obj, *arguments, **named)


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

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


def _shown(value: object) -> str:
    if type(value) is Markup or (type(value) is str and not _SPECIAL(value)):
        return value
    return escape(value)


_NOTHING = object()
_SPECIAL = re.compile("[&<>'\"]").search
_COVERED = re.compile(r"[^/]+/(?:templates|partials)/.+")
_VIEWS = frozenset(
    kind
    for module in (views, conversation_views)
    for kind in vars(module).values()
    if isinstance(kind, type) and is_dataclass(kind)
)
_OPEN = _VIEWS | {LoopContext, Namespace}
_HOLDERS = {
    name: frozenset(kind for kind in _VIEWS if name in kind.__dataclass_fields__)
    for view in _VIEWS
    for name in view.__dataclass_fields__
}
"""Name of a field -> the views that have it."""


def _environment(theme: Theme) -> Environment:
    covered = _covered(theme)

    def load(name: str) -> tuple[str, str, None] | None:
        for path, content in ((name, theme.files), (f"templates/{name}", theme.files), (name, covered)):
            if path in content:
                return content[path].decode(), path, None
        return None

    environment = _Sandbox(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.code_generator_class = _Setter
    environment.shown = _shown  # type: ignore[attr-defined]
    environment.holders = _HOLDERS  # type: ignore[attr-defined]
    environment.filters["fill"] = fill
    return environment


def _covered(theme: Theme) -> dict[str, bytes]:
    """What nearer files cover, by its own theme: `folio/templates/base.html`. A theme builds on it by that name."""
    found = ((_COVERED.search(path), content) for path, content in theme.files.items())
    return {match[0]: content for match, content in found if match}


_SET_BY_JINJA = frozenset({"__jinja_exception__", "__jinja_template__"})


def _where(fault: TemplateError, template: str) -> str:
    """File and line of the innermost template in which a fault arose.

    Jinja has put a frame in place of each of a template's own, with its lines; it knows one by its globals.
    """
    place = f"templates/{template}"
    trace = fault.__traceback__
    while trace is not None:
        if not _SET_BY_JINJA.isdisjoint(trace.tb_frame.f_globals):
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
