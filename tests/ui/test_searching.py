"""The search for proposals comes after what the analyst does."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from annotator.ui import searching
from annotator.ui.searching import ProposalSearch

TEXT = "“The gates were shut,” Pavel Drum said. Mira Ostrane denied it.\nThe crew said nothing.\n"


class Clock:
    """Time passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(searching, "perf_counter", clock)
    monkeypatch.setattr(searching, "sleep", clock.sleep)
    return clock


@pytest.fixture
def search(qapp: object) -> Iterator[ProposalSearch]:
    owner = QObject()
    search = ProposalSearch(owner)
    search.look_through(TEXT)
    yield search
    search.cancel()


def test_nothing_is_looked_for_while_the_analyst_is_at_work(search: ProposalSearch, clock: Clock) -> None:
    task = search._wanted.task
    assert task is not None
    search.give_way()
    task.work()
    assert clock.now >= searching._GIVES_WAY_S
    assert task.found


def test_a_search_that_gives_way_ends_when_it_is_not_wanted_any_more(
    search: ProposalSearch, clock: Clock
) -> None:
    task = search._wanted.task
    assert task is not None
    search.give_way()
    search.cancel()
    task.work()
    assert clock.now < searching._GIVES_WAY_S
