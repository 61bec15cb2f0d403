"""What a set of records holds, counted by the features that formats may lose."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

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


def summarise(records: Iterable[Record]) -> Summary:
    """Count the features of records in one pass, in any order of types.

    Holds the id of each mark and two numbers a mark, never a text.
    """
    counter = FeatureCounter()
    for record in records:
        counter.take(record)
    return counter.finish()


class FeatureCounter:
    """Counts the features of records as they pass, in any order of types.

    wanted: those that will be asked for; what only others need is not kept.
    """

    def __init__(self, wanted: Set[str] = FEATURES.keys()) -> None:
        self._wanted = wanted
        self.counts: Counter[str] = Counter()
        self.examples: dict[str, str] = {}
        self.articles: dict[str, str] = {}
        self.article_of: dict[str, str] = {}
        self.hulls: dict[str, array[int]] = {}
        self.mark_links: list[tuple[str, str, str]] = []

    def take(self, record: Record) -> None:
        if not self._wanted:
            return
        name = str(getattr(record, "id", ""))
        for feature, count in _features(record):
            if count:  # most are 0
                self.add(feature, count, name)
        if isinstance(record, Mark):
            self._place(record)
        elif isinstance(record, Link) and record.origin.table == record.target.table == "mark":
            self._count_across(record.id, record.origin.id, record.target.id)

    def _place(self, mark: Mark) -> None:
        if _ACROSS in self._wanted:
            self.article_of[mark.id] = self.articles.setdefault(mark.article, mark.article)
        if not self._wanted.isdisjoint(_BY_PLACE):
            hull = min(span.start for span in mark.spans), max(span.end for span in mark.spans)
            self.hulls.setdefault(mark.article, array("q")).extend(hull)

    def _count_across(self, link: str, origin: str, target: str) -> None:
        """Count a link whose marks passed already; others wait for the end."""
        if _ACROSS not in self._wanted:
            return
        if origin in self.article_of and target in self.article_of:
            self.add(_ACROSS, int(self.article_of[origin] != self.article_of[target]), link)
        else:
            self.mark_links.append((link, origin, target))

    def add(self, feature: str, count: int, example: str = "") -> None:
        if count:
            self.counts[feature] += count
            self.examples.setdefault(feature, example)

    def finish(self) -> Summary:
        for name, origin, target in self.mark_links:
            across = self.article_of.get(origin) != self.article_of.get(target)
            self.add(_ACROSS, int(across), name)
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


def _features(record: Record) -> Iterator[tuple[str, int]]:
    if plain := _PLAIN.get(type(record)):
        yield plain, 1
    if more := _MORE.get(type(record)):
        yield from more(record)
    if record.extra:
        yield "extra", 1


def _of_source(record: Source) -> Iterator[tuple[str, int]]:
    bare = Source(id=record.id, name=record.name, origin_id=record.origin_id, extra=record.extra)
    yield "source-details", int(record != bare)


def _of_article(record: Article) -> Iterator[tuple[str, int]]:
    details = (
        record.byline, record.outlet, record.agency, record.date, record.updated, record.retrieved,
        record.url, record.archive_url, record.language, record.rights, record.tags, record.note,
    )  # fmt: skip
    yield "article-details", int(any(details))
    yield "regions", len(record.regions)
    yield "versions", int(record.version_of is not None)


def _of_mark(record: Mark) -> Iterator[tuple[str, int]]:
    steps = record.attribution
    details = (record.question, record.proposed_by, record.scheme_version, record.created)
    yield "pieces", len(record.spans)
    yield "discontinuous", int(len(record.spans) > 1)
    yield "attributed", int(record.source is not None)
    yield "relays", max(0, len(steps) - 1)
    yield "cues", sum(bool(step.cue or step.mention) for step in steps)
    yield "possible-sources", int(record.possible_source is not None)
    yield "attributes", len(record.attributes)
    yield "attribute-lists", sum(isinstance(value, (list, tuple)) for value in record.attributes.values())
    yield "attribute-origins", len(record.origins)
    yield "hedges", int(bool(record.hedges))
    yield "flags", int(bool(record.flags))
    yield "mark-details", int(any(details) or record.status != "open" or not record.sure)
    yield "mark-annotators", int(record.annotator is not None)
    yield "mark-notes", int(bool(record.note))


def _of_link(record: Link) -> Iterator[tuple[str, int]]:
    yield "links-to-claims", int(record.target.table == "proposition")
    yield "links-to-sources", int(record.target.table == "source")
    yield "links-from-exhibits", int(record.origin.table == "exhibit")
    yield "link-details", int(bool(record.how or record.inferred or record.annotator or record.created))
    yield "link-notes", int(bool(record.note))


_PLAIN: Mapping[type[Record], str] = {
    SchemeLine: "scheme",
    Annotator: "annotators",
    Source: "sources",
    Article: "articles",
    Exhibit: "exhibits",
    Mark: "marks",
    Proposition: "propositions",
    Mention: "mentions",
    Link: "links",
    PropositionLink: "proposition-links",
    Judgement: "judgements",
    Dismissal: "dismissals",
    SavedSearch: "saved-searches",
    Pin: "pins",
    Report: "reports",
}

_MORE: Mapping[type[Record], Callable[..., Iterator[tuple[str, int]]]] = {
    Source: _of_source,
    Article: _of_article,
    Mark: _of_mark,
    Link: _of_link,
}
