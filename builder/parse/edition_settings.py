"""edition.toml -> EditionSettings."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.site import EditionSettings, HandoutSettings, LayerSettings, TextSettings
from builder.model.vocabulary import BUILT_IN_KINDS, HIGHLIGHT
from builder.parse.nearest import did_you_mean, nearest
from builder.parse.schema import listed_tables, read_table
from builder.parse.setting_tables import EDITION, HANDOUT, LAYER, TEXT_TABLE
from builder.parse.toml import Document, read_toml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Settings, Source


def parse_edition(
    source: Source, *, id: str, folder: str, site: Settings | None, beside: Collection[str] = ()
) -> tuple[EditionSettings | None, tuple[Diagnostic, ...]]:
    """An edition's settings, completed from the site's (None: there is no site.toml). None where it is no TOML.

    `beside` are the sources in its folder. Without any `[[text]]` the result has no texts: `complete` finds them among
    the folder's files.
    """
    document, told_first = read_toml(source)
    if document is None:
        return None, told_first
    told = list(told_first)
    values = read_table(document, (), EDITION, told)
    layers = tuple(_layers(document, told))
    values["title"] = values["title"] or (site.title if site else id)
    values["language"] = values["language"] or (site.language if site else "en")
    values["licence"] = values["licence"] or (site.licence if site else "")
    settings = EditionSettings(
        id=id,
        folder=folder,
        place=Place(source.path),
        texts=lettered(_texts(document, beside, told)),
        layers=layers,
        handouts=tuple(_handouts(document, site, layers, told)),
        **values,
    )
    return settings, tuple(told)


def text_id(file: str) -> str:
    """The id of the text in a file: its name without .md."""
    return file.removesuffix(".md")


def lettered(texts: Iterable[TextSettings]) -> tuple[TextSettings, ...]:
    """The texts with a siglum each: those that have none are given A, B, C … in their order."""
    texts = tuple(texts)
    taken = {text.siglum for text in texts}
    free = (letter for letter in _letters() if letter not in taken)
    return tuple(text if text.siglum else replace(text, siglum=next(free)) for text in texts)


def _letters() -> Iterator[str]:
    """The letters A to Z, then AA, AB, and so on."""
    for number in count(1):  # pragma: no branch  # it never ends
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        yield letters


def _texts(document: Document, beside: Collection[str], told: list[Diagnostic]) -> list[TextSettings]:
    texts: dict[str, TextSettings] = {}
    sigla: dict[str, str] = {}
    for steps in listed_tables(document, "text", told):
        text = TextSettings(place=document.place(*steps), **read_table(document, steps, TEXT_TABLE, told))
        if not text.file:
            continue
        if text.file in texts:
            first = texts[text.file].place.line
            place = document.place(*steps, "file")
            told.append(diagnose("G132", place, f"“{text.file}” is listed twice (first in line {first})", "keep one"))
            continue
        if text.siglum and text.siglum in sigla:
            place = document.place(*steps, "siglum")
            message = f"“{text.siglum}” is the siglum of “{sigla[text.siglum]}” already"
            told.append(diagnose("G132", place, message, "give each text a sign of its own"))
            text = replace(text, siglum="")
        sigla.setdefault(text.siglum, text.file)
        texts[text.file] = text
    return list(_answered(texts.values(), beside, told))


def _answered(texts: Iterable[TextSettings], beside: Collection[str], told: list[Diagnostic]) -> Iterator[TextSettings]:
    """The texts, those that say to answer a text that isn't there no longer saying so."""
    texts = tuple(texts)
    lost = [text.file for text in texts if text.file not in beside]
    names = [text_id(text.file) for text in texts]
    for text, name in zip(texts, names, strict=True):
        wanted = text.responds_to
        if not wanted or (wanted in names and wanted != name):
            yield text
            continue
        if f"{wanted}.md" in beside and any(nearest(file, [f"{wanted}.md"]) for file in lost):
            yield replace(text, responds_to="")  # it is listed by another name than its file's, which is told there
            continue
        others = [other for other in names if other != name]
        why = "is this text itself" if wanted == name else "is no text of this edition"
        told.append(
            diagnose(
                "G104",
                text.place,
                f"“responds-to”: “{wanted}” {why}",
                did_you_mean(wanted, others) or "it has no other",
            )
        )
        yield replace(text, responds_to="")


def _layers(document: Document, told: list[Diagnostic]) -> Iterator[LayerSettings]:
    seen: set[str] = set()
    for steps in listed_tables(document, "layer", told):
        layer = LayerSettings(place=document.place(*steps), **read_table(document, steps, LAYER, told))
        if layer.id in seen:
            told.append(diagnose("G117", layer.place, f"the layer “{layer.id}” is listed twice", "keep one"))
        elif layer.id:
            seen.add(layer.id)
            yield layer


def _handouts(
    document: Document, site: Settings | None, layers: tuple[LayerSettings, ...], told: list[Diagnostic]
) -> Iterator[HandoutSettings]:
    seen: set[str] = set()
    known_layers = [layer.id for layer in layers]
    known_kinds = [*(kind.id for kind in (site.kinds if site else BUILT_IN_KINDS)), HIGHLIGHT]
    for steps in listed_tables(document, "handout", told):
        handout = HandoutSettings(place=document.place(*steps), **read_table(document, steps, HANDOUT, told))
        if handout.id in seen:
            told.append(diagnose("G117", handout.place, f"the handout “{handout.id}” is listed twice", "keep one"))
            continue
        place = document.place(*steps, "layers")
        for name in handout.layers:
            if known_layers and name not in known_layers:
                told.append(diagnose("G125", place, f"there is no layer “{name}”", did_you_mean(name, known_layers)))
        place = document.place(*steps, "kinds")
        for name in handout.kinds:
            if name not in known_kinds:
                told.append(
                    diagnose("G124", place, f"there is no kind of note “{name}”", did_you_mean(name, known_kinds))
                )
        if handout.id:
            seen.add(handout.id)
            yield handout
