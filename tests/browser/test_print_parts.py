"""On paper, from the browser: code, tables, lists and definitions, whole and within the column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.paper import COLUMN, WIDTH, printed
from tests.browser.test_library import written
from tests.handouts.print_reading import MM, overlaps, words_of
from tests.handouts.sites import lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.browser.reader import Reader
    from tests.handouts.print_reading import Word

pytestmark = [pytest.mark.browser, pytest.mark.themes("folio")]

CODE = "x = some_function(argument_one, argument_two, argument_three, argument_four, argument_five)"
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
SHIP = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
TEXT = f"""# A text

A paragraph.

1. The first item.

2. The second item.

term
: Its definition.

other

: What is defined.

  In two paragraphs.

```
{CODE}
```

| x y | {LONG} |
| --- | --- |
| a | b |

| some {SHIP} | {SHIP}{SHIP} | of | words |
| --- | --- | --- | --- |
| 1 | certainly | two | three |

The last paragraph.
"""
NOTES = f"""## ¶6

In the margin:

```
{CODE}
```

## ¶6

On all of the code.

## ¶7

On the table.

## “{LONG}”

On the word.
"""
PAGE = "parts/one/index.html"
LEFT = 17 * MM
"""Where the paper's margin ends."""


@pytest.fixture(scope="module", autouse=True)
def parts(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A text of everything that isn't plain words, with notes."""
    place = tmp_path_factory.mktemp("parts")
    files = {
        "site.toml": 'title = "Site"\n',
        "one/edition.toml": 'title = "One edition"\n[[text]]\nfile = "text.md"\nsiglum = "T"\n',
        "one/text.md": TEXT,
        "one/text.notes.md": NOTES,
    }
    lay_out(files, place / "content")
    reader.also("parts", written(place))


@pytest.fixture(params=[True, False], ids=["script", "bare"])
def words(request: pytest.FixtureRequest, reader: Reader, tmp_path: Path) -> Sequence[Word]:
    """What stands on the paper, laid out by the script and without one."""
    with reader.read(PAGE, script=request.param) as page:
        if request.param:
            return printed(page, "A4", tmp_path / "page.pdf").words
        page.pdf(path=tmp_path / "page.pdf", format="A4")
    return words_of((tmp_path / "page.pdf").read_bytes())


def test_no_word_of_code_is_lost(words: Sequence[Word]) -> None:
    """In the text and in a note: what doesn't go on a line goes on the next."""
    said = "".join(word.words for word in words)
    assert said.count(CODE.replace(" ", "")) == 2


def test_tables_keep_to_their_column(words: Sequence[Word]) -> None:
    assert overlaps(words) == []
    tabled = [word for word in words if word.words[:4] in (LONG[:4], SHIP[:4])]
    assert len(tabled) >= 3
    assert [word.words for word in tabled if word.right > COLUMN + WIDTH + 1] == []
    assert {"certainly", "two", "three", "words"} <= {word.words for word in words}
    assert min(word.size for word in words if word.words in ("certainly", "two")) >= 9


def test_numbers_of_items_and_definitions_stand_in_the_margin(words: Sequence[Word]) -> None:
    """Beside the first line of what they number, where those of paragraphs are."""
    for number, opening in [("1", "A"), ("2", "The"), ("3", "The"), ("4", "Its"), ("5", "What")]:
        beside = [word for word in words if word.words == number and LEFT - 1 < word.right < COLUMN - 8]
        assert len(beside) == 1, number
        line = [word.words for word in words if abs(word.base - beside[0].base) < 2.5 and word.left > COLUMN - 1]
        assert opening in line, (number, line)


def test_the_number_of_a_note_on_code_stands_at_its_last_line(reader: Reader) -> None:
    with reader.read(PAGE) as page:
        said = page.evaluate("[...document.querySelectorAll('pre')].map(e => e.textContent.trimEnd())")
        assert page.locator(".tx pre .ref").count() == 2
    assert len(said) == 2
    assert [one for one in said if "\n" in one] == []
