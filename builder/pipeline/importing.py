"""Texts from outside and an edition's folder -> the files to be put into it.

Nothing that stands there is changed, but for what is added at the end of edition.toml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from builder.model.diagnostic import Place
from builder.model.incoming import Refused, Remark
from builder.model.pictures import resolved
from builder.model.prose import RawHtml
from builder.model.site import Source, TextSettings
from builder.model.text import RawHtmlPolicy
from builder.model.value import value_class
from builder.model.vocabulary import RESERVED_TEXTS
from builder.parse.edition_settings import parse_edition
from builder.parse.folder import complete
from builder.parse.ids import slug
from builder.parse.markdown import local_pictures, parse_text
from builder.parse.shapes import is_name
from builder.parse.toml_written import toml_table, toml_value
from builder.pipeline.imported_notes import imported_notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.incoming import Facts, Incoming, Tagged
    from builder.model.prose import Prose
    from builder.model.site import EditionSettings

SETTINGS = "edition.toml"
SHOWN = 5
"""How many addresses of a text are told one by one."""
_BEGUN = re.compile(r"</?[a-zA-Z][\w-]*")


@value_class(frozen=True, slots=True)
class Parcel:
    """A text to be imported, and the name that it is to have."""

    name: str
    text: Incoming


@value_class(frozen=True, slots=True)
class Addition:
    """Files of an edition's folder as they are to be, by name, those that stand there so left out."""

    files: Mapping[str, str]
    remarks: tuple[tuple[str, Remark], ...]
    """Each with the name of the text that it is of."""
    pictures: tuple[tuple[str, str], ...] = ()
    """The pictures that the texts show: the name of the text, and a path in the edition's folder."""


def text_name(text: Incoming, stem: str, taken: Sequence[str]) -> str:
    """A name for a text: from the words it was parted before, else from its file's name, that no other one has."""
    name = slug(text.facts.title or text.opening, "") if text.opening else slug(stem, "")
    name = name if is_name(name) else "text"
    name = f"{name}-text" if name in RESERVED_TEXTS else name
    return next(one for number in count(1) if (one := f"{name}-{number}" if number > 1 else name) not in taken)


def title_of(text: Incoming, stem: str) -> str:
    """What a text is called, as an edition of it alone would be: its title, else its file's name."""
    return text.facts.title or _title(_prose(text.markdown.split("\n\n", 1)[0])) or stem


def addition(
    parcels: Sequence[Parcel], standing: Mapping[str, str], others: Sequence[str], *, title: str, layer: str
) -> Addition | Refused:
    """What is to be put into an edition's folder.

    `standing` are the words of its files that can be read, `others` the names of all else that lies there. Refused
    where a file that stands there has other words than the one that is to be put there.
    """
    desk = _Desk(dict(standing), layer)
    settings = desk.settings()
    if isinstance(settings, Refused):
        return settings
    for parcel in parcels:
        desk.take(parcel, settings)
    for name, words in desk.files.items():
        if name in others or standing.get(name, words) != words:
            hint = "to import the text under another name: --text NAME"
            if name.endswith(".notes.md"):
                hint = "to put the comments into another layer: --layer NAME"
            return Refused(f"{name} stands there already, with other words: it is left as it is", hint)
    refused = desk.list_texts(settings, title)
    if refused is not None:
        return refused
    files = {name: words for name, words in desk.files.items() if standing.get(name) != words}
    return Addition(files, tuple(desk.remarks), tuple(desk.pictures))


@dataclass(slots=True)
class _Desk:
    """One import under way."""

    standing: Mapping[str, str]
    layer: str
    files: dict[str, str] = field(default_factory=dict)
    tables: list[tuple[str, str]] = field(default_factory=list)
    """For each text its file's name and its table."""
    tags: dict[str, None] = field(default_factory=dict)
    """Those of a new edition, in their order."""
    noted: bool = False
    """Whether comments came with a text."""
    remarks: list[tuple[str, Remark]] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)

    def settings(self) -> EditionSettings | Refused | None:
        """The edition's settings as they stand, None for a new one."""
        words = self.standing.get(SETTINGS)
        if words is None:
            texts = [name for name in self.standing if name.endswith(".md")]
            if texts:
                hint = f'make an {SETTINGS} with title = "…" in it first'
                return Refused(f"{min(texts)} stands there, but no {SETTINGS}", hint)
            return None
        found, told = parse_edition(Source(SETTINGS, words, ""), id="edition", folder="", site=None)
        if found is None:
            why = told[0] if told else None
            place = why.place.line if why else 0
            return Refused(f"{SETTINGS} can't be read: {why.message if why else ''}", why.hint if why else "", place)
        return found

    def take(self, parcel: Parcel, settings: EditionSettings | None) -> None:
        """Make the files of one text."""
        text, name = parcel.text, parcel.name
        self._say(name, text.remarks)
        prose, told = parse_text(text.markdown, path="", settings=TextSettings("", Place("")))
        html = _html_in(prose)
        if raw := bool(html):
            settings_of = TextSettings("", Place(""), raw_html=RawHtmlPolicy.CLEAN)
            prose, told = parse_text(text.markdown, path="", settings=settings_of)
            if settings is None or not any(one.file == f"{name}.md" for one in settings.texts):
                line = _line_of(html, text.markdown) + text.before
                self._say(name, [Remark(f'HTML stands in it: raw_html = "clean" is set for it in {SETTINGS}', line)])
            self._say(name, (_left_out(one, text.before) for one in told if one.code == "G130"))
        self._say(name, _unlinked(told, text.before))
        self._say(name, _misread(text, prose))
        self.files[f"{name}.md"] = text.markdown
        self.pictures += [(name, path) for src in local_pictures(prose) if (path := resolved(src))]
        homeless = (*text.homeless, *self._tagged(name, text.tags, settings))
        self.tables.append((f"{name}.md", _table(f"{name}.md", text, homeless, _title(prose), raw=raw)))
        for key, typed in text.homeless:
            first = typed.strip().split("\n")[0]
            self._say(name, [Remark(f"no setting holds “{key}”: it is kept as a comment in {SETTINGS} ({first[:40]})")])
        if text.comments:
            notes, remarks = imported_notes(text.comments, prose, text=name, layer=self.layer)
            first_layer = settings is not None and settings.layers and settings.layers[0].id == self.layer
            self.files[f"{name}.notes.md" if first_layer else f"{name}.{self.layer}.notes.md"] = notes
            self.noted = True
            self._say(name, remarks)

    def _tagged(self, name: str, tags: Sequence[Tagged], settings: EditionSettings | None) -> Iterator[tuple[str, str]]:
        """What a text's tags come to: a new edition has them; of one that stands they are kept beside, and told."""
        for one in tags:
            if settings is None:
                self.tags.update(dict.fromkeys(one.words))
                continue
            yield one.name, one.typed
            listed = any(text.file == f"{name}.md" for text in settings.texts)
            missing = [toml_value(word) for word in one.words if word not in settings.tags]
            if missing and not listed:
                told = f"tags are an edition's: “{one.name}” is kept as a comment in {SETTINGS}"
                self._say(name, [Remark(f"{told}; write into its `tags` what holds for it ({', '.join(missing)})")])

    def list_texts(self, settings: EditionSettings | None, title: str) -> Refused | None:
        """Add the tables of those texts that edition.toml doesn't list yet."""
        before = self.standing.get(SETTINGS)
        tags = [("tags", list(self.tags))] if self.tags else []
        words = toml_table("", [("title", title), *tags]) if before is None else before
        listed = {text.file for text in settings.texts} if settings is not None else set()
        added = [table for file, table in self.tables if file not in listed]
        if added and settings is not None and not listed:
            found = complete(settings, [name for name in self.standing if name.endswith(".md")])
            ours = {file for file, _ in self.tables}
            added[:0] = [toml_table("[[text]]", [("file", one.file)]) for one in found.texts if one.file not in ours]
        layers = [layer.id for layer in settings.layers] if settings is not None else []
        if self.noted and layers and self.layer not in layers:
            added.append(toml_table("[[layer]]", [("id", self.layer)]))
        if not added:
            return None
        words = "\n".join([words if words.endswith("\n") or not words else f"{words}\n", *added])
        self.files[SETTINGS] = words
        return _unlisted(words, [file for file, _ in self.tables])

    def _say(self, name: str, remarks: Iterator[Remark] | Sequence[Remark]) -> None:
        self.remarks.extend((name, remark) for remark in remarks)


def _unlisted(words: str, files: Sequence[str]) -> Refused | None:
    """Whether the settings with what was added are read as they are meant."""
    found, told = parse_edition(Source(SETTINGS, words, ""), id="edition", folder="", site=None)
    if found is not None and {*files} <= {text.file for text in found.texts}:
        return None
    why = f": {told[0].message}" if told else ""
    return Refused(f"a [[text]] can't be added at the end of {SETTINGS}{why}", "list the text there yourself")


def _prose(markdown: str) -> Prose:
    return parse_text(markdown, path="", settings=TextSettings("", Place("")))[0]


def _title(prose: Prose) -> str:
    title = prose.block_named("title")
    return " ".join(prose.words(title.span).split()) if title else ""


def _html_in(prose: Prose) -> str:
    """The first HTML that stands in a text, "" for none."""
    frames = (prose.frame, *(footnote.frame for footnote in prose.footnotes))
    return next((event.html for frame in frames for event in frame if isinstance(event, RawHtml)), "")


def _line_of(html: str, markdown: str) -> int:
    """The line, from 1, in which some HTML begins, of which no more than the name of its tag may be as it was typed."""
    begun = _BEGUN.match(html)
    return markdown.count("\n", 0, max(0, markdown.find(begun[0] if begun else html.split("\n", 1)[0]))) + 1


def _unlinked(told: Sequence[Diagnostic], before: int) -> Iterator[Remark]:
    """What is said of addresses that builds won't link, or that lead nowhere: one line for all of them."""
    found = sorted({(one.place.line, one.message) for one in told if one.code == "G146"})
    if found:
        shown = [f"{message} (line {line + before})" for line, message in found[:SHOWN]]
        more = [f"{len(found) - SHOWN} more, which `glossator check` tells"] if found[SHOWN:] else []
        yield Remark(f"addresses to be looked at: {'; '.join([*shown, *more])}")


def _misread(text: Incoming, prose: Prose) -> Iterator[Remark]:
    """Whether what is read is what stood in the file. Nothing should come of this: it is told where it does."""
    read = "".join(prose.words(prose.main).split())
    if not text.words or read == text.words:
        return
    at = next((at for at, (one, other) in enumerate(zip(read, text.words, strict=False)) if one != other), len(read))
    yield Remark(f"the text isn't read as it stood in the file from “{text.words[at : at + 30]}” on: look at it")


def _left_out(one: Diagnostic, before: int) -> Remark:
    """What is said of HTML that the file keeps and no page will show."""
    what = one.message.partition(": ")[2]
    return Remark(f"HTML stays in the file that builds leave out (raw_html): {what}", one.place.line + before)


def _table(file: str, text: Incoming, homeless: Sequence[tuple[str, str]], heading: str, *, raw: bool) -> str:
    facts: Facts = text.facts
    if " ".join(facts.title.split()) == heading:
        facts = replace(facts, title="")
    pairs: list[tuple[str, object]] = [("file", file)]
    named = ("title", "author", "date", "source", "rights", "language")
    pairs += [(name, value) for name in named if (value := getattr(facts, name))]
    if raw:
        pairs.append(("raw_html", RawHtmlPolicy.CLEAN.value))
    return toml_table("[[text]]", pairs, [_kept(name, typed) for name, typed in homeless])


def _kept(name: str, typed: str) -> str:
    """What no setting holds, as it is kept: on one line where it is one."""
    lines = typed.strip("\n")
    return f"{name}:\n{lines}" if lines[:1].isspace() else f"{name}: {lines}"
