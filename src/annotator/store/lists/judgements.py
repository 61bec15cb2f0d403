"""What was judged of one claim, mention, source or article, with who and when."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.ids import JudgementId
from annotator.domain.judging import is_of_evidence, newest_first
from annotator.domain.model import Annotator, Judgement, Ref
from annotator.store import read
from annotator.store.store import Store


class JudgementRow(NamedTuple):
    """One judgement; `is_mine` where the annotator at work gave it."""

    id: JudgementId
    scale: str
    value: str
    by: str
    at: str
    reason: str
    is_mine: bool
    is_in_force: bool


def judgements(store: Store, target: Ref) -> list[JudgementRow]:
    """The judgements of a target, newest first; those of evidence in its light are not among them."""
    found = read.records(store, Judgement, f"on_{target.table} = ?", (target.id,))
    kept = newest_first(one for one in found if not is_of_evidence(one))
    signed = {one.annotator for one in kept if one.annotator is not None}
    names = {one.id: one.name for one in read.by_ids(store, Annotator, sorted(signed))}
    me = store.identity.annotator
    rows: list[JudgementRow] = []
    seen: set[object] = set()
    for one in kept:
        whose = (one.scale, one.annotator)
        by = names.get(one.annotator, "") if one.annotator else ""
        rows.append(
            JudgementRow(
                one.id,
                one.scale,
                one.value,
                by,
                one.at or "",
                one.reason or "",
                one.annotator is not None and one.annotator == me,
                whose not in seen,
            )
        )
        seen.add(whose)
    return rows
