"""Where a report tells what has a handle, so that the handle leads there wherever it is named."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.domain.model import Ref
from annotator.domain.report import ClaimPart, FullReport, Statement
from annotator.formats.reports.wording import Run, Runs

Entries = Mapping[str, str]
"""The addresses of some handles: # and the name of a place in the same file, or a place in another part."""


def entries_of(report: FullReport) -> Entries:
    """Where each claim is told, be it in another part, and each mark and exhibit first."""
    found = {**report.elsewhere, **{claim.handle: f"#{claim.handle}" for claim in report.claims}}
    for claim in report.claims:
        for handle, address in _told(claim).items():
            found.setdefault(handle, address)
    for statement in report.unnamed:
        found.setdefault(statement.handle, f"#{statement.handle}")
    return found


def entries_for(claim: ClaimPart, entries: Entries) -> Entries:
    """Those of them that a claim names; what it tells itself is meant there."""
    told = _told(claim)
    named = {act.handle for one in all_of(claim) for act in one.links}
    named |= {other.handle for other in claim.related}
    return {one: address for one in named if (address := told.get(one) or entries.get(one))}


def all_of(claim: ClaimPart) -> tuple[Statement, ...]:
    """Everything that is said or shown on a claim."""
    return (*claim.statements, *claim.unnamed, *claim.grounds)


def anchors(claim: ClaimPart) -> dict[Ref, str]:
    """The names of the places of statements, each mark and exhibit once.

    Word processors want letters, digits and _ in them.
    """
    return {one.origin: f"{claim.handle}_{one.handle}" for one in all_of(claim) if one.origin}


def linked(runs: Runs, entries: Entries) -> Runs:
    """Runs in which the handles that have an entry lead to it."""
    return tuple(_linked(run, entries) if run.face == "handle" else run for run in runs)


def _linked(run: Run, entries: Entries) -> Run:
    address = entries.get(run.text)
    return Run(run.text, "link", address) if address else run


def _told(claim: ClaimPart) -> dict[str, str]:
    return {one.handle: f"#{claim.handle}_{one.handle}" for one in all_of(claim) if one.handle}
