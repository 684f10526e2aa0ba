"""What is mended is sure; every entry but the mended ones says what it said; ids and bytes stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builder.model.note import Anchor, Audience, State
from builder.model.prose import Span
from builder.model.view import View
from builder.parse.edition import parse_edition_folder
from builder.pipeline.mending import Mended, mended, mended_editions, mends
from builder.pipeline.reading import Reading
from builder.relate.anchor import anchor_edition
from tests.relate.making import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.model.site import Folder
    from builder.model.view import Anchored

FOX = """# The fox and the grapes

A fox saw ripe grapes on a high vine. The grapes looked sweet to the fox.

It jumped and jumped again, and fell back each time it jumped.

At last it walked away and said that they were sour; in 1921 they were 12.
"""
BODY = "What is said.\n\n"
KNOWN = {("note", "n", 0)}


def site(notes: str = "", *, text: str = FOX, **more: str) -> Site:
    return Site({"fox.md": text, "fox.notes.md": notes, **{f"{name}.md": words for name, words in more.items()}})


def lines(result: Mended) -> list[str]:
    return [line for file in result.files for line in file.text.split("\n") if line.startswith("## ")]


def fixed(made: Site) -> list[str]:
    """The headings of the files that change."""
    results = list(mended_editions(made.folder, made.outline))
    assert len(results) <= 1
    return lines(results[0]) if results else []


@pytest.mark.parametrize(
    ("heading", "becomes"),
    [
        ("ripe graps on a high vine", "ripe grapes on a high vine {#ripe-graps-on-a-high-vine}"),
        ("*ripe graps* on a high vine {#x}", "ripe grapes on a high vine {#x}"),
        ("ripe graps … sweet to the fox", "ripe grapes … sweet to the fox {#ripe-graps-sweet-to-the-fox}"),
        ('ripe grapes on a high vine {in="¶2"}', 'ripe grapes on a high vine {in="¶1"}'),
        ('ripe grapes on a high vine {in="¶9" .language}', 'ripe grapes on a high vine {in="¶1" .language}'),
        ('“ripe grapes on a high vine” {in="¶2-3"}', '“ripe grapes on a high vine” {in="¶1"}'),
    ],
)
def test_what_is_sure(heading: str, becomes: str) -> None:
    assert fixed(site(f"## {heading}\n{BODY}")) == [f"## {becomes}"]


@pytest.mark.parametrize(
    "heading",
    [
        "ripe grapes on a high vine",  # nothing is wrong with it
        "jumped",  # stands three times
        'jumped {in="¶1"}',  # stands elsewhere three times
        'ripe grapes {in="¶2"}',  # stands elsewhere once, but is short
        "rype grabes on a hihg vyne",  # too unlike
        "vyne",  # too short to be like anything
        "that they were sour; in 1922 they were 12",  # another number
        "¶9 {#nine}",  # a block that isn't there
        'the foxes {after="jumped"}',
    ],
)
def test_what_is_not(heading: str) -> None:
    assert fixed(site(f"## {heading}\n{BODY}")) == []


def test_of_two_places_that_are_like_it_neither_is_sure() -> None:
    text = f"{FOX}\nIn the end it walked away and said that they were sore; what is said is said.\n"
    assert fixed(site(f"## walked away and said that they were soor\n{BODY}", text=text)) == []
    assert fixed(site(f"## walked away and said that they were soor\n{BODY}")) != []


def test_crossrefs_and_questions() -> None:
    made = site(
        crossrefs="## fox “ripe graps on a high vine” → fox ¶2 “jumped again, and fel back” {.echoes}\nSo.\n\n"
        "## fox ¶3 “walked away” → fox ¶1 “fell back each time it jumped” {.echoes}\n",
        questions='## Why? {about="#x; fox ¶1 “fell back each time it jumped”; fox “ripe graps on a high vine”"}\n',
        x="Another text.\n",
    )
    assert fixed(made) == [
        "## fox “ripe grapes on a high vine” → fox ¶2 “jumped again, and fell back” "
        "{#fox-ripe-graps-on-a-high .echoes}",
        "## fox ¶3 “walked away” → fox ¶2 “fell back each time it jumped” {.echoes}",
        '## Why? {about="#x; fox ¶2 “fell back each time it jumped”; fox “ripe grapes on a high vine”"}',
    ]


def anchored_as(made: Site, name: str, *, words: str, state: State, score: float, nth: int = 0) -> Anchored:
    """The edition with a note's first passage found as the lock would have it: at words of the text."""
    before = made.fables
    text = before.edition.texts[0].prose.content
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    first, *rest = before.notes[name]
    found = Anchor(first.selector, Span(start, start + len(words)), state, score)
    return replace(before, notes={**before.notes, name: (found, *rest)})


def by_words(made: Site) -> Callable[[Folder], Anchored]:
    """Reads the edition again, without a memory."""

    def read(folder: Folder) -> Anchored:
        settings = made.outline.editions[0]
        edition, _ = parse_edition_folder(folder, settings, made.outline.settings, made.outline.terms)
        assert edition is not None
        return anchor_edition(edition)[0]

    return read


@pytest.mark.parametrize(
    ("heading", "words", "becomes"),
    [
        ("ripe old plums up there", "ripe grapes on a high vine", "ripe grapes on a high vine {#n .language}"),
        ("a hound", "the fox", "the fox {#n .language}"),
        ("the hound", "jumped", 'jumped {#n .language before="It"}'),
        ("the hound", "The grapes", "The grapes {#n .language}"),
        ("A hound saw … the hound", "A fox saw ripe grapes on a high vine. The grapes looked sweet to the fox",
         "A fox saw … the fox {#n .language}"),
    ],
)  # fmt: skip
def test_a_reworded_passage_is_quoted_as_it_stands(heading: str, words: str, becomes: str) -> None:
    made = site(f"## {heading} {{#n .language}}\n{BODY}")
    before = anchored_as(made, "n", words=words, state=State.REWORDED, score=0.8)
    result = mended(made.folder, before, mends(before, KNOWN), by_words(made))
    assert lines(result) == [f"## {becomes}"]
    assert [one.reason for one in result.done] == ["reworded: 80% is kept, counted in letters"]


def test_of_a_passage_that_kept_too_little_its_author_is_asked() -> None:
    made = site(f"## ripe old plums up there {{#n}}\n{BODY}")
    for state, score in ((State.REWORDED, 0.6), (State.MOVED, 1.0)):
        assert mends(anchored_as(made, "n", words="ripe grapes", state=state, score=score), KNOWN) == ()


def test_without_the_old_text_likeness_alone_must_do() -> None:
    made = site(f"## ripe old plums up there {{#n}}\n{BODY}")
    for score, count in ((0.8, 0), (0.9, 1)):
        found = anchored_as(made, "n", words="ripe grapes", state=State.REWORDED, score=score)
        assert len(mends(found)) == count


def test_a_paragraph_that_the_lock_knows_by_another_number() -> None:
    made = site(f'## jumped {{#n in="¶1" before="and"}}\n{BODY}## ¶1 {{#m}}\n{BODY}')
    before = anchored_as(made, "n", words="jumped", state=State.EXACT, score=1.0, nth=1)
    block = before.edition.texts[0].prose.block_named("p3")
    assert block is not None
    whole = Anchor(before.notes["m"][0].selector, block.span, State.EXACT, 1.0)
    before = replace(before, notes={**before.notes, "m": (whole,)})
    result = mended(made.folder, before, mends(before, KNOWN), by_words(made))
    assert lines(result) == ['## jumped {#n in="¶2" before="and"}', "## ¶3 {#m}"]


def test_what_would_change_another_entry_is_refused() -> None:
    made = site(f"## a hound {{#n}}\n{BODY}")
    before = anchored_as(made, "n", words="the fox", state=State.REWORDED, score=0.8)
    elsewhere = replace(before, notes={**before.notes, "gone": before.notes["n"]})
    gone = replace(before.edition.notes[0], id="gone")
    elsewhere = replace(elsewhere, edition=replace(before.edition, notes=(*before.edition.notes, gone)))
    result = mended(made.folder, elsewhere, mends(before, KNOWN), by_words(made))
    assert (result.files, result.done, len(result.refused)) == ((), (), 1)


def test_ids_made_of_words_stay_also_where_two_were_alike() -> None:
    notes = f"## the ripe graps on a high vine\n{BODY}## ripe graps on a high vine\n{BODY}" * 2
    made = site(notes, text=FOX.replace("ripe", "the ripe"))
    (result,) = mended_editions(made.folder, made.outline)
    reading = Reading(made.folder, made.outline, View(audience=Audience.TEACHER))
    before, _ = reading.anchored("fables")
    sources = {**made.folder.sources, "fables/fox.notes.md": result.files[0]}
    after = by_words(made)(replace(made.folder, sources=sources))
    assert before is not None
    assert [note.id for note in after.edition.notes] == [note.id for note in before.edition.notes]
    assert len(result.done) == 4


def test_an_end_whose_new_words_stand_twice_gets_its_paragraph() -> None:
    text = "# F\n\nOne fox came and sat down.\n\nA hen and a fox came.\n"
    made = site(text=text, crossrefs="## fox “a wolf” → fox ¶1 {#x .echoes}\n")
    before = made.fables
    first, other = before.crossrefs["x"]
    start = before.edition.texts[0].prose.content.index("fox came.")
    found = Anchor(first.selector, Span(start, start + 3), State.REWORDED, 0.9)
    before = replace(before, crossrefs={"x": (found, other)})
    assert before.edition.texts[0].prose.words(found.span) == "fox"
    result = mended(made.folder, before, mends(before), by_words(made))
    assert lines(result) == ["## fox ¶2 “fox” → fox ¶1 {#x .echoes}"]


def test_of_several_headings_only_the_first_gives_the_id() -> None:
    notes = (
        f'## ripe grapes\n## walked awey and said {{after="that"}}\n{BODY}## ripe graps on a\n## sweet to the\n{BODY}'
    )
    assert fixed(site(notes.replace('{after="that"}', '{before="it" after="that"}'))) == [
        "## ripe grapes",
        '## walked away and said {before="it" after="that"}',
        "## ripe grapes on a {#ripe-graps-on-a}",
        "## sweet to the",
    ]
