"""The small parts of our HTML: tags, escapes, numbers and letters, the classes of what covers a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.prose import Close, Element, Image, Open, RawHtml, Rule
from builder.model.remember import remembered

if TYPE_CHECKING:
    from builder.model.prose import Block, Prose
    from builder.render.decoration import Cover, NoteSpan, TermSpan, TieSpan, Woven

TAGS = {
    Element.PARAGRAPH: "p",
    Element.QUOTATION: "blockquote",
    Element.BULLET_LIST: "ul",
    Element.ORDERED_LIST: "ol",
    Element.ITEM: "li",
    Element.TABLE: "table",
    Element.TABLE_HEAD: "thead",
    Element.TABLE_BODY: "tbody",
    Element.ROW: "tr",
    Element.HEAD_CELL: "th",
    Element.CELL: "td",
    Element.DEFINITION_LIST: "dl",
    Element.DEFINED: "dt",
    Element.DEFINITION: "dd",
    Element.VERSE: "div",
    Element.STANZA: "p",
    Element.EMPHASIS: "em",
    Element.STRONG: "strong",
    Element.CODE: "code",
    Element.LINK: "a",
    Element.SPAN: "span",
    Element.TOKEN: "span",
}
CLASSES = {Element.VERSE: "verse", Element.STANZA: "stanza"}

BRACKETED = "language"
"""The cue that is drawn at the ends of a passage instead of along it."""


def escape(words: str) -> str:
    """The words as text or attribute value of HTML, as markdown-it escapes them."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def cues(cover: Cover) -> str:
    """The classes of a note over a segment: kind, cue, layer, lane; for brackets, whether they open or close."""
    lane = f" u{cover.lane}" if cover.lane else ""
    edges = ""
    if cover.note.cue == BRACKETED:
        edges = (" first" if cover.begins else "") + (" last" if cover.ends else "")
    return f"{classes(cover.note.kind, cover.note.cue, cover.note.layer)}{lane}{edges}"


def classes(kind: str, cue: str, layer: str) -> str:
    """What the key switches and the style draws: a note's kind, its cue, and its layer, "" for the edition's first."""
    return f"k-{kind} c-{cue} l-{layer}" if layer else f"k-{kind} c-{cue}"


def alias_spots(block: Block, prefix: str) -> str:
    """Where the addresses that a block's words had before lead now; `prefix` is the text's."""
    return "".join(f'<span id="{prefix}{alias}"></span>' for alias in block.aliases)


def begins_words(event: Woven | None) -> bool:
    """Whether what follows an opening tag goes on in its line, as words do."""
    if isinstance(event, Open):
        return event.element.inline or bool(event.element is Element.PARAGRAPH and event.field("tight"))
    if isinstance(event, RawHtml):
        return not event.block
    return event is not None and not isinstance(event, (Close, Rule))


def own_ids(prose: Prose) -> frozenset[str]:
    """The ids that an author gave to blocks, spans and pictures, footnotes included."""
    frames = (prose.frame, *(note.frame for note in prose.footnotes))
    fields = (event.fields for frame in frames for event in frame if isinstance(event, Open | Image | Rule))
    return frozenset(value for named in fields for name, value in named if name == "id")


def lowered(prose: Prose, level: int, highest: int) -> int:
    """The level of a heading in a body whose highest heading is to have the level `highest`; 6 at most."""
    return min(6, level - _highest(prose) + highest)


@remembered
def _highest(prose: Prose) -> int:
    """The level of a body's highest heading, asked once for all that stand in it; 0 where there is none."""
    frames = (prose.frame, *(note.frame for note in prose.footnotes))
    levels = (
        int(event.field("level") or 1)
        for frame in frames
        for event in frame
        if isinstance(event, Open) and event.element is Element.HEADING
    )
    return min(levels, default=0)


def note_mark(mark: NoteSpan) -> str:
    """The number of a note in the text; a highlight has an empty one, for its permalink."""
    label = escape(mark.label)
    if mark.highlight:
        return f'<a class="ref highlight" id="{mark.mark_id}" href="{escape(mark.href)}" aria-label="{label}"></a>'
    return (
        f'<a class="ref {classes(mark.kind, mark.cue, mark.layer)}" role="doc-noteref" id="{mark.mark_id}"'
        f' href="{escape(mark.href)}" aria-label="{label}">{mark.number}</a>'
    )


def tie_mark(mark: TieSpan) -> str:
    """The letter of a cross-reference in the text."""
    return (
        f'<a class="tie" id="{mark.mark_id}" href="{escape(mark.href)}"'
        f' aria-label="{escape(mark.label)}">{mark.letter}</a>'
    )


def footnote_mark(mark_id: str, href: str, number: str, label: str) -> str:
    """The number of one of the author's own footnotes."""
    return (
        f'<a class="ref c-author k-author" role="doc-noteref" id="{escape(mark_id)}" href="{escape(href)}"'
        f' aria-label="{escape(label)}">{escape(number)}</a>'
    )


def spot_mark(mark_id: str) -> str:
    """A place at which a printed page may begin."""
    return f'<span id="{mark_id}" role="doc-pagebreak"></span>'


def term_opening(term: TermSpan) -> str:
    """The opening tag of a term's link."""
    return f'<a class="term" role="doc-glossref" id="{term.mark_id}" href="{escape(term.href)}">'
