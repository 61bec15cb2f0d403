"""The neighbourhood of a claim as a graph: who says what on it, for whom, and what bears on that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from annotator.domain.dispute import ClaimBoard, DisputeMap, Entry
from annotator.domain.echoes import Echo, echoes
from annotator.domain.facts import Facts
from annotator.domain.ids import MarkId, PropositionId, SourceId
from annotator.domain.model import Ref
from annotator.domain.voices import identity, owner, voice

MOST = 24
"""How many statements and grounds a graph shows; the others are counted at their claim."""
MOST_CLAIMS = 24
"""How many claims about it a graph shows; the others are counted at it."""
SAYS, RELAYS, SPEAKS_FOR = "says", "relays", "speaks_for"
"""Kinds of edge beside stances and kinds of link; the last one leads from a source to its owner."""


class Edge(NamedTuple):
    """From whom or what to what."""

    origin: Ref
    target: Ref
    kind: str


class Neighbourhood(NamedTuple):
    """Nodes in the order they were met, the claim first; `stance` of marks by what they do to it."""

    nodes: tuple[Ref, ...]
    edges: tuple[Edge, ...]
    stances: dict[Ref, str]
    left_out: dict[Ref, int]
    """How many statements and grounds of a claim are not shown."""
    echoes: dict[Ref, Echo]
    """The circular reporting that a mark stands for, where it stands for a whole voice."""


def neighbourhood(
    facts: Facts,
    disputes: DisputeMap,
    claim: PropositionId,
    depth: int = 1,
    most: int = MOST,
    *,
    is_folded: bool = True,
) -> Neighbourhood:
    """The graph about a claim.

    depth: 1 shows what is said on it and the claims it is linked to; 2 also what is said on
    these, and on the other claims of its marks; each number more goes on from these.
    is_folded: circular reporting is one node for each voice that is not counted; its line
    leads to where that voice has it from, not to the claim.
    """
    boards = {board.id: board for board in disputes.claims}
    found = _Found(facts, is_folded=is_folded)
    if claim not in boards:
        return found.graph()
    found.add_node(Ref("proposition", claim))
    near = _near(facts, boards, claim, depth)
    room = most
    for one in [claim, *(near[:MOST_CLAIMS] if depth > 1 else ())]:
        if one in boards:
            room -= found.expand(boards[one], max(room, 0))
    for one in near[:MOST_CLAIMS]:
        found.add_node(Ref("proposition", one))
    found.leave_out(claim, len(near[MOST_CLAIMS:]))
    return found.graph()


def _near(
    facts: Facts, boards: Mapping[PropositionId, ClaimBoard], claim: PropositionId, depth: int
) -> list[PropositionId]:
    """The claims about one, nearest first: linked to it, and with depth those that its marks mention."""
    met, ring = {claim: None}, [claim]
    for _ in range(max(depth - 1, 1)):
        beside = [one for here in ring for one in _beside(facts, boards.get(here), here, depth)]
        ring = [one for one in dict.fromkeys(beside) if one not in met and one in facts.propositions]
        met |= dict.fromkeys(ring)
    return list(met)[1:]


def _beside(
    facts: Facts, board: ClaimBoard | None, claim: PropositionId, depth: int
) -> Iterator[PropositionId]:
    for row in facts.proposition_links.values():
        if claim in (row.origin, row.target):
            yield row.target if row.origin == claim else row.origin
    for _, entry in _entries(board) if board and depth > 1 else ():
        yield from (one.proposition for one in facts.mentions_by_mark.get(entry.mark, ()))


def _entries(board: ClaimBoard) -> Iterator[tuple[str, Entry]]:
    """All statements with their stances, the stances taking turns."""
    sides: dict[str, list[Entry]] = {
        "support": list(board.asserts),
        "deny": list(board.denies),
        "silence": list(board.silent),
        "query": list(board.queries),
        "comment": list(board.comments),
    }
    for stance, entry in board.without_source:
        sides[stance].append(entry)
    turns: Iterable[tuple[tuple[str, Entry] | None, ...]] = zip_longest(
        *([(stance, entry) for entry in side] for stance, side in sides.items())
    )
    for turn in turns:
        yield from (one for one in turn if one is not None)


def _folded(board: ClaimBoard) -> dict[tuple[str, MarkId], Echo]:
    return {(echo.stance, mark): echo for echo in echoes(board) for mark in echo.marks}


def _mark_ref(mark: MarkId) -> Ref:
    return Ref("mark", mark)


class _Found:
    """Nodes and edges gathered so far."""

    def __init__(self, facts: Facts, *, is_folded: bool) -> None:
        self._facts = facts
        self._is_folded = is_folded
        self._nodes: dict[Ref, None] = {}
        self._edges: dict[Edge, None] = {}
        self._stances: dict[Ref, str] = {}
        self._left_out: dict[Ref, int] = {}
        self._echoes: dict[Ref, Echo] = {}

    def add_node(self, ref: Ref) -> None:
        self._nodes.setdefault(ref)

    def expand(self, board: ClaimBoard, room: int) -> int:
        """Add what is said on a claim, at most `room` marks and exhibits; returns how many."""
        claim = Ref("proposition", board.id)
        self.add_node(claim)
        folded = _folded(board) if self._is_folded else {}
        said = [
            (stance, entry)
            for stance, entry in _entries(board)
            if (stance, entry.mark) not in folded or entry.mark == folded[stance, entry.mark].marks[0]
        ]
        bearing = [one.origin for one in (*board.grounds_for, *board.grounds_against)]
        bearing += [one.origin for one in (*board.attacks, *board.attacks_beside)]
        wanted = [*(Ref("mark", entry.mark) for _, entry in said), *bearing]
        taken = set(list(dict.fromkeys(wanted))[:room])
        for stance, entry in said:
            ref = Ref("mark", entry.mark)
            if ref in taken:
                self._stances.setdefault(ref, stance)
                self._add_mark(ref)
                echo = folded.get((stance, entry.mark))
                heard = [one for one in map(_mark_ref, echo.of) if one in taken] if echo else []
                if echo is not None:
                    self._echoes[ref] = echo
                    self._edges |= dict.fromkeys(Edge(ref, one, echo.leaning.how) for one in heard)
                if not entry.links and not heard:
                    self._edges.setdefault(Edge(ref, claim, stance))
        for ref in bearing:
            if ref in taken:
                self._add_mark(ref)
        self.leave_out(board.id, len(set(wanted) - taken))
        return len(taken)

    def leave_out(self, claim: PropositionId, count: int) -> None:
        """Note that so many things about a claim are not shown."""
        ref = Ref("proposition", claim)
        if count:
            self._left_out[ref] = self._left_out.get(ref, 0) + count

    def _add_mark(self, ref: Ref) -> None:
        self.add_node(ref)
        mark = self._facts.marks.get(MarkId(ref.id)) if ref.table == "mark" else None
        if mark is None:
            return
        speaker = voice(self._facts, mark)
        if speaker is not None:
            self._edges.setdefault(Edge(self._add_source(speaker), ref, SAYS))
        for relay in mark.relays:
            self._edges.setdefault(Edge(self._add_source(relay), ref, RELAYS))

    def _add_source(self, source: SourceId) -> Ref:
        same = identity(self._facts, source)
        ref, above = Ref("source", same), Ref("source", owner(self._facts, source))
        self.add_node(ref)
        if above != ref:
            self.add_node(above)
            self._edges.setdefault(Edge(ref, above, SPEAKS_FOR))
        return ref

    def graph(self) -> Neighbourhood:
        """All of it, with the links among what is there."""
        edges = [*self._edges, *self._links(), *self._proposition_links()]
        here = [edge for edge in edges if edge.origin in self._nodes and edge.target in self._nodes]
        return Neighbourhood(
            tuple(self._nodes), tuple(dict.fromkeys(here)), self._stances, self._left_out, self._echoes
        )

    def _links(self) -> Iterable[Edge]:
        for ref in self._nodes:
            for link in self._facts.links_by_origin.get(ref, ()):
                target = link.target
                if target.table == "source":
                    target = Ref("source", identity(self._facts, SourceId(target.id)))
                yield Edge(ref, target, link.kind)

    def _proposition_links(self) -> Iterable[Edge]:
        for row in self._facts.proposition_links.values():
            yield Edge(Ref("proposition", row.origin), Ref("proposition", row.target), row.kind)
