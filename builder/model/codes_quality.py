"""G6xx: the quality of what comes out."""

from __future__ import annotations

from builder.model.code import Code
from builder.model.diagnostic import Severity

_PAGES = (
    Code(
        "G601",
        "Link leads nowhere",
        "A page of the site links to a page, a file or a place in a page that isn't there: a reader who follows it is "
        "lost. So does a picture before whose brackets the ! is missing: it is a link, and only pictures that a page "
        "shows are taken along.",
        "Look at the address: pages end in .html, and a place in one is written after #. A passage, a note or a term "
        "is better called by a reference, which is checked and follows it: [[comment ¶3]], [[#sanctions-relief]].",
        bearable=True,
    ),
    Code(
        "G602",
        "Heading skips a level",
        "Who listens to a page goes through it by its headings, level by level. A heading two levels below the one "
        "before it, or a second title, makes them believe that they missed something.",
        "Take the next level: after ## comes ###. A text has one title, its leading #.",
        Severity.WARNING,
    ),
    Code(
        "G603",
        "Picture without words",
        "Who can't see the picture is told nothing of it.",
        "Say what it shows between the brackets: `![The fox under the vine](images/fox.png)`. Where a site's pictures "
        'say nothing that the text doesn\'t: `[quality]` with `G603 = "ignore: ornaments alone"`.',
        Severity.WARNING,
    ),
    Code(
        "G604",
        "Colours too close to be read",
        "Words need a contrast of 4.5 to 1 with the paper they stand on, lines 3 to 1 (WCAG 2.2, AA). It is reckoned "
        "from the colours that the theme sets, in light, in dark and in high contrast; a kind of the site's own has "
        "the colour of the kind whose cue it borrows.",
        "Make the colour darker in the first half of light-dark(…, …), or lighter in the second. Of a theme that came "
        "from elsewhere: put a css/colours.css of your own into the site's folder theme.",
        Severity.WARNING,
    ),
    Code(
        "G610",
        "Page weighs too much",
        "Who reads on a telephone pays for every page: with its pictures this one is heavier than three million bytes.",
        'Make the picture smaller that the message names, or give each text its page: pages = "each".',
        Severity.WARNING,
    ),
)

_ENTRIES = (
    Code(
        "G605",
        "Note too long for its margin",
        "A note stands beside the words it is about. One of more than 1,500 characters is longer than a screen, and "
        "pushes all that follow away from their passages.",
        "Keep in the note what a reader needs there; move the rest into a glossary entry or another text, and lead "
        "there by a reference.",
        Severity.WARNING,
    ),
    Code(
        "G606",
        "Words under more than three notes",
        "Three lines can be told apart under the same words. Of a fourth note a reader sees that there are more, and "
        "not where it begins and ends.",
        "Let one of the notes quote fewer words, or make one note of two.",
        Severity.WARNING,
    ),
    Code(
        "G607",
        "Term never used",
        "The glossary explains a term that stands in no text, in no note and in no other entry, and that nothing leads "
        "to.",
        'List the spelling that the text has: also="…"; or its places: at="article “this promise”"; or take the entry '
        "out.",
        Severity.WARNING,
    ),
    Code(
        "G608",
        "Cross-reference without a reason",
        "The two passages are tied, and nothing says why. That may be meant: it is a remark, and becomes more only if "
        'a site wants it: [quality] G608 = "warn".',
        "Write a sentence below the heading: what the one passage does to the other.",
        Severity.INFORMATION,
    ),
    Code(
        "G609",
        "Response that answers nothing",
        "edition.toml says that a text responds to another, but no cross-reference ties a passage of the one to a "
        "passage of the other: the conversation page has nothing to show of it.",
        "Write in crossrefs.md what answers what: ## comment “the words” → article ¶4 {.answers}",
        Severity.INFORMATION,
    ),
)

_ELSEWHERE = (
    Code(
        "G611",
        "Address on the web doesn't answer",
        "glossator check --external asked for an address to which the site links, and got no page: it is gone, its "
        "host can't be reached, or it wants nobody who is no browser.",
        "Try it in a browser. If it is gone, look for its new address, or for a copy in an archive of the web.",
        Severity.WARNING,
    ),
    Code(
        "G612",
        "Address on the web has moved",
        "glossator check --external asked for an address to which the site links, and was told that it has moved for "
        "good. The old one may stop to lead there.",
        "Write the address that the message names.",
        Severity.INFORMATION,
    ),
)

QUALITY: tuple[Code, ...] = tuple(sorted((*_PAGES, *_ENTRIES, *_ELSEWHERE), key=lambda code: code.id))
