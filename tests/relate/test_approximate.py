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
    pytest.param(
        ("between all that stood before. ", "as", " is said of what comes thereafter"),
        "This as is said of what comes thereafter was a saying. Between all that stood before. ass is said of what "
        "comes thereafter.",
        "ass",
        id="one with all around it beats the very word with half around it",
    ),
    pytest.param(
        ("the words that stand before it are ", f"{LONG} by the river. Then a great war began in all", " lands of it"),
        f"Then a great war began in all lands of it. {4 * ELSEWHERE} So the words that stand before it are {LONG} by "
        "the river. Nobody came.",
        f"{LONG} by the river.",
        id="torn in two: the larger part, where what stood before it stands",
    ),
    pytest.param(
        (
            "one two three four five six seven ",
            f"Then it rained for many a long and dreary day. {LONG} by the old stone river",
            " eight nine ten",
        ),
        f"One two three four five six seven nothing. {ELSEWHERE} It was a cold year. {LONG} by the old stone river "
        "eight nine ten.",
        f"{LONG} by the old stone river",
        id="torn in two: the last part, where what stood after it stands",
    ),
    pytest.param(
        ("It had been said of old in the town: ", "The king was", " in his counting house, and that was true"),
        "It had been said of old in the town: He lied, some thought, the whole day long. The king was in his counting "
        f"house, and that was true. {4 * ELSEWHERE} The king was in his counting house, and that was true.",
        "The king was",
        id="of two with the same beside them, the one with the rest a sentence away",
    ),
    pytest.param(
        ("", "The king was", " in his counting house that day"),
        f"The king was out. {ELSEWHERE} So the king was in.",
        "The king was",
        id="nothing stood before it, and nothing does",
    ),
    pytest.param(
        ("全过正起同期么后地日并都下因么", "中不而面把无之会对说", "有使高并小人行还党你新种会于成"),
        "全过正起同期么后地日并都下因么中不而面使无之会对说他并之只成也因还天然期是只前用能期之然",
        "中不而面使无之会对说",
        id="ten signs are as rare as forty letters",
    ),
    pytest.param(
        ("The same word stands before it: night ", "night", " and what comes after it is a day"),
        "The same word stands before it: night x and what comes after it is a day.",
        None,
        id="of two alike one is gone: the other one was there before",
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


def test_a_sentence_put_before_is_none_that_vetoes_where_the_other_side_recurs() -> None:
    refrain = "Each upper period gives of a error to all who wait."
    before = "the private detail supports it. "
    text = (
        f"So the private detail supports it. Another came. {refrain} {ELSEWHERE} Late as it was, {LONG} now. {refrain}"
    )
    verdict, sights = judge(sought(f"{LONG} now.", before, f" {refrain}"), stack_of(text), allowed=lambda _: True)
    assert verdict is Verdict.FOUND
    assert sights[0].wording == 1


def test_the_very_words_are_not_cut_short() -> None:
    text = f"We should think of the foreign policy. A new foreign policy would have few enemies now. {ELSEWHERE}"
    one = sought(
        "A new foreign policy would have few enemies now.", "rethink all of the foreign policy. ", f" {ELSEWHERE}"
    )
    verdict, sights = judge(one, stack_of(text), allowed=lambda _: True)
    assert (verdict, sights[0].wording) == (Verdict.FOUND, 1)


@pytest.mark.parametrize(("quotation", "verdict"), [(f"{LONG} now.", Verdict.CUT_OUT), ("any house", Verdict.GONE)])
def test_cut_out_here_and_alone_elsewhere(quotation: str, verdict: Verdict) -> None:
    before, after = "What stood before it stands. ", " What came after it comes."
    text = f"{before.strip()}{after} {ELSEWHERE} Then, {quotation} It was late."
    assert judge(sought(quotation, before, after), stack_of(text), allowed=lambda _: True)[0] is verdict
