"""Addresses on the web are asked politely, and what comes of them is told where they stand."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from builder.model.diagnostic import Diagnostic, Place
from builder.shell.abroad import AGENT, Manner, ask_abroad
from builder.shell.opening import check_site
from builder.shell.starter import make_site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.gate.conftest import Web

PLACE = Place("essay.notes.md", 3, 9)
QUICK = Manner(pause=0.0, patience=0.3)


def told(web: Web, *paths: str, manner: Manner = QUICK) -> list[str]:
    found = ask_abroad({web.address(path): PLACE for path in paths}, manner)
    return [
        f"{one.code} {one.message.replace(web.address(''), '')}; {one.hint.replace(web.address(''), '')}"
        for one in found
    ]


@pytest.mark.parametrize(
    "path", ["/fine", "/fine#a-place-in-it", "/guarded", "/get-alone", "/ümlaut", "/%C3%BCmlaut?a=b&c=ü"]
)
def test_of_what_answers_nothing_is_told(web: Web, path: str) -> None:
    assert told(web, path) == []


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/gone", "G611 “/gone”: the answer is 404"),
        ("/broken", "G611 “/broken”: the answer is 500"),
        ("/silent", "G611 “/silent”: no answer in time"),
        ("/round", "G611 “/round”: it leads round in a circle"),
        ("/off", "G611 “/off”: it leads to what is no page of the web"),
        ("/moved", "G612 “/moved” has moved; write: /fine"),
        ("/twice", "G612 “/twice” has moved; write: /fine"),
    ],
)
def test_what_does_not_answer_or_has_moved_is_told(web: Web, path: str, says: str) -> None:
    (line,) = told(web, path)
    assert line.startswith(says)


def test_what_was_lent_for_a_while_has_not_moved(web: Web) -> None:
    assert told(web, "/lent") == []


def test_a_host_that_is_not_there_is_told() -> None:
    (one,) = ask_abroad({"http://127.0.0.1:9/": PLACE}, QUICK)
    assert (one.code, one.place) == ("G611", PLACE)
    assert "no answer" in one.message


@pytest.mark.parametrize("address", ["http://", "http://[", "http://a b/", "https://127.0.0.1:99999/", "http://\x00/"])
def test_what_is_no_address_is_told_and_breaks_nothing(address: str) -> None:
    assert [one.code for one in ask_abroad({address: PLACE}, QUICK)] == ["G611"]


def test_a_host_is_asked_for_one_page_at_a_time_by_who_says_his_name(web: Web) -> None:
    told(web, *(f"/fine?{number}" for number in range(12)))
    assert len(web.asked) == 12
    assert web.most == 1
    assert {agent for _, _, agent in web.asked} == {AGENT}
    assert {method for method, _, _ in web.asked} == {"HEAD"}


def test_what_answered_is_believed_for_a_week(web: Web, tmp_path: Path) -> None:
    clock = [1e9]
    manner = Manner(str(tmp_path / "kept/addresses.json"), 0.0, 0.3, lambda: clock[0])
    first = told(web, "/fine", "/moved", "/gone", manner=manner)
    asked = len(web.asked)
    clock[0] += 6 * 24 * 3600
    assert told(web, "/fine", "/moved", "/gone", manner=manner) == first
    assert {path for _, path, _ in web.asked[asked:]} == {"/gone"}
    asked = len(web.asked)
    clock[0] += 2 * 24 * 3600
    assert told(web, "/fine", "/moved", "/gone", manner=manner) == first
    assert {path for _, path, _ in web.asked[asked:]} == {"/fine", "/moved", "/gone"}


@pytest.mark.parametrize("paths", [["/fine", "/fine?2"], ["/twice"], ["/round"], ["/get-alone", "/guarded"]])
def test_a_host_is_left_in_peace_between_two_requests_whoever_leads_there(web: Web, paths: list[str]) -> None:
    told(web, *paths, manner=Manner(pause=0.1, patience=0.3))
    assert len(web.times) > 1
    assert min(later - before for before, later in pairwise(web.times)) >= 0.1


def test_a_host_to_which_another_leads_is_asked_in_its_turn(web: Web) -> None:
    """Both names are this machine's: what one is asked for leads to the other, which is asked for something else."""
    here = web.address("/slow")
    there = here.replace("127.0.0.1", "localhost")
    leads = {f"{there}?{number}": (302, f"{here}?{number}") for number in range(3)}
    asked: list[tuple[float, float]] = []

    def say(_: str, address: str, __: Manner) -> tuple[int, str]:
        if address in leads:
            return leads[address]
        begun = time.monotonic()
        time.sleep(0.05)
        asked.append((begun, time.monotonic()))
        return 200, ""

    with mock.patch("builder.shell.abroad._say", say):
        ask_abroad(dict.fromkeys((*leads, f"{here}?a", f"{here}?b", f"{here}?c"), PLACE), Manner(pause=0.05))
    assert len(asked) == 6
    assert min(later[0] - before[1] for before, later in pairwise(sorted(asked))) >= 0.05


def test_what_is_for_readers_alone_is_asked_again_after_a_day(web: Web, tmp_path: Path) -> None:
    clock = [1e9]
    manner = Manner(str(tmp_path / "addresses.json"), 0.0, 0.3, lambda: clock[0])
    for hours, times in ((0, 2), (23, 2), (25, 4)):  # HEAD and GET
        clock[0] = 1e9 + hours * 3600
        assert told(web, "/guarded", "/fine", manner=manner) == []
        assert [path for _, path, _ in web.asked].count("/guarded") == times
    assert [path for _, path, _ in web.asked].count("/fine") == 1


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"http://a": 3}', '{"http://a": [1, 2]}', "[" * 100_000])
def test_a_spoilt_cache_is_passed_over(web: Web, tmp_path: Path, kept: str) -> None:
    cache = tmp_path / "addresses.json"
    cache.write_text(kept, "utf-8")
    assert told(web, "/fine", manner=Manner(str(cache), 0.0, 0.3)) == []


def test_every_address_a_page_leads_to_is_asked_for_where_it_was_typed(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    (edition,) = (path.parent for path in (tmp_path / "site").rglob("edition.toml"))
    words = "\n\n## *\n\nSee [one](http://one.test/a_b?c=d&e=f) and <https://two.test/>, [[nothing]].\n"
    notes = edition / "essay.notes.md"
    notes.write_text(notes.read_text("utf-8") + words, "utf-8")
    line = next(number for number, one in enumerate(notes.read_text("utf-8").split("\n"), 1) if "one.test" in one)
    asked: dict[str, str] = {}

    def ask(addresses: Mapping[str, Place]) -> tuple[Diagnostic, ...]:
        asked.update({address: str(place) for address, place in addresses.items()})
        return ()

    check_site(tmp_path / "site", ask)
    name = f"{edition.name}/essay.notes.md"
    assert asked["http://one.test/a_b?c=d&e=f"] == f"{name}:{line}:11"
    assert asked["https://two.test/"] == f"{name}:{line}:45"
    assert not [address for address in asked if not re.match("https?://", address)]


@pytest.mark.parametrize("base", ["https://one.test/readings/", "https://one.test/readings"])
def test_the_sites_own_addresses_are_not_asked_for(tmp_path: Path, base: str) -> None:
    make_site(tmp_path / "site")
    (edition,) = (path.parent for path in (tmp_path / "site").rglob("edition.toml"))
    settings = tmp_path / "site" / "site.toml"
    settings.write_text(f'base_url = "{base}"\n{settings.read_text("utf-8")}', "utf-8")
    others = ["https://one.test/", "https://one.test/readings-2/", "https://two.test/?https://one.test/readings/"]
    own = ["https://one.test/readings", "https://one.test/readings/new/", "https://one.test/readings?a#b"]
    notes = edition / "essay.notes.md"
    words = " ".join(f"[a link]({address})" for address in (*others, *own))
    notes.write_text(f"{notes.read_text('utf-8')}\n\n## *\n\n{words}\n", "utf-8")
    asked: list[str] = []

    def ask(addresses: Mapping[str, Place]) -> tuple[Diagnostic, ...]:
        asked.extend(address for address in addresses if "one.test" in address)
        return ()

    check_site(tmp_path / "site", ask)
    assert sorted(asked) == sorted(others)
