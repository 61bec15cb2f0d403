"""Circular reporting on a claim: the statements of voices that only pass on what others on their side say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.dispute import ClaimBoard, Entry
from annotator.domain.facts import Facts
from annotator.domain.ids import MarkId, SourceId
from annotator.domain.voices import Leaning, Voices, owner


class Echo(NamedTuple):
    """What one voice says on a side without being counted there.

    marks: its statements, at least one; the first stands for all where they are drawn as one.
    of: for each voice it has them from, that voice's first statement on the same side.
    """

    stance: str
    leaning: Leaning
    marks: tuple[MarkId, ...]
    of: tuple[MarkId, ...]


def echoes(board: ClaimBoard) -> tuple[Echo, ...]:
    """The echoes on both sides of a claim, in the order of the voices."""
    return (
        *_on_side("support", board.asserts, board.asserting),
        *_on_side("deny", board.denies, board.denying),
    )


def passing_on(facts: Facts, entries: Iterable[Entry]) -> tuple[Leaning, ...]:
    """Who passes on what one side says and says nothing there itself: no voice, and why."""
    said = [(entry, entry.owner) for entry in entries if entry.owner is not None]
    voices = {name for _, name in said}
    found: dict[SourceId, dict[SourceId, None]] = {}
    for entry, name in said:
        for relay in (owner(facts, one) for one in entry.relays):
            if relay not in voices:
                found.setdefault(relay, {})[name] = None
    return tuple(Leaning(relay, tuple(names), "relays") for relay, names in found.items())


def _on_side(stance: str, entries: tuple[Entry, ...], voices: Voices) -> list[Echo]:
    said: dict[SourceId | None, list[MarkId]] = {}
    for entry in entries:
        said.setdefault(entry.owner, []).append(entry.mark)
    return [
        Echo(stance, one, tuple(said[one.owner]), tuple(said[name][0] for name in one.on if name in said))
        for one in voices.leaning
        if one.owner in said
    ]
