"""What a large project is looked through for is offered when a thread has found it; typing never waits."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from annotator.store import edits
from annotator.store.store import Identity, Store
from annotator.ui.search import field as query_field
from annotator.ui.search.field import QueryField
from tests.store.samples import TEXT, add_article


class Looking:
    """Who looks values up, and for which letters; threads may be held up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.typed: list[str] = []
        self.threads: set[threading.Thread] = set()
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        look_up = query_field.suggestions

        def noted(store, wish):
            self.typed.append(wish.typed)
            self.threads.add(threading.current_thread())
            if threading.current_thread() is not threading.main_thread():
                self.may_go_on.wait()
            return look_up(store, wish)

        monkeypatch.setattr(query_field, "suggestions", noted)

    def end(self) -> None:
        """Let all threads go on, and wait for them."""
        self.may_go_on.set()
        for thread in self.threads - {threading.main_thread()}:
            thread.join()


@pytest.fixture
def looking(monkeypatch) -> Iterator[Looking]:
    made = Looking(monkeypatch)
    yield made
    made.end()


@pytest.fixture
def field(tmp_path, looking, shown) -> Iterator[QueryField]:
    store = Store.create(tmp_path / "values.annotator", Identity(name="Ada"))
    for name in ("Ministry of Ports", "Minister of Roads"):
        edits.add_source(store, name)
    add_article(store, TEXT, title="The bridge")
    made = QueryField(store)
    shown(made)
    made.setFocus()
    yield made
    made.show_query("")
    looking.end()
    store.close()


def offered(field: QueryField) -> list[str]:
    return [field.offers.item(row).data(Qt.ItemDataRole.UserRole) for row in range(field.offers.rowCount())]


@pytest.mark.parametrize(("typed", "value"), [("article=brid", "A1"), ("source=road", "Minister of Roads")])
def test_values_from_lists_are_offered_by_a_thread(field, looking, qtbot, typed, value):
    QTest.keyClicks(field, typed[:-1])
    looking.threads.clear()
    QTest.keyClicks(field, typed[-1])
    qtbot.waitUntil(lambda: field.is_offering and offered(field) == [value])
    assert looking.threads
    assert threading.main_thread() not in looking.threads


def test_what_the_scheme_tells_is_offered_at_once(field, looking):
    QTest.keyClicks(field, "label=deni")
    assert offered(field) == ["denial"]
    assert looking.threads == {threading.main_thread()}


def test_only_what_is_asked_last_is_offered(field, looking, qtbot):
    looking.may_go_on.clear()
    QTest.keyClicks(field, "source=mini")
    qtbot.waitUntil(lambda: "mini" in looking.typed)
    QTest.keyClicks(field, "stry")
    looking.may_go_on.set()
    qtbot.waitUntil(lambda: not field.is_looking)
    assert offered(field) == ["Ministry of Ports"]


def test_names_of_fields_are_not_offered_where_the_values_of_one_are_looked_for(field, looking):
    looking.may_go_on.clear()
    QTest.keyClicks(field, "sourc")
    assert field.is_offering
    QTest.keyClicks(field, "e=")
    assert field.is_looking
    assert not field.is_offering


def test_nothing_is_offered_any_more_once_the_search_was_begun(field, looking, qtbot):
    looking.may_go_on.clear()
    QTest.keyClicks(field, "source=mini")
    qtbot.waitUntil(lambda: "mini" in looking.typed)
    with qtbot.waitSignal(field.asked):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert not field.is_looking
    assert not field.is_offering


def test_nothing_is_offered_where_the_keys_have_gone_elsewhere(field, looking, qtbot, shown):
    looking.may_go_on.clear()
    QTest.keyClicks(field, "source=mini")
    qtbot.waitUntil(lambda: "mini" in looking.typed)
    other = QLineEdit()
    shown(other)
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert not field.is_looking
    assert not field.is_offering
