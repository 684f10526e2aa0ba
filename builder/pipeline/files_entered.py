"""Entries that are to be added -> the new text of each file, the old one kept byte for byte before them."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.site import Source
from builder.parse.entries import parse_entries

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.site import EditionSettings, Folder


class FilesEntered:
    """The files of one edition, with what is to be added to each."""

    def __init__(self, settings: EditionSettings, folder: Folder) -> None:
        self._settings = settings
        self._folder = folder
        self._base = f"{settings.folder}/" if settings.folder else ""
        self._added: dict[str, list[str]] = {}
        self._layers: dict[str, None] = {}

    @property
    def first_layer(self) -> str:
        """The layer of TEXT.notes.md."""
        return self._settings.layers[0].id

    def has_layer(self, layer: str) -> bool:
        """Whether the edition has a layer."""
        return any(one.id == layer for one in self._settings.layers)

    def voice(self, layer: str) -> str:
        """Who speaks in a layer."""
        return next((one.by for one in self._settings.layers if one.id == layer), "")

    def add_note(self, text: str, layer: str, entry: str) -> None:
        """A note for a layer on a text."""
        named = f"{text}.{layer}.notes.md"
        first = layer == self.first_layer and f"{self._base}{named}" not in self._folder.sources
        self.add(f"{text}.notes.md" if first or f"{text}.notes.md" in self._own(layer) else named, entry)
        self._layers[layer] = None

    def _own(self, layer: str) -> list[str]:
        """The files of the first layer that have no layer's name."""
        if layer != self.first_layer:
            return []
        return [path.removeprefix(self._base) for path in self._folder.sources if path.endswith(".notes.md")]

    def add(self, name: str, entry: str) -> None:
        """An entry for a file of the edition's folder."""
        self._added.setdefault(f"{self._base}{name}", []).append(entry)

    def changed(self) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
        """Path -> new text. A file that would swallow what is added (a fence never closed) is told, and left alone."""
        files: dict[str, str] = {}
        told: list[Diagnostic] = []
        for path, entries in self._added.items():
            source = self._folder.sources.get(path)
            old = source.text if source is not None else ""
            gap = "" if not old else "\n" if old.endswith("\n") else "\n\n"
            new = f"{old}{gap}" + "\n".join(entries)
            if _entries(new) != _entries(old) + sum(_entries(entry) for entry in entries):
                hint = "close what is open at its end, and import again"
                told.append(diagnose("G145", Place(path), "this file would swallow what is added to it", hint))
                continue
            files[path] = new
        return {**files, **self._listing()}, tuple(told)

    def _listing(self) -> dict[str, str]:
        """edition.toml with the layers that are new, where it lists any."""
        path = f"{self._base}edition.toml"
        source = self._folder.sources.get(path)
        fresh = [layer for layer in self._layers if not self.has_layer(layer)]
        if source is None or not fresh:
            return {}
        try:
            listed = tomllib.loads(source.text).get("layer")
        except tomllib.TOMLDecodeError:
            return {}
        if not isinstance(listed, list) or not listed:
            return {}
        text = source.text.rstrip("\n")
        return {path: text + "".join(f'\n\n[[layer]]\nid = "{layer}"' for layer in fresh) + "\n"}


def _entries(text: str) -> int:
    return len(parse_entries(Source("", text, ""))[0].entries)
