"""Made-up news in several scripts, with marks and links; the same seed gives the same article.

Six paragraphs in ten are English; the others are Cyrillic, Arabic, Chinese or English with
quotes in other scripts and emoji. Marks nest, cross and have holes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
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


def news(chance: random.Random, kind: str, sentences: int) -> str:
    """Sentences of one kind: english, mixed, cyrillic, arabic or chinese."""
    return " ".join(_sentence(chance, kind) for _ in range(sentences))


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
    return news(chance, kind, sentences)


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
        found.append(pieces(chance, start, start + size))
    return sorted(found)


def pieces(chance: random.Random, start: int, end: int) -> list[list[int]]:
    """One piece, or in one mark of ten two pieces around a hole."""
    if end - start < 12 or chance.random() > 0.1:
        return [[start, end]]
    hole = start + (end - start) // 3
    return [[start, hole], [hole + (end - start) // 4, end]]


def lines(length: int, marks: int, seed: int = 1, joint: str = "\n") -> Iterator[dict[str, Any]]:
    """A project in `annotator-jsonl`: a short article, and one with marks, their sources and links.

    The window opens on the short one; every third mark of the other has a link.
    joint: what stands between paragraphs; a space makes the article one line.
    """
    chance = random.Random(seed)
    words = text(length, seed).replace("\n", joint)
    places = spans(length, marks, seed + 1)
    labels = [chance.choice(LABELS) for _ in places]
    yield from _head(words)
    for number, (pieces, label) in enumerate(zip(places, labels, strict=True)):
        yield _mark(chance, words, number, label, pieces)
    yield from _links(chance, labels)


def crowd(length: int, marks: int, links: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """An article whose mark in the middle is linked with the `links` marks around it.

    Each of these has a link to a neighbour as well, so that the margin of every page is full;
    `links` 0 leaves all links out.
    """
    chance = random.Random(seed)
    words = text(length, seed)
    places = [[[start, start + 12]] for start in range(0, length - 12, (length - 12) // marks + 1)]
    yield from _head(words)
    for number, pieces in enumerate(places):
        yield _mark(chance, words, number, "claim", pieces)
    middle = len(places) // 2
    around = range(max(0, middle - links // 2), min(len(places), middle + links // 2 + 1))
    for number in around if links else ():
        if number != middle:
            yield _link(f"h{number}", "supports", number, middle)
    for number in range(1, len(places) if links else 0):
        for kind, back in (("supports", 1), ("undermines", 3), ("responds_to", 7)):
            yield _link(f"{kind}{number}", kind, number, (number - back) % len(places))


def _head(words: str) -> Iterator[dict[str, Any]]:
    yield {"type": "project", "format": "annotator/1", "name": "Bench"}
    for number in range(SOURCES):
        yield {"type": "source", "id": f"s{number}", "name": f"Office {number}", "kind": "organisation"}
    yield {"type": "article", "id": "a0", "text": "Where the window opens.", "title": "Short"}
    yield {"type": "article", "id": "a1", "text": words, "title": f"Article of {len(words)} characters"}


def _mark(
    chance: random.Random, words: str, number: int, label: str, pieces: list[list[int]]
) -> dict[str, Any]:
    speaker = {"source": f"s{chance.randrange(SOURCES)}", "cue": [], "mention": []}
    return {
        "type": "mark", "id": f"m{number}", "article": "a1", "label": label, "spans": pieces,
        "quotes": [words[start:end] for start, end in pieces],
        "attribution": [speaker] if chance.random() < 0.8 else [],
    }  # fmt: skip


def _links(chance: random.Random, labels: list[str]) -> Iterator[dict[str, Any]]:
    claims = [number for number, label in enumerate(labels) if label == "claim"]
    kinds = {"denial": "denies", "evidence": "supports"}
    for number, label in enumerate(labels):
        if label in kinds and claims:
            near = min(
                len(claims) - 1, max(0, round(number * len(claims) / len(labels) + chance.gauss(0, 6)))
            )
            yield _link(f"l{number}", kinds[label], number, claims[near])


def _link(name: str, kind: str, origin: int, target: int) -> dict[str, Any]:
    ends = {"from": {"mark": f"m{origin}"}, "to": {"mark": f"m{target}"}}
    return {"type": "link", "id": name, "kind": kind, **ends}
