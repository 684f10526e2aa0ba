"""G1xx: reading what the author wrote."""

from __future__ import annotations

from builder.model.code import Code
from builder.model.codes_files import FILES
from builder.model.diagnostic import Severity

_SETTINGS = (
    Code(
        "G101",
        "File is no TOML",
        "site.toml and edition.toml are written in TOML: `name = value`, a line each, under headers in brackets. "
        "From the place named on, the file can't be understood, so that nothing of it could be used.",
        'Mostly a quotation mark or a bracket is missing. Text stands in quotation marks: `title = "The fox"`. A '
        "text that holds quotation marks itself can stand in single ones: `title = 'The \"right way\"'`.",
    ),
    Code(
        "G102",
        "Unknown setting",
        "A word on the left of `=`, or a header in brackets, means nothing here. It is an error and not passed over, "
        "because a misspelt setting that does nothing is hard to find.",
        "Take the word that the hint proposes, or look it up in the documentation of settings. A setting that "
        "belongs to a text must stand below its `[[text]]`, one of the edition above the first `[[text]]`.",
    ),
    Code(
        "G103",
        "Setting of a wrong type",
        "The value is of another sort than the setting takes: a word where true or false is meant, a single word "
        "where a list is.",
        'Text and dates stand in quotation marks (`date = "2021"`), `true`, `false` and numbers don\'t; a list stands '
        'in brackets: `kinds = ["question"]`.',
    ),
    Code(
        "G104",
        "Value not allowed",
        "The value is of the right sort but none of those that the setting knows.",
        "The hint lists what is allowed. Dates are as exact as is known, in this order: `2021`, `2021-08`, "
        "`2021-08-04`.",
    ),
    Code(
        "G105",
        "Required setting missing",
        "Something can't be made without this setting: a site or an edition needs a title, a text its file.",
        'Write it, for instance: `title = "The fox and the grapes"`.',
    ),
)

_ENTRIES = (
    Code(
        "G114",
        "Settings in braces can't be read",
        'The braces at the end of a `##` heading hold the entry\'s settings: `#id`, `.class` and `key="value"`, with '
        "spaces between them. What looks like settings and isn't would otherwise be taken for quoted words.",
        'Values stand in quotation marks: `## leapt {.question before="He"}`. If the braces belong to the words '
        "themselves, end the line with an empty pair: `## the set {1, 2} {}`.",
    ),
    Code(
        "G115",
        "Unknown setting of an entry",
        "This kind of entry has no setting of that name; or a class (`.teacher`) says for whom the entry is meant, as "
        "only a setting does.",
        "Take the word that the hint proposes. In a heading that shares the body of the one above it only `in`, "
        "`before` and `after` may stand: the rest belongs to the first.",
    ),
    Code(
        "G116",
        "Value of an entry's setting not allowed",
        "The setting exists, but not with this value.",
        'The hint says what is allowed, for instance `audience="teacher"`, `in="¶4"`, `link="all"`, `lines="6"`.',
    ),
    Code(
        "G117",
        "Id given twice",
        "An id is the permanent address of a note, a term, a cross-reference or a question, and can't lead to two. "
        "Ids are compared without case.",
        "Give one of the two another id. One that is cited already should keep its own.",
    ),
    Code(
        "G118",
        "Heading without words",
        "A `##` heading says what its entry is about: the words quoted, the term, the question. This one holds none.",
        "Write them before the settings: `## the words quoted {.question}`. For a note on a whole text write `## *`.",
    ),
    Code(
        "G119",
        "Entry without a body",
        "A note says something about the words in its heading, and a term has a definition; here nothing follows. "
        "Several headings share one body only if the second and later ones have no id and no kind of their own.",
        "Write the body below the heading. For a mark without a note write `{.highlight}`. To make one note of "
        "several headings, take `#id` and `.kind` out of all but the first.",
    ),
    Code(
        "G124",
        "Unknown kind of note",
        "A note's kind is `context`, `source`, `question`, `challenge`, `language` or `highlight`, or one that "
        "site.toml defines.",
        "Take one of these, or define the kind in site.toml: `[kind.law]` with `label` and `cue`. For a free word "
        'use `tags="…"`.',
    ),
    Code(
        "G128",
        "Given twice",
        "The same setting, kind or key is given two times, and only one can hold.",
        "Delete one of the two. In sources.json, export the list of works again without the double.",
    ),
    Code(
        "G133",
        "Reply to no note",
        '`re="#id"` names the note that this one replies to. Either the edition has no such note, or the replies '
        "lead round in a circle, so that none of them comes first.",
        "Take the id that the hint proposes; ids that were made from a note's words are listed by `glossator anchors`.",
    ),
    Code(
        "G134",
        "Heading is no cross-reference",
        "A heading in crossrefs.md names two passages with an arrow between them; each is a text's name, then, if "
        "need be, a block, then a quotation.",
        "Write it like this: `## comment “in any negotiation” → article ¶4 {.extends}`. Arrows are `→` or `->`, and "
        "`↔` or `<->` for both ways.",
    ),
    Code(
        "G135",
        "Cross-reference can be read in two ways",
        "More than one arrow of the heading parts two complete passages, since a quotation may hold arrows itself.",
        "Quote fewer words, so that no arrow is left inside them, or write two cross-references.",
    ),
    Code(
        "G136",
        "Unknown relation",
        "The relation is `answers`, `agrees`, `extends`, `disputes`, `echoes`, `illustrates` or `quotes`, or one "
        "that site.toml defines.",
        "Take one of these, or define it in site.toml: `[relation.concedes]` with `label` and `inverse`.",
    ),
    Code(
        "G137",
        "Unknown text",
        "A cross-reference or a term names a text that this edition doesn't have. A text's name is its file's, "
        "without `.md`.",
        "Take the name that the hint proposes.",
    ),
    Code(
        "G139",
        "Code block or comment never closed",
        "A code fence or `<!--` is opened and not closed before the end of the file: all entries after it would be "
        "swallowed. Or a `<!--` in a text isn't closed before the text, the list item or the quotation ends in which "
        "it stands: nothing of the words after it would be shown.",
        "Close it: with as many backticks or tildes as open it, or with `-->`.",
    ),
    Code(
        "G140",
        "Line that looks like a heading",
        "An entry begins with two number signs and a space at the very beginning of a line. A line that has one sign, "
        "no space, or an indent begins none, nor does one with three signs and settings in braces: its words become "
        "part of the entry above. In a text, too, a heading has a space after its signs: `##What` is a paragraph.",
        "Write `## ` and the words. If you want a heading within a note's own text, give it three signs: `### `.",
        Severity.WARNING,
    ),
)

_PROSE = (
    Code(
        "G120",
        "Nested too deeply",
        "Lists, quotations, brackets or tags lie within each other more deeply than can be shown. Nothing is dropped "
        "in silence, so this is an error.",
        "Take some of the levels out.",
    ),
    Code(
        "G121",
        "Picture missing",
        "A text or a body shows a picture that isn't in the edition's folder. Capital letters count: on most hosts "
        "`Map.png` and `map.png` are two files. Or what was meant for a picture lacks a bracket, or has a space in its "
        "address, and stands in the text as it was typed.",
        "Put the picture into the edition's folder, for instance as `images/map.png`, and write "
        "`![what it shows](images/map.png)`.",
    ),
    Code(
        "G147",
        "Picture that can't be shown",
        "The file of a picture that a text or a body shows is empty, cut off, or not what its name says: an ending "
        "such as `.png` over something else. Some browsers would show nothing, and neither paper nor a book could have "
        "it. Or it is no picture: whatever it holds would be published with the site. An SVG that holds scripts, HTML, "
        "entities, or addresses outside its own file could run on the site, or tell others who reads.",
        "Save it once more from the program that made it, or rename it after what it holds; an SVG without scripts "
        "and links, or as PNG. Pictures are PNG, JPEG, GIF, WebP, AVIF and SVG.",
    ),
    Code(
        "G122",
        "Picture from another site",
        "The picture is loaded from elsewhere: it would be missing offline and in print, may vanish, and tells the "
        "other site who reads. No page loads it: what it says instead stands in its place.",
        "Copy it into the edition's folder, if its licence allows, and name it there.",
        Severity.WARNING,
    ),
    Code(
        "G123",
        "Attribute not allowed",
        "In `{…}` above a block or after a span only an id and classes are kept; scripts and styles are not.",
        "Keep `#id` and `.class`, and take the rest out.",
        Severity.WARNING,
    ),
    Code(
        "G141",
        "HTML out of balance",
        "A text's own HTML opens an element that isn't closed in the list, quotation or text in which it stands, or "
        "closes one that isn't open there. On the page it would swallow what follows, or end what lies around it: so "
        "an element left open is closed where it stands, and a tag that closes nothing is left out. A tag that itself "
        "isn't ended (`<div class=`, and no `>`) shows as it is typed.",
        "Write both tags, in the same list item or quotation: `<details>` … `</details>`.",
        Severity.WARNING,
    ),
    Code(
        "G126",
        "sources.json can't be read",
        "The list of works must be CSL-JSON: a list in brackets, each work in braces.",
        "Export it again from your reference manager as CSL JSON. The message names the place where reading stopped.",
    ),
    Code(
        "G127",
        "Work incomplete",
        "A work in sources.json lacks what a citation needs, or a field of it can't be read; the rest is shown.",
        "Complete it in your reference manager and export the list again.",
        Severity.WARNING,
    ),
    Code(
        "G129",
        "Footnote without a counterpart",
        "A footnote is called and has no definition, or is defined and never called; the latter isn't shown.",
        "`[^1]` in the text needs a line `[^1]: the footnote` below it, with the same label.",
        Severity.WARNING,
    ),
    Code(
        "G146",
        "Address refused",
        "A link or a picture has an address that is a script or holds a page itself (javascript:, data: …), or a file "
        "of your own machine (file:). It is not linked, and stands on the page as it was typed. Or it begins with "
        "something that browsers don't know (htp:): it is linked, and leads nowhere. Or what was meant for a link is "
        "never closed, or has a space in its address, and stands in the text as it was typed.",
        "Link to a page of the web. A file of yours: put it on the web first; only pictures are taken along.",
        Severity.WARNING,
    ),
    Code(
        "G148",
        "HTML without effect",
        "A text's own HTML holds what pages don't let work, whatever the browser: scripts, styles, frames, films, "
        "forms, pictures behind words (`background`) or in several sizes (`srcset`), parts of a drawing from another "
        "file. All of it that would be run or fetched is left out, as are `<meta>`, `<base>`, and names that would "
        "take something from the page's scripts (`<form name>`, `<img name>`); the words stay.",
        "Write a link, or give the passage a class that the theme knows.",
        Severity.WARNING,
    ),
    Code(
        "G149",
        "Line of verse without its bar or space, or with too many bars",
        "Lines of verse begin with a bar and a space. Here a line begins with a bar alone, or follows a line of verse "
        "and has no bar: it is no verse, and parts the stanza in which it stands. Or several lines have bars within, "
        "as the rows of a table have, but the line of dashes below the table's head is missing or doesn't fit it: they "
        "are shown as verse, bars and all.",
        "Write a bar and a space before each line of verse, and an empty line between verse and what is none. Below a "
        "table's head write `| --- | --- |`, with as many cells. A bar that is meant is written with a backslash: \\|.",
        Severity.WARNING,
    ),
    Code(
        "G150",
        "Cell past the last column",
        "A row of a table has more cells than the table's head, which says how many columns there are. The further "
        "cells would stand on no page and in no handout.",
        "Give the head and the line of dashes below it as many cells as the longest row has. A bar that belongs to the "
        "words, also to code, is written with a backslash: \\|.",
    ),
    Code(
        "G151",
        "Paragraph set as code",
        "What begins with a tab or four spaces is code in Markdown: set line by line in a fixed width, and stars and "
        "brackets in it are no markup. These words read as sentences do, and have no sign of code.",
        "Take the indent out; how paragraphs are set is the theme's. Code that reads like this stands between two "
        "lines of ```.",
        Severity.WARNING,
    ),
    Code(
        "G130",
        "HTML removed",
        "What an annotator writes may hold no HTML that can run or hide something, and neither may a text with "
        '`raw_html = "clean"`. The words stay, the tags are gone.',
        "Write it in Markdown, or take it out.",
        Severity.WARNING,
    ),
)

READING: tuple[Code, ...] = tuple(sorted((*_SETTINGS, *FILES, *_ENTRIES, *_PROSE), key=lambda code: code.id))
