"""A made-up corpus of many short articles, written as `annotator-jsonl` in parts of flat memory.

Every article has ten marks and three links: one denies, one supports, one goes to another
article. Sources grow slowly with the corpus, claims are shared by many marks.
"""

from __future__ import annotations

import json
import math
import random
import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from bench import texts

MARKS, LINKS, MENTIONS = 10, 3, 2
SOURCES_OF_1000 = 300
ARTICLES_A_CLAIM = 5
RARE_EVERY = 400
"""Articles to one that holds `RARE`; `COMMON` stands in nearly all that are English."""
RARE, COMMON = "Karlovytsia", "ministry"

PARTS = ("source", "article", "mark", "proposition", "mention", "link")
KINDS = ("person", "organisation", "state", "outlet", "document", "group")
STATES = ("new", "new", "new", "reading", "done", "done")
SCRIPTS = ("english", "mixed", "cyrillic", "arabic", "chinese")
FIRST_DAY = date(2021, 1, 1)

Line = dict[str, Any]


class Counts(NamedTuple):
    """How much of each there is in a corpus."""

    articles: int

    @property
    def sources(self) -> int:
        return 10 + round(SOURCES_OF_1000 * math.pow(self.articles / 1000, 0.4))

    @property
    def claims(self) -> int:
        return max(1, self.articles // ARTICLES_A_CLAIM)


def write(path: Path, articles: int, seed: int = 7) -> Path:
    """The corpus as a file; each part is written beside it first, since a file goes type by type."""
    counts = Counts(articles)
    files = {name: path.with_suffix(f".{name}") for name in PARTS}
    with ExitStack() as stack:
        open_files = {
            name: stack.enter_context(file.open("w", encoding="utf-8", newline="\n"))
            for name, file in files.items()
        }
        for line in _lines(counts, seed):
            _put(open_files[line["type"]], line)
    with path.open("wb") as whole:
        whole.write(b'{"type":"project","format":"annotator/1","name":"Corpus"}\n')
        for file in files.values():
            with file.open("rb") as part:
                shutil.copyfileobj(part, whole)
            file.unlink()
    return path


def _put(file: TextIO, line: Line) -> None:
    file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def _lines(counts: Counts, seed: int) -> Iterator[Line]:
    """All lines but the first, article by article."""
    for number in range(counts.sources):
        yield _source(number)
    for number in range(counts.claims):
        said = texts.news(random.Random(f"{seed} claim {number}"), "english", 1)
        yield {"type": "proposition", "id": _id("proposition", number), "text": said}
    for number in range(counts.articles):
        chance = random.Random(f"{seed} {number}")
        article = _article(chance, counts, number)
        marks = [_mark(chance, counts, article, number * MARKS + place) for place in range(MARKS)]
        yield article
        yield from marks
        for place in range(MENTIONS):
            yield _mention(chance, counts, number, place)
        yield from _links(chance, counts, number)


def _source(number: int) -> Line:
    kind = KINDS[number % len(KINDS)]
    name = f"{texts.ENGLISH.split()[number % 30].title()} {kind.title()} {number}"
    return {"type": "source", "id": _id("source", number), "name": name, "kind": kind}


def _article(chance: random.Random, counts: Counts, number: int) -> Line:
    script = chance.choices(SCRIPTS, (60, 10, 14, 8, 8))[0]
    paragraphs = [
        texts.news(chance, script, max(1, min(6, int(chance.lognormvariate(0.8, 0.5)))))
        for _ in range(chance.randint(3, 9))
    ]
    if number % RARE_EVERY == 1:
        paragraphs[-1] += f" {RARE}."
    day = FIRST_DAY + timedelta(days=chance.randrange(1500))
    outlet = chance.randrange(min(counts.sources, 60))
    return {
        "type": "article", "id": _id("article", number), "text": "\n".join(paragraphs),
        "title": texts.news(chance, script, 1)[:60], "outlet": _id("source", outlet),
        "date": day.isoformat(), "status": chance.choice(STATES),
    }  # fmt: skip


def _mark(chance: random.Random, counts: Counts, article: Line, number: int) -> Line:
    words = article["text"]
    size = min(chance.choice((20, 40, 90, 200)), len(words) - 1)
    start = chance.randrange(len(words) - size)
    pieces = texts.pieces(chance, start, start + size)
    speaker = {"source": _id("source", chance.randrange(counts.sources)), "cue": [], "mention": []}
    return {
        "type": "mark", "id": _id("mark", number), "article": article["id"],
        "label": texts.LABELS[number % MARKS % len(texts.LABELS)], "spans": pieces,
        "quotes": [words[begin:end] for begin, end in pieces],
        "attribution": [speaker] if chance.random() < 0.75 else [],
    }  # fmt: skip


def _mention(chance: random.Random, counts: Counts, article: int, place: int) -> Line:
    return {
        "type": "mention", "id": _id("mention", article * MENTIONS + place),
        "mark": _id("mark", article * MARKS + place),
        "proposition": _id("proposition", chance.randrange(counts.claims)),
        "stance": chance.choice(("support", "support", "deny", "query")),
    }  # fmt: skip


def _links(chance: random.Random, counts: Counts, article: int) -> Iterator[Line]:
    first = article * MARKS
    across = chance.randrange(counts.articles) * MARKS + 6
    ends = (("denies", first + 3, first), ("supports", first + 4, first + 1))
    for place, (kind, origin, target) in enumerate((*ends, ("responds_to", first + 5, across))):
        yield {
            "type": "link", "id": _id("link", article * LINKS + place), "kind": kind,
            "from": {"mark": _id("mark", origin)}, "to": {"mark": _id("mark", target)},
        }  # fmt: skip


def _id(kind: str, number: int) -> str:
    """A UUIDv7 that the same corpus has every time, as in a file the program wrote itself."""
    place = PARTS.index(kind) + 1
    millis = 1_600_000_000_000 + number
    return str(uuid.UUID(int=(millis << 80) | (7 << 76) | (2 << 62) | (place << 48) | number))
