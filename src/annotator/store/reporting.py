"""Reports of the project as it stands: its facts and texts and the analyst's own words together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.domain.composing import Draw, cite, compose
from annotator.domain.dispute import dispute_map
from annotator.domain.errors import UserError
from annotator.domain.ids import MarkId, PropositionId
from annotator.domain.model import Report
from annotator.domain.report import FullReport, Statement
from annotator.store import open_ends, read
from annotator.store.claim_facts import claim_facts, mark_facts, with_copies
from annotator.store.store import Store

UNSAVED = Report(id="")
"""A report without words of the analyst."""


def full_report(
    store: Store,
    report: Report = UNSAVED,
    claims: Sequence[PropositionId] | None = None,
    draw: Draw | None = None,
) -> FullReport:
    """A report written out, of other claims than it chooses where some are given, with what `draw` draws.

    Voices that print one text are one voice, as on the board. Reads the whole
    project, texts of what is quoted included: call it with a snapshot.
    """
    if claims is not None:
        report = replace(report, claims=tuple(claims))
    facts = open_ends.facts(store)
    facts = with_copies(store, facts, report.claims or facts.propositions)
    return compose(
        facts,
        dispute_map(facts),
        report,
        lambda article: read.text(store, article),
        read.annotators(store),
        draw,
    )


def claim_report(store: Store, claim: PropositionId) -> FullReport:
    """What is said on one claim, without context; the cost follows that, not the size of the project."""
    facts = with_copies(store, claim_facts(store, [claim]), [claim])
    return compose(facts, dispute_map(facts), Report(id="", claims=(claim,)))


def citation(store: Store, mark: MarkId) -> Statement:
    """A mark as a report quotes it."""
    return cite(mark_facts(store, mark), mark)


def find_report(store: Store, given: str) -> Report:
    """A report by id, by the id of a foreign file, or by title, whatever its letter case.

    Raises UserError("report-unknown") with the titles there are, or "report-ambiguous" with ids.
    """
    rows = read.records(store, Report)
    found = [row for row in rows if given in (row.id, row.origin_id)]
    found = found or [row for row in rows if row.title.casefold() == given.strip().casefold()]
    if not found:
        raise UserError("report-unknown", report=given, titles=[row.title for row in rows])
    if len(found) > 1:
        raise UserError("report-ambiguous", report=given, ids=[row.id for row in found])
    return found[0]
