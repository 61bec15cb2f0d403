"""The words of a source's page, read beside the window: what it said, denied and passed on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from annotator.domain.dossier import Contradiction, Exchange, Position
from annotator.domain.ids import MarkId, SourceId
from annotator.domain.model import Ref, Source
from annotator.domain.sentences import as_quote, in_quotes
from annotator.store.source_facts import MOST, SourceFacts, source_facts
from annotator.store.store import Store
from annotator.ui.dialogs.choices import Entry
from annotator.ui.panels.words import count_of_marks, counted, kind_name, stance_name, value_name

SEPARATOR = " · "


def tr(words: str) -> str:
    """Words of the page in the language of the window."""
    return QCoreApplication.translate("Dossier", words)


class AllMarks(NamedTuple):
    """What a line leads to that stands for all marks of a source."""

    name: str


class DossierWords(NamedTuple):
    """What the page says of the source it was asked for; nothing where that is gone.

    source: under which of its names it goes; names: the others. lines: they lead to a Ref or to `AllMarks`.
    """

    asked: SourceId | None
    source: SourceId | None = None
    names: tuple[SourceId, ...] = ()
    about: str = ""
    speaks: str = ""
    lines: tuple[Entry, ...] = ()


def dossier_words(store: Store, source: SourceId, most: int = MOST) -> DossierWords:
    """The page of a source from its last marks; without any, which takes no time, only who it is."""
    found = source_facts(store, source, most)
    if found.dossier.source not in found.facts.sources:
        return DossierWords(source)
    said = _Wording(found)
    lines = said.lines() if most else said.waiting()
    return DossierWords(
        source, found.dossier.source, found.dossier.names, said.about(), said.speaks(), tuple(lines)
    )


def refused_words(said: DossierWords) -> DossierWords:
    """The page of a source of which no more can be told than who it is."""
    return said._replace(lines=(_heading(tr("What it said could not be read.")),))


class _Wording:
    """A dossier in words."""

    def __init__(self, found: SourceFacts) -> None:
        self._found = found
        self._facts = found.facts
        self._dossier = found.dossier
        self._source = found.facts.sources[found.dossier.source]

    def about(self) -> str:
        """Who it is."""
        source = self._source
        parts = [source.name, source.role or kind_name(self._facts.scheme, source.kind), source.country or ""]
        parts += [tr("confidential") if source.confidential else "", source.anonymity or ""]
        return SEPARATOR.join(part for part in (*parts, *source.aliases) if part)

    def speaks(self) -> str:
        """For whom it speaks, how it hedges, what is noted about it: a line each."""
        facts, dossier, lines = self._facts, self._dossier, []
        if dossier.chain:
            names = " ‹ ".join(facts.sources[one].name for one in dossier.chain)
            lines.append(tr("Speaks for {chain}").format(chain=names))
        makers = [
            form.format(name=facts.sources[maker].name)
            for form, maker in (
                (tr("by {name}"), self._source.author),
                (tr("published by {name}"), self._source.publisher),
            )
            if maker is not None and maker in facts.sources
        ]
        lines += [SEPARATOR.join(makers)] if makers else []
        hedging = [f"{value_name(value)} {count}" for value, count in dossier.certainty]
        hedging += [f"{in_quotes(words)} {count}" for words, count in self._found.hedges]
        if hedging:
            lines.append(tr("Certainty: {values}").format(values=SEPARATOR.join(hedging)))
        return "\n".join([*lines, *([self._source.note] if self._source.note else [])])

    def lines(self) -> Iterator[Entry]:
        """All sections, each under its heading."""
        dossier = self._dossier
        yield from _section(tr("Contradicts itself"), map(self._contradiction, dossier.contradictions))
        for position in dossier.positions:
            yield from self._position(position)
        yield from _section(tr("Under no claim"), map(self._mark, dossier.unclaimed))
        for heading, exchanges in (
            (tr("Passed on by {name}"), dossier.relayed_by),
            (tr("Passes on {name}"), dossier.relays),
        ):
            for exchange in exchanges:
                yield from self._exchange(heading, exchange)
        yield from _section(
            tr("Found to be this source (Delete parts them)"), map(self._other, dossier.names)
        )
        yield from _section(tr("Speaks for it"), map(self._other, dossier.members))
        yield from _section(
            tr("Judged under another name"),
            (
                Entry(f"{value_name(one.scale)}: {one.value}", None, one.reason or "", right=one.at or "")
                for one in dossier.judgements
                if one.target.id != dossier.source
            ),
        )
        if self._found.left_out:
            older = counted("%n older mark", "%n older marks", self._found.left_out)
            words = tr("{marks}: show all marks with this name").format(marks=older)
            yield Entry(words, AllMarks(self._source.name))

    def waiting(self) -> Iterator[Entry]:
        """What stands there while they are read."""
        words = tr("Reading {marks}…").format(marks=count_of_marks(self._found.left_out))
        yield _heading(words if self._found.left_out else tr("Reading…"))

    def _position(self, position: Position) -> Iterator[Entry]:
        claim = self._facts.propositions.get(position.claim)
        yield _heading(claim.text if claim else "…")
        for one in position.stances:
            certainty = value_name(one.certainty) if one.certainty else ""
            yield self._mark(one.mark, stance_name(one.stance) if one.stance != "silence" else "", certainty)

    def _exchange(self, heading: str, exchange: Exchange) -> Iterator[Entry]:
        name = self._facts.sources[exchange.source].name if exchange.source in self._facts.sources else "?"
        return _section(heading.format(name=name), map(self._mark, exchange.marks))

    def _contradiction(self, one: Contradiction) -> Entry:
        words = f"{as_quote(self._quote(one.mark))} ≠ {as_quote(self._quote(one.other))}"
        return Entry(words, Ref("mark", one.mark), self._where(one.other), right=self._where(one.mark))

    def _mark(self, mark: MarkId, stance: str = "", certainty: str = "") -> Entry:
        row = self._facts.marks[mark]
        article = self._facts.articles.get(row.article)
        words = f"{stance} {as_quote(self._quote(mark))}".strip()
        detail = SEPARATOR.join(part for part in (certainty, (article and article.title) or "") if part)
        right = SEPARATOR.join(part for part in (self._where(mark), self._facts.handle("mark", mark)) if part)
        return Entry(words, Ref("mark", mark), detail, style=row.label, right=right)

    def _quote(self, mark: MarkId) -> str:
        return " … ".join(self._facts.marks[mark].quotes)

    def _where(self, mark: MarkId) -> str:
        article = self._facts.articles.get(self._facts.marks[mark].article)
        return (article.date if article else None) or ""

    def _other(self, source: SourceId) -> Entry:
        row: Source | None = self._facts.sources.get(source)
        if row is None:
            return _heading("…")
        return Entry(row.name, Ref("source", source), row.role or kind_name(self._facts.scheme, row.kind))


def _heading(words: str) -> Entry:
    """A line nobody stands on."""
    return Entry(words, is_heading=True)


def _section(heading: str, entries: Iterable[Entry]) -> Iterator[Entry]:
    rows = list(entries)
    if rows:
        yield _heading(heading)
        yield from rows
