"""Jinja's compiler, as our templates are set: their code looks first for what is most often true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2.compiler import CodeGenerator, optimizeconst
from jinja2.nodes import Getattr, Name

from builder.render import conversation_views, views

if TYPE_CHECKING:
    from jinja2.compiler import Frame
    from jinja2.nodes import Call, Concat, Expr, Operand
    from jinja2.nodes import Template as Tree

VIEWS = frozenset(
    kind
    for module in (views, conversation_views)
    for kind in vars(module).values()
    if isinstance(kind, type) and hasattr(kind, "__match_args__")
)
HOLDERS = {
    name: frozenset(kind for kind in VIEWS if name in kind.__match_args__)
    for view in VIEWS
    for name in view.__match_args__
}
"""Name of a field -> the views that have it."""


class Setter(CodeGenerator):
    """Jinja's compiler, whose templates look first for what is most often true.

    A value that is shown is HTML already or has nothing to escape; an attribute is a view's field or a key of our
    words; what is called by a name is a macro. What the code asks of its environment again and again is asked once.
    """

    def visit_Template(self, node: Tree, frame: Frame | None = None) -> None:  # noqa: N802  (Jinja's name)
        """All of a template, below what it asks of its environment."""
        self.writeline("escaped, shown, call_macro = environment.escaped, environment.shown, environment.call_macro")
        for name in sorted({one.attr for one in node.find_all(Getattr)} & HOLDERS.keys()):
            self.writeline(f"holders_{name} = environment.holders[{name!r}]")
        super().visit_Template(node, frame)

    @optimizeconst
    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """A call; one by a name alone, with nothing but values in their order, is most often a macro's."""
        named = node.kwargs or node.dyn_args or node.dyn_kwargs or forward_caller
        if named or not isinstance(node.node, Name):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("call_macro(context, ")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    @optimizeconst
    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802  (Jinja's name)
        """An attribute, read in place where the value is a view with such a field or a dict with such a key."""
        held, name = self.temporary_identifier(), node.attr
        if name in HOLDERS:
            self.write(f"({held}.{name} if type({held} := ")
            self.visit(node.node, frame)
            self.write(f") in holders_{name}")
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
            self._value, self._kind = self.temporary_identifier(), self.temporary_identifier()
            self.write(f"({self._value} if ({self._kind} := type({self._value} := ")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        else:
            value, kind = self._value, self._kind
            self.write(f")) is Markup else escaped({value}) if {kind} is str else shown({value}))")
