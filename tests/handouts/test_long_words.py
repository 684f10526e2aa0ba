"""Words wider than their column are divided, and can be found all the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.handouts.conftest import made_from
from tests.handouts.print_reading import MM, TEXT_SIZE, running, words_of
from tests.handouts.sites import CODE, CYRILLIC, JOINED, LETTERS, LISTING, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COLUMN = (26 + 107) * MM
NOTES = (26 + 107 + 8) * MM
HANGING = 8
"""Points that a hyphen may hang out of a column, and a letter reach."""


@pytest.mark.parametrize("handout", ["student", "teacher", "facing"])
def test_no_word_runs_out_of_its_column(handout: str, made: Callable[[str], dict[str, bytes]]) -> None:
    words = words_of(made("long-words")[f"one/handout-{handout}.pdf"])
    assert [one for one in words if one.right > 200 * MM] == []
    if handout == "facing":
        return
    text = [one for one in words if one.page == 1 and one.size == TEXT_SIZE and one.left < COLUMN]
    assert len(text) > 100
    assert [one for one in text if one.right > COLUMN + HANGING] == []
    assert any(one.size == 8 and one.left >= NOTES - 1 for one in words)


@pytest.mark.parametrize("handout", ["student", "teacher"])
def test_a_divided_word_is_read_whole(handout: str, made: Callable[[str], dict[str, bytes]]) -> None:
    printed = re.sub(r"\s", "", running(words_of(made("long-words")[f"one/handout-{handout}.pdf"])))
    for words in (JOINED, CYRILLIC, CODE, LISTING):
        assert words in printed, words
    assert printed.count(LETTERS) >= (12 if handout == "teacher" else 10)
    assert "8–10very_long_" in printed


LONG = "Donaudampfschifffahrtsgesellschaft"
LONGER = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
# As the compiler's patterns have it: these divide “Fleischetikett” as if it were “fleische”.
RIGHT = {
    LONG: "Do-nau-dampf-schiff-fahrts-ge-sell-schaft",
    LONGER: "Rind-flei-sch-eti-ket-tie-rungs-über-wa-chungs-auf-ga-ben-über-tra-gungs-ge-setz",
}


def test_a_long_word_is_divided_as_its_language_divides_it(tmp_path: Path) -> None:
    """In text and margin, wherever it stands in a line, and with marks about it; the line before it is full."""
    running_on = " ".join(f"{'Maß ' * (at % 7)}„{LONG}“ {'und ' * (at % 4)}{LONGER}," for at in range(24))
    files = {
        "site.toml": 'title = "Site"\n',
        "one/edition.toml": 'title = "Eins"\nlanguage = "de"\n[[text]]\nfile = "p.md"\n\n[[handout]]\nid = "s"\n',
        "one/p.md": f"# Ein Text\n\nGeschwindigkeitsbegrenzung Leserinnen {LONG} Übermut.\n\n{running_on} Ende.\n",
        "one/p.notes.md": f"## Übermut {{.context}}\n{running_on}\n",
    }
    made, _ = made_from(lay_out(files, tmp_path), None)
    words = words_of(made["one/handout-s.pdf"])
    first = [one.words for one in words if one.size == TEXT_SIZE and one.page == 1][:2]
    assert first == ["Geschwindigkeitsbegrenzung", "Leserinnen"]
    ended = [re.sub(r"\W+$", "", one.words).lstrip("„") for one in words if one.words[-1] in "\ufffe\u00ad\u0002-"]
    begun = {whole[:at].replace("-", "") for whole in RIGHT.values() for at in range(len(whole)) if whole[at] == "-"}
    parts = [one for one in ended if any(word.startswith(one) for word in RIGHT)]
    assert len(parts) > 10
    assert [one for one in parts if one not in begun] == []
