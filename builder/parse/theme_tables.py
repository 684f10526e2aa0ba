"""What may stand in a theme.toml, as tables: names, shapes, what each does."""

from __future__ import annotations

from builder.parse.schema import Key, Shape, Slip, Table, spoken
from builder.parse.shapes import TEXT, WORDS, one_of

TYPES: dict[str, type] = {"boolean": bool, "text": str, "number": int}
"""What an option's `type` says of its default."""


def _plain(raw: object) -> object:
    if isinstance(raw, (bool, str, int, float)):
        return raw
    return Slip("G103", f"must be text, a number, true or false, not {spoken(raw)}", 'for instance: default = "both"')


_FILES = Shape('["css/…", …]', WORDS.read)
_SCRIPTS = Shape('["js/…", …]', WORDS.read)
_VALUE = Shape("text, a number, true or false", _plain)
_AFTER = "Those that come after the list, a parent's list too: so that a theme adds to what it extends."

THEME = Table(
    "theme.toml",
    (
        Key("name", TEXT, "", "The theme's name, for people; `site.toml` asks for it by the name of its folder."),
        Key("summary", TEXT, "", "What it looks like, in a sentence."),
        Key("licence", TEXT, "", "On what terms it may be used and changed."),
        Key("extends", TEXT, "", "The theme from which everything comes that this one lacks."),
        Key("styles", _FILES, [], "Style sheets of every page, joined in this order. Without it, the parent's list."),
        Key("styles_after", _FILES, [], _AFTER),
    ),
    inner=("scripts", "bundles", "options"),
)

SCRIPTS = Table(
    "[scripts]",
    (
        Key("early", _SCRIPTS, [], "Scripts that run before the page is shown. Without it, the parent's list."),
        Key("early_after", _SCRIPTS, [], _AFTER),
        Key("page", _SCRIPTS, [], "Scripts of every page, joined in this order. Without it, the parent's list."),
        Key("page_after", _SCRIPTS, [], _AFTER),
    ),
)

BUNDLE = Table(
    "[bundles.NAME]",
    (
        Key("styles", _FILES, [], "Style sheets of the pages that ask for it. Without it, the parent's list."),
        Key("styles_after", _FILES, [], _AFTER),
        Key("scripts", _SCRIPTS, [], "Their scripts. Without it, the parent's list."),
        Key("scripts_after", _SCRIPTS, [], _AFTER),
    ),
)

OPTION = Table(
    "[options.NAME]",
    (
        Key("default", _VALUE, "", "Its value unless `site.toml` sets another; what is set must be of the same sort."),
        Key("about", TEXT, "", "What it does, in a sentence: it is documented by that."),
        Key("choices", WORDS, [], "The values that it can take; without them, any of its sort."),
        Key("type", one_of({name: name for name in TYPES}), "text", "Its sort, where you want to have it checked."),
    ),
)

THEME_TABLES = (THEME, SCRIPTS, BUNDLE, OPTION)
