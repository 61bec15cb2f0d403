"""Edits of judgements: a new one stands beside those before it, and the newest is in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.domain import ach, judging
from annotator.domain.ids import JudgementId, PropositionId
from annotator.domain.model import Judgement, Ref
from annotator.store import read
from annotator.store.edits.others import add_record
from annotator.store.edits.rowwise import require
from annotator.store.store import Store


def judge(store: Store, target: Ref, scale: str, value: str, reason: str = "") -> JudgementId:
    """Say what you think of a claim, a mention, a source or an article; returns the judgement.

    Nothing is overwritten. Raises UserError("scale-...") for a scale or value that
    the project does not know, or a scale that is not for such a target.
    """
    judging.check(read.scheme(store), target, scale, value)
    return _add(store, target, scale, value, reason, {})


def judge_evidence(
    store: Store, evidence: Ref, claim: PropositionId, scale: str, value: str, reason: str = ""
) -> JudgementId:
    """Say how a mark or exhibit stands to a claim (scale "ach"), or how credible it is in its light.

    Links are not changed by it. Raises UserError("scale-...") as `judge` does.
    """
    require(store, evidence.table, evidence.id)
    target = Ref("proposition", claim)
    ach.check(read.scheme(store), scale, value)
    return _add(store, target, scale, value, reason, {judging.EVIDENCE: {evidence.table: evidence.id}})


def _add(
    store: Store, target: Ref, scale: str, value: str, reason: str, extra: Mapping[str, Any]
) -> JudgementId:
    words = " ".join(reason.split()) or None
    judgement = Judgement(
        id=JudgementId(""), target=target, scale=scale, value=value, reason=words, extra=extra
    )
    return JudgementId(add_record(store, judgement))
