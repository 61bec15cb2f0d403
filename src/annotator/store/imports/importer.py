"""An import from its first record to its last.

Every refusal names the line. Foreign ids become UUIDs and stay as `origin_id`;
a record that is there already is skipped when equal and refused when not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import Any, cast

from annotator.domain import ach, judging
from annotator.domain.errors import UserError
from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId, new_id
from annotator.domain.model import (
    RECORD_TYPES,
    Annotator,
    Article,
    Identified,
    Judgement,
    Link,
    Mark,
    Mention,
    ProjectLine,
    Proposition,
    PropositionLink,
    Record,
    SchemeLine,
    Source,
)
from annotator.domain.runs import Run, in_runs
from annotator.domain.scheme import FIELDS, STANCES, Scheme
from annotator.store import read
from annotator.store.bulk import BulkCancelledError, Progress
from annotator.store.copies import possible_copies
from annotator.store.edits import rename_project
from annotator.store.imports.aside import Aside
from annotator.store.imports.ids import Ids
from annotator.store.imports.job import Imported, Job, Report
from annotator.store.imports.links import Links
from annotator.store.imports.marks import Marks
from annotator.store.imports.rows import Rows
from annotator.store.imports.run import UnusualError
from annotator.store.imports.texts import Texts
from annotator.store.json_columns import dump
from annotator.store.sketches import Comparison, Sketches, copies_of_many
from annotator.store.store import Store

_PLACES = {record: place for place, record in enumerate(RECORD_TYPES)}
SKETCHES_A_LOOKUP = 100
"""How many sketches of texts cost as much as looking for the phrases of one text in the index."""
PAGES = 16 * 1024
"""KiB of the file that stay in memory; more of them take no time off 10,000 articles."""


def import_records(
    store: Store,
    records: Iterable[Record | Run[Record]],
    *,
    name: str = "import",
    repair: bool = False,
    is_of_others: bool = False,
    report: Report | None = None,
    progress: Progress | None = None,
    details: Mapping[str, Any] | None = None,
) -> Imported:
    """Store records as one operation. Raises UserError with `line`, and then nothing is stored.

    repair: look near its offset for a quote that is not where it should be.
    is_of_others: whether records come from programs that know neither annotators nor our scheme. Foreign ids
        are those of whoever takes them in then, so that what stands under one by somebody else is another
        record; a link or value of an attribute that the scheme does not allow is left out, and a claim that
        is there stays as it is worded, all of which is told.
    report: told `(code, **details)` of each repair, each mark without words and, once all is stored,
        each new article that is nearly the words of another; nothing is compared where nobody is told.
    details: what the history says of the operation, such as the name of the file.
    """
    result = Imported()
    with store.with_cache(PAGES), closing(Sketches()) as sketches:
        try:
            with Aside() as aside, store.bulk(name, **(details or {})) as bulk:
                compared = sketches if report else None
                job = Job(store, bulk, report or _ignore, compared, repair=repair, is_of_others=is_of_others)
                result = job.result
                _Importer(job, aside).run(records, progress)
        except _NothingNewError:
            pass
        if report is not None:
            _tell_of_copies(store, sketches, result, report, progress)
    return result


def _tell_of_copies(
    store: Store, sketches: Sketches, result: Imported, report: Report, progress: Progress | None
) -> None:
    """Say which new articles are nearly the words of one that was there.

    Equal ones were told of. The articles are in the project by now: whoever stops this keeps them.
    """
    count = sum(result.added.values())
    for one in _comparisons(store, sketches, result.articles):
        if progress and not progress(count):
            report("texts-not-compared", count=one.left)
            return
        for copy in one.copies:
            if one.article and copy.resemblance < 1:
                title, name = read.article(store, one.article).title, handle("article", copy.number)
                report("text-nearly-there", title=title, handle=name, percent=round(copy.resemblance * 100))


def _comparisons(store: Store, sketches: Sketches, articles: Sequence[str]) -> Iterator[Comparison]:
    """What new articles are nearly, found in the way that costs less."""
    count = len(articles)
    total = store.query("SELECT count(*) FROM main.content")[0][0]
    if count * SKETCHES_A_LOOKUP > total:
        first = store.query("SELECT number FROM main.article WHERE id = ?", (articles[0],))[0][0]
        yield from copies_of_many(store, sketches, first, count)
    else:
        for done, one in enumerate(map(ArticleId, articles)):
            yield Comparison(count - done, one, possible_copies(store, one))


class _NothingNewError(Exception):
    """Takes back an import that brought nothing new."""


def _ignore(code: str, **details: Any) -> None:
    del code, details


class _Importer:
    """Hands each record to whoever takes its type."""

    def __init__(self, job: Job, aside: Aside) -> None:
        self._job = job
        self._rows = Rows(job)
        self._ids = Ids(job, self._rows, aside)
        self._texts = Texts(job, self._rows, self._ids)
        self._marks = Marks(job, self._rows, self._ids, self._texts)
        self._links = Links(job, self._rows, self._ids, aside)
        self._project: ProjectLine | None = None
        self._judged: set[tuple[bool, str, str, str]] = set()
        """What judgements said so far: of evidence or not, of what table, on what scale, with what value."""

    @property
    def _takers(self) -> Mapping[type[Record], Callable[[Any], None]]:
        # Kept in a field it would be a circle, with all that the importer holds.
        return {
            ProjectLine: self._take_project,
            SchemeLine: self._take_scheme,
            Source: self._texts.take,
            Article: self._texts.take,
            Mark: self._marks.take,
            Link: self._links.take,
        }

    @property
    def _checks(self) -> Mapping[type[Record], Callable[[Run[Any]], Callable[[], None]]]:
        """What is taken a run at a time where each record is as most are."""
        return {
            Article: self._texts.checked,
            Mark: self._marks.checked,
            Proposition: self._checked,
            Mention: self._checked,
            Link: self._links.checked,
        }

    def run(self, records: Iterable[Record | Run[Record]], progress: Progress | None) -> None:
        last, count = 0, 0
        for some in in_runs(records):
            place = _PLACES[some.record]
            if place != last:
                self._texts.store_waiting()
                last = place
            self._take_all(some)
            count += len(some)
            if progress and not progress(count):
                raise BulkCancelledError
        self._texts.store_waiting()
        self._marks.store_chains()
        self._links.perform()
        with self._job.bulk.ending():
            self._ids.signed.tell()
            self._texts.close_circles()
            self._name_project()
            self._links.merge()
            if not self._job.result.added:
                raise _NothingNewError

    def _take_all(self, run: Run[Record]) -> None:
        """Take records of one type; whatever is wrong with one is told with its line."""
        if issubclass(run.record, Identified):
            self._ids.look_up(cast(Run[Identified], run))
            if run.record is Mark:
                self._marks.look_up(cast(Run[Mark], run))
            elif run.record is Article:
                self._texts.make_way()
            store = self._what_stores(run)
            if store is not None:
                store()
                return
        take = self._takers.get(run.record, self._take_plain)
        try:
            for record in run:
                self._job.record = record
                take(record)
        except UserError as error:
            if error.details.keys() & {"line", "path"}:
                raise
            self._job.refuse_as(error)

    def _what_stores(self, run: Run[Record]) -> Callable[[], None] | None:
        """What stores a run; None where its records have to be looked at one by one.

        Those who do that know what to say of what is wrong, or how to repair it.
        """
        check = self._checks.get(run.record)
        try:
            return check(run) if check else None
        except (UnusualError, UserError):
            return None

    def _checked(self, run: Run[Identified]) -> Callable[[], None]:
        stances = run.columns.get("stance", ())
        if not set(STANCES) >= set(stances):
            raise UnusualError
        return partial(self._rows.insert_all, run, self._ids.settled_at_once(run))

    def _take_project(self, record: ProjectLine) -> None:
        self._project = record

    def _take_scheme(self, record: SchemeLine) -> None:
        """Merge a scheme; one that is whole becomes the scheme of a project that is empty."""
        job, data = self._job, dict(record.data)
        is_whole = all(name in data for name in FIELDS if name != "preset")
        merged = Scheme(data) if job.is_empty and is_whole else job.scheme.merged(data)
        if merged != job.scheme:
            job.bulk.insert(
                "INSERT INTO main.scheme (id, version, data, operation)",
                [(new_id(), merged.version, dump(merged.data), job.bulk.operation)],
            )
            job.scheme = merged
            job.result.added["scheme"] += 1

    def _take_plain(self, record: Identified) -> None:
        settled = self._ids.settled(record)
        if isinstance(record, Mention) and record.stance not in STANCES:
            self._job.refuse("stance-unknown", stance=record.stance, stances=STANCES)
        if isinstance(record, PropositionLink):
            self._check_proposition_link(record, settled)
        if isinstance(record, Judgement):
            self._look_at_judgement(record)
        if isinstance(record, Annotator) and not record.name.strip():
            self._job.refuse("annotator-without-name")
        if self._ids.is_there_already(record, settled):
            return
        if record.id or not self._ids.is_double(record, settled):
            self._rows.insert(record, settled)

    def _look_at_judgement(self, record: Judgement) -> None:
        """Tell, once of each value, that no scale shows it; it is kept: a scheme may bring one."""
        is_of_evidence = judging.is_of_evidence(record)
        said = (is_of_evidence, record.target.table, record.scale, record.value)
        if said in self._judged:
            return
        self._judged.add(said)
        try:
            if is_of_evidence:
                ach.check(self._job.scheme, record.scale, record.value)
            else:
                judging.check(self._job.scheme, record.target, record.scale, record.value)
        except UserError:
            self._job.report("judgement-not-shown", scale=record.scale, value=record.value, **self._job.place)

    def _check_proposition_link(self, record: PropositionLink, settled: Mapping[str, Any]) -> None:
        kinds = self._job.scheme.proposition_link_kinds
        if record.kind not in kinds:
            self._job.refuse("link-kind-unknown", kind=record.kind, kinds=kinds)
        if settled["origin"] == settled["target"]:
            self._job.refuse("link-to-itself", kind=record.kind)

    def _name_project(self) -> None:
        """Give an empty project the name, and the unknown fields, of the first line."""
        store, line = self._job.store, self._project
        if line is None or not self._job.is_empty:
            return
        extra = dump(dict(line.extra))
        if line.name and line.name != read.project_name(store):
            rename_project(store, line.name)
            self._job.result.added["project"] += 1
        if line.extra and not store.query("SELECT 1 FROM main.project WHERE extra = ?", (extra,)):
            rename_project(store, read.project_name(store))
            store.execute("UPDATE main.project SET extra = ?", (extra,))
            self._job.result.added["project"] = 1
