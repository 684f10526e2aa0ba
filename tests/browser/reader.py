"""A page to be read, and how it is read -> the page open in a browser, its complaints collected."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

THEMES = ("folio", "glossa")
"""The themes that come with the program. Whatever is tested of one is tested of the other."""
OTHERS = THEMES[1:]
"""All but the one that is tested at every width and in every state: they share its templates and its scripts."""

SETTLED = 250
"""Milliseconds after which fonts are in and notes in place."""

ANCHORS = re.compile(r"@supports\s*\(anchor-name:[^{]*\{")
NOWHERE = "@supports (display:nonesuch){"


class Reader:
    """Opens pages from the disk. A page that complains (errors, a refusal by its own policy) fails the test."""

    def __init__(self, browser: Browser, sites: dict[str, Path]) -> None:
        self._browser = browser
        self._sites = sites

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
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            color_scheme=scheme,
            reduced_motion="reduce",
            has_touch=touch,
            bypass_csp=not policy,
        )
        complaints: list[str] = []
        opened = context.new_page()
        opened.on("pageerror", lambda fault: complaints.append(str(fault)))
        opened.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        if not anchors:
            opened.route("**/*.css", self._without_anchors)
        opened.goto(self.address(page))
        opened.wait_for_timeout(SETTLED)
        try:
            yield opened
            assert not complaints, complaints
        finally:
            context.close()

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
