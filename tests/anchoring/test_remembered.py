"""Whatever quotes words of a text is found again alike: notes, both ends of ties, questions, references, glossary."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from builder.model.note import Anchor, Audience, State
from builder.model.site import Folder, Source
from builder.model.view import View
from builder.parse.lock import parse
from builder.parse.site import parse_outline
from builder.pipeline.mending import mended_editions
from builder.pipeline.reading import Reading
from builder.pipeline.reviewing import doubt, doubtful
from builder.pipeline.sought import Stacks, sought
from builder.relate.locking import founds_of
from builder.shell import listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.lock import Key
    from builder.model.note import Found

GARDEN = "A hungry fox came into a garden and saw grapes on a high trellis there."
SUN = "The evening sun shone through them, and they were ripe and sweet."
LEAP = "He leapt for them and missed, went back, ran, and leapt once more."
SOUR = "“They are sour anyway,” he said to the hens by the wall that day."
HENS = "The hens had heard it all before, and went on scratching in the sand."
OWL = "An owl looked on from the barn, and thought of other things by far."
QUOTED = "evening sun shone through"
FILES = {
    "fox.notes.md": "## {quoted}{in} {{#note}}\nSee [[fox{block} “{quoted}”]] and [[fox{block} “{quoted}” | there]].\n",
    "crossrefs.md": "## fox{block} “{quoted}” <-> fox title {{#tie}}\nWhy.\n",
    "questions.md": '## Why? {{#q about="fox title; fox{block} “{quoted}”"}}\nSo.\n',
    "glossary.md": '## glow {{at="fox{block} “{quoted}”" not-at="fox{block} “{quoted}”"}}\nA light.\n',
}
KEYS: tuple[Key, ...] = (
    ("note", "note", 0),
    ("crossref", "tie", 0),
    ("question", "q", 1),
    ("at", "glow", 0),
    ("not-at", "glow", 0),
)


class Fables:
    """A small edition, its lock, and what is read of it."""

    def __init__(self, paragraphs: tuple[str, ...], files: Mapping[str, str], lock: str = "") -> None:
        said = {"fox.md": "# The fox\n\n" + "".join(f"{one}\n\n" for one in paragraphs), **files}
        said |= {"edition.toml": 'title = "T"\n[[text]]\nfile = "fox.md"\n'}
        said |= {"anchors.lock": lock} if lock else {}
        sources = {f"fables/{name}": Source(f"fables/{name}", text, text) for name, text in said.items()}
        sources["site.toml"] = Source("site.toml", 'title = "T"\n', "")
        outline, told = parse_outline(Folder(sources, {}))
        assert outline is not None, told
        self.folder, self.outline = Folder(sources, {}), outline
        self.reading = Reading(self.folder, outline, View(audience=Audience.TEACHER))
        anchored, slips = self.reading.anchored("fables")
        assert anchored is not None, slips
        self.anchored = anchored
        self.referred, more, _ = self.reading.referred(anchored, self.reading.view)
        self.told = (*slips, *more)
        self.content = anchored.edition.texts[0].prose.content
        made = self.reading.lock("fables")
        assert made is not None
        self.lock = made.text
        self.founds: dict[Key, Found] = {key: found for key, _, _, found in founds_of(anchored)}

    def codes(self) -> list[str]:
        """What is told, sorted."""
        return sorted(one.code for one in self.told)


def written(quoted: str, block: str = "") -> dict[str, str]:
    """The files of those that quote some words."""
    said = {"quoted": quoted, "block": f" {block}" if block else "", "in": f' {{in="{block}"' if block else ""}
    files = {name: text.format(**said) for name, text in FILES.items()}
    return {name: text.replace(f'in="{block}" {{#note', f'in="{block}" #note') for name, text in files.items()}


def keys(quoted: str, block: str = "") -> tuple[Key, ...]:
    """All selectors of these files on the words."""
    return (*KEYS, ("quoted", f"fox{f' {block}' if block else ''} “{quoted}”", 0))


CASES = {
    "exact": ((GARDEN, SUN, LEAP, SOUR), (GARDEN + " Alone.", SUN, LEAP, SOUR), "exact", ""),
    "reworded": ((GARDEN, SUN, LEAP), (GARDEN, SUN.replace("shone", "shines"), LEAP), "reworded", "G209"),
    "moved": ((GARDEN, SUN, LEAP, SOUR, OWL), (GARDEN, LEAP, SOUR, OWL, SUN), "moved", "G208"),
    "lost": ((GARDEN, SUN, LEAP), (GARDEN, HENS, LEAP), "lost", "G210"),
    "ambiguous": (
        (GARDEN, SUN, LEAP, SOUR, OWL),
        (GARDEN, LEAP, f"{HENS} {SUN} {OWL}", SOUR, f"{HENS} {SUN} {OWL}"),
        "ambiguous",
        "G215",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_all_are_found_again_alike(case: str) -> None:
    before, after, state, code = CASES[case]
    first = Fables(before, written(QUOTED))
    assert {one.code for one in first.told} == set()
    assert {first.founds[key].state.value for key in keys(QUOTED)} == {"exact"}
    now = Fables(after, written(QUOTED), first.lock)
    assert {key: now.founds[key].state.value for key in keys(QUOTED)} == dict.fromkeys(keys(QUOTED), state)
    # one for each selector, and one for each place of the reference
    assert now.codes() == [code] * (7 if code else 0)
    spans = {found.span for key in keys(QUOTED) if isinstance(found := now.founds[key], Anchor)}
    assert len(spans) == (state in ("exact", "reworded", "moved"))
    again = Fables(after, written(QUOTED), now.lock)
    assert again.lock == now.lock
    assert again.told == now.told
    assert again.founds == {**again.founds, **{key: now.founds[key] for key in keys(QUOTED)}}
    home = Fables(before, written(QUOTED), now.lock)
    assert {home.founds[key].state.value for key in keys(QUOTED)} <= {"exact", "moved"}


def test_what_never_stood_is_told_as_ever_and_not_remembered() -> None:
    first = Fables((GARDEN, SUN), written("a light in the east"))
    assert {first.founds[key].state.value for key in keys("a light in the east")} == {"never found"}
    assert set(first.codes()) == {"G201", "G405"}
    assert not [one for one in parse(first.lock).selectors if one.key in keys("a light in the east")]


def test_beside_a_number_that_another_paragraph_has_now() -> None:
    first = Fables((GARDEN, SUN, LEAP), written(QUOTED, "¶2"))
    assert first.codes() == []
    now = Fables((GARDEN, HENS, SUN, LEAP), written(QUOTED, "¶2"), first.lock)
    assert now.codes() == ["G214"] * 7
    assert {one.hint.partition(";")[0] for one in now.told} == {"write ¶3", 'write in="¶3"'}
    link = now.referred.about["q"][1]
    assert link.span is not None
    assert now.content[link.span.start : link.span.end] == QUOTED


@pytest.mark.parametrize(
    ("after", "state", "now"),
    [
        ((GARDEN, HENS, SUN, LEAP), "moved", SUN),
        ((GARDEN, LEAP), "lost", ""),
        ((GARDEN, SUN.replace("ripe", "soft"), LEAP), "reworded", SUN.replace("ripe", "soft")),
    ],
)
def test_a_question_about_a_paragraph_follows_it(after: tuple[str, ...], state: str, now: str) -> None:
    """`check` and `anchors` say the same, and the page leads there or nowhere."""
    files = {"questions.md": '## Why? {#q about="fox ¶2; fox"}\nSo.\n', "fox.notes.md": "## ¶2 {#n}\nN.\n"}
    first = Fables((GARDEN, SUN, LEAP), files)
    then = Fables(after, files, first.lock)
    assert [one.code for one in then.told] == [{"moved": "G214", "lost": "G210", "reworded": "G209"}[state]] * 2
    rows = {(row.kind, row.index): row for row in listing.rows(then.referred)}
    for key in (("question", 0), ("note", 0)):
        assert (rows[key].state, rows[key].found or "") == (state, now)
    assert rows["question", 1].state == "exact"
    address = then.referred.about["q"][0].address
    assert (address.id if address else "") == ("fox-p2" if now else "")
    assert Fables(after, files, then.lock).lock == then.lock


def test_what_an_older_lock_knows_of_questions_is_not_forgotten() -> None:
    """It had the paragraphs alone, in lines of another sort."""
    files = {"questions.md": '## Why? {#q about="fox ¶2; fox ¶2 “evening sun”"}\nSo: [[fox ¶2 “ripe and sweet”]].\n'}
    lock = Fables((GARDEN, SUN, LEAP), files).lock
    older = re.sub(r"(?m)^(?:question|quoted)\t.*\n", "", lock)
    assert older.count("\n") == lock.count("\n") - 3
    older += "ref\tanswer:q\t0\tfox ¶2 “ripe and sweet”\tfox\tp2\n"
    for index, typed in enumerate(("fox ¶2", "fox ¶2 “evening sun”")):
        older += f"ref\tabout:q\t{index}\t{typed}\tfox\tp2\n"
    now = Fables((GARDEN, HENS, SUN, LEAP), files, older)
    assert now.codes() == ["G214"] * 3
    assert [row.found for row in listing.rows(now.referred)] == [SUN, "evening sun"]


def test_each_field_of_the_list_is_true_of_the_text() -> None:
    """For each note, both ends of each cross-reference and each question's place, in every state."""
    files = {
        "fox.notes.md": "## evening sun {#kept}\nN.\n\n## hungry fox {#changed}\n## leapt once more\nN.\n\n"
        "## sour anyway {#gone}\nN.\n\n## ¶3 {#whole}\nN.\n\n## on a high … ripe {#range}\nN.\n",
        "crossrefs.md": "## fox “grapes” → fox “ran” {#tie}\nWhy.\n",
        "questions.md": '## Why? {#q about="fox “high trellis”; fox ¶3; fox; #kept"}\nSo.\n',
    }
    first = Fables((GARDEN, SUN, LEAP, SOUR), files)
    changed = GARDEN.replace("hungry", "hungri")
    now = Fables((OWL, changed, SUN, LEAP, HENS), files, first.lock)
    rows = {(row.kind, row.id, row.index): row for row in listing.rows(now.referred)}
    states = {key: row.state for key, row in rows.items()}
    assert states == {
        ("note", "kept", 0): "exact",
        ("note", "changed", 0): "reworded",
        ("note", "changed", 1): "exact",
        ("note", "gone", 0): "lost",
        ("note", "whole", 0): "moved",
        ("note", "range", 0): "exact",
        ("crossref", "tie", 0): "exact",
        ("crossref", "tie", 1): "exact",
        ("question", "q", 0): "exact",
        ("question", "q", 1): "moved",
        ("question", "q", 2): "exact",
    }
    paragraphs = now.content.split("\n\n")
    for key, row in rows.items():
        assert row.text == "fox"
        if row.state == "lost":
            assert (row.start, row.end, row.block, row.score, row.found) == (None, None, None, None, None)
            continue
        assert row.start is not None
        assert row.end is not None
        assert now.content[row.start : row.end] == row.found, key
        number = now.content.count("\n\n", 0, row.start)
        assert row.block == (f"p{number}" if number else "title")
        assert row.found in (*paragraphs, now.content) or row.found in paragraphs[number] or row.id == "range"
        assert (row.score == 1.0) is (row.state != "reworded")
    assert rows["note", "changed", 0].score == pytest.approx(0.89, abs=0.03)
    assert [rows["note", "changed", index].quotation for index in (0, 1)] == ["hungry fox", "leapt once more"]
    assert [rows["note", "changed", index].found for index in (0, 1)] == ["hungri fox", "leapt once more"]
    assert rows["question", "q", 1].found == LEAP
    told = {(one.place.line, one.code) for one in now.told if one.code != "G201"}
    assert len(told) >= sum(state != "exact" for state in states.values())
    assert {key for key in rows if key != ("question", "q", 2)} == {one.key for one in sought(now.anchored)}


NUMBERED = "## * {{#n}}\nSee [[fox {}]].\n"


def test_advice_that_stays_true() -> None:
    """Whatever is written anew means what stands there now: a number in its other way of being written, each time."""
    paragraphs: tuple[str, ...] = (GARDEN, SUN, LEAP)
    typed, lock = "¶2", ""
    for newcomer in (HENS, OWL, SOUR):
        lock = Fables(paragraphs, {"fox.notes.md": NUMBERED.format(typed)}, lock).lock
        paragraphs = (newcomer, *paragraphs)
        now = Fables(paragraphs, {"fox.notes.md": NUMBERED.format(typed)}, lock)
        (told,) = now.told
        assert told.code == "G214"
        assert told.hint.startswith("write ¶3; `glossator check --fix` does it; if ¶2 of now is meant, write it anew ")
        typed = told.hint.rpartition(" ")[2]
        assert Fables(paragraphs, {"fox.notes.md": NUMBERED.format(typed)}, now.lock).told == ()


@pytest.mark.parametrize(
    ("typed", "wanted", "after"),
    [
        ("¶3", "¶2", (GARDEN, f"{SUN} {LEAP}", SOUR)),
        ("p3", "p2", (GARDEN, f"{SUN} {LEAP}", SOUR)),
        ("¶2-3", "¶2", (GARDEN, f"{SUN} {LEAP}", SOUR)),
        ("¶3", "¶2", (GARDEN, f"{SUN} {LEAP.replace('ran, and', 'and')}", SOUR)),
        ("¶2", "", (GARDEN, f"{SUN} {LEAP}", SOUR)),
    ],
)
def test_a_number_follows_its_paragraph_into_another(typed: str, wanted: str, after: tuple[str, ...]) -> None:
    files = {"fox.notes.md": NUMBERED.format(typed)}
    lock = Fables((GARDEN, SUN, LEAP, SOUR), files).lock
    for _ in range(3):  # a build in between makes nothing right, and forgets nothing
        now = Fables(after, files, lock)
        assert [one.wanted for one in now.reading.renumbered("fables")] == ([f"fox {wanted}"] if wanted else [])
        assert [one.code for one in now.told] == ["G214"] * bool(wanted)
        assert not wanted or f"what it meant is {wanted.replace('p', '¶')}" in now.told[0].message
        lock = now.lock
    assert not wanted or Fables(after, {"fox.notes.md": NUMBERED.format(wanted)}, lock).told == ()


def test_of_a_paragraph_that_is_gone_it_is_said_what_stands_there() -> None:
    files = {"fox.notes.md": NUMBERED.format("¶2")}
    lock = Fables((GARDEN, SUN, LEAP), files).lock
    (told,) = Fables((GARDEN, LEAP), files, lock).told
    assert "is gone, or became a part of another" in told.message
    assert told.hint == (
        "say what is meant now (¶1 stands where it stood); if ¶2 of now is meant, write it anew in its other form, p2"
    )


def test_a_review_offers_what_the_number_means_now() -> None:
    files = {"fox.notes.md": "## ¶2 {#n}\nN.\n", "questions.md": '## Why? {#q about="fox ¶2"}\nSo.\n'}
    lock = Fables((GARDEN, SUN, LEAP), files).lock
    now = Fables((GARDEN, HENS, SUN, LEAP), files, lock)
    assert {one.hint for one in now.told} == {
        "write ¶3; `glossator check --fix` does it; if ¶2 of now is meant, say so in `glossator review`"
    }
    stacks = Stacks(now.anchored.edition)
    for one in doubtful(now.anchored, stacks):
        options = doubt(one, stacks, now.reading.memories("fables").get(one.key)).options
        assert [(now.content[each.span.start : each.span.end], each.stands) for each in options] == [
            (SUN, False),
            (HENS, True),
        ]
        said = Anchor(one.selector, options[1].span, State.EXACT, 1.0)
        made = now.reading.lock("fables", {one.key: said})
        assert made is not None
        assert Fables((GARDEN, HENS, SUN, LEAP), files, made.text).founds[one.key] == said


@pytest.mark.parametrize(
    ("files", "after", "written_anew"),
    [
        (
            written(QUOTED),
            (GARDEN, SUN.replace("shone through", "shone down through"), LEAP),
            "evening sun shone down through",
        ),
        (written(QUOTED, "¶2"), (GARDEN, HENS, SUN, LEAP), "¶3"),
    ],
)
def test_what_is_sure_is_written_anew_wherever_it_is_quoted(
    files: dict[str, str], after: tuple[str, ...], written_anew: str
) -> None:
    lock = Fables((GARDEN, SUN, LEAP), files).lock
    now = Fables(after, files, lock)
    (mended,) = mended_editions(now.folder, now.outline)
    assert mended.refused == ()
    assert {one.sought.key for one in mended.done} == {
        key for key, found in now.founds.items() if found.state is not State.EXACT
    }
    changed = {file.path.removeprefix("fables/"): file.text for file in mended.files}
    assert changed.keys() == files.keys()
    assert sum(text.count(written_anew) for text in changed.values()) == 7
    assert Fables(after, changed, now.lock).told == ()


TURNED = SUN.replace("were ripe", "were not ripe")


@pytest.mark.parametrize(
    ("typed", "anew", "words", "after"),
    [
        ("¶2", "¶3", TURNED, (HENS, GARDEN, TURNED, LEAP, SOUR)),
        ("¶2-3", "¶3-4", f"{TURNED}\n\n{LEAP}", (HENS, GARDEN, TURNED, LEAP, SOUR)),
        (
            "¶3",
            "¶2",
            f"{TURNED} {LEAP.replace('once', 'twice')}",
            (GARDEN, f"{TURNED} {LEAP.replace('once', 'twice')}", SOUR),
        ),
    ],
)
def test_a_number_that_is_set_right_settles_nothing_of_the_words(
    typed: str, anew: str, words: str, after: tuple[str, ...]
) -> None:
    """Whether `check --fix` writes it or a hand does, with a build in between or without: until a review settles it."""
    files = {"fox.notes.md": f"## {typed} {{#n}}\nN.\n", "questions.md": f'## Why? {{#q about="fox {typed}"}}\nSo.\n'}
    first = Fables((GARDEN, SUN, LEAP, SOUR), files)
    now = Fables(after, files, first.lock)
    assert now.codes() == ["G209"] * 2 + ["G214"] * 2
    built = Fables(after, files, now.lock)
    assert (built.told, built.lock) == (now.told, now.lock)
    (mended,) = mended_editions(now.folder, now.outline)
    assert {one.reason.partition("; ")[2] for one in mended.done} == {"its words changed too, and that stays in doubt"}
    changed = {name: text.replace(typed, anew) for name, text in files.items()}
    assert {file.path.removeprefix("fables/"): file.text for file in mended.files} == changed
    for lock in (first.lock, now.lock):
        for _ in range(2):
            then = Fables(after, changed, lock)
            assert then.codes() == ["G209"] * 2
            assert [mend.done for mend in mended_editions(then.folder, then.outline)] == []
            lock = then.lock
    (found, *_) = then.anchored.notes["n"]
    assert isinstance(found, Anchor)
    assert then.content[found.span.start : found.span.end] == words
    said = {
        key: Anchor(then.founds[key].selector, found.span, State.EXACT, 1.0)
        for key in (("note", "n", 0), ("question", "q", 0))
    }
    settled = then.reading.lock("fables", said)
    assert settled is not None
    assert Fables(after, changed, settled.text).told == ()


def test_another_number_is_another_paragraph() -> None:
    """Of words within a paragraph, and of another one than was meant, nothing is remembered of the whole."""
    changed = SUN.replace("ripe", "soft")
    for old, new in (("¶1", "¶2"), ("¶2", "¶2-3"), ("¶1-2", "¶2"), ("evening sun", "¶2"), ("¶2", "evening sun")):
        lock = Fables((GARDEN, SUN, LEAP), {"fox.notes.md": f"## {old} {{#n}}\nN.\n"}).lock
        then = Fables((GARDEN, changed, LEAP), {"fox.notes.md": f"## {new} {{#n}}\nN.\n"}, lock)
        assert then.told == ()


@pytest.mark.parametrize(
    ("reworded", "sure"),
    [
        ("The evening sun shines through", True),
        ("The evening sun never shone through", False),
        ("The evening sun shone not through", False),
        ("The 2 evening suns shone through", False),
        ("The evening moonlight came through", False),
    ],
)
@pytest.mark.parametrize("typed", ["¶2", "The evening sun shone through"])
def test_a_hint_names_check_fix_where_it_settles(reworded: str, sure: bool, typed: str) -> None:
    files = {"fox.notes.md": f"## {typed} {{#n}}\nN.\n"}
    after = (GARDEN, SUN.replace("The evening sun shone through", reworded), LEAP)
    now = Fables(after, files, Fables((GARDEN, SUN, LEAP), files).lock)
    (told,) = now.told
    assert told.code == "G209"
    assert ("check --fix" in told.hint) is sure
    assert "`glossator review`" in told.hint
    assert [len(one.done) for one in mended_editions(now.folder, now.outline)] == ([1] if sure else [])


@pytest.mark.parametrize("built", [False, True])
def test_a_range_whose_settings_were_written_anew_is_told_of_as_if_they_were_not(built: bool) -> None:
    """What its words were isn't forgotten with the number; of other ends, and of the same words, nothing is told."""
    typed = '## The evening sun … ripe {{#n in="{}"}}\nN.\n'
    first = Fables((GARDEN, SUN, LEAP), {"fox.notes.md": typed.format("¶2")})
    for words, codes in ((SUN.replace("through", "kindly on"), ["G209"]), (SUN, [])):
        after = (GARDEN, HENS, words, LEAP)
        lock = Fables(after, {"fox.notes.md": typed.format("¶2")}, first.lock).lock if built else first.lock
        anew = {"fox.notes.md": typed.format("¶3")}
        now = Fables(after, anew, lock)
        assert now.codes() == codes
        assert Fables(after, anew, now.lock).told == now.told
        ends = {"fox.notes.md": typed.format("¶3").replace("ripe", "sweet")}
        assert Fables(after, ends, lock).told == ()
