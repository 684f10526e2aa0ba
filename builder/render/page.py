"""Views × theme -> pages. The only user of Jinja."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import BaseLoader, TemplateNotFound, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from builder import __version__
from builder.model.codes import diagnose
from builder.model.diagnostic import FaultError, Place
from builder.render.bounds import TooMuchError, too_large
from builder.render.faults import FAULTS, fault_of
from builder.render.open_tags import mended
from builder.render.rewording import of_template
from builder.render.sandbox import Sandbox
from builder.render.unknown_names import unknown_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping
    from importlib.abc import InspectLoader
    from types import CodeType

    from jinja2 import Environment, Template
    from jinja2.nodes import Template as Tree

    from builder.model.diagnostic import Diagnostic
    from builder.model.theme import Theme
    from builder.render.slot import Slot


NO_SLOTS: Mapping[int, Slot] = {}


class Press:
    """A theme's templates, compiled once and set as often as there are pages."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._environment = _environment(theme.files)

    def set(self, template: str, context: Mapping[str, object], slots: Mapping[int, Slot] = NO_SLOTS) -> bytes:
        """One page as UTF-8. FaultError, with file and line, where a template is at fault.

        `slots` hold what macros make of views, by the places of these in memory; what isn't made yet is put there.
        """
        name = f"templates/{template}"
        self._environment.budget.renew()
        self._environment.slots = slots
        try:
            return self._environment.get_template(name).render(context).encode()
        except FAULTS as fault:
            found = fault_of(fault, name, self._theme, self._names())
            if found is None:
                raise
            if isinstance(fault, TooMuchError):
                fault.content = too_large(context)
            raise FaultError((found,)) from fault

    def faults(self, told: tuple[Diagnostic, ...] = ()) -> tuple[Diagnostic, ...]:
        """What is wrong with each template, as far as that can be said without setting it, but what `told` says."""
        found = list(told)
        trees: dict[str, Tree] = {}
        names = self._names()
        for name in sorted(self._theme.files):
            if _TEMPLATE.fullmatch(name):
                self._environment.budget.renew()
                try:
                    self._environment.get_template(name)
                except FAULTS as fault:
                    one = fault_of(fault, name, self._theme, names)
                    found += [one] if one is not None else []
                tree = self._tree(name)
                trees.update({name: tree} if tree is not None else {})
        for lacking in unknown_names(trees, self._theme.words.get("en", {}), names):
            place = Place(self._theme.origins.get(lacking.template, lacking.template), lacking.line)
            found.append(diagnose("G509", place, lacking.message))
        apart = {(one.place, one.message.partition(";")[0]): one for one in reversed(found)}
        return tuple(one for one in reversed(apart.values()) if one not in told)

    def _tree(self, name: str) -> Tree | None:
        """A template's tree, its open tags closed; None where it can't be read even so."""
        source = self._theme.files[name].decode("utf-8", "replace")
        try:
            try:
                return self._environment.parse(source, name)
            except TemplateSyntaxError:
                return self._environment.parse(mended(source), name)
        except FAULTS:
            return None

    def _names(self) -> dict[str, list[str]]:
        """What a template may call, by what it is."""
        templates = [name for name in self._theme.files if _TEMPLATE.fullmatch(name)]
        templates += [name.removeprefix("templates/") for name in templates]
        filters = [name for name in self._environment.filters if not name.startswith("_")]
        there = [*self._theme.files, *templates, *_covered(self._theme.files)]
        return {"filter": filters, "test": list(self._environment.tests), "template": templates, "file": there}

    def has(self, template: str) -> bool:
        """Whether the theme has such a template."""
        return f"templates/{template}" in self._theme.files


_COVERED = re.compile(r"[^/]+/(?:templates|partials)/.+")
_TEMPLATE = re.compile(r"(?:.+/)?((?:templates|partials)/.+\.(?:html|js|svg|xml|xhtml))")


def sources(files: Mapping[str, bytes]) -> frozenset[str]:
    """By what the templates of a theme are known: path and content of each."""
    found = ((_TEMPLATE.fullmatch(path), content) for path, content in files.items())
    return frozenset(
        hashlib.sha256(f"{match[1]}\0".encode() + content).hexdigest() for match, content in found if match
    )


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


def _environment(files: Mapping[str, bytes]) -> Sandbox:
    return Sandbox(_Loader(files), ours=_are_ours(files))


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
                try:
                    return content[path].decode(), path, None
                except UnicodeDecodeError as fault:
                    line = content[path].count(b"\n", 0, fault.start) + 1
                    raise TemplateSyntaxError("this file is not UTF-8", line, template, path) from fault
        raise TemplateNotFound(template)

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """The template, from a module of ours where there is one for just this text."""
        source, path, _ = self.get_source(environment, name)
        ready = _ready(_module(name, path, source))
        try:
            code = ready.replace(co_filename=path) if ready else _code(name, path, source)
        except SyntaxError as fault:  # Python will not compile what Jinja made
            message, line = _uncompiled(fault, environment.compile(source, name, path, raw=True))
            raise TemplateSyntaxError(message, line, name, path) from fault
        except RecursionError as fault:
            raise TemplateSyntaxError(_TOO_DEEP, 1, name, path) from fault
        return environment.template_class.from_code(environment, code, {} if globals is None else globals)


_TOO_DEEP = "its brackets or blocks are nested too deeply"


def _uncompiled(fault: SyntaxError, python: str) -> tuple[str, int]:
    """What is wrong with a template of which such Python was made, and on which of its lines."""
    pairs = (pair.split("=") for pair in python.rpartition("debug_info = '")[2].strip("'\n ").split("&") if pair)
    lines = [int(line) for line, made in pairs if int(made) <= (fault.lineno or 1)]
    said = of_template(fault.msg)
    return (said if said != fault.msg else _TOO_DEEP), lines[-1] if lines else 1


@lru_cache(maxsize=512)
def _code(name: str, path: str, source: str) -> CodeType:
    """A template compiled: the same for all themes that have it, and for every site made by one process."""
    made: CodeType = _environment({}).compile(source, name, path)
    return made


COMPILED = "builder._compiled"
"""The package of compiled templates: in what is installed, and in a checkout that `make` has set up."""


def _module(name: str, path: str, source: str) -> str:
    """What a template's module is called: by its text, and by all else that its code depends on."""
    said = "\0".join((__version__, jinja2.__version__, name, path, source))
    return f"t{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def _are_ours(files: Mapping[str, bytes]) -> bool:
    """Whether the theme has no template but what the program was packed with: what it makes is known to end."""
    try:
        known: frozenset[str] = import_module(COMPILED).SOURCES
    except (ModuleNotFoundError, AttributeError):
        return False
    return sources(files) <= known


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
