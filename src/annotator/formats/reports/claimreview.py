"""Claims as schema.org ClaimReview in JSON-LD, as fact-check feeds read it.

Source: schema.org 30.0, ClaimReview, Claim and Rating; ratings are texts.
"""

from __future__ import annotations

import json
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.report import ASSERTS, ClaimPart, FullReport, Judged, Printed, Statement
from annotator.formats.reports.written import Notice, Written

LONGEST = 74
"""Characters of `claimReviewed`: search engines ask for fewer than 75."""


def claim_reviews(report: FullReport) -> Written:
    """A review of each claim that has a verdict; one object, or a list where there are several.

    Raises UserError("claim-review-without-any") where none has.
    """
    notices: list[Notice] = []
    found: list[dict[str, Any]] = []
    for claim in report.claims:
        verdict = _in_force(claim)
        if verdict is None:
            notices.append(("claim-review-without-verdict", {"claim": claim.handle}))
        else:
            found.append(_review(claim, verdict, notices))
    if not found:
        raise UserError("claim-review-without-any")
    data = found[0] if len(found) == 1 else found
    return Written((json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode(), tuple(notices))


def _in_force(claim: ClaimPart) -> Judged | None:
    """The newest verdict."""
    verdicts = [one for one in claim.judged if one.scale == "verdict"]
    return max(verdicts, key=lambda one: one.at, default=None)


def _review(claim: ClaimPart, verdict: Judged, notices: list[Notice]) -> dict[str, Any]:
    said = claim.on(ASSERTS)
    printed = list(dict.fromkeys(one.passage.article for one in said if one.passage and one.passage.article))
    first = min((one for one in printed if one.date), key=lambda one: one.date, default=None)
    reviewed = _shortened(claim, notices)
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"urn:uuid:{claim.id}",
        "claimReviewed": reviewed,
        "datePublished": verdict.at or None,
        "author": {"@type": "Person", "name": verdict.by} if verdict.by else None,
        "reviewBody": verdict.reason or None,
        "reviewRating": _rating(verdict),
        "itemReviewed": _without_gaps(
            {
                "@type": "Claim",
                "text": claim.sentence,
                "author": [_author(one) for one in _once_each(said)] or None,
                "datePublished": first.date if first else None,
                "appearance": [_work(one) for one in printed] or None,
                "firstAppearance": _work(first) if first else None,
            }
        ),
    }
    return _without_gaps(review)


def _rating(verdict: Judged) -> dict[str, str]:
    rating = {"@type": "Rating", "alternateName": verdict.value}
    if not verdict.rank:
        return rating
    return rating | {"ratingValue": str(verdict.rank), "bestRating": str(verdict.ranks), "worstRating": "1"}


def _once_each(said: tuple[Statement, ...]) -> list[Statement]:
    found: dict[str, Statement] = {}
    for one in said:
        if one.speaker is not None:
            found.setdefault(one.speaker.name, one)
    return list(found.values())


def _author(statement: Statement) -> dict[str, Any]:
    """Who made the claim. A Thing, since a source may be a person, a state, a paper or a text."""
    speaker = statement.speaker
    assert speaker is not None  # noqa: S101 - `_once_each` passes on those that have one
    return _without_gaps({"@type": "Thing", "name": speaker.name, "description": speaker.role or None})


def _work(printed: Printed) -> dict[str, Any]:
    return _without_gaps(
        {
            "@type": "CreativeWork",
            "name": printed.title or None,
            "url": printed.url or None,
            "archivedAt": printed.archive_url or None,
            "datePublished": printed.date or None,
            "publisher": {"@type": "Organization", "name": printed.outlet} if printed.outlet else None,
        }
    )


def _shortened(claim: ClaimPart, notices: list[Notice]) -> str:
    sentence = " ".join(claim.sentence.split())
    if len(sentence) <= LONGEST:
        return sentence
    notices.append(("claim-review-shortened", {"claim": claim.handle, "limit_chars": LONGEST + 1}))
    cut = sentence[:LONGEST]
    return (cut.rpartition(" ")[0] or cut[:-1]).rstrip(" ,;:–—-") + "…"


def _without_gaps(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
