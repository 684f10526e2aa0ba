"""What goes wrong in a theme's templates -> a diagnostic with the file, the line, and what was likely meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplatesNotFound

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.render.bounds import METHODS
from builder.render.open_tags import tag_astray
from builder.render.rewording import of_template, reworded
from builder.render.sandbox import meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import FrameType

    from builder.model.diagnostic import Diagnostic
    from builder.model.theme import Theme

FAULTS = (
    *(TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError),
    *(RuntimeError, MemoryError),
)
"""What a template can bring about."""

_SET_BY_JINJA = frozenset({"__jinja_exception__", "__jinja_template__"})
_OF_TAGS = re.compile("encountered unknown tag|unexpected end of template|missing end of comment", re.I)
_NAME = re.compile(r"'(\w+)' is undefined")
_NO_FILTER = re.compile(r"No (filter|test) named '([\w.]+)'")
_UNSAFE = re.compile(r"access to attribute '(\w+)' of '(\w+)' object is unsafe")


def fault_of(
    fault: BaseException, template: str, theme: Theme, names: Mapping[str, Iterable[str]]
) -> Diagnostic | None:
    """What a fault means to who wrote the template. None where it arose in no template: then it is our own.

    `names` are those of filters, tests and templates, by what they are.
    """
    if isinstance(fault, TemplateSyntaxError):
        file, message = _file(fault.filename or fault.name or template, theme), fault.message or ""
        astray = tag_astray(fault.source) if fault.source and _OF_TAGS.match(message) else None
        if astray is not None:
            return diagnose("G509", Place(file, astray.line), astray.message)
        return diagnose("G509", Place(file, fault.lineno), _said(message, names))
    frame, path, line = _innermost(fault)
    if frame is None and not isinstance(fault, TemplateError):
        return None
    place = Place(_file(path or template, theme), line)
    return diagnose("G509", place, _message(fault, frame, names))


def _file(path: str, theme: Theme) -> str:
    """Where a file of the theme lies, as its author knows it."""
    return theme.origins.get(path, path)


def _message(fault: BaseException, frame: FrameType | None, names: Mapping[str, Iterable[str]]) -> str:
    if isinstance(fault, TemplatesNotFound) and not fault.templates:
        return of_template(fault.message or "")
    if isinstance(fault, TemplateNotFound):
        name = str(fault.name or fault)
        return f"there is no template “{name}”{meant(name, names['template'])}"
    if isinstance(fault, UndefinedError):
        message = fault.message or "a name isn't there"
        if (found := _NAME.search(message)) is not None and frame is not None:
            return f"there is no “{found[1]}” here{meant(found[1], _known(frame))}"
        return of_template(message)
    if isinstance(fault, SecurityError) and (found := _UNSAFE.search(fault.message or "")) is not None:
        allowed = next((sorted(one) for kind, one in METHODS.items() if kind.__name__ == found[2]), [])
        return f"a template may not ask for “{found[1]}” of a value of {found[2]}{meant(found[1], allowed)}"
    if isinstance(fault, RecursionError):
        return "a template, or a macro in it, comes to itself again without end"
    if isinstance(fault, MemoryError):
        return "this grows too large"
    if isinstance(fault, TemplateError):
        return _said(fault.message or "it can't be set", names)
    return reworded(fault)


def _said(message: str, names: Mapping[str, Iterable[str]]) -> str:
    """What the parser of templates says; of a filter or test that isn't there, which may be meant."""
    found = _NO_FILTER.search(message)
    if found is None:
        return of_template(message)
    return f"there is no {found[1]} “{found[2]}”{meant(found[2], names[found[1]])}"


def _known(frame: FrameType) -> list[str]:
    """The names that a template has at the place of a fault."""
    return [name for name, value in frame.f_locals.items() if not name.startswith(("_", "l_")) and value is not None]


def _innermost(fault: BaseException) -> tuple[FrameType | None, str, int]:
    """The innermost template in which a fault arose: its frame, its file and its line.

    Jinja has put a frame in place of each of a template's own, with its lines; it knows one by its globals.
    """
    frame, path, line = None, "", 1
    trace = fault.__traceback__
    while trace is not None:
        if not _SET_BY_JINJA.isdisjoint(trace.tb_frame.f_globals):
            frame, path, line = trace.tb_frame, trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return frame, path, line
