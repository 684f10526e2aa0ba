"""The commands that are imported only when they are called, with the line that `glossator --help` has for each."""

from __future__ import annotations

from importlib import import_module

import click

LATER: dict[str, tuple[str, str]] = {
    "anchors": ("listing", "Tell where each note and cross-reference stands."),
    "check": ("checking", "Tell all that is wrong in FOLDER; write nothing."),
    "export": ("exporting", "Print an edition in a form that other programs read."),
    "import": ("importing", "Make texts of an edition from other files."),
    "review": ("reviewing", "Settle one by one what stands in doubt."),
    "theme": ("theming", "Look a theme over: theme check THEME."),
}
"""Name -> the module in builder/commands that holds it as `command`, and its line of help."""


class Commands(click.Group):
    """A group with commands of its own, and those of the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name, in order."""
        return sorted({*super().list_commands(ctx), *LATER})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name, None for no such."""
        if cmd_name not in LATER:
            return super().get_command(ctx, cmd_name)
        found: click.Command = import_module(f"builder.commands.{LATER[cmd_name][0]}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help, without importing any of them."""
        width = formatter.width - 6 - max(map(len, self.list_commands(ctx)))
        rows = []
        for name in self.list_commands(ctx):
            known = super().get_command(ctx, name)
            rows.append((name, known.get_short_help_str(width) if known else LATER[name][1]))
        with formatter.section("Commands"):
            formatter.write_dl(rows)
