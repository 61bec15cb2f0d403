"""The dispute map as JSON for scripts and as Markdown for readers."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from annotator.domain.dispute import ClaimBoard, DisputeMap, Entry, Ground
from annotator.domain.facts import Facts
from annotator.domain.ids import ExhibitId, MarkId, SourceId
from annotator.domain.model import Link, Mark, Ref
from annotator.domain.voices import Leaning, Voices, identity, voice

NameOf = Callable[[str, str], str]
"""Table and id in, the id that is printed out."""

QUOTE_MARKS = "\"'“”„‟«»‘’‚‹›"
CONFIDENTIAL = "a confidential source"
STANCE_WORDS = {
    "support": "asserts",
    "deny": "denies",
    "query": "asks",
    "comment": "comments",
    "silence": "no comment",
}

_WEB = re.compile(r"https?://[^\s<>]+")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def map_json(facts: Facts, disputes: DisputeMap) -> str:
    """The map in the stable form of `map --format json`."""
    data = to_json(disputes, printed_ids(facts))
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def map_markdown(facts: Facts, disputes: DisputeMap) -> str:
    """The map as a report in which every statement leads back to its words."""
    return _Report(facts).text(disputes)


def printed_ids(facts: Facts) -> NameOf:
    """Ids as printed: what a foreign file called the row where only one row has that name."""
    names: dict[tuple[str, str], str] = {}
    for table, rows in facts.tables.items():
        times = Counter(row.origin_id or row.id for row in rows.values())
        for row in rows.values():
            origin = row.origin_id
            names[table, row.id] = origin if origin and times[origin] == 1 else row.id
    return lambda table, row: names.get((table, row), row)


def to_json(disputes: DisputeMap, name: NameOf) -> dict[str, Any]:
    """The map as plain data, in the shape and order of the contract."""
    return {
        "claims": [_claim_json(board, name) for board in disputes.claims],
        "without_source": [name("mark", mark) for mark in disputes.without_source],
    }


def _claim_json(board: ClaimBoard, name: NameOf) -> dict[str, Any]:
    def entry(one: Entry) -> dict[str, Any]:
        return {
            "source": name("source", one.source or ""),
            "owner": name("source", one.owner or ""),
            "mark": name("mark", one.mark),
        }

    return {
        "id": name("proposition", board.id),
        "text": board.text,
        "disputed": board.is_disputed,
        "asserts": [entry(one) for one in board.asserts],
        "denies": [entry(one) for one in board.denies],
        "queries": [entry(one) for one in board.queries],
        "comments": [entry(one) for one in board.comments],
        "silent": [
            {"source": name("source", one.source or ""), "mark": name("mark", one.mark)}
            for one in board.silent
        ],
        "independent": {"asserts": len(board.asserting.counted), "denies": len(board.denying.counted)},
        "grounds": {
            "for": [name(*one.origin) for one in board.grounds_for],
            "against": [name(*one.origin) for one in board.grounds_against],
        },
        "attacks_on_sources": [
            {"mark": name(*one.origin), "source": name("source", one.source)} for one in board.attacks
        ],
    }


def escape(text: str) -> str:
    """Words as one line of Markdown that shows exactly them."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


class _Report:
    """Sentences and lists about the facts, as Markdown."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def text(self, disputes: DisputeMap) -> str:
        lines = ["# Dispute map", "", self._summary(disputes)]
        for board in disputes.claims:
            lines += self._claim(board)
        lines += self._section(
            "## Marks without a source",
            (self._mark_item(mark) for mark in disputes.without_source),
            "Nobody is named for these words, so they count as nobody's voice.",
        )
        return "\n".join(lines) + "\n"

    def _summary(self, disputes: DisputeMap) -> str:
        if not disputes.claims:
            return "There are no claims yet."
        disputed = sum(board.is_disputed for board in disputes.claims)
        return f"{_count(len(disputes.claims), 'claim')}, {disputed or 'none'} disputed."

    def _claim(self, board: ClaimBoard) -> Iterator[str]:
        sentence = escape(board.text) or "(no sentence yet)"
        yield from ("", f"## {self._facts.handle('proposition', board.id)} · {sentence}", "")
        yield ("**Disputed.** " if board.is_disputed else "Not disputed. ") + self._voices(board)
        yield from self._section("### Asserted by", map(self._entry, board.asserts))
        yield from self._section("### Denied by", map(self._entry, board.denies))
        yield from self._section("### Asked by", map(self._entry, board.queries))
        yield from self._section("### Commented on by", map(self._entry, board.comments))
        yield from self._section("### No comment from", map(self._entry, board.silent))
        unnamed = ((STANCE_WORDS[stance], entry) for stance, entry in board.without_source)
        yield from self._section(
            "### Said without a source (not counted)",
            (self._mark_item(entry.mark, stance) for stance, entry in unnamed),
        )
        yield from self._section("### Grounds for", map(self._ground, board.grounds_for))
        yield from self._section("### Grounds against", map(self._ground, board.grounds_against))
        yield from self._section("### Attacks on its sources", self._attacks(board))

    def _section(
        self, heading: str, items: Iterable[tuple[str, str]], remark: str | None = None
    ) -> Iterator[str]:
        rows = list(items)
        if rows:
            yield from ("", heading, "")
            if remark:
                yield from (remark, "")
        for words, place in rows:
            yield f"- {words}"
            if place:
                yield f"  - {place}"

    def _voices(self, board: ClaimBoard) -> str:
        sides = [(board.asserting, "asserting"), (board.denying, "denying")]
        spoken = [self._side(voices, verb) for voices, verb in sides if voices.counted]
        if not spoken:
            return "Nobody asserts or denies it."
        found = f"Independent voices: {'; '.join(spoken)}."
        left_out = [self._leaning(one) for voices, _ in sides for one in voices.leaning]
        return found + (f" Not counted: {'; '.join(left_out)}." if left_out else "")

    def _side(self, voices: Voices, verb: str) -> str:
        return f"{len(voices.counted)} {verb} ({', '.join(map(self._name, voices.counted))})"

    def _leaning(self, leaning: Leaning) -> str:
        verb = {"prints": "prints the same text as"}.get(leaning.how, leaning.how)
        return f"{self._name(leaning.owner)}, which {verb} {' and '.join(map(self._name, leaning.on))}"

    def _entry(self, entry: Entry) -> tuple[str, str]:
        mark = self._facts.marks[entry.mark]
        remarks = (
            [] if entry.certainty in (None, "certain") else [f"certainty: {escape(str(entry.certainty))}"]
        )
        remarks += [self._does(self._facts.links[link]) for link in entry.links]
        return f"{self._speaker(entry)}: {self._quote(mark)}", self._place(mark, remarks)

    def _speaker(self, entry: Entry) -> str:
        assert entry.source is not None  # noqa: S101 - entries with a source only come here
        parts = [f"**{self._name(entry.source)}**"]
        row = self._facts.sources.get(identity(self._facts, entry.source))
        if row and not row.confidential:
            if row.role:
                parts.append(escape(row.role))
            if entry.owner and entry.owner != row.id:
                parts.append(f"for {self._name(entry.owner)}")
        return ", ".join([*parts, *(f"via {self._name(relay)}" for relay in entry.relays)])

    def _mark_item(self, mark: MarkId, remark: str = "") -> tuple[str, str]:
        row = self._facts.marks[mark]
        return (f"{remark}: " if remark else "") + self._quote(row), self._place(row)

    def _ground(self, ground: Ground) -> tuple[str, str]:
        does = [self._does(self._facts.links[link]) for link in ground.links]
        return self._origin(ground.origin, "", does)

    def _does(self, link: Link) -> str:
        """What a link does to its end, in words: "supports denial M7"."""
        scheme = self._facts.scheme
        words = [scheme.link_kinds[link.kind].name if link.kind in scheme.link_kinds else link.kind]
        target = self._facts.tables.get(link.target.table, {}).get(link.target.id)
        if isinstance(target, Mark):
            words.append(
                scheme.labels[target.label].name.lower() if target.label in scheme.labels else "mark"
            )
        if target:
            words.append(self._facts.handle(*link.target))
        return escape(" ".join(words))

    def _attacks(self, board: ClaimBoard) -> Iterator[tuple[str, str]]:
        for attack in board.attacks:
            yield self._origin(attack.origin, f"against **{self._name(attack.source)}**", [])

    def _origin(self, origin: Ref, aim: str, remarks: list[str]) -> tuple[str, str]:
        """A mark or exhibit with whom it speaks for, what it aims at and where it stands."""
        if origin.table == "mark":
            mark = self._facts.marks[MarkId(origin.id)]
            speaker = voice(self._facts, mark)
            said = [f"**{self._name(speaker)}**" if speaker else "", aim]
            head = " ".join(part for part in said if part)
            return (f"{head}: " if head else "") + self._quote(mark), self._place(mark, remarks)
        row = self._facts.exhibits[ExhibitId(origin.id)]
        known = [self._facts.handle("exhibit", row.id), _address(row.archive_url or row.url or ""), *remarks]
        head = f"Exhibit {aim}".strip()
        return f"{head}: {escape(row.title or row.url or 'untitled')}", _joined(known)

    def _place(self, mark: Mark, remarks: Iterable[str] = ()) -> str:
        """Where the words stand: handle, title, outlet, date; then what there is to remark."""
        parts = [self._facts.handle("mark", mark.id)]
        article = self._facts.articles.get(mark.article)
        if article:
            title = f"*{escape(article.title)}*" if article.title else "untitled article"
            outlet = self._name(article.outlet) if article.outlet else ""
            parts += [f"{self._facts.handle('article', article.id)} {title}", outlet]
            parts.append(escape(article.date or "no date"))
        return _joined([*parts, *remarks])

    def _quote(self, mark: Mark) -> str:
        words = escape(" … ".join(mark.quotes))
        is_quoted = len(words) > 1 and words[0] in QUOTE_MARKS and words[-1] in QUOTE_MARKS
        return words if is_quoted else f"“{words}”"

    def _name(self, source: SourceId) -> str:
        row = self._facts.sources.get(identity(self._facts, source))
        if row is None:
            return "an unknown source"
        return CONFIDENTIAL if row.confidential else escape(row.name)


def _address(url: str) -> str:
    return f"<{url}>" if _WEB.fullmatch(url) else escape(url)


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
