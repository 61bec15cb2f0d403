"""Competing claims and all that their table of hypotheses is computed from."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TypeVar

from annotator.domain import ach
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId
from annotator.domain.model import Exhibit, Judgement, Mark, Ref
from annotator.store import read
from annotator.store.by_column import named
from annotator.store.claim_facts import claim_facts
from annotator.store.store import Store

R = TypeVar("R", Mark, Exhibit)


def competing(store: Store, claim: PropositionId) -> list[PropositionId]:
    """The claims of its set and those joined to it by alternative_to, by their numbers."""
    rows = store.query(
        "WITH RECURSIVE met (id) AS (SELECT ?1"
        " UNION SELECT o.id FROM met m CROSS JOIN shown_proposition p ON p.id = m.id"
        ' JOIN shown_proposition o ON o."set" = p."set" WHERE p."set" <> \'\''
        " UNION SELECT l.target FROM met m JOIN shown_proposition_link l ON l.origin = m.id AND l.kind = ?2"
        " UNION SELECT l.origin FROM met m JOIN shown_proposition_link l ON l.target = m.id AND l.kind = ?2)"
        " SELECT p.id FROM met m CROSS JOIN shown_proposition p ON p.id = m.id ORDER BY p.number",
        (claim, ach.ALTERNATIVE),
    )
    return [PropositionId(row[0]) for row in rows]


def competing_table(store: Store, claim: PropositionId) -> tuple[Facts, ach.Table]:
    """The table of a claim and its competitors with the facts behind it.

    A set has no index: the cost follows the number of claims. Read it beside the window.
    """
    hypotheses = competing(store, claim)
    facts = claim_facts(store, hypotheses)
    claims = {*facts.propositions, *hypotheses}
    judgements = named(store, Judgement, claims, "on_proposition")
    judgements += named(store, Judgement, facts.mentions, "on_mention")
    subjects = {ref for one in judgements if (ref := ach.subject(one)) is not None}
    marks = {row.id: row for row in _subjects(store, Mark, subjects)}
    exhibits = {row.id: row for row in _subjects(store, Exhibit, subjects)}
    whole = replace(
        facts,
        marks={**marks, **facts.marks},
        exhibits={**exhibits, **facts.exhibits},
        judgements={one.id: one for one in judgements},
    )
    return whole, ach.table(whole, hypotheses, store.identity.annotator)


def _subjects(store: Store, record: type[R], refs: set[Ref]) -> list[R]:
    """The evidence that judgements name, by its ids or by what a foreign file called it."""
    ids = sorted(ref.id for ref in refs if ref.table == record.type)
    if not ids:
        return []
    where = "id IN (SELECT value FROM json_each(?1)) OR origin_id IN (SELECT value FROM json_each(?1))"
    return read.records(store, record, where, (json.dumps(ids),))
