"""Sources, articles, the project and the plain records: their edits and refusals."""

import pytest

from annotator.domain.ids import new_id
from annotator.domain.model import (
    Article,
    Dismissal,
    Exhibit,
    Judgement,
    Mark,
    Pin,
    PropositionLink,
    Ref,
    Report,
    SavedSearch,
    Source,
)
from annotator.store import edits, lists, read
from tests.store.samples import TEXT, add_article, articles_with, dump, names, two_marks
from tests.store.test_marks import refuses


def test_a_source_has_a_name_and_a_kind_the_scheme_knows(store):
    source = edits.add_source(store, " Ministry ", "organisation", role="government", country="UA")
    found = read.source(store, source)
    assert (found.name, found.kind, found.role, found.named) == (
        "Ministry",
        "organisation",
        "government",
        True,
    )
    assert not read.source(store, edits.add_source(store, "an official", "anonymous")).named
    refuses(store, "source-without-name", lambda: edits.add_source(store, "  "))
    refuses(store, "source-kind-unknown", lambda: edits.add_source(store, "x", "robot"))
    refuses(store, "source-kind-unknown", lambda: edits.edit_source(store, source, kind="robot"))
    refuses(store, "source-without-name", lambda: edits.edit_source(store, source, name=" "))
    refuses(store, "field-unknown", lambda: edits.edit_source(store, source, age=3))
    refuses(store, "no-such-row", lambda: edits.edit_source(store, new_id(), name="x"))


@pytest.mark.parametrize("column", ["affiliation", "same_as"])
def test_sources_do_not_belong_to_one_another_in_a_circle(store, column):
    first, second, third = (edits.add_source(store, name) for name in ("First", "Second", "Third"))
    edits.edit_source(store, first, **{column: second})
    edits.edit_source(store, second, **{column: third})
    details = refuses(store, "source-cycle", lambda: edits.edit_source(store, third, **{column: first}))
    assert details["chain"] == ["First", "Second", "Third"]
    refuses(store, "source-cycle", lambda: edits.edit_source(store, first, **{column: first}))


def test_a_source_that_takes_the_place_of_another_is_named_wherever_that_was(store):
    claim, denial = two_marks(store, add_article(store))
    into = edits.add_source(store, "Ministry", aliases=("MoT",))
    other = edits.add_source(store, "Ministry of Transport", aliases=("MoT", "the ministry"))
    person = edits.add_source(store, "Spokesman", affiliation=other)
    edits.edit_source(store, into, affiliation=other)
    article = lists.articles(store)[0].id
    edits.edit_article(store, article, outlet=other, agency=other)
    edits.set_source(store, claim, other)
    edits.edit_mark(store, denial, possible_source=other)
    edits.add_link(store, "undermines", Ref("mark", denial), Ref("source", other))
    edits.add_record(store, Judgement(id="", target=Ref("source", other), scale="reliability", value="b"))
    before = dump(store)
    edits.replace_source(store, other, into)
    kept = read.source(store, into)
    assert kept.aliases == ("MoT", "Ministry of Transport", "the ministry")
    assert kept.affiliation is None
    assert read.source(store, person).affiliation == into
    assert (read.mark(store, claim).source, read.mark(store, denial).possible_source) == (into, into)
    assert (read.article(store, article).outlet, read.article(store, article).agency) == (into, into)
    assert lists.links(store, [denial])[0].other == Ref("source", into)
    assert read.records(store, Judgement)[0].target == Ref("source", into)
    refuses(store, "no-such-row", lambda: edits.replace_source(store, other, into))
    refuses(store, "source-merge-itself", lambda: edits.replace_source(store, into, into))
    store.undo()
    assert dump(store) == before


def test_sources_found_to_be_one_are_listed_as_one_and_part_exactly(store):
    claim, denial = two_marks(store, add_article(store))
    ministry = edits.add_source(store, "Ministry")
    defence = edits.add_source(store, "MoD")
    short = edits.add_source(store, "Def. Min.")
    for mark, source in ((claim, ministry), (denial, short)):
        edits.set_source(store, mark, source)
    before = dump(store)
    edits.merge_sources(store, defence, short)
    edits.merge_sources(store, ministry, short)
    assert [(row.name, row.marks) for row in lists.sources(store)] == [("Ministry", 2)]
    assert [row.name for row in lists.sources(store, text="def.")] == ["Ministry"]
    assert [row.name for row in lists.sources_of(store, [short, defence])] == ["Ministry"]
    assert read.mark(store, denial).source == short
    details = refuses(store, "source-same-already", lambda: edits.merge_sources(store, short, ministry))
    assert details == {"source": "Ministry", "other": "Def. Min."}
    refuses(store, "source-merge-itself", lambda: edits.merge_sources(store, ministry, ministry))
    edits.part_source(store, defence)
    assert [row.name for row in lists.sources(store)] == ["Ministry", "MoD"]
    edits.part_source(store, short)
    assert dump(store) == before
    assert refuses(store, "source-not-merged", lambda: edits.part_source(store, short)) == {
        "source": "Def. Min."
    }


def test_a_source_does_not_speak_for_what_it_is_itself(store):
    ministry, state = edits.add_source(store, "Ministry"), edits.add_source(store, "State")
    edits.edit_source(store, ministry, affiliation=state)
    before = dump(store)
    details = refuses(store, "source-cycle", lambda: edits.merge_sources(store, ministry, state))
    assert details == {"field": "owner", "chain": ["Ministry", "State"]}
    assert dump(store) == before


def test_a_list_says_for_whom_a_source_speaks_in_the_end(store):
    state = edits.add_source(store, "State", "state")
    ministry = edits.add_source(store, "Ministry", "organisation", affiliation=state)
    edits.add_source(store, "Spokesman", affiliation=ministry)
    edits.add_source(store, "An official", "anonymous", affiliation=ministry)
    assert {row.name: row.owner for row in lists.sources(store)} == {
        "An official": None,
        "Ministry": "State",
        "Spokesman": "State",
        "State": None,
    }


def test_a_source_something_names_is_not_deleted(store):
    claim, _ = two_marks(store)
    source = edits.add_source(store, "Ministry")
    edits.set_source(store, claim, source)
    assert refuses(store, "source-in-use", lambda: edits.delete_source(store, source)) == {
        "source": "Ministry",
        "uses": 1,
        "named": ["M1"],
    }
    edits.set_source(store, claim, None)
    edits.delete_source(store, source)
    refuses(store, "no-such-row", lambda: edits.delete_source(store, source))


def test_what_is_known_about_an_article_can_change_but_never_its_text(store):
    article = add_article(store)
    edits.edit_article(store, article, title="News", tags=("bridge",), date="2024-05-01")
    edits.set_status(store, article, "done")
    found = read.article(store, article)
    assert (found.title, found.tags, found.status) == ("News", ("bridge",), "done")
    assert (read.text(store, article), read.text_length(store, article)) == (TEXT, len(TEXT))
    for field in ("text", "sha256", "origin", "original", "id", "mood"):
        refuses(store, "field-unknown", lambda f=field: edits.edit_article(store, article, **{f: "x"}))
    refuses(store, "status-unknown", lambda: edits.set_status(store, article, "burnt"))
    refuses(store, "status-unknown", lambda: edits.edit_article(store, article, status="burnt"))
    refuses(store, "no-such-row", lambda: edits.set_status(store, new_id(), "done"))


def test_a_deleted_article_takes_its_marks_along_and_comes_back_with_them(store):
    article = add_article(store)
    _claim, denial = two_marks(store, article)
    other = edits.add_mark(store, add_article(store, "Elsewhere."), "claim", [(0, 9)])
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", other))
    before = dump(store)
    edits.delete_article(store, article)
    assert [row.id for row in lists.marks(store)] == [other]
    assert articles_with(store, "harbour") == []
    store.undo()
    assert dump(store) == before
    assert read.text(store, article) == TEXT
    assert articles_with(store, "harbour") == [article]
    refuses(store, "no-such-row", lambda: edits.delete_article(store, new_id()))


def test_an_article_with_later_versions_is_not_deleted(store):
    first = add_article(store)
    second = add_article(store, "Corrected.", version_of=first)
    refuses(store, "article-has-versions", lambda: edits.delete_article(store, first))
    edits.delete_article(store, second)
    edits.delete_article(store, first)


def test_an_article_is_never_a_version_of_itself(store):
    first, second, third = (add_article(store, text=words) for words in ("One", "Two", "Three"))
    edits.edit_article(store, second, version_of=first)
    edits.edit_article(store, third, version_of=second)
    for earlier in (first, second, third):
        refuses(
            store, "reference-cycle", lambda one=earlier: edits.edit_article(store, first, version_of=one)
        )


def test_two_articles_may_have_the_same_text(store):
    first, second = add_article(store), add_article(store)
    assert store.query("SELECT count(*) FROM content") == [(1,)]
    edits.delete_article(store, first)
    assert read.text(store, second) == TEXT


def test_the_project_has_a_name_from_the_first_time_it_is_given(store, opened):
    assert read.project_name(store) == ""
    assert read.project_name(opened()) == "news"
    edits.rename_project(store, "Bridges")
    edits.rename_project(store, "Harbours")
    assert read.project_name(store) == "Harbours"
    store.undo()
    store.undo()
    assert read.project_name(store) == ""


def test_a_scheme_of_ones_own_and_a_preset(store):
    edits.set_preset(store, "corpus")
    assert read.scheme(store).preset_name == "corpus"
    count = len(names(store))
    edits.set_preset(store, "corpus")
    assert len(names(store)) == count
    refuses(store, "preset-unknown", lambda: edits.set_preset(store, "none"))
    refuses(store, "scheme-without-id", lambda: edits.set_scheme(store, {"labels": [{}]}))
    edits.set_scheme(store, {"version": 7, "labels": [{"id": "rumour"}]})
    assert list(read.scheme(store).labels) == ["rumour"]
    store.undo()
    assert read.scheme(store).preset_name == "corpus"


def test_an_annotator_can_be_called_something_else(store, me):
    two_marks(store)
    edits.rename_annotator(store, me.annotator, " Ada L. ")
    assert read.annotators(store) == {me.annotator: "Ada L."}
    refuses(store, "annotator-without-name", lambda: edits.rename_annotator(store, me.annotator, " "))
    refuses(store, "no-such-row", lambda: edits.rename_annotator(store, new_id(), "x"))


def plain_records(store):
    claim, _ = two_marks(store)
    first, second = (edits.add_proposition(store, text) for text in ("One", "Two"))
    return [
        Exhibit(id="", title="Photograph", url="https://example.org/p.jpg"),
        PropositionLink(id="", origin=first, kind="part_of", target=second),
        Judgement(id="", target=Ref("article", lists.articles(store)[0].id), scale="verdict", value="x"),
        Judgement(id="", target=Ref("source", edits.add_source(store, "S")), scale="verdict", value="x"),
        Dismissal(id="", rule="mark-without-source", target=Ref("mark", claim), reason="obvious"),
        SavedSearch(id="", name="Denials", query="label=denial"),
        Pin(id="", mark=claim),
        Report(id="", title="Bridges", claims=(second, first)),
    ]


def test_every_plain_record_can_be_made_changed_deleted_and_brought_back(store, me):
    for record in plain_records(store):
        kind = type(record)
        before = dump(store)
        row_id = edits.add_record(store, record)
        stored = read.by_id(store, kind, row_id)
        assert all(
            getattr(stored, name) == value
            for name, value in vars(record).items()
            if value and name not in ("id", "annotator", "at", "created")
        )
        if hasattr(stored, "annotator"):
            assert stored.annotator == me.annotator
        field = "note" if hasattr(record, "note") else "reason"
        edits.edit_record(store, kind, row_id, **{field: "later"})
        edits.delete_record(store, kind, row_id)
        refuses(store, "no-such-row", lambda k=kind, r=row_id: edits.delete_record(store, k, r))
        store.undo()
        assert getattr(read.by_id(store, kind, row_id), field) == "later"
        store.undo()
        store.undo()
        assert dump(store) == before


@pytest.mark.parametrize("record", [Mark, Source, Article])
def test_records_with_edits_of_their_own_are_not_edited_as_plain_ones(store, record):
    claim, _ = two_marks(store)
    refuses(store, "record-has-own-edits", lambda: edits.edit_record(store, record, claim, note="x"))
    refuses(store, "record-has-own-edits", lambda: edits.delete_record(store, record, claim))
    refuses(store, "record-has-own-edits", lambda: edits.add_record(store, read.mark(store, claim)))


def test_a_link_between_claims_has_a_kind_the_scheme_knows(store):
    first, second = (edits.add_proposition(store, text) for text in ("One", "Two"))
    record = PropositionLink(id="", origin=first, kind="mocks", target=second)
    refuses(store, "link-kind-unknown", lambda: edits.add_record(store, record))
    itself = PropositionLink(id="", origin=first, kind="supports", target=first)
    refuses(store, "link-to-itself", lambda: edits.add_record(store, itself))


def test_a_pinned_mark_that_is_deleted_takes_its_pin_along(store):
    claim, _ = two_marks(store)
    edits.add_record(store, Pin(id="", mark=claim))
    edits.delete_marks(store, [claim])
    assert read.records(store, Pin) == []
    store.undo()
    assert [row.mark for row in read.records(store, Pin)] == [claim]


def test_nothing_can_refer_to_what_is_not_there(store):
    claim, denial = two_marks(store)
    article, source, none = lists.articles(store)[0].id, edits.add_source(store, "Ministry"), new_id()
    exhibit = edits.add_record(store, Exhibit(id="", title="Photograph"))
    link = edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    node = edits.add_proposition(store, "The bridge was closed")
    for act in (
        lambda: edits.set_source(store, claim, none),
        lambda: edits.add_relay(store, claim, none),
        lambda: edits.add_mark(store, article, "claim", [(0, 3)], source=none),
        lambda: edits.edit_mark(store, claim, possible_source=none),
        lambda: edits.edit_article(store, article, outlet=none),
        lambda: edits.edit_source(store, source, affiliation=none),
        lambda: edits.add_source(store, "Harbour", same_as=none),
        lambda: edits.add_record(store, Pin(id="", mark=none)),
        lambda: edits.add_record(store, PropositionLink(id="", origin=node, kind="part_of", target=none)),
        lambda: edits.add_record(store, Judgement(id="", target=Ref("source", none), scale="x", value="x")),
        lambda: edits.edit_link(store, link, target=Ref("mark", none)),
        lambda: edits.edit_record(store, Pin, none, note="x"),
    ):
        assert refuses(store, "no-such-row", act)["id"] == none
    assert read.by_id(store, Exhibit, exhibit).title == "Photograph"
