"""The pages of the sample: articles, and marks that are given by their words in sample_marks.txt.

Words have to stand in the text once, or the field `nth` says which of them is meant. Further fields:
`cue`, `who` (the words that name the speaker) and `hedges`, each found at the place nearest to the mark;
`on` (claim, stance and perhaps certainty of each mention); `maybe` (a possible source); `flags`,
`question`, `note`; any other is an attribute.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from annotator.domain.ids import AnnotatorId, ArticleId, MarkId, MentionId, PropositionId, SourceId
from annotator.domain.model import Article, Attribution, Mark, Mention, Region
from annotator.domain.spans import Span

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "sample"
MARKS = Path(__file__).with_name("sample_marks.txt")
ANALYST = AnnotatorId("an1")

NOBODY = "-"
"""Stands where words are attributed, but to nobody who is named."""

SEVERAL = ("denial_kind",)
"""Attributes with several values at once."""


class Page:
    """One article whose words are being marked."""

    def __init__(self, row: str, file: str, regions: Sequence[tuple[str, str]] = (), **fields: Any) -> None:
        self.file = file
        self.text = (FOLDER / file).read_text(encoding="utf-8").removesuffix("\n")
        self.article = Article(
            id=ArticleId(row),
            text=self.text,
            regions=tuple(Region(kind, self.only(words)) for kind, words in regions),
            sha256=hashlib.sha256(self.text.encode()).hexdigest(),
            language="en",
            **fields,
        )
        self.marks: list[Mark] = []
        self.mentions: list[Mention] = []

    def mark(self, row: str, label: str, chain: Sequence[str], words: str, fields: Mapping[str, str]) -> None:
        """Mark words; fields that are not known here are attributes of the mark."""
        own = dict(fields)
        spans = self.pieces(words.split(" | "), int(own.pop("nth", "1")) if "nth" in own else None)
        cue, who, hedges = (self.near(own.pop(name, ""), spans) for name in ("cue", "who", "hedges"))
        steps = [Attribution(None if speaker == NOBODY else SourceId(speaker)) for speaker in chain]
        if steps:
            steps[0] = steps[0]._replace(cue=cue, mention=who)
        self.mentions += [_mention(row, *entry.split()) for entry in _listed(own.pop("on", ""))]
        self.marks.append(
            Mark(
                id=MarkId(row),
                article=self.article.id,
                label=label,
                spans=spans,
                quotes=tuple(self.text[start:end] for start, end in spans),
                annotator=ANALYST,
                attribution=tuple(steps),
                possible_source=SourceId(own.pop("maybe")) if "maybe" in own else None,
                hedges=hedges,
                flags=_listed(own.pop("flags", "")),
                question=own.pop("question", None),
                note=own.pop("note", None),
                attributes={
                    name: _listed(value) if name in SEVERAL else value for name, value in own.items()
                },
                origins=dict.fromkeys(own, "hand"),
            )
        )

    def pieces(self, words: Sequence[str], nth: int | None) -> tuple[Span, ...]:
        """The first piece as `only` finds it, each further one where it next occurs."""
        spans = [self.only(words[0], nth)]
        for piece in words[1:]:
            start = self.text.index(piece, spans[-1].end)
            spans.append(Span(start, start + len(piece)))
        return tuple(spans)

    def only(self, words: str, nth: int | None = None) -> Span:
        found = self._all(words)
        if nth is None and len(found) != 1:
            raise ValueError(f"{self.file}: {words!r} stands there {len(found)} times")
        return found[(nth or 1) - 1]

    def near(self, words: str, spans: Sequence[Span]) -> tuple[Span, ...]:
        """The occurrence with the fewest characters between it and the mark; none for no words."""
        start, end = spans[0].start, spans[-1].end

        def gap(span: Span) -> int:
            return max(start - span.end, span.start - end, 0)

        return (min(self._all(words), key=gap),) if words else ()

    def _all(self, words: str) -> list[Span]:
        found = [Span(*match.span()) for match in re.finditer(re.escape(words), self.text)]
        if not found:
            raise ValueError(f"{self.file}: {words!r} does not stand there")
        return found


def _listed(value: str) -> tuple[str, ...]:
    return tuple(value.split(", ")) if value else ()


def _mention(mark: str, claim: str, stance: str, certainty: str | None = None) -> Mention:
    return Mention(
        id=MentionId(f"{mark}-{claim}"),
        mark=MarkId(mark),
        proposition=PropositionId(claim),
        stance=stance,
        certainty=certainty,
        annotator=ANALYST,
    )


def mark_all(pages: Mapping[ArticleId, Page]) -> None:
    """Make the marks of sample_marks.txt on their pages."""
    for head, fields in _entries(lines(MARKS)):
        if head.startswith("= "):
            page = pages[ArticleId(head[2:])]
            continue
        what, _, words = head.partition(": ")
        row, label, *chain = what.replace(" < ", " ").split()
        page.mark(row, label, chain, words, dict(field.split(" ", 1) for field in fields))


def _entries(given: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Each line that is not indented, with the fields of the indented one below it."""
    kept = list(given)
    for line, below in zip_longest(kept, kept[1:], fillvalue=""):
        if not line.startswith(" "):
            yield line, below.strip().split("; ") if below.startswith(" ") else []


def lines(file: Path) -> list[str]:
    """The lines of a file that say something."""
    given = file.read_text(encoding="utf-8").splitlines()
    return [line for line in given if line.strip() and not line.startswith("#")]
