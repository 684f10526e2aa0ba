"""Random texts with random notes on them, in the W3C's shape and in Hypothesis': in, out, in and out, nothing lost."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.note import Anchor, Audience
from builder.relate.normal import plain
from tests.exchange.exchanging import Library

PAGE = "https://example.org/fox"
LATIN = ["a", "fox", "grapes", "Élan", "e\u0301lan", "naïve", "“sour”", "it’s", "—", "co\u00adop"]
OTHER = ["🦊", "👩‍🚀", "👍🏽", "🇫🇷", "漢字", "הגפן", "العنب", "𝔣ox"]
WORDS = st.sampled_from([*LATIN, *OTHER])
PARAGRAPHS = st.lists(WORDS, min_size=3, max_size=12).map(lambda words: "Now " + " ".join(words) + ".")
TEXTS = st.lists(PARAGRAPHS, min_size=1, max_size=4).map("\n\n".join)
SAID = st.sampled_from(["Yes.", "So *sad* 🦊.", "漢\n\n- a\n- b", "“x” [[y]] {z}", "1. one", "a <b>c</b>"])
TAGS = st.lists(st.sampled_from(["mood", "le goût", "🦊", "漢字", "a b", "x-1"]), max_size=3, unique=True)


def of_text(text: str) -> Library:
    """An edition whose first text is this one."""
    library = Library({})
    library.files["fables/fox.md"] = f"{text}\n"
    return library


@st.composite
def passages(draw: st.DrawFn, content: str) -> tuple[int, int]:
    """From one word to another, a sentence on at most; sometimes from within a word."""
    words = [match.span() for match in re.finditer(r"\S+", content)]
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, min(len(words) - 1, first + 8)))
    start, end = words[first][0], words[last][1]
    inner = draw(st.booleans()) and content[start:end].isascii() and end - start > 2
    return (start + 1, end) if inner else (start, end)


@st.composite
def rows(draw: st.DrawFn, content: str) -> list[dict[str, Any]]:
    """Notes, highlights, notes on the page, replies to any of them, and what quotes words that stand nowhere."""
    made: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 6))):
        start, end = draw(passages(content))
        units = [len(content[:offset].encode("utf-16-le")) // 2 for offset in (start, end)]
        sort = draw(st.sampled_from(["note", "note", "note", "highlight", "page", "reply", "lost"]))
        exact = "Words that never were here" if sort == "lost" else content[start:end]
        before = content[max(0, start - 32) : start]
        selectors = [
            {"type": "TextPositionSelector", "start": units[0], "end": units[1]},
            {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": content[end : end + 32]},
        ]
        answers = [one["id"] for one in made] if sort == "reply" else []
        whole = sort == "page" or answers
        made.append(
            {
                "id": f"h{number}",
                "created": "2024-05-06T07:08:09.000000+00:00",
                "updated": "2024-05-06T07:08:09.000000+00:00",
                "user": "acct:jane@hypothes.is",
                "uri": PAGE,
                "text": "" if sort == "highlight" else draw(SAID),
                "tags": draw(TAGS),
                "target": [{"source": PAGE} if whole else {"source": PAGE, "selector": selectors}],
                **({"references": [draw(st.sampled_from(answers))]} if answers else {}),
            }
        )
    return made


@given(st.data(), TEXTS)
@settings(max_examples=30, deadline=None)
def test_from_hypothesis(data: st.DataObject, text: str) -> None:
    library = of_text(text)
    content = library.read()[0].edition.texts[0].prose.content
    made = data.draw(rows(content))
    document = json.dumps({"total": len(made), "rows": made})
    result = library.take(document, text="fox")
    assert [row.foreign for row in result.rows] == [one["id"] for one in made]
    anchored, told = library.read()
    assert {one.code for one in told} <= {"G201", "G202"}  # what is lost is told
    notes = {note.id: note for note in anchored.edition.notes}
    for row, one in zip(result.rows, made, strict=True):
        assert row.state != "refused"
        assert notes[row.id].tags == tuple(one["tags"])
        selectors = one["target"][0].get("selector")
        if selectors and row.state == "exact":
            (found,) = anchored.notes[row.id]
            assert isinstance(found, Anchor)
            assert plain(content[found.span.start : found.span.end]) == plain(selectors[1]["exact"])
    first = library.out()
    again = of_text(text)
    assert again.take(first).files
    assert again.out() == first
    assert not again.take(first).files
    assert not again.take(document, text="fox").files
    assert not library.take(document, text="fox").files


@given(st.data(), TEXTS, st.sampled_from(list(Audience)[1:]))
@settings(max_examples=30, deadline=None)
def test_from_notes_as_authors_write_them(data: st.DataObject, text: str, audience: Audience) -> None:
    library = of_text(text)
    content = library.read()[0].edition.texts[0].prose.content
    entries = []
    for number in range(data.draw(st.integers(1, 5))):
        start, end = data.draw(passages(content))
        heading = " ".join(content[start:end].split()) or "¶1"
        heading = data.draw(st.sampled_from([heading, heading, "Words that never were here 🦊", f"¶{number + 1}"]))
        tags = "; ".join(data.draw(TAGS))
        answers = f' re="#n{data.draw(st.integers(0, number - 1))}"' if number and data.draw(st.booleans()) else ""
        entries.append(f'## {heading} {{#n{number} tags="{tags}"{answers}}}\n{data.draw(SAID)}\n')
    library.files["fables/fox.notes.md"] = "\n".join(entries)
    first = library.out(audience)
    again = of_text(text)
    again.take(first)
    assert again.out(audience) == first
    assert not again.take(first).files
    assert not library.take(first).files
