"""The dispute map once more, straight from the lines and as naively as possible.

It shares no code with the program. Versions of articles are not its business.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Line = dict[str, Any]
Step = Callable[[str], str | None]
SIDE = {"support": "asserts", "deny": "denies", "query": "queries", "comment": "comments"}
LINK_SIGN = {"supports": 1, "corroborates": 1, "undermines": -1}
ACTS = {("denial", "denies"): "denies", ("no_comment", "responds_to"): "silent"}


class Brute:
    def __init__(self, lines: list[Line]) -> None:
        self.rows = {line["type"]: {} for line in lines} | {"mention": {}, "link": {}}
        for line in lines:
            self.rows[line["type"]][line["id"]] = line
        self.marks, self.sources = self.rows["mark"], self.rows["source"]
        self.mentions, self.links = list(self.rows["mention"].values()), list(self.rows["link"].values())

    def end(self, name: str, step: Step) -> str:
        for _ in self.sources:
            name = step(name) or name
        ring = {name}
        for _ in self.sources:
            ring |= {step(one) or one for one in ring}
        return min(ring)

    def same(self, name: str) -> str | None:
        return self.sources[name].get("same_as")

    def above(self, name: str) -> str | None:
        nameless = self.sources[name]["kind"] in ("anonymous", "unknown")
        return self.same(name) or (None if nameless else self.sources[name].get("affiliation"))

    def owner(self, name: str) -> str:
        return self.end(name, self.above)

    def speaker(self, mark: Line) -> str | None:
        first = mark["attribution"][0]["source"] if mark["attribution"] else None
        narrated = mark["attributes"].get("quote") == "none"
        return first or (self.rows["article"][mark["article"]]["outlet"] if narrated else None)

    def said(self) -> set[tuple[str, str, str]]:
        quiet = {name for name, mark in self.marks.items() if mark["label"] == "no_comment"}
        own = [(n["mark"], "silent" if n["mark"] in quiet else SIDE[n["stance"]], n["proposition"])
               for n in self.mentions]  # fmt: skip
        derived = []
        for link in self.links:
            name = link["from"].get("mark")
            act = ACTS.get((self.marks[name]["label"], link["kind"])) if name else None
            if act and all(mark != name for mark, _, _ in own):
                derived += [(name, act, claim) for mark, side, claim in own
                            if side == "asserts" and link["to"] == {"mark": mark}]  # fmt: skip
        return {*own, *derived}

    def cited(self, name: str) -> set[str]:
        found = [link["to"].get("source") or self.speaker(self.marks[link["to"]["mark"]])
                 for link in self.links if link["kind"] == "cites" and link["from"].get("mark") == name
                 and "proposition" not in link["to"]]  # fmt: skip
        return {self.owner(one) for one in found if one}

    def count(self, side: list[str]) -> int:
        own = {mark: self.owner(self.speaker(self.marks[mark]) or "") for mark in side}
        voices = set(own.values())
        edges = {(self.owner(step["source"]), own[mark]) for mark in side
                 for step in self.marks[mark]["attribution"][1:] if step["source"]}  # fmt: skip
        edges = {(a, b) for a, b in edges if a in voices and a != b}
        others = {mark: self.cited(mark) & voices - {own[mark]} for mark in side}
        leaning = {a for a, _ in edges}
        leaning |= {one for one in voices if all(others[mark] for mark in side if own[mark] == one)}
        edges |= {(own[mark], b) for mark in side if own[mark] in leaning for b in others[mark]}
        for _ in voices:
            edges |= {(a, d) for a, b in edges for c, d in edges if b == c}
        ends = [one for one in voices if all((b, one) in edges for a, b in edges if a == one)]
        return len({frozenset({one} | {b for a, b in edges if a == one}) for one in ends})

    def grounds(self, claim: str, here: set[tuple[str, str]]) -> Line:
        found: dict[int, set[str]] = {1: set(), -1: set(), 0: set()}
        signs = {"asserts": 1, "denies": -1}
        for link in self.links:
            (start,) = link["from"].values()
            ends = [signs.get(side, 0) for mark, side in here if link["to"] == {"mark": mark}]
            for sign in [*ends, *[1][: link["to"] == {"proposition": claim}]]:
                if start not in {mark for mark, _ in here}:
                    found[LINK_SIGN.get(link["kind"], 0) * sign].add(start)
        return {"for": sorted(found[1]), "against": sorted(found[-1])}

    def claim(self, claim: str) -> Line:
        here = {(mark, side) for mark, side, one in self.said() if one == claim}
        named: Line = {side: [] for side in (*SIDE.values(), "silent")}
        for mark, side in sorted(here):
            if speaker := self.speaker(self.marks[mark]):
                owner = {} if side == "silent" else {"owner": self.owner(speaker)}
                named[side].append({"source": speaker, **owner, "mark": mark})
        heard = {self.end(entry["source"], self.same) for entry in named["asserts"]}
        attacks = {(*link["from"].values(), link["to"]["source"]) for link in self.links
                   if link["kind"] == "undermines" and "source" in link["to"]
                   and self.end(link["to"]["source"], self.same) in heard}  # fmt: skip
        sides = {side: [entry["mark"] for entry in named[side]] for side in ("asserts", "denies")}
        return {
            "id": claim,
            "text": self.rows["proposition"][claim]["text"],
            "disputed": all(sides.values()),
            **named,
            "independent": {side: self.count(marks) for side, marks in sides.items()},
            "grounds": self.grounds(claim, here),
            "attacks_on_sources": [{"mark": mark, "source": source} for mark, source in sorted(attacks)],
        }


def brute_map(lines: list[Line]) -> Line:
    brute = Brute(lines)
    nobody = sorted(name for name, mark in brute.marks.items() if not brute.speaker(mark))
    return {
        "claims": [brute.claim(one) for one in sorted(brute.rows["proposition"])],
        "without_source": nobody,
    }
