"""What is told outside without telling who a confidential source is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from annotator.domain.dispute import ClaimBoard, DisputeMap, Entry
from annotator.domain.facts import Facts
from annotator.domain.ids import SourceId
from annotator.domain.voices import Voices, identity

CONFIDENTIAL = "a confidential source"


def masked(facts: Facts) -> Facts:
    """The facts without what tells who a confidential source is or whom it works for."""
    hidden = {
        row.id: replace(
            row, name=CONFIDENTIAL, aliases=(), role=None, affiliation=None, note=None, wikidata=None
        )
        for row in facts.sources.values()
        if row.confidential
    }
    # The same object where nobody is: what was found of it already need not be found again.
    return replace(facts, sources={**facts.sources, **hidden}) if hidden else facts


def masked_map(facts: Facts, disputes: DisputeMap) -> DisputeMap:
    """The map with a confidential source in the place of an owner for whom nobody else speaks on a claim.

    As many voices are counted as before; only what they are called would tell too much.
    """
    return replace(disputes, claims=tuple(_masked_board(facts, board) for board in disputes.claims))


def _masked_board(facts: Facts, board: ClaimBoard) -> ClaimBoard:
    entries = [*board.asserts, *board.denies, *board.queries, *board.comments, *board.silent]
    hidden = {entry for entry in entries if entry.source and _is_confidential(facts, entry.source)}
    if not hidden:
        return board
    named = {entry.owner for entry in entries if entry not in hidden}
    instead = {
        entry.owner: identity(facts, entry.source)
        for entry in entries
        if entry in hidden and entry.source and entry.owner and entry.owner not in named
    }
    return replace(
        board,
        asserts=_entries(board.asserts, instead),
        denies=_entries(board.denies, instead),
        queries=_entries(board.queries, instead),
        comments=_entries(board.comments, instead),
        silent=_entries(board.silent, instead),
        asserting=_voices(board.asserting, instead),
        denying=_voices(board.denying, instead),
    )


def _is_confidential(facts: Facts, source: SourceId) -> bool:
    row = facts.sources.get(identity(facts, source))
    return row is not None and row.confidential


def _entries(entries: tuple[Entry, ...], instead: Mapping[SourceId, SourceId]) -> tuple[Entry, ...]:
    owners = [instead.get(one.owner, one.owner) if one.owner else None for one in entries]
    return tuple(replace(one, owner=name) for one, name in zip(entries, owners, strict=True))


def _voices(voices: Voices, instead: Mapping[SourceId, SourceId]) -> Voices:
    def named(owners: tuple[SourceId, ...]) -> tuple[SourceId, ...]:
        return tuple(instead.get(one, one) for one in owners)

    leaning = (
        replace(one, owner=instead.get(one.owner, one.owner), on=named(one.on)) for one in voices.leaning
    )
    return Voices(named(voices.counted), tuple(leaning))
