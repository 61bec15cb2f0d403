"""What a mark or a claim is on the clipboard: to be pasted, with all that tells where it is from."""

from dataclasses import replace

from annotator.domain.composing import cite, compose
from annotator.domain.dispute import dispute_map
from annotator.formats.reports.citation import cite_claims, cite_mark
from tests.domain.graphs import facts
from tests.formats.disputes import DISPUTE, SENTENCE

ARCHIVED = "https://archive.example.org/1"


def found():
    whole = facts(DISPUTE)
    article = replace(whole.articles["a1"], archive_url=ARCHIVED, title="Works <deny> sale")
    return replace(whole, articles={**whole.articles, "a1": article})


def test_a_mark_is_cited_with_speaker_chain_outlet_date_and_archived_copy():
    cited = cite_mark(cite(found(), "m1"))
    assert cited.text == (
        "“pumps … came from Varna” — Lena Ortiz, pump engineer, for Institute of Pumps,"
        f" via The Daily Lantern. Works <deny> sale, The Daily Lantern, 2031-05-02, {ARCHIVED}"
    )
    assert f'<a href="{ARCHIVED}">' in cited.html
    assert "<i>Works &lt;deny&gt; sale</i>" in cited.html


def test_a_mark_that_names_nobody_and_an_article_of_which_nothing_is_known():
    assert cite_mark(cite(found(), "m6")).text.startswith("“it is said to have sold them”. Works")
    assert cite_mark(cite(found(), "m3")).text == "“the works sold them” — The Daily Lantern"


def test_an_address_that_is_none_is_no_link():
    article = replace(found().articles["a1"], archive_url="javascript:alert(1)")
    evil = replace(found(), articles={**found().articles, "a1": article})
    assert "<a" not in cite_mark(cite(evil, "m1")).html


def test_a_claim_is_cited_with_everything_said_on_it():
    report = compose(found(), dispute_map(found()))
    cited = cite_claims(replace(report, claims=report.claims[:1]))
    for words in (f"C1 · {SENTENCE}", "Independent voices: 1 asserting", "Denied by", "Ivo Petrov",
                  f"archived copy: {ARCHIVED}", "Grounds against"):  # fmt: skip
        assert words in cited.text
    assert "insider" not in cited.text + cited.html
