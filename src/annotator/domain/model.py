"""The records: the domain form of every line of `annotator-jsonl`, in file order.

A record is frozen and compares by value. Field names are those of the file,
except `source_mark`-like ends, which are `Ref`s. Times are UTC in ISO 8601,
offsets are code points, half-open. `extra` keeps fields this version does not
know; `line` is where the record stood in a file (1-based), `path` that file
where a folder was read; neither is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from annotator.domain.ids import (
    AnnotatorId,
    ArticleId,
    ExhibitId,
    JudgementId,
    LinkId,
    MarkId,
    MentionId,
    PropositionId,
    SourceId,
)
from annotator.domain.ids import Ref as Ref  # noqa: PLC0414 - a part of records
from annotator.domain.spans import Span

Extra = Mapping[str, Any]
FORMAT = "annotator/1"
OFFSETS = "code points, half-open"


class Region(NamedTuple):
    """A part of an article that is not running text: title, dateline, subhead, caption."""

    kind: str
    span: Span


class Attribution(NamedTuple):
    """One step of a mark's chain: level 0 is the speaker, further steps are relays outward.

    source is None where the words name nobody; `cue` holds the words that signal
    the attribution, `mention` the words that name the source.
    """

    source: SourceId | None
    cue: tuple[Span, ...] = ()
    mention: tuple[Span, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Record:
    """What all records share; `type` is the value of the line's "type" key."""

    type: ClassVar[str] = ""
    extra: Extra = field(default_factory=dict)
    line: int | None = field(default=None, compare=False, repr=False)
    path: str | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Identified(Record):
    """A record with an identity: a UUIDv7, or what a foreign file calls it until it is stored."""

    id: str
    origin_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProjectLine(Record):
    """The first line of a file."""

    type: ClassVar[str] = "project"
    format: str = FORMAT
    offsets: str = OFFSETS
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class SchemeLine(Record):
    """The scheme as data; `domain.scheme.Scheme` gives it meaning and checks it."""

    type: ClassVar[str] = "scheme"
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Annotator(Identified):
    """Who made marks, links and judgements."""

    type: ClassVar[str] = "annotator"
    id: AnnotatorId
    name: str


@dataclass(frozen=True, kw_only=True)
class Source(Identified):
    """Who says it: a person, organisation, state, outlet, document, group, or nobody named."""

    type: ClassVar[str] = "source"
    id: SourceId
    name: str
    kind: str = "person"
    role: str | None = None
    affiliation: SourceId | None = None
    country: str | None = None
    aliases: tuple[str, ...] = ()
    named: bool = True
    anonymity: str | None = None
    author: SourceId | None = None
    publisher: SourceId | None = None
    same_as: SourceId | None = None
    wikidata: str | None = None
    confidential: bool = False
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Article(Identified):
    """A text with what is known about it. The text never changes after import."""

    type: ClassVar[str] = "article"
    id: ArticleId
    text: str
    title: str | None = None
    byline: str | None = None
    outlet: SourceId | None = None
    agency: SourceId | None = None
    date: str | None = None
    updated: str | None = None
    retrieved: str | None = None
    url: str | None = None
    archive_url: str | None = None
    language: str | None = None
    rights: str | None = None
    tags: tuple[str, ...] = ()
    status: str = "new"
    regions: tuple[Region, ...] = ()
    version_of: ArticleId | None = None
    origin: Mapping[str, Any] | None = None
    sha256: str | None = None
    note: str | None = None
    original: bytes | None = field(default=None, compare=False, repr=False)
    """The bytes the text was decoded from; kept in the project, not in the file format."""


@dataclass(frozen=True, kw_only=True)
class Exhibit(Identified):
    """Evidence outside any article: an image, a video, a post, a file."""

    type: ClassVar[str] = "exhibit"
    id: ExhibitId
    title: str | None = None
    url: str | None = None
    archive_url: str | None = None
    sha256: str | None = None
    captured: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Mark(Identified):
    """A label on one or more spans, with attributes, by one annotator."""

    type: ClassVar[str] = "mark"
    id: MarkId
    article: ArticleId
    label: str
    spans: tuple[Span, ...]
    quotes: tuple[str, ...] = ()
    annotator: AnnotatorId | None = None
    attribution: tuple[Attribution, ...] = ()
    possible_source: SourceId | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    hedges: tuple[Span, ...] = ()
    flags: tuple[str, ...] = ()
    sure: bool = True
    status: str = "open"
    question: str | None = None
    proposed_by: str | None = None
    scheme_version: int | None = None
    created: str | None = None
    note: str | None = None

    @property
    def source(self) -> SourceId | None:
        """The speaker, where one is given."""
        return self.attribution[0].source if self.attribution else None

    @property
    def relays(self) -> tuple[SourceId, ...]:
        """Through whom the words came, nearest to the speaker first."""
        return tuple([step.source for step in self.attribution[1:] if step.source is not None])


@dataclass(frozen=True, kw_only=True)
class Proposition(Identified):
    """A claim node: one canonical sentence that marks assert, deny, ask or pass over."""

    type: ClassVar[str] = "proposition"
    id: PropositionId
    text: str
    place: str | None = None
    time: str | None = None
    topic: str | None = None
    set: str | None = None
    in_no_article: bool = False
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Mention(Identified):
    """A mark's stance to a proposition: support, deny, query or comment."""

    type: ClassVar[str] = "mention"
    id: MentionId
    mark: MarkId
    proposition: PropositionId
    stance: str
    certainty: str | None = None
    annotator: AnnotatorId | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Link(Identified):
    """A typed, directed link from a mark or exhibit to a mark, proposition or source."""

    type: ClassVar[str] = "link"
    id: LinkId
    kind: str
    origin: Ref
    """The end called "from" in files; a mark or an exhibit."""
    target: Ref
    """The end called "to" in files; a mark, a proposition or a source."""
    how: str | None = None
    inferred: bool = False
    annotator: AnnotatorId | None = None
    created: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class PropositionLink(Identified):
    """How two claim nodes stand to each other."""

    type: ClassVar[str] = "proposition_link"
    origin: PropositionId
    kind: str
    target: PropositionId
    annotator: AnnotatorId | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Judgement(Identified):
    """What the analyst thinks, apart from what the text says: with who, when and why."""

    type: ClassVar[str] = "judgement"
    id: JudgementId
    target: Ref
    scale: str
    value: str
    annotator: AnnotatorId | None = None
    at: str | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Dismissal(Identified):
    """A loose end that was looked at and left open on purpose."""

    type: ClassVar[str] = "dismissal"
    rule: str
    target: Ref
    reason: str = ""
    annotator: AnnotatorId | None = None
    at: str | None = None


@dataclass(frozen=True, kw_only=True)
class SavedSearch(Identified):
    """A query with a name."""

    type: ClassVar[str] = "saved_search"
    name: str
    query: str
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Pin(Identified):
    """A mark that stays at hand in every article."""

    type: ClassVar[str] = "pin"
    mark: MarkId
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Report(Identified):
    """The analyst's own words and order of claims for a report."""

    type: ClassVar[str] = "report"
    title: str = ""
    lead: str = ""
    claims: tuple[PropositionId, ...] = ()
    note: str | None = None


RECORD_TYPES: tuple[type[Record], ...] = (
    ProjectLine,
    SchemeLine,
    Annotator,
    Source,
    Article,
    Exhibit,
    Mark,
    Proposition,
    Mention,
    Link,
    PropositionLink,
    Judgement,
    Dismissal,
    SavedSearch,
    Pin,
    Report,
)
"""Every record type, in the order of the lines of a file."""
