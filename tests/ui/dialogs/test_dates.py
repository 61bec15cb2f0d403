"""Dates are whole or partial ISO dates."""

import pytest

from annotator.ui.dialogs.dates import is_date


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
