"""What marks do to claims: assert, deny, ask, comment, or be silent on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from annotator.domain.facts import Facts, is_silence
from annotator.domain.ids import LinkId, MarkId, PropositionId
from annotator.domain.model import Mark
from annotator.domain.placed import place_of_mark
from annotator.domain.scheme import done_by


class Stance(NamedTuple):
    """What one mark does to one claim; several mentions may say the same."""

    mark: MarkId
    stance: str
    """support, deny, query, comment or silence."""
    certainty: str | None
    links: tuple[LinkId, ...]
    """The links it follows from, where the mark has no mentions of its own."""


def stances_on(facts: Facts) -> dict[PropositionId, tuple[Stance, ...]]:
    """For each claim what marks do to it, in the order of their places, none twice.

    A mark's own mentions come first: only a mark that has none, on any claim, gets
    derived ones. A denial linked `denies` to a mark denies, a no_comment linked
    `responds_to` to a mark is silent on, each claim that the mark supports.
    """
    found: dict[PropositionId, dict[tuple[MarkId, str], Stance]] = {}
    for mark in facts.marks.values():
        own = facts.mentions_by_mark.get(mark.id, ())
        for mention in own:
            said = done_by(mark.label, mention.stance)
            certainty = mention.certainty or mark.attributes.get("certainty")
            _note(found, mention.proposition, Stance(mark.id, said, certainty, ()))
        derived = {} if own else _answered(facts, mark)
        for claim, links in derived.items():
            said = done_by(mark.label, "deny")
            _note(found, claim, Stance(mark.id, said, mark.attributes.get("certainty"), tuple(links)))
    return {claim: _in_order(facts, some) for claim, some in found.items()}


def _in_order(facts: Facts, stances: Mapping[tuple[MarkId, str], Stance]) -> tuple[Stance, ...]:
    return tuple(sorted(stances.values(), key=lambda one: (place_of_mark(facts, one.mark), one.stance)))


def _note(
    found: dict[PropositionId, dict[tuple[MarkId, str], Stance]], claim: PropositionId, stance: Stance
) -> None:
    found.setdefault(claim, {}).setdefault((stance.mark, stance.stance), stance)


def _answered(facts: Facts, mark: Mark) -> dict[PropositionId, list[LinkId]]:
    """The claims that a mark without mentions denies, or is silent on, by which of its links."""
    if is_silence(mark):
        links = facts.links_from(mark.id, "responds_to")
    elif facts.is_denial(mark):
        links = facts.links_from(mark.id, "denies")
    else:
        return {}
    found: dict[PropositionId, list[LinkId]] = {}
    for link in links:
        target = facts.marks.get(MarkId(link.target.id)) if link.target.table == "mark" else None
        for claim in sorted(set(_supported(facts, target))) if target else ():
            found.setdefault(claim, []).append(link.id)
    return found


def _supported(facts: Facts, mark: Mark) -> list[PropositionId]:
    if is_silence(mark):
        return []
    mentions = facts.mentions_by_mark.get(mark.id, ())
    return [mention.proposition for mention in mentions if mention.stance == "support"]
