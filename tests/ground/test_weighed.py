"""What [quality] of site.toml says of a code counts wherever a site is read: in check, in a build, for who stays."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.model.codes import CODES
from builder.model.diagnostic import Severity
from builder.shell.build import Handouts, Order, build_site
from builder.shell.opening import check_site
from builder.shell.workshop import Workshop

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic

SITES = Path(__file__).parents[1] / "codes"
ELSEWHERE = {"G144", "G145", "G611", "G612"}
"""What is told only of annotations that are taken in, or when the web is asked."""
WEIGHED = sorted(code for code, row in CODES.items() if not row.firm and code not in ELSEWHERE)


def lay(folder: Path, code: str, level: str) -> Path:
    """The site that has the slip of a code, in which it is to weigh so much."""
    site = folder / "content"
    if (SITES / code / "site").is_dir():
        shutil.copytree(SITES / code / "site", site)
    if (SITES / code / "make.py").is_file():
        spec = importlib.util.spec_from_file_location("make", SITES / code / "make.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.make(site)
    settings = site / "site.toml"
    if not settings.exists():
        shutil.move(site, folder / "site")
        site.mkdir()
        shutil.move(folder / "site", site / "site")
        settings.write_text('title = "Readings"\n', encoding="utf-8")
    words = settings.read_text(encoding="utf-8")
    settings.write_text(f'{words}\n[quality]\n{code} = "{level}"\n', encoding="utf-8")
    return site


def of(code: str, told: tuple[Diagnostic, ...]) -> set[Severity]:
    return {one.severity for one in told if one.code == code}


@pytest.mark.parametrize("code", WEIGHED)
def test_an_error_that_is_asked_for_stops_a_build(code: str, tmp_path: Path) -> None:
    site, output = lay(tmp_path, code, "error"), tmp_path / "output"
    assert of(code, check_site(site)) == {Severity.ERROR}
    outcome = build_site(Order(site, output))
    assert of(code, outcome.told) == {Severity.ERROR}
    assert outcome.published is None
    assert not output.exists()


@pytest.mark.parametrize("code", WEIGHED)
def test_what_is_ignored_is_told_nowhere(code: str, tmp_path: Path) -> None:
    site, output = lay(tmp_path, code, "ignore: it is meant"), tmp_path / "output"
    assert of(code, check_site(site)) == set()
    outcome = build_site(Order(site, output))
    assert of(code, outcome.told) == set()
    assert not [one for one in outcome.remarks if f" {code} " in one]


@pytest.mark.parametrize("level", ["error", "ignore: it is meant"])
@pytest.mark.parametrize("code", WEIGHED)
def test_who_stays_weighs_as_a_build_does(code: str, level: str, tmp_path: Path) -> None:
    order = Order(lay(tmp_path, code, level), tmp_path / "output")
    workshop = Workshop(order, generation=None, report=lambda _: ())
    made = [workshop.make(handouts=handouts) for handouts in Handouts]
    outcomes = [one.outcome for one in made if one is not None and one.outcome is not None]
    assert len(outcomes) == len(Handouts)
    told = set().union(*(of(code, outcome.told) for outcome in outcomes))
    assert told == ({Severity.ERROR} if level == "error" else set())
    assert not [outcome for outcome in outcomes if of(code, outcome.told) and outcome.published is not None]
