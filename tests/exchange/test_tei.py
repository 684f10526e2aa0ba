"""The laws of TEI: its text is the text as read, a passage lies between its points, all that is said stands once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from builder.model.note import Audience
from builder.model.prose import Span
from builder.render import tei
from builder.render.xml import uri, xml_name
from tests.exchange.making import ID, TEI, TextRead, files_of, matter_of, texts_in
from tests.weave.test_laws import SOURCES as WELL_FORMED
from tests.weave.test_wild import SOURCES as TYPED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from builder.render.matter import Matter

EVERY_FORM = files_of(Path(__file__).parent.parent / "golden" / "every-form" / "site")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NOTES = 5
SITE = {
    "site.toml": 'title = "S"\n',
    "glossary.md": '## word {link="all"}\nA *bar*.\n\n## b c\nA foo.\n\n- x\n',
    "e/edition.toml": 'title = "E"\n[[text]]\nfile = "a.md"\nsiglum = "A"\ndek = true\n',
    "e/a.notes.md": "".join(
        f"## nowhere {{#n{number}}}\nSee [[word]].[^1]\n\n[^1]: Or not.\n\n" for number in range(NOTES)
    ),
}
SPOTS = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=NOTES, max_size=NOTES)
_NAME = re.compile(r"[^\W\d][\w.\-·]*")


def placed(source: str, spots: list[tuple[int, int]]) -> tuple[Matter, bytes, dict[str, Span]]:
    """An edition whose notes stand at some spots of a text, and its document."""
    files = {**SITE, "e/a.md": source}
    prose = matter_of(files, "e")[0].edition.texts[0].prose
    spans = {}
    for number, spot in enumerate(spots):
        start, end = sorted(min(one, len(prose.content)) for one in spot)
        # no passage goes on from the text into its footnotes
        spans[f"n{number}"] = Span(start, min(end, prose.main.end) if start < prose.main.end else end)
    matter, site = matter_of(files, "e", spans={name: [span] for name, span in spans.items()})
    return matter, tei.document(matter, site), spans


def ids_and_pointers(root: Element) -> tuple[Counter[str], set[str]]:
    ids = Counter(element.attrib[ID] for element in root.iter() if ID in element.attrib)
    pointers = {
        pointer
        for element in root.iter()
        for name in ("target", "from", "to", "ref", "ana", "resp", "corresp", "decls", "rendition")
        for pointer in element.get(name, "").split()
        if pointer.startswith("#")
    }
    return ids, pointers


def whole(document: bytes) -> Element:
    """The document, in which every id is a name and stands once, and no pointer leads nowhere."""
    root = ElementTree.fromstring(document)
    ids, pointers = ids_and_pointers(root)
    assert [id for id, count in ids.items() if count > 1] == []
    assert [id for id in ids if not _NAME.fullmatch(id)] == []
    assert pointers - {f"#{id}" for id in ids} == set()
    return root


@given(source=st.one_of(TYPED, WELL_FORMED), spots=SPOTS)
@settings(max_examples=200, deadline=None)
def test_the_text_is_the_text_as_read(source: str, spots: list[tuple[int, int]]) -> None:
    matter, document, _ = placed(source, spots)
    prose = matter.edition.texts[0].prose
    whole(document)
    text = texts_in(document)["a"]
    assert TextRead.of(text).content == prose.words(prose.main)
    footnotes = {note.get("n"): note for note in text.iter(f"{TEI}note") if note.get("place") == "bottom"}
    for number, note in footnotes.items():
        block = prose.footnotes[int(number or 0) - 1].block
        assert TextRead.of(note).content == prose.words(block.span)


@given(source=st.one_of(TYPED, WELL_FORMED), spots=SPOTS)
@settings(max_examples=200, deadline=None)
def test_every_passage_lies_between_its_points(source: str, spots: list[tuple[int, int]]) -> None:
    matter, document, spans = placed(source, spots)
    prose, root = matter.edition.texts[0].prose, whole(document)
    read = TextRead.of(texts_in(document)["a"])
    targets = {note.attrib[ID]: note.get("target", "") for note in root.iter(f"{TEI}note") if ID in note.attrib}
    for name, span in spans.items():
        target = targets[f"note-{name}"]
        assert target, "a note that stands points to where"
        if f"ref-{name}.from" in read.begins:
            assert target == f"#ref-{name}"
            start, end = read.passage(f"ref-{name}")
            assert span.start <= start < end <= span.end
            assert not (prose.content[span.start : start] + prose.content[end : span.end]).strip("\n\t")
    for occurrence in matter.occurrences.get("text:a", ()):
        id = f"occ-{occurrence.term}-{occurrence.number}"
        if occurrence.span.end <= prose.main.end:
            start, end = read.terms.get(id) or read.passage(id)
            assert read.content[start:end] == prose.words(occurrence.span)


def test_every_form_says_everything_once() -> None:
    matter, site = matter_of(EVERY_FORM, "letters")
    ids, _ = ids_and_pointers(whole(tei.document(matter, site)))
    edition = matter.edition
    said = [
        *(f"note-{note.id}" for note in edition.notes),
        *(f"xref-{tie.id}" for tie in edition.crossrefs),
        *(f"term-{term.id}" for term in matter.filed),
        *(f"question-{question.id}" for question in edition.questions),
        *(f"source-{key}" for key in matter.referred.cited),
        *(f"{text.id}-{block.id}" for text in edition.texts for block in text.prose.blocks),
        *(f"occ-{one.term}-{one.number}" for one in matter.referred.occurrences),
    ]
    assert len(said) > 50
    assert {name: ids[name] for name in said} == dict.fromkeys(said, 1)


def test_a_source_that_is_no_address_is_told_in_words() -> None:
    settings = 'title = "E"\n[[text]]\nfile = "a.md"\nsource = "The Fables, second printing"\n'
    document = tei.document(*matter_of(SITE | {"e/edition.toml": settings, "e/a.md": "# A\n\nA foo.\n"}, "e"))
    assert '<note type="source">The Fables, second printing</note>' in document.decode()


def test_the_same_edition_is_the_same_bytes() -> None:
    first, second = (tei.document(*matter_of(EVERY_FORM, "letters")) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("words", ["The model answer nobody else may read", "Everybody who crosses", "secret"])
def test_what_is_for_the_teacher_is_in_the_teachers_document_alone(words: str) -> None:
    student, teacher = (
        tei.document(*matter_of(EVERY_FORM, "letters", audience=audience)).decode()
        for audience in (Audience.STUDENT, Audience.TEACHER)
    )
    assert words not in student
    assert words in teacher


def one(files: Mapping[str, str], path: str) -> Element:
    """The one element at a path of an edition `e`."""
    edition = {name: text for name, text in SITE.items() if name != "e/a.notes.md"}
    root = whole(tei.document(*matter_of({**edition, "e/a.md": "Some words.\n", **files}, "e")))
    (found,) = root.findall(path.replace("//", f"//{TEI}"))
    return found


def test_a_note_that_lost_its_passage_says_its_old_words_and_points_nowhere() -> None:
    note = one({"e/a.notes.md": "## gone & lost {#g .language}\nWhy.\n"}, ".//note[@type='lost']")
    assert (note.get(ID), note.get("subtype"), note.get("target")) == ("note-g", "language", None)
    assert note.findtext(f"{TEI}quote[@type='lost']") == "gone & lost"


def test_a_note_that_lost_one_of_its_passages_stands_at_the_other() -> None:
    note = one({"e/a.notes.md": "## words {#g}\n## gone\nWhy.\n"}, ".//note[@type='context']")
    assert note.get("target") == "#ref-g"
    assert [quote.get("type") for quote in note.iter(f"{TEI}quote")] == ["lemma", "lost"]


def test_a_tie_that_lost_an_end_is_told_with_its_old_words() -> None:
    note = one({"e/crossrefs.md": "## a “Some” → a “gone” {#t .answers}\nSo.\n"}, ".//note[@type='lost']")
    assert (note.get(ID), note.get("subtype"), note.get("target")) == ("xref-t", "answers", "#xref-t-1")


def test_a_lemma_says_its_language_where_the_note_is_in_another() -> None:
    edition = 'title = "E"\n[[text]]\nfile = "a.md"\nlanguage = "de"\n[[layer]]\nid = "l"\nlanguage = "fr"\n'
    files = {"e/edition.toml": edition, "e/a.md": "Worte.\n", "e/a.notes.md": "## Worte {#w}\nMots.\n"}
    assert one(files, ".//listAnnotation").get(LANGUAGE) == "fr"
    assert one(files, ".//quote").get(LANGUAGE) == "de"


def test_an_address_of_a_draft_is_lost_as_in_the_pages() -> None:
    files = {
        "e/edition.toml": SITE["e/edition.toml"],
        "e/a.notes.md": "## words {#w}\nSee [[draft/x ¶1]] and [[ready/x ¶1]].\n",
        "draft/edition.toml": 'title = "D"\ndraft = true\n[[text]]\nfile = "x.md"\n',
        "draft/x.md": "Not yet.\n",
        "ready/x.md": "Now.\n",
        "ready/edition.toml": 'title = "R"\n[[text]]\nfile = "x.md"\n',
    }
    assert one(files, ".//standOff//ref").get("target") == "../ready/ready.tei.xml#x-p1"


HOSTILE = {
    "e/edition.toml": 'title = "A \\u0001 <b> & \\"q\\" ]]> \\u0000"\n'
    '[[text]]\nfile = "1984.md"\nauthor = "O\'Neill \\u001b"\n',
    "e/1984.md": 'Five &lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp;amp; a&#13;b “q” [x](<a:b c"d>)\n',
    "e/1984.notes.md": "## Five {#a×b .context tags='<i>; \"t\"'}\n<script>alert(1)</script> [@k:1/é]\n",
    "sources.json": '[{"id": "k:1/é", "type": "book", "title": "T <\\u0002>"}]',
}


def test_hostile_characters_are_held_or_told() -> None:
    matter, site = matter_of({"site.toml": SITE["site.toml"], **HOSTILE}, "e")
    document = tei.document(matter, site)
    root = whole(document)
    assert b"<script>" not in document
    prose = matter.edition.texts[0].prose
    assert "\r" in prose.content
    assert TextRead.of(texts_in(document)["_1984"]).content == prose.content
    assert root.findtext(f".//{TEI}titleStmt/{TEI}title") == 'A � <b> & "q" ]]> �'
    told = [p.text or "" for p in root.findall(f".//{TEI}editorialDecl/{TEI}p")]
    assert told[-1].startswith("XML can't hold ")
    assert "U+FFFD" in told[-1]


@pytest.mark.parametrize(
    ("id", "name"),
    [("ferry", "ferry"), ("1984", "_1984"), ("a×b", "a.xD7.b"), ("a.b", "a.x2E.b"), ("é-ß_1", "é-ß_1"), ("", "_"),
     ("k:1/x", "k.x3A.1.x2F.x"), ("право-漢", "право-漢"), ("ݍ", "_.x74D.")],
)  # fmt: skip
def test_ids_become_names(id: str, name: str) -> None:
    assert xml_name(id) == name


def test_every_letter_makes_a_name_that_programs_read() -> None:
    """libxml2, like most, holds `xml:id` to the letters of XML's first four editions."""
    letters = (chr(code) for code in (*range(33, 0xD800), *range(0xE000, 0x20000, 7)))
    entries = "".join(f'<e xml:id="{xml_name(f"q-{one}")}"/><e xml:id="{xml_name(one)}"/>' for one in letters)
    assert len(etree.fromstring(f"<all>{entries}</all>")) > 100_000


@given(st.lists(st.text(max_size=8), unique=True, max_size=8))
def test_no_two_ids_become_one_name(ids: list[str]) -> None:
    prefixed = [xml_name(f"note-{id}") for id in ids]
    assert len(set(prefixed)) == len(ids)
    assert all(_NAME.fullmatch(name) for name in prefixed)


@pytest.mark.parametrize(
    ("address", "made"),
    [("https://a.org/x?y#z", "https://a.org/x?y#z"), ("a b.png", "a%20b.png"), ("foo):", "./foo):"), ("%zz", "%25zz"),
     ("x#y#z", "x#y%23z"), ("mailto:x@y", "mailto:x@y"), ("é.png", "é.png")],
)  # fmt: skip
def test_addresses_are_uris(address: str, made: str) -> None:
    assert uri(address) == made


def test_the_sites_words_name_kinds_and_relations() -> None:
    root = whole(tei.document(*matter_of(EVERY_FORM, "letters")))
    categories = {category.attrib[ID]: category.findtext(f"{TEI}catDesc") for category in root.iter(f"{TEI}category")}
    assert categories["kind.sources-of-law"] == "Law"
    assert categories["relation.concedes"] == "concedes to (from the other end: is conceded by)"


REVISED = {
    "site.toml": 'title = "S"\n',
    "e/edition.toml": 'title = "E"\n\n[[text]]\nfile = "t.md"\n',
    "e/t.md": "# T\n\nOne stands here.\n\n- Two there\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| c | d |\n\nSee.\n",
    "e/t.notes.md": "## One {#n}\nWhy.\n",
    "e/anchors.lock": (
        "glossator anchors 1: x\ntext\tt\nblock\ttitle\tT\nblock\tp1\tOne stands here.\nblock\tp2\tGone before.\n"
        "block\tp3\tTwo there\nblock\tp4\tGone after.\nblock\tp5\tcode\nblock\tp6\tAlso gone.\n"
        "block\tp7\ta\\tb\\nc\\td\nblock\tp8\tSee.\nblock\tp9\tAt the end.\n"
    ),
}
"""A text of which paragraphs were struck out since its lock was written."""


def test_an_address_that_was_given_up_still_leads_to_where_its_words_went() -> None:
    matter, site = matter_of(REVISED, "e")
    document = tei.document(matter, site)
    given_up = {f"t-{alias}" for text in matter.edition.texts for block in text.prose.blocks for alias in block.aliases}
    assert given_up == {"t-p2", "t-p4", "t-p6", "t-p9"}
    anchors = [one.get(ID) for one in ElementTree.fromstring(document).iter(f"{TEI}anchor")]
    assert given_up <= set(anchors)
    assert len(anchors) == len(set(anchors))
