"""Pelican with its own theme, without feeds and lists of authors, categories and tags."""

AUTHOR = "A"
SITENAME = "Readings"
SITEURL = ""
PATH = "content"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
ARTICLE_PATHS = ["texts"]
PAGE_PATHS = ["pages"]
ARTICLE_SAVE_AS = ARTICLE_URL = "texts/{slug}.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
DEFAULT_PAGINATION = 50
MARKDOWN = {
    "extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}},
    "output_format": "html5",
}
