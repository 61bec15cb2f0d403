"""Undo restores the exact tables, whatever was done before, across sessions."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.domain.errors import UserError
from annotator.domain.ids import new_id
from annotator.domain.model import Attribution, Exhibit, Judgement, Pin, Ref, Source
from annotator.domain.spans import Span
from annotator.store import edits, lists, read
from annotator.store.imports import import_records
from annotator.store.store import Identity, Store
from tests.store.samples import TEXT, add_article, counted, dump, tally

LENGTH = len(TEXT)
SPANS = st.lists(
    st.tuples(st.integers(0, LENGTH - 2), st.integers(1, 40)).map(lambda p: (p[0], min(LENGTH, sum(p)))),
    min_size=1,
    max_size=3,
)
LABELS = st.sampled_from(["claim", "denial", "evidence", "no_comment"])
KINDS = st.sampled_from(["denies", "supports", "same_claim", "undermines", "contradicts", "relates_to"])
PICK = st.integers(0, 1 << 30)
NOTES = st.sampled_from([None, "", "note", "“мост”", "\x00"])


class Sessions(RuleBasedStateMachine):
    """Edits, undo, redo and reopening; `pictures` is the brute-force model of both stacks.

    `done` holds the tables as they were before each operation that can be undone,
    `undone` those that redo would bring back.
    """

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "law.annotator")
        self.me = Identity()
        self.store = Store.create(self.path, self.me)
        self.done, self.undone = [], []
        self.edit(lambda: add_article(self.store))

    def teardown(self):
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def edit(self, act):
        before, seen = dump(self.store), self.operations()
        try:
            act()
        except UserError:
            assert dump(self.store) == before
        new = self.operations() - seen
        assert new in (0, 1)
        if new:
            self.done.append(before)
            self.undone.clear()
        else:
            assert dump(self.store) == before

    def operations(self):
        return self.store.query("SELECT count(*) FROM operation")[0][0]

    def some(self, table, pick):
        rows = [row[0] for row in self.store.query(f"SELECT id FROM main.{table} ORDER BY id")]
        return rows[pick % len(rows)] if rows else "no such row"

    @rule(label=LABELS, spans=SPANS, pick=PICK)
    def add_mark(self, label, spans, pick):
        self.edit(lambda: edits.add_mark(self.store, self.some("article", pick), label, spans))

    @rule(pick=PICK, spans=SPANS)
    def move(self, pick, spans):
        self.edit(lambda: edits.set_spans(self.store, self.some("mark", pick), spans))

    @rule(pick=PICK, label=LABELS)
    def relabel(self, pick, label):
        self.edit(lambda: edits.relabel(self.store, self.some("mark", pick), label))

    @rule(picks=st.lists(PICK, min_size=1, max_size=3))
    def delete(self, picks):
        marks = {self.some("mark", pick) for pick in picks}
        self.edit(lambda: edits.delete_marks(self.store, marks))

    @rule(pick=PICK)
    def duplicate(self, pick):
        self.edit(lambda: edits.duplicate_mark(self.store, self.some("mark", pick)))

    @rule(pick=PICK, note=NOTES)
    def annotate(self, pick, note):
        self.edit(
            lambda: edits.edit_mark(
                self.store, self.some("mark", pick), note=note, flags=("implicit_source",)
            )
        )

    @rule(pick=PICK, value=st.sampled_from([None, "certain", "possible", "no such value"]))
    def value(self, pick, value):
        self.edit(lambda: edits.set_attribute(self.store, self.some("mark", pick), "certainty", value))

    @rule(
        kind=KINDS, first=PICK, second=PICK, table=st.sampled_from(["mark", "mark", "proposition", "source"])
    )
    def link(self, kind, first, second, table):
        origin, target = Ref("mark", self.some("mark", first)), Ref(table, self.some(table, second))
        self.edit(lambda: edits.add_link(self.store, kind, origin, target))

    @rule(pick=PICK)
    def unlink(self, pick):
        self.edit(lambda: edits.delete_link(self.store, self.some("link", pick)))

    @rule(name=st.sampled_from(["Ministry", "Harbour", "Reporter", " "]), pick=PICK)
    def add_source(self, name, pick):
        self.edit(lambda: edits.add_source(self.store, name))

    @rule(first=PICK, second=PICK, column=st.sampled_from(["affiliation", "same_as", "publisher"]))
    def relate_sources(self, first, second, column):
        other = {column: self.some("source", second)}
        if self.store.query("SELECT 1 FROM source"):
            self.edit(lambda: edits.edit_source(self.store, self.some("source", first), **other))

    @rule(first=PICK, second=PICK)
    def merge_sources(self, first, second):
        self.edit(
            lambda: edits.merge_sources(self.store, self.some("source", first), self.some("source", second))
        )

    @rule(first=PICK, second=PICK)
    def replace_source(self, first, second):
        self.edit(
            lambda: edits.replace_source(self.store, self.some("source", first), self.some("source", second))
        )

    @rule(pick=PICK)
    def part_source(self, pick):
        self.edit(lambda: edits.part_source(self.store, self.some("source", pick)))

    @rule(pick=PICK)
    def delete_source(self, pick):
        self.edit(lambda: edits.delete_source(self.store, self.some("source", pick)))

    @rule(pick=PICK, chain=st.lists(PICK, max_size=3))
    def attribute(self, pick, chain):
        if self.store.query("SELECT 1 FROM source"):
            steps = [Attribution(self.some("source", step), (Span(0, 3),)) for step in chain]
            self.edit(lambda: edits.set_attribution(self.store, self.some("mark", pick), steps))

    @rule(first=PICK, second=PICK)
    def merge_claims(self, first, second):
        nodes = [self.some("proposition", pick) for pick in (first, second)]
        self.edit(lambda: edits.merge_propositions(self.store, *nodes))

    @rule(mark=PICK, node=PICK)
    def mention(self, mark, node):
        self.edit(
            lambda: edits.add_mention(self.store, self.some("mark", mark), self.some("proposition", node))
        )

    @rule(pick=PICK)
    def delete_claim(self, pick):
        self.edit(lambda: edits.delete_proposition(self.store, self.some("proposition", pick)))

    @rule(pick=PICK)
    def judge(self, pick):
        if self.store.query("SELECT 1 FROM proposition"):
            target = Ref("proposition", self.some("proposition", pick))
            record = Judgement(id="", target=target, scale="verdict", value="open")
            self.edit(lambda: edits.add_record(self.store, record))

    @rule(pick=PICK)
    def pin(self, pick):
        if self.store.query("SELECT 1 FROM mark"):
            self.edit(lambda: edits.add_record(self.store, Pin(id="", mark=self.some("mark", pick))))

    @rule()
    def exhibit(self):
        self.edit(lambda: edits.add_record(self.store, Exhibit(id="", title="Photograph")))

    @rule(name=st.sampled_from(["One", "Two"]))
    def rename(self, name):
        self.edit(lambda: edits.rename_project(self.store, name))

    @rule(preset=st.sampled_from(["quick", "analyst", "corpus"]))
    def preset(self, preset):
        self.edit(lambda: edits.set_preset(self.store, preset))

    @rule(pick=PICK)
    def delete_article(self, pick):
        self.edit(lambda: edits.delete_article(self.store, self.some("article", pick)))

    @rule()
    def import_again(self):
        records = [Source(id=new_id(), name="Imported"), Source(id=new_id(), name="Also imported")]
        self.edit(lambda: import_records(self.store, records))

    @rule()
    def several_at_once(self):
        def act():
            with self.store.operation("several"):
                edits.add_source(self.store, "First")
                edits.rename_project(self.store, "Several")

        self.edit(act)

    @rule()
    def fail_half_way(self):
        def act():
            with self.store.operation("half"):
                edits.add_source(self.store, "Gone")
                raise UserError("changed-my-mind")

        self.edit(act)

    @rule(steps=st.integers(1, 6))
    def undo(self, steps):
        for _ in range(steps):
            now = dump(self.store)
            change = self.store.undo()
            assert (change is not None) == bool(self.done)
            if change:
                self.undone.append(now)
                assert dump(self.store) == self.done.pop()

    @rule(steps=st.integers(1, 6))
    def redo(self, steps):
        for _ in range(steps):
            now = dump(self.store)
            change = self.store.redo()
            assert (change is not None) == bool(self.undone)
            if change:
                self.done.append(now)
                assert dump(self.store) == self.undone.pop()

    @rule()
    def reopen(self):
        before = dump(self.store)
        self.store.close()
        self.store = Store.open(self.path, self.me)
        assert dump(self.store) == before

    @precondition(lambda self: hasattr(self, "store"))
    @invariant()
    def counters_are_true(self):
        if hasattr(self, "store"):
            assert tally(self.store) == counted(self.store)

    @invariant()
    def readers_and_file_are_sound(self):
        assert self.store.query("PRAGMA foreign_key_check") == []
        assert (self.store.next_undo() is not None) == bool(self.done)
        for row in lists.marks(self.store):
            read.mark(self.store, row.id)
            lists.links(self.store, [row.id])
        assert self.store.undo_stops_at() is None


TestSessions = Sessions.TestCase
TestSessions.settings = settings(
    max_examples=settings().max_examples // 8, stateful_step_count=40, deadline=None
)
