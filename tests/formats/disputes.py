"""One small dispute with everything in it that a map or a report can say; and a map as JSON."""

import json
from typing import Any

from annotator.domain.dispute import DisputeMap
from annotator.formats.mapped import NameOf, map_pieces
from tests.domain.graphs import Line, article, claim, link, mark, mention, source

SENTENCE = "The Varna works sold pumps to the north"

DISPUTE: list[Line] = [
    source("s1", name="Lena Ortiz", role="pump engineer", affiliation="s2"),
    source("s2", name="Institute of Pumps", kind="organisation"),
    source("s3", name="The Daily Lantern", kind="outlet"),
    source("s4", name="Varna", kind="state"),
    source("s5", name="Ivo Petrov", role="head of the works", affiliation="s4"),
    source("s6", name="an insider", kind="anonymous", confidential=True, role="night guard"),
    article("a1", title="Works *denies* sale", outlet="s3", date="2031-05-02"),
    article("a2"),
    {"type": "exhibit", "id": "e1", "title": "Photo of a crate", "url": "https://example.org/crate"},
    claim("p1", SENTENCE),
    claim("p2", "Nobody was asked"),
    mark(
        "m1", "claim", "s1", "s3", quotes=["pumps", "came from Varna"], attributes={"certainty": "possible"}
    ),
    mark("m2", "denial", "s5", quotes=["“we have [never] sold\n_any_ pump”"]),
    mark("m3", "claim", "s3", article="a2", quotes=["the works sold them"]),
    mark("m4", "evidence", "s6", quotes=["crates with a Varna stamp"]),
    mark("m5", "no_comment", "s4", quotes=["did not answer"]),
    mark("m6", "claim", quotes=["it is said to have sold them"]),
    mark("m7", "denial", "s5", quotes=["she never saw a pump"]),
    mark("m8", "claim", "s6", quotes=["was it the works?"]),
    mark("m9", "evidence", quotes=["an empty shed"]),
    mention("m1"),
    mention("m3"),
    mention("m6"),
    mention("m8", "query"),
    link("denies", "m2", "m1"),
    link("responds_to", "m5", "m1"),
    link("responds_to", "m5", "m9"),
    link("supports", "m4", "m1"),
    link("supports", "e1", "m2"),
    link("undermines", "m7", "s1", "source"),
]


def as_they_are(table: str, row: str) -> str:
    del table
    return row


def map_data(disputes: DisputeMap, name: NameOf = as_they_are) -> dict[str, Any]:
    """What `map --format json` says of a map."""
    unnamed = (name("mark", mark) for mark in disputes.without_source)
    text = "".join(map_pieces(((board, name) for board in disputes.claims), unnamed))
    data: dict[str, Any] = json.loads(text)
    assert text == json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return data
