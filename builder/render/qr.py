"""The address of a page -> its QR code, as SVG."""

from __future__ import annotations

import re

_HOST = re.compile(r"(?<=://)[^/:]+")
_OF_ADDRESSES = "%:/?#[]@!$&'()*+,;="
"""What parts an address, and what stands for other letters in it: both stay as they are."""


def qr_code(url: str) -> str:
    """A code of an address; "" where that is longer than any code holds (some 2,300 letters).

    Codes say nothing of how their letters are encoded, and telephones guess. So all but ASCII is written as browsers
    send it.
    """
    import segno

    try:
        return segno.make(_in_ascii(url), error="m", micro=False).svg_inline(border=0, omitsize=True)
    except segno.DataOverflowError:
        return ""


def _in_ascii(url: str) -> str:
    if url.isascii():
        return url
    from urllib.parse import quote

    return quote(_HOST.sub(_host_in_ascii, url), safe=_OF_ADDRESSES)


def _host_in_ascii(host: re.Match[str]) -> str:
    """A host as name servers know it; as it is typed where it can be no name."""
    try:
        return host[0].encode("idna").decode("ascii")
    except UnicodeError:
        return host[0]
