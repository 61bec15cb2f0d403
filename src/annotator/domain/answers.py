"""What an analyst asks of the sources of a claim, answered from the dispute map alone."""

from __future__ import annotations

from annotator.domain.dispute import ClaimBoard
from annotator.domain.facts import Facts
from annotator.domain.ids import MarkId, SourceId
from annotator.domain.model import Ref
from annotator.domain.voices import owner, voice


def attacked_not_answered(facts: Facts, board: ClaimBoard) -> list[SourceId]:
    """The sources attacked over a claim, though none of those who attack them denies the claim.

    Also a report that only passes it on, or the forum it was made in (`ClaimBoard.attacks_beside`).
    """
    deniers = {entry.owner for entry in board.denies}
    attackers: dict[SourceId, set[SourceId | None]] = {}
    for attack in (*board.attacks, *board.attacks_beside):
        attackers.setdefault(attack.source, set()).add(_owner(facts, attack.origin))
    return sorted(source for source, owners in attackers.items() if not owners & deniers)


def _owner(facts: Facts, end: Ref) -> SourceId | None:
    mark = facts.marks.get(MarkId(end.id)) if end.table == "mark" else None
    speaker = voice(facts, mark) if mark else None
    return None if speaker is None else owner(facts, speaker)
