"""Statements, speakers, places and judgements as a report says them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from annotator.domain.dispute import Attack, ClaimBoard, Entry
from annotator.domain.facts import Facts
from annotator.domain.grounds import Ground
from annotator.domain.ids import AnnotatorId, ArticleId, ExhibitId, MarkId, PropositionId, SourceId
from annotator.domain.judging import Scale, in_force, is_of_evidence, scales
from annotator.domain.model import Article, Judgement, Link, Mark, Ref
from annotator.domain.report import (
    AGAINST,
    ATTACKS,
    FOR,
    SIDES,
    Act,
    ClaimPart,
    Judged,
    Leans,
    Passage,
    Printed,
    Related,
    SaidBy,
    Shown,
    Side,
    Statement,
)
from annotator.domain.spans import Span
from annotator.domain.voices import Leaning, Voices, identity, owner, voice

TextOf = Callable[[ArticleId], str]

CONTEXT_CHARS = 160
"""Characters of context that stand on each side of a quote at most."""


class Composer:
    """Turns rows into words. Knows the facts after masking, never the others."""

    def __init__(self, facts: Facts, texts: TextOf | None, annotators: Mapping[AnnotatorId, str]) -> None:
        self._facts = facts
        self._texts = texts
        self._annotators = annotators
        self._printed: dict[ArticleId, Printed] = {}

    @cached_property
    def _scales(self) -> Mapping[str, Scale]:
        return scales(self._facts.scheme)

    @cached_property
    def _claim_kinds(self) -> Mapping[str, Mapping[str, Any]]:
        return {row["id"]: row for row in self._facts.scheme.data.get("proposition_link_kinds", ())}

    @cached_property
    def _judged(self) -> Mapping[Ref, list[Judgement]]:
        found: dict[Ref, list[Judgement]] = {}
        for row in in_force(self._facts.judgements.values()):
            if not is_of_evidence(row):
                found.setdefault(row.target, []).append(row)
        return found

    def claim(self, board: ClaimBoard) -> ClaimPart:
        sides = zip(
            SIDES, (board.asserts, board.denies, board.queries, board.comments, board.silent), strict=True
        )
        said = tuple(self._entry(entry, side, board.id) for side, entries in sides for entry in entries)
        unnamed = tuple(self._entry(entry, side, board.id) for side, entry in board.without_source)
        grounds = (
            *(self._ground(ground, FOR) for ground in board.grounds_for),
            *(self._ground(ground, AGAINST) for ground in board.grounds_against),
            *(self._attack(attack) for attack in (*board.attacks, *board.attacks_beside)),
        )
        return ClaimPart(
            id=board.id,
            handle=self._facts.handle("proposition", board.id),
            sentence=board.text,
            is_disputed=board.is_disputed,
            asserting=self._side(board.asserting),
            denying=self._side(board.denying),
            statements=said,
            unnamed=unnamed,
            grounds=grounds,
            both_sides=tuple(map(self._name, board.self_contradicted)),
            related=tuple(self._related(board.id)),
            judged=self._judgements(Ref("proposition", board.id)),
            loose_ends=(),
        )

    def marked(self, mark: MarkId, side: str) -> Statement:
        """A mark with whoever is counted as its voice."""
        row = self._facts.marks[mark]
        who = voice(self._facts, row)
        speaker = self._speaker(who, row, owner(self._facts, who)) if who else None
        return Statement(side, speaker, self._passage(row))

    def bare(self, mark: MarkId, side: str) -> Statement:
        """A mark that names nobody."""
        return Statement(side, None, self._passage(self._facts.marks[mark]))

    def _entry(self, entry: Entry, side: str, claim: PropositionId) -> Statement:
        mark = self._facts.marks[entry.mark]
        certainty = "" if entry.certainty in (None, "certain") else str(entry.certainty)
        own = self._facts.mentions_by_mark.get(entry.mark, ())
        targets = [Ref("mention", one.id) for one in own if one.proposition == claim]
        targets += [Ref("source", entry.source)] if entry.source else []
        targets.append(Ref("article", entry.article))
        return Statement(
            side,
            self._speaker(entry.source, mark, entry.owner) if entry.source else None,
            self._passage(mark),
            certainty=certainty,
            links=tuple(self._does(self._facts.links[link]) for link in entry.links),
            judged=self._judgements(*targets),
        )

    def _ground(self, ground: Ground, side: str) -> Statement:
        return replace(
            self._origin(ground.origin, side),
            links=tuple(self._does(self._facts.links[link]) for link in ground.links),
        )

    def _attack(self, attack: Attack) -> Statement:
        return replace(self._origin(attack.origin, ATTACKS), aim=self._name(attack.source))

    def _origin(self, origin: Ref, side: str) -> Statement:
        if origin.table == "mark":
            return self.marked(MarkId(origin.id), side)
        row = self._facts.exhibits[ExhibitId(origin.id)]
        shown = Shown(
            id=row.id,
            handle=self._facts.handle("exhibit", row.id),
            title=row.title or "",
            url=row.url or "",
            archive_url=row.archive_url or "",
            sha256=row.sha256 or "",
            captured=row.captured or "",
        )
        return Statement(side, None, shown=shown)

    def _speaker(self, source: SourceId, mark: Mark, speaks_for: SourceId | None) -> SaidBy:
        row = self._facts.sources.get(identity(self._facts, source))
        is_open = row is not None and not row.confidential
        is_own = row is None or speaks_for in (None, row.id)
        return SaidBy(
            name=self._name(source),
            role=(row.role or "") if row is not None else "",
            owner=self._name(speaks_for) if is_open and speaks_for and not is_own else "",
            relays=tuple(map(self._name, mark.relays)),
            possible=self._name(mark.possible_source) if mark.possible_source else "",
        )

    def _side(self, voices: Voices) -> Side:
        return Side(
            tuple(map(self._name, voices.counted)),
            tuple(self._leans(one) for one in voices.leaning),
        )

    def _leans(self, leaning: Leaning) -> Leans:
        return Leans(self._name(leaning.owner), leaning.how, tuple(map(self._name, leaning.on)))

    def _related(self, claim: PropositionId) -> Iterator[Related]:
        for row in self._facts.proposition_links.values():
            other = row.target if row.origin == claim else row.origin
            node = self._facts.propositions.get(other)
            if claim in (row.origin, row.target) and node is not None:
                kind = self._claim_kinds.get(row.kind, {})
                name = kind.get("name", row.kind.replace("_", " "))
                is_said_so = row.origin == claim or kind.get("symmetric", False)
                words = name if is_said_so else f"the other one {name} this"
                yield Related(words, self._facts.handle("proposition", other), node.text)

    def _judgements(self, *targets: Ref) -> tuple[Judged, ...]:
        rows = [row for target in targets for row in self._judged.get(target, ())]
        return tuple(map(self._judgement, rows))

    def _judgement(self, row: Judgement) -> Judged:
        scale = self._scales.get(row.scale)
        grade = scale.grade(row.value) if scale else None
        value = grade.name if grade else row.value.replace("_", " ")
        rank = scale.rank(row.value) if scale else None
        places = sum(not one.is_apart for one in scale.grades) if scale else 0
        return Judged(
            row.scale,
            f"{value} ({grade.detail})" if grade and grade.detail else value,
            self._annotators.get(row.annotator, "") if row.annotator else "",
            (row.at or "")[:10],
            row.reason or "",
            0 if rank is None else places - rank,
            places,
            row.target.table,
        )

    def _does(self, link: Link) -> Act:
        """What a link does to its end: "supports denial", M7."""
        scheme = self._facts.scheme
        words = [scheme.link_kinds[link.kind].name if link.kind in scheme.link_kinds else link.kind]
        target = self._facts.tables.get(link.target.table, {}).get(link.target.id)
        if isinstance(target, Mark):
            label = scheme.labels.get(target.label)
            words.append(label.name.lower() if label else "mark")
        return Act(" ".join(words), self._facts.handle(*link.target) if target else "")

    def _passage(self, mark: Mark) -> Passage:
        article = self._facts.articles.get(mark.article)
        return Passage(
            mark=mark.id,
            handle=self._facts.handle("mark", mark.id),
            quote=" … ".join(mark.quotes),
            article=self._article(article) if article else None,
            context=self._context(mark),
        )

    def _context(self, mark: Mark) -> tuple[tuple[str, bool], ...]:
        text = self._texts(mark.article) if self._texts and mark.article in self._facts.articles else ""
        return in_context(text, mark.spans) if text else ()

    def _article(self, row: Article) -> Printed:
        if row.id not in self._printed:
            self._printed[row.id] = Printed(
                id=row.id,
                handle=self._facts.handle("article", row.id),
                title=row.title or "",
                outlet=self._name(row.outlet) if row.outlet else "",
                date=row.date or "",
                byline=row.byline or "",
                url=row.url or "",
                archive_url=row.archive_url or "",
                text_sha256=row.sha256 or "",
                original_sha256=str((row.origin or {}).get("sha256") or ""),
            )
        return self._printed[row.id]

    def _name(self, source: SourceId) -> str:
        row = self._facts.sources.get(identity(self._facts, source))
        return row.name if row is not None else "an unknown source"


def in_context(text: str, spans: Sequence[Span]) -> tuple[tuple[str, bool], ...]:
    """The quoted pieces with the words before, between and after them; True where words are quoted.

    The words outside are cut at a space, with an ellipsis where more stands there.
    """
    pieces = sorted(spans)
    start, end = pieces[0].start, max(span.end for span in pieces)
    before = text[max(0, start - CONTEXT_CHARS) : start]
    if start > CONTEXT_CHARS:
        before = "…" + (before.partition(" ")[2] or before)
    found = [(before.lstrip(), False)]
    at = start
    for span in pieces:
        found += [(text[at : span.start], False), (text[max(at, span.start) : span.end], True)]
        at = max(at, span.end)
    after = text[end : end + CONTEXT_CHARS]
    if end + CONTEXT_CHARS < len(text):
        after = (after.rpartition(" ")[0] or after) + "…"
    return tuple(piece for piece in (*found, (after.rstrip(), False)) if piece[0])
