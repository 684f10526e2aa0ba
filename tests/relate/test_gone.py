"""Files of notes that are gone, as the lock of the last build knows them."""

from __future__ import annotations

import pytest

from builder.model.site import Folder, Source
from builder.parse.edition import parse_edition_folder
from builder.parse.lock import parse
from builder.parse.site import parse_outline
from builder.relate.gone import gone_files

WORDS = "0123456789ab"
LOCK = "".join(
    f"{sort}\t{id}\t0\t{layer}\t{text}\t{WORDS}\texact\tp1+0..p1+1\t{WORDS}\n"
    for sort, id, layer, text in (
        ("note", "one", "notes", "fox"),
        ("note", "two", "notes", "fox"),
        ("note", "three", "class", "fox"),
        ("note", "four", "notes", "hen"),
        ("at", "term", "-", "fox"),
    )
)
ALL = {
    "site.toml": 'title = "S"\n',
    "e/edition.toml": 'title = "E"\n',
    "e/fox.md": "A fox.\n",
    "e/fox.notes.md": "## fox {#one}\nx\n",
}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (ALL | {"e/fox.class.notes.md": "## fox {#three}\nx\n"}, []),
        (ALL, ["“fox.class.notes.md” isn't there any more, and a note is gone with it"]),
        (ALL | {"e/fox.notes.md": "## fox {#three}\nIt stands there now.\n"}, []),
        (
            {path: words for path, words in ALL.items() if path != "e/fox.notes.md"},
            [
                "“fox.class.notes.md” isn't there any more, and a note is gone with it",
                "“fox.notes.md” isn't there any more, and 2 notes are gone with it",
            ],
        ),
    ],
)
def test_what_is_told(files: dict[str, str], told: list[str]) -> None:
    sources = {path: Source(path, words, str(hash(words))) for path, words in files.items()}
    folder = Folder(sources, {}, "site")
    outline, _ = parse_outline(folder)
    assert outline is not None
    edition, _ = parse_edition_folder(folder, outline.editions[0], outline.settings, outline.terms)
    assert edition is not None
    found = list(gone_files(edition, [parse(f"glossator anchors 1\n{LOCK}")], folder.sources, "e/anchors.lock"))
    assert [one.message for one in found] == told
    assert {str(one.place.path) for one in found} <= {"e/anchors.lock"}
