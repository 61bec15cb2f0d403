"""Claims in brief: what a list of them shows, and what is asked of a dispute map."""

from __future__ import annotations

import shlex
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from annotator.domain.answers import attacked_not_answered
from annotator.domain.dispute import ClaimBoard, DisputeMap, Entry
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId, SourceId
from annotator.domain.model import Mark
from annotator.domain.voices import identity

State = Literal["all", "disputed", "undenied", "self-contradicted", "silence", "attacked"]
Order = Literal["number", "voices", "first", "last", "text"]
STATES: tuple[State, ...] = get_args(State)
ORDERS: tuple[Order, ...] = get_args(Order)
PREFIX = "map"
"""The first word of a stored question to the map, which tells it from other searches."""


@dataclass(frozen=True)
class ClaimBrief:
    """One claim as a row of a list. Dates are ISO texts, of whatever length they were given in.

    asserting, denying: how many independent voices stand on each side.
    """

    id: PropositionId
    number: str
    text: str
    asserting: int
    denying: int
    states: frozenset[State]
    sources: tuple[str, ...]
    """The names of all who say something on it and of those they speak for; none that is confidential."""
    outlets: tuple[str, ...]
    first: str
    last: str


@dataclass(frozen=True)
class MapQuestion:
    """Which claims are asked for, and in which order; empty fields ask for nothing."""

    text: str = ""
    state: State = "all"
    source: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""
    order: Order = "number"

    def fits(self, claim: ClaimBrief) -> bool:
        """Whether a claim is among those asked for; one without any date fits no dates."""
        if self.state not in claim.states:
            return False
        if not (self.fits_sources(claim.sources) and self.fits_outlets(claim.outlets)):
            return False
        if (self.since or self.until) and not claim.last:
            return False
        if self.since and claim.last < self.since:
            return False
        if self.until and claim.first[: len(self.until)] > self.until:
            return False
        return self.fits_words(claim.text, claim.number)

    def fits_words(self, text: str, number: str) -> bool:
        """Whether the sentence of a claim, or its handle, holds the words asked for."""
        return not self.text or _is_in(self.text, (text, number))

    def fits_sources(self, names: Iterable[str]) -> bool:
        """Whether one of these names is that of a source asked for."""
        return not self.source or _is_in(self.source, names)

    def fits_outlets(self, names: Iterable[str]) -> bool:
        """Whether one of these names is that of an outlet asked for."""
        return not self.outlet or _is_in(self.outlet, names)

    @property
    def asks_of_boards(self) -> bool:
        """Whether the boards of claims are needed to tell which are asked for."""
        return self.state == "attacked"

    @property
    def asks_of_statements(self) -> bool:
        """Whether it asks for anything by which the statements on one claim differ."""
        return bool(self.source or self.outlet or self.since or self.until)

    def fits_statement(self, sources: Iterable[str], outlets: Iterable[str], date: str) -> bool:
        """Whether it asks for a statement of these speakers on this date; words and state are of claims."""
        if not (self.fits_sources(sources) and self.fits_outlets(outlets)):
            return False
        if not date:
            return not (self.since or self.until)
        return date >= self.since and (not self.until or date[: len(self.until)] <= self.until)

    def place(self, claim: ClaimBrief) -> tuple[object, ...]:
        """What claims are in order by: what is asked for first, then their numbers."""
        return _rank(self.order, claim), _number(claim.number)

    def written(self) -> str:
        """The question as one line, to be stored."""
        blank = MapQuestion()
        words = [f"{name}={value}" for name, value in vars(self).items() if value != getattr(blank, name)]
        return shlex.join([PREFIX, *words])

    @classmethod
    def read(cls, line: str) -> MapQuestion | None:
        """The question of a stored line; None for other searches. Words it does not know are passed over."""
        try:
            prefix, *words = shlex.split(line)
        except ValueError:
            return None
        if prefix != PREFIX:
            return None
        fields = dict(word.partition("=")[::2] for word in words)
        known: dict[str, Any] = {name: value for name, value in fields.items() if name in vars(cls())}
        if known.get("state", "all") not in STATES or known.get("order", "number") not in ORDERS:
            return None
        return replace(cls(), **known)


def briefs(facts: Facts, disputes: DisputeMap) -> list[ClaimBrief]:
    """Every claim of a map in brief."""
    return [_brief(facts, board) for board in disputes.claims]


def said_on(facts: Facts, entry: Entry) -> str:
    """When a statement was made: the date of the mark, else that of its article, else nothing."""
    return said_at(facts, facts.marks[entry.mark])


def said_at(facts: Facts, mark: Mark) -> str:
    """The date of a mark, else that of its article, else nothing."""
    article = facts.articles.get(mark.article)
    return str(mark.attributes.get("date") or (article.date if article else None) or "")


def source_names(facts: Facts, sources: Iterable[SourceId | None]) -> tuple[str, ...]:
    """The names of sources, each once and sorted; none that is confidential."""
    rows = (facts.sources.get(identity(facts, one)) for one in sources if one is not None)
    return tuple(sorted({row.name for row in rows if row and not row.confidential}))


def _brief(facts: Facts, board: ClaimBoard) -> ClaimBrief:
    unnamed = [entry for _, entry in board.without_source]
    entries = [*board.asserts, *board.denies, *board.queries, *board.comments, *board.silent, *unnamed]
    dates = sorted(filter(None, (said_on(facts, entry) for entry in entries)))
    speakers = {one for entry in entries for one in (entry.source, entry.owner, *entry.relays)}
    articles = [facts.articles[entry.article] for entry in entries if entry.article in facts.articles]
    return ClaimBrief(
        id=board.id,
        number=facts.handle("proposition", board.id),
        text=board.text,
        asserting=len(board.asserting.counted),
        denying=len(board.denying.counted),
        states=frozenset(_states(facts, board)),
        sources=source_names(facts, speakers),
        outlets=source_names(facts, {article.outlet for article in articles}),
        first=dates[0] if dates else "",
        last=dates[-1] if dates else "",
    )


def _states(facts: Facts, board: ClaimBoard) -> Iterable[State]:
    yield "all"
    if board.is_disputed:
        yield "disputed"
    if board.is_undenied:
        yield "undenied"
    if board.self_contradicted:
        yield "self-contradicted"
    if board.silent:
        yield "silence"
    if attacked_not_answered(facts, board):
        yield "attacked"


def _is_in(words: str, texts: Iterable[str]) -> bool:
    wanted = _plain(words)
    return any(wanted in _plain(text) for text in texts)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _rank(order: Order, claim: ClaimBrief) -> tuple[object, ...]:
    """What claims are sorted by before their number; those without a date stand last."""
    match order:
        case "voices":
            return (-claim.asserting - claim.denying,)
        case "first":
            return not claim.first, claim.first
        case "last":
            return (tuple(-ord(char) for char in claim.last) or (0,),)
        case "text":
            return (claim.text.casefold(),)
        case "number":
            return ()


def _number(handle: str) -> tuple[int, str]:
    return len(handle), handle
