"""The corpus -> each peer's sources, in its closest native form. What doesn't hang on the corpus lies in `sites/`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.emit.dialects import (
    Abbreviated,
    Attributed,
    Hugo,
    Linked,
    Markdown,
    Myst,
    SiteAbbreviated,
    abbreviations,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from benchmarks.corpus import Term, Text

    Page = Callable[[Text, str], str]
    """A text and its body -> its source file, with what the system wants at the top."""


def hugo(folder: Path, terms: Sequence[Term], texts: Iterable[Text]) -> None:
    table = {one.id: {"id": one.id, "term": one.headword, "definition": one.definition} for one in terms}
    _write(folder / "data" / "glossary.json", json.dumps(table))
    _pages(folder / "content" / "texts", Hugo(terms), texts, _front_matter)


def eleventy(folder: Path, terms: Sequence[Term], texts: Iterable[Text]) -> None:
    _write(folder / "glossary.md", "---\nlayout: page.njk\ntitle: Glossary\n---\n\n" + _entries(terms, _SPAN))
    _pages(folder / "texts", Abbreviated(terms), texts, _front_matter)


def astro(folder: Path, terms: Sequence[Term], texts: Iterable[Text]) -> None:
    top = "---\nlayout: ../layouts/Page.astro\ntitle: Glossary\n---\n\n"
    _write(folder / "src" / "pages" / "glossary.md", top + _entries(terms, _SPAN))

    def page(text: Text, body: str) -> str:
        return _front_matter(text, body).replace("---\n", "---\nlayout: ../../layouts/Page.astro\n", 1)

    _pages(folder / "src" / "pages" / "texts", Linked(terms, "/glossary/"), texts, page)


def jekyll(folder: Path, terms: Sequence[Term], texts: Iterable[Text]) -> None:
    _write(folder / "glossary.md", "---\nlayout: page\ntitle: Glossary\n---\n\n" + _entries(terms, _ATTRIBUTE_BELOW))

    def page(text: Text, body: str) -> str:
        return _front_matter(text, body).replace("---\n", "---\nlayout: page\n", 1)

    _pages(folder / "_texts", Attributed(terms), texts, page)


def pelican(folder: Path, terms: Sequence[Term], texts: Iterable[Text]) -> None:
    glossary = "Title: Glossary\nSlug: glossary\n\n" + _entries(terms, _ATTRIBUTE)
    _write(folder / "content" / "pages" / "glossary.md", glossary)

    def page(text: Text, body: str) -> str:
        top = f"Title: {text.title}\nAuthor: {text.author}\nDate: {text.date}\nSlug: {text.id}\nCategory: readings"
        return f"{top}\n\n{body}"

    _pages(folder / "content" / "texts", Attributed(terms), texts, page)


def nikola(folder: Path, terms: Sequence[Term], texts: Iterable[Text]) -> None:
    glossary = ".. title: Glossary\n.. slug: glossary\n\n" + _entries(terms, _ATTRIBUTE)
    _write(folder / "pages" / "glossary.md", glossary)

    def page(text: Text, body: str) -> str:
        top = f".. title: {text.title}\n.. slug: {text.id}\n.. date: {text.date} 00:00:00 UTC\n.. author: {text.author}"
        return f"{top}\n\n{body}"

    _pages(folder / "posts", Attributed(terms), texts, page)


def mkdocs(folder: Path, terms: Sequence[Term], texts: Iterable[Text]) -> None:
    _docs(folder / "docs", terms, texts, Attributed(terms))


def mkdocs_snippet(folder: Path, terms: Sequence[Term], texts: Iterable[Text]) -> None:
    """One list of abbreviations, appended to every page: Material's documented way for a glossary."""
    _write(folder / "includes" / "glossary.md", abbreviations(terms) + "\n")
    _docs(folder / "docs", terms, texts, SiteAbbreviated(terms))


def sphinx(folder: Path, terms: Sequence[Term], texts: Iterable[Text]) -> None:
    entries = "\n\n".join(f"{one.headword}\n  {one.definition}" for one in terms)
    _write(folder / "glossary.md", f"# Glossary\n\n```{{glossary}}\n{entries}\n```\n")
    _pages(folder / "texts", Myst(terms), texts, _headed)


def mdbook(folder: Path, terms: Sequence[Term], texts: Iterable[Text]) -> None:
    _write(folder / "src" / "glossary.md", "# Glossary\n\n" + _entries(terms, _SPAN))
    listed = _pages(folder / "src", Linked(terms, "glossary.md"), texts, _headed)
    lines = "".join(f"- [{title}]({id}.md)\n" for id, title in listed)
    _write(folder / "src" / "SUMMARY.md", f"# Summary\n\n- [Glossary](glossary.md)\n{lines}")


_SPAN = '## <span id="{id}"></span>{headword}\n\n{definition}'
_ATTRIBUTE = "## {headword} {{: #{id} }}\n\n{definition}"
_ATTRIBUTE_BELOW = "## {headword}\n{{: #{id} }}\n\n{definition}"


def _entries(terms: Sequence[Term], form: str) -> str:
    """The glossary as a page."""
    shown = (form.format(id=one.id, headword=one.headword, definition=one.definition) for one in terms)
    return "\n\n".join(shown) + "\n"


def _front_matter(text: Text, body: str) -> str:
    top = f"title: {json.dumps(text.title)}\nauthor: {json.dumps(text.author)}\ndate: {text.date}"
    return f"---\n{top}\n---\n\n{body}"


def _headed(text: Text, body: str) -> str:
    return f"# {text.title}\n\n{text.author}\n\n{body}"


def _docs(folder: Path, terms: Sequence[Term], texts: Iterable[Text], written: Markdown) -> None:
    _write(folder / "glossary.md", "# Glossary\n\n" + _entries(terms, _ATTRIBUTE))
    listed = _pages(folder / "texts", written, texts, _headed)
    lines = "".join(f"* [{title}](texts/{id}.md)\n" for id, title in listed)
    _write(folder / "index.md", f"# Readings\n\n{lines}")


def _pages(folder: Path, written: Markdown, texts: Iterable[Text], page: Page) -> list[tuple[str, str]]:
    """Write each text; their ids and titles, for those systems that want a list."""
    listed = []
    for text in texts:
        _write(folder / f"{text.id}.md", page(text, written.body(text)))
        listed.append((text.id, text.title))
    return listed


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
