"""What is kept of the loose ends is what looking at everything would find, whatever was done before."""

from contextlib import suppress

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from annotator.domain.checks import LooseEnd, loose_ends
from annotator.domain.errors import UserError
from annotator.domain.ids import new_id
from annotator.domain.model import Article, Attribution, Dismissal, Link, Mark, PropositionLink, Ref
from annotator.domain.scheme import Scheme
from annotator.domain.spans import Span
from annotator.store import edits, read
from annotator.store.imports import import_records
from annotator.store.loose_ends import backlog, counts, look, open_ends_of
from annotator.store.open_ends import facts_with_copies
from annotator.store.store import Store
from tests.store.samples import TEXT, add_article
from tests.store.test_undo_law import PICK, Sessions

CLAIMS = st.sampled_from(
    ["", "The plant sold the engines to Iran", "Plant sold engines to Iran",
     "The plant secretly sold engines to Iran", "The plant never sold engines to Iran"]
)  # fmt: skip
NAMES = st.sampled_from(["Ada Lind", "A. Lind", "Lind", "Harbour Watch Institute", "HWI"])
PRINTED = [" ".join(f"word{n}" for n in range(start, start + 40)) for start in (0, 10, 20, 90)]
"""Texts of which each is nearly the one after it, and no other; the last is like none."""
REPORTS = st.sampled_from([*PRINTED, f"Update. {PRINTED[0]}", TEXT])
KINDS = st.sampled_from(["corroborates", "cites", "relates_to", "responds_to", "undermines"])


def in_any_order(ends: list[LooseEnd]) -> list[str]:
    return sorted(repr((one, sorted(one.details.items()))) for one in ends)


def kept(store: Store) -> list[LooseEnd]:
    rules = counts(store)
    return [
        row.end
        for one in dict.fromkeys([*rules[False], *rules[True]])
        for row in open_ends_of(store, one, quiet=True, limit=-1)
    ]


class Ends(Sessions):
    """The sessions of the law of undo, with what loose ends hang on, and now and then a look."""

    @initialize()
    def begin(self):
        """Two articles that speak to one claim; for another, two reports that are nearly one text."""
        super().begin()
        self.edit(lambda: add_article(self.store, f"Update. {TEXT}", status="done"))
        for name in ("Ada Lind", "Harbour Watch Institute"):
            edits.add_source(self.store, name, "organisation")
        node = edits.add_proposition(self.store, "The plant sold the engines to Iran")
        for article in (0, 1):
            edits.set_status(self.store, self.some("article", article), "done")
            for label in ("claim", "denial"):
                mark = edits.add_mark(self.store, self.some("article", article), label, [(0, 9)])
                edits.set_source(self.store, mark, self.some("source", article))
                edits.add_mention(self.store, mark, node)
        ferry = edits.add_proposition(self.store, "The ferry runs")
        for number, text in enumerate(PRINTED[:2]):
            self.report(text, self.some("source", number), ferry, "support")

    def report(self, text, outlet, claim, stance):
        """An outlet says it for itself."""
        article = add_article(self.store, text, outlet=outlet, status="done")
        mark = edits.add_mark(self.store, article, "claim", [(0, 9)], source=outlet)
        edits.add_mention(self.store, mark, claim, stance)

    def edit(self, act):
        with suppress(UserError):
            act()

    @rule(steps=st.integers(1, 6))
    def undo(self, steps):
        for _ in range(steps):
            self.store.undo()

    @rule(steps=st.integers(1, 6))
    def redo(self, steps):
        for _ in range(steps):
            self.store.redo()

    @rule()
    def reopen(self):
        self.store.close()
        self.store = Store.open(self.path, self.me)

    def counters_are_true(self):
        """Held elsewhere."""

    def readers_and_file_are_sound(self):
        """Held elsewhere."""

    @rule(kind=KINDS, first=PICK, second=PICK, table=st.sampled_from(["mark", "mark", "source"]))
    def tie(self, kind, first, second, table):
        origin, target = Ref("mark", self.some("mark", first)), Ref(table, self.some(table, second))
        self.edit(lambda: edits.add_link(self.store, kind, origin, target))

    @rule(kind=st.sampled_from(["corroborates", "relates_to"]), pick=PICK, mark=PICK)
    def show(self, kind, pick, mark):
        if self.store.query("SELECT 1 FROM exhibit"):
            origin = Ref("exhibit", self.some("exhibit", pick))
            self.edit(lambda: edits.add_link(self.store, kind, origin, Ref("mark", self.some("mark", mark))))

    @rule(mark=PICK, node=PICK, stance=st.sampled_from(["support", "support", "deny", "query"]))
    def speak(self, mark, node, stance):
        ends = self.some("mark", mark), self.some("proposition", node)
        self.edit(lambda: edits.add_mention(self.store, *ends, stance))

    @rule(text=CLAIMS)
    def claim(self, text):
        self.edit(lambda: edits.add_proposition(self.store, text))

    @rule(pick=PICK, text=CLAIMS, rivals=st.sampled_from([None, "engines"]))
    def reword(self, pick, text, rivals):
        node = self.some("proposition", pick)
        self.edit(lambda: edits.edit_proposition(self.store, node, text=text, set=rivals))

    @rule(first=PICK, second=PICK)
    def part_claims(self, first, second):
        ends = self.some("proposition", first), self.some("proposition", second)
        self.edit(lambda: edits.relate_propositions(self.store, ends[0], "alternative_to", ends[1]))

    @rule(pick=PICK)
    def part_no_more(self, pick):
        row = self.some("proposition_link", pick)
        self.edit(lambda: edits.delete_record(self.store, PropositionLink, row))

    @rule(name=NAMES, kind=st.sampled_from(["person", "person", "organisation", "outlet"]))
    def name_source(self, name, kind):
        self.edit(lambda: edits.add_source(self.store, name, kind))

    @rule(pick=PICK, name=NAMES, country=st.sampled_from([None, "UA", "RU"]))
    def rename_source(self, pick, name, country):
        if self.store.query("SELECT 1 FROM source"):
            source = self.some("source", pick)
            self.edit(lambda: edits.edit_source(self.store, source, name=name, country=country))

    @rule(is_same=st.booleans())
    def another_article(self, is_same):
        text = TEXT if is_same else f"Update. {TEXT[:-20]}"
        self.edit(lambda: add_article(self.store, text, status="done"))

    @rule(text=REPORTS, pick=PICK, source=PICK, stance=st.sampled_from(["support", "deny"]))
    def print_report(self, text, pick, source, stance):
        """In words that are nearly those of another or not."""
        claim = self.some("proposition", pick)
        if self.store.query("SELECT 1 FROM source"):
            self.edit(lambda: self.report(text, self.some("source", source), claim, stance))

    @rule(first=PICK, second=PICK)
    def cite(self, first, second):
        ends = Ref("mark", self.some("mark", first)), Ref("mark", self.some("mark", second))
        self.edit(lambda: edits.add_link(self.store, "cites", *ends))

    @rule(new=PICK, old=PICK)
    def correct_article(self, new, old):
        ends = self.some("article", new), self.some("article", old)
        self.edit(lambda: edits.make_version(self.store, *ends))

    @rule(pick=PICK, source=PICK, other=PICK)
    def say_through(self, pick, source, other):
        """Two sources that relay each other, in two marks."""

        def act():
            chain = [Attribution(self.some("source", one)) for one in (source, other)]
            with self.store.operation("say-through"):
                edits.set_attribution(self.store, self.some("mark", pick), chain)
                edits.set_attribution(self.store, self.some("mark", pick + 2), chain[::-1])

        if self.store.query("SELECT 1 FROM source"):
            self.edit(act)

    @rule(status=st.sampled_from(["new", "reading", "done"]), pick=PICK)
    def status(self, status, pick):
        self.edit(lambda: edits.set_status(self.store, self.some("article", pick), status))

    @rule(pick=PICK, source=PICK)
    def print_it(self, pick, source):
        outlet = self.some("source", source) if self.store.query("SELECT 1 FROM source") else None
        self.edit(lambda: edits.edit_article(self.store, self.some("article", pick), outlet=outlet))

    @rule(pick=PICK, value=st.sampled_from([None, "none", "direct"]))
    def quote(self, pick, value):
        self.edit(lambda: edits.set_attribute(self.store, self.some("mark", pick), "quote", value))

    @rule(pick=PICK, flags=st.sampled_from([(), ("anaphoric",), ("anaphoric", "unclear_target")]))
    def flag(self, pick, flags):
        self.edit(lambda: edits.edit_mark(self.store, self.some("mark", pick), flags=flags))

    @rule(pick=PICK, kind=st.sampled_from(["anonymous", "person"]))
    def kind(self, pick, kind):
        if self.store.query("SELECT 1 FROM source"):
            self.edit(lambda: edits.edit_source(self.store, self.some("source", pick), kind=kind))

    @rule(pick=PICK)
    def dismiss(self, pick):
        ends = loose_ends(facts_with_copies(self.store))
        if ends:
            end = ends[pick % len(ends)]
            record = Dismissal(id="", rule=end.rule, target=end.target, reason="")
            self.edit(lambda: edits.add_record(self.store, record))

    @rule(pick=PICK, is_new=st.booleans())
    def import_marks(self, pick, is_new):
        """In bulk: marks of an article that comes with them, or of one that was there."""

        def act():
            articles = self.store.query("SELECT id FROM article ORDER BY id")
            article = new_id() if is_new or not articles else articles[pick % len(articles)][0]
            records = [Article(id=article, text=TEXT + "!", status="done")] if is_new or not articles else []
            marks = [
                Mark(id=new_id(), article=article, label=label, spans=(Span(0, 3),), quotes=(TEXT[:3],))
                for label in ("denial", "evidence")
            ]
            cited = Link(
                id=new_id(), kind="cites", origin=Ref("mark", marks[0].id), target=Ref("mark", marks[1].id)
            )
            import_records(self.store, [*records, *marks, cited])

        self.edit(act)

    @rule(label=st.sampled_from([None, "evidence"]))
    def scheme(self, label):
        data = read.scheme(self.store).data
        default = Scheme.default().data["labels"]
        labels = [one for one in default if one["id"] != label]
        self.edit(lambda: edits.set_scheme(self.store, {**data, "labels": labels}))

    @rule()
    def look_again(self):
        for _ in look(self.store):
            pass
        assert backlog(self.store) == (0, 0)
        assert in_any_order(kept(self.store)) == in_any_order(loose_ends(facts_with_copies(self.store)))
        told = self.store.query("SELECT rule, quiet, count FROM main.loose_end_count WHERE count <> 0")
        found = self.store.query("SELECT rule, quiet, count(*) FROM main.loose_end GROUP BY 1, 2")
        assert sorted(told) == sorted(found)

    @rule(steps=st.integers(1, 3))
    def look_a_little(self, steps):
        for _ in zip(range(steps), look(self.store), strict=False):
            pass

    def teardown(self):
        if hasattr(self, "store"):
            self.look_again()
        super().teardown()


TestEnds = Ends.TestCase
TestEnds.settings = settings(max_examples=settings().max_examples // 8, stateful_step_count=50, deadline=None)
