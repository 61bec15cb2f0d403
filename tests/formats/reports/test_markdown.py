"""A report as Markdown: what it says, to the letter, and nothing of a text taken for a sign."""

import re
from dataclasses import replace
from pathlib import Path

from markdown_it import MarkdownIt

from annotator.domain.composing import compose
from annotator.domain.dispute import dispute_map
from annotator.domain.model import Report
from annotator.formats.reports.markdown import escape, markdown
from annotator.formats.reports.webpage import page
from tests.domain.graphs import article, claim, facts, mark, mention, source
from tests.formats.disputes import DISPUTE

WRITTEN = Path(__file__).with_name("report.md")
LEAD = "- The sale is disputed.\n\n1. One voice on each side, <b>no</b> more."


def as_text(report):
    return markdown(report).data.decode()


def test_the_report_leads_back_to_the_words():
    found = facts(DISPUTE)
    assert as_text(compose(found, dispute_map(found))) == WRITTEN.read_text(encoding="utf-8")


def test_a_project_without_claims_says_so():
    empty = facts([])
    assert as_text(compose(empty, dispute_map(empty))) == "# Dispute map\n\nThere are no claims yet.\n"


def test_the_words_of_the_analyst_stay_paragraphs():
    found = facts(DISPUTE)
    text = as_text(compose(found, dispute_map(found), Report(id="r", title="P*mps", lead=LEAD)))
    tokens = MarkdownIt().parse(text.split("## ")[0])
    kinds = [token.type for token in tokens if token.type.endswith("_open")]
    assert kinds == ["heading_open", "paragraph_open", "paragraph_open", "paragraph_open"]
    shown = ["".join(child.content for child in token.children or []) for token in tokens if token.children]
    assert shown[0] == "P*mps"
    assert shown[1:3] == [line for line in LEAD.split("\n") if line]


def test_an_archived_copy_is_a_link_and_what_is_no_address_is_not():
    found = facts(DISPUTE)
    article = found.articles["a1"]
    for url, is_link in (("https://archive.example.org/a(b)", True), ("javascript:alert(1)", False)):
        changed = replace(found, articles={**found.articles, "a1": replace(article, archive_url=url)})
        text = as_text(compose(changed, dispute_map(changed)))
        assert (f"[archived copy](<{url}>)" in text) is is_link


def test_quoted_words_cannot_become_markdown():
    assert escape("a_b <script> [x](y) *z*\n# `c` & \\d | ~~e~~ {f}") == (
        r"a\_b \<script\> \[x\](y) \*z\* \# \`c\` \& \\d \| \~\~e\~\~ \{f\}"
    )


def test_no_word_of_a_foreign_file_reaches_a_reader_as_a_command_to_the_terminal():
    evil = "A\0B\x1b[31mC\x9fD\x0bE"
    found = facts([
        source("lena", name=evil), article("a1", title=evil, archive_url=f"https://a.example/{evil}"),
        claim("p1", evil), mark("m1", "claim", "lena", quotes=[evil]), mention("m1"),
    ])  # fmt: skip
    report = compose(found, dispute_map(found))
    for written in (as_text(report), page(report)):
        assert "A\ufffdB\ufffd" in written
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", written)
