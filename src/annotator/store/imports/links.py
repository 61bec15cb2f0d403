"""Links on their way in; those that are acts become mentions once all else is stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import starmap
from typing import Any, NamedTuple, Self

from annotator.domain.defaults import check_link, default_stance
from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, MarkId, new_ids
from annotator.domain.model import Link, Mention, Proposition, Ref
from annotator.domain.runs import Run
from annotator.store import read
from annotator.store.edits.claims import asserts, nodes_of, own_words
from annotator.store.edits.links import is_act, perform_act
from annotator.store.imports.aside import Aside
from annotator.store.imports.ids import Ids
from annotator.store.imports.job import Job
from annotator.store.imports.rows import Rows
from annotator.store.imports.run import UnusualError
from annotator.store.rows import MAP, NAMES

ACTS = 500
"""Links that are carried out in one commit."""
NODES = 2_000
"""Links whose targets get their claim nodes in one commit, two rows each."""
_ALREADY = ("mention-there-already", "same-claim-already")


class _Act(NamedTuple):
    """What is needed of a link that has more to it than its row: its ends, who signs, and where it stands."""

    kind: str
    origin: Ref
    target: Ref
    annotator: AnnotatorId
    note: str | None
    line: int | None
    path: str | None

    @property
    def gives_node(self) -> bool:
        """Whether the mark that it denies gets a claim node; otherwise it is stored as mentions."""
        return self.kind == "denies" and self.target.table == "mark"


class _Said(NamedTuple):
    """What is needed of a mark that gets a claim node."""

    mark: str
    label: str
    quotes: Sequence[str]
    attributes: Mapping[str, Any]

    @classmethod
    def of(cls, mark: str, label: str, quotes: str, attributes: str) -> Self:
        """What the columns of a mark say. Raises UserError where another program put something else there."""
        try:
            return cls(mark, label, NAMES.from_row(quotes), MAP.from_row(attributes))
        except (ValueError, TypeError, RecursionError):
            raise UserError("row-unreadable", table="mark", row=mark) from None


class Links:
    """Takes links and performs the acts among them."""

    def __init__(self, job: Job, rows: Rows, ids: Ids, aside: Aside) -> None:
        self._job = job
        self._rows = rows
        self._ids = ids
        self._aside = aside
        self._names: Mapping[AnnotatorId, str] = {}
        self._merges: list[_Act] = []

    def take(self, record: Link) -> None:
        """Store a link, or keep it for `perform` where it is an act."""
        settled = self._ids.settled(record)
        kind, origin, target = record.kind, settled["origin"], settled["target"]
        if origin == target:
            self._job.refuse("link-to-itself", kind=kind)
        if not self._is_allowed(record, self._end(origin), self._end(target)):
            return
        act = _Act(kind, origin, target, settled["annotator"], record.note, record.line, record.path)
        if is_act(kind, origin, target):
            self._keep([act])
        elif not self._ids.is_there_already(record, settled):
            settled["created"] = record.created or self._job.began
            self._rows.insert(record, settled)
            if act.gives_node:
                self._keep([act])

    def _is_allowed(self, record: Link, origin: str, target: str) -> bool:
        """Refuse a link that the scheme does not allow; one of another program is left out, and told."""
        try:
            check_link(self._job.scheme, record.kind, origin, target)
        except UserError:
            if not self._job.is_of_others:
                raise
            self._job.report(
                "link-left-out",
                id=record.id,
                kind=record.kind,
                origin=origin,
                target=target,
                **self._job.place,
            )
            return False
        return True

    def checked(self, run: Run[Link]) -> Callable[[], None]:
        """What stores a run of links none of which is an act.

        Raises UnusualError, or the UserError of a rule, where one has to be looked at on its own.
        """
        settled = self._ids.settled_at_once(run)
        links = [*zip(run.columns["kind"], settled["origin"], settled["target"], strict=True)]
        if any(origin == target or is_act(kind, origin, target) for kind, origin, target in links):
            raise UnusualError
        for kind, *ends in {(kind, *map(self._end, ends)) for kind, *ends in links}:
            check_link(self._job.scheme, kind, *ends)
        settled["created"] = [given or self._job.began for given in run.columns["created"]]
        return partial(self._store, run, settled)

    def _store(self, run: Run[Link], settled: Mapping[str, Sequence[Any]]) -> None:
        self._rows.insert_all(run, settled)
        columns = {**run.columns, **settled}
        acts = starmap(_Act, zip(*(columns[name] for name in _Act._fields), strict=True))
        self._keep(act for act in acts if act.gives_node)

    def _end(self, end: Ref) -> str:
        return self._ids.label_of(end.id) if end.table == "mark" else end.table

    def _keep(self, acts: Iterable[_Act]) -> None:
        self._aside.keep_acts((json.dumps(act), act.gives_node) for act in acts)

    def perform(self) -> None:
        """Make the mentions that acts are kept as, then nodes for denied claims that still have none.

        What changes rows that were there before waits for `merge`.
        """
        self._rows.write()
        with self._job.bulk.editing():
            self._names = read.annotators(self._job.store)
        for page in self._aside.acts(gives_node=False, at_once=ACTS):
            with self._job.bulk.editing():
                for data in page:
                    self._perform(_act(data))
        self._rows.forget_numbers()
        for page in self._aside.acts(gives_node=True, at_once=NODES):
            with self._job.bulk.editing():
                made = list(self._nodes([_act(data) for data in page]))
            self._rows.write()  # what the block committed is remembered no longer
            for run in made:
                self._rows.queue_all(run, {}, {})
        self._rows.write()

    def _nodes(self, denials: Sequence[_Act]) -> Iterator[Run[Proposition] | Run[Mention]]:
        """For the marks that some links deny what `ensure_node` makes for one, inside `Bulk.editing`."""
        store, scheme = self._job.store, self._job.scheme
        signed: dict[str, AnnotatorId] = {}
        for act in denials:
            signed.setdefault(act.target.id, act.annotator)
        known = "SELECT mark FROM main.mention WHERE mark IN (SELECT value FROM json_each(?))"
        for (mark_id,) in store.query(known, (json.dumps(list(signed)),)):
            signed.pop(mark_id, None)
        sql = (
            "SELECT m.id, m.label, m.quotes, m.attributes FROM json_each(?) j"
            " CROSS JOIN main.mark m ON m.id = j.value"
        )
        rows = store.query(sql, (json.dumps(list(signed)),))
        marks = [_Said.of(*row) for row in rows if asserts(scheme, row[1])]
        if marks:
            nodes = new_ids(len(marks))
            yield Run(Proposition, {"id": nodes, "text": [own_words(mark.quotes) for mark in marks]})
            mentions: dict[str, Sequence[Any]] = {
                "id": new_ids(len(marks)),
                "mark": [mark.mark for mark in marks],
                "proposition": nodes,
                "stance": [default_stance(scheme, mark.label, mark.attributes) for mark in marks],
                "annotator": [signed[mark.mark] for mark in marks],
            }
            yield Run(Mention, mentions)

    def merge(self) -> None:
        """Make claim nodes one whose marks say the same; runs inside `Bulk.ending`."""
        for act in self._merges:
            self._carry_out(act)

    def _perform(self, act: _Act) -> None:
        if act.kind == "same_claim" and self._have_nodes_each(act):
            self._merges.append(act)
        else:
            self._carry_out(act)

    def _have_nodes_each(self, act: _Act) -> bool:
        return all(nodes_of(self._job.store, MarkId(end.id)) for end in (act.origin, act.target))

    def _carry_out(self, act: _Act) -> None:
        store, result = self._job.store, self._job.result
        self._job.record = act
        try:
            with self._signed(act):
                perform_act(store, act.kind, act.origin, act.target, act.note)
                result.added["mention"] += 1
        except UserError as error:
            if error.code not in _ALREADY:
                self._job.refuse_as(error)
            result.skipped["link"] += 1

    @contextmanager
    def _signed(self, act: _Act) -> Iterator[None]:
        """Edits in this block are by the annotator of the link."""
        store, me = self._job.store, self._job.store.identity
        try:
            if act.annotator in self._names:
                store.work_as(act.annotator, self._names[act.annotator])
            yield
        finally:
            store.work_as(me.annotator, me.name)


def _act(data: str) -> _Act:
    kind, origin, target, *others = json.loads(data)
    return _Act(kind, Ref(*origin), Ref(*target), *others)
