"""Articles that print nearly the same words are told apart and told of."""

import random

from annotator.domain.copies import resemblance, sketch
from annotator.domain.ids import new_id
from annotator.domain.model import Article
from annotator.domain.prepared import prepared
from annotator.domain.runs import Run
from annotator.store.copies import possible_copies
from annotator.store.imports import import_records

REPORT = " ".join(
    f"In week {number} the harbour office counted {number * 3} ships that waited outside for a pilot."
    for number in range(1, 15)
)
REWRITTEN = REPORT.replace("In week 3 the harbour office counted 9", "The port authority saw nine")


def take_in(store, *texts, read=Run.of):
    told = []
    articles = [Article(id=new_id(), text=text, title=f"T{place}") for place, text in enumerate(texts)]
    import_records(store, [read(articles)], report=lambda code, **details: told.append((code, details)))
    return [article.id for article in articles], told


def test_a_report_printed_with_changes_is_a_possible_copy(store):
    (first, second), told = take_in(store, REPORT, REWRITTEN)
    (copy,) = possible_copies(store, second)
    assert copy.article == first
    assert 0.8 < copy.resemblance < 1
    assert [code for code, _ in told] == ["text-nearly-there"]
    assert told[0][1]["handle"] == "A1"


def test_the_same_text_in_two_outlets_is_told_of_once_and_stays_two_articles(store):
    (_, second), told = take_in(store, REPORT, REPORT)
    assert [copy.resemblance for copy in possible_copies(store, second)] == [1.0]
    assert [code for code, _ in told] == ["text-there-already"]
    assert store.query("SELECT count(*) FROM article") == [(2,)]


def test_articles_on_one_matter_in_other_words_are_no_copies(store):
    other = "Ships waited for days. Nobody at the office could say why the pilots did not come out to them."
    (_, second), told = take_in(store, REPORT, other)
    assert possible_copies(store, second) == []
    assert told == []


def test_a_corpus_is_compared_with_itself_and_with_what_was_there(store):
    take_in(store, REPORT)
    others = [
        f"On day {day} the port of {day} was open, said office {day} to paper {day}." for day in range(300)
    ]
    _, told = take_in(store, *others, REWRITTEN, f"{others[7]} Nobody else was there to see.")
    assert [(code, found["title"], found["handle"]) for code, found in told] == [
        ("text-nearly-there", "T300", "A1"),
        ("text-nearly-there", "T301", "A9"),
    ]


def read_elsewhere(articles):
    run = Run.of(articles)
    run.prepared = [prepared(one.text) for one in articles]
    return run


def test_texts_that_were_sketched_where_they_were_read_are_told_of_likewise(store):
    long = " ".join(f"{REPORT} It was day {day}." for day in range(200))
    texts = [REPORT, f"\ufeff{REWRITTEN}\r\n", "", long, f"{long} It rained.", f"{REPORT} It rained."]
    _, told = take_in(store, *texts, read=read_elsewhere)
    assert [(code, found["title"], found["handle"]) for code, found in told] == [
        ("text-nearly-there", "T1", "A1"),
        ("text-nearly-there", "T5", "A1"),
        ("text-nearly-there", "T5", "A2"),
    ]
    assert store.query("SELECT count(*) FROM content WHERE text LIKE char(65279) || '%'") == [(0,)]


def test_texts_that_stayed_when_an_import_was_undone_are_compared_when_they_come_again(store):
    texts = [REPORT, "Ships waited for days. Nobody could say why.", REWRITTEN]
    take_in(store, *texts)
    store.undo()
    _, told = take_in(store, *texts, f"{REPORT} It rained.")
    assert [(found["title"], found["handle"]) for _, found in told] == [
        ("T2", "A1"),
        ("T3", "A1"),
        ("T3", "A3"),
    ]


def test_comparing_can_be_stopped_and_what_came_in_stays(store):
    told = []
    articles = [Article(id=new_id(), text=f"{REPORT} It was day {day}.", title="") for day in range(5)]
    calls = iter([True, False])
    import_records(
        store,
        articles,
        report=lambda code, **details: told.append((code, details)),
        progress=lambda count: next(calls),
    )
    assert told == [("texts-not-compared", {"count": 5})]
    assert store.query("SELECT count(*) FROM article") == [(5,)]


def test_texts_are_compared_only_where_somebody_is_told(store):
    articles = [Article(id=new_id(), text=f"{REPORT} It was day {day}.", title="") for day in range(5)]
    calls = []
    import_records(store, articles, progress=lambda count: calls.append(count) or True)
    assert calls == [5]


def test_texts_that_are_only_just_near_share_enough_of_their_sketches():
    chance = random.Random(7)
    for _ in range(200):
        words = [f"w{chance.randrange(3000)}" for _ in range(300)]
        changed = [*words[:205], *(f"w{chance.randrange(3000)}" for _ in range(95))]
        text, other = " ".join(words), " ".join(changed)
        assert 0.5 <= resemblance(text, other) < 0.55
        assert len(set(sketch(text)) & set(sketch(other))) >= 2


def test_an_article_is_compared_with_those_before_it_only(store):
    (first, _), _ = take_in(store, REPORT, REWRITTEN)
    assert possible_copies(store, first) == []
