"""Made-up news in several scripts, with marks and links; the same seed gives the same article.

Six paragraphs in ten are English; the others are Cyrillic, Arabic, Chinese or English with
quotes in other scripts and emoji. Marks nest, cross and have holes.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ENGLISH = (
    "the of to and said that officials ministry denied claim rockets engine factory statement spokesman "
    "council evidence drone strike photographs satellite imagery analysts sources harbour region border "
    "investigation sanctions company documents anonymous witness video published verified responsibility"
)
CYRILLIC = (
    "речник міністерства заперечив звинувачення ракета двигун завод докази супутникові знімки джерело "
    "повідомили вчора область посадовець який побажав залишитися анонімним"
)
ARABIC = "قالت وزارة الدفاع إن الهجوم أسفر عن مقتل مدنيين ونفى المتحدث باسم الحكومة هذه الاتهامات"
CHINESE = "外交部发言人否认了有关导弹技术出口的指控并表示该报告缺乏证据卫星图像显示车队在边境地区移动"
EMOJI = (
    "\U0001f680",
    "\U0001f525",
    "\U0001f1fa\U0001f1e6",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u26a0\ufe0f",
)
LABELS = ("claim", "claim", "claim", "denial", "evidence", "no_comment")
SOURCES = 40


def text(length: int, seed: int = 1) -> str:
    """News of exactly `length` characters, in paragraphs of some three hundred."""
    chance = random.Random(seed)
    paragraphs: list[str] = []
    written = 0
    while written < length:
        paragraphs.append(_paragraph(chance))
        written += len(paragraphs[-1]) + 1
    return "\n".join(paragraphs)[:length]


def _paragraph(chance: random.Random) -> str:
    kind = chance.choices(("english", "mixed", "cyrillic", "arabic", "chinese"), (60, 10, 12, 10, 8))[0]
    sentences = max(1, min(9, int(chance.lognormvariate(0.9, 0.5))))
    return " ".join(_sentence(chance, kind) for _ in range(sentences))


def _sentence(chance: random.Random, kind: str) -> str:
    if kind == "chinese":
        return "".join(chance.choices(CHINESE, k=chance.randint(15, 50))) + "。"
    if kind == "mixed":
        quote = _sentence(chance, chance.choice(("cyrillic", "arabic", "chinese")))
        return f"{_sentence(chance, 'english')} “{quote}” {chance.choice(EMOJI)}"
    words = {"english": ENGLISH, "cyrillic": CYRILLIC, "arabic": ARABIC}[kind]
    said = " ".join(chance.choices(words.split(), k=chance.randint(9, 26)))
    return f"{said[0].upper()}{said[1:]}."


def spans(length: int, count: int, seed: int = 2) -> list[list[list[int]]]:
    """`count` marks of one to three pieces: 60 % phrases, 30 % sentences, 8 % paragraphs, 2 % long."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        low, high = chance.choices(((12, 70), (70, 260), (260, 1500), (1500, 10000)), (60, 30, 8, 2))[0]
        size = min(chance.randint(low, high), max(12, length // 2))
        start = chance.randrange(max(1, length - size))
        found.append(_pieces(chance, start, start + size))
    return sorted(found)


def _pieces(chance: random.Random, start: int, end: int) -> list[list[int]]:
    """One piece, or in one mark of ten two pieces around a hole."""
    if end - start < 12 or chance.random() > 0.1:
        return [[start, end]]
    hole = start + (end - start) // 3
    return [[start, hole], [hole + (end - start) // 4, end]]


def lines(length: int, marks: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """A project in `annotator-jsonl`: a short article, and one with marks, their sources and links.

    The window opens on the short one; every third mark of the other has a link.
    """
    chance = random.Random(seed)
    words = text(length, seed)
    places = spans(length, marks, seed + 1)
    labels = [chance.choice(LABELS) for _ in places]
    yield {"type": "project", "format": "annotator/1", "name": "Bench"}
    for number in range(SOURCES):
        yield {"type": "source", "id": f"s{number}", "name": f"Office {number}", "kind": "organisation"}
    yield {"type": "article", "id": "a0", "text": "Where the window opens.", "title": "Short"}
    yield {"type": "article", "id": "a1", "text": words, "title": f"Article of {length} characters"}
    for number, (pieces, label) in enumerate(zip(places, labels, strict=True)):
        speaker = {"source": f"s{chance.randrange(SOURCES)}", "cue": [], "mention": []}
        yield {
            "type": "mark", "id": f"m{number}", "article": "a1", "label": label, "spans": pieces,
            "quotes": [words[start:end] for start, end in pieces],
            "attribution": [speaker] if chance.random() < 0.8 else [],
        }  # fmt: skip
    yield from _links(chance, labels)


def _links(chance: random.Random, labels: list[str]) -> Iterator[dict[str, Any]]:
    claims = [number for number, label in enumerate(labels) if label == "claim"]
    kinds = {"denial": "denies", "evidence": "supports"}
    for number, label in enumerate(labels):
        if label in kinds and claims:
            near = min(
                len(claims) - 1, max(0, round(number * len(claims) / len(labels) + chance.gauss(0, 6)))
            )
            yield {
                "type": "link", "id": f"l{number}", "kind": kinds[label],
                "from": {"mark": f"m{number}"}, "to": {"mark": f"m{claims[near]}"},
            }  # fmt: skip


def write(path: Path, length: int, marks: int) -> Path:
    """The project of `lines` as a file."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines(length, marks):
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    return path
