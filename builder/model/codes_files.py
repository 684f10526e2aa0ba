"""G1xx, second part: the files themselves and their names."""

from __future__ import annotations

from builder.model.code import Code
from builder.model.diagnostic import Severity

FILES = (
    Code(
        "G144",
        "Annotations can't be read",
        "The file is no JSON with W3C Web Annotations, and none that Hypothesis gives out: a single annotation, a list "
        "of them, an AnnotationPage, an AnnotationCollection with its first page in it, the answer to a search or the "
        "export of Hypothesis.",
        "Export it again where it comes from; if it holds more than 10,000 annotations, in parts.",
    ),
    Code(
        "G145",
        "Annotation not taken in",
        "An annotation can't become a note: it is about a picture, it replies without a word or to what isn't there, "
        "or its parts are not what the W3C's model says. The others are taken in.",
        "The message says which one and why. Write it as a note by hand, if it matters.",
        Severity.WARNING,
    ),
    Code(
        "G143",
        "What was kept of an import can't be read",
        "`imported/NAME.json` holds what annotations from elsewhere brought with them and an edition has no place for, "
        "and the ids by which they are known again. This one is damaged: nothing of it is exported, and an annotation "
        "may be imported a second time.",
        "Take it back from your version control, or delete it.",
        Severity.WARNING,
    ),
    Code(
        "G106",
        "File is not UTF-8",
        "Text files are read as UTF-8; this one was saved in another encoding, and guessing would garble its letters.",
        "Open it in your editor and save it again with the encoding UTF-8.",
    ),
    Code(
        "G107",
        "Control character",
        "The file holds a character that is no letter, sign or line break, mostly left behind by a copy from "
        "another program. Neither a web page nor an e-book can hold it.",
        "Delete it at the place named. Editors can show such characters.",
    ),
    Code(
        "G108",
        "File too large",
        "The file is larger than any text that could be read as one page.",
        "Split it into several texts, or take out what doesn't belong there.",
    ),
    Code(
        "G109",
        "Not a file of this site",
        "A device, a pipe, or a link that leads out of the site's folder: what it holds would change from machine to "
        "machine, or publish what was never meant to be. Or a folder that has the name of a file (`glossary.md`): "
        "nothing in it is read.",
        "Put a copy of the file itself in its place.",
    ),
    Code(
        "G110",
        "Name can't be used",
        "Names of files and folders become addresses: lower-case letters a to z, digits and hyphens. Some are taken: "
        "`note ref term occ xref question source index conversation glossary crossrefs questions notes` for a text, "
        "`assets` for an edition, `highlight` and `author` for a kind of note, and for texts and editions those that "
        "Windows keeps for devices: `con prn aux nul com1` … `com9 lpt1` … `lpt9`. `fox-p1` can't be a text beside "
        "`fox`, whose first paragraph has that address. A name has at most 200 bytes in UTF-8: files are called by it.",
        "Rename the file or folder, and wherever its name is written: `The Fox.md` becomes `the-fox.md`.",
    ),
    Code(
        "G111",
        "Text's file missing",
        "edition.toml lists a text whose file isn't in the edition's folder.",
        'Put it there, or correct the name: `file = "article.md"`.',
    ),
    Code(
        "G112",
        "File belongs to nothing",
        "The file is neither a text that edition.toml lists, nor notes on one, nor crossrefs.md, glossary.md or "
        "questions.md: nothing of it is shown. Editors that hide the endings of names make `essay.notes.md.txt` of "
        "`essay.notes.md`, and capitals count: `Glossary.md` isn't `glossary.md`. "
        "An edition whose edition.toml is misnamed or gone wouldn't be published at all, or with paragraphs that are "
        "counted otherwise: that is an error.",
        "List it as a `[[text]]`, correct its name (notes on article.md stand in article.notes.md), or move it out "
        "of the site's folder.",
        Severity.WARNING,
    ),
    Code(
        "G113",
        "Front matter",
        "The file begins with a block between `---` lines, as other programs use it for settings. Here a text holds "
        "its author's words and nothing else.",
        "Move what it says to edition.toml, under the `[[text]]` or `[[layer]]` it belongs to, and delete the block.",
    ),
    Code(
        "G125",
        "Unknown layer",
        "A file TEXT.LAYER.notes.md, or a handout, names a layer that edition.toml doesn't list. The layer listed "
        "first stands in TEXT.notes.md.",
        'Correct the name, or list it: `[[layer]]` with `id = "class"`.',
    ),
    Code(
        "G131",
        "No edition, or no text",
        "A site needs an edition, and an edition a text.",
        'Make a folder with an edition.toml that has a title and a `[[text]]` with `file = "NAME.md"`, and that file '
        "beside it. `glossator new FOLDER` makes one to start from.",
    ),
    Code(
        "G132",
        "Text listed twice",
        "Two `[[text]]` of one edition name the same file, or have the same siglum.",
        "Keep one of the two, or give each its own siglum.",
    ),
    Code(
        "G142",
        "Text or file of entries is empty",
        "A text's file is there and holds no words, so that nothing can be said of it: of notes and references whose "
        "words would stand in it nothing more is told. Or crossrefs.md, glossary.md or questions.md is there and holds "
        "nothing: an editor or a disk may have emptied it.",
        "Write the text, or copy it into the file. If it is to come later, take its `[[text]]` out until then. Take "
        "a file of entries away that is to hold none.",
        Severity.WARNING,
    ),
)
