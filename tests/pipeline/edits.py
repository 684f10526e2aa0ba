"""A site in memory, and all that an author may do to it between two builds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from builder.model.diagnostic import Place
from builder.model.site import Folder, Source
from builder.model.theme import ThemeFiles
from builder.shell.themes import read_theme

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

WORDS = ("fox", "grapes", "trellis", "vine", "ladder", "harvest", "sour", "ripe", "leap", "fable", "moral", "well")
TERMS = ("Fox", "sour grapes", "vine", "ladder", "Stork's law", "moral", "harvest moon", "well")


@dataclass(frozen=True)
class Site:
    """A site's files by path, what its theme is overlaid with, and what was done to it so far."""

    files: Mapping[str, str]
    overlay: Mapping[str, str] = field(default_factory=dict)
    log: tuple[str, ...] = ()

    def folder(self) -> Folder:
        sources = {
            path: Source(path, text, hashlib.sha256(text.encode()).hexdigest())
            for path, text in sorted(self.files.items())
            if not path.endswith(".svg")
        }
        assets = {path: len(text) for path, text in sorted(self.files.items()) if path.endswith(".svg")}
        return Folder(sources, assets, "content")

    def theme(self) -> ThemeFiles:
        overlay = {path: text.encode() for path, text in self.overlay.items()}
        return ThemeFiles("folio", dict(sorted({**_folio().files, **overlay}.items())), known=_folio().known)

    def done(self, what: str, files: Mapping[str, str], overlay: Mapping[str, str] | None = None) -> Site:
        return replace(self, files=files, overlay=self.overlay if overlay is None else overlay, log=(*self.log, what))

    def editions(self) -> list[str]:
        return sorted(path.split("/")[0] for path in self.files if path.endswith("/edition.toml"))


@cache
def _folio() -> ThemeFiles:
    files, told = read_theme("folio", Path("nowhere/content"), place=Place("site.toml"))
    assert files is not None, told
    return files


def prose(chance: random.Random, paragraphs: int = 4) -> str:
    return "\n\n".join(" ".join(chance.choice(WORDS) for _ in range(14)).capitalize() + "." for _ in range(paragraphs))


def edition(name: str, chance: random.Random) -> dict[str, str]:
    essay = f"# Of {name}\n\n{prose(chance)}\n"
    quoted = " ".join(essay.split("\n\n")[2].split()[1:4])
    return {
        f"{name}/edition.toml": (
            f'title = "Edition {name}"\n[[text]]\nfile = "essay.md"\nsiglum = "A"\nauthor = "N. {name}"\n'
            '[[text]]\nfile = "reply.md"\nsiglum = "R"\nresponds-to = "essay"\n'
        ),
        f"{name}/essay.md": essay,
        f"{name}/reply.md": f"# A reply\n\n{prose(chance, 2)}\n",
        f"{name}/essay.notes.md": (
            f'## {quoted} {{#first in="¶2"}}\nSee [[Fox]] and [@aesop]. A vine.\n\n## ¶3 {{#third .question}}\nWhy?\n'
        ),
        f"{name}/crossrefs.md": "## reply ¶1 → essay ¶2 {#tie .answers}\nIt answers.\n",
    }


GLOSSARY = "".join(f"## {term}\nWhat {term.lower()} means; compare a fable.\n\n" for term in TERMS)
SOURCES = '[{"id": "aesop", "type": "book", "title": "Fables", "author": [{"literal": "Aesop"}]}]\n'


def first_site() -> Site:
    import random

    chance = random.Random(1)
    files = {"site.toml": 'title = "Fables"\n', "glossary.md": GLOSSARY, "sources.json": SOURCES}
    for name in ("ants", "bees", "crows", "dogs"):
        files.update(edition(name, chance))
    files["bees/essay.notes.md"] += "\n## ¶1 {#abroad}\nElsewhere: [[ants/essay ¶2]] and [[ants/#first]].\n"
    files["dogs/glossary.md"] = "## ladder\nAnother ladder, for dogs.\n"
    return Site(files)


def _one(site: Site, chance: random.Random, ending: str) -> str:
    return chance.choice(sorted(path for path in site.files if path.endswith(ending)) or [""])


def _changed(site: Site, path: str, text: str) -> dict[str, str]:
    return {**site.files, path: text}


def word_of_a_text(site: Site, chance: random.Random) -> Site:
    path = _one(site, chance, "/essay.md")
    words = site.files[path].split(" ")
    words[chance.randrange(3, len(words))] = chance.choice(WORDS)
    return site.done(f"word in {path}", _changed(site, path, " ".join(words)))


def paragraph_before_all(site: Site, chance: random.Random) -> Site:
    path = _one(site, chance, "/reply.md")
    head, _, rest = site.files[path].partition("\n\n")
    return site.done(f"paragraph in {path}", _changed(site, path, f"{head}\n\n{prose(chance, 1)}\n\n{rest}"))


def body_of_a_note(site: Site, chance: random.Random) -> Site:
    path = _one(site, chance, ".notes.md")
    if not path:
        return site
    return site.done(f"note in {path}", _changed(site, path, site.files[path] + f" More on {chance.choice(WORDS)}.\n"))


def new_note(site: Site, chance: random.Random) -> Site:
    path = _one(site, chance, "/essay.md").replace(".md", ".notes.md")
    note = f"\n\n## ¶{chance.randrange(1, 4)} {{#n{chance.randrange(10**6)}}}\nA new one, [[{chance.choice(TERMS)}]].\n"
    return site.done(f"new note in {path}", _changed(site, path, site.files.get(path, "") + note))


def note_without_id(site: Site, chance: random.Random) -> Site:
    """A new one, before or after others; its heading and its body are those of others too, now and then."""
    path = _one(site, chance, "/essay.md").replace(".md", ".notes.md")
    heading, body = chance.choice(["¶1", "¶2", "*", "fox", "vine"]), chance.choice(WORDS)
    old, note = site.files.get(path, ""), f"## {heading}\nOn {body}.\n"
    text = f"{note}\n{old}" if chance.random() < 0.5 else f"{old}\n\n{note}"
    return site.done(f"note without id in {path}", _changed(site, path, text))


def heading_mended(site: Site, chance: random.Random) -> Site:
    """Of all notes without an id on the same words."""
    path = _one(site, chance, ".notes.md")
    old, new = chance.sample(["¶1", "¶2", "*", "fox", "vine"], 2)
    if not path:
        return site
    return site.done(f"heading in {path}", _changed(site, path, site.files[path].replace(f"## {old}\n", f"## {new}\n")))


def notes_removed(site: Site, chance: random.Random) -> Site:
    path = _one(site, chance, ".notes.md")
    return site.done(f"removed {path}", {name: text for name, text in site.files.items() if name != path})


def definition(site: Site, chance: random.Random) -> Site:
    term = chance.choice(TERMS)
    means = f"What {term.lower()} means"
    text = site.files["glossary.md"].replace(means, f"{means} {chance.random()}")
    return site.done(f"definition of {term}", _changed(site, "glossary.md", text))


def new_term(site: Site, chance: random.Random) -> Site:
    word = chance.choice(WORDS)
    text = site.files["glossary.md"] + f"## {word} {{#t{chance.randrange(10**6)}}}\nA term: {chance.choice(WORDS)}.\n\n"
    return site.done(f"new term {word}", _changed(site, "glossary.md", text))


def term_removed(site: Site, chance: random.Random) -> Site:
    entries = site.files["glossary.md"].split("## ")[1:]
    if len(entries) < 3:
        return site
    gone = entries.pop(chance.randrange(len(entries)))
    text = "".join(f"## {entry}" for entry in entries)
    return site.done(f"removed term {gone.split()[0]}", _changed(site, "glossary.md", text))


def term_renamed(site: Site, chance: random.Random) -> Site:
    entries = site.files["glossary.md"].split("## ")[1:]
    number = chance.randrange(len(entries))
    _, _, rest = entries[number].partition("\n")
    entries[number] = f"{chance.choice(WORDS)} {chance.choice(WORDS)}\n{rest}"
    return site.done("renamed term", _changed(site, "glossary.md", "".join(f"## {entry}" for entry in entries)))


def term_forms(site: Site, chance: random.Random) -> Site:
    entries = site.files["glossary.md"].split("## ")[1:]
    number = chance.randrange(len(entries))
    head, _, rest = entries[number].partition("\n")
    setting = chance.choice((f'also="{chance.choice(WORDS)}"', 'link="all"', 'link="none"', 'not="sour ripe"'))
    entries[number] = f"{head.partition(' {')[0]} {{{setting}}}\n{rest}"
    return site.done(f"forms: {setting}", _changed(site, "glossary.md", "".join(f"## {entry}" for entry in entries)))


def own_term(site: Site, chance: random.Random) -> Site:
    name = chance.choice(site.editions() or ["ants"])
    path = f"{name}/glossary.md"
    entry = f"## {chance.choice(WORDS)} {{#o{chance.randrange(10**6)}}}\nIts own.\n\n"
    return site.done(f"own term in {name}", _changed(site, path, site.files.get(path, "") + entry))


def work(site: Site, chance: random.Random) -> Site:
    text = SOURCES.replace("Fables", f"Fables {chance.randrange(100)}")
    return site.done("work", _changed(site, "sources.json", text))


def edition_added(site: Site, chance: random.Random) -> Site:
    name = chance.choice(("eels", "frogs", "geese", "hares"))
    return site.done(f"added {name}", {**site.files, **edition(name, chance)})


def edition_removed(site: Site, chance: random.Random) -> Site:
    names = site.editions()
    if len(names) < 3:
        return site
    name = chance.choice(names)
    files = {path: text for path, text in site.files.items() if not path.startswith(f"{name}/")}
    return site.done(f"removed {name}", files)


def edition_renamed(site: Site, chance: random.Random) -> Site:
    name = chance.choice(site.editions() or ["ants"])
    to = f"{name[:6]}-{chance.randrange(9)}"
    files = {
        (f"{to}{path[len(name) :]}" if path.startswith(f"{name}/") else path): text for path, text in site.files.items()
    }
    return site.done(f"renamed {name} to {to}", files)


def drafted(site: Site, chance: random.Random) -> Site:
    path = _one(site, chance, "/edition.toml")
    if not path:
        return site
    text = site.files[path]
    text = text.replace("draft = true\n", "") if "draft" in text else "draft = true\n" + text
    return site.done(f"draft in {path}", _changed(site, path, text))


def a_page_for_each(site: Site, chance: random.Random) -> Site:
    path = _one(site, chance, "/edition.toml")
    if not path:
        return site
    text = site.files[path]
    text = text.replace('pages = "each"\n', "") if "pages" in text else 'pages = "each"\n' + text
    return site.done(f"pages in {path}", _changed(site, path, text))


def settings(site: Site, chance: random.Random) -> Site:
    line = chance.choice(('title = "Fables"\n', 'title = "More"\n', 'title = "F"\nbase_url = "https://example.org/"\n'))
    return site.done("settings", _changed(site, "site.toml", line))


def broken(site: Site, chance: random.Random) -> Site:
    path = _one(site, chance, "/edition.toml")
    if not path:
        return site
    text = site.files[path]
    text = text.replace("nonsense = [", "") if "nonsense" in text else text + "nonsense = ["
    return site.done(f"broken {path}", _changed(site, path, text))


def picture(site: Site, chance: random.Random) -> Site:
    name = chance.choice(site.editions() or ["ants"])
    files = {**site.files, f"{name}/boat.svg": f"<svg>{chance.randrange(99)}</svg>"}
    files[f"{name}/reply.md"] = files.get(f"{name}/reply.md", "# R\n") + "\n![a boat](boat.svg)\n"
    return site.done(f"picture in {name}", files)


def visit(site: Site, chance: random.Random) -> Site:
    one, other = chance.choice(site.editions() or ["ants"]), chance.choice(site.editions() or ["ants"])
    path = f"{one}/essay.notes.md"
    note = f"\n\n## ¶1 {{#v{chance.randrange(10**6)}}}\nSee [[{other}/essay ¶1]].\n"
    return site.done(f"{one} speaks of {other}", _changed(site, path, site.files.get(path, "") + note))


def theme(site: Site, chance: random.Random) -> Site:
    overlay = {"words/en.toml": f'[nav]\nread = "Read {chance.randrange(9)}"\n'}
    covered = {f"folio/{path}": _folio().files[path].decode() for path in overlay}
    return site.done("theme", site.files, {**overlay, **covered})


def lock_removed(site: Site, chance: random.Random) -> Site:
    path = _one(site, chance, "/anchors.lock")
    return site.done(f"removed {path}", {name: text for name, text in site.files.items() if name != path})


def lock_damaged(site: Site, chance: random.Random) -> Site:
    path = _one(site, chance, "/anchors.lock")
    if not path:
        return site
    lines = site.files[path].split("\n")
    lines[chance.randrange(len(lines))] = chance.choice(("<<<<<<< ours", "=======", "", "block\tp1\tOther words."))
    return site.done(f"damaged {path}", _changed(site, path, "\n".join(lines)))


def lock_of_another(site: Site, chance: random.Random) -> Site:
    """As a careless merge leaves it."""
    path, other = (_one(site, chance, "/anchors.lock") for _ in range(2))
    return site.done(f"{path} of {other}", _changed(site, path, site.files[other])) if path else site


EDITS: tuple[Callable[[Site, random.Random], Site], ...] = (
    word_of_a_text,
    paragraph_before_all,
    body_of_a_note,
    new_note,
    note_without_id,
    heading_mended,
    notes_removed,
    definition,
    new_term,
    term_removed,
    term_renamed,
    term_forms,
    own_term,
    work,
    edition_added,
    edition_removed,
    edition_renamed,
    drafted,
    a_page_for_each,
    settings,
    broken,
    picture,
    visit,
    theme,
    lock_removed,
    lock_damaged,
    lock_of_another,
)
