"""A site that has a hostile value in every field that takes words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from builder.parse.setting_tables import EDITION, HANDOUT, KIND, LAYER, RELATION, SITE, TEXT_TABLE
from builder.parse.shapes import TEXT, WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from builder.parse.schema import Table

VALUES = {
    "tag": '"><script>window.zqx=1</script><img src=images/fox.png onerror=zqx>',
    "attribute": "' onmouseover='zqx' zqx='",
    "bare attribute": "x onfocus=zqx autofocus",
    "script address": "javascript:zqx()",
    "data address": "data:text/html,<b zqx>",
    "section": "]]><b zqx>zqx</b><![CDATA[",
    "end of script": "</script></style></title></textarea><b zqx>zqx</b>",
    "comment": "<!-- zqx --><!--",
    "typst": '#{zqx} #read("/etc/passwd") \\ $zqx$ ] [ `zqx`',
    "line ends": "zqx\u2028zqx\u2029zqx",
    "template": "{{ 7 * 7 }}{% raw %}zqx{# #}",
    "entities": "&lt;b zqx&gt; &#60;b zqx> &amp;lt;",
    "other direction": "zqx \u202e)zqx( \u2066<b>\u2069",
}
"""What is tried in each field; `zqx` is what must nowhere become part of a page but as words."""

THEME = {
    "theme.toml": 'name = "Guest"\nextends = "folio"\n[options.motto]\ndefault = ""\nabout = "Said below."\n',
    "partials/colophon.html": """{% include "folio/partials/colophon.html" %}
<p title="{{ site.options.motto }}">{{ site.options.motto }}</p>
<a href="?{{ site.options.motto|urlencode }}">{{ site.options.motto|upper }}</a>
<script type="application/json">{{ site.options|tojson }}</script>
""",
}
"""A theme that shows what a site sets for it wherever a page can."""

_KEPT = {"theme", "base_url"}
"""Settings that take words and name something: another name is refused."""


def typed(value: str) -> str:
    """A value as a string of TOML."""
    return json.dumps(value, ensure_ascii=True)


def settings(table: Table, value: str, *, but: frozenset[str] = frozenset()) -> tuple[str, int]:
    """A line for every setting of a table that takes words; and how many there are."""
    keys = [key for key in table.keys if key.name not in _KEPT | but]
    lines = [f"{key.name} = {typed(value)}" for key in keys if key.shape is TEXT]
    lines += [f"{key.name} = [{typed(value)}]" for key in keys if key.shape is WORDS]
    return "\n".join(lines) + "\n", len(lines)


FILES = {
    "fox.md": """# LITERAL

A fox met LITERAL at the vine.[^1]

## LITERAL

- LITERAL

> LITERAL

| LITERAL |
|---|
| LITERAL |

![LITERAL](images/fox.png "LITERAL")

![LITERAL](PICTURE)

[LITERAL](reply.md "LITERAL")

```LITERAL
FLAT
```

[^1]: LITERAL
""",
    "reply.md": "# A reply\n\nIt was LITERAL, and sour grapes.\n",
    "fox.notes.md": """# LITERAL

Of LITERAL.

## A fox {#fox .own by="BRACED" tags="BRACED"}

LITERAL [@work, LITERAL]

## LITERAL {.own in="¶1" before="A fox met" by="BRACED"}

Words on LITERAL, and [[fox ¶1 | LITERAL]].

## vine {.question}

FLAT
""",
    "crossrefs.md": """# LITERAL

LITERAL

## reply “sour” → fox “vine” {.own by="BRACED" tags="BRACED"}

LITERAL
""",
    "glossary.md": """# LITERAL

LITERAL

## LITERAL {also="grapes; BRACED"}

LITERAL

LITERAL
""",
    "questions.md": """# LITERAL

## LITERAL {level="BRACED" tags="BRACED" about="#fox"}

LITERAL
""",
}
"""The edition's files. LITERAL is the value in Markdown that says it, FLAT as typed, BRACED as within braces.

PICTURE is the address of a picture that is named so: beside its text, so that a colon in it might make a scheme.
"""


HERE = "https://example.org/a/one/#fox"
"""Where the first text is published."""


def lay_out(folder: Path, value: str) -> int:
    """Write the site; beside it its theme, and guests.json of notes to be imported. How many fields hold the value."""
    flat = " ".join(value.split())
    picture = f"{flat.replace('/', '∕').replace(chr(92), '⧵')}.png"  # neither may be in a name
    said = {"LITERAL": _literal(flat), "FLAT": flat, "BRACED": flat.replace("\\", "\\\\").replace('"', '\\"')}
    said["PICTURE"] = quote(picture)
    files = {"site.toml": 'base_url = "https://example.org/a/"\ntheme = "guest"\n', "one/edition.toml": ""}
    fields = 1
    for path, header, table, more in (
        ("site.toml", "", SITE, ""),
        ("site.toml", "[kind.own]", KIND, 'cue = "source"'),
        ("site.toml", "[relation.own]", RELATION, ""),
        ("one/edition.toml", "", EDITION, ""),
        ("one/edition.toml", "[[text]]", TEXT_TABLE, 'file = "fox.md"\nraw_html = "escape"\nsiglum = "A"'),
        ("one/edition.toml", "[[text]]", TEXT_TABLE, 'file = "reply.md"\nsiglum = "B"\nresponds-to = "fox"'),
        ("one/edition.toml", "[[layer]]", LAYER, 'id = "editor"'),
        ("one/edition.toml", "[[layer]]", LAYER, 'id = "guests"'),
        ("one/edition.toml", "[[handout]]", HANDOUT, 'id = "class"'),
    ):
        but = frozenset({"responds-to", "siglum", "layers", "kinds"})
        lines, number = settings(table, value, but=but)
        files[path] += f"{header}\n{lines}{more}\n\n"
        fields += number
    for name, words in FILES.items():
        for sort, put in said.items():
            fields += words.count(sort)
            words = words.replace(sort, put)
        files[f"one/{name}"] = words
    files["site.toml"] += f"[theme_options]\nmotto = {typed(value)}\n"
    files["one/sources.json"] = json.dumps([_work(value)])
    files["../guests.json"] = _annotations(value)
    fields += files["../guests.json"].count(json.dumps(value)[1:-1])
    files |= {f"../themes/guest/{path}": words for path, words in THEME.items()}
    for path, words in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(words, encoding="utf-8")
    (folder / "one/images").mkdir()
    (folder / "one/images/fox.png").write_bytes(PICTURE)
    (folder / "one" / picture).write_bytes(PICTURE)
    return fields + len(_work(value))


def _annotations(value: str) -> str:
    """Notes from outside that hold the value in each member that takes words."""
    bodies: list[object] = [
        value,
        *({"type": "TextualBody", "value": value, "format": form} for form in ("text/plain", "text/html")),
        {"type": "TextualBody", "value": f"Words. {value}", "format": "text/markdown", "language": value},
        {"type": "TextualBody", "value": value, "purpose": "tagging"},
        {"type": "Image", "id": value, "format": value},
        {"type": "SpecificResource", "source": value, "purpose": value},
    ]
    flat = " ".join(value.split())
    quoted = {"type": "TextQuoteSelector", "exact": f"fox met {flat} at", "prefix": "A ", "suffix": " the vine"}
    astray = {**quoted, "exact": value, "prefix": value, "suffix": value}
    ours = {"glossator:heading": '"vine"', "glossator:before": value, "glossator:in": value}
    common: dict[str, object] = {"type": "Annotation", value: value, "creator": {"id": value, "name": value}}
    common |= dict.fromkeys(("rights", "modified", "generator", "motivation", "stylesheet"), value)
    made: dict[str, dict[str, object]] = {
        "quoting": {"body": bodies, "target": {"source": value, "selector": [quoted], "state": value}},
        "astray": {"bodyValue": value, "target": {"source": HERE, "selector": astray}},
        "whole": {"bodyValue": value, "creator": value, "target": [{"source": HERE, "styleClass": value}, value]},
        "replying": {"body": bodies[1], "motivation": ["replying", value], "target": f"{value}/quoting"},
        "#note-own": {
            **{"body": {"type": "TextualBody", "format": "text/markdown", "value": value}, "target": "fox"},
            **{f"glossator:{name}": value for name in ("kind", "layer", "about", "level", "date")},
            "glossator:passages": [{**ours, "glossator:text": "fox"}],
        },
    }
    named = ("id", "via", "canonical")
    return json.dumps([{**common, **dict.fromkeys(named, f"{value}/{key}"), **said} for key, said in made.items()])


def _literal(words: str) -> str:
    """Words in Markdown, so that they are read as typed."""
    return "".join(f"\\{one}" if one in "\\`*_{}[]()#+-.!|<>&\"'$%/:;=?@^~" else one for one in words)


def _work(value: str) -> dict[str, object]:
    named = ("title", "container-title", "publisher", "publisher-place", "volume", "issue", "page", "edition", "note")
    work: dict[str, object] = {"id": "work", "type": "book", "issued": {"raw": value}, "URL": value, "DOI": value}
    return {**work, **dict.fromkeys(named, value), "author": [{"family": value, "given": value}]}


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f00010101"
    "00b138f6140000000049454e44ae426082"
)
"""A picture of one point."""
