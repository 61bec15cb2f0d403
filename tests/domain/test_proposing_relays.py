"""Words that come through somebody, among the proposals."""

import pytest

from tests.domain.proposals import proposed, said


@pytest.mark.parametrize(
    ("text", "rule", "who", "relay", "words"),
    [
        (
            "The Gazette reported that Pavel Drum said: “The gates were shut.”",
            "who-said-who-said-quote",
            "Pavel Drum",
            "Gazette",
            "The gates were shut",
        ),
        (
            "Moss said Drum told the council: “The gates were shut.”",
            "who-said-who-said-quote",
            "Drum",
            "Moss",
            "The gates were shut",
        ),
        (
            "Edran Moss said that Drum had told him that the gates were shut.",
            "who-said-who-said-that",
            "Drum",
            "Edran Moss",
            "the gates were shut",
        ),
        (
            "The Gazette reported on Monday that the mayor said the gates were shut.",
            "who-said-who-said",
            "mayor",
            "Gazette",
            "the gates were shut",
        ),
        (
            "Drum was quoted by the Gazette as saying that the gates were shut.",
            "who-was-quoted",
            "Drum",
            "Gazette",
            "the gates were shut",
        ),
        (
            "“The gates were shut,” Drum was quoted as saying.",
            "quote-who-was-quoted",
            "Drum",
            None,
            "The gates were shut",
        ),
    ],
)
def test_who_passes_words_on_is_the_relay_of_who_said_them(text, rule, who, relay, words):
    (one,) = proposed(text)
    assert said(text) == [(rule, who, words)]
    assert (one.relay.source.name if one.relay else None) == relay


def test_a_relay_keeps_the_words_that_name_it_and_say_so():
    text = "The Gazette reported that Pavel Drum said: “The gates were shut.”"
    (one,) = proposed(text)
    assert [text[a:b] for a, b in one.cue] == ["said"]
    assert [text[a:b] for a, b in (*one.relay.cue, *one.relay.mention)] == ["reported", "The Gazette"]


def test_what_a_person_says_of_words_of_nobody_known_stays_whole():
    text = "Moss said that his minister said “never again” to the council."
    assert said(text) == [("who-said-that", "Moss", "his minister said “never again” to the council")]
