"""Some marks of a project, and with them all that they need to stand on their own."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.facts import Facts
from annotator.domain.ids import MarkId, SourceId
from annotator.domain.model import (
    Dismissal,
    Judgement,
    Link,
    Mark,
    Pin,
    ProjectLine,
    PropositionLink,
    Record,
    Ref,
    SchemeLine,
)
from annotator.domain.runs import Run


class Selection:
    """Some marks and everything they need.

    Kept with a mark: its article and the older versions of it, its sources,
    those of its article with the owners of each, its annotator, its mentions
    with their claim nodes, and links whose ends that are marks are all kept, with
    the exhibit, source or claim node at the other end. Then links between kept
    claim nodes, judgements and dismissals of what is kept, and its pins. Project
    and scheme stay; saved searches and reports do not.
    """

    def __init__(self, facts: Facts, marks: Iterable[MarkId]) -> None:
        self._facts = facts
        self.marks = frozenset(marks)
        self._kept: set[Ref] = set()
        for mark in self.marks:
            self._keep_mark(facts.marks[mark])
        for link in facts.links.values():
            self._keep_link(link)
        for statement in facts.proposition_links.values():
            if self._both_kept(statement):
                self._keep("proposition_link", statement.id, statement.annotator)
        self._keep_opinions()

    def of(self, run: Run[Record]) -> Run[Record] | None:
        """The records of a run that belong to the selection; None if none does."""
        if run.record in (ProjectLine, SchemeLine):
            return run
        if run.record is Pin:
            return run.some([mark in self.marks for mark in run.columns["mark"]])
        return run.some([Ref(run.record.type, row) in self._kept for row in run.columns["id"]])

    def _keep(self, table: str, row: str, annotator: str | None = None) -> None:
        self._kept.add(Ref(table, row))
        if annotator is not None:
            self._kept.add(Ref("annotator", annotator))

    def _keep_mark(self, mark: Mark) -> None:
        self._keep("mark", mark.id, mark.annotator)
        self._keep_sources(step.source for step in mark.attribution)
        self._keep_sources([mark.possible_source])
        for mention in self._facts.mentions_by_mark.get(mark.id, ()):
            self._keep("mention", mention.id, mention.annotator)
            self._keep("proposition", mention.proposition)
        article = self._facts.articles.get(mark.article)
        while article is not None and Ref("article", article.id) not in self._kept:
            self._keep("article", article.id)
            self._keep_sources([article.outlet, article.agency])
            article = self._facts.articles.get(article.version_of) if article.version_of else None

    def _keep_sources(self, sources: Iterable[SourceId | None]) -> None:
        waiting = [source for source in sources if source is not None]
        while waiting:
            source = waiting.pop()
            if Ref("source", source) in self._kept:
                continue
            self._keep("source", source)
            row = self._facts.sources.get(source)
            if row is not None:
                further = (row.affiliation, row.author, row.publisher, row.same_as)
                waiting += [one for one in further if one is not None]

    def _keep_link(self, link: Link) -> None:
        marks = [end.id for end in (link.origin, link.target) if end.table == "mark"]
        if not marks or not self.marks.issuperset(marks):
            return
        self._keep("link", link.id, link.annotator)
        for end in (link.origin, link.target):
            if end.table == "source":
                self._keep_sources([SourceId(end.id)])
            else:
                self._keep(end.table, end.id)

    def _both_kept(self, link: PropositionLink) -> bool:
        return {Ref("proposition", link.origin), Ref("proposition", link.target)} <= self._kept

    def _keep_opinions(self) -> None:
        opinions: list[Judgement | Dismissal] = [
            *self._facts.judgements.values(),
            *self._facts.dismissals.values(),
        ]
        for row in opinions:
            if row.target in self._kept:
                self._keep(row.type, row.id, row.annotator)
