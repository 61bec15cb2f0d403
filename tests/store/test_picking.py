"""What is offered while an analyst works: neighbours, sources, targets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.model import Mark
from annotator.domain.spans import Span
from annotator.store import edits, lists, picking, read
from annotator.store.imports import import_records
from annotator.store.loose_ends import catch_up
from annotator.store.store import Store
from tests.store.samples import TEXT, add_article, two_marks


def walk(store, article, backwards=False):
    """The marks met by pressing the key again and again."""
    found, held = [], None
    start = len(TEXT) if backwards else 0
    while (mark := picking.neighbour(store, article, start, held, backwards)) is not None:
        found.append(mark)
        held = read.mark(store, mark)
    return found


@settings(max_examples=settings().max_examples // 4)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda s: (s[0], s[0] + s[1])), max_size=8)
)
def test_walking_through_the_marks_meets_each_once_in_text_order(spans):
    store = Store.memory()
    article = add_article(store)
    made = [edits.add_mark(store, article, "claim", [span]) for span in spans]
    there = walk(store, article)
    assert sorted(there) == sorted(made)
    keys = [(m.spans[0].start, -m.spans[0].end, m.id) for m in (read.mark(store, mark) for mark in there)]
    assert keys == sorted(keys)
    assert walk(store, article, backwards=True) == there[::-1]
    store.close()


def test_a_source_named_in_the_paragraph_is_offered_before_one_used_elsewhere(store):
    article = add_article(store)
    claim, _ = two_marks(store, article)
    edits.set_source(store, claim, edits.add_source(store, "Radio Nord", "outlet"))
    edits.add_source(store, "Harbour Office", "organisation")
    offers = picking.offered_sources(store, article, "The Harbour Office said nothing.", 4)
    assert [offer.name for offer in offers if not isinstance(offer, str)] == ["Harbour Office", "Radio Nord"]


def test_a_surname_in_the_text_finds_the_person(store):
    article = add_article(store)
    edits.add_source(store, "Ilena Doran")
    offers = picking.offered_sources(store, article, "Later Doran said it was open.", 6)
    assert [offer.name for offer in offers if not isinstance(offer, str)] == ["Ilena Doran"]
    assert "Doran" not in offers


def test_a_name_that_is_no_source_yet_is_offered_as_one(store):
    article = add_article(store)
    assert "Ilena Doran" in picking.offered_sources(store, article, "Ilena Doran said it was open.", 0)


def test_who_says_another_mark_of_the_paragraph_is_offered_before_new_names(store):
    article = add_article(store, "Far off. A dam broke.\n“No. Lowen played with Brenn,” he said.")
    far = edits.add_mark(store, article, "claim", [Span(0, 7)])
    edits.set_source(store, far, edits.add_source(store, "Radio Nord", "outlet"))
    around = edits.add_mark(store, article, "claim", [Span(23, 50)])
    edits.set_source(store, around, edits.add_source(store, "Ilena Doran"))
    mark = read.mark(store, edits.add_mark(store, article, "claim", [Span(27, 50)]))
    beside = picking.speakers_beside(store, mark, Span(22, 61))
    offers = picking.offered_sources(store, article, "“No. Lowen played with Brenn,” he said.", 5, beside)
    names = [offer if isinstance(offer, str) else offer.name for offer in offers]
    assert names == ["Ilena Doran", "Lowen", "Brenn", "Radio Nord"]


def test_never_more_offers_than_there_are_digits(store):
    article = add_article(store)
    for number in range(12):
        mark = edits.add_mark(store, article, "claim", [(number, number + 3)])
        edits.set_source(store, mark, edits.add_source(store, f"Source {number}"))
    words = " ".join(f"Anna Bell{chr(97 + number)} spoke." for number in range(12))
    assert len(picking.offered_sources(store, article, words, 0)) == 9


def test_the_newest_mark_with_a_source_is_what_is_repeated(store):
    claim, denial = two_marks(store)
    edits.set_source(store, claim, edits.add_source(store, "Ministry", "organisation"))
    assert picking.newest_mark(store).id == denial
    assert picking.newest_mark(store, besides=denial, attributed=True).id == claim


def test_the_newest_mark_is_not_told_by_the_id_another_program_gave(store):
    article = add_article(store)
    foreign = Mark(id="f" * 8 + "-ffff-4fff-8fff-" + "f" * 12, article=article, label="claim",
                   spans=(Span(0, 3),), quotes=(TEXT[:3],))  # fmt: skip
    import_records(store, [foreign])
    newest = edits.add_mark(store, article, "denial", [(4, 12)])
    assert picking.newest_mark(store).id == newest


def test_what_the_link_may_end_at_comes_before_what_it_may_not(store):
    claim, denial = two_marks(store)
    office = edits.add_source(store, "Closed Office", "organisation")
    rows = picking.targets(store, "closed", lambda row: isinstance(row, lists.SourceRow))
    assert [row.id for row in rows] == [office, claim, denial]
    rows = picking.targets(store, "closed", lambda row: row.id == denial)
    assert [row.id for row in rows] == [denial, office, claim]


def test_of_marks_with_the_words_those_the_link_is_made_for_come_first(store):
    article = add_article(store, text="They deny that the gates were open. The gates stuck, he said.")
    denial = edits.add_mark(store, article, "denial", [(0, 34)])
    claim = edits.add_mark(store, article, "claim", [(15, 34)])
    far = edits.add_mark(store, article, "claim", [(46, 51)])
    edits.edit_mark(store, far, note="the gates")

    def offered(words):
        ranks = {"claim": 0, "denial": 1}
        rows = picking.targets(store, words, lambda row: True, rank=lambda row: ranks[row.label])
        return [row.id for row in rows]

    assert offered("the gates") == [claim, denial, far]
    assert offered("They deny that the gates were open")[0] == denial


def test_a_mark_with_the_words_comes_before_all_that_their_speaker_said(store):
    article = add_article(store, text="Ostrel spoke. " * 40)
    ostrel = edits.add_source(store, "Ostrel", "person")
    for n in range(40):
        said = edits.add_mark(store, article, "claim", [(14 * n + 7, 14 * n + 12)])
        edits.set_source(store, said, ostrel)
    longer = edits.add_mark(store, article, "claim", [(14, 26)])
    name = edits.add_mark(store, article, "claim", [(28, 34)])
    rows = picking.targets(store, "ostrel", lambda row: isinstance(row, lists.MarkRow))
    assert [row.id for row in rows[:2]] == [name, longer]
    assert "spoke" in {row.quote for row in rows[2:] if isinstance(row, lists.MarkRow)}


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Meridian Courier", "The Meridian Courier"),
        ("Ilse Brandt", "Dr. Ilse Brandt"),
        ("Café Nord", "cafe nord"),
    ],
)
def test_a_source_is_found_by_its_name_with_the_or_a_title(store, known, typed):
    edits.add_source(store, "The Meridian Courier’s rival", "outlet")
    source = edits.add_source(store, known, "person" if known == "Ilse Brandt" else "outlet")
    catch_up(store)
    assert [row.id for row in picking.sources_for(store, typed)][:1] == [source]


def test_a_source_of_which_only_a_part_is_typed_with_the_is_not_offered(store):
    edits.add_source(store, "Port Authority", "organisation")
    catch_up(store)
    assert picking.sources_for(store, "the port") == []


def test_whom_a_person_speaks_for_in_brackets_is_not_offered_for_the_person(store):
    edits.add_source(store, "PSC", "organisation")
    council = edits.add_source(store, "Port Safety Council", "organisation")
    catch_up(store)
    assert picking.sources_for(store, "Ilse Brandt (PSC)") == []
    assert [row.id for row in picking.sources_for(store, "The Port Safety Council (PSC)")] == [council]


def test_articles_follow_each_other_by_number(store):
    first, second = add_article(store), add_article(store, text="Another text.")
    assert picking.first_article(store) == first
    assert picking.next_article(store, first) == second
    assert picking.next_article(store, second) is None
    assert picking.next_article(store, second, backwards=True) == first


def test_a_source_is_found_by_its_exact_name_only(store):
    ministry = edits.add_source(store, "Ministry", "organisation")
    assert picking.source_named(store, "Ministry") == ministry
    assert picking.source_named(store, "ministry") is None
    assert picking.source_row(store, ministry).name == "Ministry"
