"""Elements, one opened and closed after another -> well-formed XML 1.0, in the same bytes for the same calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping

    Attributes = Mapping[str, str]

_UNHOLDABLE = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""What XML 1.0 can't hold, not even as a character reference."""

_UNHELD = re.compile(f"[{_UNHOLDABLE}]")
REPLACED = "\N{REPLACEMENT CHARACTER}"
"""What stands for it."""
ODD_IN_TEXT = re.compile(f"[&<>\r{_UNHOLDABLE}]")
ODD_IN_VALUE = re.compile(f'[&<>\r\n\t"{_UNHOLDABLE}]')
"""Most words and values hold nothing that must be written otherwise: one look is enough for these."""


_LETTERS = (
    "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u0180-\u01c3\u01cd-\u01f0\u0250-\u02a8"
    "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0401-\u040c\u040e-\u044f\u0451-\u045c\u045e-\u0481\u0490-\u04c4"
    "\u0531-\u0556\u0561-\u0586\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u0671-\u06b7\u0905-\u0939\u0e01-\u0e2e\u10d0-\u10f6"
    "\u1e00-\u1e9b\u1ea0-\u1ef9\u1f00-\u1f15\u1f20-\u1f45\u1f80-\u1fb4\u3041-\u3094\u30a1-\u30fa\u3105-\u312c\u4e00-\u9fa5"
    "\uac00-\ud7a3"
)
"""Letters that names have had since the first edition of XML 1.0 (its appendix B; of each script the unbroken rows):
later ones know more, but most programs that read XML don't."""
_PLAIN_NAME = re.compile("[A-Za-z_][A-Za-z0-9_-]*")
_NOT_IN_NAME = re.compile(f"[^{_LETTERS}0-9_-]")
_NO_START = re.compile(f"[^{_LETTERS}_]")
_NOT_IN_URI = re.compile(r"""[\s\x00-\x20\x7f<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})""")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_COLON = re.compile(r"[^/?#]*:")
_NOTHING: Attributes = {}


def holdable(words: str) -> tuple[str, int]:
    """Words as XML can hold them, and how many characters of them it can't."""
    return _UNHELD.subn(REPLACED, words)


def xml_name(id: str) -> str:
    """An id as an NCName, other ids as others: `ferry` as it is, `1984` as `_1984`, `a+b` as `a.x2B.b`.

    A full stop stands in none of an edition's ids but those of works, where it is escaped: what is told apart by one
    (`ref-ferry.from`) is never an id of the edition's.
    """
    if _PLAIN_NAME.fullmatch(id):
        return id
    made = _NOT_IN_NAME.sub(lambda found: f".x{ord(found[0]):X}.", id)
    return f"_{made}" if not made or _NO_START.match(made) else made


def uri(address: str) -> str:
    """An address as XML's schemas want it: nothing in it that no URI may hold, and no colon that makes it another."""
    made = _NOT_IN_URI.sub(lambda found: quote(found[0], safe=""), address.strip())
    path, mark, fragment = made.partition("#")
    made = f"{path}{mark}{fragment.replace('#', '%23')}"
    return f"./{made}" if _COLON.match(made) and not _SCHEME.match(made) else made


class Xml:
    """A document in the making. What it can't hold stands as U+FFFD and is counted in `replaced`."""

    def __init__(self) -> None:
        self.replaced = 0
        self.flow = 0
        """How many elements are open in which a new line would stand between words."""
        self._out: list[str] = []
        self._stack: list[str] = []
        self._ids: set[str] = set()

    def open(self, tag: str, attributes: Attributes = _NOTHING) -> None:
        """Open an element. An attribute without a value is left out, and an id that stands already."""
        self._out.append(f"<{tag}{self._attributes(attributes)}>")
        self._stack.append(tag)

    def close(self) -> None:
        """Close the innermost open element."""
        self._out.append(f"</{self._stack.pop()}>")

    def empty(self, tag: str, attributes: Attributes = _NOTHING) -> None:
        """An element with nothing in it."""
        self._out.append(f"<{tag}{self._attributes(attributes)}/>")

    def element(self, tag: str, words: str, attributes: Attributes = _NOTHING) -> None:
        """An element with words in it."""
        self.open(tag, attributes)
        self.words(words)
        self.close()

    def words(self, words: str) -> None:
        """Characters of the document."""
        if ODD_IN_TEXT.search(words):
            words = escape(self._held(words), {"\r": "&#13;"})
        self._out.append(words)

    def line(self) -> None:
        """A new line in the file, where it isn't one in the text."""
        if not self.flow:
            self._out.append("\n")

    def part(self, other: Xml) -> None:
        """What was written apart, whole."""
        assert not other._stack
        self._out.extend(other._out)

    def done(self) -> str:
        """What was written. Every element is closed."""
        assert not self._stack, self._stack
        return "".join(self._out)

    def _attributes(self, attributes: Attributes) -> str:
        parts = []
        for name, value in attributes.items():
            if not value or (name == "xml:id" and value in self._ids):
                continue
            if name == "xml:id":
                self._ids.add(value)
            odd = ODD_IN_VALUE.search(value)
            parts.append(f" {name}={quoteattr(self._held(value))}" if odd else f' {name}="{value}"')
        return "".join(parts)

    def _held(self, words: str) -> str:
        held, count = holdable(words)
        self.replaced += count
        return held
