"""Two real articles labelled in the window so that each of their twenty tricky cases is expressed.

They lie beside the project and are not shipped; the labelling is data by offsets. It is entered once
for all tests here: the first marks and links by letters and by mouse, the others as `swift` says.
"""

import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import Project
from annotator.app.segment import NewsSegmenter
from annotator.domain.checks import loose_ends
from annotator.domain.fold import Finder
from annotator.domain.grow import snap
from annotator.domain.ids import MarkId
from annotator.domain.paragraphs import ParagraphNumbers
from annotator.domain.quoting import quote_kind, unpaired_at_ends
from annotator.domain.spans import Span, contains, crosses, gaps, hull
from tests.domain.brute_force import brute_map
from tests.domain.test_answers import answered, asked
from tests.flows.article_claims import CLAIMS, REGIONS, RELATIONS
from tests.flows.article_links import GROUNDS, LINKS
from tests.flows.article_marks import LENGTHS_AND_HASHES, MARKS
from tests.flows.article_project import Work, run
from tests.flows.article_sources import SOURCES
from tests.flows.conftest import Desktop
from tests.patience import impatient

pytestmark = pytest.mark.xvfb
DENIERS = {"ukraine", "nsdc_secretary", "nsdc_deputy", "factory"}


@pytest.fixture(scope="module")
def work(shared: Path, qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Work:
    with pytest.MonkeyPatch.context() as patch:
        for _ in impatient(patch):
            done = Work.do(shared / "articles", tmp_path_factory.mktemp("articles"))
    return done


def test_the_offsets_are_those_of_these_texts(work: Work) -> None:
    found = [(len(text), hashlib.sha256(text.encode()).hexdigest()) for text in map(work.text, (0, 1))]
    assert tuple(found) == LENGTHS_AND_HASHES


def test_everything_that_was_entered_is_there(work: Work, stats: Callable[[Path], dict[str, Any]]) -> None:
    kinds = Counter(
        [link.kind for link in LINKS if link.kind != "same_claim"] + [kind for _, kind, _ in GROUNDS]
    )
    kinds["supports"] -= sum(link.end.startswith("claim:") for link in LINKS)
    found = stats(work.path)
    assert (found["articles"], found["sources"], found["claims"]) == (2, len(SOURCES), len(CLAIMS))
    assert found["marks"]["by_label"] == Counter(row.label for row in MARKS.values())
    assert found["links"]["by_kind"] == kinds
    assert found["marks"]["total"] >= 100
    assert found["links"]["total"] >= 140
    assert len(work.known.proposition_links) == len(RELATIONS)
    for key, row in MARKS.items():
        mark = work.mark(key)
        assert (mark.label, mark.spans) == (row.label, row.spans), key
        assert set(mark.flags) == set(row.flags), key
        assert tuple(mark.hedges) == row.hedges, key
        assert not row.source or work.names(mark.source, *mark.relays) == [row.source, *row.via], key
        if row.cue or row.named:
            assert (mark.attribution[0].cue, mark.attribution[0].mention) == (row.cue, row.named), key
        for name, value in row.values.items():
            found_value = mark.attributes[name]
            assert (found_value if isinstance(value, str) else tuple(found_value)) == value, key


def test_case_1_title_dateline_and_subheads_are_said_to_be_so_and_nobody_nags_for_the_outlet(
    work: Work,
) -> None:
    first, second = (work.known.articles[one] for one in work.done.articles)
    assert [(0, tuple(one.span), one.kind) for one in first.regions] == list(REGIONS)
    assert (first.title, first.byline, first.date) == (work.text(0).split("\n")[0], None, None)
    assert work.names(first.outlet) == ["radio"]
    assert second.outlet is None
    assert not [one for one in loose_ends(work.known) if one.fix == "choose-outlet"]


def test_case_2_every_newline_is_a_paragraph_and_no_first_sentence_a_title(work: Work) -> None:
    second = work.known.articles[work.done.articles[1]]
    numbers = ParagraphNumbers(second.text)
    assert len(numbers) == second.text.count("\n") + 1 == 8
    assert (second.title, second.regions) == (None, ())
    assert numbers.number_at(work.mark("urgency").spans[0].start) == 8


def test_case_3_a_denial_holds_the_claim_it_denies(work: Work) -> None:
    for outer, inner in (("title_denial", "title_supplied"), ("lead_denial", "lead_claim")):
        assert contains(hull(work.mark(outer).spans), hull(work.mark(inner).spans))
        assert work.links(outer, "denies") == [inner]


def test_case_4_a_chain_stands_in_a_denial_before_its_first_speaker_is_named(work: Work) -> None:
    claim = work.mark("lead_claim")
    assert work.names(claim.source, *claim.relays) == ["expert", "daily"]
    assert all(step.cue for step in claim.attribution)
    name = work.mark("expert_source").attribution[0].mention[0]
    assert name.start > work.text(0).index("\n", claim.spans[0].end)


def test_case_5_one_cue_serves_two_grounds_and_a_date_is_inferred(work: Work) -> None:
    report, assessments, story = (
        work.mark(key) for key in ("report_cited", "assessments_cited", "story_claim")
    )
    assert report.attribution[0].cue == assessments.attribution[0].cue != ()
    assert (
        work.links("report_cited", "supports")
        == work.links("assessments_cited", "supports")
        == ["story_claim"]
    )
    assert work.links("report_cited", "cites") == ["source:report"]
    assert work.source("report").kind == work.source("assessments").kind == "document"
    dated = [story.attributes[name] for name in ("date", "date_inferred")]
    assert dated == ["2017-08-14", "yes"]
    assert story.attributes["date_written"] in work.text(0)


def test_case_6_one_claim_asserts_rival_ones_each_with_its_certainty(work: Work) -> None:
    assert {key: one.stance for key, one in work.mentions("story_claim").items()} == dict.fromkeys(
        ("from_ukraine", "from_russia", "progress"), "support"
    )
    rivals = {
        frozenset((one.origin, one.target))
        for one in work.known.proposition_links.values()
        if one.kind == "alternative_to"
    }
    assert {work.done.claims["from_ukraine"], work.done.claims["from_russia"]} in rivals
    assert work.mentions("secretary_never")["from_ukraine"].certainty == "probable"
    assert work.mentions("secretary_never")["state_supplied"].certainty is None


def test_case_7_words_that_point_back_are_read_with_their_claim_in_lists_and_exports(
    work: Work, tmp_path: Path
) -> None:
    run("export", work.path, tmp_path / "csv", "--format", "csv")
    with (tmp_path / "csv" / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        claims = {row["id"]: row["claims"] for row in csv.DictReader(file)}
    for key in ("secretary_not_so", "expert_again", "case_here", "not_happen"):
        assert "anaphoric" in work.mark(key).flags
        for claim in work.mentions(key):
            assert CLAIMS[claim] in claims[work.mark(key).id], key
    assert {key for key in MARKS if "unclear_target" in work.mark(key).flags} == {"case_here", "not_happen"}


def test_case_8_one_cue_stands_between_what_it_attributes(work: Work) -> None:
    denial, charge = work.mark("secretary_never"), work.mark("secretary_campaign")
    (cue,) = denial.attribution[0].cue
    assert charge.attribution[0].cue == (cue,)
    assert denial.spans[-1].end < cue.start < charge.spans[0].start
    assert (denial.label, charge.label) == ("denial", "claim")
    before, after = work.mark("paper_on_arrests").spans
    (split,) = work.mark("paper_on_arrests").attribution[0].cue
    assert before.end < split.start < split.end < after.start


def test_case_9_what_the_outlet_adds_is_cut_out(work: Work) -> None:
    mark = work.mark("expert_source")
    (hole,) = gaps(mark.spans)
    assert work.text(0)[hole.start : hole.end].strip(" ").startswith(", ")
    assert quote_kind(work.text(0), mark.spans) == "mixed"


def test_case_10_marks_of_three_pieces_cross_their_neighbours(work: Work) -> None:
    report, delivery, cover = (work.mark(key) for key in ("psyops_report", "psyops_delivery", "psyops_cover"))
    assert len(report.spans) == 3
    assert report.spans[0] == delivery.spans[0]
    assert any(crosses(one, other) for one in delivery.spans for other in cover.spans)
    assert report.spans[1].end < hull(cover.spans).end < report.spans[2].start
    gloss = gaps(delivery.spans)[0]
    assert "--" in work.text(0)[gloss.start : gloss.end]


def test_case_11_a_second_mark_begins_with_the_words_of_the_first(work: Work) -> None:
    for first, second in (
        ("factory_provocative", "factory_incompetent"),
        ("official_success", "official_leaks"),
    ):
        shared = work.mark(second).spans[0]
        assert work.mark(first).spans[0].start == shared.start
        assert contains(work.mark(first).spans[0], shared)
        assert work.mark(first).attribution == work.mark(second).attribution
        assert hull(work.mark(first).spans).end < work.mark(second).spans[1].start


def test_case_12_no_half_of_a_pair_is_left_and_the_marks_tell_the_kind_of_quotation(work: Work) -> None:
    kinds = {
        key: quote_kind(work.text(MARKS[key].article), work.mark(key).spans)
        for key in ("secretary_never", "factory_denial", "ties", "title_denial", "identified", "bogus")
    }
    assert kinds == {
        "secretary_never": "direct",
        "factory_denial": "mixed",
        "ties": "mixed",
        "title_denial": "indirect",
        "identified": "mixed",
        "bogus": "direct",
    }
    assert not [key for key in MARKS if unpaired_at_ends(work.mark(key).quotes)]


def test_case_13_the_text_stays_byte_for_byte_and_is_found_with_other_marks(work: Work, shared: Path) -> None:
    files = sorted((shared / "articles").glob("*.txt"))
    assert [work.text(0).encode(), work.text(1).encode()] == [file.read_bytes() for file in files]
    ends = work.mark("dictator").spans[-1].end
    assert work.text(0)[ends : ends + 2] == ".”"
    asked_for = work.words("no_ties").replace("’", "'").replace("direct", "DIRECT")
    assert Finder(work.text(0)).find(asked_for) == work.mark("no_ties").spans[0]


def test_case_14_a_bracket_stays_at_its_end_of_the_words_and_is_read_over(work: Work) -> None:
    text = work.text(0)
    for key in ("played_kims", "own_engines", "no_fan"):
        (span,) = work.mark(key).spans
        assert "editorial_insert" in work.mark(key).flags
        assert snap(text, span, NewsSegmenter()) == span, key
    assert work.words("own_engines").startswith("[")
    found = Finder(text).find("the Kims")
    assert found is not None
    assert contains(work.mark("played_kims").spans[0], found)


def test_case_15_subheads_speak_for_nobody_in_particular(work: Work) -> None:
    subheads = [Span(*span) for _, span, kind in REGIONS if kind == "subhead"]
    for key, kind in (("psyop_subhead", "unknown"), ("some_experts", "group")):
        assert work.source(work.speaker(key)).kind == kind
        assert "implicit_source" in work.mark(key).flags
        assert any(contains(one, work.mark(key).spans[0]) for one in subheads)
    assert work.words("psyop_subhead").count("'") == 1


def test_case_16_silence_answers_and_is_no_denial(work: Work) -> None:
    silent = work.done.marks["russia_silent"]
    assert work.mark("russia_silent").label == "no_comment"
    assert set(work.links("russia_silent", "responds_to")) >= {"story_claim", "secretary_campaign"}
    for claim in ("from_ukraine", "from_russia", "campaign", "russia_blame"):
        assert [entry.mark for entry in work.board(claim).silent] == [silent]
    assert not [one for one in work.disputes.claims if silent in {entry.mark for entry in one.denies}]
    assert set(work.links("nothing_else", "undermines")) == {"ties", "psyops_delivery", "psyops_report"}
    assert work.mentions("no_inquiry")["inquiry"].stance == "deny"


def test_case_17_who_attacks_the_witness_denies_nothing(work: Work) -> None:
    envoy = [key for key in MARKS if work.speaker(key) == "ru_envoy" and work.mark(key).label == "denial"]
    assert len(envoy) == 4
    for key in envoy:
        assert "content" not in work.mark(key).attributes["denial_kind"]
        assert any(end.startswith("source:") for end in work.links(key, "undermines")), key
    assert not work.said_by(work.board("used").denies)
    assert not work.board("used").is_disputed
    assert {work.names(one.source)[0] for one in work.board("used").attacks} == {"car_head", "car"}
    assert "source:expert" in work.links("ties", "undermines")


def test_case_18_a_limited_denial_is_qualified_by_what_its_speaker_concedes(work: Work) -> None:
    assert "limited_denial" in work.mark("no_ties").flags
    assert work.links("worked_there", "qualifies") == ["no_ties"]
    assert work.links("worked_there", "supports") == ["ties", "past_work"]
    assert work.mentions("worked_there")["worked"].stance == "support"
    assert work.speaker("worked_there") == work.speaker("no_ties") == "expert"
    assert work.links("expert_concedes", "qualifies") == ["expert_source"]
    assert work.mark("expert_concedes").attributes["certainty"] == "possible"


def test_case_19_a_second_source_is_possible_and_one_cue_goes_on_over_sentences(work: Work) -> None:
    for key in ("near_border", "illicit_trade", "one_reason", "program_led", "markings"):
        mark = work.mark(key)
        assert work.names(mark.possible_source) == [MARKS[key].possible]
        assert "unclear_attribution" in mark.flags
    findings = [work.mark(key) for key in ("finding_used", "finding_quick", "finding_parts")]
    assert len({mark.attribution for mark in findings}) == 1
    assert findings[0].attribution[0].cue
    assert len({mark.spans for mark in findings}) == 3


def test_case_20_many_mouths_are_one_owner_and_loose_times_are_kept_as_written(work: Work) -> None:
    board = work.board("from_ukraine")
    assert work.said_by(board.denies) == DENIERS
    assert work.names(*board.denying.counted) == ["ukraine"]
    spies = work.mark("spies_tried")
    assert work.names(spies.source, *spies.relays) == ["press", "kyiv_paper"]
    assert work.known.articles[spies.article].outlet == work.done.sources["radio"]
    assert work.link("arrests", "relates_to", "spies_tried").note
    assert work.link("parts_2023", "relates_to", "made_2024").note
    dated = [key for key in MARKS if MARKS[key].when]
    assert len(dated) >= 10
    for key in dated:
        written = {"date_written", "date", "date_inferred"} & work.mark(key).attributes.keys()
        assert len(written) == 3, key
    across = [link for link in work.known.links.values() if link.target.table == link.origin.table == "mark"]
    places = [
        (work.known.marks[link.origin.id].article, work.known.marks[link.target.id].article)
        for link in across
    ]
    assert sum(one != other for one, other in places) == 9


def test_the_project_is_sound_and_comes_back_byte_for_byte(work: Work, tmp_path: Path) -> None:
    run("check", work.path)
    run("new", tmp_path / "again.annotator")
    run("import", tmp_path / "again.annotator", work.exported)
    run("export", tmp_path / "again.annotator", tmp_path / "again.jsonl", "--format", "annotator-jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == work.exported.read_bytes()


def test_the_map_says_which_claims_are_disputed_by_whom_on_what_and_who_was_only_attacked(
    work: Work, annotator: Callable[..., str]
) -> None:
    lines = [line for line in work.lines if line["type"] not in ("project", "scheme", "annotator")]
    assert json.loads(annotator("map", work.path, "--format", "json")) == brute_map(lines)
    found = answered(work.known)
    assert found == asked(lines)
    keys = {claim: key for key, claim in work.done.claims.items()}
    assert {keys[one] for one in found["disputed"]} == {
        "from_ukraine", "state_supplied", "smuggled", "flown", "tied", "biased",
    }  # fmt: skip
    voices = {keys[claim]: counts for claim, counts in found["voices"].items()}
    assert (voices["from_ukraine"], voices["biased"], voices["findings"]) == ((1, 1), (1, 2), (0, 3))
    crossing = {work.known.marks[mark].id for _, mark, _ in found["crossing"]}
    assert crossing == {
        work.done.marks[key]
        for key in ("can_make", "identified", "finding_parts", "parts_2023", "vow", "unlawful")
    }
    attacked = {keys[claim]: work.names(*sources) for claim, sources in found["attacked"].items() if sources}
    assert attacked["progress"] == ["daily"]
    assert set(attacked["used"]) == {"car_head", "car", "council"}
    assert "from_ukraine" not in attacked


def test_every_sentence_of_the_report_leads_back_to_the_words(work: Work, tmp_path: Path) -> None:
    with Project.open(work.path) as project:
        report = project.report(drawn=False)
    quoted = {mark.id: list(mark.quotes) for mark in work.known.marks.values()}
    said = [one for claim in report.claims for one in (*claim.statements, *claim.unnamed, *claim.grounds)]
    passages = [one.passage for one in said if one.passage is not None]
    assert len(passages) >= 120
    for passage in passages:
        assert [words for words, is_quoted in passage.context if is_quoted] == quoted[passage.mark]
        assert passage.article in report.articles
    run("report", work.path, tmp_path / "report.html")
    whole = (tmp_path / "report.html").read_text(encoding="utf-8")
    page = re.sub(r"<script.*?</script>", "", whole, flags=re.DOTALL)
    ids, aims = set(re.findall(r'\bid="([^"]+)"', page)), re.findall(r'href="#([^"]+)"', page)
    assert set(aims) <= ids
    places = re.findall(r'<li class="said.*?</li>', page, re.DOTALL)
    assert len(places) >= len(passages)
    for place in places:
        assert ('href="#A' in place and "<blockquote" in place) or 'class="place">E' in place, place
    assert "or perhaps Radio service" in page
    assert "Article, confidence: moderate" in page
    assert {one.text_sha256 for one in report.articles} == {sha256 for _, sha256 in LENGTHS_AND_HASHES}


def test_every_card_of_a_disputed_claim_leads_to_its_words_in_the_text(
    work: Work, desktop: Desktop, qtbot: QtBot
) -> None:
    window = desktop.open(work.path)
    panel = window.panels.map
    for board in reversed([one for one in work.disputes.claims if one.is_disputed]):
        window.ways.to_map(board.id)
        qtbot.waitUntil(lambda: panel.is_settled and panel.view is not None)
        assert panel.view is not None
        assert panel.view.board == board
        cards = [card for card in panel.board.cards if card.ref.table == "mark"]
        assert {card.ref.id for card in cards} >= {one.mark for one in (*board.asserts, *board.denies)}
        for card in cards:
            panel.board.ensureWidgetVisible(card)
            QTest.mouseClick(card, Qt.MouseButton.LeftButton)
            assert window.session.focus.mark == card.ref.id
            start = work.known.marks[MarkId(card.ref.id)].spans[0].start
            assert window.view.visible_span().start <= start < window.view.visible_span().end
