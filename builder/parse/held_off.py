"""A theme's files -> what in them the pages' policy forbids, and so does nothing in a browser."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.theme import ThemeFiles

HELD_OFF = "G510"


@value_class(frozen=True, slots=True)
class _Rule:
    """What is sought in files of one sort, what it is, and what to do instead."""

    sought: re.Pattern[str]
    what: str
    instead: str


def _rule(sought: str, what: str, instead: str) -> _Rule:
    return _Rule(re.compile(sought, re.IGNORECASE), what, instead)


_TO_JS = "put it into a file in js/, and name that in theme.toml"
_TO_CSS = "put it into a file in css/, and name that in theme.toml"
_BRING = "bring it along in the theme's folder"
_TAG = r"<(?!a\b)[a-z][^<>]*?\s"

_TEMPLATE = (
    _rule(r"<script\b(?![^<>]*\b(?:src|type=.application/(?:ld\+)?json)\b)", "a script written into the page", _TO_JS),
    _rule(r"<style\b[^<>]*+>(?!\{\{ ?head\.inline_style ?\}\})", "a style written into the page", _TO_CSS),
    _rule(r"<[a-z][^<>]*?\sstyle\s*=", "an attribute style", _TO_CSS),
    _rule(r"<[a-z][^<>]*?\son[a-z]+\s*=", "a handler written into the page", _TO_JS),
    _rule(r"""\s(?:href|src|action)\s*=\s*+["']?\s*(?:javascript|vbscript):""", "an address that is a script", _TO_JS),
    _rule(
        rf"""{_TAG}(?:href|src|srcset|data|poster)\s*=\s*+["']?\s*(?:https?:)?//""", "something from elsewhere", _BRING
    ),
    _rule(r"<(?:iframe|object|embed|base|portal)\b", "what shows another page in this one", "link to it instead"),
    _rule(r"<form\b[^<>]*\saction\s*=", "a form that is sent somewhere", "take action out"),
)
_STYLE = (
    _rule(r"@import\b", "a style fetched by another", "name it in theme.toml"),
    _rule(
        r"""(?:url\(\s*+["']?|image-set\([^;{}]{0,500}?["'])\s*+(?:https?:)?//""", "something from elsewhere", _BRING
    ),
)


def _call(name: str) -> str:
    """A call of what the browser has by this name: no method of another object's, and no function being written."""
    return rf"(?:(?<![\w$.#])|\b(?:window|self|globalThis)\??\.)(?<!function ){name}\s*\((?![^()]*\)\s*\{{)"


_SCRIPT = (
    _rule(rf"{_call('eval')}|\bnew Function\b", "words run as a script", "write the script itself"),
    _rule(rf"{_call('import')}|^\s*import\s", "a module", "name the file in theme.toml"),
    _rule(
        rf"{_call('fetch')}|\bXMLHttpRequest\b|\bsendBeacon\b|\bnew (?:WebSocket|EventSource|(?:Shared)?Worker)\b",
        "something that asks the net",
        "a page has all it needs: let its template write it there",
    ),
    _rule(r"""setAttribute\(\s*["']style["']""", "an attribute style", "set the properties of .style, or a class"),
)
_COMMENTS = {
    "html": re.compile(r"\{#.*?(?:#\}|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL),
    "css": re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL),
    "js": re.compile(r"/\*.*?(?:\*/|\Z)|(?<![:\"'\\])//[^\n]*", re.DOTALL),
}
MOST = 20
"""Times that the same is told of one file."""
_RULES = {"html": _TEMPLATE, "css": _STYLE, "js": _SCRIPT}
_WITHIN = re.compile(r"(?:.+/)?templates/(?:offline\b|epub/).*")
"""Templates of what is no page of the site: the program writes scripts and styles into them itself."""


def check_policy(read: ThemeFiles) -> Iterator[Diagnostic]:
    """What a theme's own templates, styles and scripts ask for in vain, each where it stands."""
    for path, content in sorted(read.files.items()):
        sort = path.rpartition(".")[2]
        if sort not in _RULES or path.startswith("handout") or _WITHIN.fullmatch(path):
            continue
        words = _COMMENTS[sort].sub(_blank, content.decode("utf-8", "replace"))
        for rule in _RULES[sort]:
            for found in islice(rule.sought.finditer(words), MOST):
                message = f"the pages' policy holds off {rule.what}"
                yield diagnose(HELD_OFF, _place(read, path, words, found.start()), message, rule.instead)


_BEGUN = re.compile(r"<(?:html|head|!doctype\s+html)(?=[\s>])", re.IGNORECASE)
_BROUGHT = re.compile(r"""["']([\w./-]+\.html)["']""")
_GUARD = re.compile(r"\bContent-Security-Policy\b", re.IGNORECASE)


def check_guarded(read: ThemeFiles) -> Iterator[Diagnostic]:
    """The templates that begin a page without the pages' policy: neither they nor what they bring in name it."""
    for path, content in sorted(read.files.items()):
        if not path.startswith("templates/") or not path.endswith(".html") or _WITHIN.fullmatch(path):
            continue
        words = _template(content)
        begun = _BEGUN.search(words)
        brought = (read.files.get(name) for name in _BROUGHT.findall(words))
        if begun is None or any(_GUARD.search(one) for one in (words, *(_template(each) for each in brought if each))):
            continue
        message = "pages of this template have no policy: whatever comes into them may run"
        hint = 'write in their <head>: <meta http-equiv="Content-Security-Policy" content="{{ head.policy }}">'
        yield diagnose("G512", _place(read, path, words, begun.start()), message, hint)


def _template(content: bytes) -> str:
    return _COMMENTS["html"].sub(_blank, content.decode("utf-8", "replace"))


_SAID = re.compile(r"\S")


def _blank(comment: re.Match[str]) -> str:
    """As much of nothing, in as many lines."""
    return re.sub(r"[^\n]", " ", comment[0])


def _place(read: ThemeFiles, path: str, words: str, offset: int) -> Place:
    offset = _SAID.search(words, offset).start()  # type: ignore[union-attr] # a rule finds words
    line = words.count("\n", 0, offset) + 1
    return Place(read.origins.get(path, path), line, offset - words.rfind("\n", 0, offset))
