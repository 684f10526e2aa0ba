"""G5xx: the theme and the output."""

from __future__ import annotations

from builder.model.code import Code
from builder.model.diagnostic import Severity

THEME: tuple[Code, ...] = (
    Code(
        "G501",
        "Theme not found",
        "site.toml asks for a theme that is neither in `themes/` beside the site's folder nor among those that come "
        "with the program.",
        'Write the name of a theme that is there, for instance `theme = "folio"`.',
    ),
    Code(
        "G502",
        "Theme can't be used",
        "A file of the theme is missing or can't be read: its theme.toml, a style or script that theme.toml names, "
        "its words, or its templates.",
        "Mend the file named in the message, or choose another theme in site.toml.",
    ),
    Code(
        "G503",
        "Unknown theme option",
        "`[theme_options]` in site.toml sets something that the theme doesn't know.",
        "Write one of the options that the theme documents in its theme.toml, or take the line out.",
    ),
    Code(
        "G504",
        "Theme option of a wrong kind",
        "A value under `[theme_options]` isn't of the kind that the theme expects, or not one of those it allows.",
        "The message says what is allowed; theme.toml of the theme says what each value does.",
    ),
    Code(
        "G505",
        "Two pages at one address",
        "Two things would be written to the same file of the output: for instance an edition with the name of a file "
        "that the program writes.",
        "Rename one of the two folders or files named in the message.",
    ),
    Code(
        "G506",
        "Handout can't be set",
        "Typst could not make a PDF of a handout. Something is wrong in the theme's handout.typ or a file that it "
        "imports, or a picture that the handout shows can't be read. All that can't be read in its files is told in "
        "one run; of what goes wrong when they are run Typst tells the first, and stops. Nothing is published, since "
        "pages lead to it.",
        "Mend the file at the line named. A picture must be PNG, JPEG, GIF, SVG or WebP.",
    ),
    Code(
        "G507",
        "Teacher's words in what students get",
        "Five words in a row that stand only in what is meant for teachers would be read in something that is made for "
        "students: a page, the search, the offline file, the book, an export, a handout. It is told at the teacher's "
        "entry that has the words, once, with the outputs. What students are given as typed is no secret, whether its "
        "passage stands or is lost: texts, their notes' headings and bodies, both ends of a cross-reference, what a "
        "question is about, what a reference quotes. Nothing is published, and [quality] can't ignore it.",
        "The hint says what gives students the words, mostly the label of a kind or a relation, the theme's own "
        "words, or a template of it. Say something else there, or in the teacher's entry. Where students may read "
        "them, say them to students too: in a note of theirs, or by taking the audience off the entry.",
    ),
    Code(
        "G508",
        "Letters without a form",
        "A handout has letters that neither the theme's faces nor those of this machine have a form for: they are "
        "printed as boxes. For scripts that the theme's faces lack the machine's own faces are taken.",
        "Install the font that the message names, or put it (.otf, .ttf) into `theme/faces/` beside site.toml, where "
        "it is found. Name it in `theme/handout/tokens.typ` and it is taken on every machine.",
        severity=Severity.WARNING,
    ),
    Code(
        "G509",
        "Template at fault",
        "A template of the theme can't be set: it asks for a name that isn't there, its words can't be read, it does "
        "what templates can't, or it would never come to an end. Nothing is published.",
        "Mend the line named in the message; docs/views.md lists what a template sees. Of a theme that came from "
        "elsewhere: tell who made it, and choose another one meanwhile.",
    ),
    Code(
        "G510",
        "Held off by the pages' policy",
        "A theme does what the policy of its pages forbids: scripts or styles written into a page, attributes such as "
        "onclick and style, anything fetched from another site. Browsers pass it over without a word to the reader.",
        "Put scripts into js/ and styles into css/, and name them in theme.toml; bring pictures and typefaces along, "
        "in the theme's folder.",
        severity=Severity.WARNING,
    ),
    Code(
        "G511",
        "Without effect in the site's theme/",
        "A file in the site's `theme/` takes the place of the theme's file of the same path, and wordings in "
        "`theme/words/` that of the theme's. Here no such file or wording is there, and nothing asks for this one: "
        "mostly its name is misspelt.",
        "Take the name that the hint proposes, or take the file or the wording out.",
        severity=Severity.WARNING,
    ),
    Code(
        "G512",
        "Pages without their policy",
        "A template of the theme begins a page and doesn't write the pages' policy into it. Browsers enforce it there: "
        "without it, whatever comes into a page runs, and may be fetched from anywhere.",
        'Write `<meta http-equiv="Content-Security-Policy" content="{{ head.policy }}">` after the `<meta charset>`.',
        severity=Severity.WARNING,
    ),
)
