"""Texts of the corpus -> Markdown, as each system wants terms, notes, ties and addressable paragraphs to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from benchmarks.corpus import Mark, Stress, Tie, Use, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.corpus import Item, Note, Paragraph, Term, Text


class Markdown:
    """CommonMark with footnotes. A dialect says what it writes otherwise; a term is plain words here."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = {term.id: term for term in terms}

    def body(self, text: Text) -> str:
        """Essay, response, notes, and what else the dialect puts at the end of a page."""
        blocks: list[str] = []
        for paragraph in text.essay:
            blocks += [f"## {paragraph.heading}"] if paragraph.heading else []
            blocks.append(self.block(text, paragraph))
        blocks.append(f"## Response by {text.respondent}")
        blocks += [self.block(text, paragraph) for paragraph in text.response]
        blocks += [self.footnote(text, note) for note in text.notes]
        if tail := self.tail(text):
            blocks.append(tail)
        return "\n\n".join(blocks) + "\n"

    def block(self, text: Text, paragraph: Paragraph) -> str:
        """A paragraph that can be linked to."""
        words = self.words(text, paragraph)
        return (self.quotation if paragraph.quotation else self.paragraph)(text, paragraph.id, words)

    def words(self, text: Text, paragraph: Paragraph) -> str:
        """What stands in a paragraph."""
        return " ".join("".join(self.item(text, item) for item in sentence) for sentence in paragraph.sentences)

    def item(self, text: Text, item: Item) -> str:
        match item:
            case Words(words):
                return words
            case Stress(words):
                return f"*{words}*"
            case Use(term, words):
                return self.use(term, words)
            case Mark(note):
                return self.mark(text, note)
            case Tie(paragraph, words):
                return self.tie(text, paragraph, words)
        assert_never(item)

    def use(self, term: str, words: str) -> str:
        del term
        return words

    def mark(self, text: Text, note: int) -> str:
        del text
        return f"[^{note}]"

    def footnote(self, text: Text, note: Note) -> str:
        return f"{self.mark(text, note.number)}: {note.body} (*{note.stressed}*)"

    def tie(self, text: Text, paragraph: str, words: str) -> str:
        del text
        return f"[{words}](#{paragraph})"

    def paragraph(self, text: Text, id: str, words: str) -> str:
        del text
        return f'<span id="{id}"></span>{words}'

    def quotation(self, text: Text, id: str, words: str) -> str:
        return "> " + self.paragraph(text, id, words)

    def tail(self, text: Text) -> str:
        del text
        return ""


class Abbreviated(Markdown):
    """Terms are abbreviations, whose definitions stand at the end of each page that uses them."""

    def tail(self, text: Text) -> str:
        return abbreviations([self.terms[id] for id in text.terms])


class Attributed(Abbreviated):
    """Python-Markdown with `extra`, and kramdown: ids as attributes."""

    def paragraph(self, text: Text, id: str, words: str) -> str:
        del text
        return f"{words}\n{{: #{id} }}"

    def quotation(self, text: Text, id: str, words: str) -> str:
        del text
        return f"> {words}\n> {{: #{id} }}"


class SiteAbbreviated(Attributed):
    """The same where one list of abbreviations serves the whole site."""

    def tail(self, text: Text) -> str:
        del text
        return ""


class Hugo(Markdown):
    """Terms by shortcode, ids as attributes of Goldmark."""

    def use(self, term: str, words: str) -> str:
        return f'{{{{< term "{term}" "{words}" >}}}}'

    def paragraph(self, text: Text, id: str, words: str) -> str:
        del text
        return f"{words}\n{{#{id}}}"


class Linked(Markdown):
    """Terms are plain links to the glossary, at an address of the site."""

    def __init__(self, terms: Sequence[Term], glossary: str) -> None:
        super().__init__(terms)
        self.glossary = glossary

    def use(self, term: str, words: str) -> str:
        return f"[{words}]({self.glossary}#{term})"


class Myst(Markdown):
    """Sphinx by way of MyST: roles for terms, targets that are unique in the site."""

    def use(self, term: str, words: str) -> str:
        del term
        return f"{{term}}`{words}`"

    def mark(self, text: Text, note: int) -> str:
        return f"[^{text.id}n{note}]"

    def tie(self, text: Text, paragraph: str, words: str) -> str:
        return f"[{words}](#{text.id}-{paragraph})"

    def paragraph(self, text: Text, id: str, words: str) -> str:
        return f"({text.id}-{id})=\n{words}"

    def quotation(self, text: Text, id: str, words: str) -> str:
        return self.paragraph(text, id, f"> {words}")


class Untouched(Markdown):
    """The words alone: notes and ties stand beside the text and quote it."""

    def mark(self, text: Text, note: int) -> str:
        del text, note
        return ""

    def tie(self, text: Text, paragraph: str, words: str) -> str:
        del text, paragraph
        return words

    def paragraph(self, text: Text, id: str, words: str) -> str:
        del text, id
        return words


def abbreviations(terms: Sequence[Term]) -> str:
    """Definitions as the abbreviation extension reads them."""
    return "\n".join(f"*[{term.headword}]: {term.definition}" for term in terms)
