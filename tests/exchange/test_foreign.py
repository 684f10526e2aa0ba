"""Annotations from elsewhere: each form of the W3C's model, Hypothesis, what is damaged and what is hostile."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.note import Anchor
from tests.exchange.exchanging import Library

if TYPE_CHECKING:
    from builder.pipeline.annotations import TakenIn

PAGE = "https://example.org/fox"
QUOTE = {"type": "TextQuoteSelector", "exact": "saw grapes", "prefix": "A fox ", "suffix": ". The fox"}
SAID = {"type": "TextualBody", "value": "Said.", "format": "text/plain"}


def annotation(**members: Any) -> dict[str, Any]:
    made = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://elsewhere.example/1",
        "type": "Annotation",
        "body": SAID,
        "target": {"source": PAGE, "selector": QUOTE},
    }
    return {key: value for key, value in {**made, **members}.items() if value is not None}


def on(*selectors: Any, **target: Any) -> dict[str, Any]:
    return annotation(target={"source": PAGE, "selector": list(selectors), **target})


def taken(*documents: Any, **asked: Any) -> tuple[Library, TakenIn]:
    library = Library({})
    return library, library.take(json.dumps(documents if len(documents) > 1 else documents[0]), **asked)


def quoted(library: Library) -> list[list[str]]:
    """The words at which each note stands."""
    anchored, _ = library.read()
    texts = {text.id: text.prose for text in anchored.edition.texts}
    return [
        [texts[note.text].words(one.span) if isinstance(one, Anchor) else "" for one in anchored.notes[note.id]]
        for note in anchored.edition.notes
    ]


STANDS = {
    "a quotation with its surroundings": (on(QUOTE), "exact", "saw grapes"),
    "a quotation alone": (on({"type": "TextQuoteSelector", "exact": "went away"}), "exact", "went away"),
    "one selector, no list": (annotation(), "exact", "saw grapes"),
    "prefixed types": (on({"@type": "oa:TextQuoteSelector", "exact": "went away"}), "exact", "went away"),
    "a position beside it": (on(QUOTE, {"type": "TextPositionSelector", "start": 3, "end": 9}), "exact", "saw grapes"),
    "a wrong position beside it": (
        on({"type": "TextPositionSelector", "start": 9e9, "end": "x"}, QUOTE),
        "exact",
        "saw grapes",
    ),
    "refined": (on({"type": "FragmentSelector", "value": "fox-p1", "refinedBy": QUOTE}), "exact", "saw grapes"),
    "refined within an XPath": (
        on({"type": "XPathSelector", "value": "/p[1]", "refinedBy": QUOTE}),
        "exact",
        "saw grapes",
    ),
    "a choice of selectors": (on({"type": "Choice", "items": [QUOTE]}), "exact", "saw grapes"),
    "a range of quotations": (
        on(
            {
                "type": "RangeSelector",
                "startSelector": {"type": "TextQuoteSelector", "exact": "The fox jumped"},
                "endSelector": {"type": "TextQuoteSelector", "exact": "fell"},
            }
        ),
        "exact",
        "The fox jumped, and the fox",
    ),
    "across paragraphs": (on({"type": "TextQuoteSelector", "exact": "the fox fell.“They are sour"}), "exact", None),
    "other quotation marks": (on({"type": "TextQuoteSelector", "exact": '"split" is'}), "exact", "“split” is"),
    "one of many, by its surroundings": (
        on({"type": "TextQuoteSelector", "exact": "fox", "prefix": "said the ", "suffix": ", and went"}),
        "exact",
        "fox",
    ),
    "one of many, by its position": (
        on({"type": "TextQuoteSelector", "exact": "fox"}, {"type": "TextPositionSelector", "start": 11, "end": 14}),
        "exact",
        "fox",
    ),
    "one of many": (on({"type": "TextQuoteSelector", "exact": "fox"}), "ambiguous", ""),
    "no more": (on({"type": "TextQuoteSelector", "exact": "a wolf in wool"}), "lost", ""),
    "a short one, its home gone": (
        on(
            {
                "type": "TextQuoteSelector",
                "exact": "sigh",
                "prefix": "Once upon a time the ",
                "suffix": " of the sea was",
            }
        ),
        "lost",
        "",
    ),
    "a block of ours": (
        on({"type": "FragmentSelector", "value": "fox-p3"}),
        "exact",
        "Nobody believed the fox that told it.",
    ),
    "an address with a block": (annotation(target=f"{PAGE}#fox-p3"), "exact", "Nobody believed the fox that told it."),
    "the whole page": (annotation(target=PAGE), "whole", None),
    "an object without selector": (annotation(target={"id": PAGE, "format": "text/html"}), "whole", None),
    "a position alone": (on({"type": "TextPositionSelector", "start": 3, "end": 9}), "whole", None),
    "an XPath alone": (on({"type": "XPathSelector", "value": "/html/body/p[2]"}), "whole", None),
    "a stylesheet's selector": (on({"type": "CssSelector", "value": "p.x"}), "whole", None),
    "a name of a block as words": (on({"type": "TextQuoteSelector", "exact": "title"}), "lost", ""),
}


@pytest.mark.parametrize("case", STANDS)
def test_where_it_stands(case: str) -> None:
    document, state, words = STANDS[case]
    library, result = taken(document)
    assert [row.state for row in result.rows] == [state]
    if words is not None:
        assert quoted(library) == [[words]]
    assert result.rows[0].line
    unexpected = {"ambiguous": {"G202"}, "lost": {"G201"}}.get(state, set())
    assert {one.code for one in library.read()[1]} <= unexpected


def edited(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    """What was quoted from an older version of the text."""
    return on({"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix})


EDITED = {
    "a word went": (
        edited("A fox saw big grapes", "The Fox ", ". The fox jumped, and the fox"),
        "reworded",
        "A fox saw grapes",
    ),
    "another word": (
        edited("Nobody trusted the fox", "went away 🦊 with a sigh. ", " that told it. A fox saw nothing"),
        "reworded",
        "Nobody believed the fox",
    ),
    "capitals": (
        edited("they are sour", "and the fox fell. “", ",” said the fox, and went"),
        "reworded",
        "They are sour",
    ),
    "another word, nothing known around it": (edited("Nobody trusted the fox"), "lost", ""),
    "another word, too little known around it": (edited("Nobody trusted the fox", "h. ", " th"), "lost", ""),
    "all its words, all around it stands": (
        edited("Every hen in the yard rejoiced", "The fox jumped, and the fox fell. ", " “They are sour,” said"),
        "lost",
        "",
    ),
    "a sentence that is gone, alike to another": (
        edited("A fox saw the moon", "and then it was night at last. ", " above the hill, and howled."),
        "lost",
        "",
    ),
    "words that stand twice, neither among those around it": (
        edited("A fox saw", "In the beginning of all things, ", " the sun and the moon and stars"),
        "ambiguous",
        "",
    ),
}


@pytest.mark.parametrize("case", EDITED)
def test_where_it_stands_when_the_text_was_edited_since(case: str) -> None:
    """Never with other words in silence: the report has the old ones."""
    document, state, words = EDITED[case]
    library, result = taken(document)
    (row,) = result.rows
    assert (row.state, quoted(library)) == (state, [[words]])
    quotation = document["target"]["selector"][0]["exact"]
    if state == "reworded":
        assert 0.5 <= row.score < 1
        assert f"it was on “{quotation}”" in row.line
        assert not library.read()[1]
    else:
        assert {one.code for one in library.read()[1]} == {"ambiguous": {"G202"}, "lost": {"G201"}}[state]


def test_nearly_the_same_words_at_home_beat_the_very_words_elsewhere() -> None:
    library = Library({})
    library.files["fables/fox.md"] = (
        "They came at noon. The bell rangg in the old tower, and nobody knew why.\n\n"
        "Later the bell rang in the old tower, and nobody knew why.\n"
    )
    document = edited("bell rang in the", "They came at noon. The ", " old tower, and nobody knew why")
    (row,) = library.take(json.dumps(document), text="fox").rows
    assert (row.state, quoted(library)) == ("reworded", [["bell rangg in the"]])


def fox_text() -> str:
    """The text of the library's first file, as read."""
    anchored, _ = Library({}).read()
    return anchored.edition.texts[0].prose.content


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_an_edited_text_never_gets_a_note_on_other_words_in_silence(data: st.DataObject) -> None:
    content = fox_text()
    start = data.draw(st.integers(0, len(content) - 2))
    end = data.draw(st.integers(start + 1, min(len(content), start + 60)))
    exact = content[start:end]
    if not any(letter.isalnum() for letter in exact):
        return
    library = Library({})
    text = library.files["fables/fox.md"]
    at = data.draw(st.integers(0, len(text)))
    upto = data.draw(st.integers(at, min(len(text), at + 80)))
    library.files["fables/fox.md"] = text[:at] + data.draw(st.sampled_from(["", "hens ", "\n\nThe fox "])) + text[upto:]
    document = edited(exact, content[max(0, start - 32) : start], content[end : end + 32])
    row = library.take(json.dumps(document), text="fox").rows[0]
    stands = "".join("".join(words) for words in quoted(library))
    if row.state in ("exact", "moved"):
        assert "".join(stands.split()).casefold() == "".join(exact.split()).casefold()
    elif row.state == "reworded":
        assert "it was on" in row.line
    elif row.state != "whole":
        assert row.state in ("ambiguous", "lost")
        assert not stands


SAYS = {
    "plain words": (SAID, "Said."),
    "plain words that look like markup": (
        {"type": "TextualBody", "value": "# *a* [[b]] {c} <i>"},
        r"\# \*a\* \[\[b\]\] \{c\} \<i\>",
    ),
    "Markdown": ({"type": "TextualBody", "value": "*a*\n\n- b", "format": "text/markdown"}, "*a*\n\n- b"),
    "a second-level heading": ({"type": "TextualBody", "value": "## a", "format": "text/markdown"}, "### a"),
    "our brackets": ({"type": "TextualBody", "value": "[[a]] `[[b]]`", "format": "text/markdown"}, r"\[[a]] `[[b]]`"),
    "a script in Markdown": (
        {"type": "TextualBody", "value": "a <script>b</script>", "format": "text/markdown"},
        r"a \<script\>b\</script\>",
    ),
    "a picture from elsewhere in Markdown": (
        {"type": "TextualBody", "value": 'a <IMG src="//b.example/c.png">`<img>`', "format": "text/markdown"},
        'a &lt;IMG src="//b.example/c.png">`<img>`',
    ),
    "HTML": (
        {"type": "TextualBody", "value": "<p>a <b>b</b></p><ul><li>c</li></ul>", "format": "text/html"},
        "a **b**\n\n- c",
    ),
    "HTML that would run": (
        {
            "type": "TextualBody",
            "value": "<a href='javascript:x()'>a</a><img src=x onerror=y><script>z</script>",
            "format": "text/html",
        },
        "a",
    ),
    "HTML with a link": (
        {"type": "TextualBody", "value": "<a href='https://a.example/' onclick='x'>a</a>", "format": "text/html"},
        "[a](https://a.example/)",
    ),
    "HTML that speaks of HTML": (
        {"type": "TextualBody", "value": "<p>&lt;script&gt; [[x]]</p>", "format": "text/html"},
        r"\<script\> \[\[x\]\]",
    ),
    "several": ([SAID, {"type": "TextualBody", "value": "More."}], "Said.\n\nMore."),
    "a choice": (
        {
            "type": "Choice",
            "items": [
                {"type": "TextualBody", "value": "ja", "language": "de"},
                {"type": "TextualBody", "value": "*yes*", "format": "text/markdown"},
            ],
        },
        "*yes*",
    ),
    "a specific resource": ({"type": "SpecificResource", "purpose": "commenting", "source": SAID}, "Said."),
    "a body that is an address, too": ([SAID, "https://a.example/picture.jpg"], "Said."),
}


@pytest.mark.parametrize("case", SAYS)
def test_what_it_says(case: str) -> None:
    body, markdown = SAYS[case]
    library, result = taken(annotation(body=body))
    assert [row.state for row in result.rows] == ["exact"]
    anchored, told = library.read()
    assert not told
    assert anchored.edition.notes[0].body.source == markdown


def test_bodys_value_alone() -> None:
    library, _ = taken(annotation(body=None, bodyValue="*a*"))
    assert library.read()[0].edition.notes[0].body.source == r"\*a\*"


REFUSED = {
    "a picture": annotation(target={"id": "https://a.example/x.png", "type": "Image"}),
    "a part of a picture": annotation(target="https://a.example/x#xywh=1,2,3,4"),
    "a shape": on({"type": "SvgSelector", "value": "<svg/>"}),
    "bytes": on({"type": "DataPositionSelector", "start": 1, "end": 2}),
    "no target": annotation(target=None),
    "a target that is a number": annotation(target=7),
    "another type": annotation(type="Person"),
    "a reply without a word": annotation(motivation="replying", body=None, target="urn:x"),
    "a reply to nothing": annotation(motivation="replying", target="urn:nowhere"),
    "a picture by its address alone": annotation(target="https://example.org/pic.jpg", body="https://a.example/b"),
    "another page": annotation(target="https://elsewhere.example/page"),
    "an XPath in another page": annotation(
        target={"source": "https://elsewhere.example/page", "selector": {"type": "XPathSelector", "value": "/p[1]"}}
    ),
    "too many targets": annotation(target=[PAGE] * 101),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_reason(case: str) -> None:
    library, result = taken(REFUSED[case])
    assert [row.state for row in result.rows] == ["refused"]
    assert result.rows[0].reason
    assert [one.code for one in result.told] == ["G145"]
    assert not result.files
    assert not library.read()[0].edition.notes


UNREADABLE = {
    "nothing": "",
    "no JSON": "{",
    "another document": '{"a": 1}',
    "a number": "7",
    "not a number": "[NaN]",
    "a bomb of brackets": "[" * 100_000,
    "a bomb of objects": '{"items":' * 50_000,
    "a long number": "[" + "9" * 10_000 + "]",
    "a collection elsewhere": '{"type": "AnnotationCollection", "first": "https://a.example/page1"}',
    "too many": json.dumps([annotation()] * 10_001),
    "a hundred thousand": json.dumps([{"type": "Annotation", "target": "x"}] * 100_000),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_told_and_not_raised(case: str) -> None:
    result = Library({}).take(UNREADABLE[case])
    assert [one.code for one in result.told] == ["G144"]
    assert not result.files


@pytest.mark.parametrize(
    "wrap",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: {"type": "AnnotationPage", "items": [one]},
        lambda one: {"type": "AnnotationCollection", "total": 1, "first": {"type": "AnnotationPage", "items": [one]}},
        lambda one: {"@context": [], "@graph": [one]},
    ],
)
def test_documents(wrap: Any) -> None:
    library, result = taken(wrap(annotation()))
    assert [row.state for row in result.rows] == ["exact"]
    assert library.files["fables/fox.notes.md"] == "## saw grapes {#saw-grapes .context}\nSaid.\n"


def test_who_and_when_and_why() -> None:
    library, _ = taken(
        annotation(
            creator=[{"id": "urn:a", "name": "Ann"}, "urn:bob", {"nickname": "cy"}],
            created="2015-10-13T13:00:00Z",
            motivation=["questioning", "tagging"],
            body=[SAID, {"type": "TextualBody", "purpose": "tagging", "value": "a; b"}],
        )
    )
    note = library.read()[0].edition.notes[0]
    assert (note.by, note.date, note.kind, note.tags) == ("Ann, urn:bob, cy", "2015-10-13", "question", ("a, b",))


def test_a_highlight_and_its_reply() -> None:
    reply = annotation(id="urn:reply", motivation="replying", target="https://elsewhere.example/1")
    library, result = taken(reply, annotation(body=None, motivation="highlighting"))
    notes = library.read()[0].edition.notes
    assert [(note.kind, note.answers) for note in notes] == [("highlight", ""), ("context", "saw-grapes")]
    assert [row.state for row in result.rows] == ["exact", "exact"]


def test_several_targets_are_one_note() -> None:
    targets = [
        {"source": PAGE, "selector": QUOTE},
        {"source": PAGE, "selector": {"type": "TextQuoteSelector", "exact": "went away"}},
    ]
    library, _ = taken(annotation(target=targets))
    assert quoted(library) == [["saw grapes", "went away"]]


def test_ids_are_fit_for_books_and_each_its_own() -> None:
    one, other = annotation(), annotation(id="urn:other")
    library, _ = taken(
        one, other, on({"type": "TextQuoteSelector", "exact": "12 wolves"}, **{"id": "x"}) | {"id": "urn:3"}
    )
    names = [note.id for note in library.read()[0].edition.notes]
    assert names[0] == "saw-grapes"
    assert names[1].startswith("saw-grapes-")
    assert names[2] == "n-12-wolves"


UNUSED = annotation(
    canonical="urn:canon",
    modified="2016-01-01T00:00:00Z",
    generator={"id": "https://tool.example", "type": "Software", "name": "T"},
    rights="https://rights.example/",
    audience={"type": "schema:Audience", "id": "urn:all"},
    creator={"id": "urn:a", "name": "Ann", "type": "Person"},
    created="2015-10-13T13:00:00Z",
    motivation=["commenting", "bookmarking"],
    body=[{**SAID, "language": "en"}, {"id": "https://a.example/p.jpg", "type": "Image"}, "urn:body"],
    target=[
        {"source": PAGE, "selector": [QUOTE, {"type": "XPathSelector", "value": "/p"}], "state": {"type": "TimeState"}},
        {"id": "https://a.example/x.png", "type": "Image"},
    ],
)


def test_what_isnt_used_comes_out_again() -> None:
    library, _ = taken(UNUSED)
    first = library.out()
    made = json.loads(first)["first"]["items"][0]
    for name in ("canonical", "modified", "generator", "rights", "creator", "created", "motivation"):
        assert made[name] == UNUSED[name]
    assert made["via"] == UNUSED["id"]
    assert made["body"][1:] == UNUSED["body"][1:]
    assert made["target"][1] == UNUSED["target"][1]
    original = made["glossator:original"]
    assert (original["target"], original["body"], original["audience"]) == (
        UNUSED["target"],
        UNUSED["body"],
        UNUSED["audience"],
    )
    again = library.bare()
    again.take(first)
    assert again.out() == first
    assert not library.take(json.dumps(UNUSED)).files
    assert not again.take(json.dumps(UNUSED)).files


@pytest.mark.parametrize("case", [*STANDS, *SAYS])
def test_foreign_in_out_in_and_out(case: str) -> None:
    document = STANDS[case][0] if case in STANDS else annotation(body=SAYS[case][0])
    library, _ = taken(document)
    first = library.out()
    again = library.bare()
    again.take(first)
    assert again.out() == first
    assert not again.take(json.dumps(document)).files


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["fox", "\ud800", "text/html", "<script>", "TextQuoteSelector", "Choice", "tagging", "replying"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(
            ["id", "type", "value", "format", "purpose", "source", "selector", "exact", "prefix", "start",
             "items", "refinedBy", "body", "target", "creator", "created", "motivation", "glossator:passages",
             "@id", "name", "startSelector", "endSelector", "glossator:heading", "first", "tags", "references",
             "user", "text"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(["body", "target", "creator", "created", "motivation", "id"]), VALUES),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_nothing_raises(members: dict[str, Any], row: bool) -> None:
    made = {"type": "Annotation", "target": {"source": PAGE, "selector": QUOTE}, **members}
    ours = {
        **made,
        "id": "index.html#note-x",
        "glossator:passages": [{"glossator:heading": "fox", "glossator:in": "p1"}],
    }
    document = {"total": 1, "rows": [made]} if row else [made, ours]
    library = Library({})
    library.take(json.dumps(document))
    assert library.read()[0].edition is not None
    for text in library.files.values():
        text.encode()
    json.loads(library.out(), parse_constant=lambda word: pytest.fail(word))


def test_thousands_of_lost_annotations_take_seconds() -> None:
    many = [
        on({"type": "TextQuoteSelector", "exact": "wolf", "prefix": str(number)}) | {"id": f"urn:{number}"}
        for number in range(2_000)
    ]
    document = json.dumps(many)
    library = Library({})
    began = time.process_time()
    result = library.take(document)
    assert len(result.rows) == 2_000
    assert time.process_time() - began < 20


def row(**members: Any) -> dict[str, Any]:
    selectors = [
        {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]", "startOffset": 1, "endOffset": 2},
        {"type": "TextPositionSelector", "start": 10, "end": 20},
        {"type": "TextQuoteSelector", "exact": "with a sigh", "prefix": "went away 🦊 ", "suffix": ".\n\n"},
    ]
    made = {
        "id": "abc",
        "created": "2020-01-02T03:04:05.000000+00:00",
        "updated": "2020-01-02T03:04:05.000000+00:00",
        "user": "acct:jane@hypothes.is",
        "uri": PAGE,
        "text": "So *sad*.",
        "tags": ["mood"],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"]},
        "target": [{"source": PAGE, "selector": selectors}],
        "document": {"title": ["The Fox"]},
        "user_info": {"display_name": "Jane"},
    }
    return made | members


HYPOTHESIS = [
    row(),
    row(id="hi", text="", tags=[]),
    row(id="page", text="On the page.", target=[{"source": PAGE}]),
    row(id="re1", text="Yes.", references=["abc"], target=[{"source": PAGE}]),
    row(id="re2", text="No.", references=["abc", "re1"], target=[{"source": PAGE}], user_info=None),
]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: {"total": len(rows), "rows": rows},
        lambda rows: {"export_date": "2024-01-01", "client_version": "1.2", "annotations": rows},
    ],
)
def test_hypothesis(wrap: Any) -> None:
    library, result = taken(wrap(HYPOTHESIS))
    notes = {note.id: note for note in library.read()[0].edition.notes}
    assert [row.state for row in result.rows] == ["exact", "exact", "whole", "exact", "exact"]
    said = [notes[row.id] for row in result.rows]
    assert [note.kind for note in said] == ["context", "highlight", "context", "context", "context"]
    assert [note.answers for note in said] == ["", "", "", "with-a-sigh", said[3].id]
    assert (said[0].by, said[0].date, said[0].tags, said[0].body.source) == (
        "Jane",
        "2020-01-02",
        ("mood",),
        "So *sad*.",
    )
    assert said[4].by == "jane"
    assert said[2].selectors[0].blocks == "*"
    assert not library.read()[1]
    first = library.out()
    again = library.bare()
    again.take(first)
    assert again.out() == first


def test_positions_in_utf16_choose_among_many() -> None:
    content = Library({}).read()[0].edition.texts[0].prose.content
    start = content.rindex("fox", 0, content.index("that told"))
    units = len(content[:start].encode("utf-16-le")) // 2
    assert units == start + 1
    selectors = [
        {"type": "TextPositionSelector", "start": units, "end": units + 3},
        {"type": "TextQuoteSelector", "exact": "fox"},
    ]
    library, result = taken({"total": 1, "rows": [row(target=[{"source": PAGE, "selector": selectors}])]})
    assert result.rows[0].state == "exact"
    anchored, _ = library.read()
    assert [found.span.start for found in anchored.notes[result.rows[0].id] if isinstance(found, Anchor)] == [start]


def test_a_layer_that_is_new_is_listed() -> None:
    library, _ = taken(annotation(), layer="guests")
    assert library.files["fables/edition.toml"].endswith('[[layer]]\nid = "guests"\n')
    assert library.read()[0].edition.notes[0].layer == "guests"


def test_what_is_written_stays_byte_for_byte() -> None:
    old = "## jumped {#mine}\nMine.   \n\n\n<!-- x -->"
    library = Library({"fox.notes.md": old})
    library.take(json.dumps(annotation()))
    assert library.files["fables/fox.notes.md"].startswith(old)
    swallowing = Library({"fox.notes.md": "## jumped\n```\nnever closed"})
    result = swallowing.take(json.dumps(annotation()))
    assert [one.code for one in result.told] == ["G145"]
    assert "fables/fox.notes.md" not in result.files


def test_a_deleted_note_stays_away_and_it_is_said_how_to_have_it_again() -> None:
    library, first = taken(annotation(rights="CC0"), annotation(id="https://elsewhere.example/2", rights="CC0"))
    document = json.dumps([annotation(rights="CC0"), annotation(id="https://elsewhere.example/2", rights="CC0")])
    notes, kept = (next(name for name in library.files if name.endswith(end)) for end in (".notes.md", ".json"))
    whole = library.files.pop(notes)
    gone = library.take(document)
    assert [row.state for row in gone.rows] == ["deleted", "deleted"]
    assert all(f"remove {kept.removeprefix('fables/')} to have it again" in row.reason for row in gone.rows)
    assert not gone.files
    assert not gone.told
    one, other = (row.id for row in first.rows)
    library.files[notes] = whole.replace(f"#{other}", "#mine")
    half = library.take(document)
    assert [row.state for row in half.rows] == ["known", "deleted"]
    assert f"take “note:{other}” out of imported/" in half.rows[1].reason
    del library.files[notes], library.files[kept]
    assert [row.state for row in library.take(document).rows] == ["exact", "exact"]
    assert one in library.files[notes]


def test_what_another_page_is_about_is_said_by_the_text_that_is_named() -> None:
    elsewhere = annotation(target="https://elsewhere.example/page")
    _, named = taken(elsewhere, text="crow")
    assert [(row.state, row.text) for row in named.rows] == [("whole", "crow")]
    _, home = taken(annotation(target="https://me.example/site/fables/"))
    assert [row.state for row in home.rows] == ["whole"]
    _, both = taken(annotation(target=["https://elsewhere.example/page", PAGE]))
    assert [row.state for row in both.rows] == ["whole"]


def test_what_a_body_loses_stands_in_the_report() -> None:
    html = "<p>a <script>b</script><a href='javascript:c'>d</a></p>"
    body = {"type": "TextualBody", "value": html, "format": "text/html"}
    library, made = taken(annotation(body=body), annotation(id="https://elsewhere.example/2"))
    assert [row.reason for row in made.rows] == ["removed from its body: <script>, href= in <a>", ""]
    again = library.take(json.dumps(annotation(body=body)))
    assert [row.reason for row in again.rows] == ["it is here already"]
