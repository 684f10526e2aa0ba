"""A page to be read, and how it is read -> the page open in a browser, its complaints collected."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Route

THEMES = ("folio", "glossa")
"""The themes that come with the program. Whatever is tested of one is tested of the other."""

_ROOT = Path(__file__).parents[2]
SITES = {
    "readings": _ROOT / "content",
    "forms": _ROOT / "tests/golden/every-form/site",
    "three": _ROOT / "tests/browser/three-texts",
}
"""What is built of them in each theme, and from where."""

PATIENCE = 15.0
"""Seconds in which what is waited for must come about, on a machine that has other work too."""
LOOKS = 40
"""Milliseconds between two looks at a page whose own scripts are switched off: it can't tell of its frames."""

ANCHORS = re.compile(r"@supports\s*\(anchor-name:[^{]*\{")
NOWHERE = "@supports (display:nonesuch){"


ARRIVALS = """for (const kind of ['load', 'error']) {
  document.addEventListener(kind, e => { e.target.arrived = true; }, true);
}"""
"""Before any script of a page: notes which of its scripts and styles have come."""

STANDS = """async frames => {
  for (let i = 0; i < frames; i++) {
    await new Promise(next => { const late = setTimeout(next, 500);
      requestAnimationFrame(() => { clearTimeout(late); next(); }); });
  }
  const busy = document.readyState !== 'complete' || document.fonts.status !== 'loaded'
    || document.getAnimations().some(one => one.playState === 'running' || one.pending)
    || frames > 0 && [...document.querySelectorAll('script[src], link[rel=stylesheet]')].some(one => !one.arrived);
  let sum = 0;
  const all = [...document.querySelectorAll('*')];
  all.forEach((e, i) => { const b = e.getBoundingClientRect();
    sum += (b.x + 3 * b.y + 5 * b.width + 7 * b.height) * (1 + i % 13); });
  return [busy, scrollX, scrollY, all.length, document.documentElement.outerHTML.length, sum].join(' ');
}"""
"""How a page stands, a number of frames from now: where all of it is, and whether more is on its way."""


def settle(page: Page) -> None:
    """Wait until the page stands still: all it asked for is there, nothing moves, each element twice in one place."""
    from playwright.sync_api import Error

    begun, before = time.monotonic(), ""
    while True:
        now = ""
        with suppress(Error):  # between two pages there is nobody to ask
            scripted = page.evaluate("matchMedia('(scripting: enabled)').matches")
            if not scripted:
                page.wait_for_timeout(LOOKS)
            now = page.evaluate(STANDS, 2 if scripted else 0)
        if now == before and now.startswith("false"):
            return
        assert time.monotonic() - begun < PATIENCE, f"the page never stood still: {now}"
        before = now


def until(page: Page, what: str, given: Any = None) -> None:
    """Wait for what comes about of itself. Asked from here: the page's policy forbids to wait for it in the page.

    `what` is an expression, with `given` a function of it.
    """
    from playwright.sync_api import Error

    begun = time.monotonic()
    while True:
        with suppress(Error):  # between two pages there is nobody to ask
            if page.evaluate(f"Boolean({what})" if given is None else what, given):
                return
        assert time.monotonic() - begun < PATIENCE, f"never came about: {what}"
        page.wait_for_timeout(10)


class Reader:
    """Opens pages from the disk. A page that complains (errors, a refusal by its own policy) fails the test.

    A profile of the browser costs as much as the page itself, so pages that are read alike share one, each with
    nothing of what was kept by those before it.
    """

    def __init__(self, browser: Browser, sites: dict[str, Path]) -> None:
        self._browser = browser
        self._sites = sites
        self._profiles: dict[tuple[bool, bool, bool], BrowserContext] = {}

    def also(self, name: str, site: Path) -> None:
        """One more site to be read, under a name of its own."""
        self._sites = {**self._sites, name: site}

    @contextmanager
    def read(
        self,
        page: str,
        *,
        width: int = 1440,
        height: int = 900,
        script: bool = True,
        anchors: bool = True,
        scheme: Literal["light", "dark"] = "light",
        touch: bool = False,
        policy: bool = True,
    ) -> Iterator[Page]:
        """`page` is `SITE/path`, with `?query` and `#fragment`. `anchors` False: as in a browser without them."""
        complaints: list[str] = []
        opened = self._profile(script=script, touch=touch, policy=policy).new_page()
        try:
            opened.set_viewport_size({"width": width, "height": height})
            opened.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            opened.on("pageerror", lambda fault: complaints.append(str(fault)))
            opened.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
            if not anchors:
                opened.route("**/*.css", self._without_anchors)
            opened.goto(self.address(page))
            settle(opened)
            yield opened
            assert not complaints, complaints
        finally:
            self._leave(opened)

    def _profile(self, *, script: bool, touch: bool, policy: bool) -> BrowserContext:
        key = (script, touch, policy)
        if key not in self._profiles:
            made = self._browser.new_context(java_script_enabled=script, has_touch=touch, bypass_csp=not policy)
            made.add_init_script(ARRIVALS)
            made.new_page()  # so that its window stays open, which is the costly part
            self._profiles[key] = made
        return self._profiles[key]

    def _leave(self, page: Page) -> None:
        """Close a page; what it kept for the next visit is forgotten."""
        session = page.context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": "file://", "storageTypes": "all"})
        page.close()

    def address(self, page: str) -> str:
        """The file: address of a page."""
        site, _, rest = page.partition("/")
        return f"{self._sites[site].as_uri()}/{rest}"

    def scripts(self, site: str) -> list[str]:
        """Names of all bundles of scripts that a site brings, whatever page they are for."""
        made = (self._sites[site] / "assets").glob("*.js")
        return sorted(path.name for path in made if "=folio" in path.read_text("utf-8"))

    def _without_anchors(self, route: Route) -> None:
        from urllib.parse import unquote, urlsplit

        with open(unquote(urlsplit(route.request.url).path), encoding="utf-8") as file:
            style = file.read()
        assert ANCHORS.search(style), "the style has no anchors to take away"
        route.fulfill(content_type="text/css", body=ANCHORS.sub(NOWHERE, style))


def ask(page: Page, question: str, *given: Any) -> Any:
    """What the page answers to a piece of script; works with the page's own scripts switched off too."""
    return page.evaluate(question, given[0] if len(given) == 1 else list(given) if given else None)
