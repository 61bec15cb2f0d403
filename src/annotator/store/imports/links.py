"""Links on their way in; those that are acts become mentions once all else is stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from annotator.domain.defaults import check_link
from annotator.domain.errors import UserError
from annotator.domain.ids import MarkId
from annotator.domain.model import Link, Ref
from annotator.store import read
from annotator.store.edits.claims import ensure_node
from annotator.store.edits.links import is_act, perform_act
from annotator.store.edits.rowwise import now
from annotator.store.imports.ids import Ids
from annotator.store.imports.job import Job
from annotator.store.imports.rows import Rows

_ALREADY = ("mention-there-already", "same-claim-already")


class Links:
    """Takes links and performs the acts among them."""

    def __init__(self, job: Job, rows: Rows, ids: Ids) -> None:
        self._job = job
        self._rows = rows
        self._ids = ids
        self.acts: list[Link] = []

    def take(self, record: Link) -> None:
        """Store a link, or keep it for `perform` where it is an act."""
        job = self._job
        settled = self._ids.settled(record)
        if settled.origin == settled.target:
            job.refuse("link-to-itself", kind=settled.kind)
        check_link(job.scheme, settled.kind, self._end(settled.origin), self._end(settled.target))
        if is_act(settled.kind, settled.origin, settled.target):
            self.acts.append(settled)
        elif not self._ids.is_there_already(record, settled):
            self._rows.insert(replace(settled, created=settled.created or now(job.store)))
            if settled.kind == "denies" and settled.target.table == "mark":
                self.acts.append(settled)

    def _end(self, end: Ref) -> str:
        return str(self._rows.value("mark", "label", end.id)) if end.table == "mark" else end.table

    def perform(self) -> None:
        """Make the mentions that acts are kept as, then nodes for denied claims that still have none.

        Runs inside `Bulk.editing`.
        """
        for link in sorted(self.acts, key=lambda link: link.kind == "denies"):
            self._job.record = link
            with self._signed(link):
                self._perform(link)

    def _perform(self, link: Link) -> None:
        store, result = self._job.store, self._job.result
        target = link.target
        try:
            if link.kind == "denies" and target.table == "mark":
                ensure_node(store, MarkId(target.id))
                return
            perform_act(store, link.kind, link.origin, target, link.note)
            result.added["mention"] += 1
        except UserError as error:
            if error.code not in _ALREADY:
                self._job.refuse_as(error)
            result.skipped["link"] += 1

    @contextmanager
    def _signed(self, link: Link) -> Iterator[None]:
        """Edits in this block are by the annotator of the link."""
        store, me = self._job.store, self._job.store.identity
        names = read.annotators(store) if link.annotator not in (None, me.annotator) else {}
        try:
            if link.annotator in names:
                store.work_as(link.annotator, names[link.annotator])
            yield
        finally:
            store.work_as(me.annotator, me.name)
