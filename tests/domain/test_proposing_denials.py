"""Denials among the proposals: who says that it is not so, and what only sounds like it."""

import pytest

from tests.domain.proposals import proposed, said


def test_a_denial_holds_the_verb_with_what_it_denies_and_ends_before_the_next_one():
    text = "TOLVAR -- Marvenia on Monday rejected a report in the Courier and pointed instead to a dyke."
    (one,) = proposed(text)
    assert one.rule.label == "denial"
    assert said(text) == [("denied", "Marvenia", "rejected a report in the Courier")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Drum insisted that could not be the case.", "that could not be the case"),
        ("Drum said this was not true.", "this was not true"),
        ("Drum told reporters that’s not true.", "that’s not true"),
        ("Drum told the council that this wasn’t so.", "this wasn’t so"),
        (
            "Drum said it is not the case that the gates were open.",
            "it is not the case that the gates were open",
        ),
        ("Drum said it was untrue that the gates were open.", "it was untrue that the gates were open"),
        ("Drum said he believed the report was bogus.", "he believed the report was bogus"),
        ("Drum told reporters this was not true.", "this was not true"),
        ("Drum insisted such reports were baseless.", "such reports were baseless"),
        (
            "Drum said the Gazette’s story is a complete fabrication.",
            "the Gazette’s story is a complete fabrication",
        ),
        (
            "Drum said reports that the gates were open were false.",
            "reports that the gates were open were false",
        ),
        ("Drum said there was no truth in the report.", "there was no truth in the report"),
        ("Drum said that simply never happened.", "that simply never happened"),
        ("Drum said that “could not happen”.", "that “could not happen”"),
        ("“That is not true,” Drum told the Gazette.", "That is not true"),
        ("“No, it could never have happened,” Drum said.", "No, it could never have happened"),
        ("It is not true that the gates were open, Drum said.", "It is not true that the gates were open"),
        ("That is untrue, said Drum.", "That is untrue"),
        (
            "It is not true that the gates were open, said Drum on Monday.",
            "It is not true that the gates were open",
        ),
        ("That, Drum said, was not the case.", "That … was not the case"),
        ("According to Drum, that is not true.", "that is not true"),
    ],
)
def test_who_says_that_it_is_not_so_denies(text, words):
    assert said(text) == [("said-not-so", "Drum", words)]
    assert [one.rule.label for one in proposed(text)] == ["denial"]


@pytest.mark.parametrize(
    "words",
    [
        "it could not rule out an attack",
        "it could not be reached for comment",
        "that could not be excluded",
        "it was not clear whether the gates were open",
        "it was not possible to verify the report",
        "it would not happen again",
        "it was not right to blame the crew",
        "this was not the first time",
        "the report was not finished",
        "the report could not be confirmed",
        "the claims were not without merit",
        "the statement was not a lie",
        "it may not be true",
        "there was no evidence that the gates were open",
    ],
)
def test_not_every_no_is_a_denial(words):
    (one,) = proposed(f"Drum said {words}.")
    assert said(f"Drum said {words}.") == [("who-said", "Drum", words)]
    assert one.rule.label == "claim"


@pytest.mark.parametrize(
    "words",
    [
        "its crews “have never before and do not now have anything to do with” the pumps of a neighbour",
        "it had nothing to do with the flood",
        "Marvenia had nothing whatsoever to do with the flood",
        "Marvenia has never supplied pumps to Lowen or to anyone near it",
        "Marvenia had never attacked the dam",
        "we have never knowingly sold pumps to anyone",
        "he never threatened the crew",
        "he did not steal the log",
        "he hadn’t leaked the log",
        "its engineers have not tampered with the gauges",
        "he had no direct ties to the government of Lowen",
        "she had no part in the sale",
    ],
)
def test_who_says_that_they_never_did_it_denies(words):
    (one,) = proposed(f"Drum said {words}.")
    assert (one.rule.name, one.rule.label) == ("said-never-did", "denial")


@pytest.mark.parametrize(
    "text",
    [
        "“Marvenia has never supplied pumps to Lowen,” he said.",
        "“I don’t have any secret links to the council,” he said.",
        "“No, we never sold pumps to Lowen,” he said.",
        "“I’ve never forged a log,” he said.",
    ],
)
def test_a_quotation_that_says_so_denies(text):
    (_, one) = proposed(f"Pavel Drum said the picture was old. {text}")
    assert (one.rule.name, one.rule.label) == ("said-never-did", "denial")


@pytest.mark.parametrize(
    "words",
    [
        "the lake had never been higher",
        "never before had Marvenia sold so many pumps",
        "Marvenia had never before sold pumps to Lowen",
        "Marvenia has never sold more pumps to Lowen",
        "Marvenia has never been so close to war",
        "Marvenia had never supplied the pumps it had promised",
        "Marvenia had never paid for the pumps",
        "they had never supplied pumps in time",
        "it had not shipped the pumps yet",
        "it had not attacked because of the weather",
        "it did not sell enough pumps",
        "it does not sell pumps on Sunday",
        "it had not targeted a date for the opening",
        "it had not shipped any pumps that month",
        "he had never seen such a flood",
        "she had not been told",
        "the firm was not ready",
        "the name of the dam had nothing to do with water",
        "it had no links in the chain to mend",
        "he did not know",
        "Sharks had never attacked swimmers there",
        "the auditors had never been sent the log",
        "it had never rained like this",
        "we have never needed help like this",
    ],
)
def test_not_every_never_is_a_denial(words):
    labels = [one.rule.label for one in proposed(f"Drum said {words}.")]
    labels += [one.rule.label for one in proposed(f"“{words[0].upper()}{words[1:]},” Drum said.")]
    assert "denial" not in labels
    assert "claim" in labels


def test_somebody_of_whom_it_is_a_guess_denies_too():
    (_, one) = proposed("Lene Abbot said the picture was old. “That is not true,” she said.")
    assert (one.rule.name, one.source.name, one.is_lower) == ("said-not-so", "Lene Abbot", True)


def test_the_words_before_that_name_no_denial_of_what_follows_it():
    text = "Drum told reporters who had gathered there that the gates were shut."
    assert said(text) == [("who-said-that", "Drum", "the gates were shut")]
    text = "Drum reiterated the claim that the gates were open."
    assert said(text) == [("who-said-that", "Drum", "the gates were open")]


def test_silence_is_no_denial():
    (one,) = proposed("Moscow has not commented on the report.")
    assert (one.rule.label, one.source.name) == ("no_comment", "Moscow")
