"""A table of competing claims in words: what cells mean, which claim leads, what that hangs on."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.domain.ach import Table
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId
from annotator.domain.model import Judgement
from annotator.ui.panels.words import local_time


def tr(words: str) -> str:
    """Words of the table in the language of the window."""
    return QCoreApplication.translate("AchDialog", words)


def value_words(value: str) -> str:
    """What a value of a cell means."""
    return {
        "CC": tr("very consistent"),
        "C": tr("consistent"),
        "N": tr("neutral"),
        "NA": tr("not applicable"),
        "I": tr("inconsistent"),
        "II": tr("very inconsistent"),
    }[value]


def credibility_words(value: str | None) -> str:
    """How credible a piece of evidence was said to be."""
    if value is None:
        return "–"
    return tr("6 cannot be judged") if value == "6" else value


def signed(judgement: Judgement | None) -> str:
    """When a cell was set, and why; where it was not, that the links say so."""
    if judgement is None:
        return tr("as the links say")
    at = local_time(judgement.at)
    return f"{at} — {judgement.reason}" if judgement.reason else at


def claim_name(facts: Facts, claim: PropositionId) -> str:
    """A competing claim with its handle."""
    return f"{facts.handle('proposition', claim)} · {facts.propositions[claim].text}"


def ranking(facts: Facts, found: Table) -> str:
    """The claims, the one with the fewest inconsistencies first, or why there is nothing to rank."""
    if len(found.hypotheses) < 2:
        return tr(
            "This claim has no competitor. Join another one to it as an alternative, or give both a set."
        )
    if not found.rows:
        return tr("No evidence bears on these claims yet. Link marks or exhibits to them.")
    form = tr("{place}. {claim} — inconsistency {score}")
    return "\n".join(
        form.format(place=_place(found, one), claim=claim_name(facts, one), score=found.scores[one])
        for one in found.ranking
    )


def doubt(facts: Facts, found: Table) -> str:
    """On which evidence the ranking hangs; empty where it would be the same without any one piece."""
    names = ", ".join(facts.handle(*row.evidence) for row in found.decisive)
    if len(found.decisive) > 1:
        form = tr("The ranking hangs on each of {evidence}: without any one of them it changes.")
    else:
        form = tr("The ranking hangs on {evidence} alone: without it another claim leads too.")
    return form.format(evidence=names) if names else ""


def _place(found: Table, claim: PropositionId) -> int:
    return 1 + sum(score < found.scores[claim] for score in found.scores.values())
