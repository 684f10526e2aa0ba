"""References -> both ends: one case for each hard rule."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.note import Audience
from builder.model.site import Address
from builder.model.view import Mention
from builder.relate.targets import read_target, split_edition
from tests.relate.making import Site, cases

FILES = {
    "fox.md": """\
# The Fox

The grapes are sour, said he; I never wanted them.[^1]

Where the “old vine” grew.

## After

He went.

[^1]: So Aesop.
""",
    "reply.md": "Yes, he is right about the grapes.\n\nHe had none of the grapes of the world.\n",
    "fox.notes.md": """\
## sour {#sour-note}
x

## The grapes are … them {#long}
x

## the “old vine” grew {#vine}
x

## ¶2 {#block}
x

## * {#whole}
x

## grew {#back re="#long"}
x

## He went {#mark .highlight}

## hens {#lost}
x

## I never {#here}
See [[TARGET]].
""",
    "fables/glossary.md": """\
## fox
x

## sour grapes {also="adaptive preference"}
x

## Aesop’s fables {#aesop}
x

## and/or
x

## Act {#act-of-law}
x

## act
x
""",
    "glossary.md": "## moral\nx\n",
    "other/hen.md": "Corn.\n",
    "other/hen.notes.md": "## Corn {#pecked}\nx\n",
    "other/glossary.md": "## beak\nx\n",
}


@pytest.mark.parametrize("case", cases("references"))
def test_where_a_reference_leads(case: dict[str, Any]) -> None:
    files = FILES | {"fox.notes.md": FILES["fox.notes.md"].replace("TARGET", case["target"])}
    site = Site(files)
    referred, told = site.referred()
    [link] = referred.links.values()
    if "code" in case:
        assert link.address is None
        [slip] = told
        assert slip.code == case["code"]
        assert slip.message == case.get("message", slip.message)
        assert slip.hint == case.get("hint", slip.hint)
        assert (slip.place.path, slip.place.line, slip.place.column) == ("fables/fox.notes.md", 25, 5)
        assert referred.mentions == ()
        return
    assert told == ()
    edition, kind, name, *text = case["address"].split(" ")
    assert link.address == Address(edition, kind, name, *text)
    assert link.words == case.get("words", link.words)
    passage = ""
    if link.span is not None:
        passage = site.editions[edition].edition.texts[-1].prose.words(link.span)
    assert passage == case.get("passage", passage)
    assert referred.mentions == (Mention("note:here", link.address),)


def test_what_a_view_left_out_keeps_its_words_and_loses_its_link() -> None:
    files = {
        "fox.md": "The fox saw grapes.",
        "fox.notes.md": """\
## fox {#secret audience="teacher"}
x

## grapes
[[#secret]], [[#secret | that]], [[vines]].
""",
        "fables/glossary.md": '## vine {audience="teacher"}\nx\n',
    }
    site = Site(files)
    assert site.referred(site.seen(Audience.TEACHER))[1] == ()
    referred, told = site.referred(site.seen(Audience.STUDENT))
    assert [one.code for one in told] == ["G404", "G404", "G404"]
    assert [(link.address, link.words) for link in referred.links.values()] == [
        (None, "[…]"),
        (None, "that"),
        (None, "vines"),
    ]


SOURCES = """[
{"id": "b", "type": "book", "title": "B"},
{"id": "a", "type": "book", "title": "A"},
{"id": "c", "type": "book", "title": "C"}
]"""


def test_works_cited_once_each_in_the_order_of_sources() -> None:
    files = {
        "fox.md": "The fox saw grapes.",
        "fox.notes.md": "## fox {#n}\n[@a, p. 3] and [@b; @a].\n\n## saw {#m}\n[@aa].\n",
        "sources.json": SOURCES,
    }
    referred, told = Site(files).referred()
    assert referred.cited == ("b", "a")
    assert [(mention.origin, mention.target.kind, mention.target.id) for mention in referred.mentions] == [
        ("note:n", "source", "a"),
        ("note:n", "source", "b"),
    ]
    assert [(one.code, one.message, one.place.line) for one in told] == [("G403", "there is no source “aa”", 5)]


def test_what_questions_are_about() -> None:
    files = {
        "fox.md": "The fox saw grapes.",
        "fox.notes.md": "## fox {#n}\nx\n",
        "questions.md": '## Why? {about="fox ¶1; #n; fox “saw grapes”; fox ¶4"}\n',
    }
    referred, told = Site(files).referred()
    assert [link.words for link in referred.about["why"]] == ["A ¶1", "“fox”", "“saw grapes”", "fox ¶4"]
    assert [(one.code, one.message) for one in told] == [("G401", "about “fox ¶4”: there is no ¶4 in fox")]


def test_mentions_in_reading_order_each_once() -> None:
    files = {
        "b.md": "The fox saw grapes.",
        "a.md": "Text.",
        "b.notes.md": "## grapes {#two}\n[[vine]], [[vines]].\n\n## fox {#one}\n[[vine]], [[#two]].\n",
        "crossrefs.md": "## a → b “fox” {#tie .echoes}\n[[vine]]\n",
        "questions.md": "## Why [[vine]]? {#why}\n[[vine]]\n",
        "fables/glossary.md": "## hen\n[[vine]]\n\n## vine\n[[vine]], [[hen]]\n",
    }
    referred, told = Site(files).referred()
    assert told == ()
    assert [(mention.origin, mention.target.id) for mention in referred.mentions] == [
        ("note:one", "vine"),
        ("note:one", "two"),
        ("note:two", "vine"),
        ("xref:tie", "vine"),
        ("question:why", "vine"),
        ("answer:why", "vine"),
        ("term:hen", "vine"),
        ("term:vine", "hen"),
    ]


def test_a_shared_entry_speaks_only_where_it_is_used() -> None:
    files = {
        "fox.md": "The fox saw grapes.",
        "fox.notes.md": "## fox\n[[vine]]\n",
        "glossary.md": """\
## vine
[[wine]]

## wine
[[fox ¶1]]

## crow
[[hen ¶1]]

## grape
A [[berry]].

## berry
x
""",
    }
    site = Site(files)
    referred, told = site.referred()
    assert told == ()
    assert [(mention.origin, mention.target.id) for mention in referred.mentions] == [
        ("note:fox", "vine"),
        ("term:vine", "wine"),
        ("term:wine", "fox-p1"),
        ("term:grape", "berry"),
    ]


def test_one_slip_is_told_at_each_of_its_places() -> None:
    files = {"fox.md": "The fox.", "fox.notes.md": "## fox\n[[hen]]\n[[hen]] and [[hen]].\n"}
    _, told = Site(files).referred()
    assert [(one.place.line, one.place.column) for one in told] == [(2, 1), (3, 1), (3, 13)]


def test_references_in_a_text_that_has_them() -> None:
    files = {"fox.md": "The fox. See [[vine]].", "fables/glossary.md": "## vine\nx\n"}
    assert Site(files).referred()[0].mentions == ()
    [mention] = Site(files, texts="references = true").referred()[0].mentions
    assert mention.origin == "text:fox"


@given(st.text(alphabet='abfox /#:“”"¶p12-…term text', max_size=24))
@settings(deadline=None)
def test_whatever_is_typed_there_is_an_answer(typed: str) -> None:
    edition, rest = split_edition(typed)
    target = read_target(rest)
    assert target.typed == target.typed.strip()
    assert "/" not in edition


def test_a_block_is_called_by_its_text_s_siglum_where_no_words_are_given() -> None:
    """As everything else calls it; in another edition, which has sigla of its own, as it was typed."""
    body = "[[fox ¶1]], [[fox p1]], [[fox title]], [[fables/fox ¶1]], [[hen ¶1]], [[fox ¶1 | this]], [[other/hen ¶1]]"
    files = {
        "fox.md": "# The fox\n\nThe fox saw grapes.",
        "hen.md": "A hen.",
        "fox.notes.md": f'## fox {{#n in="¶1"}}\n{body}.\n',
        "fables/edition.toml": 'title = "F"\n[[text]]\nfile = "fox.md"\nsiglum = "F"\n[[text]]\nfile = "hen.md"\n',
        "other/edition.toml": 'title = "Other"\n[[text]]\nfile = "hen.md"\nsiglum = "H"\n',
        "other/hen.md": "Corn.",
    }
    referred, told = Site(files).referred()
    assert told == ()
    assert [link.words for link in referred.links.values()] == [
        "F ¶1",
        "F ¶1",
        "F title",
        "F ¶1",
        "A ¶1",
        "this",
        "other/hen ¶1",
    ]
