"""A site that has a hostile value in every field that takes words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from builder.parse.setting_tables import EDITION, HANDOUT, KIND, LAYER, RELATION, SITE, TEXT_TABLE
from builder.parse.shapes import TEXT, WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from builder.parse.schema import Table

VALUES = {
    "tag": '"><script>window.zqx=1</script><img src=x onerror=zqx>',
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
"""The edition's files. LITERAL is the value in Markdown that says it, FLAT as typed, BRACED as within braces."""


def lay_out(folder: Path, value: str) -> int:
    """Write the site. How many fields hold the value."""
    flat = " ".join(value.split())
    said = {"LITERAL": _literal(flat), "FLAT": flat, "BRACED": flat.replace("\\", "\\\\").replace('"', '\\"')}
    files = {"site.toml": 'base_url = "https://example.org/a/"\n', "one/edition.toml": ""}
    fields = 0
    for path, header, table, more in (
        ("site.toml", "", SITE, ""),
        ("site.toml", "[kind.own]", KIND, 'cue = "source"'),
        ("site.toml", "[relation.own]", RELATION, ""),
        ("one/edition.toml", "", EDITION, ""),
        ("one/edition.toml", "[[text]]", TEXT_TABLE, 'file = "fox.md"\nraw_html = "escape"\nsiglum = "A"'),
        ("one/edition.toml", "[[text]]", TEXT_TABLE, 'file = "reply.md"\nsiglum = "B"\nresponds-to = "fox"'),
        ("one/edition.toml", "[[layer]]", LAYER, 'id = "editor"'),
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
    files["one/sources.json"] = json.dumps([_work(value)])
    for path, words in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(words, encoding="utf-8")
    (folder / "one/images").mkdir()
    (folder / "one/images/fox.png").write_bytes(PICTURE)
    return fields + len(_work(value))


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
