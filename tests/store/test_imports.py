"""Bringing records in: what is there already is met again, nothing is doubled."""

import pytest

from annotator.domain.errors import UserError
from annotator.domain.ids import NAMED, SourceId, new_id
from annotator.domain.model import Article, Attribution, Link, Mark, Proposition, Ref, Source
from annotator.domain.spans import Span
from annotator.store import edits, export, read
from annotator.store.imports import import_records
from annotator.store.store import Store
from tests.store.samples import TEXT


def printed_by(name, article="a"):
    """An article and the outlet a list of files names."""
    outlet = f"{NAMED}{name}"
    return [Source(id=outlet, name=name, kind="outlet"), Article(id=article, text=TEXT, outlet=outlet)]


def names(store):
    return [source.name for source in read.records(store, Source)]


def test_an_outlet_known_by_hand_is_met_again_by_its_name(store):
    gazette = edits.add_source(store, "Gazette", "outlet")
    import_records(store, printed_by("gazette"))
    assert names(store) == ["Gazette"]
    assert read.records(store, Article)[0].outlet == gazette


def test_an_outlet_renamed_since_is_met_again_by_its_alias(store):
    import_records(store, printed_by("Gazette"))
    gazette = read.records(store, Source)[0].id
    edits.edit_source(store, gazette, name="The Daily Gazette", aliases=("Gazette",))
    import_records(store, printed_by("Gazette", article="b"))
    assert names(store) == ["The Daily Gazette"]
    assert {article.outlet for article in read.records(store, Article)} == {gazette}


def test_a_source_known_by_name_only_has_no_foreign_id(store):
    import_records(store, printed_by("Gazette"))
    assert read.records(store, Source)[0].origin_id is None


def claim_and_denial():
    return [
        Article(id="a", text=TEXT),
        Mark(id="m1", article="a", label="claim", spans=(Span(4, 12),)),
        Mark(id="m2", article="a", label="denial", spans=(Span(4, 12),), attribution=()),
    ]


def test_the_same_file_twice_changes_nothing_the_second_time(store):
    lines = [
        *claim_and_denial(),
        Link(id="l", kind="denies", origin=Ref("mark", "m2"), target=Ref("mark", "m1")),
    ]
    import_records(store, lines)
    before = store.query("SELECT count(*) FROM operation")
    result = import_records(store, lines)
    assert not result.added
    assert store.query("SELECT count(*) FROM operation") == before


def test_a_mark_without_words_is_counted_and_left_out(store):
    empty = Mark(id="m3", article="a", label="claim", spans=(Span(4, 4),))
    result = import_records(store, [*claim_and_denial(), empty])
    assert result.refused == 1
    assert read.count(store, Mark) == 2


@pytest.mark.parametrize("others", [0, 3])
def test_control_characters_that_no_format_carries_are_told_once(store, others):
    told = []
    texts = ["a\x00b\x01c\ufffd", *[f"plain {number}" for number in range(others)]]
    articles = [Article(id=str(number), text=text) for number, text in enumerate(texts)]
    import_records(store, articles, report=lambda code, **details: told.append((code, details.get("count"))))
    assert told == [("control-characters-replaced", 2)]


def test_a_quote_with_a_page_break_that_is_stored_as_another_character_is_that_of_the_text(store):
    quotes = ("first\x0cpage", "ends\r\n")
    spans = (Span(4, 14), Span(15, 21))
    text = "The first\x0cpage ends\r\nhere."
    import_records(
        store,
        [
            Article(id="a", text=text),
            Mark(id="m", article="a", label="claim", spans=spans, quotes=quotes),
        ],
    )
    assert [mark.quotes for mark in read.records(store, Mark)] == [("first\ufffdpage", "ends\n")]


def test_a_reference_to_nothing_is_refused_and_nothing_is_stored(store):
    lost = Mark(
        id="m4", article="a", label="claim", spans=(Span(0, 3),), attribution=(Attribution("nobody"),), line=7
    )
    with pytest.raises(UserError) as refused:
        import_records(store, [*claim_and_denial(), lost])
    assert refused.value.code == "reference-unknown"
    assert refused.value.details["line"] == 7
    assert read.count(store, Article) == 0


def test_denying_a_claim_gives_it_a_node_and_joining_keeps_the_written_sentence(store):
    link = Link(id="l", kind="denies", origin=Ref("mark", "m2"), target=Ref("mark", "m1"))
    import_records(store, [*claim_and_denial(), link])
    assert store.query("SELECT text FROM shown_proposition") == [(TEXT[4:12],)]


def test_a_foreign_id_that_only_looks_like_a_name_is_kept(store):
    lines = [Source(id=f"{NAMED}12", name="Ministry"), Source(id=f"{NAMED}13", name="12")]
    import_records(store, lines)
    assert {source.origin_id for source in read.records(store, Source)} == {f"{NAMED}12", f"{NAMED}13"}
    assert not import_records(store, lines).added


def blogger(store):
    """A blog, its author who works for it, and two names of one house that belong to each other."""
    blog = edits.add_source(store, "Blog", "outlet")
    edits.edit_source(store, blog, author=edits.add_source(store, "Blogger", affiliation=blog))
    house, group = SourceId(new_id()), SourceId(new_id())
    pair = [
        Source(id=house, name="Gazette", kind="outlet", affiliation=group),
        Source(id=group, name="Gazette Group", kind="organisation", same_as=house),
    ]
    import_records(store, pair)
    return house


def test_sources_that_name_one_another_come_out_and_in_again_the_same(store):
    blogger(store)
    lines = list(export.records(store))
    again = Store.memory()
    import_records(again, lines)
    assert list(export.records(again)) == lines
    assert again.undo() is not None
    assert read.records(again, Source) == []
    again.redo()
    assert list(export.records(again)) == lines
    assert not import_records(again, lines).added


def test_sources_without_an_owner_are_refused(store):
    sources = [
        Source(id=SourceId(one), name=one, same_as=SourceId(other))
        for one, other in (("A", "B"), ("B", "C"), ("C", "B"))
    ]
    with pytest.raises(UserError, match="reference-cycle") as refused:
        import_records(store, sources)
    assert refused.value.details["id"] in ("B", "C")
    assert read.records(store, Source) == []


@pytest.mark.parametrize(("in_project", "in_file"), [(True, False), (False, True)])
def test_a_doubt_that_only_a_file_tells_is_not_passed_over(in_project, in_file, store):
    """A mark is sure, and a source named, where nothing is said of it."""

    def told(value):
        source = Source(id="s", name="Ruiz", named=value)
        mark = Mark(id="m1", article="a", label="claim", spans=(Span(4, 12),), sure=value)
        return source, Article(id="a", text=TEXT), mark

    import_records(store, told(in_project))
    for differing in (told(in_file)[:1], told(in_file)[1:]):
        if in_file:  # as if nothing were said
            assert not import_records(store, differing).added
            continue
        with pytest.raises(UserError, match="record-differs"):
            import_records(store, differing)
    assert [mark.sure for mark in read.records(store, Mark)] == [in_project]
    assert [source.named for source in read.records(store, Source)] == [in_project]


def test_another_sentence_under_the_id_of_a_claim_differs(store):
    claim = Proposition(id="p", text="The cranes stood still.")
    import_records(store, [claim])
    assert import_records(store, [claim]).skipped == {"proposition": 1}
    with pytest.raises(UserError, match="record-differs"):
        import_records(store, [Proposition(id="p", text="The cranes ran.")])
    assert [one.text for one in read.records(store, Proposition)] == ["The cranes stood still."]
