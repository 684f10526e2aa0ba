"""The names of a site's files -> its editions, what each file is, and what belongs to nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from builder.model.codes import diagnose
from builder.model.diagnostic import Place, Severity
from builder.model.lock import LOCK
from builder.model.remember import KEPT, remembered
from builder.model.site import EditionSettings, LayerSettings, TextSettings
from builder.model.vocabulary import DEFAULT_LAYER, RESERVED_EDITIONS
from builder.parse.edition_settings import lettered, text_id
from builder.parse.file_names import check_edition_name, check_text_name
from builder.parse.ids import slug
from builder.parse.misnamed import ASIDE, ENTRIES, call_it, in_small_letters, is_surely_meant, meant, misnamed
from builder.parse.nearest import nearest
from builder.parse.shapes import NAME_RULE, is_name
from builder.parse.textless import NOTES, textless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Folder, Source


class FoundEdition(NamedTuple):
    """An edition's id, its folder, and its edition.toml (None: the folder has none)."""

    id: str
    folder: str
    settings: str | None


@remembered
def files_by_folder(folder: Folder) -> Mapping[str, tuple[str, ...]]:
    """The text files that stand directly in the site's folder ("") and in each folder of it. Locks say nothing here."""
    return _by_folder(tuple(folder.sources))


@lru_cache(maxsize=KEPT)
def _by_folder(paths: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The same of the sources' paths: those are what they were when somebody saves a file."""
    files: dict[str, list[str]] = {"": []}
    for path in paths:
        top, slash, name = path.partition("/")
        if path.endswith(LOCK):
            continue
        if not slash:
            files[""].append(path)
        else:
            files.setdefault(top, []).append(name)
    return {name: tuple(sorted(names)) for name, names in sorted(files.items())}


@remembered
def others_by_folder(folder: Folder) -> Mapping[str, tuple[str, ...]]:
    """The files that are no sources, and the tables, directly in the site's folder ("") and in each folder of it."""
    files: dict[str, list[str]] = {}
    tables = (path for path in folder.sources if not path.endswith((".md", LOCK)))
    for path in sorted((*folder.assets, *tables)):
        top, slash, name = path.rpartition("/")
        if "/" not in top:
            files.setdefault(top if slash else "", []).append(name)
    return {name: tuple(names) for name, names in files.items()}


@remembered
def find_editions(folder: Folder) -> tuple[FoundEdition, ...]:
    """The site's editions in the order of their folders' names.

    A folder with edition.toml is one. A lone edition.toml beside no site.toml makes the site's folder one. Where
    there is only site.toml, every folder that holds a text is one: the smallest site needs no more.
    """
    files = files_by_folder(folder)
    if "edition.toml" in files[""]:
        name = slug(folder.name, "edition")
        return (
            FoundEdition(name if is_name(name) and name not in RESERVED_EDITIONS else "edition", "", "edition.toml"),
        )
    inner = [name for name in files if name]
    listed = [FoundEdition(name, name, f"{name}/edition.toml") for name in inner if "edition.toml" in files[name]]
    return tuple(listed or [FoundEdition(name, name, None) for name in inner if any(_texts(files[name]))])


def check_names(folder: Folder, found: Iterable[FoundEdition]) -> tuple[Diagnostic, ...]:
    """What is wrong with the names of editions, and with files that stand outside of them."""
    found = tuple(found)
    told: list[Diagnostic] = []
    for edition in found:
        place = Place(edition.settings or edition.folder)
        told.extend(check_edition_name(edition.id, place))
    if not found:
        hint = "make a folder beside site.toml with an edition.toml and a text in it"
        told.append(diagnose("G131", Place("site.toml"), "this site has no edition", hint))
    folders = {edition.folder for edition in found}
    sources, others = files_by_folder(folder), others_by_folder(folder)
    for name, files in sources.items():
        # Where an edition's own table has another name, nothing is to be said of all the rest.
        if name not in folders and not any(meant(one, ()) == "edition.toml" for one in (*files, *others.get(name, ()))):
            told.extend(_strays(name, files) if f"{name}/{LOCK}" not in folder.sources else _gone(name))
    for name, files in others.items():
        if name not in folders:
            surely = filter(is_surely_meant, files)
            told.extend(misnamed(f"{name}/" if name else "", surely, (), sources.get(name, ())))
    return tuple(told)


def _gone(name: str) -> Iterator[Diagnostic]:
    """Of a folder in which notes were anchored: to publish the site without it is what nobody means."""
    message = "this folder was an edition when it was last built, and has no edition.toml any more"
    hint = "put its edition.toml back; if it is to be an edition no longer, take this file away"
    yield replace(diagnose("G112", Place(f"{name}/{LOCK}"), message, hint), severity=Severity.ERROR)


def _strays(name: str, files: tuple[str, ...]) -> Iterator[Diagnostic]:
    for file in files:
        if not file.endswith(".md") or file.lower() in ASIDE or (not name and file == "glossary.md"):
            continue
        if name:
            hint = f"a folder is an edition where it holds an edition.toml: {name} has none"
            if "edition.toml" in files:
                hint = "the site's own folder is an edition already: take its edition.toml out, or this folder"
            yield diagnose("G112", Place(f"{name}/{file}"), "this file belongs to no edition", hint)
        elif small := in_small_letters(file):
            yield diagnose("G112", Place(file), "a file of this name isn't read", call_it(file, small, files))
        else:
            hint = "texts and notes stand in a folder of their own, with an edition.toml"
            yield diagnose("G112", Place(file), "this file belongs to no edition", hint)


def complete(settings: EditionSettings, files: Iterable[str]) -> EditionSettings:
    """The settings with texts and layers found among the folder's files, where edition.toml lists none."""
    files = tuple(sorted(files))
    if not settings.texts:
        found = (TextSettings(file=file, place=settings.place) for file in _texts(files))
        settings = replace(settings, texts=lettered(found))
    if not settings.layers:
        layers = {DEFAULT_LAYER: LayerSettings(DEFAULT_LAYER, settings.place)}
        for file in files:
            name = _notes(file)
            if name and name[1] and is_name(name[1]):
                layers.setdefault(name[1], LayerSettings(name[1], settings.place))
        settings = replace(settings, layers=tuple(layers.values()))
    return settings


def check_files(
    settings: EditionSettings,
    given: EditionSettings,
    files: Iterable[str],
    others: Iterable[str],
    sources: Mapping[str, Source],
) -> tuple[Diagnostic, ...]:
    """What is wrong with the names in an edition's folder. `given` is as edition.toml has it, `settings` completed.

    `files` are the names of its sources, `others` what else lies there; `sources` are all of the site.
    """
    files, others = tuple(files), tuple(others)
    base = f"{settings.folder}/" if settings.folder else ""
    names = {text_id(text.file): text for text in settings.texts}
    listed = tuple(text.file for text in settings.texts)
    told = [*_text_names(settings, files, others), *misnamed(base, others, listed, files)]
    told += _unknown_layers(settings, given)
    meant_by = set(missing_texts(settings, files)).difference(names)
    for file in sorted(files):
        if file.endswith("/edition.toml"):
            hint = "editions stand beside each other in the site's folder, not within each other"
            told.append(diagnose("G112", Place(f"{base}{file}"), "an edition within an edition is not read", hint))
        if file in ENTRIES or file.removesuffix(".md") in names or not file.endswith(".md") or file.lower() in ASIDE:
            continue
        place = Place(f"{base}{file}")
        notes = _notes(file)
        if (notes[0] if notes else file.removesuffix(".md")) in meant_by:
            continue  # it was told where the name stands by which it is listed
        if notes is None:
            told.append(_belongs_to_nothing(file, place, settings, files))
        elif notes[0] not in names:
            source = sources.get(place.path)
            told.append(textless(place, *notes, names=names, files=files, others=others, source=source))
        elif notes[1]:
            told.extend(_layer_name(notes[1], place, given, beside=f"{notes[0]}{NOTES}" in files))
    return tuple(told)


def _belongs_to_nothing(file: str, place: Place, settings: EditionSettings, files: tuple[str, ...]) -> Diagnostic:
    """Of a file that is neither a text nor notes nor entries: its name may be nearly one of these."""
    if small := in_small_letters(file):
        return diagnose("G112", place, "a file of this name isn't read", call_it(file, small, files))
    texts = [text.file for text in settings.texts]
    notes = [f"{text_id(name)}{NOTES}" for name in texts]
    notes += [f"{text_id(name)}.{layer.id}{NOTES}" for name in texts for layer in settings.layers[1:]]
    parts = _notes(file.lower())
    if parts and f"{parts[0]}.md" in texts and file.lower() not in files:  # its layer has no other file
        notes.append(file.lower())
    # to call it as another one is called would replace that
    near = nearest(file, [name for name in (*ENTRIES, *texts, *notes) if name not in files])
    if near in notes and "." in file.removesuffix(".md"):
        return diagnose("G112", place, "this file belongs to nothing", f"did you mean “{near}”?")
    hint = f"did you mean “{near}”? " if near else ""
    return diagnose(
        "G112",
        place,
        "this file belongs to nothing",
        f"{hint}list it in edition.toml as a [[text]], or move it elsewhere",
    )


def _unknown_layers(settings: EditionSettings, given: EditionSettings) -> Iterator[Diagnostic]:
    """Layers that a handout names, and nothing else does: where edition.toml lists none the files' names say them."""
    known = [layer.id for layer in settings.layers]
    for handout in settings.handouts if not given.layers else ():
        for name in handout.layers:
            if name not in known:
                near = nearest(name, known)
                hint = f"did you mean “{near}”?" if near else f"there are: {', '.join(known)}"
                message = f"the handout “{handout.id}” asks for the layer “{name}”, and there is none"
                yield diagnose("G125", handout.place, message, hint)


def _layer_name(layer: str, place: Place, given: EditionSettings, *, beside: bool) -> Iterator[Diagnostic]:
    """What is wrong with the layer in a file's name. `beside`: the text's first layer has a file too."""
    known = [one.id for one in given.layers]
    if known and layer not in known:
        near = nearest(layer, known)
        hint = f"did you mean “{near}”?" if near else f'list it in edition.toml: [[layer]] with id = "{layer}"'
        yield diagnose("G125", place, f"there is no layer “{layer}”", hint)
    elif known and layer == known[0] and beside:
        hint = "the notes of the first layer stand in the file without a layer's name: move these there"
        yield diagnose("G125", place, f"the layer “{layer}” has two files for this text", hint)
    elif not is_name(layer):
        yield diagnose("G110", place, f"“{layer}” is no name for a layer: {NAME_RULE}", "rename the file")


def _text_names(settings: EditionSettings, files: tuple[str, ...], others: tuple[str, ...]) -> Iterator[Diagnostic]:
    listed = [text.file for text in settings.texts]
    if not settings.texts:
        hint = 'write a text into the folder and list it: [[text]] with file = "NAME.md"'
        yield diagnose("G131", settings.place, "this edition has no text", hint)
    near_by = _nearly(listed, files)
    for text in settings.texts:
        yield from check_text_name(text_id(text.file), text.place)
        if text.file not in files:
            saved = next((other for other in others if meant(other, listed) == text.file), "")
            near = near_by.get(text.file, "")
            hint = f"did you mean “{near}”? It is there, and not listed" if near else "put the file beside edition.toml"
            hint = f"beside it lies “{saved}”: {call_it(saved, text.file, files)}" if saved else hint
            yield diagnose("G111", text.place, f"the file “{text.file}” isn't there", hint)


def missing_texts(settings: EditionSettings, files: Iterable[str]) -> tuple[str, ...]:
    """The names of texts that are listed and aren't there, and of those that lie there and were likely meant."""
    files = tuple(files)
    listed = tuple(text.file for text in settings.texts)
    lacking = [file for file in listed if file not in files]
    return tuple(dict.fromkeys(text_id(file) for file in (*lacking, *_nearly(listed, files).values())))


def _nearly(listed: Sequence[str], files: Sequence[str]) -> Mapping[str, str]:
    """Texts that are listed and aren't there -> what is there, unlisted, and has nearly their name, where anything has.

    Where one alone isn't there, and one alone isn't listed, it is that.
    """
    known, there = frozenset(listed), frozenset(files)
    unlisted = [file for file in _texts(files) if file not in known]
    lacking = [file for file in dict.fromkeys(listed) if file not in there]
    if not unlisted:
        return {}
    lone = unlisted[0] if len(unlisted) == len(lacking) == 1 else ""
    return {file: near for file in lacking if (near := nearest(file, unlisted) or lone)}


def _texts(files: Iterable[str]) -> Iterator[str]:
    """The files that can be texts by their names."""
    for file in files:
        stem = file.removesuffix(".md")
        usable = stem != file and "." not in stem and "/" not in stem
        if usable and file.lower() not in ENTRIES | ASIDE:
            yield file


def _notes(file: str) -> tuple[str, str] | None:
    """(text, layer) of a file of notes, "" for the first layer; None for any other file."""
    parts = file.removesuffix(NOTES).split(".") if file.endswith(NOTES) else []
    if len(parts) not in (1, 2) or "/" in file or not all(parts):
        return None
    return parts[0], parts[1] if len(parts) == 2 else ""
