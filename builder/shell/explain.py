"""A diagnostic's code -> what it means and how to mend it, in words."""

from __future__ import annotations

import difflib
import textwrap

from builder.model.codes import CODES
from builder.model.diagnostic import Severity, SiteError

_WIDTH = 88
_WEIGHT = {
    Severity.ERROR: "An error: nothing is published until it is mended.",
    Severity.WARNING: "A warning: the site is built all the same, unless --strict is given.",
    Severity.INFORMATION: "A remark: it never fails a build.",
}
_BEARABLE = (
    "An error that `check` fails with; `build` tells it as a warning and builds a whole site, unless --strict, or "
    'unless [quality] names it an "error".'
)


def explanation(code: str) -> str:
    """All that is known of one code. SiteError for one that there isn't."""
    row = CODES.get(code.upper())
    if row is None:
        near = difflib.get_close_matches(code.upper(), CODES, 1)
        hint = f"did you mean {near[0]}?" if near else "`glossator explain` lists them all"
        raise SiteError(f"there is no code “{code}”; {hint}")
    weight = _BEARABLE if row.bearable else _WEIGHT[row.severity]
    parts = (f"{row.id}  {row.title}", _wrapped(row.meaning), _wrapped(row.repair), _wrapped(weight))
    return "\n\n".join(part for part in parts if part) + "\n"


def overview() -> str:
    """Every code with its title, a line each."""
    return "".join(f"{code}  {CODES[code].title}\n" for code in sorted(CODES))


def _wrapped(words: str) -> str:
    """Each paragraph filled to the width; indented lines (an example) as they are."""
    paragraphs = words.strip("\n").split("\n\n")
    return "\n\n".join(
        part if part.startswith((" ", "\t")) or "\n " in part else textwrap.fill(part, _WIDTH) for part in paragraphs
    )
