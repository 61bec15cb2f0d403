"""Proposals of reported speech: what rules find in an article, and what they leave alone."""

import json
import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.proposing import RuleBook, rule_book
from annotator.domain.resources import resource
from tests.domain.proposals import proposed, said

SAMPLES = ("tolvar-dam.txt", "commission.txt", "photograph.txt")


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


@pytest.mark.parametrize("state", ["Norway", "Saudi Arabia", "North Korea"])
def test_a_country_that_speaks_is_a_state(state):
    (one,) = proposed(f"The harbour was shut. {state} denied that the gates were open.")
    assert one.source == (state, "state", None)


def test_somebody_with_a_title_who_is_called_like_a_country_is_a_person():
    (one,) = proposed("The harbour was shut. Mr. Jordan denied that the gates were open.")
    assert one.source == ("Jordan", "person", None)


def test_a_quotation_in_two_pieces_is_one_proposal():
    assert said("“We will rebuild,” Prime Minister Ana Korr said, “and we will do it soon.”") == [
        ("quote-who-quote", "Ana Korr", "We will rebuild … and we will do it soon")
    ]


def test_a_quotation_that_goes_on_in_a_sentence_of_its_own_keeps_its_speaker():
    text = "“The gates were shut,” Pavel Drum said on Monday. “They always are.”"
    assert said(text)[1] == ("quote-goes-on", "Pavel Drum", "They always are")


def test_a_long_text_is_looked_through_without_a_copy_of_it():
    text = "The bridge 🌉 was closed, said the mayor of the town.\n" * 20_000
    search = rule_book().propose(text)
    next(search)
    search.close()
    tracemalloc.start()
    next(rule_book().propose(text))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < len(text) // 4


def test_he_and_she_are_the_person_named_last_and_that_is_called_a_guess():
    text = "Lene Abbot said the picture was old. “It shows the dam,” she said."
    assert said(text)[1] == ("quote-he-said", "Lene Abbot", "It shows the dam")
    assert [one.is_lower for one in proposed(text)] == [False, True]


def test_only_what_ends_with_who_said_it_is_said_without_quotation_marks():
    assert said("The gates were shut, said Pavel Drum on Monday.") == [
        ("content-said-who", "Pavel Drum", "The gates were shut")
    ]
    assert said("The gates were shut, said Drum, who had seen it.") == []
    assert said("He asked who was there, said nothing.") == []


def test_nobody_is_guessed_where_nobody_was_named():
    assert [one.source for one in proposed("The dam broke. “It was old,” he said.")] == [None]


def test_a_surname_finds_the_full_name_and_an_acronym_its_institute():
    text = (
        "Joran Pell wrote the study. The Northern River Institute (NRI) printed it.\n"
        "Pell said that the dam was open. The NRI said that it was sure."
    )
    assert [who for _, who, _ in said(text)] == ["Joran Pell", "Northern River Institute"]


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
    ("text", "rule", "who", "words"),
    [
        (
            "The minister neither confirmed nor denied the report of open gates.",
            "neither-confirmed",
            "minister",
            "neither confirmed nor denied the report of open gates",
        ),
        (
            "Pavel Drum spoke. He could neither confirm nor deny the report.",
            "he-neither-confirmed",
            "Pavel Drum",
            "could neither confirm nor deny the report",
        ),
        (
            "Neither Moss nor the mayor of Brenn would comment on the log.",
            "neither-nor-silent",
            None,
            "Neither Moss nor the mayor of Brenn would comment on the log",
        ),
        (
            "The dyke was breached, as reported by the Courier.",
            "content-reported-by",
            "Courier",
            "The dyke was breached",
        ),
        (
            "As first reported by the Meridian Courier, the dyke was breached in March.",
            "reported-by",
            "Meridian Courier",
            "the dyke was breached in March",
        ),
        (
            "The dyke, as first reported by the Courier on Monday, was breached.",
            "reported-by-inside",
            "Courier",
            "The dyke … was breached",
        ),
        (
            "In the words of Pavel Drum, the session was “a puppet show”.",
            "in-the-words-of",
            "Pavel Drum",
            "the session was “a puppet show”",
        ),
        (
            "The session was, in the words of Drum, “a puppet show”.",
            "in-the-words-of-inside",
            "Drum",
            "The session was … a puppet show",
        ),
        (
            "The session was a puppet show, in the words of Mayor Dita Rehn.",
            "content-in-the-words-of",
            "Dita Rehn",
            "The session was a puppet show",
        ),
        (
            "It was flatly denied by Pavel Drum that the gates were open on Monday.",
            "it-was-denied",
            "Pavel Drum",
            "was flatly denied … that the gates were open on Monday",
        ),
        (
            "The allegation that the gates were open was strongly rejected by Drum on Monday.",
            "was-denied-by",
            "Drum",
            "The allegation that the gates were open was strongly rejected",
        ),
        (
            "That was denied by the mayor of Brenn, Dita Rehn.",
            "was-denied-by",
            "Dita Rehn",
            "That was denied",
        ),
    ],
)
def test_silence_reports_and_denials_in_other_forms(text, rule, who, words):
    assert said(text) == [(rule, who, words)]


def test_neither_nor_leaves_it_to_the_analyst_which_of_the_two_it_is():
    text = "Neither the council nor Drum replied to questions."
    (one,) = proposed(text)
    assert one.source is None
    assert [text[a:b] for a, b in one.mention] == ["Neither the council nor Drum"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Small wonder the mayor said that the gates were shut.", "mayor"),
        ("Small wonder, then, that the mayor said the gates were shut.", "mayor"),
        ("No wonder the minister denied the report of open gates.", "minister"),
        ("Yesterday Drum said that the gates were shut.", "Drum"),
        ("Weeks later the mayor said that the gates were shut.", "mayor"),
        ("Residents of Brenn said that the gates were shut.", "residents of Brenn"),
        ("Residents near the harbour said that the gates were shut.", "residents near the harbour"),
        ("Further reports said that the gates were shut.", "Further reports"),
        ("Ministry of Defence said that the gates were shut.", "Ministry of Defence"),
        ("Brown said that the gates were shut.", "Brown"),
        ("The river was brown. Mayor Tom Brown spoke. Brown said that the gates were shut.", "Tom Brown"),
        ("The river was brown, said Brown. Brown said that the gates were shut.", "Brown"),
    ],
)
def test_a_capital_that_only_begins_the_sentence_is_no_part_of_a_name(text, who):
    assert said(text)[-1][1] == who


@pytest.mark.parametrize(
    "text",
    [
        "Small wonder said that it was done.",
        "Rumour says the gates were shut.",
        "History says that the gates were shut.",
        "Experience suggests that the gates were shut.",
        "Common sense says that the gates were shut.",
        "Some called it pressure. Pressure said that the gates were shut.",
        "Neither the mayor nor the council said that the gates were open.",
        "Neither Moss nor Drum denied the report.",
        "Access was denied by the guards.",
        "The request for bail was denied by the court.",
        "The goal was disputed by both teams.",
        "He was quoted a price of three crowns.",
        "In the words of the song, never mind.",
    ],
)
def test_no_source_is_made_of_words_that_name_nobody(text):
    assert [one for one in proposed(text) if one.source] == []


ORDINARY = """
Small wonder that the harbour was empty by noon. Rain had fallen since Monday, and the ferries lay
at the pier with their lights out. Nobody had told the passengers anything. A boy sold coffee from a
cart, as his father had done before him, and the price had risen again. Last week the same cup cost
two crowns.

Brenn lies on the lower river, forty kilometres from the sea. Its streets were laid out by engineers
who thought in straight lines. The old dyke was rejected by nobody's memory; children still walk
along it to school. As planned by the architects, the new bridge opens in May. In the words of the
old song, the river gives and takes.

The storm claimed eleven roofs and one chimney. Insurance firms noted the damage street by street.
The market reported brisk business all the same, and the baker announced a new oven. Neither the
school nor the library opened on Tuesday. Entry was denied by a locked gate, and the key was found
neither in the office nor at home.

Great plans had been made. They were described by hand on large sheets of paper, and stated the
height of every wall. History repeats itself here. The gauge at the mill points to four metres, and
it says so in red paint. Fresh snow fell at night. Good news travels slowly on this coast.
"""


def test_a_page_of_ordinary_prose_gets_no_proposal():
    assert said(ORDINARY) == []


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
        denials = sum(one.rule.label == "denial" for one in found)
        counted[path.name[:3]] = (len(found), sum(one.source is not None for one in found), denials)
        assert all(text[start:end] == text[start:end].strip() for one in found for start, end in one.spans)
    assert counted == {"000": (32, 29, 8), "003": (7, 7, 1)}


NOISE = st.text(alphabet="Aa .,“”\"'|\n", max_size=3)
SAYING = [
    ["Ann Lee ", "The ministry "],
    ["said ", "denied "],
    ["that ", "“"],
    ["the gate was open", "it"],
    [".", ",”"],
]
PIECES = [st.tuples(st.sampled_from(words), NOISE).map("".join) for words in SAYING]
SENTENCES = st.tuples(*PIECES).map("".join)


@given(st.lists(NOISE | SENTENCES, max_size=6).map("".join))
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
