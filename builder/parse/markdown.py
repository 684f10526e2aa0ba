"""Markdown -> Prose: a text, an annotator's body, a line; and a few things that are asked of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.prose import EMPTY, Close, Image, Open, Prose, Run, Span
from builder.model.text import RawHtmlPolicy
from builder.parse.dialect import ALLOWED_ATTRIBUTES, NESTING, parser
from builder.parse.frame import FrameReader, Manner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import TextSettings

PICTURES_AT_MOST = 2_000
BRACKETS_AT_MOST = 60_000
"""How many `![` and `[` a source may hold: beyond, the parser takes seconds and then minutes over them."""

_CALL = re.compile(r"\[\^([^\]\s^]+)\]")
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def parse_text(source: str, *, path: str, settings: TextSettings) -> tuple[Prose, tuple[Diagnostic, ...]]:
    """A text as its author wrote it: title, dek, numbered blocks, footnotes."""
    manner = Manner(
        path=path,
        lines=source.split("\n"),
        typography=settings.typography,
        clean=settings.raw_html is RawHtmlPolicy.CLEAN,
        numbered=True,
        title=True,
        dek=settings.dek,
    )
    return _parse(source, manner, references=settings.references, raw_html=settings.raw_html)


def parse_body(
    source: str, *, path: str, line: int, column: int = 1, raw_html: RawHtmlPolicy = RawHtmlPolicy.CLEAN
) -> tuple[Prose, tuple[Diagnostic, ...]]:
    """What an annotator says: references and citations are `Reference` events. `line` is where it begins in `path`."""
    if not source.strip():
        return EMPTY, ()
    clean = raw_html is RawHtmlPolicy.CLEAN
    manner = Manner(path=path, lines=source.split("\n"), line=line, column=column, clean=clean)
    return _parse(source, manner, references=True, raw_html=raw_html)


def parse_inline(source: str, *, path: str, line: int, column: int = 1) -> tuple[Prose, tuple[Diagnostic, ...]]:
    """One line of inline Markdown (a question's heading) as one paragraph; never a list or a heading."""
    from markdown_it.token import Token

    md = parser(references=True, raw_html=RawHtmlPolicy.KEEP)
    words = " ".join(source.split("\n"))
    inline = md.parseInline(words)[0]
    inline.map = [0, 1]
    opened = Token("paragraph_open", "p", 1, map=[0, 1])
    tokens = [opened, inline, Token("paragraph_close", "p", -1)]
    manner = Manner(path=path, lines=[words], line=line, column=column)
    return FrameReader(tokens, manner).prose, ()


def plain_words(source: str) -> str:
    """The words of a piece of inline Markdown, without its markup."""
    prose, _ = parse_inline(source, path="", line=1)
    return prose.content


def local_pictures(prose: Prose) -> tuple[str, ...]:
    """The address of each picture that lies with the text, as typed, in order, each once."""
    frames = (prose.frame, *(footnote.frame for footnote in prose.footnotes))
    sources = (event.src for frame in frames for event in frame if isinstance(event, Image))
    return tuple(dict.fromkeys(src for src in sources if src and not _REMOTE.match(src)))


def _parse(
    source: str, manner: Manner, *, references: bool, raw_html: RawHtmlPolicy
) -> tuple[Prose, tuple[Diagnostic, ...]]:
    place = Place(manner.path, manner.line, manner.column)
    pictures, brackets = source.count("!["), source.count("[")
    if pictures > PICTURES_AT_MOST or brackets > BRACKETS_AT_MOST:
        what = f"{pictures} pictures" if pictures > PICTURES_AT_MOST else f"{brackets} opening brackets"
        limit = PICTURES_AT_MOST if pictures > PICTURES_AT_MOST else BRACKETS_AT_MOST
        message = f"{what} in one source are more than can be read ({limit})"
        return EMPTY, (diagnose("G108", place, message, "divide it into several files"),)
    env: dict[str, object] = {}
    tokens = parser(references=references, raw_html=raw_html).parse(source, env)
    reader = FrameReader(tokens, manner)
    told = [
        *_too_deep(tokens, manner),
        *_refused_attributes(tokens, manner),
        *_footnotes(reader.prose, env, manner),
        *(
            diagnose("G130", Place(manner.path, line), "HTML was removed", _instead(manner))
            for line in dict.fromkeys(reader.cleaned)
        ),
    ]
    return reader.prose, tuple(told)


def _instead(manner: Manner) -> str:
    """What to do about HTML that was removed: a text may ask to keep its own."""
    return 'say it in Markdown, or set raw_html = "keep" for this text' if manner.numbered else "say it in Markdown"


def _too_deep(tokens: Sequence[Token], manner: Manner) -> Iterator[Diagnostic]:
    """The parser leaves out what lies in the innermost level that it reads: that is told, never done in silence."""
    for token in tokens:
        if token.nesting == 1 and token.level + 1 >= NESTING and token.type in _CONTAINERS:
            line = manner.line + (token.map[0] if token.map else 0)
            message = f"lists and quotations lie more than {NESTING // 2} levels deep in one another"
            yield diagnose("G120", Place(manner.path, line), message, "what lies deeper is lost: make it flatter")
            return


_CONTAINERS = frozenset({"blockquote_open", "list_item_open", "dd_open", "footnote_open"})


def _refused_attributes(tokens: Sequence[Token], manner: Manner) -> Iterator[Diagnostic]:
    for token in tokens:
        line = manner.line + _attributed(token, manner)
        for one in (token, *(token.children or ())):
            refused = one.meta.get("insecure_attrs")
            if refused:
                names = ", ".join(f"“{name}”" for name in sorted(refused))
                allowed = " and ".join(ALLOWED_ATTRIBUTES)
                yield diagnose("G123", Place(manner.path, line), f"{names} can't be set here", f"allowed: {allowed}")


def _attributed(token: Token, manner: Manner) -> int:
    """The line of a token's attributes: that of the token, or the one above it where these stand there alone."""
    first = token.map[0] if token.map else 0
    return first - 1 if first and manner.lines[first - 1].lstrip().startswith("{") else first


def _footnotes(prose: Prose, env: dict[str, object], manner: Manner) -> Iterator[Diagnostic]:
    """Footnotes that are never called (their words would not be shown), and calls that lead nowhere."""
    notes = env.get("footnotes")
    known = notes.get("refs", {}) if isinstance(notes, dict) else {}
    for label, number in known.items():
        if number < 0:
            name = label.removeprefix(":")
            line = _line_of(f"[^{name}]:", manner)
            hint = f"write [^{name}] where it belongs: nobody can read it as it is"
            yield diagnose("G129", Place(manner.path, line), f"the footnote “{name}” is never called", hint)
    if "[^" not in prose.content:
        return
    for words in _plain_runs(prose):
        for call in _CALL.finditer(words):
            if f":{call[1]}" not in known:
                line = _line_of(call[0], manner)
                hint = f"write its words on a line of their own: [^{call[1]}]: …"
                yield diagnose("G129", Place(manner.path, line), f"the footnote “{call[1]}” has no words", hint)


def _plain_runs(prose: Prose) -> Iterator[str]:
    """The words that are no code."""
    code = 0
    for event in prose.frame:
        if isinstance(event, (Open, Close)) and event.element.value in ("code", "code-block"):
            code += 1 if isinstance(event, Open) else -1
        elif isinstance(event, Run) and not code:
            yield prose.words(Span(event.span.start, event.span.end))


def _line_of(words: str, manner: Manner) -> int:
    for index, line in enumerate(manner.lines):
        if words in line:
            return manner.line + index
    return manner.line
