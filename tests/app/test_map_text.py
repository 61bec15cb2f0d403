"""The map on the terminal, told part by part, says what one report says."""

import re

import pytest
from hypothesis import given, settings

from annotator.app.reporting import put_text
from annotator.formats.reports import writers
from annotator.store import nobodys, reporting
from annotator.store.store import Store
from tests.domain.graphs import Line, choruses, projects
from tests.looks.pinned import sample_store
from tests.store.test_claim_facts import stored

_LINK, _PLACE = re.compile(r"\[([ACEM][0-9]+)\]\(#\w+\)"), re.compile(r'<a id="\w+"></a>')
"""What leads to and fro in a file, while handles are words on a terminal."""


def check(store: Store) -> None:
    pieces: list[bytes] = []
    try:
        with pytest.MonkeyPatch.context() as small:
            small.setattr(reporting, "CLAIMS_IN_PART", 1)
            small.setattr(nobodys, "AT_ONCE", 1)
            put_text(store, None, pieces.append)
        told = writers.by_name("md").write(reporting.full_report(store)).data.decode()
        assert b"".join(pieces).decode() == _PLACE.sub("", _LINK.sub(r"\1", told))
    finally:
        store.close()


def test_the_sample_is_told_part_by_part_as_in_one_report() -> None:
    check(sample_store())


def test_a_project_without_claims_says_so() -> None:
    check(Store.memory())


@settings(max_examples=settings().max_examples // 4)
@given(projects() | choruses())
def test_any_project_is_told_part_by_part_as_in_one_report(lines: list[Line]) -> None:
    check(stored(lines))
