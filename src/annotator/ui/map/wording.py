"""The dispute map in words of the window's language: who, for whom, through whom, where, what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import bidirectional

from PySide6.QtCore import QCoreApplication

from annotator.domain.briefs import said_on
from annotator.domain.dispute import Attack, ClaimBoard, Entry
from annotator.domain.echoes import passing_on
from annotator.domain.facts import Facts
from annotator.domain.grounds import Ground
from annotator.domain.ids import ExhibitId, MarkId, SourceId
from annotator.domain.model import Link, Mark, Ref
from annotator.domain.sentences import as_quote
from annotator.domain.voices import Leaning, Voices, identity, voice
from annotator.ui.panels.words import value_name

translate = QCoreApplication.translate
_LEFT_TO_RIGHT = "\u200e"
_TITLE_CHARS = 48
"""So much of an article's title tells it from others."""


class Statement(NamedTuple):
    """A mark or exhibit on a board: who, their words, where these stand, and what is to be remarked."""

    target: Ref
    who: str
    role: str
    words: str
    place: str
    remarks: tuple[str, ...] = ()


def tr(words: str) -> str:
    """Words of the map in the language of the window."""
    return translate("Map", words)


def voices(asserting: int, denying: int) -> str:
    """How many independent voices stand on each side of a claim."""
    words = tr("independent voices {asserting} : {denying}")
    return words.format(asserting=f"{asserting:,}", denying=f"{denying:,}")


def counted_voices(board: ClaimBoard) -> str:
    """The same of a board."""
    return voices(len(board.asserting.counted), len(board.denying.counted))


class Wording:
    """Sentences about the facts of a map."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def name(self, source: SourceId | None) -> str:
        """What a source is called; a confidential one is not named."""
        row = None if source is None else self._facts.sources.get(identity(self._facts, source))
        if row is None:
            return tr("nobody named")
        return tr("a confidential source") if row.confidential else row.name

    def names(self, sources: Iterable[SourceId]) -> str:
        """Several sources, one after the other."""
        return ", ".join(self.name(one) for one in sources)

    def statement(self, board: ClaimBoard, entry: Entry) -> Statement:
        """An entry of a board, with the reason why it is not counted where it is not."""
        mark = self._facts.marks[entry.mark]
        remarks = [self.does(self._facts.links[link]) for link in entry.links]
        if entry.certainty not in (None, "certain"):
            remarks.insert(0, tr("certainty: {value}").format(value=value_name(str(entry.certainty))))
        remarks += self._not_counted(board, entry)
        return Statement(
            Ref("mark", entry.mark),
            self.name(entry.source),
            self._role(entry),
            quoted(mark),
            self.place(entry),
            tuple(remarks),
        )

    def ground(self, ground: Ground) -> Statement:
        """A mark or exhibit that speaks for or against a claim."""
        does = [self.does(self._facts.links[link]) for link in ground.links]
        return self._origin(ground.origin, does)

    def attacks(self, board: ClaimBoard) -> list[Statement]:
        """What is said against sources instead of the claim, those that assert it first."""
        return [
            *(self._attack(one, tr("against {name}")) for one in board.attacks),
            *(
                self._attack(one, tr("against {name}, which does not assert it"))
                for one in board.attacks_beside
            ),
        ]

    def _attack(self, attack: Attack, words: str) -> Statement:
        return self._origin(attack.origin, [words.format(name=self.name(attack.source))])

    def verdict(self, board: ClaimBoard) -> str:
        """Whether a claim is disputed, and by how many independent voices."""
        if board.is_disputed:
            state = tr("Disputed")
        elif board.is_undenied:
            state = tr("Undenied")
        elif board.denies:
            state = tr("Denied, asserted by nobody")
        else:
            state = tr("Asserted by nobody")
        return f"{state} · {counted_voices(board)}"

    def speaker(self, mark: Ref) -> str:
        """Who says the words of a mark."""
        return self.name(voice(self._facts, self._facts.marks[MarkId(mark.id)]))

    def counted(self, board: ClaimBoard) -> str:
        """Who the independent voices are, who is not counted and why, and who speaks on both sides.

        Those who only pass on what others say are no voices; they are told among what is not counted.
        """
        parts = [
            template.format(names=self.names(voices.counted))
            for template, voices in (
                (tr("asserting: {names}"), board.asserting),
                (tr("denying: {names}"), board.denying),
            )
            if voices.counted
        ]
        sides = ((board.asserting, board.asserts), (board.denying, board.denies))
        left_out = [
            self._leaning(one)
            for side, entries in sides
            for one in (*side.leaning, *passing_on(self._facts, entries))
        ]
        if left_out:
            parts.append(tr("not counted: {names}").format(names="; ".join(left_out)))
        if board.self_contradicted:
            names = self.names(board.self_contradicted)
            parts.append(tr("speaks on both sides: {names}").format(names=names))
        if board.silent:
            names = ", ".join(dict.fromkeys(self.name(entry.source) for entry in board.silent))
            parts.append(tr("no comment: {names}").format(names=names))
        return " · ".join(parts)

    def place(self, entry: Entry) -> str:
        """Where an entry stands, and when it was said."""
        return self._place(self._facts.marks[entry.mark], said_on(self._facts, entry))

    def does(self, link: Link) -> str:
        """What a link does to its end: “supports M7”."""
        kind = self._facts.scheme.link_kinds.get(link.kind)
        name = kind.name.lower() if kind else link.kind
        is_here = link.target.id in self._facts.tables.get(link.target.table, ())
        return f"{name} {self._facts.handle(*link.target)}" if is_here else name

    def _role(self, entry: Entry) -> str:
        row = None if entry.source is None else self._facts.sources.get(identity(self._facts, entry.source))
        parts = []
        if row and not row.confidential:
            if row.role:
                parts.append(row.role)
            if entry.owner and entry.owner != row.id:
                parts.append(tr("for {name}").format(name=self.name(entry.owner)))
        parts += [tr("via {name}").format(name=self.name(relay)) for relay in entry.relays]
        if possible := self._facts.marks[entry.mark].possible_source:
            parts.append(tr("or perhaps {name}").format(name=self.name(possible)))
        return ", ".join(parts)

    def _not_counted(self, board: ClaimBoard, entry: Entry) -> list[str]:
        if entry.source is None:
            return [tr("not counted: nobody is named")]
        sides: list[Voices] = []
        if entry in board.asserts:
            sides.append(board.asserting)
        if entry in board.denies:
            sides.append(board.denying)
        return [
            tr("not counted: {reason}").format(reason=self.why(one))
            for side in sides
            for one in side.leaning
            if one.owner == entry.owner
        ]

    def _leaning(self, leaning: Leaning) -> str:
        return tr("{name}, which {reason}").format(name=self.name(leaning.owner), reason=self.why(leaning))

    def why(self, leaning: Leaning) -> str:
        """Whom a voice that is not counted leans on, and how."""
        templates = {
            "relays": tr("relays {names}"),
            "cites": tr("cites {names}"),
            "prints": tr("prints the same text as {names}"),
        }
        return templates[leaning.how].format(names=self.names(leaning.on))

    def _origin(self, origin: Ref, remarks: Iterable[str]) -> Statement:
        if origin.table == "mark":
            mark = self._facts.marks[MarkId(origin.id)]
            speaker = voice(self._facts, mark)
            who = self.name(speaker)
            place = self._place(mark, self._date(mark))
            return Statement(origin, who, "", quoted(mark), place, tuple(remarks))
        row = self._facts.exhibits[ExhibitId(origin.id)]
        host = _host(row.url or row.archive_url or "")
        place = " · ".join(filter(None, (self._facts.handle(*origin), host)))
        title = row.title or row.url or tr("untitled")
        return Statement(origin, tr("Exhibit"), "", title, place, tuple(remarks))

    def _date(self, mark: Mark) -> str:
        article = self._facts.articles.get(mark.article)
        return str(mark.attributes.get("date") or (article.date if article else None) or "")

    def _place(self, mark: Mark, date: str) -> str:
        parts = [self._facts.handle("mark", mark.id)]
        article = self._facts.articles.get(mark.article)
        if article:
            parts.append(_short(article.title or "") or self._facts.handle("article", article.id))
            if article.outlet:
                parts.append(self.name(article.outlet))
        before = " · ".join(parts)
        # A number after Arabic words would be read from the right: 2024-03-04 as 04-03-2024.
        guard = _LEFT_TO_RIGHT if any(bidirectional(char) in ("R", "AL") for char in before) else ""
        return f"{before} · {guard}{date or tr('no date')}"


def _short(title: str) -> str:
    words = " ".join(title.split())
    if len(words) <= _TITLE_CHARS:
        return words
    cut = words[:_TITLE_CHARS]
    return (cut.rpartition(" ")[0] or cut) + "…"


def quoted(mark: Mark) -> str:
    """The words of a mark, its pieces joined."""
    return as_quote(" … ".join(mark.quotes))


def _host(address: str) -> str:
    """Where an address leads, short enough for a card."""
    return re.sub(r"^\w+://([^/?#]+).*", r"\1", address)
