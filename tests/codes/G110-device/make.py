"""Names that Windows keeps for devices: in a repository nobody there could have them."""

from pathlib import Path


def make(folder: Path) -> None:
    (folder / "site.toml").write_text('title = "Old stories"\n', encoding="utf-8")
    for edition in ("con", "fox"):
        texts = "".join(f'[[text]]\nfile = "{name}.md"\n' for name in ("nul", "aux", "com1"))
        (folder / edition).mkdir()
        (folder / edition / "edition.toml").write_text(f'title = "The fox"\n{texts}', encoding="utf-8")
        for name in ("nul", "aux", "com1"):
            (folder / edition / f"{name}.md").write_text("A fox saw grapes.\n", encoding="utf-8")
