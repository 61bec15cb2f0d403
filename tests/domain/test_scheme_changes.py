"""A scheme is changed by whole changes, each saying what the rows that use it need."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.messages import SENTENCES
from annotator.domain.scheme import Scheme
from annotator.domain.scheme_changes import (
    AttributeRemoval,
    EndsLeft,
    KindMove,
    KindsLeft,
    LabelsLeft,
    Relabelling,
    ValueMove,
    add_preset,
    delete_preset,
    rename,
    reorder,
    set_codebook,
    show,
)
from annotator.domain.scheme_files import merge_scheme, replace_scheme
from annotator.domain.scheme_kinds import add_kind, delete_kind, merge_kinds, set_ends, set_passive
from annotator.domain.scheme_labels import add_label, delete_label, merge_labels, split_label
from annotator.domain.scheme_signs import set_colour, set_key, set_letter
from annotator.domain.scheme_values import (
    add_attribute,
    add_value,
    delete_attribute,
    delete_value,
    merge_values,
    rename_value,
    reorder_value,
    set_default,
    set_labels,
)
from tests.domain.scheme_edits import COLOURS, some_change


@pytest.fixture
def scheme():
    return Scheme.default()


def refused(code, act):
    with pytest.raises(UserError) as caught:
        act()
    assert caught.value.code == code
    assert code in SENTENCES
    return caught.value.details


def test_a_rename_changes_the_name_and_nothing_else(scheme):
    after = rename(scheme, "labels", "claim", "  Assertion ").scheme
    assert after.labels["claim"].name == "Assertion"
    assert after.version == scheme.version
    assert {**after.data, "labels": scheme.data["labels"]} == scheme.data


def test_a_change_leaves_the_scheme_it_starts_from_as_it_was(scheme):
    before = json.dumps(scheme.data)
    merge_labels(scheme, "no_comment", "claim")
    set_ends(scheme, "denies", "from", ["denial"])
    add_label(scheme, "Rumour", like="claim", colours=COLOURS)
    delete_value(scheme, "act", "argue")
    assert json.dumps(scheme.data) == before


def test_a_definition_raises_the_version_and_is_noted_with_its_label(scheme):
    after = set_codebook(scheme, "labels", "denial", "Only what answers something.").scheme
    assert after.version == scheme.version + 1
    assert after.labels["denial"].since == after.version
    assert after.labels["claim"].since == 0


def test_a_mended_comma_or_another_look_raises_no_version(scheme):
    for change in (
        set_codebook(scheme, "labels", "denial", "A comma, mended.", is_definition=False),
        set_colour(scheme, "denial", "rose", COLOURS),
        set_key(scheme, "denial", "8"),
        set_letter(scheme, "denial", "X"),
        reorder(scheme, "labels", "denial", 0),
        show(scheme, "quick", "labels", "denial", is_shown=False),
    ):
        assert change.scheme.version == scheme.version
        assert change.scheme.labels["denial"].since == 0
        assert not change.touches_rows


def test_two_things_are_never_called_the_same(scheme):
    refused("scheme-name-taken", lambda: rename(scheme, "labels", "claim", "DENIAL"))
    refused("scheme-name-taken", lambda: add_label(scheme, "claim"))
    refused("scheme-name-missing", lambda: add_kind(scheme, " "))


def test_a_key_is_refused_with_the_name_of_who_has_it(scheme):
    assert refused("scheme-key-taken", lambda: set_key(scheme, "claim", "2"))["owner"] == "Denial"
    assert refused("scheme-key-taken", lambda: set_key(scheme, "claim", "d"))["owner"] == "denies"
    actions = {"F": "Select from word to word", "Shift+N": "Previous mark"}
    assert (
        refused("scheme-key-taken", lambda: set_key(scheme, "claim", "F", actions))["owner"] == actions["F"]
    )
    assert refused("scheme-key-taken", lambda: set_key(scheme, "cites", "N", actions))["key"] == "N"
    refused("scheme-key-unfit", lambda: set_key(scheme, "claim", "F5"))
    assert set_key(scheme, "claim", "").scheme.keys.get("claim") is None
    assert set_key(scheme, "claim", "b", actions).scheme.keys["claim"] == "B"


def test_a_letter_and_a_colour_are_refused_with_the_name_of_who_has_them(scheme):
    assert refused("scheme-letter-taken", lambda: set_letter(scheme, "claim", "d"))["owner"] == "Denial"
    refused("scheme-letter-unfit", lambda: set_letter(scheme, "claim", "Cl"))
    found = refused("scheme-colour-taken", lambda: set_colour(scheme, "claim", "green", COLOURS))
    assert (found["owner"], found["free"]) == ("Evidence", ["rose"])
    refused("scheme-colour-unknown", lambda: set_colour(scheme, "claim", "pink", COLOURS))


def test_a_colour_may_come_twice_once_there_is_no_other(scheme):
    full = set_colour(scheme, "claim", "rose", COLOURS).scheme
    full = add_label(full, "Rumour", colours=COLOURS).scheme
    assert full.colours["rumour"] == "blue"
    full = add_label(full, "Rebuttal", colours=COLOURS).scheme
    assert "rebuttal" not in full.colours
    assert set_colour(full, "rebuttal", "blue", COLOURS).scheme.colours["rebuttal"] == "blue"


def test_a_new_label_has_a_free_letter_and_colour_and_is_shown(scheme):
    after = add_label(scheme, "Rumour", like="claim", colours=COLOURS).scheme
    assert after.labels["rumour"].letter == "R"
    assert after.labels["rumour"].stance == "support"
    assert after.colours["rumour"] == "rose"
    assert [label.id for label in after.shown_labels()] == ["claim", "rumour", "denial", "evidence"]
    assert "rumour" not in (after.preset("analyst").labels or ())
    assert "rumour" in (after.preset("corpus").labels or ())
    assert after.link_kinds["denies"].ends_at("rumour")
    assert after.attributes["certainty"].fits("rumour")
    assert not add_label(scheme, "Rumour").scheme.attributes["certainty"].fits("rumour")


def test_an_id_is_never_that_of_another_row_or_of_a_table(scheme):
    assert "source_2" in add_label(scheme, "Source").scheme.labels
    assert "denies_2" in add_label(scheme, "Denies").scheme.labels
    assert "слух" in add_label(scheme, "Слух").scheme.labels
    assert "new" in add_label(scheme, "?!").scheme.labels


def test_merged_labels_keep_what_was_allowed_to_either(scheme):
    change = merge_labels(scheme, "no_comment", "evidence")
    assert change.moves == (Relabelling("no_comment", "evidence"),)
    after = change.scheme
    assert "no_comment" not in json.dumps(after.data)
    assert after.link_kinds["responds_to"].origins == ("claim", "denial", "evidence")
    assert after.attributes["quote"].labels == ("claim", "denial", "evidence")
    assert "4" not in after.keys.values()
    refused("scheme-merge-itself", lambda: merge_labels(scheme, "claim", "claim"))


def test_a_label_goes_only_where_no_mark_has_it(scheme):
    change = delete_label(scheme, "hedge")
    assert change.demands == (LabelsLeft(tuple(label for label in scheme.labels if label != "hedge")),)
    refused("scheme-last-label", lambda: delete_label(Scheme({"labels": [{"id": "a"}]}), "a"))


def test_a_split_label_takes_its_marks_and_its_ends_with_it(scheme):
    change = split_label(scheme, "denial", "Evasion", ["m1", "m2"], COLOURS)
    assert change.moves == (Relabelling("denial", "evasion", ("m1", "m2")),)
    assert list(change.scheme.labels)[2] == "evasion"
    assert change.scheme.link_kinds["denies"].starts_at("evasion")
    assert change.scheme.attributes["denial_kind"].fits("evasion")
    assert change.scheme.labels["evasion"].stance == "deny"
    refused("scheme-split-nothing", lambda: split_label(scheme, "denial", "Evasion", []))


def test_values_are_added_named_merged_and_deleted(scheme):
    after = add_value(scheme, "certainty", "Doubtful").scheme
    assert after.attributes["certainty"].values[-1] == "doubtful"
    assert after.attributes["certainty"].value_name("doubtful") == "Doubtful"
    named = rename_value(after, "certainty", "doubtful", "in doubt").scheme
    assert named.attributes["certainty"].value_name("doubtful") == "in doubt"
    assert named.version == after.version
    refused("scheme-name-taken", lambda: rename_value(named, "certainty", "certain", "In doubt"))
    merged = merge_values(named, "certainty", "doubtful", "possible")
    assert merged.moves == (ValueMove("certainty", "doubtful", "possible"),)
    assert merged.scheme.attributes["certainty"].values == scheme.attributes["certainty"].values
    assert delete_value(scheme, "certainty", "probable").moves == (ValueMove("certainty", "probable", None),)
    assert reorder_value(scheme, "certainty", "possible", 0).scheme.attributes["certainty"].values[0] == (
        "possible"
    )


def test_the_value_that_marks_start_with_goes_only_after_another_took_its_place(scheme):
    refused("scheme-value-default", lambda: delete_value(scheme, "certainty", "certain"))
    refused("scheme-value-default", lambda: delete_value(scheme, "denial_kind", "content"))
    assert merge_values(scheme, "certainty", "certain", "probable").scheme.attributes[
        "certainty"
    ].default == ("probable")
    other = set_default(scheme, "certainty", ["possible"]).scheme
    assert "certain" not in delete_value(other, "certainty", "certain").scheme.attributes["certainty"].values
    assert set_default(scheme, "certainty", []).scheme.attributes["certainty"].default is None
    refused("attribute-value-unknown", lambda: set_default(scheme, "certainty", ["sure"]))


def test_attributes_come_go_and_change_their_labels(scheme):
    after = add_attribute(scheme, "Tone", ["claim"], ["calm", "heated"]).scheme
    assert after.attributes["tone"].values == ("calm", "heated")
    assert after.attributes["tone"].fits("claim")
    assert not after.attributes["tone"].fits("denial")
    assert set_labels(after, "tone", None).scheme.attributes["tone"].fits("denial")
    assert delete_attribute(after, "tone").moves == (AttributeRemoval("tone"),)
    only = add_attribute(scheme, "Tone", None, ["calm"]).scheme
    refused("scheme-last-value", lambda: delete_value(only, "tone", "calm"))


def test_ends_are_taken_away_only_where_no_link_has_them(scheme):
    change = set_ends(scheme, "denies", "from", ["denial"])
    assert change.demands == (EndsLeft("denies", "from", ("denial",)),)
    assert set_ends(scheme, "denies", "from", None).demands == ()
    assert change.scheme.link_kinds["denies"].origins == ("denial",)


def test_a_kind_that_takes_over_another_one_allows_its_ends(scheme):
    change = merge_kinds(scheme, "cites", "supports")
    assert change.moves == (KindMove("cites", "supports"),)
    assert change.scheme.link_kinds["supports"].ends_at("source")
    assert merge_kinds(scheme, "cites", "relates_to").scheme.link_kinds["relates_to"].targets is None
    refused("scheme-merge-acts", lambda: merge_kinds(scheme, "cites", "same_claim"))
    assert delete_kind(scheme, "cites").demands == (
        KindsLeft(tuple(kind for kind in scheme.link_kinds if kind != "cites")),
    )
    assert set_passive(scheme, "cites", "named by").scheme.link_kinds["cites"].passive == "named by"


def test_presets_show_and_hide_and_come_and_go(scheme):
    after = show(scheme, "analyst", "link_kinds", "relates_to", is_shown=False).scheme
    assert after.preset("analyst").link_kinds == tuple(scheme.link_kinds)[:-1]
    assert show(after, "analyst", "link_kinds", "relates_to", is_shown=True).scheme.preset(
        "analyst"
    ).link_kinds == tuple(scheme.link_kinds)
    mine = add_preset(scheme, "Mine", "quick").scheme
    assert mine.preset("Mine") == mine.preset("quick")
    assert "Mine" not in delete_preset(mine, "Mine").scheme.data["presets"]
    refused("scheme-preset-in-use", lambda: delete_preset(scheme, "quick"))
    refused("scheme-name-taken", lambda: add_preset(scheme, "Quick", "quick"))
    refused("preset-unknown", lambda: show(scheme, "none", "labels", "claim", is_shown=True))


def test_a_scheme_that_comes_instead_must_have_what_is_in_use(scheme):
    other = {"labels": [{"id": "claim", "codebook": "New."}, {"id": "rumour"}], "version": 1}
    change = replace_scheme(scheme, other)
    assert change.scheme.version == 2
    assert change.scheme.labels["claim"].since == 2
    assert LabelsLeft(("claim", "rumour")) in change.demands
    assert replace_scheme(scheme, scheme.data).scheme.labels["claim"].since == 0


def test_a_scheme_that_is_added_brings_only_what_is_new(scheme):
    change = merge_scheme(scheme, {"labels": [{"id": "claim", "name": "Other"}, {"id": "rumour"}]})
    assert change.scheme.labels["claim"].name == "Claim"
    assert "rumour" in change.scheme.labels
    assert merge_scheme(scheme, scheme.data).scheme == scheme


def test_a_scheme_of_a_file_with_one_sign_for_two_labels_is_refused(scheme):
    two = [{"id": "a", "letter": "X"}, {"id": "b", "letter": "x"}]
    refused("scheme-letter-taken", lambda: replace_scheme(scheme, {"labels": two}))
    blue = {"labels": [{"id": "a"}, {"id": "b"}], "colours": {"a": "blue", "b": "blue"}}
    refused("scheme-colour-twice", lambda: replace_scheme(scheme, blue))
    letters = replace_scheme(scheme, {"labels": [{"id": "claim"}, {"id": "cue"}]}).scheme.labels
    assert [label.letter for label in letters.values()] == ["C", "U"]


def test_what_is_added_gives_way_to_the_signs_there_are(scheme):
    doubt = {"id": "doubt", "letter": "D", "parent": "claim"}
    signs = {"colours": {"doubt": "blue"}, "keys": {"doubt": "1"}}
    after = merge_scheme(scheme, {"labels": [doubt], **signs}).scheme
    assert after.labels["doubt"].letter == "O"
    assert after.labels["denial"].letter == "D"
    assert "doubt" not in after.colours
    assert "doubt" not in after.keys
    assert after.colours["claim"] == "blue"


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        ([{"id": "a", "parent": "b"}], "scheme-unknown-parent"),
        ([{"id": "a", "parent": "b"}, {"id": "b", "parent": "a"}], "scheme-parent-cycle"),
        ([{"id": "a", "parent": "a"}], "scheme-parent-cycle"),
    ],
)
def test_labels_that_narrow_each_other_in_a_circle_are_refused(labels, code):
    refused(code, lambda: Scheme({"labels": labels}))


def test_a_label_that_narrows_one_that_goes_narrows_what_comes_instead():
    rows = [{"id": "a"}, {"id": "b", "parent": "a"}, {"id": "c", "parent": "b"}, {"id": "d"}]
    scheme = Scheme({"labels": rows})
    assert merge_labels(scheme, "b", "d").scheme.data["labels"][1]["parent"] == "d"
    assert merge_labels(scheme, "a", "b").scheme.data["labels"][0]["parent"] is None
    assert delete_label(scheme, "b").scheme.data["labels"][1]["parent"] == "a"


@given(data=st.data())
def test_no_change_leaves_a_name_behind_that_means_nothing(data):
    """Whatever is done, labels in ends, attributes and presets are labels of the scheme."""
    scheme = Scheme.default()
    for _ in range(data.draw(st.integers(1, 6))):
        try:
            scheme = some_change(data.draw, scheme, ["m"]).scheme
        except UserError:
            continue
        for attribute in scheme.attributes.values():
            assert set(attribute.labels or ()) <= set(scheme.labels)
        for name in scheme.data["presets"]:
            assert set(scheme.preset(name).labels or ()) <= set(scheme.labels)
            assert set(scheme.preset(name).link_kinds or ()) <= set(scheme.link_kinds)
        assert set(scheme.keys) <= {*scheme.labels, *scheme.link_kinds}
        assert set(scheme.colours) <= set(scheme.labels)
        assert Scheme(json.loads(json.dumps(scheme.data))) == scheme
