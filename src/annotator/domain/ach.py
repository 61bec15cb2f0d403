"""Analysis of competing hypotheses: which of some claims the evidence speaks against least.

Source: Heuer (1999), Psychology of Intelligence Analysis, chapter 8.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from annotator.domain import judging
from annotator.domain.dispute import dispute_map
from annotator.domain.errors import UserError
from annotator.domain.facts import EVIDENCE as EVIDENCE_LABEL
from annotator.domain.facts import Facts
from annotator.domain.ids import AnnotatorId, ExhibitId, MarkId, PropositionId
from annotator.domain.judging import EVIDENCE, newest_first
from annotator.domain.model import Judgement, Ref
from annotator.domain.scheme import Scheme
from annotator.domain.stances import stances_on

SCALE = "ach"
VALUES = ("CC", "C", "N", "NA", "I", "II")
"""Very consistent, consistent, neutral, not applicable, inconsistent, very inconsistent."""
ALTERNATIVE = "alternative_to"
INCONSISTENCY: Mapping[str, int] = {"I": 1, "II": 2}
WEIGHTS: Mapping[str, int] = {"1": 5, "2": 4, "3": 3, "4": 2, "5": 1}
"""What a row weighs by the credibility of its evidence."""
UNJUDGED = 3
"""What a row weighs whose evidence was not judged, or cannot be: neither gain nor loss."""


def check(scheme: Scheme, scale: str, value: str) -> None:
    """Raise UserError "scale-..." for what cannot be said of evidence in the light of a claim."""
    if scale != SCALE:
        judging.check(scheme, Ref("proposition", ""), scale, value)
    elif value not in VALUES:
        raise UserError("scale-value-unknown", value=value, values=VALUES)


class Cell(NamedTuple):
    """How one piece of evidence stands to one hypothesis; without a judgement as its links say."""

    value: str
    judgement: Judgement | None = None


@dataclass(frozen=True)
class Row:
    """One piece of evidence against all hypotheses. credibility: "1" to "6", None where not judged."""

    evidence: Ref
    cells: tuple[Cell, ...]
    credibility: str | None = None

    @property
    def weight(self) -> int:
        """What its inconsistencies count."""
        return WEIGHTS.get(self.credibility or "", UNJUDGED)

    @property
    def is_diagnostic(self) -> bool:
        """Whether it tells the hypotheses apart: not where it stands to all of them alike."""
        return len({cell.value for cell in self.cells}) > 1


@dataclass(frozen=True)
class Table:
    """Hypotheses by the evidence that bears on any of them."""

    hypotheses: tuple[PropositionId, ...]
    rows: tuple[Row, ...]

    @cached_property
    def scores(self) -> Mapping[PropositionId, int]:
        """The weighted inconsistencies of each hypothesis; fewer is better."""
        return {
            claim: sum(INCONSISTENCY.get(row.cells[place].value, 0) * row.weight for row in self.rows)
            for place, claim in enumerate(self.hypotheses)
        }

    @property
    def ranking(self) -> tuple[PropositionId, ...]:
        """The hypotheses, that with the fewest inconsistencies first; equal ones as they stand."""
        return tuple(sorted(self.hypotheses, key=lambda claim: self.scores[claim]))

    @property
    def leaders(self) -> frozenset[PropositionId]:
        """The hypotheses with the fewest inconsistencies."""
        least = min(self.scores.values(), default=0)
        return frozenset(claim for claim, score in self.scores.items() if score == least)

    @property
    def decisive(self) -> tuple[Row, ...]:
        """The rows on each of which the ranking hangs: without it, others or more would lead."""
        if len(self.leaders) == len(self.hypotheses):
            return ()
        return tuple(row for row in self.rows if row.is_diagnostic and self._without(row) != self.leaders)

    def _without(self, row: Row) -> frozenset[PropositionId]:
        return replace(self, rows=tuple(one for one in self.rows if one is not row)).leaders


def table(facts: Facts, hypotheses: Sequence[PropositionId], me: AnnotatorId | None = None) -> Table:
    """The table of some claims; of several annotators' judgements those of `me` come first."""
    started = _starts(facts, hypotheses)
    judged = _judged(facts, hypotheses, me)
    evidence = {ref for ref, _ in started} | {ref for ref, _, scale in judged if scale == SCALE}
    return Table(
        tuple(hypotheses),
        tuple(
            Row(
                ref,
                tuple(
                    _cell(started.get((ref, one), "N"), judged.get((ref, one, SCALE))) for one in hypotheses
                ),
                _credibility(facts, ref, hypotheses, judged, me),
            )
            for ref in sorted(evidence)
        ),
    )


def subject(judgement: Judgement) -> Ref | None:
    """The mark or exhibit that a judgement judges in the light of its target; None where it names none."""
    named = judgement.extra.get(EVIDENCE)
    if not isinstance(named, Mapping) or len(named) != 1:
        return None
    kind, row_id = next(iter(named.items()))
    return Ref(kind, row_id) if kind in ("mark", "exhibit") and isinstance(row_id, str) else None


def _cell(start: str, judgement: Judgement | None) -> Cell:
    is_known = judgement is not None and judgement.value in VALUES
    return Cell(judgement.value, judgement) if judgement is not None and is_known else Cell(start)


def _starts(facts: Facts, hypotheses: Sequence[PropositionId]) -> dict[tuple[Ref, PropositionId], str]:
    """What the links say: a ground for is consistent, one against inconsistent, one that is both neutral."""
    found: dict[tuple[Ref, PropositionId], set[str]] = {}
    for board in dispute_map(facts).claims:
        for value, grounds in (("C", board.grounds_for), ("I", board.grounds_against)):
            for ground in grounds if board.id in hypotheses else ():
                found.setdefault((ground.origin, board.id), set()).add(value)
    for claim, stances in stances_on(facts).items():
        for one in stances if claim in hypotheses else ():
            if facts.marks[one.mark].label == EVIDENCE_LABEL and one.stance in ("support", "deny"):
                value = "C" if one.stance == "support" else "I"
                found.setdefault((Ref("mark", one.mark), claim), set()).add(value)
    return {cell: values.pop() if len(values) == 1 else "N" for cell, values in found.items()}


def _judged(
    facts: Facts, hypotheses: Sequence[PropositionId], me: AnnotatorId | None
) -> dict[tuple[Ref, PropositionId, str], Judgement]:
    """What was judged of each piece of evidence in the light of a hypothesis, by scale."""
    known = _by_any_id(facts)
    found: dict[tuple[Ref, PropositionId, str], Judgement] = {}
    for one in _mine_first(facts.judgements.values(), me):
        named, claim = subject(one), PropositionId(one.target.id)
        ref = known.get(named) if named else None
        if ref is not None and one.target.table == "proposition" and claim in hypotheses:
            found.setdefault((ref, claim, one.scale), one)
    return found


def _by_any_id(facts: Facts) -> dict[Ref, Ref]:
    """Marks and exhibits by their ids and by those a foreign file called them by."""
    found: dict[Ref, Ref] = {}
    for kind, rows in (("mark", facts.marks.values()), ("exhibit", facts.exhibits.values())):
        for row in rows:
            found[Ref(kind, row.id)] = Ref(kind, row.id)
            if row.origin_id is not None:
                found.setdefault(Ref(kind, row.origin_id), Ref(kind, row.id))
    return found


def _credibility(
    facts: Facts,
    evidence: Ref,
    hypotheses: Sequence[PropositionId],
    judged: Mapping[tuple[Ref, PropositionId, str], Judgement],
    me: AnnotatorId | None,
) -> str | None:
    """That given in the table, else that of the mark's mentions, else that of the claims it mentions."""
    own = [judged[key] for key in ((evidence, one, "credibility") for one in hypotheses) if key in judged]
    mentions = facts.mentions_by_mark.get(MarkId(evidence.id), ()) if evidence.table == "mark" else ()
    targets = [
        {Ref("mention", one.id) for one in mentions},
        {Ref("proposition", one.proposition) for one in mentions},
    ]
    steps = [own] + [
        [
            one
            for one in facts.judgements.values()
            if one.target in some and one.scale == "credibility" and EVIDENCE not in one.extra
        ]
        for some in targets
    ]
    return next((_mine_first(step, me)[0].value for step in steps if step), None)


def _mine_first(judgements: Iterable[Judgement], me: AnnotatorId | None) -> list[Judgement]:
    return sorted(newest_first(judgements), key=lambda one: one.annotator != me)


def name_of(facts: Facts, evidence: Ref) -> str:
    """The words of a mark, or the title of an exhibit."""
    if evidence.table == "mark":
        return " … ".join(facts.marks[MarkId(evidence.id)].quotes)
    row = facts.exhibits[ExhibitId(evidence.id)]
    return row.title or row.url or row.archive_url or ""
