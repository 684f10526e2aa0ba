"""Paragraphs that are kept from one build for the next: what is made with them is what is made from nothing."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builder.parse import known_notes, lock
from builder.pipeline.memo import read_memo, write_memo
from builder.render import keeping, plain_pieces
from builder.render.reprint import Reprint
from tests.pipeline.edits import Site
from tests.pipeline.test_equal import made, written

if TYPE_CHECKING:
    from builder.pipeline import Making
    from tests.pipeline.test_equal import Output

WORDS = ("fox", "grapes", "trellis", "vine", "ladder", "harvest", "sour", "ripe", "leap", "fable", "moral", "well")
EDITION = 'title = "Foxes"\n[[text]]\nfile = "essay.md"\nsiglum = "A"\n[[text]]\nfile = "reply.md"\n'
PARAGRAPHS = 24
ODD = {
    3: "A *starred* {0} and **bold** words {1}.",
    6: "> Quoted: {0} said so, {1}.",
    8: "See [the web](https://example.org/{2}) for {0}, {1}.",
    11: "- an item {0}\n- another {1}",
    13: "With a footnote[^n] here {0}, {1}.",
    16: "Some `code` of {0} & <{1}>.",
    19: "## A heading of {0} {1}",
}
"""Paragraph -> how it stands, where that isn't plainly."""


def words(number: int) -> str:
    """Some that stand in one paragraph alone."""
    return f"of the {number}th kind"


def text(chance: random.Random) -> str:
    """A text of which most paragraphs are plain."""
    found = []
    for number in range(PARAGRAPHS):
        some = [" ".join(chance.choice(WORDS) for _ in range(6)), words(number)]
        found.append(ODD.get(number, "So went {0}, {1}, and on.").format(*some, number))
    return "# Of foxes\n\n" + "\n\n".join(found) + "\n\n[^n]: A note of the author's.\n"


def notes() -> str:
    """Two on each paragraph, most of them plain; one over two paragraphs, one on all, one that lost its words."""
    found = []
    for number in range(PARAGRAPHS):
        found.append(
            f"## {words(number)} {{#on{number} .{chance_kind(number)}}}\nWhat is said of *{number}*: a vine.\n"
        )
        if number % 3 == 0:
            found.append(f"## {number}th kind {{#more{number}}}\nMore & more, “{number}”.\n")
        if number % 7 == 0:
            found.append(f"## {number}th {{#mark{number} .highlight}}\n")
    found.append("## of the 20th kind … of the 21th kind {#over}\nOver two.\n")
    found.append("## * {#all}\nOn the whole.\n")
    found.append("## nowhere at all {#lost}\nIt lost its words.\n")
    found.append("## of the 1th kind {#refers}\nSee [[#on2]], [[Fox]], [[essay ¶5]].\n")
    found.append('## of the 4th kind {#reply re="on4"}\nNo.\n')
    return "\n".join(found)


def chance_kind(number: int) -> str:
    return ("context", "question", "language")[number % 3]


def site() -> Site:
    chance = random.Random(7)
    return Site(
        {
            "site.toml": 'title = "Fables"\n[quality]\nG201 = "ignore: one is lost on purpose"\n',
            "glossary.md": "## Fox\nA beast of fables.\n\n## vine\nIt bears grapes.\n",
            "foxes/edition.toml": EDITION,
            "foxes/essay.md": text(chance),
            "foxes/reply.md": "# A reply\n\nIt was so.\n\nNot so.\n",
            "foxes/essay.notes.md": notes(),
            "foxes/reply.notes.md": "## It was {#there}\nWas it?\n",
            "foxes/crossrefs.md": "## reply ¶1 → essay ¶10 {#tie .answers}\nIt answers.\n",
        }
    )


def edited(before: Site, chance: random.Random) -> Site:
    """One edit to a text: a word, a paragraph more, one less, two that change places, the title."""
    path = "foxes/essay.md"
    head, *paragraphs = before.files[path].split("\n\n")
    one, other = sorted(chance.sample(range(len(paragraphs) - 1), 2))
    what = chance.choice(("word", "word", "word", "more", "less", "moved", "title", "reply"))
    if what == "word":
        some = paragraphs[one].split(" ")
        some[chance.randrange(len(some))] = chance.choice(WORDS)
        paragraphs[one] = " ".join(some)
    elif what == "more":
        paragraphs.insert(one, f"Anew: {chance.choice(WORDS)}.")
    elif what == "less":
        del paragraphs[one]
    elif what == "moved":
        paragraphs[one], paragraphs[other] = paragraphs[other], paragraphs[one]
    elif what == "title":
        head += chance.choice("!?.")
    files = {**before.files, path: "\n\n".join((head, *paragraphs))}
    if what == "reply":
        files["foxes/reply.md"] += f"\n{chance.choice(WORDS)}.\n"
    return before.done(what, files)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_what_would_be_made(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MANY", 1)
    chance, now = random.Random(seed), site()
    output: Output = {}
    before: Making | None = None
    kept = count_kept(monkeypatch)
    for step in range(10):
        if step:
            now = edited(now, chance)
        if before is not None and chance.random() < 0.5:
            forgotten()  # as by a program that is started anew
            memo = write_memo(before)
            before = read_memo(replace(memo, editions={**memo.editions}, givens={**memo.older, **memo.givens}))
        locks: dict[str, str] = {}
        output, told, before = made(now.folder(), now.theme(), before, output, locks)
        assert before is not None
        clean, clean_told, _ = made(now.folder(), now.theme(), None, {}, {})
        assert sorted(output) == sorted(clean)
        for path, content in clean.items():
            assert output[path] == content, f"seed {seed}, step {step}: {path} after {now.log[-3:]}"
        assert sorted(told) == sorted(clean_told)
        now, before = written(now, locks, before)
    assert sum(kept) > 20, "hardly any paragraph was kept"


def test_the_file_that_needs_no_other_takes_over_what_the_page_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte what is set for it alone; what leads to another page, or shows a picture, is not taken over."""
    taken: dict[str, bool] = {}
    stood = Reprint.stood

    def counted(self: Reprint, piece: str) -> bool:
        taken[piece] = stood(self, piece)
        return taken[piece]

    monkeypatch.setattr(Reprint, "stood", counted)
    path, now = "foxes/essay.notes.md", site()
    more = "\n## of the 5th {#web}\n<https://example.org/>\n\n## of the 10th {#drawn}\n![A fox](fox.svg)\n"
    now = now.done("a link", {**now.files, path: now.files[path] + more, "foxes/fox.svg": "<svg/>"})
    outputs: list[Output] = []
    for many in (1, 10**6):
        monkeypatch.setattr(keeping, "MANY", many)
        outputs.append(made(now.folder(), now.theme(), None, {}, {})[0])
    assert outputs[0] == outputs[1]
    assert "foxes/foxes.offline.html" in outputs[0]
    assert 5 < sum(taken.values()) < len(taken)
    assert not taken["essay-p11"], "a note on it shows a picture"


def test_a_program_that_stays_lists_a_note_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the third build on what the list says of a note is at hand; and it is what would be said anew."""
    monkeypatch.setattr(keeping, "MANY", 1)
    again: list[bool] = []
    listed = keeping.Keeper.listed

    def counted(keeper: keeping.Keeper, note: str) -> object:
        found = listed(keeper, note)
        again.append(found is not None)
        return found

    monkeypatch.setattr(keeping.Keeper, "listed", counted)
    now = site()
    output: Output = {}
    before: Making | None = None
    for word in ("went", "goes", "leapt"):
        again.clear()
        words = now.files["foxes/essay.md"].replace("So went", f"So {word}", 1)
        now = now.done("a word", {**now.files, "foxes/essay.md": words})
        output, _, before = made(now.folder(), now.theme(), before, output, {})
    assert 10 < sum(again) < len(again)
    assert output == made(now.folder(), now.theme(), None, {}, {})[0]


def forgotten() -> None:
    """What a program that stays has at hand is gone."""
    for known in (keeping.AT_HAND, known_notes.AT_HAND, lock.AT_HAND):
        known.clear()


def count_kept(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many paragraphs were taken from the pages of the last build, each time that any were sorted."""
    found: list[int] = []
    sort = keeping.Keeper.sort

    def counted(keeper: keeping.Keeper, *given: object) -> dict[int, plain_pieces.Plain]:
        plain = sort(keeper, *given)  # type: ignore[arg-type]
        found.append(sum(keeper.stood(one.id) for one in plain.values()))
        return plain

    monkeypatch.setattr(keeping.Keeper, "sort", counted)
    return found


@pytest.mark.parametrize("path", ["foxes/index.html", "foxes/notes.html"])
def test_a_page_that_became_another_gives_nothing_to_a_program_that_stays(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MANY", 1)
    now = site()
    output, _, before = made(now.folder(), now.theme(), None, {})
    again = edited(now, random.Random(2))
    kept = count_kept(monkeypatch)
    content = output[path]
    assert isinstance(content, bytes)
    found, _, _ = made(again.folder(), again.theme(), before, output | {path: content.replace(b"on", b"no", 1)})
    assert not any(kept)
    assert found == made(again.folder(), again.theme(), None, {})[0]


@pytest.mark.parametrize("path", ["foxes/index.html", "foxes/notes.html"])
@pytest.mark.parametrize("what", ["page", "memo"])
def test_a_page_that_is_another_gives_nothing(path: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MANY", 1)
    now = site()
    output, _, before = made(now.folder(), now.theme(), None, {})
    assert before is not None
    assert json.loads(before.kept["foxes"].split("\n")[1])[2]
    kept = count_kept(monkeypatch)
    standing = dict(output)
    if what == "page":
        content = standing[path]
        assert isinstance(content, bytes)
        standing[path] = content.replace(b"on", b"no", 1)
    else:
        before = replace(before, kept={"foxes": before.kept["foxes"].partition("\n")[0]})
    again = edited(now, random.Random(2))
    clean, _, _ = made(again.folder(), again.theme(), None, {})
    kept.clear()
    found, _, _ = made(again.folder(), again.theme(), before, standing)
    assert not any(kept)
    assert found == clean


@pytest.mark.parametrize("path", ["foxes/essay.notes.md", "glossary.md", "site.toml", "foxes/crossrefs.md"])
def test_whatever_else_changes_gives_nothing(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MANY", 1)
    now = site()
    output, _, before = made(now.folder(), now.theme(), None, {})
    again = replace(now, files={**now.files, path: now.files[path] + "\n"})
    clean, _, _ = made(again.folder(), again.theme(), None, {})
    kept = count_kept(monkeypatch)
    found, _, _ = made(again.folder(), again.theme(), before, output)
    assert not any(kept)
    assert found == clean


def test_templates_of_a_sites_own_are_never_taken_for_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MANY", 1)
    now = site()
    _, _, making = made(now.folder(), replace(now.theme(), known=False), None, {})
    assert making is not None
    assert not making.kept["foxes"]


def test_small_editions_keep_nothing() -> None:
    now = site()
    _, _, making = made(now.folder(), now.theme(), None, {})
    assert making is not None
    assert not making.kept["foxes"]


FEWER = {
    "HTML of the author's": ("foxes/essay.md", "\n\nWith <kbd>x</kbd>.\n", False),
    "a note on the title": ("foxes/essay.notes.md", '\n## Of foxes {#titled in="title"}\nA title.\n', True),
    "a tie to the title": ("foxes/crossrefs.md", "\n## reply ¶2 → essay title {#titled .answers}\nSo.\n", True),
    "a note on a picture": ("foxes/essay.notes.md", "\n## ¶2 {#drawn}\nA picture.\n", False),
    "a tie to a picture": ("foxes/crossrefs.md", "\n## reply ¶2 → essay ¶2 {#drawn .answers}\nSo.\n", False),
    "a note on a footnote": ("foxes/essay.notes.md", '\n## the author {#foot in="fn1"}\nWho?\n', True),
    "a term in the dek": ("foxes/edition.toml", "dek = true\n", True),
}
"""What else stands there -> whether any paragraph of the essay is kept all the same."""


@pytest.mark.parametrize("what", FEWER)
def test_what_makes_paragraphs_hang_on_more_than_themselves(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MANY", 1)
    path, more, keeps = FEWER[what]
    now = site()
    words = now.files["foxes/essay.md"].replace("\n\n", "\n\nOf a fox and of a vine.\n\n![A fox](fox.svg)\n\n", 1)
    now = replace(now, files={**now.files, "foxes/essay.md": words, "foxes/fox.svg": "<svg/>"})
    old = now.files[path]
    typed = old.replace("[[text]]", f"[[text]]\n{more}", 1) if path.endswith(".toml") else old + more
    now = replace(now, files={**now.files, path: typed})
    output, told, before = made(now.folder(), now.theme(), None, {})
    assert not [one for one in told if "G6" not in one], told
    again = replace(now, files={**now.files, "foxes/essay.md": words.replace("So went", "So go", 1)})
    kept = count_kept(monkeypatch)
    found, _, _ = made(again.folder(), again.theme(), before, output)
    assert bool(kept[0]) == keeps
    kept.clear()
    clean, _, _ = made(again.folder(), again.theme(), None, {})
    assert found == clean


def test_what_does_not_stand_in_the_pages_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor what no template has set."""
    monkeypatch.setattr(keeping, "MANY", 1)
    written_as = keeping.Keeper.written

    def writing(keeper: keeping.Keeper, made: dict[str, bytes]) -> str:
        assert written_as(keeper, made)
        assert written_as(keeper, {path: content[:99] for path, content in made.items()}) == ""
        for slot in keeper.slots.values():
            slot.made = None
        assert written_as(keeper, made) == ""
        return ""

    monkeypatch.setattr(keeping.Keeper, "written", writing)
    _, _, making = made(site().folder(), site().theme(), None, {})
    assert making is not None
    assert not making.kept["foxes"]
