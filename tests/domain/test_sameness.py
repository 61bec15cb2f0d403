"""Titles that papers change slightly are known for the same ones, whatever blanks they have."""

from annotator.domain.sameness import title_key


def test_a_title_with_a_row_of_blanks_is_read_once():
    """Tried from each of them on, it would take minutes."""
    assert title_key(f"Fog{' ' * 200_000}came (corrected)") == "fog came"
