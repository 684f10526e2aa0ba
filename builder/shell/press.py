"""What handout.typ is told -> what it answers, or the PDF. The only user of Typst.

The theme's files are laid out in a folder of their own, with the pictures asked for: the compiler reads nothing else,
neither from the site nor from the network.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from builder.model.diagnostic import MachineError
from builder.model.handout import SettingError
from builder.shell.files import NotRegularError, TooLargeError, blaming, is_inside, read_regular

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import ModuleType, TracebackType

    from builder.model.handout import Node

MAIN = "handout.typ"
_OURS = re.compile(r"handout\.typ|handout/.+\.typ|faces/.+\.(?:otf|ttf)")
_PLACE = re.compile(r"┌─ (?:.*?glossator-[^/\\]+[/\\])?(.+?):(\d+):\d+")
_LARGEST = 32 * 1024 * 1024
"""Bytes of one picture."""

STANDARD = "ua-1"
"""PDF/UA-1: tagged so that it can be read aloud. The compiler refuses what doesn't keep to it."""


class Typesetter:
    """A press for one theme and one site. The folder that it works in lasts until it is closed."""

    def __init__(self, files: Mapping[str, bytes], site: Path) -> None:
        self._files, self._site = files, site
        self._folder = ""

    def __enter__(self) -> Typesetter:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def ask(self, said: Mapping[str, Node], images: Mapping[str, str]) -> Any:
        """What handout.typ answers: the value of its metadata with the label <answer>."""
        try:
            return json.loads(self._compiler(said, images).query("<answer>", field="value", one=True))
        except RuntimeError:  # a query doesn't say where the fault is: that is asked by setting it
            self.set(said, images)
            raise

    def set(self, said: Mapping[str, Node], images: Mapping[str, str]) -> bytes:
        """The PDF: tagged, and the same bytes from the same words."""
        ready = self._compiler(said, images)
        try:
            made = ready.compile(
                input=os.path.join(self._folder, MAIN), format="pdf", pdf_standards=[STANDARD], timestamp=0
            )
        except compiler().TypstError as fault:
            raise _told(fault) from fault
        assert isinstance(made, bytes)
        return made

    def _compiler(self, said: Mapping[str, Node], images: Mapping[str, str]) -> Any:
        folder = self._laid_out(images)
        return compiler().Compiler(
            input=os.path.join(folder, MAIN),
            root=folder,
            font_paths=_faces(os.path.join(folder, "faces")),
            sys_inputs={"said": json.dumps(said, ensure_ascii=False)},
        )

    def _laid_out(self, images: Mapping[str, str]) -> str:
        """The folder, with the theme's files and these pictures in it."""
        if not self._folder:
            self._folder = tempfile.mkdtemp(prefix="glossator-")
            if MAIN not in self._files:
                raise SettingError("the theme has no handout.typ", MAIN, 1)
            for path, content in self._files.items():
                if _OURS.fullmatch(path):
                    self._write(path, content)
        for name, source in images.items():
            self._write(f"images/{name}", self._picture(source))
        return self._folder

    def _write(self, path: str, content: bytes) -> None:
        full = os.path.join(self._folder, path)
        with blaming(full):
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(content)

    def _picture(self, source: str) -> bytes:
        """An author's picture, read from inside the site's folder alone."""
        top = os.path.realpath(self._site)
        full = os.path.realpath(os.path.join(top, source))
        try:
            if not is_inside(full, top):
                raise SettingError(f"“{source}” leads out of the site's folder", MAIN, 1)
            with blaming(full):
                return read_regular(full, _LARGEST)
        except (NotRegularError, TooLargeError) as fault:
            raise SettingError(f"“{source}” can't be read as a picture", MAIN, 1) from fault


def compiler() -> ModuleType:
    """Typst. MachineError where it isn't installed."""
    try:
        import typst
    except ImportError as fault:
        raise MachineError(
            "handouts are set by Typst, which isn't installed here: pip install typst, or leave “handout” out of outputs"
        ) from fault
    return typst


@lru_cache(maxsize=4)
def _faces(folder: str) -> Any:
    """The theme's faces and those that come with the compiler; the machine's own come last, for other scripts."""
    return compiler().Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _told(fault: Any) -> SettingError:
    """A fault of the compiler's with its place in the theme."""
    found = _PLACE.search(fault.diagnostic, max(0, fault.diagnostic.find("error:")))
    message = " ".join([fault.message, *fault.hints])
    return SettingError(message, found[1] if found else MAIN, int(found[2]) if found else 1)
