"""Golden folders: `NAME/site` is what an author wrote, `NAME/made` what a build makes of it, byte for byte.

Renew them with `make regold` and read the difference. The theme's own assets are left out: they have tests of their
own, and their names change with every touch of the theme. A book is kept as a folder of what it holds.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from builder.model.diagnostic import Diagnostic
from builder.model.site import Copy, Page
from builder.pipeline import Options, build
from builder.shell.opening import Opened, open_site

HERE = Path(__file__).parent
CASES = sorted(path.name for path in HERE.iterdir() if (path / "site").is_dir())
_NAMED_BY_CONTENT = re.compile(rb"(assets/[a-z]+)\.[0-9a-f]{10}\.")


def made_from(site: Path) -> dict[str, bytes]:
    """Path -> bytes of all that a build makes of a folder; diagnostics under `told.txt`."""
    opened = open_site(site)
    assert isinstance(opened, Opened), opened
    pages: dict[str, bytes] = {}
    told = list(opened.told)
    for made in build(opened.folder, opened.outline, opened.theme, Options()):
        match made:
            case Diagnostic():
                told.append(made)
            case Page() if made.path.endswith(".offline.html"):
                pass  # packed, and with style and scripts in it: tests/books looks into it
            case Page() if made.path.endswith(".epub"):
                with zipfile.ZipFile(io.BytesIO(made.content)) as book:
                    pages.update((f"{made.path}/{name}", book.read(name)) for name in book.namelist())
            case Page() if not made.path.startswith("assets/"):
                pages[made.path] = _NAMED_BY_CONTENT.sub(rb"\1.NAMED-BY-CONTENT.", made.content)
            case Copy():
                pages[made.path] = (site / made.source).read_bytes()
            case _:
                pass
    lines = [f"{one.place}: {one.code} {one.message}\n" for one in sorted(told, key=Diagnostic.sort_key)]
    pages["told.txt"] = "".join(lines).encode()
    return pages


@pytest.mark.parametrize("case", CASES)
def test_same_content_same_pages(case: str, regold: bool) -> None:
    made = made_from(HERE / case / "site")
    kept = HERE / case / "made"
    if regold:
        for old in sorted(kept.rglob("*"), reverse=True):
            old.unlink() if old.is_file() else old.rmdir()
        for path, content in made.items():
            (kept / path).parent.mkdir(parents=True, exist_ok=True)
            (kept / path).write_bytes(content)
    expected = {str(path.relative_to(kept)): path.read_bytes() for path in kept.rglob("*") if path.is_file()}
    assert sorted(made) == sorted(expected)
    for path, content in sorted(made.items()):
        assert content.decode() == expected[path].decode(), path
