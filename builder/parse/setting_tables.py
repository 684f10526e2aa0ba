"""The settings of site.toml and edition.toml as tables: what may be set, its shape, its default, what it does."""

from __future__ import annotations

from builder.model.note import Audience
from builder.model.text import RawHtmlPolicy
from builder.model.vocabulary import CUES
from builder.parse.schema import Key, Shape, Table
from builder.parse.shapes import DATE, FILE, FLAG, LANGUAGE, NAME, ORIGIN, TEXT, WEB, WORDS, one_of, some_of

OUTPUTS = ("site", "offline", "epub", "handout", "webanno", "tei", "zip")

_BUILT_FOR = one_of({"student": Audience.STUDENT, "teacher": Audience.TEACHER})
_RAW_HTML = one_of({policy.value: policy for policy in RawHtmlPolicy})


def _words(*choices: str) -> Shape:
    return one_of({choice: choice for choice in choices})


SITE = Table(
    "site.toml",
    (
        Key("title", TEXT, "", "The site's title, on the library page and in every page's title.", required=True),
        Key(
            "summary", TEXT, "", "A sentence or two about the site, for the library page, the feed and search engines."
        ),
        Key("base_url", WEB, "", "Where the site will be hosted. Feed, sitemap and canonical addresses need it."),
        Key("language", LANGUAGE, "en", "The language of the notes and of the interface; an edition may differ."),
        Key(
            "theme",
            TEXT,
            "folio",
            "The theme: a folder in `themes/` beside the site's folder, or one that comes along.",
        ),
        Key(
            "audience",
            _BUILT_FOR,
            "student",
            "For whom everything is built. `student`, where it is said, leaves out teachers' handouts too.",
        ),
        Key("outputs", some_of(*OUTPUTS), list(OUTPUTS[:-1]), "What is made besides the plain pages."),
        Key(
            "subset_fonts",
            FLAG,
            False,
            "Whether a file that carries typefaces carries only the letters that it shows. Needs the extra `fonts`.",
        ),
        Key("licence", TEXT, "", "The licence of the notes; a text has rights of its own."),
    ),
    inner=("theme_options", "kind", "relation", "quality"),
)

_SITE_TOP = tuple(key.name for key in SITE.keys)

KIND = Table(
    "[kind.ID]",
    (
        Key("label", TEXT, "", "Its name, as readers see it: in the margin, in filters.", required=True),
        Key("cue", _words(*CUES), "context", "Whose line and colour it borrows.", required=True),
        Key("glyph", TEXT, "", "A sign printed with the label, by which it is told from the kind it borrows from."),
        Key("about", TEXT, "", "What it is for, in a few words, for the key to the signs."),
    ),
    top=_SITE_TOP,
)

RELATION = Table(
    "[relation.ID]",
    (
        Key("label", TEXT, "", "Read between the left passage and the right: left *concedes to* right.", required=True),
        Key("inverse", TEXT, "", "The same, read from the right: right *is conceded by* left.", required=True),
    ),
    top=_SITE_TOP,
)

EDITION = Table(
    "edition.toml",
    (
        Key("title", TEXT, "", "The edition's title.", required=True),
        Key("summary", TEXT, "", "A sentence or two about it, for the library page, the feed and search engines."),
        Key("language", LANGUAGE, "", "The language of its texts and notes, where it isn't the site's."),
        Key("licence", TEXT, "", "The licence of its notes, where it isn't the site's."),
        Key("date", DATE, "", "When the edition was published."),
        Key("tags", WORDS, [], "What it is about: words by which the library can be filtered."),
        Key("by", TEXT, "", "Who made the edition, as it is to be cited."),
        Key("version", TEXT, "", "The edition's version, as it is to be cited."),
        Key("draft", FLAG, False, "Whether it is unfinished: then `check` reads it and `build` leaves it out."),
        Key("pages", _words("one", "each"), "one", "One page for the whole edition, or one for each text."),
    ),
    inner=("text", "layer", "handout"),
)

_TOP = tuple(key.name for key in EDITION.keys)

TEXT_TABLE = Table(
    "[[text]]",
    (
        Key("file", FILE, "", "The text's file. Its name without .md is the text's id.", required=True),
        Key(
            "siglum",
            TEXT,
            "",
            "The text's short sign in citations: A ¶4. Without one, texts are A, B, C in their order.",
        ),
        Key("title", TEXT, "", "The text's title, where it isn't its leading # heading."),
        Key("dek", FLAG, False, "Whether the paragraph after the heading is its dek (standfirst)."),
        Key("author", TEXT, "", "Who wrote it."),
        Key("date", DATE, "", "When it was written or published, as exactly as is known."),
        Key("source", ORIGIN, "", "Where it was taken from: an address, or words."),
        Key("rights", TEXT, "", "Whose it is, and on what terms it stands here."),
        Key("language", LANGUAGE, "", "The text's language, where it isn't the edition's."),
        Key("responds-to", TEXT, "", "The name of the text that this one answers."),
        Key("typography", FLAG, False, "Whether straight quotation marks and dashes are set typographically."),
        Key("references", FLAG, False, "Whether `[[…]]` and `[@…]` in the text itself are references of this edition."),
        Key(
            "raw_html",
            _RAW_HTML,
            "keep",
            "What becomes of HTML in the text: kept, cleaned of what can do harm, or shown.",
        ),
    ),
    top=_TOP,
)

LAYER = Table(
    "[[layer]]",
    (
        Key(
            "id",
            NAME,
            "",
            "The layer's name: TEXT.ID.notes.md holds it. The first one's notes stand in TEXT.notes.md.",
            required=True,
        ),
        Key("by", TEXT, "", "Who speaks in it."),
        Key("title", TEXT, "", "Its title, where its files have no # heading."),
        Key("language", LANGUAGE, "", "The language of its notes, where it isn't the edition's."),
    ),
    top=_TOP,
)

HANDOUT = Table(
    "[[handout]]",
    (
        Key("id", NAME, "", "The handout's name: handout-ID.pdf.", required=True),
        Key("layers", WORDS, [], "The layers printed in it; without the setting, all."),
        Key(
            "kinds",
            WORDS,
            [],
            "The kinds of note printed in it; without the setting, all. The rest is ruled for writing.",
        ),
        Key("audience", _BUILT_FOR, "student", "For teachers it holds teacher's notes and model answers too."),
        Key("paper", _words("a4", "letter"), "a4", "The size of its paper."),
        Key(
            "layout",
            _words("margin", "facing"),
            "margin",
            "Notes in the margin, or two texts in columns that face each other.",
        ),
    ),
    top=_TOP,
)

ALL = (SITE, KIND, RELATION, EDITION, TEXT_TABLE, LAYER, HANDOUT)
