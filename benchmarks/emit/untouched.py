"""The corpus -> the sources of those who leave texts untouched: Glossator, and the yardstick."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.corpus import Tie
from benchmarks.emit.dialects import Untouched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from benchmarks.corpus import Note, Paragraph, Term, Text


SITE = """title = "Readings"
theme = "folio"
outputs = ["site"]

[quality]
G607 = "ignore: of few texts not all use the glossary of a thousand"
"""


def glossator(folder: Path, terms: Sequence[Term], texts: Iterable[Text]) -> None:
    """A site with an edition for each text; the response is a text of its own in it, as Glossator has it."""
    folder = folder / "content"
    folder.mkdir(parents=True)
    (folder / "site.toml").write_text(SITE, "utf-8")
    entries = (f"## {term.headword} {{#{term.id}}}\n{term.definition}\n" for term in terms)
    (folder / "glossary.md").write_text("\n".join(entries), "utf-8")
    written = Untouched(terms)
    for text in texts:
        edition = folder / text.id
        edition.mkdir()
        (edition / "edition.toml").write_text(_settings(text), "utf-8")
        (edition / "crossrefs.md").write_text("\n".join(_ties(text)), "utf-8")
        response = f"Response by {text.respondent}"
        for name, title, own in (("article", text.title, text.essay), ("response", response, text.response)):
            blocks = [f"# {title}", *_blocks(written, text, own)]
            (edition / f"{name}.md").write_text("\n\n".join(blocks) + "\n", "utf-8")
            notes = [_note(text, note) for note in text.notes if note.paragraph in {one.id for one in own}]
            (edition / f"{name}.notes.md").write_text("\n".join(notes), "utf-8")


def yardstick(folder: Path, terms: Sequence[Term], texts: Iterable[Text]) -> None:
    """One Markdown file a text, beside it a JSON file with notes and ties that quote it; the glossary as JSON."""
    (folder / "texts").mkdir(parents=True)
    table = [{"id": one.id, "headword": one.headword, "definition": one.definition} for one in terms]
    (folder / "glossary.json").write_text(json.dumps(table, indent=1), "utf-8")
    written = Untouched(terms)
    for text in texts:
        essay, response = (_blocks(written, text, own) for own in (text.essay, text.response))
        blocks = [f"# {text.title}", *essay, f"## Response by {text.respondent}", *response]
        (folder / "texts" / f"{text.id}.md").write_text("\n\n".join(blocks) + "\n", "utf-8")
        notes = [{"number": one.number, "quote": one.quote, "body": _body(one)} for one in text.notes]
        ties = [{"quote": tie.words, "to": tie.paragraph} for _, tie in _all_ties(text)]
        beside = {"title": text.title, "author": text.author, "notes": notes, "ties": ties}
        (folder / "texts" / f"{text.id}.json").write_text(json.dumps(beside, indent=1), "utf-8")


def _settings(text: Text) -> str:
    return f"""title = {json.dumps(text.title)}
date = "{text.date}"
[[text]]
file = "article.md"
siglum = "A"
author = {json.dumps(text.author)}
date = "{text.date}"
[[text]]
file = "response.md"
siglum = "R"
author = {json.dumps(text.respondent)}
responds-to = "article"
"""


def _blocks(written: Untouched, text: Text, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for one in paragraphs:
        if one.heading:
            yield f"## {one.heading}"
        yield written.block(text, one)


def _place(text: Text, paragraph: str) -> tuple[str, int]:
    """In which text of the edition a paragraph stands, and its number there."""
    name, own = ("article", text.essay) if paragraph.startswith("a") else ("response", text.response)
    return name, [one.id for one in own].index(paragraph) + 1


def _note(text: Text, note: Note) -> str:
    where = f'in="¶{_place(text, note.paragraph)[1]}"'
    return f"## {note.quote} {{#n{note.number} .context {where}}}\n{_body(note)}\n"


def _body(note: Note) -> str:
    return f"{note.body} (*{note.stressed}*)"


def _ties(text: Text) -> Iterator[str]:
    for number, (paragraph, tie) in enumerate(_all_ties(text), 1):
        (here, at), (there, target) = _place(text, paragraph), _place(text, tie.paragraph)
        yield f"## {here} ¶{at} “{tie.words}” → {there} ¶{target} {{#x{number} .echoes}}\n"


def _all_ties(text: Text) -> Iterator[tuple[str, Tie]]:
    """Each tie and the paragraph in which it stands."""
    for paragraph in (*text.essay, *text.response):
        for sentence in paragraph.sentences:
            yield from ((paragraph.id, item) for item in sentence if isinstance(item, Tie))
