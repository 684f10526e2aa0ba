"""Word files as the tests need them: made by python-docx, or changed part by part."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx

if TYPE_CHECKING:
    from collections.abc import Mapping


def document() -> Any:
    """An empty document, with no property but a date."""
    made = docx.Document()
    made.core_properties.author = ""
    made.core_properties.title = ""
    return made


def saved(made: Any, changes: Mapping[str, tuple[str, str]] = {}, added: Mapping[str, bytes] = {}) -> bytes:
    """A document's bytes, with one stretch of some of its parts exchanged and further parts put in."""
    buffer = BytesIO()
    made.save(buffer)
    out = BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in changes:
                before, after = (words.encode("utf-8") for words in changes[name])
                assert content.count(before) == 1, (name, before, content.count(before))
                content = content.replace(before, after)
            new.writestr(name, content)
        for name, content in added.items():
            new.writestr(name, content)
    return out.getvalue()
