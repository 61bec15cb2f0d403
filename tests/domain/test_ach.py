"""The table of competing hypotheses: where cells start, what is ranked first, what the ranking hangs on."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import ach
from annotator.domain.ach import Cell, Row, Table
from annotator.domain.facts import Facts
from annotator.domain.model import Article, Exhibit, Judgement, Link, Mark, Mention, Proposition, Ref
from annotator.domain.spans import Span


def row(number: int, *values: str, credibility: str | None = None) -> Row:
    return Row(Ref("mark", f"m{number}"), tuple(map(Cell, values)), credibility)


def facts(*more) -> Facts:
    """A claim with a support and its alternative; m2 supports the first's mark, x1 undermines the second."""
    marks = [
        Mark(id=f"m{n}", article="a", label=label, spans=(Span(n, n + 1),), quotes=(f"q{n}",))
        for n, label in ((1, "claim"), (2, "evidence"), (3, "evidence"))
    ]
    return Facts.of(
        [
            Article(id="a", text=""),
            *marks,
            Exhibit(id="x1", title="Photo", origin_id="photo-7"),
            Proposition(id="p1", text="Opened"),
            Proposition(id="p2", text="Rusted"),
            Mention(id="n1", mark="m1", proposition="p1", stance="support"),
            Mention(id="n3", mark="m3", proposition="p2", stance="deny"),
            Link(id="l1", kind="supports", origin=Ref("mark", "m2"), target=Ref("mark", "m1")),
            Link(id="l2", kind="undermines", origin=Ref("exhibit", "x1"), target=Ref("proposition", "p2")),
            *more,
        ]
    )


def judgement(row_id, value, scale=ach.SCALE, claim="p1", by="ada", at="2024-01-01", kind="mark", name="m2"):
    return Judgement(
        id=row_id,
        target=Ref("proposition", claim),
        scale=scale,
        value=value,
        annotator=by,
        at=at,
        extra={"evidence": {kind: name}},
    )


def values(table: Table) -> dict[str, list[str]]:
    return {row.evidence.id: [cell.value for cell in row.cells] for row in table.rows}


def test_cells_start_from_the_links_and_from_evidence_that_mentions_the_claim():
    assert values(ach.table(facts(), ["p1", "p2"])) == {"m2": ["C", "N"], "m3": ["N", "I"], "x1": ["N", "I"]}


def test_what_was_set_by_hand_goes_before_the_links_and_the_newest_before_the_older():
    made = facts(judgement("j1", "II", at="2024-01-01"), judgement("j2", "I", at="2024-01-02"))
    assert values(ach.table(made, ["p1", "p2"]))["m2"] == ["I", "N"]


def test_ones_own_cell_goes_before_a_newer_one_of_somebody_else():
    made = facts(judgement("j1", "II"), judgement("j2", "C", by="ben", at="2024-02-01"))
    assert values(ach.table(made, ["p1", "p2"], me="ada"))["m2"] == ["II", "N"]


def test_a_foreign_file_may_name_evidence_by_its_own_id_and_evidence_that_is_gone_is_passed_over():
    made = facts(judgement("j1", "CC", kind="exhibit", name="photo-7"), judgement("j2", "II", name="deleted"))
    assert values(ach.table(made, ["p1", "p2"]))["x1"] == ["CC", "I"]
    assert "deleted" not in values(ach.table(made, ["p1", "p2"]))


def test_credibility_weighs_the_row_and_6_weighs_as_if_not_judged():
    assert row(1, "I", "C", credibility="1").weight == 5
    assert row(1, "I", "C", credibility="5").weight == 1
    assert row(1, "I", "C", credibility="6").weight == row(1, "I", "C").weight == 3
    made = facts(judgement("j1", "2", scale="credibility"))
    assert {one.evidence.id: one.credibility for one in ach.table(made, ["p1", "p2"]).rows} == {
        "m2": "2",
        "m3": None,
        "x1": None,
    }


def test_the_claim_with_the_fewest_weighted_inconsistencies_comes_first():
    table = Table(("p1", "p2", "p3"), (row(1, "II", "I", "C", credibility="1"), row(2, "C", "N", "I")))
    assert table.scores == {"p1": 10, "p2": 5, "p3": 3}
    assert table.ranking == ("p3", "p2", "p1")


def test_a_row_that_is_the_same_for_all_tells_nothing_apart():
    assert not row(1, "I", "I").is_diagnostic
    assert row(1, "I", "II").is_diagnostic


def test_the_row_is_named_on_which_the_ranking_hangs():
    only = row(1, "I", "C")
    assert Table(("p1", "p2"), (only, row(2, "I", "I"))).decisive == (only,)
    assert Table(("p1", "p2"), (only, row(2, "I", "N"))).decisive == ()
    assert Table(("p1", "p2"), (row(2, "I", "I"),)).decisive == ()


@given(
    st.lists(st.tuples(*[st.sampled_from(ach.VALUES)] * 3, st.sampled_from([None, *"123456"])), max_size=8)
)
def test_rows_without_diagnostic_value_never_change_the_ranking(cells):
    rows = tuple(row(n, *some[:3], credibility=some[3]) for n, some in enumerate(cells))
    table = Table(("p1", "p2", "p3"), rows)
    telling = Table(table.hypotheses, tuple(one for one in rows if one.is_diagnostic))
    assert table.ranking == telling.ranking
    assert table.leaders == telling.leaders
