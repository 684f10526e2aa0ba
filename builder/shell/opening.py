"""A site's folder on disk -> all that the pipeline asks for: what stands in it, its settings, its theme's files."""

from __future__ import annotations

import gc
import os
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.model.value import value_class
from builder.parse.site import parse_outline, says_the_outline
from builder.pipeline import Circumstances, levelled, sets_handouts, stops_build
from builder.pipeline.unsettled import beneath
from builder.shell.files import is_inside
from builder.shell.read import read_contents, refreshed
from builder.shell.themes import places, read_theme, theme_instead
from builder.shell.walk import THEME_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from builder.model.diagnostic import Diagnostic, Place
    from builder.model.site import EditionSettings, Folder
    from builder.model.theme import ThemeFiles
    from builder.parse.site import Outline
    from builder.pipeline import Making
    from builder.pipeline.checking import Checked
    from builder.shell.press import Typesetter
    from builder.shell.read import Contents, Seen


@value_class(frozen=True, slots=True)
class Opened:
    """A site that can be built, and what was found wrong with it so far."""

    contents: Contents
    outline: Outline
    theme: ThemeFiles
    told: tuple[Diagnostic, ...]
    of_outline: tuple[Diagnostic, ...]
    """What was wrong with the outline; it is among what is told."""

    @property
    def folder(self) -> Folder:
        """What stands in the site's folder."""
        return self.contents.folder


def open_site(
    root: Path, known: Mapping[str, Seen] | None = None, making: Making | None = None
) -> Opened | tuple[Diagnostic, ...]:
    """The site in a folder; where its settings or its theme don't allow to go on, what is wrong with it instead.

    What is in `known`, and was not touched since, is not read again, nor what `making`, an earlier build, knows and is
    as it was. SiteError where there is no site, MachineError where the system refuses to read it.
    """
    return _open(root, read_contents(root, known), None, making)


def reopened(
    opened: Opened, root: Path, paths: Collection[str], making: Making | None
) -> Opened | tuple[Diagnostic, ...]:
    """What `open_site` would give, when nothing changed but at some resolved paths."""
    homes = (os.path.join(os.path.realpath(root), THEME_FOLDER), *map(os.path.realpath, places(root)))
    themed = any(is_inside(path, home) for path in paths for home in homes)
    return _open(root, refreshed(opened.contents, root, paths), opened, making, themed=themed)


def open_again(
    contents: Contents, root: Path, paths: Collection[str], making: Making | None
) -> Opened | tuple[Diagnostic, ...]:
    """What `open_site` would give, when nothing of a folder's contents changed but at some resolved paths."""
    return _open(root, refreshed(contents, root, paths), None, making)


def _open(
    root: Path, contents: Contents, before: Opened | None, making: Making | None, *, themed: bool = True
) -> Opened | tuple[Diagnostic, ...]:
    """The site of a folder. The theme is that of `before` where it was not touched and the settings name the same."""
    slips = contents.slips
    outline: Outline | None
    if before is not None and _is_still(before, contents.folder):
        outline, told = before.outline, before.of_outline
    else:
        outline, told = parse_outline(contents.folder, partial(_known, making) if making is not None else _nothing)
    odd = {one.place for one in slips}
    told = tuple(one for one in told if one.code != "G131" or one.place not in odd)  # it is there, and is no file
    below = tuple(beneath(contents.folder, outline))
    if outline is None:
        return levelled([*slips, *told, *below], {})
    settings = outline.settings
    same = before is not None and not themed and before.outline.settings.theme == settings.theme
    if before is not None and same and not before.theme.stands_in:
        return Opened(contents, outline, before.theme, levelled([*slips, *told, *below], settings.quality), told)
    theme, missing = read_theme(settings.theme, root, place=settings.place_of("theme"))
    found = levelled([*slips, *told, *below, *missing], settings.quality)
    if theme is None and not any(map(stops_build, levelled(missing, settings.quality))):
        return found
    return Opened(contents, outline, theme or theme_instead(), found, told)


def outline_of(folder: Folder) -> Outline:
    """The outline of a site that somebody works on. SiteError where its settings can't be read."""
    outline, _ = parse_outline(folder)
    if outline is None:
        raise SiteError("the settings can't be read; `glossator check` tells why")
    return outline


def _is_still(before: Opened, now: Folder) -> bool:
    """Whether the outline of a site is what it was: the same names, and the same words in what it is read from.

    And in what it tells of.
    """
    old, new, then = before.folder.digests, now.digests, before.folder
    if list(old) != list(new) or list(then.assets) != list(now.assets) or then.name != now.name:
        return False
    told_of = {one.place.path for one in before.of_outline}
    return not any(path in told_of or says_the_outline(path) for path, digest in new.items() if old[path] != digest)


def _known(making: Making, edition: str) -> tuple[str, EditionSettings] | None:
    known = making.editions.get(edition)
    return (known.flawless, known.settings) if known is not None else None


def _nothing(_: str) -> None:
    return None


def check_site(
    root: Path, ask: Callable[[Mapping[str, Place]], tuple[Diagnostic, ...]] | None = None
) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the site in a folder, in order, each once.

    `ask` says what is wrong with addresses on the web, given with their places; without it none is asked for.
    """
    opened = open_site(root)
    if not isinstance(opened, Opened):
        return opened
    checked = check_opened(opened, root)
    abroad = ask(checked.abroad) if ask is not None else ()
    return levelled([*opened.told, *checked.told, *abroad], opened.outline.settings.quality)


def check_opened(opened: Opened, root: Path, *, templates: bool = False) -> Checked:
    """What is wrong with a site, now that its folder `root` is read; of its theme with all `templates`."""
    from builder.pipeline.checking import check
    from builder.shell.jobs import ALLOCATIONS, spread_out

    gc.set_threshold(ALLOCATIONS)
    with typesetter(opened, root) as press:
        around = Circumstances(spread=spread_out, press=press)
        return check(opened.folder, opened.outline, opened.theme, around, templates=templates)


def typesetter(opened: Opened, root: Path) -> AbstractContextManager[Typesetter | None]:
    """What sets the handouts of the site in a folder, where it asks for any."""
    if not sets_handouts(opened.outline.settings):
        return nullcontext()
    from builder.shell.press import Typesetter

    return Typesetter(opened.theme.files, root)
