"""The order in which what is said on a claim is shown: as it came into the corpus, whatever its ids are."""

from __future__ import annotations

from annotator.domain.facts import Facts
from annotator.domain.ids import ExhibitId, MarkId, SourceId
from annotator.domain.model import Ref

Place = tuple[object, ...]


def place_of_mark(facts: Facts, mark: MarkId) -> Place:
    """What marks are in order by: the date of their article, those without one last, then where they begin.

    Ids, which are made by chance, decide between marks that nothing else tells apart.
    """
    row = facts.marks[mark]
    article = facts.articles.get(row.article)
    date, title, url = (article.date, article.title, article.url) if article else (None, None, None)
    where = [(span.start, span.end) for span in row.spans]
    speaker = name_of(facts, row.source)
    return not date, date or "", title or "", url or "", where, row.quotes, row.label, speaker, mark


def place_of_end(facts: Facts, end: Ref) -> Place:
    """The same of marks and exhibits: exhibits come after all marks, by their titles."""
    if end.table == "mark":
        return False, place_of_mark(facts, MarkId(end.id))
    exhibit = facts.exhibits.get(ExhibitId(end.id))
    return True, ((exhibit.title or "", exhibit.url or "") if exhibit else ("", ""), end.id)


def name_of(facts: Facts, source: SourceId | None) -> str:
    """The name of a source; empty where there is none, or none that may be told."""
    row = facts.sources.get(source) if source is not None else None
    return row.name if row and not row.confidential else ""
