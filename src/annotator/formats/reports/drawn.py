"""The graph and the time line of each claim of a report, as one SVG file."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.domain.report import ClaimPart, Drawing, FullReport
from annotator.formats.drawing import Drawn, svg
from annotator.formats.reports import wording


def drawn(report: FullReport) -> str:
    """The drawings below one another, each claim under its sentence."""
    parts = list(map(_part, report.claims)) or [Drawn(wording.summary(report), "", ())]
    return svg(parts, report.title, report.kinds)


def one_drawn(words: str, drawing: Drawing, kinds: Mapping[str, str]) -> str:
    """One drawing as a file of its own, under some words."""
    return svg([Drawn(words, "", (drawing.figure,))], words, kinds)


def _part(claim: ClaimPart) -> Drawn:
    state = "Disputed" if claim.is_disputed else "Not disputed"
    counts = f"{len(claim.asserting.counted)} : {len(claim.denying.counted)}"
    figures = tuple(one.figure for one in claim.drawn)
    return Drawn(wording.claim_title(claim), f"{state} · independent voices {counts}", figures)
