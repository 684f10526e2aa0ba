"""Sites that are hard to print: many notes, verse, a note longer than a page, every form, other scripts."""

from __future__ import annotations

from pathlib import Path

Files = dict[str, str]
TOKENS = Path(__file__).parents[2] / "themes/folio/handout/tokens.typ"
ALIKE = TOKENS.read_text(encoding="utf-8").replace('..arabic, "Noto Serif Hebrew", "DejaVu Sans", ', "")
"""The theme's tokens without the faces that one machine has and another doesn't."""


def lay_out(files: Files, folder: Path) -> Path:
    for name, words in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    return folder


def _edition(*handouts: str, texts: str = '[[text]]\nfile = "text.md"\nsiglum = "T"\n') -> Files:
    listed = "\n".join(f"[[handout]]\n{one}\n" for one in handouts)
    return {"site.toml": 'title = "Site"\n', "one/edition.toml": f'title = "One edition"\n\n{texts}\n{listed}'}


STUDENT = 'id = "student"\nkinds = ["question"]'
TEACHER = 'id = "teacher"\naudience = "teacher"'
LETTER = 'id = "letter"\naudience = "teacher"\npaper = "letter"'


def counted(number: int) -> str:
    """A word for a number: `aab`, `aac` …, none of which begins another."""
    letters = "bcdfghjklmnpqrstvwxz"
    return f"{letters[number // 400 % 20]}o{letters[number // 20 % 20]}a{letters[number % 20]}um"


def paragraph(first: int, words: int) -> str:
    return " ".join(counted(number) for number in range(first, first + words)).capitalize() + "."


_KINDS = ("context", "source", "question", "challenge", "language")


def lemma_of(index: int) -> list[str]:
    """The words that a note of the sixty is on: within one sentence, not its first."""
    at = index * 6 if index < 20 else 121 + (index - 20) * 21
    inside = min(at % 125, 119) + 1
    return [counted(number) for number in range(at - at % 125 + inside, at - at % 125 + inside + 2 + index % 4)]


def _sixty() -> Files:
    """A text of 1,000 words with sixty notes on it, a third of them in its first paragraphs, and nested ones."""
    text = "\n\n".join(paragraph(start, 125) for start in range(0, 1000, 125))
    notes = []
    for index in range(60):
        lemma = " ".join(lemma_of(index))
        audience = ' audience="teacher"' if index % 7 == 0 else ""
        body = f"Note {counted(2000 + index)} says: " + paragraph(3000 + 50 * index, 12 + index % 30)
        notes.append(f"## {lemma} {{#n{index} .{_KINDS[index % 5]}{audience}}}\n{body}\n")
    return {
        **_edition(STUDENT, TEACHER, LETTER),
        "one/text.md": f"# Sixty notes\n\n{text}\n",
        "one/text.notes.md": "\n".join(notes),
    }


def _verse() -> Files:
    """Verse over more than a page, with notes on its lines, a wide picture with a note, and a long glossary."""
    stanzas = []
    for start in range(0, 500, 20):
        lines = [" ".join(counted(number) for number in range(at, at + 5)) for at in range(start, start + 20, 5)]
        stanzas.append("\n".join(f"| {line}" for line in lines))
    notes = [
        f"## {counted(at)} {counted(at + 1)} {{.{_KINDS[at % 5]}}}\nOn line {counted(5000 + at)}.\n"
        for at in range(2, 500, 35)
    ]
    notes.append("## ¶5 {.question}\nOn the river.\n")
    first, rest = ("\n|\n".join(part) for part in (stanzas[:3], stanzas[3:]))
    text = f"# Verse\n\n{first}\n\nWords in prose.\n\n![A river](images/river.svg)\n\n{rest}\n"
    river = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="200"><path d="M0 90h900v20H0z"/></svg>'
    terms = [f"## {counted(at)}\n{paragraph(7000 + at, at % 47 + 3)}\n" for at in range(1, 500, 8)]
    files = {"one/text.md": text, "one/images/river.svg": river, "one/text.notes.md": "\n".join(notes)}
    files["one/glossary.md"] = "\n".join(terms)
    return {**_edition(STUDENT, TEACHER), **files}


def crowded() -> Files:
    """More notes on a picture than a margin has room for, each in short."""
    sea = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="300"><path d="M0 90h600v20H0z"/></svg>'
    notes = [f"## ¶2 {{#sea-{at} .question}}\nOf the sea, {counted(at)}.\n" for at in range(250)]
    text = "# Sea\n\nWords in prose.\n\n![A sea](images/sea.svg)\n\nMore words.\n"
    files = {"one/text.md": text, "one/images/sea.svg": sea, "one/text.notes.md": "\n".join(notes)}
    return {**_edition(STUDENT), **files}


TURNED = 13
"""Words of a line of verse that goes on in a second one."""


def _turned() -> Files:
    """Verse whose lines are longer than the column, by turns with short ones; notes on their ends and over them."""
    lines = [range(at, at + (TURNED if at % 40 == 0 else 4)) for at in range(0, 800, 20)]
    verse = [[" ".join(map(counted, line)) for line in lines[first : first + 4]] for first in range(0, len(lines), 4)]
    notes = [
        f"## {counted(at + 11)} {counted(at + 12)} {{.{_KINDS[at % 5]}}}\nOn the end of line {counted(5000 + at)}.\n\n"
        f"## {counted(at + 12)} {counted(at + 20)} {{.question}}\nOn two lines {counted(6000 + at)}.\n"
        for at in range(0, 800, 160)
    ]
    texts = "".join(f'[[text]]\nfile = "{name}.md"\nsiglum = "{name[0].upper()}"\n' for name in ("text", "answer"))
    facing = f'{STUDENT.replace("student", "facing")}\nlayout = "facing"'
    return {
        **_edition(STUDENT, TEACHER, facing, texts=texts),
        "one/text.md": "# Long lines\n\n"
        + "\n|\n".join("\n".join(f"| {line}" for line in one) for one in verse)
        + "\n",
        "one/answer.md": f"# An answer\n\n{paragraph(7000, 60)}\n",
        "one/text.notes.md": "\n".join(notes),
    }


def _tied() -> Files:
    """Two texts of more than a page that face each other, with forty ties whose ends are in another order."""
    texts = "".join(f'[[text]]\nfile = "{name}.md"\nsiglum = "{name[0].upper()}"\n' for name in ("text", "answer"))
    lemma = {at: f"{counted(at)} {counted(at + 1)}" for at in range(5, 3000)}
    ties = [
        f"## answer “{lemma[1500 + at * 20 + 3]}” → text “{lemma[at * 7 % 40 * 20 + 7]}” {{.echoes}}\nNear.\n"
        for at in range(40)
    ]
    return {
        **_edition(STUDENT, TEACHER, f'{STUDENT.replace("student", "facing")}\nlayout = "facing"', texts=texts),
        "one/text.md": "# Tied\n\n" + "\n\n".join(paragraph(at, 100) for at in range(0, 800, 100)) + "\n",
        "one/answer.md": "# An answer\n\n" + "\n\n".join(paragraph(at, 100) for at in range(1500, 2300, 100)) + "\n",
        "one/crossrefs.md": "\n".join(ties),
        "one/questions.md": "\n".join(f'## What of {counted(at)}? {{lines="14"}}\n' for at in range(12)),
    }


def _long() -> Files:
    """A note longer than a margin, one that goes on in the next margin, and a short one."""
    text = "\n\n".join(paragraph(start, 110) for start in range(0, 1320, 110))
    notes = [
        f"## {counted(3)} {counted(4)} {{#longest .context}}\n"
        + "\n\n".join(paragraph(4000 + at, 90) for at in range(0, 720, 90)),
        f"## {counted(20)} {counted(21)} {{#before .source}}\n" + paragraph(6500, 200),
        f"## {counted(200)} {counted(201)} {{#running-on .challenge}}\n" + paragraph(5000, 240),
        f"## {counted(900)} {counted(901)} {{#short .source}}\nShort {counted(6000)}.",
    ]
    return {**_edition(STUDENT, TEACHER), "one/text.md": text + "\n", "one/text.notes.md": "\n\n".join(notes) + "\n"}


_FORMS = """# The *forms*

Words with a footnote.[^1] And **strong** ones, `code()`, [a link](https://example.org/a).

## A heading

> A quotation of one paragraph.

- one item
- another
  - within it

3. third
4. fourth

| A line of verse,
|   and one that is set in.

Term
: its definition

| Day | Boats |
|-----|------:|
| Mon | 2     |

```python
def toll(n):
    return n  # twice
```

![A boat](images/boat.svg)

<div>Words in HTML of the author's own</div>

Greek ἄνθρωπος, Russian человек, Czech žluťoučký, Arabic السلام, and the end.

[^1]: What the *footnote* says.
"""


def _forms() -> Files:
    boat = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><path d="M0 20h90v20H0z" fill="#888"/></svg>'
    notes = "## Boats {.context}\nOn a cell.\n\n## return n {.language}\nOn code.\n"
    notes += "\n## footnote {.question}\nIn a footnote.\n"
    return {
        **_edition(STUDENT, TEACHER),
        "one/text.md": _FORMS,
        "one/images/boat.svg": boat,
        "one/text.notes.md": notes,
    }


def _arabic() -> Files:
    """A text that runs from right to left, with notes that don't."""
    sentence = "الثعلب رأى عنقودا من العنب معلقا في كرمة عالية وأراد أن يأكل منه. "
    texts = '[[text]]\nfile = "text.md"\nsiglum = "T"\nlanguage = "ar"\n'
    notes = "## الثعلب والعنب {.context}\nSaid of the title.\n\n## ¶2 {.question}\nSaid of a paragraph.\n"
    return {
        **_edition(STUDENT, TEACHER, texts=texts),
        "one/text.md": f"# الثعلب والعنب\n\n{sentence * 9}\n\n{sentence * 5}\n",
        "one/text.notes.md": notes,
    }


def arabic_word(number: int) -> str:
    """A word for a number in letters that run from right to left, none of which begins another."""
    letters = "بتجحخسشصضطعغفقكلمنهي"
    return f"{letters[number // 400 % 20]}ا{letters[number // 20 % 20]}و{letters[number % 20]}د"


RUNNING_ON = 586
"""Where in the text from right to left a note stands that goes on in the next margin."""
NOTED = {at: 7000 if at == RUNNING_ON else 3000 + 3 * at for at in range(3, 700, 53)}
"""The words of that text at which its notes begin -> the first word that each says."""


def _from_the_right() -> Files:
    """An edition whose own language runs from right to left: an essay and what answers it, with all that there is."""
    texts = '[[text]]\nfile = "text.md"\nsiglum = "ن"\nauthor = "كاتب"\n\n[[text]]\nfile = "answer.md"\nsiglum = "ج"\n'
    facing = f'{STUDENT.replace("student", "facing")}\nlayout = "facing"'
    files = _edition(STUDENT, TEACHER, facing, texts=f'{texts}responds-to = "text"\n')
    files |= {"site.toml": 'title = "موقع"\nlanguage = "ar"\n', "theme/handout/tokens.typ": ALIKE}
    files["one/edition.toml"] = files["one/edition.toml"].replace("One edition", "طبعة واحدة")

    def said(first: int, words: int) -> str:
        return " ".join(arabic_word(number) for number in range(first, first + words)) + "."

    notes = [
        f"## {arabic_word(at)} {arabic_word(at + 1)} {{#n{at} .{_KINDS[at % 5]}}}\n"
        f"{said(first, 200 if at == RUNNING_ON else 32 + at % 20)}"
        for at, first in NOTED.items()
    ]
    ties = [
        f"## answer “{arabic_word(1500 + at * 20)} {arabic_word(1501 + at * 20)}” → "
        f"text “{arabic_word(at * 110 + 7)} {arabic_word(at * 110 + 8)}” {{.echoes}}\n{said(2500 + at * 9, 7)}\n"
        for at in range(6)
    ]
    quoted = f"> {said(800, 40)}\n\n- {said(850, 30)}\n- {said(890, 4)}\n\n| {said(900, 4)}\n| {said(905, 14)}\n"
    files["one/text.md"] = (
        f"# {said(1900, 3)}\n\n" + "\n\n".join(said(at, 90) for at in range(0, 720, 90)) + f"\n\n{quoted}"
    )
    files["one/answer.md"] = f"# {said(1950, 3)}\n\n" + "\n\n".join(said(at, 60) for at in (1500, 1560, 1620))
    files["one/text.notes.md"] = "\n\n".join(notes) + "\n"
    files["one/crossrefs.md"] = "\n".join(ties)
    files["one/glossary.md"] = "\n".join(f"## {arabic_word(at)}\n{said(2000 + at, 12)}\n" for at in range(12, 500, 90))
    files["one/questions.md"] = "\n".join(
        f'## {said(5200 + at * 20, 14)} {{.short-answer lines="{at + 4}" about="#n{3 + 53 * at}"}}\n'
        f"{said(5600 + at * 20, 20)}\n"
        for at in range(4)
    )
    return files


LETTERS = "".join(counted(number) for number in range(100, 115))
"""A word of ninety letters."""
JOINED = "very_long_" + "".join(counted(number) for number in range(120, 142))[:130]
CYRILLIC = "длинноеслово" * 8
CODE, LISTING = "x" * 60, "y" * 140


def _long_words() -> Files:
    """Words wider than any column, wherever some may stand."""
    texts = "".join(f'[[text]]\nfile = "{name}.md"\nsiglum = "{name[0].upper()}"\n' for name in ("text", "answer"))
    facing = f'{STUDENT.replace("student", "facing")}\nlayout = "facing"'
    rows = f"| a | b |\n|---|---|\n| {LETTERS} | {LETTERS} |"
    return {
        **_edition(STUDENT, TEACHER, facing, texts=texts),
        "one/text.md": f"# Title {LETTERS}\n\n{paragraph(200, 40)} {JOINED} {paragraph(300, 20)} Code `{CODE}` and "
        f"{CYRILLIC}, then {paragraph(340, 30)}\n\n> {LETTERS}\n\n- {LETTERS}\n\n{paragraph(500, 90)}\n\n"
        f"```\n{LISTING}\n```\n\n{rows}\n",
        "one/answer.md": f"# An answer\n\n{paragraph(2000, 30)} {LETTERS} {paragraph(2100, 30)}\n",
        "one/text.notes.md": f"## {JOINED} {{.question}}\nOf {LETTERS} and {CYRILLIC}.\n\n"
        f"## {counted(310)} {{.source}}\n`{CODE}`, **{LETTERS}**, [{LETTERS}](https://example.org/{LETTERS}).\n",
        "one/glossary.md": f"## {counted(505)}\n{LETTERS}.\n",
        "one/questions.md": f"## What of {LETTERS}? {{.short-answer}}\n{LETTERS}.\n",
        "one/crossrefs.md": f"## answer “{LETTERS}” → text “{JOINED}” {{.echoes}}\nOf {LETTERS}.\n",
    }


SITES: dict[str, Files] = {
    "sixty": _sixty(),
    "verse": _verse(),
    "turned": _turned(),
    "long": _long(),
    "tied": _tied(),
    "forms": _forms(),
    "arabic": _arabic(),
    "from-the-right": _from_the_right(),
    "long-words": _long_words(),
}
