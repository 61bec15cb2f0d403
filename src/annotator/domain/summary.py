"""What a set of records holds, counted by the features that formats may lose."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from annotator.domain.judging import EVIDENCE
from annotator.domain.model import (
    Annotator,
    Article,
    Dismissal,
    Exhibit,
    Judgement,
    Link,
    Mark,
    Mention,
    Pin,
    ProjectLine,
    Proposition,
    PropositionLink,
    Record,
    Report,
    SavedSearch,
    SchemeLine,
    Source,
)

FEATURES = {
    "scheme": "a scheme",
    "annotators": "annotators",
    "sources": "sources",
    "source-details": "sources of which more is known than the name",
    "articles": "articles",
    "article-details": "articles of which more is known than text and title",
    "regions": "regions of articles: titles, datelines, captions",
    "versions": "articles that correct another one",
    "marks": "marks",
    "pieces": "spans of marks",
    "discontinuous": "marks of more than one piece",
    "overlapping": "marks that share characters with another one",
    "crossing": "marks that overlap another one without one containing the other",
    "attributed": "marks with a source",
    "relays": "steps through which words came",
    "cues": "steps of attribution whose words are marked",
    "possible-sources": "marks with a source that is only possible",
    "attributes": "attribute values",
    "attribute-lists": "attributes with several values at once",
    "attribute-origins": "attribute values whose origin is noted",
    "hedges": "marks with hedges",
    "flags": "marks with flags",
    "mark-details": "marks with a status, doubt, question, proposer, time or version of the scheme",
    "mark-annotators": "marks whose annotator is named",
    "mark-notes": "marks with a note",
    "exhibits": "exhibits",
    "propositions": "claim nodes",
    "mentions": "mentions of claim nodes",
    "proposition-links": "links between claim nodes",
    "links": "links",
    "links-across-articles": "links from one article to another",
    "links-to-claims": "links to a claim node",
    "links-to-sources": "links to a source",
    "links-from-exhibits": "links from an exhibit",
    "link-details": "links with a way, an annotator, a time or that are inferred",
    "link-notes": "links with a note",
    "judgements": "judgements",
    "dismissals": "dismissed loose ends",
    "saved-searches": "saved searches",
    "pins": "pinned marks",
    "reports": "reports",
    "extra": "records with fields unknown to this version",
}
"""Every feature that is counted, with what it means."""


_AT_ONCE = 500
"""Links whose marks are looked up together."""
_ACROSS = "links-across-articles"
_BY_PLACE = frozenset({"overlapping", "crossing"})


@dataclass(frozen=True)
class Summary:
    """Counts by feature; look them up as `summary["marks"]`, 0 where there is none.

    examples: for a feature, the id of the first record that has it.
    """

    counts: Mapping[str, int]
    examples: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, feature: str) -> int:
        if feature not in FEATURES:
            raise KeyError(feature)
        return self.counts.get(feature, 0)

    def example(self, feature: str) -> str:
        """The id of a record that has the feature, or an empty text."""
        return self.examples.get(feature, "")

    @classmethod
    def of_everything(cls) -> Summary:
        """One of each feature: what a format loses of it, it can lose at all."""
        return cls(dict.fromkeys(FEATURES, 1))


class _Asking(Mapping[str, int]):
    """Counts of one each that note which of them are asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, feature: str) -> int:
        self.asked.add(feature)
        return 1

    def __iter__(self) -> Iterator[str]:
        return iter(FEATURES)

    def __len__(self) -> int:
        return len(FEATURES)


def asked_by(losses: Callable[[Summary], object]) -> set[str]:
    """The features a format looks at to say what it loses; others need not be counted for it."""
    counts = _Asking()
    losses(Summary(counts))
    return counts.asked


_Counting = tuple[str, Callable[[Any], int]]
"""A feature, and how often a record has it."""
Across = Callable[[Sequence[str]], Collection[str]]
"""Answers with those of some links between marks, given by their ids, that lead to another article."""


def summarise(records: Iterable[Record], across: Across | None = None) -> Summary:
    """Count the features of records in one pass, in any order of types.

    Holds two numbers a mark, never a text, and its id unless `across` is there to be asked.
    """
    counter = FeatureCounter(across=across)
    for record in records:
        counter.take(record)
    return counter.finish()


class FeatureCounter:
    """Counts the features of records as they pass, in any order of types, those of one type together.

    wanted: those that will be asked for; others are not counted.
    across: spares it remembering the article of each mark that passes.
    """

    def __init__(self, wanted: Set[str] = FEATURES.keys(), across: Across | None = None) -> None:
        self._counting = {
            record: [(feature, count) for feature, count in (*features.items(), _EXTRA) if feature in wanted]
            for record, features in _FEATURES_OF.items()
        }
        counting_marks = self._counting[Mark]
        self._counting_marks = [one for one in counting_marks if one[0] not in _MARK_DETAILS]
        self._counting_details = [one for one in counting_marks if one[0] in _MARK_DETAILS]
        self._alike: Mark | None = None
        """The first of marks one after the other that share their details."""
        self._alike_details: object = None
        self._alike_count = 0
        self._asks_across = _ACROSS in wanted
        self._asks_places = not wanted.isdisjoint(_BY_PLACE)
        self._asks_marks = self._asks_places or (self._asks_across and not across)
        self.counts: Counter[str] = Counter()
        self.examples: dict[str, str] = {}
        self.articles: dict[str, str] = {}
        self.hulls: dict[str, array[int]] = {}
        self.mark_links: list[Link] = []
        self._across = across

    def take(self, record: Record) -> None:
        if isinstance(record, Mark):
            self._count(record, self._counting_marks)
            details = _details_of_mark(record)
            if details != self._alike_details:
                self._count_alike()
                self._alike, self._alike_details = record, details
            self._alike_count += 1
            if self._asks_marks:
                self._place(record)
            return
        self._count(record, self._counting.get(type(record), ()))
        if self._asks_across and isinstance(record, Link):
            self._wait(record)

    def _count_alike(self) -> None:
        if self._alike:
            self._count(self._alike, self._counting_details, self._alike_count)
        self._alike_count = 0

    def _count(self, record: Record, counting: Iterable[_Counting], times: int = 1) -> None:
        for feature, count in counting:
            if found := count(record):  # most are 0
                self.add(feature, found * times, getattr(record, "id", ""))

    def _place(self, mark: Mark) -> None:
        if self._asks_across and not self._across:
            self.articles[mark.id] = mark.article
        if self._asks_places:
            hull = min(span.start for span in mark.spans), max(span.end for span in mark.spans)
            self.hulls.setdefault(mark.article, array("q")).extend(hull)

    def _wait(self, link: Link) -> None:
        if link.origin.table == link.target.table == "mark":
            self.mark_links.append(link)
            if self._across and len(self.mark_links) == _AT_ONCE:
                self._count_across()

    def _count_across(self) -> None:
        ask = self._across or self._remembered_across
        found = ask([link.id for link in self.mark_links])
        first = next((link.id for link in self.mark_links if link.id in found), "")
        self.add(_ACROSS, len(found), first)
        self.mark_links.clear()

    def _remembered_across(self, links: Sequence[str]) -> Collection[str]:
        article = self.articles.get
        ends = zip(links, self.mark_links, strict=True)
        return {name for name, link in ends if article(link.origin.id) != article(link.target.id)}

    def add(self, feature: str, count: int, example: str = "") -> None:
        if count:
            self.counts[feature] += count
            self.examples.setdefault(feature, example)

    def finish(self) -> Summary:
        self._count_across()
        self._count_alike()
        for article, flat in self.hulls.items():
            overlapping, crossing = overlaps(list(zip(flat[::2], flat[1::2], strict=True)))
            self.add("overlapping", overlapping, article)
            self.add("crossing", crossing, article)
        return Summary(self.counts, self.examples)


def overlaps(hulls: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many ranges share a character with another one, and how many cross another one.

    Ranges cross if they overlap and each has a character the other has not.
    A range is counted at most once. O(n log n) comparisons.
    """
    starts = sorted(start for start, _ in hulls)
    ends = sorted(end for _, end in hulls)
    overlapping = sum(bisect_left(starts, end) - bisect_right(ends, start) > 1 for start, end in hulls)
    left = _crossing_an_earlier_one(hulls)
    right = {
        (-end, -start) for start, end in _crossing_an_earlier_one([(-end, -start) for start, end in hulls])
    }
    return overlapping, sum(hull in left or hull in right for hull in hulls)


def _crossing_an_earlier_one(hulls: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The ranges in which one that starts before them ends."""
    found: set[tuple[int, int]] = set()
    ends: list[int] = []
    for start, group in groupby(sorted(hulls), key=itemgetter(0)):
        same_start = [end for _, end in group]
        first = bisect_right(ends, start)
        found |= {(start, end) for end in same_start if first < len(ends) and ends[first] < end}
        for end in same_start:
            insort(ends, end)
    return found


def _has_details_of_source(source: Source) -> bool:
    return source != Source(id=source.id, name=source.name, origin_id=source.origin_id, extra=source.extra)


def _has_details_of_article(article: Article) -> bool:
    details = (
        article.byline, article.outlet, article.agency, article.date, article.updated, article.retrieved,
        article.url, article.archive_url, article.language, article.rights, article.tags, article.note,
    )  # fmt: skip
    return any(details)


def _has_details_of_mark(mark: Mark) -> bool:
    details = mark.question, mark.proposed_by, mark.scheme_version, mark.created
    return any(details) or mark.status != "open" or not mark.sure


_MARK_DETAILS = frozenset(
    {
        "possible-sources", "attribute-origins", "hedges", "flags", "mark-details", "mark-annotators",
        "mark-notes", "extra",
    }
)  # fmt: skip
"""Features that marks one after the other mostly share, since they look at no more than these fields."""
_details_of_mark = attrgetter(
    "possible_source", "origins", "hedges", "flags", "question", "proposed_by", "scheme_version", "created",
    "status", "sure", "annotator", "note", "extra",
)  # fmt: skip


def _steps_with_cues(mark: Mark) -> int:
    return len([step for step in mark.attribution if step.cue or step.mention])


def _lists_of_values(mark: Mark) -> int:
    return sum(isinstance(value, (list, tuple)) for value in mark.attributes.values())


def _one(record: Record) -> int:
    del record
    return 1


_OURS = frozenset({EVIDENCE})
"""What this version itself keeps among the fields it has no column for."""
_EXTRA = "extra", lambda record: bool(record.extra) and not record.extra.keys() <= _OURS


_FEATURES_OF: Mapping[type[Record], Mapping[str, Callable[[Any], int]]] = {
    ProjectLine: {},
    SchemeLine: {"scheme": _one},
    Annotator: {"annotators": _one},
    Source: {"sources": _one, "source-details": _has_details_of_source},
    Article: {
        "articles": _one,
        "article-details": _has_details_of_article,
        "regions": lambda article: len(article.regions),
        "versions": lambda article: article.version_of is not None,
    },
    Exhibit: {"exhibits": _one},
    Mark: {
        "marks": _one,
        "pieces": lambda mark: len(mark.spans),
        "discontinuous": lambda mark: len(mark.spans) > 1,
        "attributed": lambda mark: mark.source is not None,
        "relays": lambda mark: max(0, len(mark.attribution) - 1),
        "cues": _steps_with_cues,
        "possible-sources": lambda mark: mark.possible_source is not None,
        "attributes": lambda mark: len(mark.attributes),
        "attribute-lists": _lists_of_values,
        "attribute-origins": lambda mark: len(mark.origins),
        "hedges": lambda mark: bool(mark.hedges),
        "flags": lambda mark: bool(mark.flags),
        "mark-details": _has_details_of_mark,
        "mark-annotators": lambda mark: mark.annotator is not None,
        "mark-notes": lambda mark: bool(mark.note),
    },
    Proposition: {"propositions": _one},
    Mention: {"mentions": _one},
    Link: {
        "links": _one,
        "links-to-claims": lambda link: link.target.table == "proposition",
        "links-to-sources": lambda link: link.target.table == "source",
        "links-from-exhibits": lambda link: link.origin.table == "exhibit",
        "link-details": lambda link: bool(link.how or link.inferred or link.annotator or link.created),
        "link-notes": lambda link: bool(link.note),
    },
    PropositionLink: {"proposition-links": _one},
    Judgement: {"judgements": _one},
    Dismissal: {"dismissals": _one},
    SavedSearch: {"saved-searches": _one},
    Pin: {"pins": _one},
    Report: {"reports": _one},
}
"""How often a record of each type has each feature; `extra` every type may have."""
