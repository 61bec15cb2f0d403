"""Whatever was done in a project, its export comes in again and goes out to the same bytes."""

import json

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from annotator.domain.ids import MarkId
from annotator.domain.model import Ref, Report
from annotator.formats.jsonl import to_line
from annotator.store import edits, export, read
from annotator.store.imports import import_records
from annotator.store.store import Store
from annotator.store.verify import damage
from tests.store.test_undo_law import KINDS, PICK, Sessions

STANCES = st.sampled_from(["support", "deny", "query", "comment"])


class RoundTrips(Sessions):
    """The edits of `Sessions` and those of links, mentions and reports; looked at once all is done."""

    @rule(pick=PICK, kind=KINDS)
    def call_a_link_something_else(self, pick, kind):
        self.edit(lambda: edits.edit_link(self.store, self.some("link", pick), kind=kind))

    @rule(pick=PICK)
    def turn_a_link(self, pick):
        self.edit(lambda: edits.reverse_link(self.store, self.some("link", pick)))

    @rule(pick=PICK, stance=STANCES)
    def change_a_mention(self, pick, stance):
        self.edit(lambda: edits.edit_mention(self.store, self.some("mention", pick), stance=stance))

    @rule(pick=PICK, other=PICK)
    def move_a_mention(self, pick, other):
        self.edit(
            lambda: edits.edit_mention(
                self.store, self.some("mention", pick), proposition=self.some("proposition", other)
            )
        )

    @rule(pick=PICK)
    def leave_a_claim(self, pick):
        self.edit(lambda: edits.delete_mention(self.store, self.some("mention", pick)))

    @rule(first=PICK, second=PICK)
    def report(self, first, second):
        claims = tuple(self.some("proposition", pick) for pick in (first, second))
        self.edit(lambda: edits.add_record(self.store, Report(id="", title="Report", claims=claims)))

    @rule(first=PICK, second=PICK)
    def call_an_article_a_version(self, first, second):
        earlier = self.some("article", second)
        self.edit(lambda: edits.edit_article(self.store, self.some("article", first), version_of=earlier))

    @rule(first=PICK, second=PICK)
    def name_the_author(self, first, second):
        author = self.some("source", second)
        self.edit(lambda: edits.edit_source(self.store, self.some("source", first), author=author))

    @rule(pick=PICK, source=PICK)
    def attack_a_source(self, pick, source):
        ends = Ref("mark", self.some("mark", pick)), Ref("source", self.some("source", source))
        self.edit(lambda: edits.add_link(self.store, "undermines", *ends))

    def teardown(self):
        if hasattr(self, "store"):
            self.marks_are_found_by_where_they_stand()
            assert damage(self.store.snapshot()) == []
            lines = [to_line(record) for record in export.records(self.store)]
            again = Store.memory()
            import_records(again, export.records(self.store))
            assert [to_line(record) for record in export.records(again)] == lines
        super().teardown()

    def marks_are_found_by_where_they_stand(self):
        rows = self.store.query('SELECT id, start, "end", reach, contexts FROM mark')
        for row_id, start, end, reach, contexts in rows:
            mark = read.mark(self.store, MarkId(row_id))
            text = read.text(self.store, mark.article)
            assert (start, end) == (mark.spans[0].start, mark.spans[-1].end)
            assert reach >= end - start
            assert mark.quotes == tuple(text[a:b] for a, b in mark.spans)
            assert json.loads(contexts) == [
                [text[max(0, start - 32) : start], text[end : end + 32]] for start, end in mark.spans
            ]


TestRoundTrips = RoundTrips.TestCase
TestRoundTrips.settings = settings(max_examples=settings().max_examples // 8, stateful_step_count=40)
