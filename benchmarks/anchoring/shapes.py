"""A seed -> texts of several shapes, as read: paragraphs with a blank line between. And new sentences for each."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import words
from builder.model.diagnostic import Place
from builder.model.site import TextSettings
from builder.parse.markdown import parse_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONTENT = Path(__file__).parents[2] / "content" / "splitting-russia-and-china"


class Shape(NamedTuple):
    """A text, and what writes sentences like its own."""

    name: str
    text: str
    sentence: Callable[[random.Random], str]
    joint: str = " "
    """What stands between two sentences."""


SHAPES = ("essay", "comment", "ordinary", "repetitive", "verse", "arabic", "chinese", "emoji", "long")


def shape(name: str, seed: int) -> Shape:
    """One of `SHAPES`."""
    rng = random.Random(f"{seed} {name}")
    if name in ("essay", "comment"):
        return Shape(name, _read("article" if name == "essay" else name), _english)
    if name == "verse":
        return Shape(name, _verse(rng), _line, "\n")
    write = {"arabic": _arabic, "chinese": _chinese, "emoji": _merry, "repetitive": _english}.get(name, _english)
    joint = "" if name == "chinese" else " "
    if name == "repetitive":
        return Shape(name, _repetitive(rng), write)
    return Shape(name, _paragraphs(rng, write, 100_000 if name == "long" else 2_000, joint), write, joint)


def _read(name: str) -> str:
    path = f"{name}.md"
    settings = TextSettings(path, Place("edition.toml"))
    prose, _ = parse_text((CONTENT / path).read_text(encoding="utf-8"), path=path, settings=settings)
    return prose.content


def _paragraphs(rng: random.Random, write: Callable[[random.Random], str], size: int, joint: str) -> str:
    """Prose of about so many words."""
    found, done = [], 0
    while done < size:
        sentences = [write(rng) for _ in range(rng.randint(2, 8))]
        done += sum(len(one.split()) if joint else len(one) for one in sentences)
        found.append(joint.join(sentences))
    return "\n\n".join(found)


def _repetitive(rng: random.Random) -> str:
    """Prose in which every third sentence is one of a few formulae, and every fifth paragraph a refrain."""
    formulae = [_english(rng) for _ in range(8)]
    refrain = " ".join(_english(rng) for _ in range(2))
    found = []
    for number in range(40):
        sentences = (rng.choice(formulae) if rng.random() < 0.33 else _english(rng) for _ in range(rng.randint(2, 6)))
        found.append(refrain if number % 5 == 4 else " ".join(sentences))
    return "\n\n".join(found)


def _verse(rng: random.Random) -> str:
    """Stanzas of four lines; every second one ends with the same line."""
    refrain = _line(rng)
    stanzas = []
    for number in range(60):
        lines = [_line(rng) for _ in range(4)]
        stanzas.append("\n".join([*lines[:3], refrain] if number % 2 else lines))
    return "\n\n".join(stanzas)


def _line(rng: random.Random) -> str:
    line = " ".join(_clause(rng))
    return line[0].upper() + line[1:] + rng.choice((",", ",", ";", ".", " –", ""))


def _clause(rng: random.Random) -> Iterator[str]:
    yield from (rng.choice(words.DETERMINERS), rng.choice(words.ADJECTIVES), rng.choice(words.NOUNS))
    yield from (rng.choice(words.VERBS), rng.choice(words.PREPOSITIONS), rng.choice(words.DETERMINERS))
    yield rng.choice(ACCENTED) if rng.random() < 0.1 else rng.choice(words.NOUNS)


ACCENTED = ("café", "naïveté", "coup d’état", "élan", "Führer", "señor", "façade", "rôle", "cliché", "Bülow’s vow")


def _english(rng: random.Random) -> str:
    """A sentence with quotation marks, dashes and accents in some."""
    parts = [" ".join(_clause(rng)) for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.2:
        parts[-1] = f"“{parts[-1]}”"
    if rng.random() < 0.3:
        parts[0] = f"{rng.choice(words.NAMES)}’s {rng.choice(words.NOUNS)} {parts[0]}"
    text = parts[0]
    for part in parts[1:]:
        text += rng.choice((", ", ", ", " — ", f" {rng.choice(words.CONJUNCTIONS)} ")) + part
    text = text if text[0] != "“" else f"{rng.choice(words.NAMES)}: {text}"
    return text[0].upper() + text[1:] + rng.choice("....?!")


ROOTS = words.listed("""
كتب درس علم قول عمل فتح نصر حكم شهد سمع نظر ذهب رجع دخل خرج جلس وقف سأل أخذ ترك حمل وضع رفع نزل صعد قرأ فهم
عرف ذكر نسي حرب سلم بيت باب بحر نهر جبل سهل مدينة قرية شعب دولة ملك وزير قائد جيش عدل حق قلب عقل روح يوم ليل
شهر سنة زمن
""")
LITTLE = words.listed("""
في من إلى على عن مع هذا هذه ذلك التي الذي كان ليس قد لم لن ثم أو بل
""")


def _arabic(rng: random.Random) -> str:
    found = []
    for _ in range(rng.randint(4, 16)):
        root = rng.choice(ROOTS)
        made = (
            rng.choice(("", "ال", "وال", "بال", "ي", "ت", "م", "و"))
            + root
            + rng.choice(("", "", "ة", "ون", "ين", "ها"))
        )
        if rng.random() < 0.15:
            made = made[:2] + rng.choice("\u064e\u064f\u0650\u0651") + made[2:]
        found.append(rng.choice(LITTLE) if rng.random() < 0.3 else made)
        if rng.random() < 0.1:
            found[-1] += "،"
    return " ".join(found) + rng.choice("..؟")


SIGNS = """
的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成
者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从知使想把因力本女明什正新外相高长间全老政理民党期战并
""".replace("\n", "")


def _chinese(rng: random.Random) -> str:
    clauses = ["".join(rng.choice(SIGNS) for _ in range(rng.randint(4, 12))) for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.2:
        clauses[-1] = f"“{clauses[-1]}”"
    return rng.choice(("，", "，", "；")).join(clauses) + rng.choice("。。。！？")


PICTURES = words.listed("""
😀 🎉 🌍 👩‍🚀 👨‍👩‍👧 🏳️‍🌈 👍🏽 🇫🇷 🇨🇳 ❤️ ☕ 🐍 🧭 🚂 🌙
""")


def _merry(rng: random.Random) -> str:
    found = []
    for word in _english(rng).split():
        found.append(word)
        if rng.random() < 0.25:
            found += [rng.choice(PICTURES) for _ in range(rng.randint(1, 2))]
    return " ".join(found)
