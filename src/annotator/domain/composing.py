"""Write a dispute map out in words, as a report says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from annotator.domain.checks import ends_at
from annotator.domain.composer import Composer, TextOf
from annotator.domain.dispute import DisputeMap
from annotator.domain.facts import Facts
from annotator.domain.ids import AnnotatorId, MarkId, PropositionId
from annotator.domain.masking import masked, masked_map
from annotator.domain.model import Ref, Report
from annotator.domain.remarks import message
from annotator.domain.report import (
    DRAWINGS,
    UNTITLED,
    WITHOUT,
    ClaimPart,
    Drawing,
    FullReport,
    Statement,
    paragraphs,
    quoted,
)

Draw = Callable[[Facts, DisputeMap, PropositionId], tuple[Drawing, ...]]
"""Draws a claim; the facts it is given name no confidential source."""
OpenAt = Callable[[Facts, Iterable[Ref]], Mapping[Ref, Sequence[str]]]
"""Says what is open at claims and marks; the facts it is given name no confidential source."""


def compose(
    facts: Facts,
    disputes: DisputeMap,
    report: Report | None = None,
    texts: TextOf | None = None,
    annotators: Mapping[AnnotatorId, str] | None = None,
    draw: Draw | None = None,
    open_at: OpenAt | None = None,
) -> FullReport:
    """Write out a dispute map: all of it, or what a report chooses, in its order, under its words.

    A report that chooses no claims has all of them. texts: gives the text of an
    article for the context of its quotes; without it quotes stand alone. draw:
    draws each claim; what the report leaves out is left out of that. open_at: where
    the facts are not all that the rules of loose ends read.
    """
    disputes = masked_map(facts, disputes)
    boards = {board.id: board for board in disputes.claims}
    chosen = report.claims if report is not None and report.claims else tuple(boards)
    shown = masked(facts)
    composer = Composer(shown, texts, annotators or {})
    claims = tuple(composer.claim(boards[one]) for one in chosen if one in boards)
    claims = _with_loose_ends(claims, shown, open_at or _open_at)
    if draw is not None:
        claims = tuple(replace(claim, drawn=draw(shown, disputes, claim.id)) for claim in claims)
    nobodys = disputes.without_source if report is None or not report.claims else ()
    unnamed = tuple(composer.bare(mark, "") for mark in nobodys)
    whole = FullReport(
        title=(report.title if report else "") or UNTITLED,
        lead=paragraphs(report.lead if report else ""),
        claims=claims,
        unnamed=unnamed,
        articles=quoted(claims, unnamed),
        kinds={kind: row.name.lower() for kind, row in facts.scheme.link_kinds.items()},
    )
    return whole.without(left_out(report)) if report is not None else whole


def _with_loose_ends(claims: Sequence[ClaimPart], shown: Facts, open_at: OpenAt) -> tuple[ClaimPart, ...]:
    places = {claim.id: _places(claim) for claim in claims}
    said = open_at(shown, dict.fromkeys(place for some in places.values() for place in some))
    return tuple(
        replace(claim, loose_ends=tuple(words for place in places[claim.id] for words in said[place]))
        for claim in claims
    )


def _places(claim: ClaimPart) -> list[Ref]:
    """A claim and the marks that bear on it, each once."""
    told = (*claim.statements, *claim.unnamed, *claim.grounds)
    marks = (Ref("mark", one.passage.mark) for one in told if one.passage)
    return [Ref("proposition", claim.id), *dict.fromkeys(marks)]


def _open_at(shown: Facts, places: Iterable[Ref]) -> Mapping[Ref, Sequence[str]]:
    return {place: [message(end, shown) for end in ends_at(shown, place)] for place in places}


def left_out(report: Report) -> tuple[str, ...]:
    """The kinds of drawings that a report goes without; what a foreign file has there is passed over."""
    given = report.extra.get(WITHOUT)
    return tuple(kind for kind in DRAWINGS if kind in given) if isinstance(given, list) else ()


def cite(facts: Facts, mark: MarkId, texts: TextOf | None = None) -> Statement:
    """One mark as a report quotes it, with its speaker, or the outlet where that speaks for itself."""
    return Composer(masked(facts), texts, {}).marked(mark, "")
