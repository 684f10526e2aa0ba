"""An edition and a target -> the address that is meant, or what is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.diagnostic import Place
from builder.model.note import Anchor, Selector, State
from builder.model.quoting import in_line, without_strokes
from builder.model.site import Address
from builder.model.value import value_class
from builder.relate.anchor import anchor
from builder.relate.doubts import called
from builder.relate.haystack import haystack
from builder.relate.lexicon import names_of
from builder.relate.normal import plain
from builder.relate.outside import advice_outside, typed_outside
from builder.relate.pointed import selector_of_target
from builder.relate.suggest import Advice
from builder.relate.targets import Sort

if TYPE_CHECKING:
    from builder.model.note import Found, Note
    from builder.model.prose import Block, Span
    from builder.model.text import Text
    from builder.model.view import Anchored
    from builder.relate.haystack import Haystack
    from builder.relate.targets import Target

LEMMA = 8
"""Words of a note's lemma that stand for the note."""

_LOST = "in the pages for students the words stay, and the link is lost"
_OMITTED = "in the pages for students the link is lost; your own words stay, without such […] stands there"
OMISSION = "[…]"
"""What stands for a note that is left out: neither its id, which its author chose, nor its lemma."""

_NOWHERE = Place("")
_TYPED = re.compile(r"^p(?=\d)")


@value_class(frozen=True, slots=True)
class Resolved:
    """What a target comes to: an address, or none and why (a code, what was found, the likely repair)."""

    words: str
    """What is shown where the writer gave no words."""
    address: Address | None = None
    span: Span | None = None
    code: str = ""
    found: str = ""
    hint: str = ""


class Scope:
    """One edition, looked up by references from within it or from another edition."""

    def __init__(self, anchored: Anchored, *, here: bool) -> None:
        self.anchored = anchored
        self._here = here
        edition = anchored.edition
        self._id = edition.id
        self._texts = {text.id: text for text in edition.texts}
        self._notes = {note.id.casefold(): note for note in edition.notes}
        self._missing = edition.missing
        self._names = names_of(edition.terms)
        self._haystacks: dict[str, Haystack] = {}
        self._left_out = {name.casefold() for name in anchored.left_out}
        self._advice = Advice()

    def resolve(self, target: Target) -> Resolved:
        """In FORMAT's order: a note, a text alone or with a passage, a term."""
        if target.sort is Sort.NOTE:
            return self._note(target)
        text = self._texts.get(target.name)
        if text is not None and target.sort is not Sort.TERM:
            if target.sort is Sort.NAME and self._names.exactly(target.name):
                hint = f"write [[text:{target.name}]] or [[term:{target.name}]]"
                return Resolved(target.typed, code="G402", found="a text and a term have this name", hint=hint)
            return self._passage(text, target)
        if target.name in self._missing and target.sort is not Sort.TERM:
            return Resolved(target.typed)  # that its file isn't there was told
        if target.sort is Sort.TEXT:
            return self._unknown(target, self._texts)
        return self._term(target)

    def is_term(self, name: str) -> bool:
        """Whether a term has this name."""
        return bool(self._names.find(name))

    def _unknown(self, target: Target, known: dict[str, Text]) -> Resolved:
        rest = target.typed.removeprefix(target.name).replace("{", "{{").replace("}", "}}")
        hint = self._advice.nearest(target.name, known, f"[[{{}}{rest}]]")
        return Resolved(target.typed, code="G401", found=f"there is no text “{target.name}” here", hint=hint)

    def _note(self, target: Target) -> Resolved:
        note = self._notes.get(target.name.casefold())
        if note is not None:
            placed = any(isinstance(found, Anchor) for found in self.anchored.notes[note.id])
            kind = "ref" if note.kind == "highlight" and placed else "note"
            return Resolved(self._lemma(note), Address(self._id, kind, note.id, note.text))
        if f"note:{target.name.casefold()}" in self._left_out:
            return Resolved(OMISSION, code="G404", found="the note is left out for students", hint=_OMITTED)
        hint = self._advice.nearest(target.name, (note.id for note in self._notes.values()), "[[#{}]]")
        return Resolved(target.name, code="G401", found=f"there is no note “{target.name}”", hint=hint)

    def _lemma(self, note: Note) -> str:
        """A note's lemma in quotation marks, as its text has it; the block that it names; else its id."""
        selector = note.selectors[0]
        if selector.blocks == "*":
            text = self._texts.get(note.text)
            return text.title_page.title if text is not None else note.id
        if selector.blocks:
            return selector.heading
        first = self.anchored.notes[note.id][0]
        lemma = selector.readings[0][0] if selector.readings else selector.heading
        text = self._texts.get(note.text)
        if isinstance(first, Anchor) and text is not None:
            lemma = in_line(text.prose, first.span)
        return in_quotes(lemma)

    def _passage(self, text: Text, target: Target) -> Resolved:
        if not target.blocks and not target.quotation:
            return Resolved(self._whole(text), Address(self._id, "text", text.id, text.id))
        place = self._haystack(text)
        if text.unread and (target.quotation or not text.prose.blocks):
            return Resolved(f"“{target.quotation}”" if target.quotation else target.typed)
        if target.quotation:
            known = self.anchored.quoted.get(target.typed)
            if known is not None and (isinstance(known, Anchor) or known.was is not None):
                return self.found(target, known)
            return self._quotation(text, target, place)
        found, told = anchor(Selector(target.typed, (), _NOWHERE, blocks=target.blocks), place)
        if not isinstance(found, Anchor):
            return Resolved(target.typed, code="G401", found=told[0].message, hint=told[0].hint)
        block = place.first_block(target.blocks)
        return Resolved(self._cited(text, target), self._block(text, block))

    def found(self, target: Target, found: Found) -> Resolved:
        """What a target comes to of which it is known what became of it, and was told."""
        text = self._texts[target.name]
        words = f"“{target.quotation}”" if target.quotation else self._cited(text, target)
        if not isinstance(found, Anchor):
            return Resolved(words)
        place = self._haystack(text)
        if not target.quotation and found.state is State.EXACT:  # a picture has no characters to be known by
            return Resolved(words, self._block(text, place.first_block(target.blocks)))
        if not target.quotation:
            words = f"{self._sign(text)} {called(found, place)}"
        block = self._block(text, place.block_at(found.span.start))
        return Resolved(words, block, found.span if target.quotation else None)

    def _sign(self, text: Text) -> str:
        """What a text is called in a citation: its siglum, where it has one that is known here; else its name."""
        return text.siglum or text.id if self._here else text.id

    def _whole(self, text: Text) -> str:
        """What a whole text is called: its siglum, where that is known and tells it from others; else its title."""
        told_apart = self._here and len(self._texts) > 1
        return (text.siglum if told_apart else "") or text.title_page.title

    def _cited(self, text: Text, target: Target) -> str:
        """A block as it is cited: as it was typed, but for the text's name."""
        if not self._here:
            return target.typed
        return f"{self._sign(text)} {_TYPED.sub('¶', target.typed.removeprefix(target.name).strip())}"

    def _quotation(self, text: Text, target: Target, place: Haystack) -> Resolved:
        words = f"“{target.quotation}”"
        found, told = anchor(selector_of_target(target, _NOWHERE), place)
        if isinstance(found, Anchor):
            return Resolved(words, self._block(text, place.block_at(found.span.start)), found.span)
        if told[0].code == "G207":
            return Resolved(words, code="G401", found=told[0].message, hint=told[0].hint)
        hint = advice_outside(told[0], typed_outside(found, place, inner=True), place, "[[{}]]")
        return Resolved(words, code="G405", found=told[0].message, hint=hint)

    def _block(self, text: Text, block: Block | None) -> Address:
        if block is None:
            return Address(self._id, "text", text.id, text.id)
        return Address(self._id, "block", f"{text.id}-{block.id}", text.id)

    def _term(self, target: Target) -> Resolved:
        terms = self.anchored.edition.terms
        found = self._names.find(target.typed)
        if len(found) == 1 or (found and self._names.exactly(target.typed)):
            term = terms[found[0]]
            edition = self._id if self._here or term.edition else ""
            return Resolved(target.typed, Address(edition, "term", term.id))
        if found:
            hint = f"did you mean {' or '.join(f'“{terms[index].headword}”' for index in found)}?"
            return Resolved(target.typed, code="G401", found="fits more than one term", hint=hint)
        if {f"term:{target.typed.casefold()}", f"form:{plain(target.typed).casefold()}"} & self._left_out:
            return Resolved(target.typed, code="G404", found="the term is left out for students", hint=_LOST)
        if target.sort is Sort.PASSAGE:
            return self._unknown(target, self._texts)
        names = [form for term in terms for form in term.forms]
        hint = self._advice.nearest(target.typed, (*names, *self._texts) if target.sort is not Sort.TERM else names)
        return Resolved(target.typed, code="G401", found="there is no such text or term", hint=hint)

    def _haystack(self, text: Text) -> Haystack:
        if text.id not in self._haystacks:
            self._haystacks[text.id] = haystack(text.prose, text.id)
        return self._haystacks[text.id]


def in_quotes(words: str) -> str:
    """A lemma as a link shows it: in quotation marks, a long one broken off after its first words."""
    kept = words.split()
    shown = without_strokes(" ".join(kept[:LEMMA])) + (" …" if len(kept) > LEMMA else "")
    if len(shown) > 2 and shown[0] in '“"' and shown[-1] in '”"':
        shown = shown[1:-1]
    return f"“{shown.translate(str.maketrans('“”', '‘’'))}”"
