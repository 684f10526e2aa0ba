"""Every page works under its Content-Security-Policy, and the policy holds off what doesn't belong to the site."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from functools import partial
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import ROOT
from tests.browser.reader import ARRIVALS, SITES, settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.browser

NOTICE = """addEventListener('securitypolicyviolation', e => {
  (window.refused = window.refused || []).push([e.effectiveDirective, e.blockedURI]);
});"""
"""Before any script of a page: notes what its policy refuses."""
HOST = "https://example.org/readings/"
"""Where one of the sites says that it is hosted."""
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
AROUND = (
    "#_b-aa",  # the look of the page
    "#_aa label:has([value=dark])",
    "#_aa label:has([value=more])",
    "a.term",
    "a.ref",
    "a.tie",
    ".pn",
    ".key input",
    ".chooser input",
    ".notes .note a",
    "#_b-find",
)
"""What there is to be pressed on pages, as far as a page has it."""


STAY = "addEventListener('click', e => { if (e.target.closest('a:not([href^=\"#\"])')) e.preventDefault(); })"
PRESS = """what => {
  const found = document.querySelector(what);
  if (found && found.checkVisibility()) found.click();
}"""


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    made.add_init_script(ARRIVALS)
    made.add_init_script(NOTICE)
    made.new_page()  # so that its window stays open, which is the costly part
    yield made
    made.close()


def policy_of(path: Path) -> str:
    found = POLICY.search(path.read_text("utf-8"))
    assert found is not None, f"{path} has no policy"
    return unescape(found[1])


def test_every_page_has_a_policy_that_lets_nothing_in(pages: dict[str, Path]) -> None:
    for name, path in pages.items():
        told = policy_of(path)
        if name.endswith("404.html"):  # any host may show it, and it names its files by the site's own address
            host = HOST[: HOST.index("/", len("https://"))]
            assert f"img-src 'self' {host};" in told
            told = told.replace(f" {host}", "")
        rules = dict(rule.split(" ", 1) for rule in told.split("; "))
        assert rules["default-src"] == "'none'", name
        assert "unsafe" not in told, name
        assert "http" not in told, name
        within = name.endswith(".offline.html")
        assert rules["img-src"] == ("data:" if within else "'self'"), name
        assert not within or "'self'" not in policy_of(path), name
        assert (rules["base-uri"], rules["form-action"]) == ("'none'", "'none'"), name
        assert not {"connect-src", "frame-src", "object-src", "worker-src", "media-src", "child-src"} & set(rules), name


@pytest.mark.slow
@pytest.mark.parametrize("site", SITES)
def test_no_page_is_refused_anything_that_it_asks_for(
    context: BrowserContext, pages: dict[str, Path], site: str
) -> None:
    wrong: dict[str, Any] = {}
    for name, path in pages.items():
        if not name.startswith(f"{site}/"):
            continue
        page = context.new_page()
        told: list[str] = []
        listen(page, told)
        if path.name == "404.html":  # a host shows it at any address: what it needs, it asks for by the site's own
            page.route(f"{HOST}**", partial(from_disk, path.parent))
            page.goto(f"{HOST}lost/on/the/way")
        else:
            page.goto(path.as_uri())
        settle(page)
        look_around(page)
        refused = page.evaluate("window.refused || []")
        if refused or told:
            wrong[name] = (refused, told)
        page.close()
    assert wrong == {}


def listen(page: Page, told: list[str]) -> None:
    """Collect what a page complains of."""
    page.on("console", lambda line: told.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: told.append(str(fault)))


def from_disk(site: Path, route: Route) -> None:
    """What the host of a site would answer."""
    path = site / route.request.url.removeprefix(HOST)
    route.fulfill(path=path if path.is_file() else site / "404.html")


def look_around(page: Page) -> None:
    """Press, one after the other, what a page has to be pressed; then search."""
    page.evaluate(STAY)
    for what in AROUND:
        page.evaluate(PRESS, what)
    if page.locator("#_q").count():
        page.locator("#_q").fill("and")
        page.keyboard.press("Enter")
        settle(page)


def noted(asked: list[str], route: Route) -> None:
    """What was really asked of somebody else."""
    asked.append(route.request.url)
    route.fulfill(body="window.ran = 'what was fetched'")


INTRUDERS = """
<script>window.ran = 'a script'</script>
<script src="http://intruder.test/x.js"></script>
<style>body { --intruder: 1 }</style>
<link rel="stylesheet" href="http://intruder.test/x.css">
<p id="styled" style="--intruder: 1">styled</p>
<p id="handled" onclick="window.ran = 'a handler'">handled</p>
<a id="address" href="javascript:void(window.ran = 'an address')">address</a>
<img src="http://intruder.test/x.png" onerror="window.ran = 'a picture'" alt="">
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">
<iframe src="http://intruder.test/"></iframe>
<iframe srcdoc="<script>parent.ran = 'a frame'</script>"></iframe>
<object data="http://intruder.test/x.swf"></object>
<embed src="http://intruder.test/x.swf">
<video src="http://intruder.test/x.mp4"></video>
<base href="http://intruder.test/">
<form action="http://intruder.test/"><button id="send">send</button></form>
"""
REFUSED = {
    "script-src-elem",
    "script-src-attr",
    "style-src-elem",
    "style-src-attr",
    "img-src",
    "frame-src",
    "object-src",
    "media-src",
    "base-uri",
    "form-action",
    "connect-src",
}


@pytest.mark.themes("folio")
@pytest.mark.parametrize("kind", ["index.html", ".offline.html"])
def test_what_is_put_into_a_page_does_nothing(context: BrowserContext, pages: dict[str, Path], kind: str) -> None:
    path = next(path for name, path in pages.items() if name.startswith("readings/split") and name.endswith(kind))
    spoilt = path.read_text("utf-8").replace("</main>", f"{INTRUDERS}</main>", 1)
    asked: list[str] = []
    page = context.new_page()
    page.route(path.as_uri(), lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=spoilt))
    page.route("http://intruder.test/**", partial(noted, asked))
    page.goto(path.as_uri())
    settle(page)
    for name in ("handled", "address", "send"):
        page.evaluate("name => document.getElementById(name).click()", name)
    page.evaluate("fetch('http://intruder.test/x').catch(() => 0)")
    settle(page)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--intruder')") == ""
    assert page.evaluate("getComputedStyle(styled).getPropertyValue('--intruder')") == ""
    assert asked == []
    refused = {directive for directive, _ in page.evaluate("window.refused")}
    assert REFUSED - refused == set()
    page.close()


DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
OWN = """
<script>window.ran = 'a script'</script>
<script src="x.js" type="module"></script>
<style>body { --intruder: 1 }</style>
<link rel="stylesheet" href="x.css">
<p style="color: red">styled</p>
<p onclick="window.ran = 'a handler'">handled</p>
<p><a href="javascript:void(window.ran = 'an address')">address</a></p>
<iframe src="x.html"></iframe>
<iframe srcdoc="<script>parent.ran = 'a frame'</script>"></iframe>
<object data="x.swf">thing</object>
<embed src="x.swf">
<video src="x.mp4" poster="x.png"><source src="y.mp4"><track src="z.vtt">film</video>
<audio src="http://intruder.test/x.mp3"></audio>
<table background="http://intruder.test/x.png"><tr><td background="x.png">cell</td></tr></table>
<body background="http://intruder.test/x.png">
<input type=image src=http://intruder.test/x.png>
<image src="http://intruder.test/x.png">
<picture><source srcset="http://intruder.test/x.png"><img src="x.png" alt="vine"></picture>
<img name="getElementById" alt="clobber"><form name="body"></form><img name="querySelector" id="x" alt="clobber">
<svg><image href="http://intruder.test/x.png"/><image xlink:href="x.png"/><use href="http://intruder.test/x.svg#a"/>
<filter id="f"><feImage href="http://intruder.test/x.png"/></filter><rect fill="url(http://intruder.test/x.svg#a)"
mask="url(x.svg#m)" filter="url(#f)" cursor="url(x.cur), auto" width="9" height="9"/>
<image><set attributeName="href" to="http://intruder.test/y.png"/></image></svg>

And <span style="color: red" onmouseover="window.ran = 'a mouse'">within</span> words.
"""


@pytest.mark.themes("folio")
def test_an_authors_own_html_brings_no_complaint(context: BrowserContext, tmp_path: Path) -> None:
    """What the policy would refuse is not on the page, its words are."""
    (tmp_path / "site" / "site").mkdir(parents=True)
    (tmp_path / "site" / "site.toml").write_text('title = "S"\noutputs = ["site", "offline"]\n')
    (tmp_path / "site" / "site" / "edition.toml").write_text('title = "The fox"\n\n[[text]]\nfile = "fox.md"\n')
    (tmp_path / "site" / "site" / "fox.md").write_text(f"# The fox\n\nWords.\n{OWN}")
    (tmp_path / "site" / "site" / "x.png").write_bytes(base64.b64decode(DOT))
    command = [sys.executable, "-m", "builder", "build", str(tmp_path / "site"), "--output", str(tmp_path / "out")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    for path in (tmp_path / "out").rglob("*.html"):
        page, told = context.new_page(), list[str]()
        listen(page, told)
        page.goto(path.as_uri())
        settle(page)
        page.evaluate("document.querySelectorAll('p, span').forEach(one => one.click())")
        assert (page.evaluate("window.refused || []"), told, page.evaluate("window.ran")) == ([], [], None), path.name
        if path.name == "index.html" and path.parent.name == "site":
            shown = page.locator("main").inner_text()
            assert all(word in shown for word in ("styled", "handled", "address", "within"))
            assert "thing" in shown
        page.close()
