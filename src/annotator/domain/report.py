"""What a report says: the dispute map in the analyst's choice and order, with words, places and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from annotator.domain.figure import Figure
from annotator.domain.ids import ArticleId, ExhibitId, MarkId, PropositionId
from annotator.domain.model import Ref

UNTITLED = "Dispute map"
"""The title of a report to which nobody gave one."""
NO_SENTENCE = "(no sentence yet)"
ASSERTS, DENIES, ASKS, COMMENTS, SILENT = "support", "deny", "query", "comment", "silence"
FOR, AGAINST, ATTACKS = "for", "against", "attack"
SIDES = (ASSERTS, DENIES, ASKS, COMMENTS, SILENT)
GROUNDS = (FOR, AGAINST, ATTACKS)
GRAPH, TIMELINE = "graph", "timeline"
DRAWINGS = (GRAPH, TIMELINE)
WITHOUT = "without"
"""The field of a report record that lists those of DRAWINGS which the analyst leaves out."""
MOST_CLAIMS, MOST_TOLD = 500, 10_000
"""How many claims, or statements, one file tells: a page of 500 claims with ten statements each is 30 MB."""


@dataclass(frozen=True)
class SaidBy:
    """Who says it, for whom, and through whom it came; nearest relay first. Empty where unknown."""

    name: str
    role: str = ""
    owner: str = ""
    """Whom the speaker speaks for, where that is somebody else."""
    relays: tuple[str, ...] = ()
    possible: str = ""
    """Who else may have said it."""


@dataclass(frozen=True)
class Printed:
    """An article as a report cites it. Hashes are SHA-256, empty where unknown."""

    id: ArticleId
    handle: str
    title: str
    outlet: str
    date: str
    byline: str
    url: str
    archive_url: str
    text_sha256: str
    original_sha256: str


@dataclass(frozen=True)
class Passage:
    """Quoted words with what stands before and after them in the article."""

    mark: MarkId
    handle: str
    quote: str
    article: Printed | None
    context: tuple[tuple[str, bool], ...] = ()
    """The quote among the words around it and in its holes, in text order; True where words are quoted."""


@dataclass(frozen=True)
class Shown:
    """An exhibit as a report cites it."""

    id: ExhibitId
    handle: str
    title: str
    url: str
    archive_url: str
    sha256: str
    captured: str


@dataclass(frozen=True)
class Judged:
    """One judgement of an analyst."""

    scale: str
    value: str
    by: str
    at: str
    reason: str
    rank: int = 0
    """The place of the value on its scale, 1 the worst; 0 where it stands apart or is unknown."""
    ranks: int = 0
    """How many places the scale has."""
    of: str = ""
    """The table of what is judged: proposition, mention, source or article."""


class Act(NamedTuple):
    """What a link does, "denies claim", and the handle of its end, empty where that is gone."""

    does: str
    handle: str


@dataclass(frozen=True)
class Statement:
    """One thing said or shown that bears on a claim. Either `passage` or `shown` is there."""

    side: str
    """One of SIDES or GROUNDS; of marks that bear on no claim, empty."""
    speaker: SaidBy | None
    passage: Passage | None = None
    shown: Shown | None = None
    certainty: str = ""
    links: tuple[Act, ...] = ()
    aim: str = ""
    """The source it attacks."""
    judged: tuple[Judged, ...] = ()

    @property
    def origin(self) -> Ref | None:
        """The mark or the exhibit it is."""
        if self.shown is not None:
            return Ref("exhibit", self.shown.id)
        return Ref("mark", self.passage.mark) if self.passage else None

    @property
    def handle(self) -> str:
        """The handle of that."""
        found = self.shown or self.passage
        return found.handle if found else ""


@dataclass(frozen=True)
class Leans:
    """A voice that is not counted: it relays, cites or prints others on its side."""

    name: str
    how: str
    on: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """The independent voices of one side, and those that lean on them."""

    counted: tuple[str, ...]
    leaning: tuple[Leans, ...]


@dataclass(frozen=True)
class Related:
    """How a claim stands to another one: "contradicts", and that one."""

    kind: str
    handle: str
    sentence: str


class Drawing(NamedTuple):
    """What is said of a claim as a drawing: one of DRAWINGS; a long time line is several."""

    kind: str
    figure: Figure
    picture: bytes = b""
    """The same as PNG, for files that hold no drawing otherwise; empty where nobody has painted it."""


@dataclass(frozen=True)
class ClaimPart:
    """Everything a report says of one claim."""

    id: PropositionId
    handle: str
    sentence: str
    is_disputed: bool
    asserting: Side
    denying: Side
    statements: tuple[Statement, ...]
    """Statements with a source on each of SIDES, in that order."""
    unnamed: tuple[Statement, ...]
    """Statements of marks that name nobody."""
    grounds: tuple[Statement, ...]
    """On each of GROUNDS, in that order."""
    both_sides: tuple[str, ...]
    """Who asserts it and denies it."""
    related: tuple[Related, ...]
    judged: tuple[Judged, ...]
    loose_ends: tuple[str, ...]
    drawn: tuple[Drawing, ...] = ()

    def on(self, side: str) -> tuple[Statement, ...]:
        """The statements or grounds of one side."""
        return tuple(one for one in (*self.statements, *self.grounds) if one.side == side)

    @property
    def first_said(self) -> str:
        """The date of the earliest article that asserts it, empty where no date is known."""
        dates = [one.passage.article.date for one in self.on(ASSERTS) if one.passage and one.passage.article]
        return min(filter(None, dates), default="")


class Size(NamedTuple):
    """How much a report tells."""

    claims: int
    statements: int
    """Marks that speak to the claims, and marks that name nobody; counted no further than to MOST_TOLD."""

    @property
    def is_large(self) -> bool:
        """Whether nobody would read it in one file: it is written in parts, where its format can be."""
        return self.claims > MOST_CLAIMS or self.statements > MOST_TOLD


@dataclass(frozen=True)
class FullReport:
    """A report as every writer gets it: plain words, nothing to be looked up, no confidential name."""

    title: str
    lead: tuple[str, ...]
    """The paragraphs of the analyst's own text."""
    claims: tuple[ClaimPart, ...]
    unnamed: tuple[Statement, ...]
    """Marks without a source, on any claim or none."""
    articles: tuple[Printed, ...]
    """The articles quoted, in the order of their handles."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """What drawings call each kind of link."""
    home: str = ""
    """Where the overview is, as seen from a part of a report in parts; empty for a report of its own."""
    before: str = ""
    after: str = ""
    """Where the parts beside this one are, seen from it; empty where there is none."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Where other parts tell the claims that this one names, seen from it; by their handles."""

    def chosen(self, title: str, lead: str, claims: Sequence[PropositionId]) -> FullReport:
        """This report under other words; of these claims only, in this order, where any are given."""
        known = {claim.id: claim for claim in self.claims}
        parts = tuple(known[one] for one in claims if one in known) if claims else self.claims
        unnamed = () if claims else self.unnamed
        return replace(
            self,
            title=title or UNTITLED,
            lead=paragraphs(lead),
            claims=parts,
            unnamed=unnamed,
            articles=quoted(parts, unnamed),
        )

    def without(self, drawings: Iterable[str]) -> FullReport:
        """This report without drawings of these kinds."""
        left_out = frozenset(drawings)
        claims = (
            replace(claim, drawn=tuple(one for one in claim.drawn if one.kind not in left_out))
            for claim in self.claims
        )
        return replace(self, claims=tuple(claims))


def joined(parts: Iterable[FullReport], words: FullReport) -> FullReport:
    """The report that some parts are together, under the words of another one."""
    said = list(parts)
    claims = tuple(claim for part in said for claim in part.claims)
    unnamed = tuple(one for part in said for one in part.unnamed)
    return replace(words, claims=claims, unnamed=unnamed, articles=quoted(claims, unnamed))


def title_of(handle: str, sentence: str) -> str:
    """What a claim is called: handle and sentence."""
    return f"{handle} · {sentence or NO_SENTENCE}"


def paragraphs(lead: str) -> tuple[str, ...]:
    """The lines of the analyst's text that say anything."""
    return tuple(part for line in lead.split("\n") if (part := line.strip()))


def quoted(claims: Iterable[ClaimPart], unnamed: Iterable[Statement]) -> tuple[Printed, ...]:
    """The articles that these quote, in the order of their handles."""
    said = [one for claim in claims for one in (*claim.statements, *claim.unnamed, *claim.grounds)]
    found = {one.passage.article for one in (*said, *unnamed) if one.passage and one.passage.article}
    return by_handle(found)


def by_handle(articles: Iterable[Printed]) -> tuple[Printed, ...]:
    """Articles in the order of their handles."""
    return tuple(sorted(articles, key=lambda one: (len(one.handle), one.handle)))
