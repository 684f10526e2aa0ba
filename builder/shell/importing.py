"""Files from outside -> texts of an edition, in its folder: what would be written, and the writing of it."""

from __future__ import annotations

import difflib
import os
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.model.incoming import Refused, Remark
from builder.model.value import value_class
from builder.model.vocabulary import RESERVED_EDITIONS, RESERVED_TEXTS
from builder.parse.ids import slug
from builder.parse.shapes import NAME_RULE, is_name
from builder.pipeline.importing import SETTINGS, Parcel, addition, text_name, title_of
from builder.shell.adding import look_into, put_into
from builder.shell.beside import picture_beside
from builder.shell.files import shown
from builder.shell.incoming import read_incoming, refusal_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.pipeline.importing import Addition

WORD = "word"
"""The layer of a Word file's comments, unless another is named."""

SITE = "content"
"""The folder of a site, where the command is given beside it."""


@value_class(frozen=True, slots=True)
class Request:
    """What was typed. "" and () for what wasn't."""

    files: tuple[str, ...]
    into: str = ""
    names: tuple[str, ...] = ()
    layer: str = ""
    parting: tuple[str, ...] = ()


@value_class(frozen=True, slots=True)
class Plan:
    """What an import writes: files of an edition's folder by name, and the words of those that change."""

    folder: str
    files: Mapping[str, str]
    before: Mapping[str, str]
    pictures: Mapping[str, bytes]
    """Pictures to be put there, by their paths."""
    remarks: tuple[tuple[str, Remark], ...]
    """Each with the path of the file that it is of."""


def plan(request: Request) -> Plan:
    """What an import would write. SiteError for what the author can mend; nothing is written yet."""
    _permit(request)
    texts = [(path, text) for path in request.files for text in read_incoming(path, request.parting)]
    if len(request.names) > len(texts):
        raise SiteError(f"{len(request.names)} names are given with --text, for {len(texts)} texts")
    parcels: list[Parcel] = []
    paths: dict[str, str] = {}
    for index, (path, text) in enumerate(texts):
        name = request.names[index] if index < len(request.names) else ""
        name = name or text_name(text, _stem(path), [*paths, *request.names])
        parcels.append(Parcel(name, text))
        paths[name] = path
    title = title_of(texts[0][1], _stem(texts[0][0]))
    folder = request.into or _new_folder(title, _stem(texts[0][0]))
    standing, others = look_into(folder)
    made = addition(parcels, standing, others, title=title, layer=request.layer or WORD)
    if isinstance(made, Refused):
        raise refusal_of(folder, made)
    if made.files and SETTINGS not in standing:
        _permit_folder(folder)
    if made.files and standing and not request.into:
        raise SiteError(f"{shown(folder)}: is there already; to add to it: --into {shown(folder)}")
    before = {name: standing[name] for name in made.files if name in standing}
    remarks = [(paths[name], remark) for name, remark in made.remarks]
    pictures = _pictures(folder, made, paths, remarks)
    return Plan(folder, made.files, before, pictures, tuple(remarks))


def _pictures(
    folder: str, made: Addition, paths: Mapping[str, str], remarks: list[tuple[str, Remark]]
) -> dict[str, bytes]:
    """The pictures that come along. SiteError where another one lies in the place of one of them."""
    found: dict[str, bytes] = {}
    for name, path in made.pictures:
        content = picture_beside(paths[name], path)
        there = os.path.join(folder, path)
        if content is None:
            if not os.path.isfile(there):
                remarks.append(
                    (paths[name], Remark(f"the picture {path} can't be brought along: put it into {folder}"))
                )
        elif not os.path.lexists(there):
            found[path] = content
        elif picture_beside(os.path.join(folder, SETTINGS), path) != content:
            raise SiteError(f"{shown(there)}: another picture is there already; rename one of the two")
    return found


def carry_out(made: Plan) -> tuple[str, ...]:
    """Write what a plan says, all or nothing. The paths of the files that were written, sorted."""
    contents = {name: words.encode("utf-8") for name, words in made.files.items()} | dict(made.pictures)
    if contents:
        put_into(made.folder, contents, made.before)
    return tuple(os.path.join(made.folder, name) for name in sorted(contents))


def differences(made: Plan) -> Iterator[str]:
    """What a plan would change, as the lines of a unified diff."""
    for name in sorted(made.files):
        path = os.path.join(made.folder, name).replace(os.sep, "/")
        before = made.before.get(name)
        old = "/dev/null" if before is None else path
        lines = (before or "").splitlines(keepends=True), made.files[name].splitlines(keepends=True)
        for line in difflib.unified_diff(*lines, old, path):
            yield line if line.endswith("\n") else f"{line}\n"
    for name in sorted(made.pictures):
        path = os.path.join(made.folder, name).replace(os.sep, "/")
        yield f"new picture {path}: {len(made.pictures[name]):,} bytes\n"


def _permit(request: Request) -> None:
    for name in request.names:
        if not is_name(name):
            raise SiteError(f"“{name}” is no name for a text: {NAME_RULE}")
        if name in RESERVED_TEXTS:
            raise SiteError(f"“{name}” can't be a text's name: it stands for something else in files or addresses")
    if request.layer and not is_name(request.layer):
        raise SiteError(f"“{request.layer}” is no name for a layer: {NAME_RULE}")
    if len(set(request.names)) < len(request.names):
        raise SiteError("two texts can't have one name")
    if request.parting and len(request.files) > 1:
        raise SiteError("to part a file before some words, import it alone")


def _new_folder(title: str, stem: str) -> str:
    """Where a new edition goes: into the site's folder, where the command is given beside one or in one."""
    name = next((name for name in (slug(title, ""), slug(stem, "")) if is_name(name)), "edition")
    name = f"{name}-edition" if name in RESERVED_EDITIONS else name
    if os.path.isfile(os.path.join(SITE, SETTINGS)):
        raise SiteError(f"{SITE} is a single edition already; to add to it: --into {SITE}")
    return os.path.join(SITE, name) if os.path.isdir(SITE) else name


def _permit_folder(folder: str) -> None:
    """SiteError where a new edition.toml would make other folders of the site no editions any more."""
    parent = os.path.dirname(os.path.abspath(folder))
    if not os.path.isfile(os.path.join(parent, "site.toml")):
        return
    beside = [os.path.join(parent, name) for name in sorted(os.listdir(parent)) if name[0] != "." and name != "theme"]
    beside = [one for one in beside if os.path.isdir(one) and one != os.path.abspath(folder)]
    if any(os.path.isfile(os.path.join(one, SETTINGS)) for one in beside):
        return
    for one in beside:
        if any(name.endswith(".md") for name in os.listdir(one)):
            hint = f'give it one first, with title = "…": beside one that has an {SETTINGS} it is no edition'
            raise SiteError(f"{shown(os.path.basename(one))}: this edition has no {SETTINGS}; {hint}")


def _stem(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0]
