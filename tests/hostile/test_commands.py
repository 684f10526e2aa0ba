"""Every command with arguments and files that no author would give it: an answer in words, and nothing else."""

from __future__ import annotations

import json
import struct
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from tests.hostile.trying import COMMANDS, DEFAULTS, MEGABYTES, SECONDS, filled, put, tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.trying import Trying

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DEEP = 100_000


def docx(**parts: bytes) -> bytes:
    """A packed file of parts; `__` in a name stands for a slash, `_x` at its end for `.xml`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_x", ".xml"), content)
    return out.getvalue()


def document(body: str) -> bytes:
    return f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()


def bomb() -> bytes:
    """A Word file of a few kilobytes that would unpack to gigabytes."""
    return docx(
        word__document_x=document("<w:p/>") + b" " * 30_000_000,
        **{f"word__p{n}_x": b"\0" * 20_000_000 for n in range(4)},
    )


def lying() -> bytes:
    """A packed file that says of a part that it is a few bytes long."""
    raw = docx(word__document_x=b"<w:x/>" + b" " * 50_000_000)
    at = raw.index(b"PK\x01\x02")
    return raw[: at + 24] + struct.pack("<I", 100) + raw[at + 28 :]


def overlapping() -> bytes:
    """A packed file of thousands of parts."""
    return docx(word__document_x=document("<w:p/>"), **{f"p{n}": b"x" for n in range(6000)})


OUTER = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
FILES: dict[str, bytes] = {
    "bomb.docx": bomb(),
    "lying.docx": lying(),
    "many.docx": overlapping(),
    "cut.docx": docx(word__document_x=document("<w:p/>"))[:60],
    "empty.docx": b"",
    "none.docx": docx(),
    "words.docx": b"just words",
    "laughs.docx": docx(word__document_x=f"{LAUGHS}]><w:document xmlns:w='{W}'>&j;</w:document>".encode()),
    "outer.docx": docx(word__document_x=f'{OUTER}<w:document xmlns:w="{W}">&e;</w:document>'.encode()),
    "deep.docx": docx(word__document_x=document("<w:tbl><w:tr><w:tc>" * 20000 + "</w:tc></w:tr></w:tbl>" * 20000)),
    "tables.docx": docx(
        word__document_x=document("<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80)
    ),
    "climbing.docx": docx(
        **{"..__..__evil": b"x", "word__document_x": document("<w:p><w:r><w:t>fox</w:t></w:r></w:p>")}
    ),
    "long.docx": docx(word__document_x=document("<w:p><w:r><w:t>fox</w:t></w:r></w:p>" * 60000)),
    "run.docx": docx(
        word__document_x=document(f'<w:p><w:r><w:t xml:space="preserve">a{" " * DEEP}b</w:t></w:r></w:p>')
    ),
    "book.docx": docx(word__document_x=document("<w:p><w:r><w:t>fox</w:t></w:r></w:p>" * 33000)),
    "deep.html": b"<div>" * DEEP + b"fox",
    "spans.html": b"<p>" + b"<b><i>" * 50000 + b"fox",
    "tables.html": b"<table><tr><td>" * 30000 + b"fox",
    "wide.html": b"<p>fox</p>" * 200_000,
    "attributes.html": b"<p " + b"".join(b"a%d=b " % n for n in range(DEEP)) + b">fox</p>",
    "entities.html": b"<p>" + b"&#x10FFFF;&amp;&#0;&#xD800;" * 50000,
    "comments.html": b"<!--" * DEEP + b"<p>fox",
    "angles.html": b"<" * 500_000,
    "signs.html": b"<" * 1_100_000,
    "spaces.html": b"<p>a" + b" " * DEEP + b"b</p>",
    "code.html": b"<pre>a" + b" " * DEEP + b"b</pre>",
    "bytes.html": bytes(range(256)) * 400,
    "utf-16.html": "<p>fox</p>".encode("utf-16"),
    "nul.html": b"<p>f\0ox\0</p><scr\0ipt>alert(1)</script>",
    "linked.html": b"<script type='application/ld+json'>" + b"[" * DEEP + b"</script><p>fox",
    "deep.json": b"[" * DEEP + b"]" * DEEP,
    "objects.json": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "items.json": json.dumps({"items": [{"type": "Annotation", "target": "x"}] * 20000}).encode(),
    "code.json": json.dumps(
        {
            "items": [
                {
                    "type": "Annotation",
                    "body": {
                        "type": "TextualBody",
                        "format": "text/html",
                        "value": f"<pre>{' ' * 9000}x</pre>{' ' * 9000}y",
                    },
                    "target": {"source": "fable", "selector": {"type": "TextQuoteSelector", "exact": "fox"}},
                }
            ]
            * 200
        }
    ).encode(),
    "refined.json": (
        b'{"type":"Annotation","body":"x","target":{"source":"x","selector":'
        + b'{"type":"TextQuoteSelector","exact":"fox","refinedBy":' * 30
        + b"{}"
        + b"}" * 30
        + b"}}"
    ),
    "numbers.json": b'{"type":"Annotation","target":{"source":"x","selector":{"type":"TextPositionSelector","start":'
    + b"9" * 5000
    + b',"end":1e999}}}',
    "halves.json": b'{"type":"Annotation","id":"\\ud800","body":{"value":"\\udc00"},"target":{"source":"fable",'
    b'"selector":{"type":"TextQuoteSelector","exact":"fox\\ud800"}}}',
    "quotes.json": json.dumps(
        {
            "type": "Annotation",
            "body": "x",
            "target": {
                "source": "x",
                "selector": {"type": "TextQuoteSelector", "exact": "fox " * 200_000, "prefix": "a" * 500_000},
            },
        }
    ).encode(),
    "empty.json": b"",
    "words.json": b"fox",
    "null.json": b"null",
    "rows.json": json.dumps(
        {"rows": [None, 1, {"id": [], "target": [{"selector": {}}], "text": {}, "tags": 3}]}
    ).encode(),
    "toml.md": b"+++\n" + b"a = [" * 20000 + b"\n+++\n\nfox\n",
    "keys.md": b"+++\na" + b".b" * 20000 + b" = 1\n+++\n\nfox\n",
    "yaml.md": b"---\na: &a [x]\n" + b"".join(b"k%d: [*a, *a]\n" % n for n in range(2000)) + b"---\n\nfox\n",
    "flow.md": b"---\ntitle: " + b"[" * 20000 + b"\n---\n\nfox\n",
    "tag.md": b"---\ntitle: !!python/object/apply:os.system ['true']\n---\n\nfox\n",
    "huge.md": b"---\ntitle: " + b"x" * 1_000_000 + b"\n---\n\nfox\n",
    "spaces.md": b"---\ntitle: [a" + b" " * 60000 + b"}]\na" + b" " * 3000 + b"\n---\n\nfox\n",
    "quoted.md": b"> " * DEEP + b"fox\n",
    "brackets.md": b"[" * DEEP + b"fox\n",
    "half.md": b"fox \xed\xa0\x80\n",
    "lines.txt": b"\n" * 2_000_000 + b"fox",
    "line.txt": b"fox " * 900_000,
    "signs.txt": b"#*_[]<>&`\\" * 100_000,
    "nul.txt": b"\0" * 1_000_000,
    "large.txt": b"fox " * 2_000_000,
}
"""What is brought in from outside."""
SLOW = {
    "bomb.docx",
    "long.docx",
    "tables.html",
    "lines.txt",
    "line.txt",
    "signs.txt",
    "wide.html",
    "items.json",
    "angles.html",
    "entities.html",
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in FILES]
)
def test_what_is_brought_in(name: str, trying: Trying, tmp_path: Path) -> None:
    put(tmp_path / "content", DEFAULTS)
    (tmp_path / name).write_bytes(FILES[name])
    before = tree(tmp_path)
    into = ["--into", "content/fox"] if name.endswith(".json") else ["--into", "content/new"]
    tried = trying(tmp_path, "import", name, *into)
    assert tried.status in (0, 1), tried.err[-2000:]
    assert "Traceback" not in tried.err
    assert tried.seconds < SECONDS
    assert tried.megabytes < MEGABYTES
    assert "root:" not in tried.err + tried.out
    after = tree(tmp_path)
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert all(path.startswith(("content/new", "content/fox/")) for path in changed), changed
    if tried.status:
        assert not changed
        assert name in tried.err, tried.err[-2000:]
    elif not name.endswith(".json"):
        built = trying(tmp_path, "check", "content")
        assert built.status in (0, 1)
        assert "Traceback" not in built.err


ASKED = [[filled(word) for word in asked] for asked in COMMANDS["asked"]]
"""Command lines that can't be carried out, or hardly."""


def named(asked: list[str]) -> str:
    return " ".join(asked).encode("ascii", "backslashreplace").decode()[:50] or "empty"


@pytest.mark.parametrize("asked", ASKED, ids=named)
def test_a_command_line_that_asks_for_what_cannot_be(asked: list[str], trying: Trying, tmp_path: Path) -> None:
    put(tmp_path / "project" / "content", DEFAULTS)
    put(
        tmp_path / "project",
        {
            "pipe": {"special": "fifo"},
            "pipe.md": {"special": "fifo"},
            "file": "a file",
            "folder.md": {"special": "folder"},
            "a.md": "fox\n",
            "link": {"link": "/etc"},
            "a.txt": "fox\n",
            "a.json": '{"type": "Annotation", "target": "x"}',
        },
    )
    before = tree(tmp_path)
    tried = trying(tmp_path / "project", *asked)
    assert tried.status in (0, 1, 2), (tried.status, tried.err[-2000:])
    assert "Traceback" not in tried.err, tried.err[-2000:]
    assert tried.err.strip() or tried.out.strip()
    after = tree(tmp_path)
    if tried.status:
        assert after == before
    else:
        assert {path: after.get(path) for path in before} == before


def test_a_bomb_is_small() -> None:
    assert len(FILES["bomb.docx"]) < 300_000
