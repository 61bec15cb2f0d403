"""What a report says: the analyst's words and choice, every quote with its place, no confidential name."""

from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.composer import CONTEXT_CHARS, in_context
from annotator.domain.composing import cite, compose
from annotator.domain.dispute import dispute_map
from annotator.domain.model import Judgement, Ref, Report
from annotator.domain.report import DENIES
from annotator.domain.spans import Span
from annotator.formats.reports import wording
from tests.domain.graphs import facts
from tests.formats.disputes import DISPUTE


@pytest.fixture(scope="module")
def found():
    return facts(DISPUTE)


def strings(value):
    """Every text a report holds, however deep."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)


def test_a_report_without_a_choice_has_every_claim(found):
    report = compose(found, dispute_map(found))
    assert [claim.handle for claim in report.claims] == ["C1", "C2"]
    assert report.title == "Dispute map"


def test_the_choice_and_order_of_claims_are_the_analysts(found):
    chosen = Report(id="r1", title="Pumps", lead="One.\n\nTwo.", claims=("p2", "p1", "gone"))
    report = compose(found, dispute_map(found), chosen)
    assert [claim.id for claim in report.claims] == ["p2", "p1"]
    assert (report.title, report.lead) == ("Pumps", ("One.", "Two."))


def test_no_name_of_a_confidential_source_is_anywhere_in_a_report(found):
    report = compose(found, dispute_map(found))
    said = list(strings(report))
    assert any("a confidential source" in words for words in said)
    assert not any("insider" in words or "night guard" in words for words in said)


def test_a_source_that_is_somebody_else_speaks_under_that_name(found):
    sources = dict(found.sources)
    sources["s5"] = replace(sources["s5"], same_as="s1")
    merged = replace(found, sources=sources)
    report = compose(merged, dispute_map(merged))
    (denial,) = report.claims[0].on(DENIES)
    assert denial.speaker
    assert denial.speaker.name == "Lena Ortiz"


def test_judgements_stand_by_what_they_are_on(found):
    rows = [
        Judgement(id="j1", target=Ref("proposition", "p1"), scale="verdict", value="mostly_false",
                  annotator="n1", at="2031-06-01T10:00:00Z", reason="No crate was found."),
        Judgement(id="j2", target=Ref("source", "s5"), scale="reliability", value="F"),
    ]  # fmt: skip
    judged = replace(found, judgements={row.id: row for row in rows})
    report = compose(judged, dispute_map(judged), annotators={"n1": "Ada"})
    (verdict,) = report.claims[0].judged
    assert (verdict.value, verdict.by, verdict.at) == ("mostly false", "Ada", "2031-06-01")
    (denial,) = report.claims[0].on(DENIES)
    assert [(one.scale, one.value, one.rank) for one in denial.judged] == [
        ("reliability", "F (cannot be judged)", 0)
    ]
    assert (verdict.rank, verdict.ranks) == (2, 5)


def test_what_is_open_about_a_claim_is_told(found):
    report = compose(found, dispute_map(found))
    assert any("M6" in words for words in report.claims[0].loose_ends)


def test_a_mark_is_cited_with_its_chain(found):
    cited = cite(found, "m1")
    assert cited.speaker
    assert (cited.speaker.name, cited.speaker.relays) == ("Lena Ortiz", ("The Daily Lantern",))
    assert cited.passage
    assert cited.passage.article
    assert cited.passage.article.date == "2031-05-02"


def test_who_else_may_have_said_it_is_told_with_the_speaker(found):
    marks = dict(found.marks)
    marks["m1"] = replace(marks["m1"], possible_source="s5")
    cited = cite(replace(found, marks=marks), "m1")
    other = cited.speaker.possible
    assert other == found.sources["s5"].name or other == "a confidential source"
    assert wording.chain(cited.speaker).endswith(f", via The Daily Lantern, or perhaps {other}")


def test_what_is_judged_beside_a_statement_is_named_where_it_is_not_the_statement(found):
    article = found.marks["m1"].article
    row = Judgement(id="j1", target=Ref("article", article), scale="confidence", value="low")
    judged = replace(found, judgements={row.id: row})
    report = compose(judged, dispute_map(judged))
    told = {
        wording.judgement(one) for part in report.claims for said in part.statements for one in said.judged
    }
    assert told == {"Article, confidence: low"}


@given(st.data())
def test_the_context_of_a_quote_is_the_text_around_it(data):
    text = data.draw(st.text(st.sampled_from("ab 𐐀\n"), min_size=4, max_size=600))
    ends = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True))
    points = sorted(ends[: len(ends) // 2 * 2])
    spans = [Span(start, end) for start, end in zip(points[::2], points[1::2], strict=True)]
    context = in_context(text, spans)
    assert "".join(words for words, is_quoted in context if is_quoted) == "".join(
        text[span.start : span.end] for span in spans
    )
    whole = "".join(words for words, _ in context).strip("…").strip()
    assert whole in text
    outside = spans[0].start + len(text) - spans[-1].end
    assert len(whole) <= len(text) - outside + 2 * CONTEXT_CHARS
