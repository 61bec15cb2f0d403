"""What a set of records holds, counted by the features that formats may lose."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from annotator.domain.judging import EVIDENCE
from annotator.domain.model import (
    Annotator,
    Article,
    Attribution,
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
from annotator.domain.runs import Run

FEATURES: Mapping[str, tuple[str, str]] = {
    "scheme": ("scheme", "a scheme"),
    "annotators": ("annotator", "annotators"),
    "sources": ("source", "sources"),
    "source-details": (
        "source of which more is known than the name",
        "sources of which more is known than the name",
    ),
    "articles": ("article", "articles"),
    "article-details": (
        "article of which more is known than text and title",
        "articles of which more is known than text and title",
    ),
    "regions": (
        "region of an article: title, dateline or caption",
        "regions of articles: titles, datelines, captions",
    ),
    "versions": ("article that corrects another one", "articles that correct another one"),
    "marks": ("mark", "marks"),
    "pieces": ("span of a mark", "spans of marks"),
    "discontinuous": ("mark of more than one piece", "marks of more than one piece"),
    "overlapping": (
        "mark that shares characters with another one",
        "marks that share characters with another one",
    ),
    "crossing": (
        "mark that overlaps another one without one containing the other",
        "marks that overlap another one without one containing the other",
    ),
    "attributed": ("mark with a source", "marks with a source"),
    "relays": ("step through which words came", "steps through which words came"),
    "cues": ("step of attribution whose words are marked", "steps of attribution whose words are marked"),
    "possible-sources": (
        "mark with a source that is only possible",
        "marks with a source that is only possible",
    ),
    "attributes": ("attribute value", "attribute values"),
    "attribute-lists": ("attribute with several values at once", "attributes with several values at once"),
    "attribute-origins": ("attribute value whose origin is noted", "attribute values whose origin is noted"),
    "hedges": ("mark with hedges", "marks with hedges"),
    "flags": ("mark with flags", "marks with flags"),
    "mark-details": (
        "mark with a status, doubt, question, proposer, time or version of the scheme",
        "marks with a status, doubt, question, proposer, time or version of the scheme",
    ),
    "mark-annotators": ("mark whose annotator is named", "marks whose annotator is named"),
    "mark-notes": ("mark with a note", "marks with a note"),
    "exhibits": ("exhibit", "exhibits"),
    "propositions": ("claim node", "claim nodes"),
    "mentions": ("mention of a claim node", "mentions of claim nodes"),
    "proposition-links": ("link between claim nodes", "links between claim nodes"),
    "links": ("link", "links"),
    "links-across-articles": ("link from one article to another", "links from one article to another"),
    "links-to-claims": ("link to a claim node", "links to a claim node"),
    "links-to-sources": ("link to a source", "links to a source"),
    "links-from-exhibits": ("link from an exhibit", "links from an exhibit"),
    "link-details": (
        "link with a way, an annotator, a time or that is inferred",
        "links with a way, an annotator, a time or that are inferred",
    ),
    "link-notes": ("link with a note", "links with a note"),
    "judgements": ("judgement", "judgements"),
    "dismissals": ("dismissed loose end", "dismissed loose ends"),
    "saved-searches": ("saved search", "saved searches"),
    "pins": ("pinned mark", "pinned marks"),
    "reports": ("report", "reports"),
    "extra": ("record with fields unknown to this version", "records with fields unknown to this version"),
}
"""Every feature that is counted: what one is called, and what several are."""
_TEXTS = ("text of an article", "texts of articles")

_AT_ONCE = 500
"""Links whose marks are looked up together."""
_ACROSS = "links-across-articles"
_BY_PLACE = frozenset({"overlapping", "crossing"})


def feature_name(code: str, count: int = 0) -> str:
    """What so many of a feature are called, or of what else formats may lose; without a count, any number."""
    one, many = _TEXTS if code == "texts" else FEATURES.get(code, 2 * (code.replace("-", " "),))
    return one if count == 1 else many


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


Across = Callable[[Sequence[str]], Collection[str]]
"""Answers with those of some links between marks, given by their ids, that lead to another article."""


class FeatureCounter:
    """Counts the features of records as they pass by runs, in any order of types.

    wanted: those that will be asked for; others are not counted.
    Holds two numbers a mark, never a text.
    """

    def __init__(self, across: Across, wanted: Set[str] = FEATURES.keys()) -> None:
        self._across = across
        self._counting = {
            record: {name: one for name, one in (*features.items(), _EXTRA) if name in wanted}
            for record, features in _FEATURES_OF.items()
        }
        self._asks_across = _ACROSS in wanted
        self._asks_places = not wanted.isdisjoint(_BY_PLACE)
        self.counts: Counter[str] = Counter()
        self.examples: dict[str, str] = {}
        self.hulls: dict[str, array[int]] = {}
        self.mark_links: list[str] = []
        """Links between marks that are not looked up yet."""

    def take(self, run: Run[Record]) -> None:
        for name, feature in self._counting[run.record].items():
            if not run.is_usual(*feature.fields):
                self._count(name, feature, run)
        if run.record is Mark and self._asks_places:
            self._place(run)
        elif run.record is Link and self._asks_across:
            self._wait(run)

    def _count(self, name: str, feature: _Feature, run: Run[Record]) -> None:
        columns = [run.columns[field] for field in feature.fields]
        if all(column.count(column[0]) == len(run) for column in columns):
            found = [feature.count(*[column[0] for column in columns])] * len(run)
        else:
            found = [*map(feature.count, *columns)]
        if count := sum(found):
            first = found.index(next(filter(None, found)))
            self.add(name, count, run.columns["id"][first] if "id" in run.columns else "")

    def _place(self, run: Run[Record]) -> None:
        for article, spans in run.rows("article", "spans"):
            hull = min(span.start for span in spans), max(span.end for span in spans)
            self.hulls.setdefault(article, array("q")).extend(hull)

    def _wait(self, run: Run[Record]) -> None:
        for link, origin, target in run.rows("id", "origin", "target"):
            if origin.table == target.table == "mark":
                self.mark_links.append(link)
        if len(self.mark_links) >= _AT_ONCE:
            self._count_across()

    def _count_across(self) -> None:
        if self.mark_links:
            found = self._across(self.mark_links)
            first = next((link for link in self.mark_links if link in found), "")
            self.add(_ACROSS, len(found), first)
            self.mark_links.clear()

    def add(self, feature: str, count: int, example: str = "") -> None:
        if count:
            self.counts[feature] += count
            self.examples.setdefault(feature, example)

    def finish(self) -> Summary:
        self._count_across()
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


class _Feature(NamedTuple):
    """What is counted: the fields that say how often a record has it, not at all at their defaults."""

    fields: tuple[str, ...]
    count: Callable[..., int]


def _each(name: str) -> _Feature:
    """Every record has it; the field is one without a default."""
    return _Feature((name,), lambda value: 1)


def _given(*names: str) -> _Feature:
    """A record has it if one of some fields holds anything."""
    return _Feature(names, lambda *values: any(values))


def _many(name: str) -> _Feature:
    """A record has it as often as a field holds values."""
    return _Feature((name,), len)


_SOURCE_DETAILS = (
    "kind", "role", "affiliation", "country", "aliases", "named", "anonymity", "author", "publisher",
    "same_as", "wikidata", "confidential", "note",
)  # fmt: skip
_USUAL_SOURCE = attrgetter(*_SOURCE_DETAILS)(Source)
_MARK_DETAILS = ("question", "proposed_by", "scheme_version", "created", "status", "sure")
_ARTICLE_DETAILS = (
    "byline", "outlet", "agency", "date", "updated", "retrieved", "url", "archive_url", "language", "rights",
    "tags", "note",
)  # fmt: skip


def _has_details_of_mark(*details: Any) -> bool:
    *further, status, sure = details
    return any(further) or status != "open" or not sure


def _steps_with_cues(chain: Iterable[Attribution]) -> int:
    return len([step for step in chain if step.cue or step.mention])


def _lists_of_values(attributes: Mapping[str, Any]) -> int:
    return sum(isinstance(value, (list, tuple)) for value in attributes.values())


_OURS = frozenset({EVIDENCE})
"""What this version itself keeps among the fields it has no column for."""
_EXTRA = "extra", _Feature(("extra",), lambda extra: bool(extra) and not extra.keys() <= _OURS)


_FEATURES_OF: Mapping[type[Record], Mapping[str, _Feature]] = {
    ProjectLine: {},
    SchemeLine: {"scheme": _each("data")},
    Annotator: {"annotators": _each("id")},
    Source: {
        "sources": _each("id"),
        "source-details": _Feature(_SOURCE_DETAILS, lambda *details: details != _USUAL_SOURCE),
    },
    Article: {
        "articles": _each("id"),
        "article-details": _given(*_ARTICLE_DETAILS),
        "regions": _many("regions"),
        "versions": _Feature(("version_of",), lambda older: older is not None),
    },
    Exhibit: {"exhibits": _each("id")},
    Mark: {
        "marks": _each("id"),
        "pieces": _many("spans"),
        "discontinuous": _Feature(("spans",), lambda spans: len(spans) > 1),
        "attributed": _Feature(("attribution",), lambda chain: bool(chain) and chain[0].source is not None),
        "relays": _Feature(("attribution",), lambda chain: max(0, len(chain) - 1)),
        "cues": _Feature(("attribution",), _steps_with_cues),
        "possible-sources": _Feature(("possible_source",), lambda source: source is not None),
        "attributes": _many("attributes"),
        "attribute-lists": _Feature(("attributes",), _lists_of_values),
        "attribute-origins": _many("origins"),
        "hedges": _given("hedges"),
        "flags": _given("flags"),
        "mark-details": _Feature(_MARK_DETAILS, _has_details_of_mark),
        "mark-annotators": _Feature(("annotator",), lambda annotator: annotator is not None),
        "mark-notes": _given("note"),
    },
    Proposition: {"propositions": _each("id")},
    Mention: {"mentions": _each("id")},
    Link: {
        "links": _each("id"),
        "links-to-claims": _Feature(("target",), lambda target: target.table == "proposition"),
        "links-to-sources": _Feature(("target",), lambda target: target.table == "source"),
        "links-from-exhibits": _Feature(("origin",), lambda origin: origin.table == "exhibit"),
        "link-details": _given("how", "inferred", "annotator", "created"),
        "link-notes": _given("note"),
    },
    PropositionLink: {"proposition-links": _each("id")},
    Judgement: {"judgements": _each("id")},
    Dismissal: {"dismissals": _each("id")},
    SavedSearch: {"saved-searches": _each("id")},
    Pin: {"pins": _each("id")},
    Report: {"reports": _each("id")},
}
"""How often a record of each type has each feature; `extra` every type may have."""
