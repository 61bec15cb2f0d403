"""Reports of the project as it stands: read part by part, so that memory follows a part, not the project."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from annotator.domain.checks import ends_at, seen
from annotator.domain.composing import Draw, cite, compose
from annotator.domain.dispute import DisputeMap, dispute_map
from annotator.domain.errors import UserError
from annotator.domain.facts import Facts
from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId, MarkId, PropositionId
from annotator.domain.masking import masked
from annotator.domain.model import Dismissal, Judgement, Mark, Proposition, Ref, Report, SchemeLine
from annotator.domain.remarks import message
from annotator.domain.report import MOST_CLAIMS, MOST_TOLD, FullReport, Size, Statement, joined, title_of
from annotator.store import read
from annotator.store.alike_claims import AlikeClaims
from annotator.store.by_column import named
from annotator.store.claim_facts import claim_facts, mark_facts, with_copies
from annotator.store.loose_ends.found import named_by
from annotator.store.loose_ends.gathering import facts_at, facts_named
from annotator.store.nobodys import Nobodys, count_nobodys
from annotator.store.store import Store

UNSAVED = Report(id="")
"""A report without words of the analyst."""
CLAIMS_AT_ONCE, CLAIMS_IN_PART = 25, 100
"""How many claims are read together, so that whoever stops it waits no second, and stand in one part."""

_NOTHING = DisputeMap((), ())

T = TypeVar("T")


def full_report(
    store: Store,
    report: Report = UNSAVED,
    claims: Sequence[PropositionId] | None = None,
    draw: Draw | None = None,
    alike: AlikeClaims | None = None,
) -> FullReport:
    """A report written out, of other claims than it chooses where some are given, with what `draw` draws.

    Voices that print one text are one voice, as on the board. All of it is in memory: `report_parts`
    is for more claims than a reader reads in one file.
    """
    return joined(report_parts(store, report, claims, draw, alike), report_words(store, report))


def report_words(store: Store, report: Report) -> FullReport:
    """A report under its words, in which nothing is told yet."""
    return compose(Facts.of([SchemeLine(data=read.scheme(store).data)]), _NOTHING, replace(report, claims=()))


def report_parts(
    store: Store,
    report: Report = UNSAVED,
    claims: Sequence[PropositionId] | None = None,
    draw: Draw | None = None,
    alike: AlikeClaims | None = None,
) -> Iterator[FullReport]:
    """The same in parts, each a report of its own: claims by the hundred, then marks that name nobody.

    Of the project only what one part says is in memory. alike: made before by whoever reads
    several reports. Read it from a snapshot or by `of_one_state`.
    """
    chosen = chosen_claims(store, report, claims)
    alike = alike or AlikeClaims(store)
    words = report_words(store, report)
    for part in _groups(chosen, CLAIMS_IN_PART):
        told = (
            _of_claims(store, replace(report, claims=tuple(some)), draw, alike)
            for some in _groups(part, CLAIMS_AT_ONCE)
        )
        yield joined(told, words)
    if not (report.claims or claims):
        for facts, marks in Nobodys(store).pages():
            yield compose(facts, DisputeMap((), marks), report, _texts(store, facts))


def parts_of_claims(store: Store, report: Report = UNSAVED) -> dict[str, int]:
    """In which of these parts each claim is told, from 1, by its handle."""
    numbers = dict(store.query("SELECT id, number FROM shown_proposition"))
    return {
        handle("proposition", numbers[one]): part
        for part, some in enumerate(_groups(chosen_claims(store, report), CLAIMS_IN_PART), 1)
        for one in some
        if one in numbers
    }


def chosen_claims(
    store: Store, report: Report = UNSAVED, claims: Sequence[PropositionId] | None = None
) -> list[PropositionId]:
    """The claims that a report tells, in its order: those given, else those it chooses, else all."""
    chosen = report.claims if claims is None else tuple(claims)
    if chosen:
        return list(chosen)
    return [PropositionId(row[0]) for row in store.query("SELECT id FROM shown_proposition ORDER BY id")]


def claim_titles(store: Store) -> dict[PropositionId, str]:
    """What each claim is called in a list: handle and sentence; in the order of ids."""
    rows = store.query("SELECT id, number, text FROM shown_proposition ORDER BY id")
    return {PropositionId(row): title_of(handle("proposition", number), text) for row, number, text in rows}


def report_size(
    store: Store, report: Report = UNSAVED, claims: Sequence[PropositionId] | None = None
) -> Size:
    """How much a report tells, without reading it."""
    chosen = chosen_claims(store, report, claims)
    if len(chosen) > MOST_CLAIMS:
        return Size(len(chosen), MOST_TOLD)
    found = store.query(
        "SELECT count(*) FROM (SELECT 1 FROM json_each(?) c CROSS JOIN shown_mention m"
        " ON m.proposition = c.value LIMIT ?)",
        (json.dumps(chosen), MOST_TOLD + 1),
    )[0][0]
    if not (report.claims or claims):
        found += count_nobodys(store, MOST_TOLD + 1 - found)
    return Size(len(chosen), found)


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


def _of_claims(store: Store, report: Report, draw: Draw | None, alike: AlikeClaims) -> FullReport:
    """The report of some claims."""
    facts = with_copies(store, claim_facts(store, report.claims), report.claims)
    own = [facts.propositions[one] for one in report.claims if one in facts.propositions]
    near = named(store, Proposition, alike.before((one.id, one.text) for one in own))
    facts = replace(
        facts,
        propositions=dict(sorted({**facts.propositions, **{one.id: one for one in near}}.items())),
        judgements={row.id: row for row in _judgements(store, facts, report.claims)},
        dismissals={row.id: row for row in named(store, Dismissal, report.claims, "on_proposition")},
    )
    disputes = seen(facts).disputes  # which the rules ask for again
    annotators = read.annotators(store)
    return compose(facts, disputes, report, _texts(store, facts), annotators, draw, partial(_open_at, store))


def _judgements(store: Store, facts: Facts, claims: Iterable[str]) -> list[Judgement]:
    """What analysts think of these claims, and of who says what of them where."""
    found = [
        *named(store, Judgement, claims, "on_proposition"),
        *named(store, Judgement, facts.mentions, "on_mention"),
        *named(store, Judgement, facts.sources, "on_source"),
        *named(store, Judgement, facts.articles, "on_article"),
    ]
    return sorted(found, key=lambda row: row.id)


def _open_at(store: Store, shown: Facts, places: Iterable[Ref]) -> dict[Ref, list[str]]:
    """What is open at claims, of which all is among the facts, and at marks, of which more is read."""
    listed = list(places)
    marks = _facts_at_marks(store, [place.id for place in listed if place.table == "mark"])
    ends = {place: ends_at(marks if place.table == "mark" else shown, place) for place in listed}
    told = masked(
        facts_named(store, (row for some in ends.values() for end in some for row in named_by(end)))
    )
    return {place: [message(end, told) for end in some] for place, some in ends.items()}


def _facts_at_marks(store: Store, marks: list[str]) -> Facts:
    """What the rules read of marks, also in a file in which nobody has looked at them yet."""
    facts = facts_at(store, "mark", marks)
    articles = {mark.article for mark in facts.marks.values()}
    newer = [one.id for one in facts.articles.values() if one.version_of in articles]
    carried = {mark.id: mark for mark in named(store, Mark, newer, "article")}
    return masked(replace(facts, marks=dict(sorted({**facts.marks, **carried}.items()))))


def _texts(store: Store, facts: Facts) -> Callable[[ArticleId], str]:
    return lambda article: read.content(store, facts.articles[article].sha256 or "")


def _groups(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
