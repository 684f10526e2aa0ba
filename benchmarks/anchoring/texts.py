"""The texts on which anchoring is tried: the essay and its answer, and made prose of other shapes."""

from __future__ import annotations

import random
import re
from pathlib import Path

CONTENT = Path(__file__).resolve().parents[2] / "content" / "splitting-russia-and-china"

Sentences = list[list[str]]
"""Paragraphs of sentences; each sentence but a paragraph's last has its white space at its end."""

_ENGLISH = """the of a and to in that it was his he with for as had not at but they on which be from her by she this
all were there been when one no so said what out up them some could him into its then two more about time man little
very made before great must old such after where did good down only came most house never day way long over thing
mind hand under last door morning voice light water father garden letter road evening silence window stranger river
winter summer table promise journey answer question harbour market village captain soldier merchant physician
daughter brother neighbour quarrel bargain treasure shadow lantern mountain valley orchard kitchen candle mirror""".split()

_ARABIC = """في من على إلى عن كان هذا هذه التي الذي قال بعد قبل بين كل لم لا ما مع أو ثم حتى عند يوم رجل مدينة بيت كتاب
طريق بحر جبل ليل نهار ملك وزير تاجر سفر حديث صديق قلب عين يد باب حكاية زمان مكان شمس قمر نجم شجرة ماء نار""".split()

_CHINESE = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
_EMOJI = "🦊🍇🌳🐦🌙⭐🔥💧🏠🚪🔑📖✉️🎁🚢🏔️🌊🌞🍎🐎🐈🎵⚔️👑🧭🕯️🪞🌹🍞🧵"

_REFRAINS = (
    "The fox looked up at the grapes and sighed. ",
    "The crow on the branch said nothing at all. ",
    "And the grapes hung where they had always hung. ",
    "Then the fox went home by the old road. ",
    "The next day he came back to the garden. ",
)


def texts(*, seed: int, long: bool = False) -> dict[str, Sentences]:
    """Every text by its name; with `long` one of 10⁵ words too."""
    chance = random.Random(seed)
    found = {
        "essay": _essay("article.md"),
        "comment": _essay("comment.md"),
        "prose": _made(chance, _ENGLISH, paragraphs=16),
        "repetitive": _repetitive(chance),
        "verse": _verse(chance),
        "arabic": _made(chance, _ARABIC, paragraphs=14, end=". ", comma="، "),
        "chinese": _chinese(chance),
        "emoji": _emoji(chance),
    }
    if long:
        found["100,000 words"] = _made(chance, _names(chance), paragraphs=900)
    return found


def _essay(name: str) -> Sentences:
    words = (CONTENT / name).read_text(encoding="utf-8")
    paragraphs = [" ".join(part.lstrip("#> ").split()) for part in words.split("\n\n") if part.strip()]
    return [re.findall(r".+?(?:[.?!]”?’?\s+(?=[A-Z“‘])|$)", part) for part in paragraphs]


def _names(chance: random.Random) -> list[str]:
    return _ENGLISH + ["".join(chance.choices("abdegiklmnoprstu", k=chance.randint(4, 9))) for _ in range(9000)]


def _sentence(chance: random.Random, words: list[str], end: str, comma: str) -> str:
    weights = [1 / (rank + 3) for rank in range(len(words))]
    picked = chance.choices(words, weights, k=chance.randint(7, 22))
    if len(picked) > 12:
        picked[5] += comma.strip()
    return picked[0].capitalize() + " " + " ".join(picked[1:]) + end


def _made(
    chance: random.Random, words: list[str], *, paragraphs: int, end: str = ". ", comma: str = ", "
) -> Sentences:
    text = [[_sentence(chance, words, end, comma) for _ in range(chance.randint(4, 9))] for _ in range(paragraphs)]
    return [_ended(one) for one in text]


def _ended(sentences: list[str]) -> list[str]:
    return [*sentences[:-1], sentences[-1].rstrip()]


def _repetitive(chance: random.Random) -> Sentences:
    """Half of all sentences are refrains, in another order each time."""
    text = []
    for _ in range(16):
        own = [_sentence(chance, _ENGLISH[:60], ". ", ", ") for _ in range(3)]
        both = own + chance.sample(_REFRAINS, 3)
        chance.shuffle(both)
        text.append(_ended(both))
    return text


def _verse(chance: random.Random) -> Sentences:
    """Stanzas of four short lines, of which the last is a refrain."""
    refrains = ["and never came the morning to the sea", "and all the lamps were burning on the shore"]
    return [
        [
            *(" ".join(chance.choices(_ENGLISH, k=chance.randint(5, 8))) + ",\n" for _ in range(3)),
            chance.choice(refrains),
        ]
        for _ in range(24)
    ]


def _chinese(chance: random.Random) -> Sentences:
    return [
        ["".join(chance.choices(_CHINESE, k=chance.randint(8, 24))) + "。" for _ in range(chance.randint(4, 8))]
        for _ in range(14)
    ]


def _emoji(chance: random.Random) -> Sentences:
    """Words with pictures among them."""
    pictures = re.findall(r".\ufe0f?", _EMOJI)
    mixed = _ENGLISH[:80] + pictures * 2
    text = []
    for _ in range(14):
        picked = [chance.choices(mixed, k=chance.randint(6, 16)) for _ in range(chance.randint(4, 8))]
        text.append(_ended([" ".join(words) + ". " for words in picked]))
    return text
