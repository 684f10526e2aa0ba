"""A template's tokens, as they are read: as many, and such, as can be compiled soon and written at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2.exceptions import TemplateSyntaxError
from jinja2.ext import Extension

from builder.render.bounds import DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.lexer import Token, TokenStream

TOKENS = 20_000
"""Of one template: twenty times what the longest of ours has. To compile many takes more than many times as long."""


class Reading(Extension):
    """Jinja's own way to look through what it reads of a template. TemplateSyntaxError at what goes too far."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens, each looked at."""
        number, line = 0, 1

        def slip(message: str) -> TemplateSyntaxError:
            return TemplateSyntaxError(message, line, stream.name, stream.filename)

        try:
            for token in stream:
                number, line = number + 1, token.lineno
                value: object = token.value
                if number > TOKENS:
                    raise slip("this template is too long: put parts of it into others, and include these")
                if isinstance(value, str):
                    if any("\ud800" <= letter <= "\udfff" for letter in set(value)):
                        raise slip("half a letter (\\ud800 to \\udfff) can't be written")
                elif isinstance(value, int) and value.bit_length() > DIGITS:
                    raise slip("this number has too many digits")
                yield token
        except ValueError as fault:  # of Python, which doesn't read thousands of digits
            raise slip("this number has too many digits") from fault
