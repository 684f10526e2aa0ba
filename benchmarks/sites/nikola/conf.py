"""Nikola with its own theme, without feeds."""

BLOG_AUTHOR = "A"
BLOG_TITLE = BLOG_DESCRIPTION = "Readings"
SITE_URL = "https://example.org/"
BLOG_EMAIL = "a@example.org"
DEFAULT_LANG = "en"
TRANSLATIONS = {"en": ""}
TIMEZONE = "UTC"
POSTS = (("posts/*.md", "texts", "post.tmpl"),)
PAGES = (("pages/*.md", "", "page.tmpl"),)
COMPILERS = {"markdown": (".md",)}
THEME = "bootblog4"
PRETTY_URLS = False
GENERATE_RSS = GENERATE_ATOM = False
ENABLE_AUTHOR_PAGES = False
MARKDOWN_EXTENSIONS = ["markdown.extensions.extra"]
USE_BUNDLES = True
