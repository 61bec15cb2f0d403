import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.messages import sentence
from annotator.domain.query import (
    And,
    Flag,
    Not,
    Or,
    Query,
    Term,
    Words,
    parse,
    words_in,
)
from tests.domain.queries import QUERIES


@given(QUERIES)
def test_a_query_written_out_means_the_same(query: Query):
    assert parse(str(query)) == query


@given(st.text(st.sampled_from('label=~<>!() "and or not denial\\“”'), max_size=20))
def test_any_text_is_a_query_or_is_refused_with_a_place(text):
    try:
        query = parse(text)
    except UserError as error:
        details = error.details
    else:
        assert parse(str(query)) == query
        return
    assert 0 <= details["at"] <= len(text)
    assert text.startswith(details.get("found", ""), details["at"])


def test_and_binds_tighter_than_or_and_not_tightest():
    label, source, across = Term("label", "=", "denial"), Term("source", "~", "port"), Flag("across")
    assert parse("label=denial and not across or source~port") == Or((And((label, Not(across))), source))
    assert parse("label=denial and (across or source~port)") == And((label, Or((across, source))))


def test_blanks_case_and_curly_marks_do_not_matter():
    asked = 'Label = denial AND source="Ministry of Ports" And\tacross'
    expected = And((Term("label", "=", "denial"), Term("source", "=", "Ministry of Ports"), Flag("across")))
    assert parse(asked) == expected
    assert parse(asked.replace('"Ministry of Ports"', "“Ministry of Ports”")) == expected
    assert str(expected) == 'label=denial and source="Ministry of Ports" and across'


def test_an_attribute_keeps_the_case_of_its_name():
    assert parse("Attr.Denial_kind!=source") == Term("attr.Denial_kind", "!=", "source")


@pytest.mark.parametrize(
    ("text", "at", "found"),
    [
        ("", 0, ""),
        ("  ", 2, ""),
        ("label", 5, ""),
        ("label=", 6, ""),
        ("label=and across", 6, "and"),
        ("label<denial", 5, "<"),
        ("flood =denial", 0, "flood"),
        ("(label=denial", 13, ""),
        ("label=denial)", 12, ")"),
        ('label="denial', 6, '"'),
        ("date>yesterday", 5, "yesterday"),
        ("date~2024", 4, "~"),
        ("date=2024-13", 5, "2024-13"),
        ("attr.=x", 0, "attr."),
        ("label=denial !", 13, "!"),
        ("flood or", 8, ""),
        ("flood )", 6, ")"),
    ],
)
def test_a_mistake_is_told_with_its_place(text, at, found):
    with pytest.raises(UserError) as raised:
        parse(text)
    assert raised.value.code == "query-syntax"
    assert (raised.value.details["at"], raised.value.details.get("found", "")) == (at, found)
    assert raised.value.details["expected"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("label<3", "The query cannot go on with “<”. What can stand there: = != ~. "),
        ("(label=denial", "The query is not finished. What can come next: ). "),
        ("label=", "The query is not finished. What can come next: a value. "),
    ],
)
def test_a_mistake_is_told_by_its_words_and_not_by_nothing(text, told):
    with pytest.raises(UserError) as raised:
        parse(text)
    assert sentence(raised.value).startswith(told)


def test_words_are_asked_for_as_they_are_typed_up_to_the_next_condition():
    denial = Term("label", "=", "denial")
    assert parse("flood damage label=denial") == And((Words("flood damage"), denial))
    assert parse('label=denial "flood and fire" not linked') == And(
        (denial, Words("flood and fire"), Not(Flag("linked")))
    )
    assert parse("flood and fire") == And((Words("flood"), Words("fire")))
    assert parse("https://example.org/a") == Words("https://example.org/a")


def test_the_words_a_query_asks_for_are_told_without_those_it_rules_out():
    asked = '(flood or "fire") text~dam and not text~drill label=denial flood'
    assert words_in(parse(asked)) == ["flood", "fire", "dam"]


@pytest.mark.parametrize(
    ("text", "at", "like"),
    [
        ("lable=denial", 0, "label="),
        ("label=denial and sorce~x", 17, "source="),
        ("lable:denial", 0, "label="),
        ("flood label:denial", 6, "label="),
        ("lnked=yes", 0, "linked"),
    ],
)
def test_a_name_that_is_none_is_told_with_the_nearest_there_is(text, at, like):
    with pytest.raises(UserError) as raised:
        parse(text)
    assert raised.value.code == "query-field-unknown"
    assert (raised.value.details["at"], raised.value.details["like"]) == (at, like)


def test_brackets_without_end_are_refused_not_followed():
    for text in ("(" * 5000, "not " * 5000):
        with pytest.raises(UserError, match="query-syntax"):
            parse(text)


def test_a_query_larger_than_a_project_can_be_asked_is_refused():
    for text in (" or ".join(["linked"] * 401), "linked or (across " * 20 + "linked" + ")" * 20):
        with pytest.raises(UserError, match="query-too-large"):
            parse(text)
    assert parse(" or ".join(["linked"] * 400))
