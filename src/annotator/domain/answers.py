"""What an analyst asks of the dispute map of a whole project, answered from the map alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.dispute import ClaimBoard, DisputeMap, Ground
from annotator.domain.facts import Facts
from annotator.domain.ids import ArticleId, MarkId, PropositionId, SourceId
from annotator.domain.model import Link, Ref
from annotator.domain.voices import owner, voice


class Crossing(NamedTuple):
    """Evidence in one article that bears on a claim through a mark in another one."""

    claim: PropositionId
    origin: MarkId
    link: str


def disputed(disputes: DisputeMap) -> list[PropositionId]:
    """The claims that somebody asserts and somebody denies."""
    return [board.id for board in disputes.claims if board.is_disputed]


def independent_voices(disputes: DisputeMap) -> dict[PropositionId, tuple[int, int]]:
    """For each claim how many independent voices assert and deny it."""
    return {board.id: (len(board.asserting.counted), len(board.denying.counted)) for board in disputes.claims}


def crossing_evidence(facts: Facts, disputes: DisputeMap) -> list[Crossing]:
    """The grounds of claims whose link leads from one article to another, by claim, mark and link."""
    return sorted(
        Crossing(board.id, MarkId(ground.origin.id), link)
        for board in disputes.claims
        for ground in (*board.grounds_for, *board.grounds_against)
        for link in _crossing(facts, ground)
    )


def attacked_not_answered(facts: Facts, board: ClaimBoard) -> list[SourceId]:
    """The sources of a claim that were attacked, though none of those who attack them denies the claim."""
    deniers = {entry.owner for entry in board.denies}
    attackers: dict[SourceId, set[SourceId | None]] = {}
    for attack in board.attacks:
        attackers.setdefault(attack.source, set()).add(_owner(facts, attack.origin))
    return sorted(source for source, owners in attackers.items() if not owners & deniers)


def _crossing(facts: Facts, ground: Ground) -> Iterable[str]:
    here = _article(facts, ground.origin)
    for link_id in ground.links:
        link: Link = facts.links[link_id]
        there = _article(facts, link.target)
        if here is not None and there is not None and here != there:
            yield link_id


def _article(facts: Facts, end: Ref) -> ArticleId | None:
    mark = facts.marks.get(MarkId(end.id)) if end.table == "mark" else None
    return mark.article if mark else None


def _owner(facts: Facts, end: Ref) -> SourceId | None:
    mark = facts.marks.get(MarkId(end.id)) if end.table == "mark" else None
    speaker = voice(facts, mark) if mark else None
    return None if speaker is None else owner(facts, speaker)
