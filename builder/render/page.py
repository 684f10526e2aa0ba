"""Views × theme -> pages. The only user of Jinja."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.compiler import CodeGenerator, optimizeconst
from jinja2.meta import find_referenced_templates
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing
from markupsafe import Markup, escape

from builder import __version__
from builder.model.diagnostic import SiteError
from builder.render import conversation_views, views
from builder.render.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping
    from importlib.abc import InspectLoader
    from types import CodeType

    from jinja2 import Environment, Template
    from jinja2.compiler import Frame
    from jinja2.nodes import Expr, Getattr
    from jinja2.runtime import Context

    from builder.model.theme import Theme


class Press:
    """A theme's templates, compiled once and set as often as there are pages."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._environment = _environment(theme.files)

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
        if type(obj) is not Macro:
            return super().call(context, obj, *arguments, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)
        left = obj._argument_count - len(arguments)
        if named or left < 0 or obj.caller or obj.catch_kwargs or obj.catch_varargs:
            return obj(context.eval_ctx, *arguments, **named)
        made = obj._func(*arguments, *[missing] * left) if left else obj._func(*arguments)
        return made if type(made) is Markup or not context.eval_ctx.autoescape else _MARKUP(Markup, made)


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
            self._value = self.temporary_identifier()
            self.write(f"({self._value} if type({self._value} := ")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(f") is Markup else environment.shown({self._value}))")


def _shown(value: object) -> str:
    return value if type(value) is str and not _SPECIAL(value) else escape(value)


class _Once:
    """The filter `once`: what a macro makes of some values, made anew only for others."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], tuple[tuple[object, ...], str]] = {}

    def __call__(self, macro: Macro, *given: object) -> str:
        """A macro that was imported without context, set with the given words, wording and truths."""
        held = (macro, *given)
        key = tuple(one if type(one) in _PLAIN else (id(one),) for one in held)
        if key not in self._made:
            if len(self._made) >= KEPT:
                self._made.clear()
            self._made[key] = (held, macro(*given))  # what is held keeps its id
        return self._made[key][1]


KEPT = 256
"""What `once` keeps at most: a theme that gives it what differs on each page gains nothing by it."""

_NOTHING = object()
_MARKUP = str.__new__
"""Makes HTML of words that are known to be no more than words: `Markup` itself would ask what they are."""
_SPECIAL = re.compile("[&<>'\"]").search
_COVERED = re.compile(r"[^/]+/(?:templates|partials)/.+")
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


def compiled(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Every template that the pages of a theme come to, compiled: name of its module, and that module's Python.

    This is for who packs the program: see hatch_build.py. `files` are a theme's, as `Theme` has them.
    """
    environment = _environment(files)
    assert environment.loader is not None
    pending = sorted(name for name in files if name.startswith("templates/"))
    seen = set(pending)
    while pending:
        name = pending.pop(0)
        source, path, _ = environment.loader.get_source(environment, name)
        yield _module(name, path or "", source), environment.compile(source, name, path, raw=True)
        more = {one for one in find_referenced_templates(environment.parse(source, name, path)) if one} - seen
        seen |= more
        pending.extend(sorted(more))


def _environment(files: Mapping[str, bytes]) -> Environment:
    environment = _Sandbox(
        loader=_Loader(files),
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
    environment.filters["once"] = _Once()
    return environment


class _Loader(BaseLoader):
    """A theme's templates. What is, byte for byte, what the program was packed with comes compiled with it."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._covered = _covered(files)

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, None]:
        """A template's text, and the path of its file in the theme."""
        files, covered = self._files, self._covered
        for path, content in ((template, files), (f"templates/{template}", files), (template, covered)):
            if path in content:
                return content[path].decode(), path, None
        raise TemplateNotFound(template)

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """The template, from a module of ours where there is one for just this text."""
        source, path, _ = self.get_source(environment, name)
        ready = _ready(_module(name, path, source))
        code = ready.replace(co_filename=path) if ready else _code(name, path, source)
        return environment.template_class.from_code(environment, code, {} if globals is None else globals)


@lru_cache(maxsize=512)
def _code(name: str, path: str, source: str) -> CodeType:
    """A template compiled: the same for all themes that have it, and for every site made by one process."""
    return _environment({}).compile(source, name, path)


COMPILED = "builder._compiled"
"""The package of compiled templates: in what is installed, never in a checkout."""


def _module(name: str, path: str, source: str) -> str:
    """What a template's module is called: by its text, and by all else that its code depends on."""
    said = "\0".join((__version__, jinja2.__version__, name, path, source))
    return f"t{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def _ready(module: str) -> CodeType | None:
    """The code of a compiled template. Each press runs it anew: its names are bound to one theme's environment."""
    try:
        found = find_spec(f"{COMPILED}.{module}")
    except ModuleNotFoundError:
        return None
    loader: InspectLoader | None = found.loader if found else None  # type: ignore[assignment]
    return loader.get_code(f"{COMPILED}.{module}") if loader else None


def _covered(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What nearer files cover, by its own theme: `folio/templates/base.html`. A theme builds on it by that name."""
    found = ((_COVERED.search(path), content) for path, content in files.items())
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
