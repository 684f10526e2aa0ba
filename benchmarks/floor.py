"""The yardstick's sources -> pages: the least that a Python builder of annotated readings does, to measure ours by.

    floor.py FOLDER OUTPUT [--jobs N] [--watch]

One page a text: Markdown, terms linked by one regular expression, 12 notes and 8 ties put where their words stand, one
small Jinja2 template. A manifest keeps of each input its size, time and hash, and of each page its terms: what is out
of date is made again, and where nothing is, neither Markdown nor Jinja2 is imported. It has no theme, no search, no
conversation, no diagnostics, no safe exchange of its output: no product, and no promise of one.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

    from jinja2 import Template

    Stamp = tuple[int, int]
    """Size and time of a file."""
    Trie = dict[str, "Trie"]

HASTE = 8
"""Texts that are sooner made by one process than shared out."""
ESSAY = 14
"""Paragraphs before the response."""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title><link rel="stylesheet" href="../style.css"></head>
<body><nav><a href="../index.html">Home</a> <a href="../glossary.html">Glossary</a></nav><main>
<article><p>{{ author }}</p>{{ body|safe }}</article>
<aside>{% for number, body in notes %}<div class="note" id="n{{ number }}"><a href="#ref{{ number }}">{{ number }}</a>
{{- body|safe }}</div>{% endfor %}</aside>
<dl class="terms">{% for term in terms %}<dt>{{ term.headword }}</dt><dd>{{ term.definition }}</dd>{% endfor %}</dl>
</main></body></html>
"""
STYLE = "body{max-width:42rem;margin:2rem auto;font:1rem/1.6 serif}\n"


@dataclass(slots=True)
class Record:
    """What is known of the last build: stamp and hash of each file, title and terms of each text, terms' hashes."""

    files: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    texts: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    terms: dict[str, tuple[str, str]] = field(default_factory=dict)


class Workshop:
    """What making pages needs, loaded once."""

    def __init__(self, folder: str, output: str) -> None:
        import re

        from jinja2 import Environment
        from markdown_it import MarkdownIt

        self._folder, self._output = folder, output
        self._render: Callable[[str], str] = MarkdownIt("commonmark").render
        self._page: Template = Environment(autoescape=True).from_string(PAGE)
        self.glossary = json.loads(read(folder, "glossary.json"))
        self._terms = {term["headword"]: term for term in self.glossary}
        self._found: re.Pattern[str] = re.compile(rf"\b{pattern(self._terms)}(?!\w)")

    def make(self, texts: Iterable[str]) -> list[tuple[str, tuple[str, list[str]]]]:
        """Write the pages of some texts. Of each its id, its title and the ids of its terms."""
        made = []
        for text in texts:
            beside = json.loads(read(self._folder, "texts", f"{text}.json"))
            page, terms = self._made(read(self._folder, "texts", f"{text}.md"), beside)
            write(page, self._output, "texts", f"{text}.html")
            made.append((text, (beside["title"], terms)))
        return made

    def _made(self, source: str, beside: dict[str, list[dict[str, str]]]) -> tuple[str, list[str]]:
        parts = self._render(source).split("<p>")
        html = "".join([parts[0], *(f'<p id="p{number}">{part}' for number, part in enumerate(parts[1:], 1))])
        inserts = []
        for note in beside["notes"]:
            number, end = note["number"], html.index(note["quote"]) + len(note["quote"])
            inserts.append((end, f'<a class="note" id="ref{number}" href="#n{number}"><sup>{number}</sup></a>'))
        for tie in beside["ties"]:
            start, place = html.index(tie["quote"]), int(tie["to"][1:]) + (ESSAY if tie["to"][0] == "r" else 0)
            inserts += [(start, f'<a class="tie" href="#p{place}">'), (start + len(tie["quote"]), "</a>")]
        used: dict[str, dict[str, str]] = {}

        def link(found: re.Match[str]) -> str:
            term = used[found[0]] = self._terms[found[0]]
            return f'<a class="term" href="../glossary.html#{term["id"]}">{found[0]}</a>'

        body = self._found.sub(link, inserted(html, inserts))
        notes = [(note["number"], self._render(note["body"])) for note in beside["notes"]]
        terms = [used[headword] for headword in sorted(used)]
        page = self._page.render(title=beside["title"], author=beside["author"], body=body, notes=notes, terms=terms)
        return page, sorted(term["id"] for term in terms)

    def lists(self, record: Record) -> None:
        """Write the pages that belong to the whole site."""
        items = (f'<li><a href="texts/{id}.html">{title}</a></li>' for id, (title, _) in sorted(record.texts.items()))
        write("<ul>" + "".join(items) + "</ul>", self._output, "index.html")
        entries = (f'<dt id="{one["id"]}">{one["headword"]}</dt><dd>{one["definition"]}</dd>' for one in self.glossary)
        write("<dl>" + "".join(entries) + "</dl>", self._output, "glossary.html")
        write(STYLE, self._output, "style.css")


def pattern(words: Iterable[str]) -> str:
    """One regular expression for all of them, folded into a trie: it costs the same for any number of words."""
    from re import escape

    root: Trie = {}
    for word in words:
        place = root
        for character in word:
            place = place.setdefault(character, {})
        place[""] = {}

    def folded(place: Trie) -> str:
        choices = [escape(one) + folded(further) for one, further in sorted(place.items()) if one]
        if not choices:
            return ""
        return f"(?:{'|'.join(choices)}){'?' if '' in place else ''}"

    return folded(root)


def inserted(html: str, inserts: list[tuple[int, str]]) -> str:
    parts, done = [], 0
    for place, insert in sorted(inserts, key=lambda one: one[0]):
        parts += [html[done:place], insert]
        done = place
    return "".join([*parts, html[done:]])


def read(*path: str) -> str:
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def write(content: str, *path: str) -> None:
    with open(os.path.join(*path), "w", encoding="utf-8") as file:
        file.write(content)


def digest(content: bytes) -> str:
    from hashlib import blake2b

    return blake2b(content, digest_size=16).hexdigest()


def last(output: str) -> Record:
    """What was recorded of the last build; nothing where there was none."""
    try:
        known = json.loads(read(output, ".manifest.json"))
    except OSError:
        return Record()
    return Record(*known)


def stamps(folder: str) -> dict[str, Stamp]:
    """Size and time of every input, by its path."""
    found: dict[str, Stamp] = {}
    for below in ("", "texts/"):
        with os.scandir(os.path.join(folder, below)) as entries:
            for entry in entries:
                if entry.is_file():
                    status = entry.stat()
                    found[below + entry.name] = (status.st_size, status.st_mtime_ns)
    return found


def outdated(folder: str, old: Record, new: Record) -> set[str]:
    """The texts whose pages are to be made; `new` learns of the files and the terms."""
    changed = set()
    for path, stamp in stamps(folder).items():
        known = old.files.get(path)
        if known is not None and tuple(known[:2]) == stamp:
            new.files[path] = known
            continue
        with open(os.path.join(folder, path), "rb") as file:
            new.files[path] = (*stamp, digest(file.read()))
        if known is None or known[2] != new.files[path][2]:
            changed.add(path)
    texts = {path[len("texts/") :].partition(".")[0] for path in changed if path.startswith("texts/")}
    new.terms = old.terms
    if "glossary.json" in changed:
        new.terms = {
            term["id"]: (term["headword"], digest(term["definition"].encode()))
            for term in json.loads(read(folder, "glossary.json"))
        }
        texts |= touched(folder, old, new)
    return texts


def touched(folder: str, old: Record, new: Record) -> set[str]:
    """The texts that show a term whose definition changed, or have words that became a term."""
    other = {id for id in old.terms.keys() | new.terms.keys() if tuple(old.terms.get(id, ())) != new.terms.get(id)}
    texts = {text for text, (_, used) in old.texts.items() if not other.isdisjoint(used)}
    fresh = [
        new.terms[id][0]
        for id in other
        if id in new.terms and (id not in old.terms or old.terms[id][0] != new.terms[id][0])
    ]
    if fresh and old.texts:
        import re

        found = re.compile(pattern(fresh))
        texts |= {text for text in old.texts if found.search(read(folder, "texts", f"{text}.md"))}
    return texts


_workshop: Workshop


def begin(folder: str, output: str) -> None:
    """What each worker does first."""
    global _workshop
    _workshop = Workshop(folder, output)


def share(texts: list[str]) -> list[tuple[str, tuple[str, list[str]]]]:
    """What each worker does then."""
    return _workshop.make(texts)


def build(folder: str, output: str, jobs: int) -> int:
    """Bring the output up to date. How many pages of texts were made."""
    old, new = last(output), Record()
    texts = sorted(outdated(folder, old, new))
    if not texts and old.files == new.files:
        return 0
    os.makedirs(os.path.join(output, "texts"), exist_ok=True)
    begin(folder, output)
    new.texts = dict(old.texts)
    if jobs > 1 and len(texts) > HASTE:
        import multiprocessing

        step = max(1, min(64, len(texts) // (jobs * 4)))
        parts = [texts[start : start + step] for start in range(0, len(texts), step)]
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            for made in pool.imap_unordered(share, parts):
                new.texts.update(made)
    else:
        new.texts.update(_workshop.make(texts))
    _workshop.lists(new)
    write(json.dumps([new.files, new.texts, new.terms], separators=(",", ":")), output, ".manifest.json")
    return len(texts)


def watch(folder: str, output: str) -> None:
    """Build, then make a text's page again each time its file is saved, until killed."""
    from watchdog.events import FileClosedEvent, FileMovedEvent, FileSystemEvent, FileSystemEventHandler
    from watchdog.observers import Observer

    build(folder, output, 1)
    begin(folder, output)

    class Saved(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if isinstance(event, (FileClosedEvent, FileMovedEvent)):
                path = os.fsdecode(event.dest_path or event.src_path)
                _workshop.make([os.path.basename(path).partition(".")[0]])

    observer = Observer()
    observer.schedule(Saved(), os.path.join(folder, "texts"))
    observer.start()
    observer.join()


def main(arguments: list[str]) -> None:
    folder, output = arguments[:2]
    if "--watch" in arguments:
        watch(folder, output)
    else:
        print(build(folder, output, int(arguments[arguments.index("--jobs") + 1]) if "--jobs" in arguments else 1))


if __name__ == "__main__":
    main(sys.argv[1:])
