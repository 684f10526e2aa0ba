"""What is written as an entry is read as that entry."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.model.escape import escaped
from builder.model.site import Source
from builder.parse.entries import EntryFile, parse_entries
from builder.parse.markdown import parse_body
from builder.parse.written import written_entry

SIGNS = "ab Z9\t\"'“”{}#.=\\<>!-`~|*_[]:;¶…→é漢\u00a0"
WORDS = st.text(st.sampled_from(SIGNS), min_size=1, max_size=30).map(str.strip).filter(bool)
NAMES = st.sampled_from(["a", "x-1", "größe", "漢字", "n9_b"])
LINES = st.sampled_from(
    ["", "words", "## two", "### three", "# one", " ## near", "```", "~~~~", "<!-- a -->", "<!--", "-->", "{#x}", "> q"]
)
BODIES = st.lists(st.one_of(LINES, WORDS), max_size=8).map("\n".join)


def read(text: str) -> EntryFile:
    return parse_entries(Source("x.notes.md", text, ""))[0]


@given(
    heading=WORDS,
    id=st.one_of(st.just(""), NAMES),
    classes=st.lists(NAMES, max_size=2, unique=True),
    settings=st.dictionaries(st.sampled_from(["in", "before", "after", "by", "tags"]), WORDS, max_size=3),
    body=BODIES,
)
@example(heading="9", id="", classes=[], settings={}, body="```\n```\n<!--")
@example(heading="9", id="", classes=[], settings={}, body="<!-- a -->\n\n  <!--\n## b")
def test_written_is_read(heading: str, id: str, classes: list[str], settings: dict[str, str], body: str) -> None:
    once = read(written_entry("first") + "\n" + written_entry("x", body=body) + "\n" + written_entry("last"))
    assert [entry.heading for entry in once.entries] == ["first", "x", "last"]
    body = once.entries[1].body
    written = written_entry(heading, id=id, classes=classes, settings=settings, body=body)
    entries = read(f"{written}\n{written_entry('last', body='end')}").entries
    assert [entry.heading for entry in entries] == [heading, "last"]
    entry = entries[0]
    assert (entry.id, entry.classes, entry.body) == (id, tuple(classes), body)
    told = {name: value.text for name, value in entry.settings.items()}
    assert told.keys() == settings.keys()
    for name, value in settings.items():
        assert told[name] in (value, value.translate(str.maketrans("{}", "()")))
        if "{" not in "".join(settings.values()):
            assert told[name] == value


@given(st.text(st.sampled_from(SIGNS + "\n+1)(@^$&"), max_size=60))
def test_escaped_words_are_no_markup(words: str) -> None:
    prose, told = parse_body(escaped(words), path="x", line=1)
    assert not told
    assert "".join(prose.content.split()) == "".join(words.split())


@pytest.mark.parametrize(
    ("typed", "handed"),
    [
        ("plain words", "plain words"),
        ("a <!-- for me --> b", "a  b"),
        ("a\n\n<!-- never\n\nended", "a"),
        ("`<!-- shown -->` and <!-- not -->", "`<!-- shown -->` and"),
        ("```\n<!-- shown -->\n```\n\n<!-- not -->", "```\n<!-- shown -->\n```"),
        ("\\<!-- shown -->", "\\<!-- shown -->"),
        ("a <b>bold</b> word", "a <b>bold</b> word"),
        ("a <b>b</b> <script>x</script>", "a \\<b>b\\</b> \\<script>x\\</script>"),
    ],
)
def test_what_is_handed_on(typed: str, handed: str) -> None:
    prose, _ = parse_body(typed, path="x", line=1)
    assert prose.source == handed
    again, told = parse_body(handed, path="x", line=1)
    assert again.source == handed
    assert not told
