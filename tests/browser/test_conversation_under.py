"""In one column, on a phone and on paper, each answer stands under what it answers: a stanza, an item, a paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.paper import CAME
from tests.browser.reader import settle, until
from tests.browser.test_library import written
from tests.handouts.sites import lay_out

if TYPE_CHECKING:
    from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.themes("folio")]

POEM = "\n|\n".join(f"| Stanza {one} begins with a line,\n| and ends with another." for one in range(1, 5))
ESSAY = f"""# An essay

Some words.

{POEM}

1. The first item.
2. The second item.
   - An inner item.
3. The third item.

> The quotation begins.
>
> The quotation goes on.

term
: Its definition.

Loose
: What is defined.

  In two paragraphs.

The last paragraph.
"""
LAST = 14
TIED = range(1, LAST + 1)
REPLY = "# A reply\n\n" + "\n\n".join(f"Answer {one} is this." for one in TIED) + "\n"
TIES = "\n".join(f"## reply ¶{one} → essay ¶{one} {{.disputes}}\n" for one in TIED)
PAGE = "under/one/conversation.html"

STANDS = """() => {
  const box = e => e.getBoundingClientRect(), shown = e => e.getClientRects().length > 0;
  const numbers = [...document.querySelectorAll('#essay .pn')].map(e => [Number(e.textContent), box(e).top]);
  return [...document.querySelectorAll('#essay .between')].filter(shown).map(e => {
    const above = numbers.filter(([, top]) => top < box(e).top).map(([number]) => number);
    return [Math.max(...above), Number(/Answer (\\d+)/.exec(e.textContent)[1])];
  });
}"""
"""Of each answer that is shown, the number of the last paragraph that begins above it, and its own."""
ROOM = """() => {
  const all = [...document.querySelectorAll('#essay .stanza')].map(e => e.getBoundingClientRect());
  return all.slice(1).map((e, i) => e.top - all[i].bottom);
}"""

NUMBERED = """() => [...document.querySelectorAll('[id^=essay-p] .ln')].map(e =>
  [e.dataset.n, e.closest('[id^=essay-p]').id])"""
"""Where each of the essay's lines stands that has a number."""


@pytest.fixture(scope="module", autouse=True)
def under(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> None:
    """An essay of everything whose parts have numbers, and a reply to each."""
    place = tmp_path_factory.mktemp("under")
    texts = '[[text]]\nfile = "essay.md"\n[[text]]\nfile = "reply.md"\nresponds-to = "essay"\n'
    files = {
        "site.toml": 'title = "Site"\n',
        "one/edition.toml": f'title = "One edition"\n{texts}',
        "one/essay.md": ESSAY,
        "one/reply.md": REPLY,
        "one/crossrefs.md": TIES,
    }
    lay_out(files, place / "content")
    reader.also("under", written(place))


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("media", ["screen", "print"])
def test_each_answer_stands_under_its_paragraph(reader: Reader, media: Any, script: bool) -> None:
    with reader.read(PAGE, width=360 if media == "screen" else 673, script=script) as page:
        page.emulate_media(media=media)
        settle(page)
        assert page.evaluate(STANDS) == [[one, one] for one in TIED]


def test_in_the_offline_file_too(reader: Reader) -> None:
    with reader.read("under/one/one.offline.html?view=conversation", width=360) as page:
        settle(page)
        assert page.evaluate(STANDS) == [[one, one] for one in TIED]


def test_where_the_texts_face_each_other_nothing_of_it_is_seen(reader: Reader) -> None:
    """Nor between stanzas, which are as far from each other as ever."""
    with reader.read(PAGE, width=1440) as page:
        settle(page)
        assert page.evaluate(STANDS) == []
        room = page.evaluate(ROOM)
        assert len(room) == 3
        assert all(10 < one < 25 for one in room), room


def test_answers_are_no_lines_of_the_text(reader: Reader) -> None:
    """Every fifth line of the essay has its number, as on its own page."""
    found = []
    for name in ("conversation", "index"):
        with reader.read(PAGE.replace("conversation", name), width=673) as page:
            until(page, CAME)
            page.emulate_media(media="print")
            page.evaluate("dispatchEvent(new Event('beforeprint'))")
            found.append(page.evaluate(NUMBERED))
    assert [number for number, _ in found[0]] == ["5", "10", "15", "20"]
    assert found[0] == found[1]
