"""The name of an edition or a text -> why no files and addresses can be made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.vocabulary import DEVICES, RESERVED_EDITIONS, RESERVED_TEXTS
from builder.parse.ids import slug
from builder.parse.shapes import NAME_RULE, is_name, too_long

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.diagnostic import Diagnostic, Place

_DEVICE = "Windows keeps it for a device, whatever its ending"


def check_edition_name(name: str, place: Place) -> Iterator[Diagnostic]:
    """What is wrong with the name of an edition's folder."""
    near = f"rename the folder: {slug(name, 'edition')}"
    if not is_name(name):
        yield diagnose("G110", place, f"“{name}” is no name for an edition: {NAME_RULE}", near)
    elif name in RESERVED_EDITIONS:
        why = _DEVICE if name in DEVICES else "the output has a folder of that name"
        yield diagnose("G110", place, f"“{name}” can't be an edition's name: {why}", "rename the folder")
    elif long := too_long(name):
        yield diagnose("G110", place, f"“{name}” {long}", near)


def check_text_name(name: str, place: Place) -> Iterator[Diagnostic]:
    """What is wrong with the name of a text, which is that of its file without its ending."""
    near = f"rename the file: {slug(name, 'text')}.md"
    if name in DEVICES:
        yield diagnose("G110", place, f"“{name}” can't be a text's name: {_DEVICE}", "rename the file")
    elif name in RESERVED_TEXTS:
        hint = "rename the file: the name stands for something else in files or addresses"
        yield diagnose("G110", place, f"“{name}” can't be a text's name", hint)
    elif not is_name(name):
        yield diagnose("G110", place, f"“{name}” is no name for a text: {NAME_RULE}", near)
    elif long := too_long(name):
        yield diagnose("G110", place, f"“{name}” {long}", near)
