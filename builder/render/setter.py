"""Jinja's compiler, as our templates are set: their code looks first for what is most often true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2.compiler import CodeGenerator, operators, optimizeconst
from jinja2.nodes import Const, Getattr, Name, Slice

from builder.render import conversation_views, views

if TYPE_CHECKING:
    from jinja2.compiler import Frame
    from jinja2.nodes import Call, Compare, Concat, Dict, Expr, Getitem, List, Tuple
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
        self.writeline("from math import inf, nan")  # as Python writes a constant that is no finite number
        for name in ("escaped", "shown", "call_macro", "compared", "searched", "sliced", "held", "whole"):
            self.writeline(f"{name} = environment.{name}")
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
    def visit_Getitem(self, node: Getitem, frame: Frame) -> None:  # noqa: N802  (Jinja's name)
        """A value of a table or a list; a part of a list or of words is counted."""
        if not isinstance(node.arg, Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("sliced(")
        self.visit(node.node, frame)
        self.write(", slice(")
        for end in (node.arg.start, node.arg.stop, node.arg.step):
            self.visit(end or Const(None), frame)
            self.write(", ")
        self.write("))")

    @optimizeconst
    def visit_Concat(self, node: Concat, frame: Frame) -> None:  # noqa: N802
        """What `~` joins, counted."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    @optimizeconst
    def visit_Compare(self, node: Compare, frame: Frame) -> None:  # noqa: N802
        """A comparison, or several in a row; what may be long is counted."""
        self.write("(")
        left = self._side(node.expr, frame, open_to=not isinstance(node.ops[0].expr, Const))
        for op in node.ops:
            self.write(f" {operators[op.op]} ")
            if op.op.endswith("in"):
                right = self.temporary_identifier()
                self.write(f"({right} := searched(")
                self.visit(op.expr, frame)
                self.write(f", {left}))")
                left = right
            else:
                left = self._side(op.expr, frame, open_to=True)
        self.write(")")

    def _side(self, node: Expr, frame: Frame, *, open_to: bool) -> str:
        """One side of a comparison; the name by which it goes then."""
        name = self.temporary_identifier()
        self.write(f"({name} := ")
        self._through("compared" if open_to and not isinstance(node, Const) else "", node, frame)
        self.write(")")
        return name

    def visit_Tuple(self, node: Tuple, frame: Frame) -> None:  # noqa: N802
        """Some values in a row, counted; not where names are set."""
        made = node.ctx == "load" and not all(isinstance(one, Const) for one in node.items)
        self.write("held(" if made else "")
        super().visit_Tuple(node, frame)
        self.write(")" if made else "")

    def visit_List(self, node: List, frame: Frame) -> None:  # noqa: N802
        """A list, counted."""
        self.write("held(")
        super().visit_List(node, frame)
        self.write(")")

    def visit_Dict(self, node: Dict, frame: Frame) -> None:  # noqa: N802
        """A table, counted; and so is what its values are to be found by."""
        self.write("held({")
        for item in node.items:
            self._through("" if isinstance(item.key, Const) else "whole", item.key, frame)
            self.write(": ")
            self.visit(item.value, frame)
            self.write(", ")
        self.write("})")

    def _through(self, function: str, node: Expr, frame: Frame) -> None:
        self.write(f"{function}(" if function else "")
        self.visit(node, frame)
        self.write(")" if function else "")

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
            self.write("whole(")
        else:
            self._value, self._kind = self.temporary_identifier(), self.temporary_identifier()
            self.write(f"({self._value} if ({self._kind} := type({self._value} := ")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            self.write(")")
            super()._output_child_post(node, frame, finalize)
        else:
            value, kind = self._value, self._kind
            self.write(f")) is Markup else escaped({value}) if {kind} is str else shown({value}))")
