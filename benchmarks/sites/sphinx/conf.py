"""Sphinx with its own theme, reading MyST."""

project = "Readings"
extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_block", "deflist"]
html_theme = "alabaster"
