"""Every page is valid HTML, as the Nu checker judges it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import JAVA, needed

VNU = Path(__file__).parents[1] / "web/node_modules/vnu-jar/build/dist/vnu.jar"
FORGIVEN = ("CSS: ", "violates Content Security Policy", "Article lacks heading")
"""The checker's list of CSS properties is older than anchors; styles are looked at in a browser. Of a page on the disk
it can't say what 'self' means, and it takes words for scripts (JSON, never run) for a script: the policy is tried in a
browser too, which complains of nothing. The first text's heading stands in the header before it, and names it."""


@pytest.mark.slow
def test_every_page_is_valid(pages: dict[str, Path]) -> None:
    needed(VNU)
    if shutil.which("java") is None:
        pytest.skip("no Java here, in which the checker runs")
    asked = ["--format", "json", "--stdout", "--exit-zero-always"]
    command = [*JAVA, "-jar", str(VNU), *asked, *map(str, pages.values())]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = [
        f"{message['url'].rsplit('/', 2)[-1]}:{message.get('lastLine', 0)}: {message['message']}"
        for message in json.loads(done.stdout)["messages"]
        if message["type"] == "error" or message.get("subType") == "warning"
    ]
    assert [line for line in told if not any(word in line for word in FORGIVEN)] == []
