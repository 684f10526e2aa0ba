"""What is fuzzed: for each target how its inputs are made, and what must hold of every one of them.

An input is a value that JSON can hold, so that what was found can be kept in a file. Whatever comes, nothing is raised
but what is said to be, what comes out is whole, and it comes in time (`PATIENCE`).
"""

from __future__ import annotations

import re
import time
import tomllib
from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from builder.model.diagnostic import Diagnostic, GlossatorError, Place
from builder.model.site import LayerSettings, Source, TextSettings
from builder.model.text import RawHtmlPolicy
from builder.parse.crossrefs import parse_crossrefs
from builder.parse.entries import parse_entries, plain_lines
from builder.parse.glossary import parse_glossary
from builder.parse.incoming.markdown import read_markdown
from builder.parse.lock import parse_lock, serialize
from builder.parse.markdown import parse_body, parse_text
from builder.parse.notes import parse_notes
from builder.parse.questions import parse_questions
from builder.parse.settings import parse_edition, parse_site
from builder.relate.gloss import gloss
from builder.render import html, plain
from builder.render.weave import weave
from tests.fuzz import outside, values, whole
from tests.relate.making import Site
from tests.weave.bare import BARE
from tests.weave.test_laws import unmarked
from tests.weave.test_wild import decorated, nesting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from builder.model.prose import Prose

PATIENCE = 3.0
"""CPU seconds for one input of some hundred characters: thirty times what the slowest takes."""


@dataclass(frozen=True, slots=True)
class Target:
    """Inputs, and what is asked of each: AssertionError or any other exception where it isn't so."""

    inputs: st.SearchStrategy[Any]
    check: Callable[[Any], None]

    def __call__(self, one: Any) -> None:
        """Hold one input to what is asked, and to its time."""
        start = time.process_time()
        self.check(one)
        spent = time.process_time() - start
        assert spent < PATIENCE, f"took {spent:.1f} s"


def _places(told: Iterable[Diagnostic], text: str, path: str) -> None:
    """Everything that is told stands at a place of the file."""
    lines = plain_lines(text).split("\n")
    for one in told:
        assert one.place.path == path, one
        assert 1 <= one.place.line <= len(lines), one
        assert one.place.column >= 1, one
        str(one).encode()


def _entries(text: str) -> None:
    file, told = parse_entries(Source("x.md", text, ""))
    _places(told, text, "x.md")
    whole = plain_lines(text)
    lines = whole.split("\n")
    for entry in file.entries:
        assert lines[entry.place.line - 1].startswith("##")
        assert entry.body in whole
        assert not entry.body or lines[entry.body_line - 1].startswith(entry.body.split("\n")[0])
    assert file.introduction in whole


def _files(text: str) -> None:
    """The four kinds of file."""
    names = ["fable", "reply"]
    source = Source("x.md", text, "")
    layer = LayerSettings(id="editor", place=Place("e"), by="", title="", language="en")
    _, told = parse_notes(source, text="fable", layer=layer, kinds=["context", "question"])
    _places(told, text, "x.md")
    _places(parse_glossary(source, edition="e", texts=names)[1], text, "x.md")
    _places(parse_crossrefs(source, texts=names, relations=["answers"])[1], text, "x.md")
    questions, told = parse_questions(source)
    _places(told, text, "x.md")
    assert len({one.id for one in questions}) == len(questions)


TEXT = "# A fable\n\nA hungry fox saw sour grapes; the fox leapt at the “grapes”.\n\nFoxes are foxes. *Fox*’s end…\n"
REPLY = "# A reply\n\nThe grapes were ripe, said the fox.\n"


def _anchoring(one: tuple[str, str, str]) -> None:
    """A text with notes and terms on it: what is found lies in it, and each note somewhere or nowhere."""
    text, notes, glossary = one
    files = {
        "fables/fable.md": text,
        "fables/reply.md": REPLY,
        "fables/fable.notes.md": notes,
        "fables/glossary.md": glossary,
    }
    try:
        site = Site(files)
    except AssertionError:  # not a word in any text: there is no edition
        assert not REPLY
        return
    anchored = site.fables
    ends = {one.id: one.prose.main.end for one in anchored.edition.texts}
    for text_id, end in ends.items():
        assert text_id in ("fable", "reply")
        assert end >= 0
    found = gloss(anchored)
    reached: dict[str, int] = {}
    for use in found:
        assert use.span.start < use.span.end
        if use.prose.startswith("text:"):
            assert use.span.start >= reached.get(use.prose, 0)
            reached[use.prose] = use.span.end


def _settings(text: str) -> None:
    source = Source("site.toml", text, "")
    site, told = parse_site(source)
    _places(told, text, "site.toml")
    edition, told = parse_edition(source, id="e", folder="e", site=site)
    _places(told, text, "site.toml")
    try:
        tomllib.loads(text.removeprefix("\ufeff"))
    except ValueError:
        assert site is None
    else:
        assert site is not None
        assert edition is not None


def _lock(text: str) -> None:
    locks, told = parse_lock(Source("anchors.lock", text, ""))
    _places(told, text, "anchors.lock")
    for lock in locks or ():
        again, told = parse_lock(Source("anchors.lock", serialize(lock), ""))
        assert told == ()
        assert again == (lock,)


def _prose(source: str, policy: RawHtmlPolicy = RawHtmlPolicy.CLEAN) -> Prose:
    asked = TextSettings("x.md", Place("x.md"), typography=True, references=True, dek=True, raw_html=policy)
    prose, told = parse_text(source, path="x.md", settings=asked)
    _places(told, source, "x.md")
    return prose


def _weaving(one: tuple[str, list[tuple[int, int, int]]]) -> None:
    source, spots = one
    kinds = decorated_kinds()
    for policy in (RawHtmlPolicy.CLEAN, RawHtmlPolicy.ESCAPE):
        prose = _prose(source, policy)
        marks = decorated(prose, [(start, end, kinds[kind]) for start, end, kind in spots])
        woven = weave(prose, prose.frame, marks)
        page = html.write(woven, prose, BARE)
        nesting(page)
        assert unmarked(page) == unmarked(html.write(prose.frame, prose, BARE))
        assert plain.write(woven, prose) == prose.words(prose.main)


def decorated_kinds() -> tuple[object, ...]:
    """What a stretch may be marked as."""
    from tests.weave.test_marks import note, term

    return (note, term, "tie")


_SHOWN = replace(BARE, link=lambda one: ("", f"{one.target} {one.words or ''}", ""))
"""Ink that shows all that a reference says."""
_WORD = re.compile(r"[a-z]{2}\d")
_MAY_HIDE = re.compile(r"\]:|```|~~~|\[\^|<")
"""What may keep words to itself by rights: addresses that nobody uses, a fence's language, notes never called, tags."""


def _nothing_lost(source: str) -> None:
    """Every word of a text, and of a body, stands on the page: as a word, in an address or an attribute."""
    if _MAY_HIDE.search(source):
        return
    for policy in (RawHtmlPolicy.KEEP, RawHtmlPolicy.CLEAN, RawHtmlPolicy.ESCAPE):
        prose = _prose(source, policy)
        page = unescape(html.write(weave(prose, prose.frame, ()), prose, _SHOWN))
        for word in _WORD.findall(source):
            assert word in page, (policy, word)
    body, _ = parse_body(source, path="x.md", line=1)
    page = unescape(html.write(weave(body, body.frame, ()), body, _SHOWN))
    for word in _WORD.findall(source):
        assert word in page, word


def _guarded(check: Callable[[Any], None]) -> Callable[[Any], None]:
    """The check, in which a failure that is told is none."""

    def guarded(one: Any) -> None:
        try:
            check(one)
        except GlossatorError:
            return

    return guarded


_SPOTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 2)), max_size=5)
_CERTAIN = st.sampled_from([f"{a}{b}{n}" for a in "wxyz" for b in "qjkv" for n in "123"])
_SIGNS = st.sampled_from(values.PIECES["signs"])
_NAMES = st.sampled_from(["word/document.xml", "word/comments.xml", "_rels/.rels", "../x", "word/document.xml", "x"])
_PARTS = st.lists(st.tuples(_NAMES, st.just(f"{outside.HEAD}<w:p/></w:body></w:document>")), max_size=4)
_MARKDOWN = values.words("markdown")
_FEW = values.words("entries", most=20)
_ANCHORED = st.tuples(
    st.one_of(st.just(TEXT), _MARKDOWN), values.words("entries", most=30), values.words("entries", most=30)
)

TARGETS: dict[str, Target] = {
    "entries": Target(values.words("entries"), _entries),
    "files": Target(values.words("entries"), _files),
    "anchoring": Target(_ANCHORED, _guarded(_anchoring)),
    "settings": Target(values.words("settings"), _settings),
    "lock": Target(values.words("lock").map(lambda words: f"glossator anchors 1\n{words}"), _lock),
    "weave": Target(st.tuples(_MARKDOWN, _SPOTS), _weaving),
    "markdown": Target(st.lists(st.one_of(_CERTAIN, _SIGNS), max_size=40).map("".join), _nothing_lost),
    "site": Target(st.tuples(st.one_of(st.just(TEXT), _MARKDOWN), _FEW, _FEW, _FEW, _FEW), whole.site),
    "plain": Target(_MARKDOWN, outside.plain),
    "matter": Target(values.words("matter"), lambda text: outside.incoming(read_markdown(f"---\n{text}"))),
    "page": Target(values.words("page"), outside.page),
    "annotations": Target(values.json_of("webanno"), outside.notes),
    "sources": Target(values.json_of("csl"), outside.sources),
    "word": Target(st.lists(st.sampled_from(values.PIECES["word"]), max_size=50).map("".join), outside.word_file),
    "zip": Target(st.tuples(_PARTS, st.integers(0, 5000), st.integers(0, 255)), outside.zip),
}
"""By name."""
