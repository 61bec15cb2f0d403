"""Write resources/sample/sample.jsonl from the texts beside it, the tables beside this and the rest.

Run `python -m tools.build_sample` after changing any of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.domain.ids import ExhibitId, JudgementId, LinkId, PropositionId, SourceId
from annotator.domain.judging import EVIDENCE
from annotator.domain.model import (
    Annotator,
    Dismissal,
    Exhibit,
    Judgement,
    Link,
    ProjectLine,
    Proposition,
    PropositionLink,
    Record,
    Ref,
    Report,
    Source,
)
from annotator.formats.jsonl import to_line
from tools.sample_page import ANALYST, FOLDER, Page, lines, mark_all

LINKS, JUDGED = (Path(__file__).with_name(f"sample_{name}.txt") for name in ("links", "judgements"))
TABLES = {"m": "mark", "x": "exhibit", "p": "proposition", "s": "source"}


def _source(row: str, name: str, kind: str, affiliation: str | None = None, **fields: Any) -> Source:
    owner = SourceId(affiliation) if affiliation else None
    return Source(id=SourceId(row), name=name, kind=kind, affiliation=owner, **fields)


def _ref(row: str) -> Ref:
    return Ref(TABLES[row[0]], row)


SOURCES = [
    _source("s01", "Marvenia", "state", aliases=("Tolvar",)),
    _source("s02", "Water Council of Marvenia", "organisation", "s01"),
    _source("s03", "Edran Moss", "person", "s02", role="secretary of the Water Council"),
    _source("s04", "Tavi Korrel", "person", "s02", role="deputy secretary of the Water Council"),
    _source("s05", "Tolvar Hydro", "organisation", "s01", role="runs the dam"),
    _source("s06", "Olle Brandvik", "person", "s01", role="Water Minister"),
    _source("s07", "Pavel Drum", "person", "s01", role="envoy to the Border Rivers Commission"),
    _source("s08", "Lowen", "state"),
    _source("s09", "Meridian Courier", "outlet", aliases=("the Courier",)),
    _source("s10", "Radio Ostrel", "outlet"),
    _source("s11", "Coastal Wire", "outlet"),
    _source("s12", "Brenn Gazette", "outlet", aliases=("the Gazette",)),
    _source("s13", "Northern River Institute", "organisation", aliases=("NRI",)),
    _source("s14", "Joran Pell", "person", "s13", role="engineer, author of the study"),
    _source(
        "s15", "NRI study of the Brenn flood", "document", author=SourceId("s14"), publisher=SourceId("s13")
    ),
    _source("s16", "Lowen's security services", "organisation", "s08"),
    _source("s17", "Mira Ostrane", "person", role="teaches dam safety in Lowen"),
    _source("s18", "Border Rivers Commission", "organisation"),
    _source("s19", "Leda Sorn", "person", "s18", role="head of the commission"),
    _source(
        "s20",
        "officials who wished to stay nameless",
        "anonymous",
        named=False,
        anonymity="wished to stay nameless",
    ),
    _source("s21", "reports from both banks", "group", named=False),
    _source(
        "s22", "@sarn_watch", "anonymous", named=False, anonymity="gives no name", note="Writes in Ukrainian."
    ),
    _source("s23", "Plumbline", "organisation", role="fact-checking group"),
    _source("s24", "Lene Abbot", "person", "s23", role="runs the archive"),
    _source("s25", "Dita Rehn", "person", role="mayor of Brenn"),
    _source("s26", "unknown speaker of the subhead", "unknown", named=False),
]

CLAIMS = [
    Proposition(
        id=PropositionId("p1"),
        text="Water was let out of the Tolvar dam in the night of the flood.",
        place="Tolvar dam",
        time="2019-03",
        topic="flood of Brenn",
        set="cause of the flood",
    ),
    Proposition(
        id=PropositionId("p2"),
        text="The flood of Brenn came from a breach in the Ketter dyke.",
        place="Ketter dyke",
        time="2019-03",
        topic="flood of Brenn",
        set="cause of the flood",
    ),
    Proposition(
        id=PropositionId("p3"),
        text="The Tolvar dam lets out water without warning those downstream.",
        topic="flood of Brenn",
    ),
    Proposition(id=PropositionId("p4"), text="Insurers in Lowen started the reports about the dam."),
    Proposition(id=PropositionId("p5"), text="Joran Pell has ties to the insurers."),
    Proposition(
        id=PropositionId("p6"),
        text="The photograph spread by @sarn_watch shows the dam in the night of the flood.",
    ),
    Proposition(id=PropositionId("p7"), text="The duty log of the dam is complete and genuine."),
    Proposition(
        id=PropositionId("p8"),
        text="The open gates and the breach of the dyke caused the flood together.",
        topic="flood of Brenn",
        set="cause of the flood",
        in_no_article=True,
    ),
]

CLAIM_LINKS = ["p1 alternative_to p2", "p8 contradicts p2"]


def _pages() -> list[Page]:
    return [
        Page(
            "a1",
            "tolvar-dam.txt",
            [
                ("title", "Marvenia Rejects Report of Open Dam Gates, Points to Rotten Dyke"),
                ("dateline", "TOLVAR --"),
                ("subhead", "'It's A Downstream Failure'"),
                ("subhead", "Doubts Among Engineers"),
            ],
            title="Marvenia Rejects Report of Open Dam Gates, Points to Rotten Dyke",
            outlet=SourceId("s10"),
            date="2019-03-12",
            url="https://ostrel.example.org/2019/03/12/tolvar-dam",
            status="done",
        ),
        Page("a2", "commission.txt", outlet=SourceId("s11"), date="2019-03-21", status="done"),
        Page(
            "a3",
            "photograph.txt",
            [
                ("title", "Photograph of open gates is older than the flood"),
                ("dateline", "BRENN, March 24 —"),
            ],
            title="Photograph of open gates is older than the flood",
            outlet=SourceId("s12"),
            date="2019-03-24",
            url="https://gazette.example.org/photograph",
            status="reading",
        ),
    ]


EXHIBITS = [
    Exhibit(
        id=ExhibitId("x1"),
        title="Photograph of the open gates, as posted by @sarn_watch",
        url="https://posts.example.org/sarn_watch/1",
        archive_url="https://archive.example.org/2019/sarn_watch-1",
        captured="2019-03-05",
        note="Shared as a picture of the night of the flood.",
    ),
    Exhibit(
        id=ExhibitId("x2"),
        title="Plumbline archive, entry of May 2017: a test of the gates",
        url="https://plumbline.example.org/archive/2017/05/gates",
        archive_url="https://archive.example.org/2019/plumbline-gates",
        sha256=hashlib.sha256(b"plumbline 2017-05 gates").hexdigest(),
        captured="2019-03-24",
        note="The same picture as the one posted by @sarn_watch.",
    ),
]


def _links() -> Iterator[Link]:
    for number, line in enumerate(lines(LINKS), 1):
        head, _, note = line.partition(": ")
        kind, origin, target, *more = head.split()
        yield Link(
            id=LinkId(f"l{number:02}"),
            kind=kind,
            origin=_ref(origin),
            target=_ref(target),
            how=next((how for how in ("rebut", "undercut") if how in more), None),
            inferred="inferred" in more,
            annotator=ANALYST,
            note=note or None,
        )


def _claim_links() -> Iterator[PropositionLink]:
    for number, line in enumerate(CLAIM_LINKS, 1):
        origin, kind, target = line.split()
        yield PropositionLink(
            id=f"pl{number}",
            origin=PropositionId(origin),
            kind=kind,
            target=PropositionId(target),
            annotator=ANALYST,
        )


def _seen_by(*evidence: str) -> dict[str, Any]:
    """The field of a judgement that names its evidence, if it has any."""
    return {EVIDENCE: {_ref(row).table: row for row in evidence}} if evidence else {}


def _judgements() -> Iterator[Judgement]:
    for number, line in enumerate(lines(JUDGED), 1):
        head, _, reason = line.partition(": ")
        target, scale, value, *evidence = head.split()
        yield Judgement(
            id=JudgementId(f"j{number}"),
            target=_ref(target),
            scale=scale,
            value=value,
            annotator=ANALYST,
            at=f"2019-03-25T09:{number:02}:00Z",
            reason=reason,
            extra=_seen_by(*evidence),
        )


REPORTS = [
    Report(
        id="r1",
        title="The night at the Tolvar dam",
        lead=(
            "Brenn was flooded in the night of the storm. Two causes are offered: open gates at the"
            " Tolvar dam, and a breach in the Ketter dyke.\n\n"
            "All who deny that the gates were open speak for Marvenia; the one photograph of open"
            " gates is two years older than the flood. What would decide is the whole duty log."
        ),
        claims=tuple(map(PropositionId, ("p1", "p2", "p8", "p3", "p6", "p7"))),
    )
]

DISMISSED = {
    "m30": "The Courier and the radio are both noted.",
    "m31": "The Courier and the radio are both noted.",
    "m42": "Reads like the report, but only the sentence before names it.",
}
"""Marks whose unclear attribution was looked at and left as it is, and why."""


def _dismissals() -> Iterator[Dismissal]:
    for number, (mark, reason) in enumerate(DISMISSED.items(), 1):
        yield Dismissal(
            id=f"d{number}",
            rule="unclear_attribution",
            target=_ref(mark),
            reason=reason,
            annotator=ANALYST,
            at="2019-03-25T09:05:00Z",
        )


def records() -> list[Record]:
    """The whole sample project, in the order of its file."""
    by_id = {page.article.id: page for page in _pages()}
    mark_all(by_id)
    pages = by_id.values()
    return [
        ProjectLine(name="Sample: the night at the Tolvar dam"),
        Annotator(id=ANALYST, name="Sample analyst"),
        *SOURCES,
        *(page.article for page in pages),
        *EXHIBITS,
        *(mark for page in pages for mark in page.marks),
        *CLAIMS,
        *(mention for page in pages for mention in page.mentions),
        *_links(),
        *_claim_links(),
        *_judgements(),
        *_dismissals(),
        *REPORTS,
    ]


def content() -> bytes:
    """The bytes of sample.jsonl."""
    return b"".join(to_line(record) for record in records())


if __name__ == "__main__":
    (FOLDER / "sample.jsonl").write_bytes(content())
