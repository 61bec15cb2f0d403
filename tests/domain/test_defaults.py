"""What a new mark starts with, what rules propose, and which links fit."""

import pytest

from annotator.domain.cues import cue_words
from annotator.domain.defaults import (
    Hedges,
    check_link,
    default_attributes,
    default_stance,
    hedges,
    proposals,
)
from annotator.domain.errors import UserError
from annotator.domain.handles import handle, numbered, parse_handle
from annotator.domain.scheme import Scheme
from annotator.domain.spans import Span

SCHEME = Scheme.default()


def proposed(text: str, words: str, label: str = "claim") -> tuple[dict[str, str], dict[str, str]]:
    start = text.index(words)
    span = Span(start, start + len(words))
    return proposals(SCHEME, label, text, [span], cue_words(), hedges().left(text, [span]))


def test_a_new_mark_takes_the_most_frequent_values_and_knows_they_were_defaults() -> None:
    values, origins = default_attributes(SCHEME, "denial")
    assert values == {"act": "state", "certainty": "certain", "denial_kind": ["content"]}
    assert set(origins.values()) == {"default"}
    assert origins.keys() == values.keys()


def test_what_is_computed_is_never_a_default() -> None:
    data = SCHEME.data | {"attributes": [{"id": "quote", "computed": True, "default": "indirect"}]}
    assert default_attributes(Scheme(data), "claim") == ({}, {})


@pytest.mark.parametrize(
    ("label", "act", "stance"),
    [
        ("claim", "state", "support"),
        ("claim", "ask", "query"),
        ("denial", None, "deny"),
        ("no_comment", "refuse", "comment"),
        ("no_comment", "ask", "comment"),
        ("evidence", None, "support"),
        ("unheard_of", None, "support"),
    ],
)
def test_the_stance_follows_from_label_and_act(label: str, act: str | None, stance: str) -> None:
    assert default_stance(SCHEME, label, {"act": act} if act else {}) == stance


@pytest.mark.parametrize(
    ("kind", "origin", "target", "reason"),
    [
        ("denies", "denial", "claim", None),
        ("undermines", "exhibit", "source", None),
        ("relates_to", "cue", "source", None),
        ("denies", "evidence", "claim", "link-origin-refused"),
        ("denies", "denial", "source", "link-target-refused"),
        ("echoes", "claim", "claim", "link-kind-unknown"),
    ],
)
def test_a_link_fits_both_ends_or_says_which_one_refuses(
    kind: str, origin: str, target: str, reason: str | None
) -> None:
    if reason is None:
        check_link(SCHEME, kind, origin, target)
        return
    with pytest.raises(UserError) as refused:
        check_link(SCHEME, kind, origin, target)
    assert refused.value.code == reason


@pytest.mark.parametrize(
    ("text", "words", "act"),
    [
        ("Officials alleged that the works sold pumps.", "the works sold pumps", "allege"),
        ("“The works sold pumps,” an engineer of the Institute conceded.", "The works sold pumps", "concede"),
        ("The works sold pumps. The minister conceded nothing.", "The works sold pumps", None),
        ("He conceded it in May. The works sold pumps.", "The works sold pumps", None),
        ("He said the works sold pumps.", "the works sold pumps", None),
        ("He said the critics alleged a sale of pumps.", "the critics alleged a sale of pumps", None),
    ],
)
def test_the_cue_beside_the_content_proposes_its_act(text: str, words: str, act: str | None) -> None:
    values, origins = proposed(text, words)
    assert values.get("act") == act
    assert origins.get("act") == ("rule:cue@1" if act else None)


def test_a_denial_may_hold_its_own_cue() -> None:
    assert proposed("The works denied selling pumps.", "denied selling pumps", "denial")[0]["act"] == "deny"


@pytest.mark.parametrize(
    ("words", "certainty"),
    [
        ("the pumps may have come from Varna", "possible"),
        ("the pumps came from Varna in May", None),
        ("the pumps most likely came from Varna", "probable"),
        ("whether the pumps could have come from Varna", "uncommitted"),
        ("the mayor sold pumps", None),
        ("that could not be the case", None),
        ("it was not  possible", None),
        ("it could not rule out a sale of pumps", "possible"),
        ("that could not be ruled out", "possible"),
        ("that could not be, and perhaps was", "possible"),
        ("that might not be the case", "possible"),
    ],
)
def test_a_hedge_in_the_content_proposes_the_least_certainty(words: str, certainty: str | None) -> None:
    values, origins = proposed(f"He said {words}.", words)
    assert values == ({"certainty": certainty} if certainty else {})
    assert origins == ({"certainty": "rule:hedge@1"} if certainty else {})


def test_nothing_is_proposed_that_the_label_does_not_carry() -> None:
    assert proposed("The works may not have answered.", "may not have answered", "no_comment") == ({}, {})
    assert proposals(SCHEME, "claim", "", [], cue_words(), hedges().left("", [])) == ({}, {})


def test_handles_are_short_and_read_back_as_they_are_said() -> None:
    assert [handle("article", 7), handle("proposition", 12), handle("source", 3)] == ["A7", "C12", "S3"]
    assert parse_handle(" m41 ") == ("mark", 41)
    assert [parse_handle(text) for text in ("M0", "M", "41", "X1", "M٤", "M4 1")] == [None] * 6
    assert numbered(["b", "c", "a"]) == {"a": 1, "b": 2, "c": 3}


def test_words_with_the_weakest_hedge_are_read_no_further(monkeypatch):
    read = []
    monkeypatch.setattr(Hedges, "_weakens", lambda self, form: not read.append(form))
    weakening = Hedges({"low": ("might",), "medium": ("likely",)})
    assert weakening.weakest("It is likely. " + "It might be. " * 1_000) == "low"
    assert read == ["might"]
