"""A picture under a name that Windows keeps for a device."""

import shutil
from pathlib import Path

PICTURE = next((Path(__file__).parents[1] / "G603/site/images").iterdir())


def make(folder: Path) -> None:
    (folder / "edition.toml").write_text('title = "The fox"\n[[text]]\nfile = "fox.md"\n', encoding="utf-8")
    (folder / "fox.md").write_text(f"A fox saw ![grapes](images/aux{PICTURE.suffix}).\n", encoding="utf-8")
    (folder / "images").mkdir()
    shutil.copy(PICTURE, folder / f"images/aux{PICTURE.suffix}")
