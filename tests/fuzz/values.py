"""What is thrown at the targets: pieces that mean something to them, letters of all sorts between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

ODD = (
    "\u0301", "\u200d", "\u200b", "\u00ad", "\ufeff", "\u202e", "\u2028", "\u0085", "\ufffd", "\u0130", "ß", "ſ", "ﬁ", "Å",
    "é", "e\u0301", "א", "ش", "漢", "🦊", "👩\u200d👧", "🇩🇪", "\u1e9b\u0323", "𝔣", "\U000e0041", "٣", "²", "½",
)  # fmt: skip
"""Letters and marks that some step of ours folds, joins, drops or turns round."""

LETTERS = st.one_of(
    st.sampled_from(ODD),
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")),
    st.sampled_from("abcxyz ABC 019"),
)


def words(*pieces: str, most: int = 40) -> st.SearchStrategy[str]:
    """Pieces in any order, each perhaps many times in a row, with odd letters between."""
    one = st.sampled_from(pieces)
    many = st.tuples(one, st.integers(2, 30)).map(lambda pair: pair[0] * pair[1])
    return st.lists(st.one_of(one, one, one, LETTERS, many), max_size=most).map("".join)


MARKDOWN: Sequence[str] = (
    "fox", "grapes", "a b", "*", "**", "_", "`", "```", "~~~", "[", "]", "(", ")", "!", "![", "](x.png)", "](y)", "{.x}",
    "{#i}", "{", "}", "[^1]", "[^1]: ", "[[", "]]", "[@k", "; @l", "<b>", "</b>", "<a href='x'>", "</a>", "<div>", "</div>",
    "<!--", "-->", "<", ">", "&amp;", "&", ";", "\\", '"', "'", "--", "...", ".", ":", "\n", "\n\n", "\n\n", "  ", "    ",
    "\t", "- ", "1. ", "> ", "# ", "## ", "| ", "|", "\n|---|---|\n", "\n: ", "===", "---", "[a]: x", "http://x.y", "¶2",
)  # fmt: skip

ENTRIES: Sequence[str] = (
    "## ", "\n## ", "\n##\n", "\n# ", "### ", "fox", "grapes", "sour grapes", " … ", "...", "“", "”", '"', "{", "}", " {.context}",
    " {.question ", " {#i}", " {#i .x ", 'in="¶2"', 'in="', 'before="a"', 're="#i"', 'also="foxes; vixen"', 'at="fable “fox”"',
    'not-at="fable ¶1"', 'link="all"', 'lines="3"', 'about="fable ¶1; #i"', 'audience="teacher"', 'tags="a; b"', "}", " {}",
    "fable", "reply", " ¶1", " ¶1-2", " → ", " -> ", " ↔ ", " <-> ", "title", "*", "[[", "]]", "[[fox]]", "[[fable ¶1]]", "[[#i]]",
    "[[fable “fox”|x]]", "[@k, p. 3]", "text:", "term:", "|", "#", "<!--", "-->", "```", "~~~", "\n", "\n\n", " ", "\\", "---\n",
)  # fmt: skip

SETTINGS: Sequence[str] = (
    "title = ", "language = ", "outputs = ", "theme = ", "base_url = ", "audience = ", "draft = ", "pages = ", "date = ", "tags = ",
    "file = ", "siglum = ", "responds-to = ", "dek = ", "raw_html = ", "id = ", "by = ", "label = ", "cue = ", "inverse = ", "glyph = ",
    "layers = ", "kinds = ", "G201 = ", "[[text]]\n", "[[layer]]\n", "[[handout]]\n", "[kind.law]\n", "[kind]\n", "[relation.x]\n",
    "[quality]\n", "[theme_options]\n", "[", "]", "{", "}", "=", ".", ",", "#", '"fable.md"', '"en"', '"2021-08"', '"ignore: x"',
    '"""', "'''", '"', "'", "true", "1", "1.5", "1e999", "-inf", "nan", "2021-08-04", "07:32:00", "0x7f", '["site"]', "a", "\\u0000",
    "\\", "\n", "\n", "\n", " ", "\ufeff",
)  # fmt: skip

LOCK: Sequence[str] = (
    "glossator anchors 1", "glossator anchors 2", ": where", "\n", "\n", "\t", " ", "text fable ", "text", "alias p1 p2", "note ", "crossref ",
    "question ", "ref ", "made", "given", "exact", "moved", "lost", "settled", "ambiguous", "p1+0..p1+3", "p1+9..p1+3", "0.5", "1e-5", "1",
    "0123456789ab", "editor", "fable", "fox", "p1", "title", "\\n", "\\t", "\\", "<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n", "||||||| y\n",
)  # fmt: skip

PAGE: Sequence[str] = (
    "<p>", "</p>", "<article>", "</article>", "<h1>", "</h1>", "<div>", "</div>", "<span ", ">", "<a href='", "javascript:x", "'>", "</a>",
    "<img src=x alt=y>", "<script>", "</script>", "<style>", "<svg>", "<math>", "<table>", "<tr>", "<td>", "</td>", "<ul>", "<li>", "<ol>",
    "<blockquote>", "<pre>", "<code>", "</code>", "</pre>", "<br>", "<hr>", "<sup>", "<sub>", "<em>", "</em>", "<b>", "<title>", "</title>",
    "<meta name=author content='x'>", "<link rel=canonical href=x>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#0;", "&#x1F98A;", "&nope;",
    "<template>", "<iframe srcdoc=x>", "<base href=x>", "<form>", "<input>", "<object>", "word", "two words", "# ", "* ", "[[x]]", "{.x}", "\n",
    "<script type='application/ld+json'>{\"author\":", "[{}]", "}</script>", "onclick=x ", "style='x' ",
)  # fmt: skip

JSON_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(), st.sampled_from(["", "fox", "a fox", "grapes", "https://x.y/",
    "urn:x", "#p1", "javascript:x", "<b>x</b><script>y</script>", "text/html", "text/markdown", "text/plain", "char=1,3", "2021-08-04T00:00:00Z",
    "Annotation", "TextualBody", "TextQuoteSelector", "TextPositionSelector", "SpecificResource", "Choice", "RangeSelector", "FragmentSelector",
    "highlighting", "commenting", "tagging", "replying", "questioning", "en", "book", "\ud800"]), LETTERS,
)  # fmt: skip


def json_of(*names: str) -> st.SearchStrategy[object]:
    """Any JSON, its objects with names that mean something."""
    return st.recursive(
        JSON_SCALARS,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(names), inner, max_size=7)
        ),
        max_leaves=25,
    )


WEBANNO = (
    "id", "type", "body", "target", "source", "selector", "exact", "prefix", "suffix", "start", "end", "value", "format", "language",
    "motivation", "creator", "name", "created", "modified", "refinedBy", "items", "first", "next", "startSelector", "endSelector", "purpose",
    "@context", "@id", "@graph", "chars", "rows", "user", "uri", "text", "tags", "references", "document", "glossator:kind", "stylesheet",
)  # fmt: skip

CSL = (
    "id", "type", "title", "title-short", "author", "editor", "translator", "family", "given", "literal", "issued", "accessed", "date-parts",
    "raw", "season", "circa", "container-title", "publisher", "publisher-place", "volume", "issue", "page", "URL", "DOI", "ISBN", "note",
    "non-dropping-particle", "suffix", "language", "edition", "items",
)  # fmt: skip
