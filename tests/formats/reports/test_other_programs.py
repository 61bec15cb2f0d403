"""Reports for other programs: Word, fact-check feeds, argument graphs; and what each leaves out."""

import json
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.composing import compose
from annotator.domain.dispute import dispute_map
from annotator.domain.errors import UserError
from annotator.domain.model import Report
from annotator.domain.report import Judged
from annotator.formats.reports import writers
from annotator.formats.reports.claimreview import LONGEST
from annotator.formats.reports.lines import lines
from annotator.formats.reports.wording import text_of
from tests.domain.graphs import facts, projects
from tests.formats.disputes import DISPUTE, SENTENCE

VERDICT = Judged("verdict", "mostly false", "Ada", "2031-06-01", "No crate was found.", 2, 5)


def composed(*judged, sentence=SENTENCE):
    found = facts(DISPUTE)
    report = compose(found, dispute_map(found), Report(id="r", title="Pumps", lead="\x0bFirst.\nThen."))
    first = replace(report.claims[0], judged=judged, sentence=sentence)
    return replace(report, claims=(first, *report.claims[1:]))


def written(name, report):
    return writers.by_name(name).write(report)


def test_a_word_processor_reads_every_line_in_order():
    document = docx.Document(BytesIO(written("docx", composed()).data))
    shown = [paragraph.text for paragraph in document.paragraphs]
    told = [text_of(line.runs) for line in lines(composed())]
    assert shown == [words.replace("\x0b", "\ufffd") for words in told]
    assert document.paragraphs[0].style.name == "Title"
    assert {"Heading 1", "Heading 2", "List Bullet"} <= {one.style.name for one in document.paragraphs}


def test_an_article_named_in_a_text_for_word_leads_to_its_entry():
    document = docx.Document(BytesIO(written("docx", composed()).data))
    xml = document.element.xml
    assert 'w:anchor="A1"' in xml
    assert "w:bookmarkStart w:id=" in xml
    assert 'w:name="A1"' in xml


def review(*judged, sentence=SENTENCE):
    done = written("claimreview", composed(*judged, sentence=sentence))
    return json.loads(done.data), done.notices


def test_a_verdict_becomes_a_review_with_all_that_feeds_ask_for():
    data, notices = review(VERDICT)
    assert data["@context"] == "https://schema.org"
    assert data["claimReviewed"] == SENTENCE
    assert data["author"] == {"@type": "Person", "name": "Ada"}
    assert data["datePublished"] == "2031-06-01"
    assert data["reviewRating"] == {
        "@type": "Rating", "alternateName": "mostly false",
        "ratingValue": "2", "bestRating": "5", "worstRating": "1",
    }  # fmt: skip
    claim = data["itemReviewed"]
    assert [one["name"] for one in claim["author"]] == ["Lena Ortiz", "The Daily Lantern"]
    assert claim["firstAppearance"]["datePublished"] == "2031-05-02"
    assert claim["firstAppearance"]["publisher"]["name"] == "The Daily Lantern"
    assert [code for code, _ in notices] == ["claim-review-without-verdict"]


def test_the_newest_verdict_is_in_force_and_one_beside_the_scale_has_no_number():
    data, _ = review(VERDICT, replace(VERDICT, value="cannot be judged", at="2031-07-01", rank=0))
    assert data["reviewRating"] == {"@type": "Rating", "alternateName": "cannot be judged"}


def test_claims_without_a_verdict_are_no_reviews():
    with pytest.raises(UserError, match="claim-review-without-any"):
        review()


@given(st.lists(st.text(st.sampled_from("ab 𐐀,—"), max_size=9), min_size=1, max_size=30).map("ab ".join))
def test_a_long_sentence_is_cut_at_a_word_and_this_is_said(sentence):
    data, notices = review(VERDICT, sentence=sentence)
    reviewed = data["claimReviewed"]
    assert len(reviewed) <= LONGEST
    assert data["itemReviewed"]["text"] == sentence
    is_cut = reviewed != " ".join(sentence.split())
    assert is_cut is any(code == "claim-review-shortened" for code, _ in notices)
    if is_cut:
        assert reviewed.endswith("…")
        assert sentence.split()[0].startswith(reviewed[:1].rstrip("…"))


def graph(report):
    done = written("aif", report)
    data = json.loads(done.data)
    return data, {node["nodeID"]: node for node in data["nodes"]}, done.notices


def joined(data, nodes, end):
    """(text, kind of the node between) of whatever leads to a node."""
    into = {edge["toID"]: edge["fromID"] for edge in data["edges"]}
    return {
        (nodes[into[edge["fromID"]]]["text"], nodes[edge["fromID"]]["type"])
        for edge in data["edges"]
        if edge["toID"] == end
    }


def test_asserting_denying_and_grounds_are_told_apart_in_an_argument_graph():
    data, nodes, notices = graph(composed())
    (claim,) = [key for key, node in nodes.items() if node["text"] == SENTENCE]
    assert joined(data, nodes, claim) >= {
        ("pumps … came from Varna", "MA"),
        ("“we have [never] sold _any_ pump”", "CA"),
        ("crates with a Varna stamp", "RA"),
        ("Photo of a crate", "CA"),
    }
    assert {details["what"] for _, details in notices} == {"attack", "silence"}


@given(projects())
def test_every_argument_graph_is_well_formed(lines):
    found = facts(lines)
    data, nodes, _ = graph(compose(found, dispute_map(found)))
    kinds = {key: node["type"] for key, node in nodes.items()}
    for edge in data["edges"]:
        ends = kinds[edge["fromID"]], kinds[edge["toID"]]
        assert (ends[0] in "IL") != (ends[1] in "IL")
    for key, kind in kinds.items():
        if kind in ("RA", "CA", "MA", "YA"):
            assert sum(edge["toID"] == key for edge in data["edges"]) == 1
            assert sum(edge["fromID"] == key for edge in data["edges"]) == 1
    assert {one["nodeID"] for one in data["locutions"]} <= {k for k, kind in kinds.items() if kind == "L"}


def test_a_way_of_writing_that_is_unknown_names_those_there_are():
    with pytest.raises(UserError, match="report-format-unknown"):
        writers.by_name("papyrus")
