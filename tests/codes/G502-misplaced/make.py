"""A theme.toml among the site's own theme files, beside a template and words that have faults of their own."""

from pathlib import Path


def make(folder: Path) -> None:
    (folder / "edition.toml").write_text('title = "The fox"\n\n[[text]]\nfile = "fox.md"\n', encoding="utf-8")
    (folder / "fox.md").write_text("A fox saw grapes.\n", encoding="utf-8")
    own = folder / "theme"
    (own / "words").mkdir(parents=True)
    (own / "partials").mkdir()
    (own / "unused.css").write_text("a {}\n", encoding="utf-8")
    (own / "theme.toml").write_text("a = = 1\n", encoding="utf-8")
    (own / "partials" / "colophon.html").write_text("{% if %}\n", encoding="utf-8")
    (own / "words" / "en.toml").write_text("contents = 3\nnotes = Fine\n", encoding="utf-8")
    (own / "words" / "de.toml").write_text('contents = "x"\nnotes = Fine\n', encoding="utf-8")
