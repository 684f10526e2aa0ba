"""Markdown -> Prose: a text, an annotator's body, a line; and a few things that are asked of them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.escape import escaped
from builder.model.prose import EMPTY, Close, Element, Image, Open, Prose, RawHtml, Run, Span
from builder.model.raw_html import nesting
from builder.model.text import RawHtmlPolicy
from builder.model.typed import Way
from builder.parse.attributes import ALLOWED, LOST
from builder.parse.dialect import NESTING, parser
from builder.parse.effort import Crowded, Tangled
from builder.parse.frame import FrameReader
from builder.parse.handed import handed_on
from builder.parse.harmless import SCHEMES, odd_scheme
from builder.parse.html_effort import require_cleanable
from builder.parse.inert import HINTS, UNENDED, sources
from builder.parse.leads import LEADS, Leads
from builder.parse.manner import Manner
from builder.parse.misread import misread
from builder.parse.nearest import nearest
from builder.parse.places import Places
from builder.parse.swallowed import swallowed
from builder.parse.unread import half_bracketed, shown_as_typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from builder.model.diagnostic import Diagnostic
    from builder.model.prose import Event
    from builder.model.site import TextSettings
    from builder.model.typed import Typed

_CALL = re.compile(r"\[\^([^\]\s^]{1,200})\]")
_WORDS = r"[^\\`*_\[\]<&{]*"
_SIMPLE = re.compile(
    rf"[^\W\d_]{_WORDS}(?:(?<=[ (])\*(?=[^\W_]){_WORDS}(?<=[^\W_])\*(?=[ .,;:!?)'’”…–—-]|\Z){_WORDS})*(?<! )"
)
"""One line that begins with a letter and in which nothing can be markup but words between *stars* that stand as plainly
as here: so are most definitions and notes, and Markdown isn't asked."""
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
    if _SIMPLE.fullmatch(source) and source.isprintable():
        return simple_body(source), ()
    clean = raw_html is RawHtmlPolicy.CLEAN
    manner = Manner(path=path, lines=source.split("\n"), line=line, column=column, clean=clean)
    prose, told = _parse(source, manner, references=True, raw_html=raw_html)
    return _with_source(prose, source, told), told


def parse_inline(source: str, *, path: str, line: int, column: int = 1) -> tuple[Prose, tuple[Diagnostic, ...]]:
    """One line of inline Markdown (a question's heading) as one paragraph; never a list or a heading."""
    from markdown_it.token import Token

    words = " ".join(source.split("\n"))
    manner = Manner(path=path, lines=[words], line=line, column=column, clean=True)
    env: dict[str, object] = {}
    try:
        inline = parser(references=True, raw_html=RawHtmlPolicy.CLEAN).parseInline(words, env)[0]
    except Tangled as tangled:
        return _plain(words), (_tangled(tangled, manner),)
    inline.map = [0, 1]
    opened = Token("paragraph_open", "p", 1, map=[0, 1])
    reader = FrameReader([opened, inline, Token("paragraph_close", "p", -1)], manner)
    told = (*_told(reader, env, manner), *half_bracketed(reader.prose, manner))
    return _with_source(reader.prose, words, told), told


def plain_words(source: str) -> str:
    """The words of a piece of inline Markdown, without its markup."""
    prose, _ = parse_inline(source, path="", line=1)
    return prose.content


def local_pictures(prose: Prose) -> tuple[str, ...]:
    """The address of each picture that lies with the text, as typed, each once: Markdown's in order, then HTML's."""
    shown = chain((image.src for image in prose.events(Image)), *(sources(raw.html) for raw in prose.events(RawHtml)))
    return tuple(dict.fromkeys(src for src in shown if src and not _REMOTE.match(src)))


def _parse(
    source: str, manner: Manner, *, references: bool, raw_html: RawHtmlPolicy
) -> tuple[Prose, tuple[Diagnostic, ...]]:
    env: dict[str, object] = {}
    try:
        tokens = parser(references=references, raw_html=raw_html).parse(source, env)
        if manner.clean:
            require_cleanable(tokens, len(source))
    except Tangled as tangled:
        return EMPTY, (_tangled(tangled, manner),)
    reader = FrameReader(tokens, manner)
    blocks = (*_too_deep(tokens, manner), *swallowed(tokens, manner), *misread(tokens, manner))
    told = (*blocks, *_told(reader, env, manner))
    return reader.prose, (*told, *half_bracketed(reader.prose, manner)) if references else told


def _with_source(prose: Prose, typed: str, told: Sequence[Diagnostic]) -> Prose:
    """A body's prose that knows its Markdown."""
    source = handed_on(typed, told)
    return replace(prose, source=source, altered=source != typed)


def _plain(words: str) -> Prose:
    """Words as one paragraph in which nothing is markup."""
    span = Span(0, len(words))
    return Prose(words, (Open(Element.PARAGRAPH), Run(span), Close(Element.PARAGRAPH)), (), span, source=escaped(words))


def simple_body(source: str) -> Prose:
    """A body in which nothing is markup but stars: one paragraph, every other stretch between them emphasised."""
    frame: list[Event] = [Open(Element.PARAGRAPH)]
    length = 0
    for index, words in enumerate(source.split("*")):
        run = (Run(Span(length, length + len(words))),) if words else ()
        frame += (Open(Element.EMPHASIS), *run, Close(Element.EMPHASIS)) if index % 2 else run
        length += len(words)
    frame.append(Close(Element.PARAGRAPH))
    return Prose(source.replace("*", ""), tuple(frame), (), Span(0, length), source=source)


def _tangled(tangled: Tangled, manner: Manner) -> Diagnostic:
    place = Place(manner.path, manner.line + tangled.line)
    if isinstance(tangled, Crowded):
        message = f"this holds more than {tangled.most:,} {tangled.what}"
        return diagnose("G108", place, message, tangled.instead)
    return diagnose("G120", place, tangled.told, "take some of them out")


def _told(reader: FrameReader, env: Mapping[str, object], manner: Manner) -> Iterator[Diagnostic]:
    """What the author should know of a source that was read."""
    slips, allowed = reader.slips, " and ".join(ALLOWED)
    for line, names in _by_line(slips.refused):
        shown = ", ".join(f"“{name}”" for name in names)
        yield diagnose("G123", Place(manner.path, line), f"{shown} can't be set here", f"allowed: {allowed}")
    for line, name in slips.ids:
        message = f"the id “{name}” is given a second time"
        yield diagnose("G123", Place(manner.path, line), message, "an id names one place: choose another")
    lost = env.get(LOST)
    for index in lost if isinstance(lost, list) else ():
        message = "under these attributes stands nothing that they could belong to"
        yield diagnose("G123", Place(manner.path, manner.line + index), message, "write them on the line above a block")
    yield from _refused(env[LEADS], manner)
    yield from _odd_schemes(reader.prose, manner)
    yield from shown_as_typed(reader.prose, manner)
    yield from _footnotes(reader, manner)
    if not manner.clean:
        # Of what is at fault in the same way on a line, the first.
        unbalanced = {(one.place.line, one.message): one for one in reversed([*_unbalanced(reader, manner)])}
        yield from reversed(unbalanced.values())
        yield from _inert(slips.inert, manner)
    columns = dict(place for place, _ in reversed(slips.cleaned))
    for line, removed in _by_line([(line, what) for (line, _), what in slips.cleaned]):
        message = f"HTML was removed: {', '.join(removed)}"
        yield diagnose("G130", Place(manner.path, line, columns[line]), message, "say it in Markdown")


def _refused(leads: object, manner: Manner) -> Iterator[Diagnostic]:
    """Addresses that aren't linked."""
    assert isinstance(leads, Leads)
    places = Places(manner)
    for spot in leads.refused():
        place = Place(manner.path, *places.spot(spot))
        message = f"“{spot.address[:60]}” is no address that a reader may follow"
        yield diagnose("G146", place, message, "link to a page of the web; it is shown as typed")


def _odd_schemes(prose: Prose, manner: Manner) -> Iterator[Diagnostic]:
    """Addresses that are linked as typed and that no browser follows: mostly a slip of the pen."""
    first: dict[str, Typed] = {}
    for one in (typed for typed in prose.addresses if typed.way is not Way.HTML):
        first.setdefault(one.address, one)
    for address, one in first.items():
        if scheme := odd_scheme(address):
            near = nearest(scheme, sorted(SCHEMES))
            others = "links begin with http:, https:, mailto: or tel:"
            if len(scheme) == 1:  # a drive's letter
                near, others = "", "only your own computer has that file: put it on the web, and link to it there"
            hint = f"did you mean “{near}:”?" if near else others
            message = f"“{address[:60]}” leads nowhere: browsers don't know “{scheme[:30]}:”"
            yield diagnose("G146", Place(manner.path, one.line, one.column), message, hint)


def _unbalanced(reader: FrameReader, manner: Manner) -> Iterator[Diagnostic]:
    """HTML that is kept and would end, or swallow, what stands around it."""
    found = nesting(reader.prose.frame)
    for unclosed in found.unclosed:
        place = Place(manner.path, *reader.kept.get(unclosed.event, (manner.line, 1)))
        yield diagnose("G141", place, f"HTML is left open: “{unclosed.closing}” is missing", "close it where it ends")
    for stray in found.stray:
        event = reader.prose.frame[stray.event]
        assert isinstance(event, RawHtml)
        tag = event.html[stray.start : stray.end]
        place = Place(manner.path, *reader.kept.get(stray.event, (manner.line, 1)))
        yield diagnose("G141", place, f"“{tag}” closes nothing", "take it out, or open what it is meant to close")


def _inert(slips: Sequence[tuple[int, int, str]], manner: Manner) -> Iterator[Diagnostic]:
    """HTML that has no effect: each thing where it stands first on its line."""
    first: dict[tuple[int, str], int] = {}
    for line, column, thing in slips:
        first.setdefault((line, thing), column)
    for (line, thing), column in first.items():
        if thing == UNENDED:
            message = f"HTML is left open: “{thing}” is missing, so it shows as it is typed"
            yield diagnose("G141", Place(manner.path, line, column), message, "close the tag where it ends")
            continue
        yield diagnose("G148", Place(manner.path, line, column), f"{thing} has no effect on a page", HINTS[thing])


def _by_line(slips: Sequence[tuple[int, str]]) -> Iterator[tuple[int, Sequence[str]]]:
    """What was found on each line, each thing once."""
    found: dict[int, dict[str, None]] = {}
    for line, what in slips:
        found.setdefault(line, {})[what] = None
    return ((line, tuple(names)) for line, names in found.items())


def _too_deep(tokens: Sequence[Token], manner: Manner) -> Iterator[Diagnostic]:
    """The parser leaves out what lies in the innermost level that it reads: that is told, never done in silence."""
    for token in tokens:
        if token.nesting == 1 and token.level + 1 >= NESTING and token.type in _CONTAINERS:
            line = manner.line + (token.map[0] if token.map else 0)
            message = f"lists and quotations lie more than {NESTING - 1} levels deep in one another; a list takes two"
            yield diagnose("G120", Place(manner.path, line), message, "what lies deeper is lost: make it flatter")
            return


_CONTAINERS = frozenset({"blockquote_open", "list_item_open", "dd_open", "footnote_reference_open"})


def _footnotes(reader: FrameReader, manner: Manner) -> Iterator[Diagnostic]:
    """Footnotes that are never called or whose label is taken (nobody reads them); calls that lead nowhere."""
    parted, called = reader.parted, set(reader.called)
    for label, definition in parted.footnotes.items():
        if label not in called:
            hint = f"write [^{label}] where it belongs: nobody can read it as it is"
            place = Place(manner.path, manner.line + definition.line)
            yield diagnose("G129", place, f"the footnote “{label}” is never called", hint)
    for definition in parted.doubled:
        place = Place(manner.path, manner.line + definition.line)
        message = f"the footnote “{definition.label}” is written a second time"
        yield diagnose("G129", place, message, "nobody can read it as it is: give it a label of its own")
    if "[^" in reader.prose.content:
        yield from _calls(reader, manner)


def _calls(reader: FrameReader, manner: Manner) -> Iterator[Diagnostic]:
    """Calls that lead nowhere, each label once. Escaped ones are none."""
    lines: dict[str, int] = {}
    for index, line in enumerate(manner.lines):
        for call in _CALL.finditer(line):
            lines.setdefault(call[1], index)
    told = set(reader.parted.footnotes)
    for words in _plain_runs(reader.prose):
        for call in _CALL.finditer(words):
            if call[1] in lines and call[1] not in told:
                told.add(call[1])
                place = Place(manner.path, manner.line + lines[call[1]])
                hint = f"write its words on a line of their own: [^{call[1]}]: …"
                yield diagnose("G129", place, f"the footnote “{call[1]}” has no words", hint)


def _plain_runs(prose: Prose) -> Iterator[str]:
    """The words that are no code."""
    code = 0
    for event in (*prose.frame, *(event for footnote in prose.footnotes for event in footnote.frame)):
        if isinstance(event, (Open, Close)) and event.element in (Element.CODE, Element.CODE_BLOCK):
            code += 1 if isinstance(event, Open) else -1
        elif isinstance(event, Run) and not code:
            yield prose.words(event.span)
