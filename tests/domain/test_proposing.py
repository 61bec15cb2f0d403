"""Proposals of reported speech: what rules find in an article, and what they leave alone."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.proposing import Proposal, RuleBook, rule_book
from annotator.domain.resources import resource

SAMPLES = ("tolvar-dam.txt", "commission.txt", "photograph.txt")


def proposed(text: str) -> list[Proposal]:
    return [one for found in rule_book().propose(text) for one in found]


def said(text: str) -> list[tuple[str, str | None, str]]:
    """(rule, who, words) of every proposal; pieces are joined by an ellipsis."""
    return [
        (
            one.rule.name,
            one.source.name if one.source else None,
            " … ".join(text[start:end] for start, end in one.spans),
        )
        for one in proposed(text)
    ]


@pytest.mark.parametrize("rule", rule_book().rules, ids=lambda rule: rule.name)
def test_every_rule_finds_its_own_example(rule):
    before = "Pavel Drum spoke. " if rule.is_lower else ""
    assert rule.name in [name for name, _, _ in said(before + rule.example)]


def test_a_quotation_is_proposed_without_its_marks_for_the_speaker_named_behind_it():
    text = "“The log was written by the people it protects,” the mayor of Brenn, Dita Rehn, told the Gazette."
    (one,) = proposed(text)
    assert text[slice(*one.spans[0])] == "The log was written by the people it protects"
    assert one.source == ("Dita Rehn", "person", "mayor of Brenn")
    assert [text[a:b] for a, b in one.cue] == ["told"]
    assert [text[a:b] for a, b in one.mention] == ["the mayor of Brenn, Dita Rehn"]


def test_a_quotation_in_two_pieces_is_one_proposal():
    assert said("“We will rebuild,” Prime Minister Ana Korr said, “and we will do it soon.”") == [
        ("quote-who-quote", "Ana Korr", "We will rebuild … and we will do it soon")
    ]


def test_a_quotation_that_goes_on_in_a_sentence_of_its_own_keeps_its_speaker():
    text = "“The gates were shut,” Pavel Drum said on Monday. “They always are.”"
    assert said(text)[1] == ("quote-goes-on", "Pavel Drum", "They always are")


def test_he_and_she_are_the_person_named_last_and_that_is_called_a_guess():
    text = "Lene Abbot said the picture was old. “It shows the dam,” she said."
    assert said(text)[1] == ("quote-he-said", "Lene Abbot", "It shows the dam")
    assert [one.is_lower for one in proposed(text)] == [False, True]


def test_nobody_is_guessed_where_nobody_was_named():
    assert [one.source for one in proposed("The dam broke. “It was old,” he said.")] == [None]


def test_a_surname_finds_the_full_name_and_an_acronym_its_institute():
    text = (
        "Joran Pell wrote the study. The Northern River Institute (NRI) printed it.\n"
        "Pell said that the dam was open. The NRI said that it was sure."
    )
    assert [who for _, who, _ in said(text)] == ["Joran Pell", "Northern River Institute"]


def test_a_denial_holds_the_verb_with_what_it_denies_and_ends_before_the_next_one():
    text = "TOLVAR -- Marvenia on Monday rejected a report in the Courier and pointed instead to a dyke."
    (one,) = proposed(text)
    assert one.rule.label == "denial"
    assert said(text) == [("denied", "Marvenia", "rejected a report in the Courier")]


def test_silence_is_no_denial():
    (one,) = proposed("Moscow has not commented on the report.")
    assert (one.rule.label, one.source.name) == ("no_comment", "Moscow")


def test_a_pronoun_that_belongs_to_the_content():
    assert said("Edran Moss said that was out of the question.")[0][2] == "that was out of the question"
    text = "Olle Brandvik said that “will not happen” as long as the commission sits."
    assert said(text)[0][2].startswith("that “will not happen”")


def test_what_stands_before_the_place_and_date_of_a_report_is_no_content():
    text = "BRENN, March 24 — A photograph of gates was taken two years earlier, Plumbline said on Sunday."
    assert said(text)[0][2] == "A photograph of gates was taken two years earlier"


def test_described_people_are_named_by_their_description():
    text = "A security official who asked not to be named said the log had been lost."
    assert proposed(text)[0].source == ("security official", "anonymous", None)


def test_words_for_something_named_before_are_a_mention_of_nobody():
    (one,) = proposed("The company also said the report was “insulting”.")
    assert one.source is None
    assert one.mention


@pytest.mark.parametrize(
    "text",
    [
        "The storm claimed the lives of three people.",
        "The bank reported a profit of $3 billion.",
        "The team announced the signing on Monday.",
        "The dam, built in 1950, is said to be safe.",
        "He was told that the dam had failed.",
        "Police denied entry to reporters on Tuesday.",
        "She believes in the project.",
        "Note the report, the claim and the answer.",
        "The minister did not deny it.",
        "A study “of sorts” was printed.",
        "",
        "\n\n",
    ],
)
def test_words_that_only_look_like_reported_speech_are_left_alone(text):
    assert said(text) == []


def test_proposals_of_one_article_never_overlap():
    for name in SAMPLES:
        text = resource("sample", name).read_text(encoding="utf-8")
        spans = sorted(span for one in proposed(text) for span in one.spans)
        assert all(before.end <= after.start for before, after in pairwise(spans))


def test_the_articles_beside_the_project_get_the_proposals_that_were_judged_by_reading(shared: Path):
    counted = {}
    for path in sorted((shared / "articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found = proposed(text)
        counted[path.name[:3]] = (len(found), sum(one.source is not None for one in found))
        assert all(text[start:end] == text[start:end].strip() for one in found for start, end in one.spans)
    assert counted == {"000": (32, 29), "003": (7, 7)}


@given(st.text(alphabet="Aa .,“”\"'said that he\n|", max_size=200))
def test_every_proposal_lies_in_the_text_whatever_it_is(text):
    for one in proposed(text):
        assert all(0 <= start < end <= len(text) for start, end in (*one.spans, *one.cue, *one.mention))


def test_the_day_on_which_it_was_said_is_no_content():
    assert said("Jan Holt said Monday the alliance was ready.")[0][2] == "the alliance was ready"


def test_a_short_description_names_somebody_and_a_title_is_no_part_of_a_name():
    assert said("The harbour office said that the lamps were lit.")[0][1] == "harbour office"
    (one,) = proposed("Owner Ruth Aal denied the report.")
    assert one.source == ("Ruth Aal", "person", "Owner")


def test_a_pattern_that_cannot_be_read_is_refused_with_the_name_of_its_rule():
    data = json.loads(resource("rules", "en.json").read_text(encoding="utf-8"))
    data["rules"][0]["pattern"] = ["(unclosed"]
    with pytest.raises(UserError) as refused:
        RuleBook.from_data(data)
    assert refused.value.code == "rules-broken"
    assert refused.value.details["rule"] == data["rules"][0]["name"]
