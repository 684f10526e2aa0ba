"""Word files: their text word for word, their comments as notes on just the words that they stood on."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Inches
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.model.incoming import Incoming
from builder.parse.incoming.word import read_word
from builder.shell import unpacking
from builder.shell.unpacking import packed, unpacked
from tests.importing.words import document, picture, saved

if TYPE_CHECKING:
    from tests.importing.conftest import Importing


def anchors(importing: Importing, folder: str) -> dict[str, dict[str, Any]]:
    """Where the notes of an edition stand, by the words that are found."""
    said = importing.run("anchors", folder, "--format", "json")
    assert said.status == 0, said.err
    return {row["found"]: row for row in json.loads(said.out)["anchors"]}


def test_headings_emphasis_lists_and_tables(importing: Importing) -> None:
    made = document()
    made.add_heading("On Bells", 0)
    line = made.add_paragraph("The bell ")
    line.add_run("rang").bold = True
    line.add_run(" and ")
    line.add_run("rang").italic = True
    line.add_run(" *again* [sic].")
    made.add_heading("A part", 1)
    made.add_heading("A part of it", 2)
    for words in ("one", "two"):
        made.add_paragraph(words, style="List Bullet")
    made.add_paragraph("first", style="List Number")
    made.add_paragraph("Quoted.", style="Quote")
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 1).text = "a|b", "c", "d"
    importing.write("bells.docx", saved(made))
    assert importing("bells.docx").status == 0
    assert importing.read("on-bells/bells.md") == (
        "# On Bells\n\nThe bell **rang** and *rang* \\*again\\* \\[sic].\n\n## A part\n\n### A part of it\n\n"
        "- one\n- two\n\n1. first\n\n> Quoted.\n\n|  |  |\n| --- | --- |\n| a\\|b | c |\n|  | d |\n"
    )
    assert importing.run("check", "on-bells").err == "nothing to mend\n"


def commented() -> Any:
    made = document()
    made.add_heading("On Bells", 0)
    one = made.add_paragraph("The bell rang, and ")
    run = one.add_run("the bell")
    one.add_run(" rang again. The bell rang.")
    part = made.add_heading("A part", 1)
    two = made.add_paragraph("")
    first = two.add_run("It had a long history, of which nobody in the old village knew more than the very beginning, ")
    two.add_run("and nobody cared for the rest.")
    made.add_comment(run, "Which *bell*?\n## Not a heading", author="Ann")
    made.add_comment(first, "Too long.", author="Bert", initials="B")
    made.add_comment([run, first], "Over a heading.", author="Ann")
    made.add_comment(part.runs[0], "", author="Ann")
    return made


def test_comments_stand_on_their_words(importing: Importing) -> None:
    importing.write("bells.docx", saved(commented()))
    assert importing("bells.docx").status == 0
    assert importing.run("check", "on-bells").err == "nothing to mend\n"
    found = anchors(importing, "on-bells")
    first = found["the bell"]
    assert (first["state"], first["block"], first["start"]) == ("exact", "p1", 29)
    assert set(found) == {
        "the bell",
        "It had a long history, of which nobody in the old village knew more than the very beginning,",
        "the bell rang again. The bell rang.",
        "A part",
    }
    notes = importing.read("on-bells/bells.word.notes.md")
    assert "## It had a long history, … more than the very beginning, {" in notes
    assert 'by="Bert" date="' in notes
    assert "Which \\*bell\\*?\n\n\\## Not a heading\n" in notes
    assert "## A part {.highlight" in notes


def test_comments_go_into_the_layer_that_is_named(importing: Importing) -> None:
    importing.write("bells.docx", saved(commented()))
    importing.write("mine/edition.toml", 'title = "Mine"\n[[text]]\nfile = "a.md"\n[[layer]]\nid = "editor"\n')
    importing.write("mine/a.md", "Words.\n")
    assert importing("bells.docx", "--into", "mine", "--layer", "editor").out.split() == [
        "mine/bells.md",
        "mine/bells.notes.md",
        "mine/edition.toml",
    ]
    importing.write("class.docx", saved(commented()))
    assert importing("class.docx", "--into", "mine", "--layer", "class").status == 0
    assert importing.read("mine/edition.toml").endswith('[[layer]]\nid = "class"\n')
    assert importing.run("check", "mine").err == "nothing to mend\n"
    assert "nothing to do" in importing("class.docx", "--into", "mine", "--layer", "class").err


EXTENDED = """<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">
<w15:commentEx w15:paraId="0000000A" w15:done="1"/><w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A"/>
</w15:commentsEx>""".encode("ascii")


def test_replies_and_resolved_comments(importing: Importing) -> None:
    made = document()
    run = made.add_paragraph().add_run("The bell rang.")
    made.add_paragraph("It rang again.")
    for number, (by, words) in enumerate([("Ann", "Which bell?"), ("Bert", "The old one.")]):
        comment = made.add_comment(run, words, author=by)
        last = comment.paragraphs[-1]._p
        last.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", f"0000000{'AB'[number]}")
    importing.write("bells.docx", saved(made, added={"word/commentsExtended.xml": EXTENDED}))
    said = importing("bells.docx")
    assert "the comment by Ann “Which bell?” is marked as resolved" in said.err
    notes = importing.read("bells/bells.word.notes.md")
    assert "## The bell rang. {#bells-word-1 " in notes
    assert 're="#bells-word-1"' in notes
    assert importing.run("check", "bells").err == "nothing to mend\n"


W = nsdecls("w")


def test_tracked_changes_are_taken_as_accepted(importing: Importing) -> None:
    made = document()
    line = made.add_paragraph("The bell ")
    line._p.append(parse_xml(f'<w:del {W} w:id="1" w:author="x"><w:r><w:delText>sang</w:delText></w:r></w:del>'))
    line._p.append(parse_xml(f'<w:ins {W} w:id="2" w:author="x"><w:r><w:t>rang</w:t></w:r></w:ins>'))
    line._p.append(
        parse_xml(f'<w:moveTo {W} w:id="3" w:author="x"><w:r><w:t xml:space="preserve"> loud</w:t></w:r></w:moveTo>')
    )
    line.add_run(".")
    importing.write("bells.docx", saved(made))
    said = importing("bells.docx")
    assert importing.read("bells/bells.md") == "The bell rang loud.\n"
    assert "tracked changes are taken as accepted: 2 insertions, 1 deletions" in said.err
    assert "are not in the text" not in said.err


FOOTNOTES = f"""<w:footnotes {W}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>A *note* [1].</w:t></w:r></w:p><w:p><w:r><w:t>More.</w:t></w:r></w:p></w:footnote>
</w:footnotes>""".encode()


def test_footnotes(importing: Importing) -> None:
    made = document()
    line = made.add_paragraph("The bell rang")
    line._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
    after = line.add_run(", loud.")
    made.add_comment(after, "How loud?", author="Ann")
    importing.write("bells.docx", saved(made, added={"word/footnotes.xml": FOOTNOTES}))
    assert importing("bells.docx").status == 0
    assert importing.read("bells/bells.md") == "The bell rang[^1], loud.\n\n[^1]: A \\*note\\* \\[1].\n\n    More.\n"
    assert importing.run("check", "bells").err == "nothing to mend\n"
    assert ", loud." in anchors(importing, "bells")


def test_what_is_left_out_is_told(importing: Importing) -> None:
    made = document()
    made.add_paragraph("The bell rang.").add_run().add_picture(picture(), width=Inches(1))
    made.sections[0].header.paragraphs[0].text = "Draft, not to be cited"
    line = made.add_paragraph("E = ")
    line._p.append(
        parse_xml(
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>mc</m:t></m:r></m:oMath>'
        )
    )
    made.core_properties.author = "Some Secretary"
    importing.write("bells.docx", saved(made))
    said = importing("bells.docx")
    assert "a picture is left out" in said.err
    assert "a header is left out: “Draft, not to be cited”" in said.err
    assert "formulas are left out: 1" in said.err
    assert "# in the file’s properties, creator: Some Secretary" in importing.read("bells/edition.toml")


def test_a_comment_that_stands_nowhere_is_a_note_on_the_whole(importing: Importing) -> None:
    made = commented()
    body = made.element.body
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for mark in body.xpath(f"//w:{name}[@w:id='0']"):
            mark.getparent().remove(mark)
    importing.write("bells.docx", saved(made))
    said = importing("bells.docx")
    assert "the comment by Ann stands on no words of the text" in said.err
    assert "## * {" in importing.read("on-bells/bells.word.notes.md")
    assert importing.run("check", "on-bells").status == 0


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "entities": ("<w:document ", f'<!DOCTYPE x [<!ENTITY a0 "ha">{BOMB}]>\n<w:document '),
    "a file of ours": ("<w:document ", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<w:document '),
    "a DTD from elsewhere": ("<w:document ", '<!DOCTYPE x SYSTEM "https://evil.example/x.dtd">\n<w:document '),
    "no XML": ("</w:document>", ""),
    "no body": ("</w:body>", f"{'<w:sdt><w:sdtContent>' * 300}</w:body>"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_parts_that_do_harm_are_refused(case: str, importing: Importing) -> None:
    made = document()
    made.add_paragraph("Words.")
    importing.write("x.docx", saved(made, {"word/document.xml": HOSTILE[case]}))
    said = importing("x.docx")
    assert said.status == 1
    assert "word/document.xml: this part " in said.err
    assert "root:" not in said.err


def test_a_file_that_unpacks_to_too_much_is_refused(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> None:
    made = document()
    made.add_paragraph("Words.")
    importing.write("x.docx", saved(made, added={"word/more.xml": b"<x>" + b" " * 50_000_000 + b"</x>"}))
    assert (importing.folder / "x.docx").stat().st_size < 200_000
    assert "unpacked, this file is larger than" in importing("x.docx").err
    monkeypatch.setattr(unpacking, "ENTRIES", 3)
    assert "the most that is read is 3" in importing("x.docx").err


def test_an_address_that_runs_and_one_that_fetches(importing: Importing) -> None:
    made = document()
    line = made.add_paragraph("See ")
    for target in ("javascript:alert(1)", "https://example.org/"):
        relation = made.part.relate_to(
            target, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
        )
        line._p.append(
            parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>here</w:t></w:r></w:hyperlink>')
        )
    importing.write("x.docx", saved(made))
    said = importing("x.docx")
    assert "removed: an address with javascript:" in said.err
    assert importing.read("x/x.md") == "See here[here](https://example.org/)\n"


def test_a_file_with_no_document(importing: Importing) -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "x")
    importing.write("x.docx", buffer.getvalue())
    assert "it holds no document" in importing("x.docx").err


PIECES = st.lists(st.text("ab .*_[]`<&\\#1|{!-", min_size=1, max_size=8), min_size=1, max_size=5)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, min_size=1, max_size=4), st.data())
def test_words_and_places_survive(lines: list[list[str]], data: st.DataObject) -> None:
    """Any words in any runs, bold or not, and a comment on any of the runs: the text reads as the document does."""
    made = document()
    runs = []
    for pieces in lines:
        line = made.add_paragraph()
        for piece in pieces:
            run = line.add_run(piece)
            run.bold = data.draw(st.booleans())
            runs.append(run)
    first = data.draw(st.integers(0, len(runs) - 1))
    last = data.draw(st.integers(first, len(runs) - 1))
    made.add_comment(runs[first : last + 1], "x", author="y")
    parts = unpacked(saved(made))
    assert isinstance(parts, dict)
    found = read_word(parts, packed)
    texts = ["".join(run.text.split()) for run in runs]
    if not "".join(texts):
        assert not isinstance(found, Incoming)
        return
    assert isinstance(found, Incoming)
    assert found.words == "".join(texts)
    (comment,) = found.comments
    assert (comment.start, comment.end) == (len("".join(texts[:first])), len("".join(texts[: last + 1])))
