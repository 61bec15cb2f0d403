"""What some records hold, counted as an export counts it, where no project can be asked."""

from collections.abc import Collection, Iterable, Sequence

from annotator.domain.model import Link, Mark, Record
from annotator.domain.runs import in_runs
from annotator.domain.summary import FeatureCounter, Summary


def summarise(records: Iterable[Record]) -> Summary:
    """Count the features of records, in any order of types."""
    records = list(records)
    articles = {record.id: record.article for record in records if isinstance(record, Mark)}
    links = {record.id: record for record in records if isinstance(record, Link)}

    def across(asked: Sequence[str]) -> Collection[str]:
        ends = {link: (links[link].origin.id, links[link].target.id) for link in asked}
        return {link for link, (origin, target) in ends.items() if articles[origin] != articles[target]}

    counter = FeatureCounter(across)
    for run in in_runs(records):
        counter.take(run)
    return counter.finish()
