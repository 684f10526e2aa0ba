"""Out, in and out again: the same bytes; twice in: nothing changes; a student's document holds no teacher's matter."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.note import Audience
from tests.exchange.exchanging import FOX, Library

HEADINGS = st.sampled_from(
    [
        "A fox saw grapes",
        "fox",
        "the fox",
        "“split”",
        "A fox … fell",
        "¶2",
        "¶1-2",
        "*",
        "title",
        "never stood {here}",
        "fell.\n\n“They".replace("\n\n", " "),
        "went away 🦊 with",
        "Nobody believed the fox",
        "A footnote about foxes",
    ]
)
BODIES = st.sampled_from(
    [
        "Plain.",
        "With *form* and `code`.",
        "- a\n- b\n\n> q",
        "See [[crow]] and [[#a]].",
        "A <!-- hidden --> word.",
        "é漢🦊",
        "<script>alert(1)</script> and <b>bold</b>",
        "A note[^1].\n\n[^1]: With a foot.",
        "```\n## code\n```",
        "| a | b |",
        "[[fox ¶2 | that]] *x*",
        "### Deep\n\n1. one",
        "a\\\nb <i>c</i> <!-- x\n\ny -->",
        "[link](https://example.org)",
    ]
)
SETTINGS = st.lists(
    st.sampled_from(['in="¶3"', 'before="the"', 'tags="a; “b; c”"', 'date="2021-08-04"', 'date="2020"', 'by="Jané"'])
    | st.sampled_from(['audience="teacher"', 'audience="student"']),
    max_size=3,
    unique_by=lambda setting: setting.partition("=")[0],
)
KINDS = st.sampled_from(["", ".context", ".language", ".challenge", ".question", ".source"])


@st.composite
def notes(draw: st.DrawFn, secret: str = "") -> str:
    entries = []
    for number in range(draw(st.integers(0, 5))):
        said = [draw(KINDS), *draw(SETTINGS)]
        given_id = draw(st.booleans())
        said += [f"#{secret}n{number}"] if given_id else []
        if number and given_id and draw(st.booleans()):
            said.append(f're="#{secret}n0"')
        body = draw(BODIES)
        if draw(st.booleans()) and number == 3:
            said, body = [".highlight"], ""
        more = f"\n## {draw(HEADINGS)}" if body and draw(st.integers(0, 4)) == 0 else ""
        entries.append(f"## {draw(HEADINGS)} {{{' '.join(one for one in said if one)}}}{more}\n{body}\n")
    return "\n".join(entries)


TIES = st.lists(
    st.sampled_from(
        [
            "## fox “grapes” → crow ¶1 {.extends}\nWhy.\n",
            "## crow <-> fox title\n",
            '## fox ¶3 "Nobody believed" -> crow "a lie" {#t by="X" audience="teacher"}\nSo.\n',
        ]
    ),
    max_size=3,
    unique=True,
).map("\n".join)
ASKED = st.lists(
    st.sampled_from(
        [
            '## What *is* it? {.deep about="fox ¶1; crow" level="x" lines="3"}\nThe answer.\n',
            "## Why? <!-- x -->\n",
            '## For whom {audience="teacher" tags="a; b"}\nFor us.\n',
        ]
    ),
    max_size=3,
    unique=True,
).map("\n".join)
EDITIONS = st.builds(
    lambda fox, own, crow, ties, asked: {
        "fox.notes.md": fox,
        "fox.class.notes.md": own,
        "crow.class.notes.md": crow,
        "crossrefs.md": ties,
        "questions.md": asked,
    },
    notes(),
    notes("c"),
    notes("d"),
    TIES,
    ASKED,
)


@given(EDITIONS, st.sampled_from(list(Audience)[1:]), st.sampled_from(["", "https://example.org/x/"]))
@settings(max_examples=40, deadline=None)
def test_out_in_and_out_again(files: dict[str, str], audience: Audience, base: str) -> None:
    first = Library(files, base=base)
    document = first.out(audience)
    again = first.bare()
    taken = again.take(document)
    assert not taken.told
    assert again.out(audience) == document
    twice = again.take(document)
    assert not twice.files
    assert all(row.state == "known" for row in twice.rows)


@given(EDITIONS, st.sampled_from(list(Audience)[1:]))
@settings(max_examples=15, deadline=None)
def test_into_the_edition_itself_nothing_changes(files: dict[str, str], audience: Audience) -> None:
    library = Library(files)
    assert not library.take(library.out(audience)).files


def test_no_teachers_matter_goes_out_to_students() -> None:
    library = Library(
        {
            "fox.notes.md": "## fell {#open}\nSee [[#hush | the other]] and <!-- SECRET --> this.\n\n"
            '## grapes {#hush audience="teacher" tags="SECRET"}\nSECRET\n\n## grapes {re="#hush"}\nSECRET reply.\n',
            "fox.class.notes.md": '# SECRET title\n\n## jumped {audience="teacher" by="SECRET"}\nSECRET\n',
            "crossrefs.md": '## fox ¶1 → crow ¶1 {audience="teacher"}\nSECRET\n',
            "questions.md": '## Why? {about="#hush"}\nSECRET\n\n## SECRET? {audience="teacher"}\n',
            "imported/x.json": json.dumps(
                {"annotations": {"note:hush": {"id": "urn:SECRET", "kept": {"members": {"rights": "SECRET"}}}}}
            ),
        }
    )
    students, teachers = library.out(), library.out(Audience.TEACHER)
    assert "SECRET" not in students
    assert "hush" not in students
    assert "the other" in students
    assert teachers.count("SECRET") > 8


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for inner in value.values() for one in strings(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in strings(inner)]
    return [value] if isinstance(value, str) else []


@given(EDITIONS, st.sampled_from(["", "https://example.org/x/"]))
@settings(max_examples=15, deadline=None)
def test_what_the_model_demands(files: dict[str, str], base: str) -> None:
    """Each MUST of the W3C's model that concerns what we write."""
    document = json.loads(Library(files, base=base).out())
    assert document["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert document["type"] == "AnnotationCollection"
    assert isinstance(document["id"], str)
    items = document["first"]["items"] if document["total"] else []
    assert len(items) == document["total"]
    assert len({one["id"] for one in items}) == len(items)
    for one in items:
        assert one["type"] == "Annotation"
        assert one["target"]
        assert "bodyValue" not in one
        assert one.get("created", "Z").endswith("Z")
        for target in one["target"]:
            if isinstance(target, str):
                assert not base or target.startswith(base)
                continue
            assert isinstance(target["source"], str)
            selectors = target["selector"] if isinstance(target["selector"], list) else [target["selector"]]
            for selector in selectors:
                _selector(selector)
        for body in one.get("body", []):
            forms = body["items"] if body["type"] == "Choice" else [body]
            assert all(form["type"] == "TextualBody" and isinstance(form["value"], str) for form in forms)
            assert all("<script" not in form["value"].replace("\\<", "") for form in forms)


def _selector(selector: dict[str, Any]) -> None:
    match selector["type"]:
        case "TextQuoteSelector":
            assert isinstance(selector["exact"], str)
        case "TextPositionSelector":
            assert 0 <= selector["start"] < selector["end"]
        case "FragmentSelector":
            assert isinstance(selector["value"], str)
            if "refinedBy" in selector:
                _selector(selector["refinedBy"])
        case other:
            raise AssertionError(other)


def test_words_and_offsets_are_those_of_the_text() -> None:
    library = Library({"fox.notes.md": '## with a sigh\nAfter a fox of two units.\n\n## fox {in="¶4"}\nOne of many.\n'})
    items = json.loads(library.out())["first"]["items"]
    quote, within = items[0]["target"][0]["selector"]
    assert quote["prefix"].endswith("went away 🦊 ")
    assert within["value"] == "fox-p2"
    start, end = within["refinedBy"]["start"], within["refinedBy"]["end"]
    block = "“They are sour,” said the fox, and went away 🦊 with a sigh."
    assert block[start:end] == "with a sigh"
    content = library.read()[0].edition.texts[0].prose.content
    common = items[1]["target"][0]["selector"][0]
    assert content.count(common["prefix"] + common["exact"] + common["suffix"]) == 1
    assert FOX.count("fox") > 3
