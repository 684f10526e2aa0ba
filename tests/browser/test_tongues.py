"""Texts that run from right to left: a page that does, and a text that runs contrary to its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.model.site import Page as Made
from builder.pipeline import Options, build
from builder.shell.opening import Opened, open_site
from tests.browser.test_library import written
from tests.handouts.sites import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.themes("folio")]

HEBREW = "השועל קפץ אל הכרם הגבוה ולא הגיע אל הענבים. " * 6
ENGLISH = "The fox leapt at the high vine and did not reach the grapes. " * 6
FILES = {
    "site.toml": 'title = "Readings"\n',
    "ivrit/edition.toml": 'title = "השועל"\nlanguage = "he"\n[[text]]\nfile = "fox.md"\n',
    "ivrit/fox.md": f"{HEBREW}\n\n{HEBREW}\n",
    "ivrit/fox.notes.md": "## ¶1\nהערה.\n\n## ¶2 {.question}\nמדוע?\n",
    "fable/edition.toml": 'title = "The fable"\n[[text]]\nfile = "fox.md"\nsiglum = "A"\n'
    '[[text]]\nfile = "answer.md"\nsiglum = "B"\nlanguage = "he"\nresponds-to = "fox"\n',
    "fable/fox.md": f"{ENGLISH}\n\n{ENGLISH}\n\nAlone.\n",
    "fable/answer.md": f"ראשית {HEBREW}\n\n{HEBREW}\n\nלבד.\n",
    "fable/crossrefs.md": "## answer “ראשית” → fox ¶1 {.disputes}\nA reason.\n",
    "plain/edition.toml": 'title = "Untied"\n[[text]]\nfile = "a.md"\n[[text]]\nfile = "b.md"\n',
    "plain/a.md": "A fox leapt.\n",
    "plain/b.md": "A crow sang.\n",
}


@pytest.fixture(scope="module", autouse=True)
def tongues(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Hebrew edition, an English one with a Hebrew reply, and one without ties or notes, known as `tongues`."""
    place = tmp_path_factory.mktemp("tongues")
    for name, words in FILES.items():
        path = place / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, "utf-8")
    opened = open_site(place / "content")
    assert isinstance(opened, Opened), opened
    for made in build(opened.folder, opened.outline, opened.theme, Options()):
        if isinstance(made, Made):
            path = place / "output" / made.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made.content)
    reader.also("tongues", place / "output")
    return place / "output"


BOXES = """() => {
  const box = e => { const r = document.querySelector(e).getBoundingClientRect(); return [r.left, r.right]; };
  return { key: box('.key'), text: box('.text .tx > p'), note: box('.notes .note'), wide: innerWidth };
}"""


@pytest.mark.parametrize("width", [1440, 1024])
def test_on_a_page_from_right_to_left_nothing_lies_on_the_text(reader: Reader, width: int) -> None:
    with reader.read("tongues/ivrit/index.html", width=width) as page:
        found = page.evaluate(BOXES)
    assert found["note"][0] >= 0
    assert found["note"][1] < found["text"][0], "notes stand to the left of the text"
    assert found["key"][1] <= found["wide"]
    if width == 1440:
        assert found["key"][0] > found["text"][1], "the key stands to the right of it"


FACING = """() => {
  const box = (e) => e.getBoundingClientRect(), one = s => document.querySelector(s);
  const words = side => box(one(`.pane.${side} .para .tx > p`));
  const number = side => box(one(`.pane.${side} .para .pn span`));
  const g = box(one('.gutter'));
  return { left: g.left - words('left').right, right: words('right').left - g.right,
    outer: [words('left').left - number('left').right, number('right').left - words('right').right] };
}"""


def test_words_of_a_contrary_text_stand_at_the_gutter_and_its_numbers_on_the_outer_side(reader: Reader) -> None:
    with reader.read("tongues/fable/conversation.html", width=1440) as page:
        found = page.evaluate(FACING)
    assert abs(found["left"] - found["right"]) < 2
    assert found["left"] < 30
    assert all(away > 0 for away in found["outer"])


@pytest.mark.parametrize("place", ["#crossrefs q", "#_answering_nothing li span", ".between p:last-child"])
def test_foreign_passages_say_their_language(reader: Reader, place: str) -> None:
    with reader.read("tongues/fable/conversation.html") as page:
        one = page.locator(place).first
        assert (one.get_attribute("lang"), one.get_attribute("dir")) == ("he", "rtl")


def test_the_card_of_a_tie_says_the_language_of_its_other_end(tongues: Path) -> None:
    cards = (tongues / "fable/cards.js").read_text("utf-8")
    assert '\\u003cspan lang=\\"he\\" dir=\\"rtl\\">' in cards


def test_a_conversation_without_anything_to_choose_has_no_strip_for_it(reader: Reader) -> None:
    with reader.read("tongues/plain/conversation.html") as page:
        assert page.locator(".tune").count() == 0
        assert page.locator(".pane").count() == 2


def test_a_number_stands_apart_from_its_kind(reader: Reader) -> None:
    with reader.read("tongues/ivrit/index.html") as page:
        gap = page.evaluate(
            """() => {
              const box = s => document.querySelector('.note .nh ' + s).getBoundingClientRect();
              return box('.nn').left - box('.kind').right;
            }"""
        )
    assert gap > 3, "the kind stands left of its number, a space between"


ORDER = """([of, ...signs]) => {
  const block = document.querySelector(of), walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const nodes = []; while (walker.nextNode()) nodes.push(walker.currentNode);
  const place = sign => { for (const node of nodes) { const at = node.data.indexOf(sign); if (at >= 0) {
    const range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + sign.length);
    const box = range.getBoundingClientRect(); return [box.left, box.right]; } } };
  const line = document.createRange(); line.selectNodeContents(block);
  const off = block.parentElement.getBoundingClientRect().right - line.getBoundingClientRect().right;
  return { signs: signs.map(place), off };
}"""


@pytest.mark.parametrize(
    "signs",
    [
        (".about .qm", "2", "notes"),
        (".colophon > p:last-child", "Set in", "Made with", "Glossator", "Keyboard"),
        (".how", "In", "“", "השועל", "Readings", "Version"),
    ],
)
def test_the_themes_words_keep_their_order_on_a_page_from_right_to_left(reader: Reader, signs: tuple[str, ...]) -> None:
    """In English, for which the theme has words; the line stands at the side at which all do."""
    with reader.read("tongues/ivrit/index.html", width=1440) as page:
        found = page.evaluate(ORDER, list(signs))
    lefts = [left for left, _ in found["signs"]]
    assert lefts == sorted(lefts), found
    assert abs(found["off"]) < 2


ENDS = """() => {
  const words = document.querySelector('.wordmark').firstChild, box = (from, to) => {
    const range = document.createRange();
    range.setStart(words, from);
    range.setEnd(words, to);
    return range.getBoundingClientRect();
  };
  return [box(0, 3).left, box(words.length - 5, words.length - 1).left, box(words.length - 1, words.length).left];
}"""


def test_the_title_of_the_site_keeps_its_order_on_a_page_that_runs_from_the_right(
    reader: Reader, tmp_path: Path
) -> None:
    files = {**FILES, "site.toml": 'title = "Rev & six <site>"\n'}
    reader.also("titled", written(lay_out({f"content/{at}": words for at, words in files.items()}, tmp_path)))
    for name in ("ivrit", "fable"):
        with reader.read(f"titled/{name}/index.html") as page:
            ends = page.evaluate(ENDS)
            assert ends == sorted(ends), name
