"""Every filter of Jinja's does in a theme what Jinja says that it does, or isn't there."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import Environment
from jinja2.filters import FILTERS

from builder.model.diagnostic import FaultError
from builder.model.theme import Theme
from builder.render.page import Press
from builder.render.views import LinkView

ABSENT = {"batch", "center", "format", "indent", "pprint", "random", "slice", "urlize", "wordwrap"}
"""They could make a page grow without bound, or give another result each time."""
GIVEN: dict[str, Any] = {
    "link": LinkView("#a", "the <words>"),
    "links": (LinkView("#b", "two"), LinkView("#a", "one"), LinkView("#a", "one")),
    "words": "a Fox & <b>hen</b>",
    "numbers": [3, 1, 2],
    "table": {"b": 2, "a": 1},
}
USES = {
    "abs": ["-5|abs"],
    "attr": [
        'link|attr("words")',
        'link|attr("href")',
        'link|attr("none")|default("no")',
        'words|attr("upper")|default("x")',
    ],
    "capitalize": ["words|capitalize"],
    "count": ["numbers|count", "links|count", "words|count"],
    "d": ["none_such|d(1)", "''|d(1, true)"],
    "default": ["none_such|default('x')", "link.words|default('x')"],
    "dictsort": ["table|dictsort", "table|dictsort(by='value', reverse=true)"],
    "e": ["words|e"],
    "escape": ["words|escape"],
    "filesizeformat": ["5|filesizeformat", "5000000|filesizeformat(true)", "'13'|filesizeformat", "1.5|filesizeformat"],
    "first": ["numbers|first", "links|first|attr('href')", "words|first"],
    "float": ["'1.5'|float", "'x'|float(2.5)"],
    "forceescape": ["words|forceescape"],
    "groupby": ["links|groupby('href')|map('first')|join(' ')", "links|groupby('words')|length"],
    "int": ["'15'|int", "'x'|int(3)"],
    "items": ["table|items|list", "none_such|items|list"],
    "join": ["numbers|join(', ')", "links|join(' ', attribute='words')"],
    "last": ["numbers|last", "words|last"],
    "length": ["numbers|length", "table|length"],
    "list": ["numbers|list", "words|list", "table|list"],
    "lower": ["words|lower"],
    "map": ["links|map(attribute='words')|join", "numbers|map('string')|join", "links|map('attr', 'href')|join"],
    "max": ["numbers|max", "links|max(attribute='words')|attr('words')"],
    "min": ["numbers|min"],
    "reject": ["numbers|reject('odd')|list"],
    "rejectattr": ["links|rejectattr('href', 'eq', '#a')|map(attribute='words')|join"],
    "replace": ["words|replace('F', 'B')", "words|replace('o', '0', 1)"],
    "reverse": ["numbers|reverse|list", "words|reverse"],
    "round": ["2.7|round", "2.749|round(2)"],
    "safe": ["words|safe"],
    "select": ["numbers|select('odd')|list", "numbers|select|list"],
    "selectattr": ["links|selectattr('href', 'eq', '#a')|map(attribute='words')|join(' ')"],
    "sort": ["numbers|sort", "numbers|sort(reverse=true)", "links|sort(attribute='words')|map(attribute='words')|join"],
    "string": ["5|string ~ words|string"],
    "striptags": ["words|striptags"],
    "sum": ["numbers|sum", "numbers|sum(start=4)"],
    "title": ["words|title"],
    "tojson": ["words|tojson", "table|tojson", "numbers|tojson"],
    "trim": ["'  a '|trim", "'--a-'|trim('-')"],
    "truncate": ["'a fox leapt up'|truncate(80)"],
    "unique": [
        "links|map(attribute='words')|unique|list",
        "links|unique(attribute='href')|map(attribute='words')|join",
    ],
    "upper": ["words|upper"],
    "urlencode": ["words|urlencode", "table|urlencode"],
    "wordcount": ["words|wordcount"],
    "xmlattr": ["table|xmlattr", "{'a': none, 'b': words}|xmlattr"],
}


def made(expression: str) -> str:
    files = {"templates/page.html": f"{{{{ {expression} }}}}".encode()}
    theme = Theme(name="guest", summary="", files=files, options={}, styles=(), early=(), scripts=())
    return Press(theme).set("page.html", GIVEN).decode()


def test_every_filter_is_tried() -> None:
    assert USES.keys() | ABSENT == FILTERS.keys()


@pytest.mark.parametrize("expression", [one for each in USES.values() for one in each])
def test_it_does_what_jinja_says(expression: str) -> None:
    assert made(expression) == Environment(autoescape=True).from_string(f"{{{{ {expression} }}}}").render(GIVEN)


@pytest.mark.parametrize("name", sorted(ABSENT))
def test_what_is_not_there_is_told(name: str) -> None:
    with pytest.raises(FaultError, match=f"there is no filter “{name}”"):
        made(f"numbers|{name}(1)")


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("link|attr('wrods')", "link has no “wrods”; did you mean “words”?"),
        ("'x'|filesizeformat", "these words are no number"),
        ("link|filesizeformat", "a number is needed here, not a view (LinkView)"),
        ("5|items", "a table is needed here"),
        ("5|list", "a list is needed here, not a number"),
        ("words|attr('format')", "may not ask for “format”"),
        ("5|xmlattr", "a table is needed here, not a number"),
    ],
)
def test_what_it_can_not_do_is_told_of_the_value_itself(expression: str, said: str) -> None:
    with pytest.raises(FaultError) as fault:
        made(expression)
    assert said in str(fault.value)
    assert "generator" not in str(fault.value)
