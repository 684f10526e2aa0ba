"""A quotation with what stood around it is found where it is meant, on its own words; or nothing is found."""

from __future__ import annotations

import pytest

from builder.relate.approximate import Verdict, judge, sought
from tests.relate.making import stack_of

LONG = "The costly treasury reaches on any house"
ELSEWHERE = "Nobody in the whole town had ever seen the like of it before that day."

CASES = [
    pytest.param(
        ("Having done that, ", "the road was open", " for all who came after."),
        f"Having done that, they rested a while at the old mill. The road is long, said one, and the road was open "
        f"for all who came after. {ELSEWHERE}",
        "the road was open",
        id="a sentence put before is not taken along",
    ),
    pytest.param(
        ("was too successful in getting its ", "way by", " military means since the war"),
        f"It was too successful in getting its by way military means since the war. {ELSEWHERE}",
        "by way",
        id="two words that changed places at the edge",
    ),
    pytest.param(
        ("petition writes above its role, this ", "lucid", " judge ignores of every error while"),
        f"The petition writes above its role, this judge lucid ignores of every error while it may. {ELSEWHERE}",
        "lucid",
        id="a word that changed places with the next",
    ),
    pytest.param(
        ("sends behind their new machine; ", LONG, " and any public gain concedes"),
        f"One sends behind their new machine; The costly treasury (their vast matter grants under every autumn and "
        f"past it) reaches on any house and any public gain concedes it. {ELSEWHERE}",
        "The costly treasury (their vast matter grants under every autumn and past it) reaches on any house",
        id="a sentence put inside",
    ),
    pytest.param(
        ("the words before are all gone now. ", LONG + " by the old river", " the words after are too"),
        f"{ELSEWHERE} Then came this. {LONG} by the cold river. It was late.",
        f"{LONG} by the cold river",
        id="many words nearly as they were, with nothing around them left",
    ),
    pytest.param(
        ("only this stood before them, and ", LONG + " under the hill. Kupchan has to say", " that it was late"),
        f"So only this stood before them, and {LONG} under the hill. Not one of them saw it. {ELSEWHERE}",
        f"{LONG} under the hill.",
        id="of two paragraphs one is gone: nothing is taken from what stands there now",
    ),
    pytest.param(
        ("This, ", "of", " course, is the logic of theft rather than the logic of commerce"),
        f"This, every course, is the logic of theft rather than the logic of commerce. {ELSEWHERE}",
        None,
        id="a word replaced is not found further on",
    ),
    pytest.param(
        ("There may be ", "no", " such thing as a natural partner"),
        "There may be, as we said, no more. There may be eo such thing as a natural partner. So be it.",
        "eo",
        id="a word misspelt at home beats the very word elsewhere",
    ),
]


@pytest.mark.parametrize(("known", "text", "wanted"), CASES)
def test_the_place_that_is_meant(known: tuple[str, str, str], text: str, wanted: str | None) -> None:
    prefix, quotation, suffix = known
    stack = stack_of(text)
    verdict, sights = judge(sought(quotation, prefix, suffix), stack, allowed=lambda _: True)
    if wanted is None:
        assert verdict is not Verdict.FOUND
    else:
        assert verdict is Verdict.FOUND
        assert stack.normal.text[sights[0].span.start : sights[0].span.end] == wanted


def test_the_surroundings_that_recur_elsewhere_do_not_veto() -> None:
    refrain = "Any public gain concedes under any table."
    text = " ".join(
        f"{line} {refrain}" for line in (f"It ends beyond their coup. {LONG} nowx.", "It ends beyond their cup.")
    )
    one = sought(f"{LONG} now.", "It ends beyond their coup. ", f" {refrain}")
    verdict, sights = judge(one, stack_of(text), allowed=lambda _: True)
    assert verdict is Verdict.FOUND
    assert sights[0].wording >= 0.9
