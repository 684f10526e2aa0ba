"""Passages -> targets of a Web Annotation, and the headings as typed that lead to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.model.note import Anchor, State
from builder.model.site import Address
from builder.model.value import value_class
from builder.model.webanno import HTML_FRAGMENT, OURS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.crossref import CrossReference
    from builder.model.note import Found, Quotation, Selector
    from builder.model.prose import Span
    from builder.model.view import Referred
    from builder.render.address import Spot

WHOLE = "*"
NONE_KNOWN: Mapping[str, Quotation] = {}


@value_class(frozen=True, slots=True)
class Pointer:
    """Points at the passages of one edition, from one place."""

    referred: Referred
    spot: Spot
    quotations: Mapping[tuple[str, Span], Quotation]

    def href(self, kind: str, name: str, text: str = "") -> str:
        """The address of something in the edition."""
        return self.spot.href(Address(self.referred.anchored.edition.id, kind, name, text))

    def target(self, text: str, found: Found, known: Mapping[str, Quotation] = NONE_KNOWN) -> dict[str, Any]:
        """The resource and the selectors for one passage.

        Words are quoted; beside that stands where they lie in their block, or in the text where they leave it. Whole
        blocks are named by the id that they have in the page. Of a lost passage there are only the words sought, and
        those that stood around them; words that are doubtful go out as they were, not as they are there now.
        `known` are, by headings that are no quotations, the words that came in with them.
        """
        source = self.href("text", text, text).partition("#")[0]
        return {"type": "SpecificResource", "source": source, "selector": self._selectors(text, found, known)}

    def _selectors(self, text: str, found: Found, known: Mapping[str, Quotation]) -> Any:
        selector = found.selector
        if selector.blocks == WHOLE:
            return _fragment(text)
        if not isinstance(found, Anchor):
            was = found.was or known.get(selector.heading)
            if was is not None:
                return _quote(was.exact, was.prefix, was.suffix)
            return _quote(selector.heading, selector.prefix, selector.suffix)
        inner, start = self._home(text, found.span)
        position = {"type": "TextPositionSelector", "start": found.span.start - start, "end": found.span.end - start}
        within = {**_fragment(inner), "refinedBy": position}
        if selector.blocks:
            return within if "-" in selector.blocks else _fragment(inner)
        if found.state is not State.EXACT:
            return [_quote(selector.heading, selector.prefix, selector.suffix), within]
        quoted = self.quotations[text, found.span]
        return [_quote(quoted.exact, quoted.prefix, quoted.suffix), within]

    def _home(self, text: str, span: Span) -> tuple[str, int]:
        """The id of the block that holds a span whole, else the text's; and where it begins."""
        known = self.referred.anchored.edition.text(text)
        block = known.prose.block_at(span.start) if known is not None else None
        if block is None or not block.span.holds(span):
            return text, 0
        return f"{text}-{block.id}", block.span.start


def _quote(exact: str, prefix: str, suffix: str) -> dict[str, Any]:
    said = {"exact": exact, "prefix": prefix, "suffix": suffix}
    return {"type": "TextQuoteSelector", **{key: value for key, value in said.items() if value}}


def _fragment(name: str) -> dict[str, Any]:
    return {"type": "FragmentSelector", "conformsTo": HTML_FRAGMENT, "value": name}


def typed(selector: Selector, text: str) -> dict[str, str]:
    """A heading of a note as typed, with its settings."""
    said = {
        "text": text,
        "heading": selector.heading,
        "in": selector.within,
        "before": selector.prefix,
        "after": selector.suffix,
    }
    return {f"{OURS}{key}": value for key, value in said.items() if value}


def tie_heading(tie: CrossReference, founds: tuple[Found, Found]) -> str:
    """The heading of a cross-reference, in its one form, by what became of its ends."""
    one, other = (side(end.text, found.selector) for end, found in zip((tie.one, tie.other), founds, strict=True))
    return f"{one} {tie.direction.value} {other}"


def side(text: str, selector: Selector) -> str:
    """A passage as it is typed outside its text, in its one form."""
    if selector.blocks:
        return text if selector.blocks == WHOLE else f"{text} {_named(selector.blocks)}"
    within = f" {_named(selector.within)}" if selector.within else ""
    return f"{text}{within} “{selector.heading}”"


def _named(blocks: str) -> str:
    """`¶4` for `p4`."""
    return f"¶{blocks[1:]}" if blocks[:1] == "p" and blocks[1:2].isdigit() else blocks
