"""The sample project: true to its texts, full of hard cases, and not quite finished."""

import re
from collections import Counter
from itertools import combinations

import pytest

from annotator.app.project import Project
from annotator.domain import ach
from annotator.domain.checks import loose_ends
from annotator.domain.dispute import dispute_map
from annotator.domain.facts import Facts
from annotator.domain.model import Article, Judgement, Link, Ref, Report
from annotator.domain.paragraphs import paragraphs
from annotator.domain.quoting import pairs, quote_kind
from annotator.domain.resources import resource
from annotator.domain.scheme import Scheme
from annotator.domain.text import normalise_text, text_sha256
from annotator.domain.voices import owner
from annotator.formats.jsonl import FORMAT, to_line
from tools import build_sample


@pytest.fixture(scope="module")
def records():
    return list(FORMAT.read(resource("sample", "sample.jsonl"), {}))


@pytest.fixture(scope="module")
def facts(records):
    return Facts.of(records)


@pytest.fixture(scope="module")
def texts(records):
    return {record.id: record.text for record in records if isinstance(record, Article)}


def words(mark):
    return " ".join(mark.quotes)


def inside(inner, outer):
    return (
        inner.article == outer.article
        and inner.spans[0].start >= outer.spans[0].start
        and inner.spans[-1].end <= outer.spans[-1].end
    )


def test_the_sample_is_what_its_script_makes_of_the_texts():
    assert resource("sample", "sample.jsonl").read_bytes() == build_sample.content()


def test_the_sample_reads_and_writes_to_the_same_bytes(records):
    written = b"".join(to_line(record) for record in records)
    assert written == resource("sample", "sample.jsonl").read_bytes()


def test_the_sample_comes_into_a_new_project_without_a_word_of_complaint(tmp_path):
    told = []
    with Project.create(tmp_path / "new.annotator") as project:
        project.import_(resource("sample", "sample.jsonl"), report=lambda code, **_: told.append(code))
    assert not told


def test_every_quote_is_the_text_at_its_offsets(facts, texts):
    for mark in facts.marks.values():
        assert [texts[mark.article][start:end] for start, end in mark.spans] == list(mark.quotes)
        assert list(mark.spans) == sorted(mark.spans)
        for step in mark.attribution:
            assert all(start < end <= len(texts[mark.article]) for start, end in (*step.cue, *step.mention))


def test_the_texts_need_no_change_at_import(facts, texts):
    for article in facts.articles.values():
        assert normalise_text(article.text)[0] == article.text
        assert article.sha256 == text_sha256(article.text)
        assert 240 <= len(article.text.split()) <= 450


def test_every_link_and_attribute_is_one_of_the_default_scheme(facts):
    scheme = Scheme.default()
    for link in facts.links.values():
        kind = scheme.link_kinds[link.kind]
        first, second = (
            facts.marks[end.id].label if end.table == "mark" else end.table
            for end in (link.origin, link.target)
        )
        assert kind.starts_at(first), link
        assert kind.ends_at(second), link
        assert link.how is None or link.how in kind.how
    for mark in facts.marks.values():
        for name, value in mark.attributes.items():
            scheme.check_attribute(mark.label, name, value)


def test_every_end_of_a_link_is_there(facts, records):
    known = {Ref(table, row) for table, rows in facts.tables.items() for row in rows}
    for record in records:
        if isinstance(record, Link):
            assert {record.origin, record.target} <= known
        elif isinstance(record, Judgement):
            assert record.target in known


def test_a_first_time_user_finds_a_few_loose_ends_and_no_fault(facts):
    open_now = [one.rule for one in loose_ends(facts) if not one.is_quiet]
    assert Counter(open_now) == {
        "mark_without_source": 2,
        "evidence_without_link": 1,
        "denial_without_target": 1,
        "unclear_target": 1,
        "disputed_without_ground": 1,
    }


def test_the_sample_shows_a_report_a_verdict_exhibits_and_competing_claims(facts):
    records = list(FORMAT.read(resource("sample", "sample.jsonl"), {}))
    (report,) = (one for one in records if isinstance(one, Report))
    assert report.lead
    assert set(report.claims) <= set(facts.propositions)
    verdicts = {one.value for one in facts.judgements.values() if one.scale == "verdict"}
    assert verdicts == {"false", "cannot_be_judged"}
    assert len(facts.exhibits) == 2
    found = ach.table(facts, [row.id for row in facts.propositions.values() if row.set])
    assert len(found.hypotheses) == 3
    assert len(found.leaders) == 1
    assert found.decisive
    assert any(cell.judgement for row in found.rows for cell in row.cells)


def test_four_deniers_with_one_owner_stand_against_independent_voices(facts):
    board = dispute_map(facts).claims[0]
    deniers = {entry.source for entry in board.denies}
    assert len(deniers) >= 4
    assert {owner(facts, source) for source in deniers} == {"s01"}
    assert len(board.denying.counted) == 1
    assert len(board.asserting.counted) >= 2
    assert board.silent


def test_a_denial_holds_the_claim_it_denies(facts):
    ends = [(facts.marks[link.origin.id], facts.marks[link.target.id]) for link in denials(facts)]
    assert any(inside(claim, denial) for denial, claim in ends)


def denials(facts):
    return [link for link in facts.links.values() if link.kind == "denies"]


def test_links_cross_articles(facts):
    across = [
        link
        for link in facts.links.values()
        if link.origin.table == link.target.table == "mark"
        and facts.marks[link.origin.id].article != facts.marks[link.target.id].article
    ]
    assert len(across) >= 2


def test_marks_nest_and_share_words_and_have_holes(facts):
    marks = list(facts.marks.values())
    assert sum(len(mark.spans) == 3 for mark in marks) == 1
    assert sum(len(mark.spans) == 2 for mark in marks) >= 4
    shared = [
        (one.id, other.id)
        for one, other in combinations(marks, 2)
        if one.article == other.article and set(one.spans) & set(other.spans)
    ]
    assert shared


def test_one_mark_asserts_two_rival_claims(facts):
    rivals = {claim.id for claim in facts.propositions.values() if claim.set == "cause of the flood"}
    asserted = [
        {mention.proposition for mention in mentions if mention.stance == "support"}
        for mentions in facts.mentions_by_mark.values()
    ]
    assert any(len(claims & rivals) == 2 for claims in asserted)


def test_a_cue_serves_two_grounds_and_another_splits_its_content(facts):
    cues = Counter(
        (mark.article, mark.attribution[0].cue) for mark in facts.marks.values() if mark.attribution
    )
    assert max(count for (_, cue), count in cues.items() if cue) >= 2
    split = [
        mark
        for mark in facts.marks.values()
        for step in mark.attribution
        for start, _ in step.cue
        if mark.spans[0].end <= start < mark.spans[-1].start
    ]
    assert split


def test_sources_of_every_kind_and_relays_occur(facts):
    assert {source.kind for source in facts.sources.values()} == set(Scheme.default().source_kinds)
    assert sum(bool(mark.relays) for mark in facts.marks.values()) >= 4
    assert any(link.target.table == "source" for link in facts.links.values() if link.kind == "undermines")
    assert {flag for mark in facts.marks.values() for flag in mark.flags} >= {
        "implicit_source",
        "unclear_attribution",
        "unclear_target",
        "anaphoric",
        "editorial_insert",
        "limited_denial",
    }


def test_quotations_are_direct_mixed_and_of_mismatched_marks(facts, texts):
    kinds = {quote_kind(texts[mark.article], mark.spans) for mark in facts.marks.values()}
    assert kinds == {"direct", "mixed", "indirect"}
    dam = texts["a1"]
    assert any(dam[start] == '"' and dam[end] == "”" for start, end in pairs(dam))
    assert [mark for mark in facts.marks.values() if words(mark).startswith("[")]
    assert "'It's" in dam
    assert "n’t" in dam
    assert "n't" in dam


def test_one_article_has_no_title_and_no_blank_lines(facts, texts):
    assert facts.articles["a2"].title is None
    assert "\n\n" not in texts["a2"]
    assert len(list(paragraphs(texts["a2"]))) == 8


def test_marks_stand_before_and_after_characters_that_qt_counts_twice(facts, texts):
    post = texts["a3"]
    wide = [place for place, char in enumerate(post) if ord(char) > 0xFFFF]
    starts = [mark.spans[0].start for mark in facts.marks.values() if mark.article == "a3"]
    assert min(starts) < wide[0] < max(starts)
    assert any(start <= wide[0] < end for mark in facts.marks.values() for start, end in mark.spans)
    assert "\u200d" in post
    assert re.search("[\u0400-\u04ff]", post)
    assert re.search("[\u0600-\u06ff]", post)


def test_the_sample_repeats_no_sentence_of_the_texts_it_was_tried_on(shared, texts):
    def runs(text):
        found = re.findall(r"\w+", text.casefold())
        return {" ".join(found[place : place + 6]) for place in range(len(found) - 5)}

    others = [path.read_text(encoding="utf-8") for path in (shared / "articles").glob("*.txt")]
    assert others
    taken = set.union(*map(runs, others)) & set.union(*map(runs, texts.values()))
    assert taken == set()
