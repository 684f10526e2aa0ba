"""One process that carries out commands, for each worker; and a site that was built well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.trying import DEFAULTS, Trying, put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def trying(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trying]:
    """Carries out commands."""
    one = Trying(tmp_path_factory.mktemp("said"))
    yield one
    one.close()


@pytest.fixture(scope="session")
def good(trying: Trying, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `out`, the last good output of a site that nothing is wrong with."""
    folder = tmp_path_factory.mktemp("good")
    put(folder / "site", DEFAULTS)
    tried = trying(folder, "build", "site", "--output", "out")
    assert (tried.status, tried.told) == (0, []), tried.err
    return folder
