"""Claims as an argument graph in the Argument Interchange Format, JSON as AIFdb writes it.

A claim and each quote are I-nodes; who said it is an L-node that a YA-node anchors
in its quote. Words that assert a claim are joined to it by an MA-node (rephrase),
words that deny it by a CA-node; grounds for and against by RA and CA.
Source: argumentinterchange.org, AIF specification; node names as in AIFdb.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from annotator.domain.report import AGAINST, ASKS, ASSERTS, DENIES, FOR, ClaimPart, FullReport, Statement
from annotator.formats.reports.written import Notice, Written

SCHEMES = {
    ASSERTS: ("MA", "Default Rephrase"),
    DENIES: ("CA", "Default Conflict"),
    FOR: ("RA", "Default Inference"),
    AGAINST: ("CA", "Default Conflict"),
}
"""How the words of each side are joined to the claim: type and name of the node between."""
QUESTIONED = ("YA", "Pure Questioning")


def aif(report: FullReport) -> Written:
    """The graph of all claims of a report; words that bear on several of them are one node."""
    graph = _Graph()
    left_out: Counter[str] = Counter()
    for claim in report.claims:
        graph.add_claim(claim)
        said = (*claim.statements, *claim.unnamed, *claim.grounds)
        left_out.update(one.side for one in said if one.side not in (*SCHEMES, ASKS))
    notices: list[Notice] = [
        ("aif-left-out", {"count": count, "what": what}) for what, count in sorted(left_out.items())
    ]
    return Written((json.dumps(graph.data(), ensure_ascii=False, indent=1) + "\n").encode(), tuple(notices))


class _Graph:
    """Nodes and edges with ids counted from 1, each thing once."""

    def __init__(self) -> None:
        self._nodes: list[dict[str, str]] = []
        self._edges: list[dict[str, str]] = []
        self._locutions: list[dict[str, str]] = []
        self._people: dict[str, str] = {}
        self._known: dict[tuple[str, str], str] = {}

    def data(self) -> dict[str, Any]:
        people = [{"participantID": id_, "firstname": name} for name, id_ in self._people.items()]
        return {
            "nodes": self._nodes,
            "edges": self._edges,
            "locutions": self._locutions,
            "participants": people,
        }

    def add_claim(self, claim: ClaimPart) -> None:
        node = self._once("claim", claim.id, claim.sentence, "I")
        for statement in (*claim.statements, *claim.unnamed, *claim.grounds):
            if statement.side == ASKS:
                self._join(self._locution(statement), QUESTIONED, node)
            elif statement.side in SCHEMES:
                self._join(self._words(statement), SCHEMES[statement.side], node)

    def _words(self, statement: Statement) -> str:
        """The I-node of what is said or shown, with the locution it is said by."""
        if statement.shown is not None:
            shown = statement.shown
            return self._once("exhibit", shown.handle, shown.title or shown.url, "I")
        passage = statement.passage
        assert passage is not None  # noqa: S101 - a statement has a passage or shows an exhibit
        is_new = ("words", passage.mark) not in self._known
        node = self._once("words", passage.mark, passage.quote, "I")
        if is_new and statement.speaker is not None:
            self._join(self._locution(statement), ("YA", "Asserting"), node)
        return node

    def _locution(self, statement: Statement) -> str:
        passage, speaker = statement.passage, statement.speaker
        assert passage is not None  # noqa: S101 - exhibits ask nothing
        name = speaker.name if speaker else "somebody"
        is_new = ("locution", passage.mark) not in self._known
        node = self._once("locution", passage.mark, f"{name} : {passage.quote}", "L")
        if is_new and speaker is not None:
            person = self._people.setdefault(name, str(len(self._people) + 1))
            self._locutions.append({"nodeID": node, "personID": person})
        return node

    def _once(self, kind: str, name: str, text: str, type_: str) -> str:
        key = (kind, name)
        if key not in self._known:
            self._known[key] = self._node(text, type_)
        return self._known[key]

    def _node(self, text: str, type_: str) -> str:
        number = str(len(self._nodes) + 1)
        self._nodes.append({"nodeID": number, "text": " ".join(text.split()), "type": type_})
        return number

    def _join(self, start: str, between: tuple[str, str], end: str) -> None:
        middle = self._node(between[1], between[0])
        for one, other in ((start, middle), (middle, end)):
            self._edges.append({"edgeID": str(len(self._edges) + 1), "fromID": one, "toID": other})
