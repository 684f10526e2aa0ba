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
        "words that stand just before the quotation. What names its text (the end of a cross-reference, a term's at, a "
        "question's about, a reference) has the paragraph before the words: essay ¶4 “words”. Or quote a few words "
        "more.",
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
        "The words that a note quotes stand, but not where they stood when the edition was last built: a paragraph or "
        "a sentence was moved, and the note went with it. It is told until you say that it is meant there.",
        "Look at the note in its new place. Say in glossator review that it stands rightly, or change its heading.",
        severity=Severity.WARNING,
    ),
    Code(
        "G209",
        "Passage reworded",
        "The words that a note, a question, a reference or an entry quotes were changed in the text; or words within a "
        "paragraph or between the ends of a range that it names. It stays where they stood.",
        "glossator check --fix writes the words of now into it where that is sure, and takes what changed within as it "
        "is now; glossator review shows both and asks. Does what is said still hold?",
        severity=Severity.WARNING,
    ),
    Code(
        "G210",
        "Passage lost",
        "The words that a note quotes stood in the text when the edition was last built, and are gone. The note is "
        "kept and listed with those that lost their passage; it is never put elsewhere without your word.",
        "Quote other words, for instance those that the hint names; or take the note out; or mark it as lost in "
        "glossator review.",
        bearable=True,
    ),
    Code(
        "G211",
        "Merge conflict in anchors.lock",
        "Two branches were merged, and both had changed the file in which the program keeps where each note last "
        "stood. Nothing is lost by it: both sides are read, and of each what agrees with itself is used.",
        "Resolve conflicts in texts and notes, then build: the file is written anew. Commit it with the rest.",
        severity=Severity.WARNING,
    ),
    Code(
        "G212",
        "anchors.lock can't be read",
        "The file in which the program keeps where each note last stood was edited or damaged. What can't be read of "
        "it is forgotten: those notes are found by their words alone, as when they were new.",
        "Take the file from your last commit, or build: it is written anew.",
        severity=Severity.WARNING,
    ),
    Code(
        "G213",
        "anchors.lock of a newer version",
        "A newer version of the program wrote the file in which it keeps where each note last stood. This version "
        "doesn't know its form: it builds without it and leaves it as it is.",
        "Install the version that your fellow authors use. Or delete the file: it is made again, and what it "
        "remembered is forgotten.",
        severity=Severity.WARNING,
    ),
    Code(
        "G214",
        "Paragraph has another number now",
        "A heading, an in or a reference names a paragraph by its number, and since the edition was last built another "
        "paragraph has that number: paragraphs came, went, were moved or joined. What is said stays with the paragraph "
        "that was meant.",
        "Write the number of now. glossator check --fix does it. If the paragraph is meant that has it now, say so "
        "in glossator review; in a reference write the number in its other way (p4 for ¶4, ¶4 for p4): what is "
        "written anew means what stands there now.",
        bearable=True,
    ),
    Code(
        "G215",
        "Passage may be in several places",
        "The passage that a note quotes isn't where it was, and what stands in several places may be it. It is never "
        "guessed.",
        "Choose in glossator review, or write a heading that stands once.",
        bearable=True,
    ),
    Code(
        "G216",
        "File of notes gone or emptied",
        "When the edition was last built it had notes in a file that isn't there any more (deleted, moved, or called "
        "by another name), or that is empty now. The notes are gone with it.",
        "Put the file back, from your last commit or your backup. If the notes are to go, build once more: then "
        "nothing is remembered of them.",
        severity=Severity.WARNING,
    ),
    Code(
        "G301",
        "Two entries claim one form",
        "Two entries of a glossary have the same headword or the same form in their also, so that it can't be said "
        "which of them a word in the text belongs to. Where two headwords differ only in the capital of their first "
        "letter that is a warning: an id of its own, or places (at), show that two senses are meant.",
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
        "A form that isn't sought",
        "Terms are found as whole words. A form made of signs alone is no word and is not found by itself; nor is one "
        "of more than thirty words.",
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
        "edition that is a draft and isn't built. In the students' pages the words stay and the link is lost; where a "
        "reference to a note has no words of its own, […] stands there: students see neither its id nor its lemma.",
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
        "hasn't, so that no link is made and the brackets are shown. So it is with a citation, [@larison2021], and "
        "with one that lacks the comma after its key or has words before it: write [@larison2021, p. 3].",
        "Write the bracket or the comma that is missing. Brackets that are meant as such are written with a "
        "backslash: \\[\\[.",
        severity=Severity.WARNING,
    ),
)
