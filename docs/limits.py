"""The program's own constants -> the tables of docs/limits.md: each limit, and what is told where it is passed."""

from __future__ import annotations

from typing import NamedTuple

from jinja2.sandbox import MAX_RANGE

from builder.model.codes import LONGEST as MESSAGE
from builder.parse import (
    attributes,
    crossrefs,
    dialect,
    effort,
    entries,
    foreign_body,
    highlight,
    html_effort,
    ids,
    json_document,
    picture_files,
    questions,
    replies,
    selectors,
    shapes,
    sources,
    toml,
    webanno,
    webanno_targets,
)
from builder.parse.incoming import markdown, page, word_parts
from builder.relate import anchor, inflect
from builder.render import assets, bounds, reading
from builder.shell import beside, incoming, press, texts, themes, typesetting, unpacking


class Limit(NamedTuple):
    """What is limited; how much of it is taken; what is told, or done, where there is more."""

    what: str
    most: str
    told: str


STEPS = (
    f"{effort.STEPS_BEFORE:,} steps of reading, and {effort.STEPS_EACH} for each character; "
    f"{effort.STEPS_MOST:,} in all"
)
REFUSED = "the import ends, and says how much there is"


def _size(count: int) -> str:
    """Bytes as they are spoken of."""
    for unit, name in ((1024**3, "GB"), (1024 * 1024, "MB"), (1024, "kB")):
        if count % unit == 0:
            return f"{count // unit:,} {name}"
    return f"{count:,} bytes"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}"


def written() -> tuple[Limit, ...]:
    """Of what an author writes."""
    return (
        Limit("a text, a file of entries, a list of works", _size(texts.TEXT_BOUND), "G108"),
        Limit("… lines in it", _many(effort.LINES, "lines"), "G108"),
        Limit("… paragraphs, items of lists, headings", _many(effort.BLOCKS, "of them"), "G108"),
        Limit("… words between marks, links, breaks, cells of tables", _many(effort.PIECES, "of them"), "G108"),
        Limit(
            "… addresses of links and pictures by reference, each time they are used",
            f"{effort.ADDRESSES_BEFORE:,} letters, and {effort.ADDRESSES_EACH} for each character",
            "G108",
        ),
        Limit("the name of an edition, a text", f"{shapes.LONGEST_NAME} bytes in UTF-8", "G110"),
        Limit("… of a layer, a handout", f"{shapes.LONGEST_NAME} bytes in UTF-8", "G104"),
        Limit("quotations in one another; a list takes two levels", _many(dialect.NESTING - 1, "levels"), "G120"),
        Limit("brackets that are opened and not closed, and the like", STEPS, "G120"),
        Limit(
            "tags in one another, in HTML that is cleaned: for each tag, the letters of those open",
            f"{html_effort.LETTERS_BEFORE:,}, and {html_effort.LETTERS_EACH} for each character",
            "G120",
        ),
        Limit("entries of one file: notes, terms, questions …", _many(entries.MOST, "entries"), "G108"),
        Limit("… signs of links, emphasis, code and HTML in it", _many(entries.MARKS, "signs"), "G108"),
        Limit("replies to replies", _many(replies.DEEPEST, "in a row"), "G120"),
        Limit("works in `sources.json`", _many(sources.MOST, "works"), "G108"),
        Limit("`site.toml`, `edition.toml`", _size(texts.SETTINGS_BOUND), "G108"),
        Limit("… settings and headers in it", _many(toml.MOST, "of them"), "G108"),
        Limit("… words of a name, `a.b.c`", _many(toml.PARTS, "words"), "G120"),
        Limit("… the words of one setting", _many(shapes.LONGEST, "characters"), "G104"),
        Limit("settings in braces within a line", _many(attributes._LENGTH, "characters"), "they are words"),
        Limit("a heading read for *markup*", _many(selectors._LONGEST, "characters"), "it stands as typed"),
        Limit("a form of a term that is found by itself", _many(inflect.LONGEST, "words"), "G303, a warning"),
        Limit("arrows in a heading of `crossrefs.md`", _many(crossrefs._ARROWS, "arrows"), "G134"),
        Limit("blocks that a range runs over", _many(anchor.MANY_BLOCKS, "blocks"), "G205, a warning"),
        Limit("lines for an answer", _many(questions.MOST_LINES, "lines"), "G116"),
        Limit("an id made from words", f"{ids.WORDS} words, {ids._LENGTH} characters", "it ends there"),
        Limit("a block of code in colours", _many(highlight.LONGEST, "characters"), "it is shown without colours"),
        Limit("… all blocks of a text", _many(highlight.IN_ALL, "characters"), "the rest is without colours"),
        Limit("`anchors.lock`", _size(texts.LOCK_BOUND), "G212"),
        Limit("a drawing (SVG)", _size(picture_files.DRAWN), "G147"),
        Limit("a picture in a handout", _size(press._LARGEST), "G506"),
        Limit("a file of a theme", _size(themes._BOUND), "G502"),
        Limit("… a template, style, script, table of words", _size(themes.TEXT_BOUND), "G502"),
        Limit("… styles, or scripts, of a page, joined", _many(assets.SHRUNK, "letters"), "they aren't made smaller"),
        Limit("what a message quotes", _many(MESSAGE, "characters"), "its middle is left out"),
    )  # fmt: skip


def brought_in() -> tuple[Limit, ...]:
    """Of what is imported."""
    return (
        Limit("`.txt`, `.md`", _size(incoming.TEXT_BOUND), REFUSED),
        Limit("… front matter", _size(markdown.MATTER_BOUND), REFUSED),
        Limit("`.html`", _size(incoming.PAGE_BOUND), REFUSED),
        Limit("… elements", _many(page.ELEMENTS, "elements"), REFUSED),
        Limit("… elements in one another", _many(page.DEPTH, "levels"), REFUSED),
        Limit("… words in a tag", _many(page.ATTRIBUTES, "words"), REFUSED),
        Limit("… its article", _many(page.CHARACTERS, "characters"), REFUSED),
        Limit("… signs of markup in it", _many(page.SIGNS, "signs"), REFUSED),
        Limit("`.docx`", _size(incoming.WORD_BOUND), REFUSED),
        Limit("… files in it", _many(unpacking.ENTRIES, "files"), REFUSED),
        Limit("… unpacked, without its pictures", _size(unpacking.PART_BOUND), REFUSED),
        Limit("… elements", _many(word_parts.ELEMENTS, "elements"), REFUSED),
        Limit("… paragraphs", _many(word_parts.PARAGRAPHS, "paragraphs"), REFUSED),
        Limit("a picture that comes along", _size(beside.PICTURE_BOUND), "a remark; put it there yourself"),
        Limit("`.json` of notes", _size(min(texts.TEXT_BOUND, json_document.LONGEST)), REFUSED),
        Limit("… annotations", _many(webanno.MOST, "annotations"), "G144"),
        Limit("… lists and objects in one another", _many(json_document.DEEPEST, "levels"), "G145 for that annotation"),
        Limit("… passages of one annotation", _many(webanno_targets.MOST_AIMS, "passages"), "G145 for that annotation"),
        Limit("… a quotation", _many(webanno_targets.LONGEST, "characters"), "G145 for that annotation"),
        Limit("… a body read as markup", _many(foreign_body.LONGEST, "characters"), "it is taken as plain words"),
    )


def set_by_templates() -> tuple[Limit, ...]:
    """Of what the templates of a theme do."""
    steps = (bounds.LOOP, bounds.CALL, bounds.INCLUDE, bounds.FILTERED)
    costs = "{} for a round of a loop, {} for a macro, {} for a template, {} for each value that a filter looks at"
    return (
        Limit("steps for one page", _many(bounds.STEPS, "steps"), "G509"),
        Limit("… of which are taken", f"{costs.format(*steps)}, 1 for every {bounds.LETTERS} letters", ""),
        Limit("… for a list or a table that a template writes", f"{bounds.ROOM} steps, {bounds.LOOP} for a value", ""),
        Limit("… for what is shown, compared or looked up", "1 for each value in it, as often as it stands there", ""),
        Limit("letters of one page, or of what is set aside for it", _many(bounds.LARGEST, "letters"), "G509"),
        Limit("… that it is to show, from which on its author is told", _many(bounds.CONTENT, "letters"), "G108"),
        Limit("one template", _many(reading.TOKENS, "tokens"), "G509"),
        Limit("a whole number", _many(bounds.DIGITS, "bits"), "G509"),
        Limit("`range(…)`", _many(MAX_RANGE, "numbers"), "G509"),
        Limit("`handout.typ`, asked once", f"{press.SECONDS} seconds of processor time, {_size(press.ROOM)}", "G506"),
        Limit("… and for each MB of words and pictures", f"{press.SECONDS_EACH} seconds, {_size(press.ROOM_EACH)}", ""),
        Limit("… together no more than", f"{press.MOST_SECONDS} seconds, {_size(press.MOST_ROOM)}", "G506"),
        Limit("… by the clock", f"{typesetting.PATIENCE} seconds more", "G506"),
        Limit("… its answer", _size(typesetting.ANSWER), "G506"),
    )
