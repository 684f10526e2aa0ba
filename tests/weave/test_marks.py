"""Where numbers and letters stand: after closing punctuation, never in a link, at the end of a figure, each once."""

from __future__ import annotations

import re
from time import process_time

import pytest

from builder.model.diagnostic import Place
from builder.model.prose import Prose, Span
from builder.model.site import TextSettings
from builder.parse.markdown import parse_text
from builder.render import html
from builder.render.decoration import Decoration, MarkPoint, NoteSpan, SegmentOpen, TermSpan, TieSpan
from builder.render.weave import weave
from tests.weave.bare import BARE


def read(source: str) -> Prose:
    return parse_text(source, path="x.md", settings=TextSettings("x.md", Place("x.md")))[0]


def span(prose: Prose, words: str) -> Span:
    """The first place of the words; `¶2` is a block, whole."""
    if words.startswith("¶"):
        return next(block.span for block in prose.blocks if block.number == int(words[1:]))
    start = prose.content.index(words)
    return Span(start, start + len(words))


def note(where: Span, number: int) -> NoteSpan:
    name = f"n{number}"
    return NoteSpan(where, name, f"ref-{name}", f"#{name}", str(number), name, "k", "c", str(number), highlight=False)


def tie(where: Span, letter: str) -> TieSpan:
    return TieSpan(where, letter, f"xref-{letter}-1", f"#xref-{letter}-2", letter, letter)


def term(where: Span, number: int) -> TermSpan:
    return TermSpan(where, f"t{number}", f"occ-t-{number}", "#t")


def decorations(prose: Prose, words: str) -> list[Decoration]:
    """`1: some words; A: other words; T: a term`."""
    made: list[Decoration] = []
    for index, one in enumerate(words.split("; ")):
        sign, _, passage = one.partition(": ")
        where = span(prose, passage)
        made.append(
            note(where, int(sign)) if sign.isdigit() else term(where, index) if sign == "T" else tie(where, sign)
        )
    return made


def drawn(page: str) -> str:
    """A page with ‹segments›, (numbers) and {terms}, and without its outermost paragraphs' tags."""
    page = re.sub(r'<a class="(?:ref|tie)[^>]*>([^<]*)</a>', r"(\1)", page)
    page = re.sub(r'<a class="term"[^>]*>((?:(?!</a>).)*)</a>', r"{\1}", page)
    page = re.sub(r'<mark class="hl[^>]*>(?:<span class="k-[^>]*>)*((?:(?!</mark>).)*)</mark>', r"‹\1›", page)
    page = re.sub(r'<span class="tp"[^>]*>([^<]*)</span>', r"‹\1›", page)
    return re.sub(r"</span>(?=›)|</?p>", "", page).strip().replace("</span>›", "›")


CASES = [
    ("A word.", "1: word", "A ‹word›.(1)"),
    ("“A word,” he said.", "1: A word", "“‹A word›,”(1) he said."),
    ("A word .", "1: word", "A ‹word›(1) ."),
    ("A *word*.) B", "1: word", "A <em>‹word›</em>.)(1) B"),
    ("A *word* B", "1: word", "A <em>‹word›</em>(1) B"),
    ("A word*then* B", "1: word", "A ‹word›(1)<em>then</em> B"),
    ("A [long link](b). C", "1: long", 'A <a href="b">‹long› link</a>.(1) C'),
    ("A [long link](b). C", "1: link. C", 'A <a href="b">long ‹link›</a>‹. C›(1)'),
    ("A word. B", "2: word; 1: A word; A: word", "‹A ›‹word›.(1)(2)(A) B"),
    ("A word. B", "1: word; 2: word.", "A ‹word›‹.›(1)(2) B"),
    ("A great word here", "T: great word; 1: great; 2: word here", "A {‹great› ‹word›}(1)‹ here›(2)"),
    ("A *great* word", "T: great word; 1: A great", "‹A ›<em>‹great›</em>(1) word"),
    ("A [great word](b)", "T: great", 'A <a href="b">great word</a>'),
    ("A word  \nB", "1: word", "A ‹word›(1)<br />\nB"),
    ("A word[^1].\n\n[^1]: B", "1: word", "A ‹word›().(1)"),
    ("A word.\n\nB", "1: word.\n\nB", "A ‹word.›\n‹B›(1)"),
    ("A\n\nB", "1: \n\n; 2: B", "A(1)\n‹B›(2)"),
    ("A\n\n![b](c)\n\nD", "1: ¶2", 'A\n<img src="c" alt="b" />(1)\nD'),
    ("![b](c)", "1: ¶1", '<img src="c" alt="b" />(1)'),
    ("A\n\n![b](c)\n\nD", "1: ¶1; 2: D", '‹A›(1)\n<img src="c" alt="b" />\n‹D›(2)'),
    ('A <a href="b">word</a>. C', "1: word; T: word", 'A <a href="b">‹word›</a>.(1) C'),
    ("| a | b |\n|---|---|\n| c. | d |", "1: b\nc", ""),
]


@pytest.mark.parametrize(("source", "passages", "expected"), CASES)
def test_where_marks_stand(source: str, passages: str, expected: str) -> None:
    prose = read(source)
    woven = weave(prose, prose.frame, decorations(prose, passages))
    marks = [event for event in woven if isinstance(event, MarkPoint)]
    assert len(marks) == sum(not one.startswith("T") for one in passages.split("; "))
    if expected:
        assert drawn(html.write(woven, prose, BARE)) == expected


def test_a_mark_after_a_cell_stands_in_the_cell() -> None:
    prose = read("| a | b |\n|---|---|\n| c. | d |")
    page = html.write(weave(prose, prose.frame, decorations(prose, "1: b\nc")), prose, BARE)
    assert re.search(r"<td><mark[^>]*>c</mark>\.<a class=\"ref[^>]*>1</a></td>", page)


def test_a_part_takes_what_lies_in_it() -> None:
    prose = read("One.\n\nTwo words.\n\nThree.")
    middle = tuple(prose.frame[3:6])
    woven = weave(prose, middle, decorations(prose, "1: One; 2: words; 3: Three"))
    assert [event.decoration.key for event in woven if isinstance(event, MarkPoint)] == ["n2"]


def test_a_text_without_words_keeps_its_marks() -> None:
    prose = read("***")
    woven = weave(prose, prose.frame, [note(Span(0, 0), 1)])
    assert [type(event) for event in woven].count(MarkPoint) == 1


def test_lanes_hold_over_a_passages_whole_length_and_the_rest_are_named() -> None:
    prose = read("one *two* three four")
    whole = span(prose, prose.content)
    woven = weave(prose, prose.frame, [note(whole, number) for number in range(1, 6)])
    segments = [event for event in woven if isinstance(event, SegmentOpen)]
    assert [[cover.lane for cover in one.notes] for one in segments] == [[1, 2, 3, 0, 0]] * 3
    assert [one.anchors for one in segments] == [("1", "2", "3", "4", "5"), (), ()]
    assert [[cover.begins for cover in one.notes] for one in segments] == [[True] * 5, [False] * 5, [False] * 5]
    assert [[cover.ends for cover in one.notes] for one in segments] == [[False] * 5, [False] * 5, [True] * 5]


def test_many_notes_on_a_long_paragraph() -> None:
    prose = read("The quick brown fox jumps over the *lazy* dog. " * 20_000)
    length = prose.main.end
    notes = [note(Span(start, start + 200), start) for start in range(0, length - 200, length // 10_000)]
    assert len(notes) >= 9_900
    started = process_time()
    woven = weave(prose, prose.frame, notes)
    page = html.write(woven, prose, BARE)
    assert process_time() - started < 5
    assert page.count('<a class="ref ') == len(notes)


def test_notes_that_all_cover_one_another() -> None:
    prose = read("word " * 2_000)
    notes = [note(Span(start, prose.main.end - start), start) for start in range(1_000)]
    started = process_time()
    page = html.write(weave(prose, prose.frame, notes), prose, BARE)
    assert process_time() - started < 5
    assert page.count('<a class="ref ') == len(notes)
