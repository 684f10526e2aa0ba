"""What is thrown at the targets: pieces that mean something to them (pieces.toml), letters of all sorts between."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import strategies as st

PIECES: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("pieces.toml").read_text(encoding="utf-8"))
"""By the target's name; `odd` are letters and marks that some step of ours folds, joins, drops or turns round."""

LETTERS = st.one_of(
    st.sampled_from(PIECES["odd"]),
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")),
    st.sampled_from("abcxyz ABC 019"),
)


def words(name: str, most: int = 40) -> st.SearchStrategy[str]:
    """Pieces in any order, each perhaps many times in a row, with odd letters between."""
    one = st.sampled_from(PIECES[name])
    many = st.tuples(one, st.integers(2, 30)).map(lambda pair: pair[0] * pair[1])
    return st.lists(st.one_of(one, one, one, LETTERS, many), max_size=most).map("".join)


JSON_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.sampled_from([*PIECES["scalars"], "\ud800"]),
    LETTERS,
)


def json_of(name: str) -> st.SearchStrategy[object]:
    """Any JSON, its objects with names that mean something."""
    return st.recursive(
        JSON_SCALARS,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(PIECES[name]), inner, max_size=7)
        ),
        max_leaves=25,
    )
