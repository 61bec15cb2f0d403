"""A scheme is changed together with all that uses it, as one operation that undo takes back whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.model import Mention, Ref
from annotator.domain.scheme_changes import rename, set_codebook
from annotator.domain.scheme_files import merge_scheme, replace_scheme
from annotator.domain.scheme_kinds import delete_kind, merge_kinds, set_ends
from annotator.domain.scheme_labels import add_label, delete_label, merge_labels, split_label
from annotator.domain.scheme_names import add_name, delete_name, merge_names, set_symmetric
from annotator.domain.scheme_rows import name_of, rows_of
from annotator.domain.scheme_values import (
    add_value,
    delete_attribute,
    delete_value,
    merge_values,
    rename_value,
)
from annotator.store import edits, read
from annotator.store.export import records
from annotator.store.imports import import_records
from annotator.store.scheme_searches import orphaned
from annotator.store.scheme_use import USED_BY, Touched, touched_by
from annotator.store.store import Store
from tests.domain.scheme_edits import some_change
from tests.store.samples import counted, dump, names, tally
from tests.store.schemes import now, worked_on


def listed(store):
    """What marks, sources, articles and links between claims hold of the lists of the scheme."""
    return {
        group: {value for (value,) in store.query(f"SELECT {value} {rows}")}
        for group, (_, rows, value) in USED_BY.items()
    }


def searches(store):
    return dict(store.query("SELECT name, query FROM main.saved_search"))


@pytest.fixture
def marks(store):
    return worked_on(store)


def test_a_rename_changes_no_row_but_the_scheme(store, marks):
    before = dump(store)
    edits.change_scheme(store, rename(now(store), "labels", "claim", "Assertion"))
    after = dump(store)
    assert {name for name in after if after[name] != before[name]} == {"scheme"}
    assert read.mark(store, marks[0]).label == "claim"


def test_a_merge_moves_marks_their_defaults_and_what_they_do_to_claims(store, marks):
    claim, denial, *_ = marks
    change = merge_labels(now(store), "denial", "claim")
    assert touched_by(store, change) == Touched(marks=1, searches=1)
    edits.change_scheme(store, change)
    moved = read.mark(store, denial)
    assert moved.label == "claim"
    assert moved.attributes["denial_kind"] == ["content", "source"]
    assert "denial" not in now(store).labels
    assert store.query("SELECT count(*) FROM main.mention WHERE stance = 'deny'") == [(0,)]
    assert read.mark(store, claim).label == "claim"
    assert tally(store) == counted(store)
    assert names(store)[-1] == ("merge-labels", "edit")
    assert store.next_undo().details["marks"] == 1


def test_a_label_in_use_is_not_deleted_and_the_refusal_counts_its_marks(store, marks):
    before = dump(store)
    with pytest.raises(UserError, match="scheme-label-in-use") as caught:
        edits.change_scheme(store, delete_label(now(store), "evidence"))
    assert caught.value.details == {"label": "Evidence", "count": 1}
    assert dump(store) == before
    edits.change_scheme(store, delete_label(now(store), "hedge"))
    assert "hedge" not in now(store).labels


@pytest.mark.parametrize(
    ("act", "code", "details"),
    [
        (lambda s: delete_kind(s, "responds_to"), "scheme-kind-in-use", {"kind": "responds to", "count": 1}),
        (
            lambda s: set_ends(s, "supports", "from", ["claim", "exhibit"]),
            "scheme-end-in-use",
            {"kind": "supports", "start": "Evidence", "count": 1},
        ),
        (
            lambda s: set_ends(s, "supports", "from", ["evidence"]),
            "scheme-end-in-use",
            {"kind": "supports", "start": "exhibit", "count": 1},
        ),
        (
            lambda s: set_ends(s, "undermines", "to", ["claim"]),
            "scheme-end-in-use",
            {"kind": "undermines", "end": "source", "count": 1},
        ),
        (
            lambda s: replace_scheme(s, {**s.data, "attributes": s.data["attributes"][:3]}),
            "scheme-attribute-in-use",
            {"attribute": "Kind of denial", "count": 1},
        ),
        (
            lambda s: replace_scheme(s, {"labels": [{"id": "claim"}]}),
            "scheme-label-in-use",
            {"label": "Denial", "count": 1},
        ),
    ],
)
def test_what_is_in_use_stays_allowed(store, marks, act, code, details):
    before = dump(store)
    with pytest.raises(UserError, match=code) as caught:
        edits.change_scheme(store, act(now(store)))
    assert caught.value.details == details
    assert dump(store) == before


def test_an_end_nobody_uses_can_be_taken_away(store, marks):
    edits.change_scheme(store, set_ends(now(store), "denies", "from", ["denial"]))
    assert now(store).link_kinds["denies"].origins == ("denial",)


def test_a_scheme_whose_values_are_not_those_in_use_is_refused(store, marks):
    data = {**now(store).data}
    data["attributes"] = [
        {**row, "values": ["sure"], "default": "sure"} if row["id"] == "certainty" else row
        for row in data["attributes"]
    ]
    with pytest.raises(UserError, match="scheme-value-in-use") as caught:
        edits.change_scheme(store, replace_scheme(now(store), data))
    assert caught.value.details == {"attribute": "Certainty", "value": "certain", "count": 2}


def test_free_text_gives_way_to_listed_values_only_while_no_mark_has_any(store, marks):
    edits.set_attribute(store, marks[0], "place", "Orlova")
    with pytest.raises(UserError, match="scheme-value-in-use"):
        edits.change_scheme(store, add_value(now(store), "place", "Valley"))
    edits.set_attribute(store, marks[0], "place", None)
    edits.change_scheme(store, add_value(now(store), "place", "Valley"))
    assert now(store).attributes["place"].values == ("valley",)


def test_links_of_a_merged_kind_move_and_doubles_become_one_with_its_note(store, marks):
    edits.change_scheme(store, merge_kinds(now(store), "supports", "corroborates"))
    kinds = store.query("SELECT kind, note FROM main.link WHERE from_mark = ?", (marks[2],))
    assert kinds == [("corroborates", "Why")]
    assert store.query("SELECT count(*) FROM main.link WHERE kind = 'supports'") == [(0,)]
    assert store.query("SELECT kind FROM main.link WHERE from_exhibit IS NOT NULL") == [("corroborates",)]


def test_links_that_become_an_act_are_kept_as_what_marks_do_to_a_claim(store, marks):
    denial = marks[1]
    node = edits.add_proposition(store, "The bridge was open.")
    edits.add_link(store, "contradicts", Ref("mark", denial), Ref("proposition", node))
    edits.change_scheme(store, merge_kinds(now(store), "contradicts", "denies"))
    assert store.query("SELECT mark, stance FROM main.mention WHERE proposition = ?", (node,)) == [
        (denial, "deny")
    ]


def test_a_value_merges_or_falls_back_to_the_default(store, marks):
    claim, denial, *_ = marks
    edits.change_scheme(store, merge_values(now(store), "certainty", "possible", "probable"))
    assert read.mark(store, claim).attributes["certainty"] == "probable"
    assert read.mark(store, claim).origins["certainty"] == "hand"
    edits.change_scheme(store, delete_value(now(store), "certainty", "probable"))
    assert read.mark(store, claim).attributes["certainty"] == "certain"
    assert read.mark(store, claim).origins["certainty"] == "default"
    edits.change_scheme(store, delete_value(now(store), "denial_kind", "source"))
    assert read.mark(store, denial).attributes["denial_kind"] == ["content"]


def test_mentions_follow_a_value_of_certainty(store, marks):
    mention = store.query("SELECT id FROM main.mention LIMIT 1")[0][0]
    edits.edit_mention(store, mention, certainty="possible")
    edits.change_scheme(store, merge_values(now(store), "certainty", "possible", "probable"))
    assert read.by_ids(store, Mention, [mention])[0].certainty == "probable"
    edits.change_scheme(store, delete_value(now(store), "certainty", "probable"))
    assert read.by_ids(store, Mention, [mention])[0].certainty is None


def test_an_attribute_goes_with_its_values(store, marks):
    change = delete_attribute(now(store), "certainty")
    assert touched_by(store, change) == Touched(marks=3)
    edits.change_scheme(store, change)
    assert all("certainty" not in read.mark(store, mark).attributes for mark in marks)
    assert all("certainty" not in read.mark(store, mark).origins for mark in marks)


def test_a_split_moves_the_chosen_marks_alone_and_keeps_their_links(store, marks):
    claim, denial, *_ = marks
    second = edits.add_mark(store, read.mark(store, denial).article, "denial", [(0, 3)])
    edits.change_scheme(store, split_label(now(store), "denial", "Evasion", [denial, claim]))
    assert read.mark(store, denial).label == "evasion"
    assert read.mark(store, denial).scheme_version == now(store).version
    assert read.mark(store, second).label == "denial"
    assert read.mark(store, claim).label == "claim"
    assert store.query("SELECT kind FROM main.link WHERE from_mark = ? ORDER BY kind", (denial,)) == [
        ("denies",),
        ("undermines",),
    ]


def test_a_scheme_that_changes_nothing_is_no_operation(store, marks):
    before = names(store)
    edits.change_scheme(store, merge_scheme(now(store), now(store).data))
    assert names(store) == before


def test_a_flag_is_renamed_merged_and_deleted_with_the_marks_that_have_it(store, marks):
    claim, denial, *_ = marks
    edits.change_scheme(store, rename(now(store), "flags", "anaphoric", "Points back"))
    assert name_of(now(store), "flags", "anaphoric") == "Points back"
    assert read.mark(store, claim).flags == ("implicit_source", "anaphoric")
    assert edits.change_scheme(store, merge_names(now(store), "flags", "anaphoric", "implicit_source")) == (
        Touched(marks=1)
    )
    assert read.mark(store, claim).flags == ("implicit_source",)
    assert now(store).data.get("flag_names", {}) == {}
    change = delete_name(now(store), "flags", "implicit_source")
    assert touched_by(store, change) == Touched(marks=2)
    edits.change_scheme(store, change)
    assert read.mark(store, denial).flags == ()


@pytest.mark.parametrize(
    ("group", "row", "code"),
    [
        ("source_kinds", "state", "scheme-source-kind-in-use"),
        ("region_kinds", "caption", "scheme-region-kind-in-use"),
        ("proposition_link_kinds", "supports", "scheme-claim-kind-in-use"),
    ],
)
def test_a_kind_in_use_is_not_deleted_and_merges_into_another_one(store, marks, group, row, code):
    before = dump(store)
    with pytest.raises(UserError, match=code) as caught:
        edits.change_scheme(store, delete_name(now(store), group, row))
    assert caught.value.details["count"] == 1
    assert dump(store) == before
    other = next(one["id"] for one in rows_of(now(store).data, group) if one["id"] != row)
    assert sum(edits.change_scheme(store, merge_names(now(store), group, row, other))) == 1
    assert row not in listed(store)[group]
    assert other in listed(store)[group]


def test_kinds_the_program_itself_gives_to_sources_stay(store):
    with pytest.raises(UserError, match="scheme-kind-needed"):
        delete_name(now(store), "source_kinds", "anonymous")


def test_a_country_is_an_organisation_where_the_scheme_knows_no_states(store):
    edits.change_scheme(store, delete_name(now(store), "source_kinds", "state"))
    made = edits.find_or_add_source(store, "Norway", "state")
    assert read.source(store, made).kind == "organisation"
    assert edits.find_or_add_source(store, "Norway", "state") == made


def test_links_between_claims_that_become_the_same_are_one_with_the_note_of_either(store, marks):
    edits.change_scheme(store, merge_names(now(store), "proposition_link_kinds", "supports", "undermines"))
    kinds = store.query("SELECT kind, note FROM main.proposition_link ORDER BY note")
    assert kinds == [("undermines", None), ("undermines", "Why")]


def test_what_goes_to_and_fro_is_one_link_once_the_kind_has_no_direction(store, marks):
    change = set_symmetric(now(store), "undermines", True)
    assert touched_by(store, change) == Touched(claim_links=1)
    edits.change_scheme(store, change)
    kinds = store.query("SELECT kind FROM main.proposition_link ORDER BY kind")
    assert kinds == [("supports",), ("undermines",)]


def test_a_new_flag_is_shown_in_the_preset_of_the_project(store):
    edits.change_scheme(store, add_name(now(store), "flags", "Second hand"))
    assert now(store).flags[-1] == "second_hand"
    assert now(store).data["presets"]["quick"]["flags"] == ["second_hand"]
    assert now(store).data["presets"]["analyst"]["flags"] is None


def test_a_scheme_from_a_file_keeps_the_kinds_in_use_that_it_says_nothing_of(store, marks):
    data = {name: value for name, value in now(store).data.items() if name != "source_kinds"}
    edits.change_scheme(store, replace_scheme(now(store), data))
    assert "state" in now(store).source_kinds
    with pytest.raises(UserError, match="scheme-source-kind-in-use"):
        edits.change_scheme(store, replace_scheme(now(store), {**data, "source_kinds": ["person"]}))


def test_saved_searches_call_a_renamed_or_merged_label_as_it_is_called_now(store, marks):
    edits.change_scheme(store, rename(now(store), "labels", "denial", "Rejection"))
    assert searches(store)["Denials"] == "label=Rejection and not certainty=possible"
    edits.change_scheme(store, merge_labels(now(store), "evidence", "no_comment"))
    assert searches(store)["Photographs"].startswith('label="No comment" and attr.evidence')
    edits.change_scheme(store, merge_kinds(now(store), "supports", "corroborates"))
    assert searches(store)["Photographs"].endswith("kind=corroborates")
    edits.change_scheme(store, merge_values(now(store), "certainty", "possible", "probable"))
    assert searches(store)["Denials"] == "label=Rejection and not certainty=probable"
    store.undo()
    assert searches(store)["Denials"] == "label=Rejection and not certainty=possible"


def test_searches_that_would_find_nothing_any_more_are_named(store, marks):
    assert orphaned(store, delete_attribute(now(store), "evidence_type")) == ["Photographs"]
    assert orphaned(store, delete_value(now(store), "certainty", "possible")) == ["Denials"]
    assert orphaned(store, merge_labels(now(store), "denial", "claim")) == []


@settings(max_examples=settings().max_examples // 4, deadline=None)
@given(data=st.data())
def test_undo_of_any_change_of_the_scheme_restores_the_exact_tables(data):
    store = Store.memory()
    marks = worked_on(store)
    pictures = []
    for _ in range(data.draw(st.integers(1, 5))):
        before = dump(store)
        scheme = now(store)
        try:
            edits.change_scheme(store, some_change(data.draw, scheme, list(marks)))
        except UserError:
            assert dump(store) == before
            continue
        if now(store) != scheme:
            pictures.append(before)
        in_force = now(store)
        for mark in marks:
            row = read.mark(store, mark)
            assert row.label in in_force.labels
            for name, value in row.attributes.items():
                in_force.check_attribute(row.label, name, value)
        for group, held in listed(store).items():
            assert held <= {row["id"] for row in rows_of(in_force.data, group)}
        for kind, origin, target in store.query(
            "SELECT l.kind, coalesce(f.label, 'exhibit'),"
            " coalesce(t.label, CASE WHEN l.to_source IS NULL THEN 'proposition' ELSE 'source' END)"
            " FROM main.link l LEFT JOIN main.mark f ON f.id = l.from_mark"
            " LEFT JOIN main.mark t ON t.id = l.to_mark"
        ):
            assert in_force.link_kinds[kind].starts_at(origin)
            assert in_force.link_kinds[kind].ends_at(target)
        assert tally(store) == counted(store)
    last = dump(store)
    for picture in reversed(pictures):
        store.undo()
        assert dump(store) == picture
    for _ in pictures:
        store.redo()
    assert dump(store) == last
    store.close()


def test_a_new_label_is_there_for_new_marks_at_once(store, marks):
    edits.change_scheme(store, add_label(now(store), "Rumour", like="claim"))
    mark = edits.add_mark(store, read.mark(store, marks[0]).article, "rumour", [(0, 3)])
    assert read.mark(store, mark).scheme_version == now(store).version


def test_versions_and_names_of_values_go_through_a_file_unharmed(store, marks):
    edits.change_scheme(store, set_codebook(now(store), "labels", "denial", "Anew."))
    edits.change_scheme(store, rename_value(now(store), "certainty", "probable", "likely"))
    edits.change_scheme(store, set_codebook(now(store), "attributes", "certainty", "The source's."))
    copy = Store.memory()
    import_records(copy, records(store))
    assert now(copy) == now(store)
    assert now(copy).labels["denial"].since == 2
    assert now(copy).attributes["certainty"].value_name("probable") == "likely"
    assert read.mark(copy, marks[1]).scheme_version == 1
    copy.close()
