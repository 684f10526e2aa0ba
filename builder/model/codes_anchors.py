"""G2xx anchors, G3xx glossary, G4xx references."""

from __future__ import annotations

from builder.model.code import Code
from builder.model.diagnostic import Severity

ANCHORS: tuple[Code, ...] = (
    Code(
        "G201",
        "Quotation not found",
        "A heading quotes words that don't stand in the text, or not where its settings say. Markup, styles of "
        "quotation marks, dashes and ellipses, white space and soft hyphens make no difference; letters, accents and "
        "capitals do. The note is kept and listed with those that lost their passage.",
        "Copy the words from the text. If the text was edited, quote what stands there now: the hint shows the words "
        "most like yours and where they stand. If the words do stand there, look at in, before and after: all that "
        "is set must hold.",
        bearable=True,
    ),
    Code(
        "G202",
        "Quotation stands more than once",
        "The words stand in several places, and nothing says which of them is meant. It is never guessed.",
        'Add one of the settings that the hint lists, for instance {in="¶4"} or {before="imposing additional"}: the '
        "words that stand just before the quotation. Or quote a few words more.",
        bearable=True,
    ),
    Code(
        "G203",
        "End of a range not found",
        "The heading reads “first words … last words”. The first words stand in the text, but the last ones (or a "
        "step on the way) don't stand after them.",
        "Copy the last words from the text. Write … with a space on either side, and only where words are left out.",
        bearable=True,
    ),
    Code(
        "G204",
        "Start of a range stands more than once",
        "The heading reads “first words … last words”, and the first words stand in several places: it can't be said "
        "where the range begins.",
        "Begin with a few words more, or add one of the settings that the hint lists.",
        bearable=True,
    ),
    Code(
        "G205",
        "Range over more than 20 blocks",
        "A range ends where its last words first stand after its first ones. Here that is very far away, so perhaps "
        "another place was meant.",
        "Quote last words that stand nearer, or name the blocks themselves: ¶4-30.",
        severity=Severity.WARNING,
    ),
    Code(
        "G206",
        "Quotation runs across a title, a heading or a footnote's edge",
        "A passage lies in the running text, in one heading, in the title or in one of the author's footnotes; it "
        "doesn't begin in one of these and end in another.",
        "Quote the words on one side only. For a passage in two parts write two headings with no body between them: "
        "one note on both.",
        bearable=True,
    ),
    Code(
        "G207",
        "Block doesn't exist",
        "A heading or a setting names a block that the text doesn't have: ¶9 in a text of eight blocks, a dek where "
        "there is none, a footnote that isn't there.",
        "Use a number that stands in the margin of the page. title, dek, h1, h2 … (headings) and fn1, fn2 … "
        "(footnotes) are named like that.",
        bearable=True,
    ),
    Code(
        "G208",
        "Passage moved",
        "The words that a heading quotes stand in another place than before, among other sentences or paragraphs. The "
        "note went with them. It is said at each build until somebody has looked whether the note still fits there.",
        "If it does, accept it in glossator review. If not, quote the words that are meant, or take the note out.",
        severity=Severity.WARNING,
    ),
    Code(
        "G209",
        "Passage reworded",
        "Other words now stand where those stood that a heading quotes, or words stand among them. The note stands on "
        "the new ones; the message says how much of the old ones is kept. It is said at each build until the heading "
        "is mended.",
        "Look whether the note still says something true of the new words. Then glossator check --fix writes them into "
        "the heading, and glossator review asks you for each.",
        severity=Severity.WARNING,
    ),
    Code(
        "G210",
        "Note lost its passage",
        "The words that a heading quotes stood in the text at an earlier build and now stand no longer where they did: "
        "their sentence was taken out or written anew. That the same words stand in another place says nothing: they "
        "stood there before, and the note wasn't on them. It is kept and listed with those that lost their passage.",
        "Quote the words that the note is now about, or take it out. The hint shows what stands there now, or the "
        "words most like the old ones.",
        bearable=True,
    ),
    Code(
        "G211",
        "Settings of a heading no longer hold",
        "The words stand in the text and the note on them, but in, before or after no longer say so: the paragraph has "
        "another number now, or other words stand beside the quotation. Only what was kept of the last build tells "
        "where the words are; without it the note would lose them, or stand on others.",
        "Write the settings that the hint shows.",
        bearable=True,
    ),
    Code(
        "G301",
        "Two entries claim one form",
        "Two entries of a glossary have the same headword or the same form in their also, so that it can't be said "
        "which of them a word in the text belongs to.",
        "Take the form from one of them, or make one entry of the two. To tell two senses apart, keep the form with "
        'the commoner one, and give the other its places: at="comment “this promise”".',
    ),
    Code(
        "G302",
        "A phrase in not holds no form",
        "not lists phrases within which a term doesn't count. This phrase contains none of the term's forms, so it "
        "changes nothing.",
        'Write the whole phrase as it stands in the text: for the term “sanction” not="sanction the use of".',
        severity=Severity.WARNING,
    ),
    Code(
        "G303",
        "A form without a letter or digit",
        "Terms are found as whole words. A form made of signs alone is no word and is not found by itself.",
        'Name its places: at="article “§ 232”".',
        severity=Severity.WARNING,
    ),
    Code(
        "G401",
        "Reference leads nowhere",
        "What stands between [[ and ]], in about or in at is no note, text, block or term that can be found.",
        "Look at the hint for the nearest. [[Magnitsky Act]] is a term, [[comment ¶3]] a block, [[comment “the "
        "words”]] a passage, [[#sanctions-relief]] a note, [[other-edition/article ¶2]] a block of another edition.",
    ),
    Code(
        "G402",
        "Reference fits a text and a term",
        "A text of this edition and a term of the glossary have the same name.",
        "Write [[text:comment]] or [[term:comment]].",
    ),
    Code(
        "G403",
        "Unknown source",
        "A citation [@key] names a key that is in no sources.json.",
        "Use the key that the work has in sources.json (its id), or add the work there.",
    ),
    Code(
        "G404",
        "Reference to what is left out",
        "A note, an entry or a question that everybody sees refers to one that is for the teacher alone, or to an "
        "edition that is a draft and isn't built. In the students' pages the words stay and the link is lost.",
        'Give both the same audience, or take the reference out. To say that it is meant: [quality] G404 = "ignore: '
        'the reason" in site.toml.',
        severity=Severity.WARNING,
    ),
    Code(
        "G405",
        "Quotation in a reference not found, or not once",
        "A reference quotes words of a text that don't stand there, or that stand in more than one place.",
        "Copy the words from the text. If they stand more than once, name the block as well: [[comment ¶3 “the "
        "words”]].",
        bearable=True,
    ),
    Code(
        "G406",
        "Reference with a bracket missing",
        "A reference stands in two brackets on either side, [[the lender]]. Here one side has them and the other "
        "hasn't, so that no link is made and the brackets are shown.",
        "Write the bracket that is missing. Brackets that are meant as such are written with a backslash: \\[\\[.",
        severity=Severity.WARNING,
    ),
)
