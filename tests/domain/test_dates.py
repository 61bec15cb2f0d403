"""Dates are whole or partial ISO dates."""

import pytest

from annotator.domain.dates import is_date, normalised
from annotator.domain.errors import UserError


@pytest.mark.parametrize(
    "text", ["2017", "2017-08", "2017-08-24", "2024-02-29", "2017-08-24T14:30", "2017-08-24T14:30:00+03:00"]
)
def test_a_date_may_end_where_knowledge_ends(text):
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    ["", "17", "2017-8", "2017-13", "2017-08-32", "2023-02-29", "24.8.2017", "August", "2017-08-24T25:00"],
)
def test_other_ways_to_write_a_date_are_none(text):
    assert not is_date(text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2017-08-14", "2017-08-14"),
        ("2012-06/2015-12", "2012-06/2015-12"),
        (" 2017 / 2017-08-14 ", "2017/2017-08-14"),
        ("14 August 2017", "2017-08-14"),
        ("Aug. 14, 2017", "2017-08-14"),
        ("August 14th, 2017", "2017-08-14"),
        ("June 2012/December 2015", "2012-06/2015-12"),
    ],
)
def test_a_date_or_an_interval_is_kept_in_one_form(written, kept):
    assert normalised(written) == kept


@pytest.mark.parametrize(
    "written", ["", "/", "2017-13", "30 February 2017", "last summer", "1/2/2017", "14 Foo 2017"]
)
def test_a_date_that_is_none_is_refused(written):
    with pytest.raises(UserError) as refused:
        normalised(written)
    assert refused.value.code == "date-none"


def test_an_interval_that_ends_before_it_begins_is_refused():
    with pytest.raises(UserError) as refused:
        normalised("2015-12/2012-06")
    assert refused.value.code == "date-turned-round"
