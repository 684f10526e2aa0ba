"""The trees of a theme's templates -> names in them that nobody knows, found without setting a page.

What a template asks for only where it `is defined`, or gives a default, may be missing. What another template sets it
may hand on; so a name that any of them sets is known to all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import TemplateError
from jinja2.meta import find_undeclared_variables
from jinja2.nodes import Const, Extends, Filter, FromImport, Getattr, Import, Include, Macro, Name, Test

from builder.model.value import value_class
from builder.render.conversation_views import ConversationView
from builder.render.sandbox import COUNTED, meant
from builder.render.views import EditionView, HeadView, LibraryView, NotesListView, SiteView

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from jinja2.nodes import Node, Template

_VIEWS = {
    "head": HeadView,
    "site": SiteView,
    "edition": EditionView,
    "conversation": ConversationView,
    "listing": NotesListView,
    "library": LibraryView,
}
"""What is the same view on every page that has it."""
_GIVEN = frozenset(
    {*_VIEWS, "words", "glossary", "notes"}  # pages
    | {"t", "cover"}  # books
    | {"within", "frame", "file"}  # the edition in one file
)
_MAY_LACK = frozenset({"defined", "undefined", "default", "d"})


@value_class(frozen=True, slots=True)
class Unknown:
    """A name that isn't there: the template, the line, and what is to be said."""

    template: str
    line: int
    message: str


def unknown_names(
    trees: Mapping[str, Template], wording: Iterable[str], names: Mapping[str, Collection[str]]
) -> Iterator[Unknown]:
    """All of them, template by template; `wording` are the keys of the theme's words, `nav.read`.

    `names` are those of filters, tests, templates, and of all files that can be included, by what they are.
    """
    own = {name: _own(tree) for name, tree in trees.items()}
    known = _GIVEN.union(*own.values())
    branches = _branches(wording)
    for template, tree in trees.items():
        yield from _uncalled(template, tree, names)
        lacking = {_path(node.node) for node in tree.find_all((Test, Filter)) if node.name in _MAY_LACK}
        undeclared = _undeclared(tree) - known
        for name in tree.find_all(Name):
            if name.name in undeclared and name.name not in lacking:
                yield Unknown(template, name.lineno, f"there is no “{name.name}” here{meant(name.name, sorted(known))}")
        for node in tree.find_all(Getattr):
            path = _path(node)
            first, _, rest = path.partition(".")
            if path and first not in own[template] and path not in lacking and (said := _astray(first, rest, branches)):
                yield Unknown(template, node.lineno, said)


def _undeclared(tree: Template) -> set[str]:
    """The names that a template expects to be given; none where it can't be compiled, which is told elsewhere."""
    try:
        return find_undeclared_variables(tree)
    except (TemplateError, RecursionError):
        return set()


def _uncalled(template: str, tree: Template, names: Mapping[str, Collection[str]]) -> Iterator[Unknown]:
    """Filters, tests and templates that a template names and that aren't there, unless it asks before."""
    asked = {node.node.value for node in tree.find_all(Test) if isinstance(node.node, Const)}
    for node in tree.find_all((Filter, Test)):
        kind = type(node).__name__.lower()
        if node.name not in names[kind] and node.name not in asked and node.name != COUNTED:
            message = f"there is no {kind} “{node.name}”{meant(node.name, names[kind])}"
            yield Unknown(template, node.lineno, message)
            node.name = "string"  # a filter and a test that is there: what else the template asks for is to be found
    for called in tree.find_all((Extends, FromImport, Import, Include)):
        given = getattr(called, "template", None)
        name = given.value if isinstance(given, Const) else ""
        if name and name not in names["file"] and not getattr(called, "ignore_missing", False):
            yield Unknown(template, called.lineno, f"there is no template “{name}”{meant(name, names['template'])}")


def _own(tree: Template) -> frozenset[str]:
    """The names that a template sets: by `set`, in loops, its macros and their arguments, what it imports."""
    names = {node.name for node in tree.find_all(Name) if node.ctx != "load"}
    names.update(node.name for node in tree.find_all(Macro))
    names.update(node.target for node in tree.find_all(Import))
    for node in tree.find_all(FromImport):
        names.update(one if isinstance(one, str) else one[1] for one in node.names)
    return frozenset(names)


def _branches(wording: Iterable[str]) -> dict[str, set[str]]:
    """Each path that leads to wordings, "" first, and what stands below it."""
    branches: dict[str, set[str]] = {}
    for key in wording:
        steps = key.split(".")
        for number, step in enumerate(steps):
            branches.setdefault(".".join(steps[:number]), set()).add(step)
    return branches


def _astray(first: str, rest: str, branches: Mapping[str, set[str]]) -> str:
    """What is to be said of a path that begins with something of a page's; "" where it leads somewhere."""
    above, _, last = rest.rpartition(".")
    if first == "words":
        below = branches.get(above, {last})
        return "" if last in below else f"there is no “{last}” here{meant(last, sorted(below))}"
    if first in _VIEWS and not above:
        fields: tuple[str, ...] = getattr(_VIEWS[first], "__match_args__", ())
        kind = _VIEWS[first].__name__.removesuffix("View").lower()
        return "" if last in fields else f"{kind} has no “{last}”{meant(last, fields)}"
    return ""


def _path(node: Node | None) -> str:
    """`site.options.motto`; "" for what isn't a name with fields."""
    fields: list[str] = []
    while isinstance(node, Getattr):
        fields.append(node.attr)
        node = node.node
    return ".".join([node.name, *reversed(fields)]) if isinstance(node, Name) else ""
