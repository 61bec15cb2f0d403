"""What the dispute map and the loose ends are computed from: records by id, with indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from annotator.domain.handles import handle, numbered
from annotator.domain.ids import (
    ArticleId,
    ExhibitId,
    JudgementId,
    LinkId,
    MarkId,
    MentionId,
    PropositionId,
    SourceId,
)
from annotator.domain.likeness import Likeness, claim_keys, source_keys
from annotator.domain.model import (
    Article,
    Dismissal,
    Exhibit,
    Identified,
    Judgement,
    Link,
    Mark,
    Mention,
    Proposition,
    PropositionLink,
    Record,
    Ref,
    SchemeLine,
    Source,
)
from annotator.domain.scheme import NO_COMMENT, Scheme

DENIAL = "denial"
EVIDENCE = "evidence"

CARRIED_FROM = "carried_from"
"""The field of a mark that names the mark of the older version it was made of."""

_Row = TypeVar("_Row", bound=Identified)
_Key = TypeVar("_Key")


@dataclass(frozen=True, kw_only=True, eq=False)
class Facts:
    """The records of a project, or of a part of it. Every mapping is in the order of its ids.

    Articles need no text. Rows may name others that are not here: an end that is
    missing is passed over, so that the facts of one article can stand alone.
    """

    scheme: Scheme
    sources: Mapping[SourceId, Source]
    articles: Mapping[ArticleId, Article]
    exhibits: Mapping[ExhibitId, Exhibit]
    marks: Mapping[MarkId, Mark]
    propositions: Mapping[PropositionId, Proposition]
    mentions: Mapping[MentionId, Mention]
    links: Mapping[LinkId, Link]
    proposition_links: Mapping[str, PropositionLink]
    judgements: Mapping[JudgementId, Judgement]
    dismissals: Mapping[str, Dismissal]
    numbers: Mapping[Ref, int] = field(default_factory=dict)
    copies: Mapping[ArticleId, frozenset[ArticleId]] = field(default_factory=dict)
    """For articles the others that print nearly the same text; records do not tell."""
    quote_kinds: Mapping[MarkId, str] = field(default_factory=dict)
    """What the quotation marks say of some marks that are said to be of some kind; records do not tell."""

    @classmethod
    def of(cls, records: Iterable[Record], numbers: Mapping[Ref, int] | None = None) -> Facts:
        """Facts of records in any order; those that neither map nor checks read are passed over.

        numbers: the numbers of handles where the caller keeps them; rows without
        one are numbered by the order of their ids. Without a scheme line the
        default scheme holds.
        """
        rows: dict[type[Record], list[Record]] = {}
        for record in records:
            rows.setdefault(type(record), []).append(record)
        schemes = [Scheme(line.data) for line in rows.get(SchemeLine, []) if isinstance(line, SchemeLine)]
        return cls(
            scheme=schemes[-1] if schemes else Scheme.default(),
            sources={row.id: row for row in _sorted(rows, Source)},
            articles={row.id: row for row in _sorted(rows, Article)},
            exhibits={row.id: row for row in _sorted(rows, Exhibit)},
            marks={row.id: row for row in _sorted(rows, Mark)},
            propositions={row.id: row for row in _sorted(rows, Proposition)},
            mentions={row.id: row for row in _sorted(rows, Mention)},
            links={row.id: row for row in _sorted(rows, Link)},
            proposition_links={row.id: row for row in _sorted(rows, PropositionLink)},
            judgements={row.id: row for row in _sorted(rows, Judgement)},
            dismissals={row.id: row for row in _sorted(rows, Dismissal)},
            numbers=numbers or {},
        )

    @cached_property
    def tables(self) -> Mapping[str, Mapping[str, Identified]]:
        """The rows that have handles and can be ends of links, by the name of their table."""
        return {
            "source": _by_id(self.sources.values()),
            "article": _by_id(self.articles.values()),
            "exhibit": _by_id(self.exhibits.values()),
            "mark": _by_id(self.marks.values()),
            "proposition": _by_id(self.propositions.values()),
            "link": _by_id(self.links.values()),
        }

    @cached_property
    def mentions_by_mark(self) -> Mapping[MarkId, tuple[Mention, ...]]:
        return _grouped(self.mentions.values(), lambda mention: mention.mark)

    @cached_property
    def mentions_by_proposition(self) -> Mapping[PropositionId, tuple[Mention, ...]]:
        return _grouped(self.mentions.values(), lambda mention: mention.proposition)

    @cached_property
    def links_by_origin(self) -> Mapping[Ref, tuple[Link, ...]]:
        return _grouped(self.links.values(), lambda link: link.origin)

    @cached_property
    def links_by_target(self) -> Mapping[Ref, tuple[Link, ...]]:
        return _grouped(self.links.values(), lambda link: link.target)

    @cached_property
    def marks_by_article(self) -> Mapping[ArticleId, tuple[Mark, ...]]:
        return _grouped(self.marks.values(), lambda mark: mark.article)

    @cached_property
    def marks_by_speaker(self) -> Mapping[SourceId | None, tuple[Mark, ...]]:
        return _grouped(self.marks.values(), lambda mark: mark.source)

    @cached_property
    def marks_by_older(self) -> Mapping[MarkId | None, tuple[Mark, ...]]:
        """The marks of newer versions of articles by the marks they were made of."""
        return _grouped(self.marks.values(), carried_from)

    @cached_property
    def articles_by_outlet(self) -> Mapping[SourceId | None, tuple[Article, ...]]:
        return _grouped(self.articles.values(), lambda article: article.outlet)

    @cached_property
    def articles_by_older(self) -> Mapping[ArticleId | None, tuple[Article, ...]]:
        """The newer versions of articles by the older ones."""
        return _grouped(self.articles.values(), lambda article: article.version_of)

    @cached_property
    def sources_by_same(self) -> Mapping[SourceId | None, tuple[Source, ...]]:
        """The sources by which other one they were found to be."""
        return _grouped(self.sources.values(), lambda source: source.same_as)

    @cached_property
    def claims_linked(self) -> frozenset[frozenset[PropositionId]]:
        """The pairs of claims of which it is said how they stand to each other."""
        return frozenset(frozenset((row.origin, row.target)) for row in self.proposition_links.values())

    @cached_property
    def claims_alike(self) -> Likeness:
        return Likeness({row.id: claim_keys(row.text) for row in self.propositions.values()})

    @cached_property
    def sources_alike(self) -> Likeness:
        return Likeness({row.id: source_keys(row) for row in self.sources.values()})

    @cached_property
    def dismissed(self) -> frozenset[tuple[str, Ref]]:
        """The loose ends left open on purpose: the rule and the row it hangs on."""
        return frozenset((row.rule, row.target) for row in self.dismissals.values())

    @cached_property
    def _order(self) -> Mapping[str, Mapping[str, int]]:
        return {table: numbered(rows) for table, rows in self.tables.items()}

    def links_from(self, mark: MarkId, *kinds: str) -> tuple[Link, ...]:
        """The links that start at a mark; of these kinds only, where any are named."""
        links = self.links_by_origin.get(Ref("mark", mark), ())
        return tuple(link for link in links if not kinds or link.kind in kinds)

    def links_to(self, mark: MarkId, *kinds: str) -> tuple[Link, ...]:
        """The links that end at a mark; of these kinds only, where any are named."""
        links = self.links_by_target.get(Ref("mark", mark), ())
        return tuple(link for link in links if not kinds or link.kind in kinds)

    def handle(self, table: str, row: str) -> str:
        """The handle of a row, such as M41."""
        number = self.numbers.get(Ref(table, row))
        return handle(table, self._order[table][row] if number is None else number)

    def is_layer(self, mark: Mark) -> bool:
        """Whether a mark only annotates others: a cue, a source mention, a hedge."""
        label = self.scheme.labels.get(mark.label)
        return label is not None and label.layer

    def is_denial(self, mark: Mark) -> bool:
        """Whether a mark is labelled as a denial: `denial`, or a label whose stance is deny."""
        label = self.scheme.labels.get(mark.label)
        return mark.label == DENIAL or (label is not None and label.stance == "deny")


def is_silence(mark: Mark) -> bool:
    """Whether a mark says that somebody did not speak; it has no stance but silence."""
    return mark.label == NO_COMMENT


def carried_from(mark: Mark) -> MarkId | None:
    """The mark of the older version of its article that a mark was made of."""
    origin = mark.extra.get(CARRIED_FROM)
    return MarkId(origin) if isinstance(origin, str) else None


def _sorted(rows: Mapping[type[Record], list[Record]], kind: type[_Row]) -> list[_Row]:
    found = [row for row in rows.get(kind, []) if isinstance(row, kind)]
    return sorted(found, key=lambda row: row.id)


def _by_id(rows: Iterable[Identified]) -> dict[str, Identified]:
    return {row.id: row for row in rows}


def _grouped(rows: Iterable[_Row], key: Callable[[_Row], _Key]) -> dict[_Key, tuple[_Row, ...]]:
    groups: dict[_Key, list[_Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {name: tuple(group) for name, group in groups.items()}
