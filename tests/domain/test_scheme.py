"""A scheme says what a mark can be, and is refused with the place of what is wrong in it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.scheme import FIELDS, Scheme


@pytest.fixture
def scheme():
    return Scheme.default()


def test_the_default_scheme_has_the_ids_other_programs_rely_on(scheme):
    assert list(scheme.labels) == [
        "claim", "denial", "evidence", "no_comment", "cue", "source_mention", "hedge",
    ]  # fmt: skip
    assert list(scheme.link_kinds) == [
        "denies", "supports", "undermines", "responds_to", "same_claim", "elaborates", "contradicts",
        "corroborates", "qualifies", "cites", "relates_to",
    ]  # fmt: skip
    assert scheme.proposition_link_kinds == (
        "contradicts", "alternative_to", "part_of", "supports", "undermines",
    )  # fmt: skip
    assert {label: row.stance for label, row in scheme.labels.items() if row.stance} == {
        "claim": "support",
        "denial": "deny",
        "no_comment": "comment",
    }


def test_every_preset_of_the_default_scheme_shows_what_there_is(scheme):
    for name in scheme.data["presets"]:
        preset = scheme.preset(name)
        assert set(preset.labels or ()) <= set(scheme.labels)
        assert set(preset.attributes or ()) <= set(scheme.attributes)
        assert set(preset.link_kinds or ()) <= set(scheme.link_kinds)
    assert [label.id for label in scheme.shown_labels()] == ["claim", "denial", "evidence"]
    assert "same_claim" in [kind.id for kind in scheme.shown_link_kinds()]


def test_an_unknown_preset_shows_everything(scheme):
    assert scheme.preset("none of these").labels is None


def test_keys_of_the_default_scheme_do_not_clash(scheme):
    assert len(set(scheme.keys.values())) == len(scheme.keys)
    assert set(scheme.colours) <= set(scheme.labels)


def test_a_link_kind_takes_only_the_ends_it_names(scheme):
    denies = scheme.link_kinds["denies"]
    assert denies.starts_at("denial")
    assert denies.ends_at("proposition")
    assert not denies.starts_at("evidence")
    assert not denies.ends_at("source")
    assert scheme.link_kinds["relates_to"].starts_at("anything")


def test_a_new_mark_starts_with_the_defaults_of_its_label(scheme):
    assert scheme.defaults("denial") == {"act": "state", "certainty": "certain", "denial_kind": ["content"]}
    assert scheme.defaults("cue") == {}


def test_a_mark_never_starts_with_what_is_no_value():
    rows = [
        {"id": "tone", "values": ["calm"], "default": "loud"},
        {"id": "kind", "values": ["a", "b"], "several": True, "default": ["b", "c"]},
        {"id": "place", "default": "anywhere"},
    ]
    scheme = Scheme({"labels": [{"id": "rumour"}], "attributes": rows})
    assert scheme.defaults("rumour") == {"kind": ["b"], "place": "anywhere"}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("mood", "glad", "attribute-unknown"),
        ("certainty", "sure", "attribute-value-unknown"),
        ("denial_kind", ["content", "tone"], "attribute-value-unknown"),
    ],
)
def test_a_value_the_scheme_does_not_know_is_refused(scheme, name, value, code):
    with pytest.raises(UserError, match=code):
        scheme.check_attribute("denial", name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("place", "any words"), ("denial_kind", ["source", "process"]), ("certainty", "possible")],
)
def test_a_value_the_scheme_knows_is_taken(scheme, name, value):
    scheme.check_attribute("denial", name, value)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"labels": {}}, "scheme-not-a-list"),
        ({"labels": ["claim"]}, "scheme-without-id"),
        ({"labels": [{"id": ""}]}, "scheme-without-id"),
        ({"labels": [{"id": "a"}, {"id": "a"}]}, "scheme-duplicate-id"),
        ({"labels": [{"id": "a", "stance": "maybe"}]}, "scheme-unknown-stance"),
        ({"link_kinds": [{"id": "k", "from": ["a"]}]}, "scheme-unknown-end"),
        ({"labels": [{"id": "a"}], "link_kinds": [{"id": "k", "to": ["a", "b"]}]}, "scheme-unknown-end"),
        ({"attributes": [{"id": "x", "on": ["a"]}]}, "scheme-unknown-label"),
        ({"labels": [{"id": "a"}, {"id": "b"}], "keys": {"a": "1", "b": "1"}}, "scheme-duplicate-key"),
        ({"version": 2**63}, "scheme-wrong-value"),
        ({"version": True}, "scheme-wrong-value"),
        ({"labels": None}, "scheme-not-a-list"),
        ({"labels": [{"id": "a", "name": 5}]}, "scheme-wrong-value"),
        ({"attributes": [{"id": "x", "values": 5}]}, "scheme-wrong-value"),
        ({"attributes": [{"id": "x", "default": {"a": 1}}]}, "scheme-wrong-value"),
        ({"link_kinds": [{"id": "k", "how": None}]}, "scheme-wrong-value"),
        ({"flags": "ours"}, "scheme-wrong-value"),
        ({"presets": {"mine": {"labels": 5}}}, "scheme-wrong-value"),
        ({"presets": {"mine": []}}, "scheme-wrong-value"),
        ({"colours": [["a", "red"]]}, "scheme-wrong-value"),
        ({"keys": {"a": ["1"]}}, "scheme-wrong-value"),
    ],
)
def test_a_scheme_with_an_error_is_refused(data, code):
    with pytest.raises(UserError, match=code):
        Scheme(data)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3) | st.just("id"), inner),
    max_leaves=5,
)


@given(data=st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=4), merge=st.booleans())
def test_whatever_a_scheme_line_holds_it_is_refused_or_can_be_read(data, merge):
    try:
        found = Scheme.default().merged(data) if merge else Scheme(data)
    except UserError:
        return
    assert found.labels.keys() >= {row["id"] for row in data.get("labels", ())}
    assert found.version >= 0
    for read in ("attributes", "link_kinds", "proposition_link_kinds", "source_kinds", "colours"):
        assert len(getattr(found, read)) >= len(set(map(str, data.get(read, ()))))
    for name in found.data.get("presets", {}):
        assert isinstance(found.preset(name).labels, tuple | None)


def test_a_key_that_is_taken_is_not_given_to_a_second_label(scheme):
    merged = scheme.merged({"labels": [{"id": "rumour"}], "keys": {"rumour": scheme.keys["claim"]}})
    assert "rumour" in merged.labels
    assert "rumour" not in merged.keys
    assert merged.keys["claim"] == scheme.keys["claim"]


def test_a_small_scheme_needs_only_ids():
    scheme = Scheme({"labels": [{"id": "a"}], "link_kinds": [{"id": "k"}], "attributes": [{"id": "x"}]})
    assert scheme.version == 1
    assert (scheme.labels["a"].name, scheme.labels["a"].letter) == ("a", "A")
    assert scheme.link_kinds["k"].passive == "k"
    assert scheme.attributes["x"].fits("a")


def test_merging_adds_what_is_new_and_keeps_what_is_there(scheme):
    merged = scheme.merged(
        {
            "labels": [{"id": "claim", "name": "Other"}, {"id": "rumour"}],
            "flags": ["implicit_source", "ours"],
            "colours": {"claim": "other", "rumour": "red"},
            "unknown": [1],
        }
    )
    assert merged.labels["claim"].name == scheme.labels["claim"].name
    assert list(merged.labels)[-1] == "rumour"
    assert merged.flags == (*scheme.flags, "ours")
    assert merged.colours["claim"] == scheme.colours["claim"]
    assert merged.colours["rumour"] == "red"
    assert merged.data["unknown"] == [1]


def test_merging_a_scheme_with_itself_changes_nothing(scheme):
    assert scheme.merged(scheme.data) == scheme


def test_merging_does_not_touch_the_scheme_it_starts_from(scheme):
    before = json.dumps(scheme.data)
    scheme.merged({"labels": [{"id": "rumour"}], "colours": {"rumour": "red"}})
    assert json.dumps(scheme.data) == before


IDS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=4)


@given(mine=IDS, theirs=IDS)
def test_merging_twice_is_merging_once(mine, theirs):
    first = Scheme({"labels": [{"id": one} for one in mine]})
    other = {"labels": [{"id": one} for one in theirs]}
    merged = first.merged(other)
    assert merged.merged(other) == merged
    assert list(merged.labels) == list(dict.fromkeys([*mine, *theirs]))
