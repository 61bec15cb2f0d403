"""The far end of a link is looked up in a thread: typing never waits, no key takes what is out of date."""

from threading import Event, get_ident

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from annotator.domain.errors import UserError
from annotator.domain.ids import Ref
from annotator.store import edits, lists
from annotator.store.store import Identity, Store
from annotator.ui.dialogs.target_search import TargetSearch

Key = Qt.Key


class Archive:
    """Claims found as soon as the test lets them be."""

    def __init__(self):
        self.is_free = Event()
        self.is_free.set()
        self.asked = []
        self.threads = set()

    def search(self, store, words):
        self.asked.append(words)
        self.threads.add(get_ident())
        assert self.is_free.wait(30)
        return lists.claims(store, text=words, limit=9)


@pytest.fixture
def archive():
    made = Archive()
    yield made
    made.is_free.set()


@pytest.fixture
def claims(tmp_path):
    store = Store.create(tmp_path / "news.annotator", Identity(name="Ada"))
    sentences = ("The gate was shut", "The gate had been shut for years", "The gale shut nothing")
    yield {words: edits.add_proposition(store, words) for words in sentences} | {"store": store}
    store.close()


@pytest.fixture
def popup(claims, archive, shown, look):
    window = QWidget()
    shown(window)
    made = TargetSearch(look, window, store=claims["store"], search=archive.search, may_type=("proposition",))
    made.open_at(QRect(10, 10, 40, 20))
    return made


@pytest.fixture
def taken(popup):
    said = []
    popup.taken.connect(said.append)
    popup.typed.connect(lambda table, words: said.append(words))
    return said


@pytest.fixture
def found(popup, qtbot):
    """Waits until the entries are those of the words typed."""
    return lambda: qtbot.waitUntil(lambda: not popup.is_waiting)


def texts(popup):
    return [entry.text for entry in popup.list.entries]


def test_words_are_looked_up_beside_the_window_and_what_was_found_stays_meanwhile(
    popup, archive, qtbot, found
):
    qtbot.keyClicks(popup.field, "gate")
    found()
    before = texts(popup)
    assert len(before) == 3
    archive.is_free.clear()
    qtbot.keyClicks(popup.field, " had")
    assert popup.field.text() == "gate had"
    assert texts(popup) == [*before[:-1], "New claim “gate had”"]
    qtbot.waitUntil(lambda: popup.hint.text() == "Looking…")
    archive.is_free.set()
    found()
    assert texts(popup) == ["The gate had been shut for years", "New claim “gate had”"]
    assert get_ident() not in archive.threads


def test_enter_waits_for_what_fits_the_words_typed(popup, archive, claims, taken, qtbot, found):
    qtbot.keyClicks(popup.field, "ga")
    found()
    archive.is_free.clear()
    qtbot.keyClicks(popup.field, "le")
    qtbot.keyClick(popup.field, Key.Key_Return)
    assert taken == []
    archive.is_free.set()
    qtbot.waitUntil(lambda: taken == [Ref("proposition", claims["The gale shut nothing"])])


@pytest.mark.parametrize("keys", [(Key.Key_Down, Key.Key_Return), (Key.Key_Space, Key.Key_2)])
def test_arrows_and_digits_mean_the_rows_that_come(popup, archive, claims, taken, qtbot, keys):
    archive.is_free.clear()
    qtbot.keyClicks(popup.field, "gate")
    for key in keys:
        qtbot.keyClick(popup.field, key)
    assert taken == []
    archive.is_free.set()
    wanted = Ref("proposition", claims["The gate had been shut for years"])
    qtbot.waitUntil(lambda: taken == [wanted])


def test_typing_on_takes_back_an_enter_that_waits(popup, archive, taken, qtbot, found):
    archive.is_free.clear()
    qtbot.keyClicks(popup.field, "ga")
    qtbot.keyClick(popup.field, Key.Key_Return)
    qtbot.keyClicks(popup.field, "t")
    archive.is_free.set()
    found()
    assert taken == []
    assert popup.isVisible()


def test_words_taken_back_to_those_that_are_shown_are_not_looked_up_again(popup, archive, qtbot, found):
    qtbot.keyClicks(popup.field, "gate")
    found()
    archive.is_free.clear()
    qtbot.keyClicks(popup.field, "s")
    qtbot.keyClick(popup.field, Key.Key_Backspace)
    assert not popup.is_waiting
    assert archive.asked.count("gate") == 1
    assert len(texts(popup)) == 3


def test_a_new_claim_waits_for_no_answer(popup, archive, taken, qtbot):
    archive.is_free.clear()
    qtbot.keyClicks(popup.field, "gate")
    qtbot.keyClick(popup.field, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert taken == ["gate"]


def test_a_click_on_a_new_claim_takes_the_words_it_shows_while_others_are_looked_up(
    popup, archive, taken, qtbot, found
):
    qtbot.keyClicks(popup.field, "gate")
    found()
    archive.is_free.clear()
    qtbot.keyClicks(popup.field, " opened")
    row = popup.list.entries_model.index(len(popup.list.entries) - 1, 0)
    assert row.data() == "New claim “gate opened”"
    qtbot.mouseClick(
        popup.list.viewport(), Qt.MouseButton.LeftButton, pos=popup.list.visualRect(row).center()
    )
    assert taken == ["gate opened"]


def test_enter_takes_nothing_out_of_date_where_the_project_cannot_be_read(
    popup, archive, claims, taken, qtbot, found, monkeypatch
):
    qtbot.keyClicks(popup.field, "ga")
    found()

    def unreadable(is_unwanted):
        raise UserError("project-busy", path="news.annotator")

    with monkeypatch.context() as patched:
        patched.setattr(claims["store"], "reader", unreadable)
        qtbot.keyClicks(popup.field, "le")
        qtbot.keyClick(popup.field, Key.Key_Return)
        qtbot.waitUntil(lambda: not popup._reader.is_waiting)
        told = popup.hint.text()
        assert "news.annotator" in told
        qtbot.waitUntil(lambda: not popup._reader._patience.isActive())
        assert popup.hint.text() == told
        assert popup.hint.width() <= popup.width()
    assert taken == []
    qtbot.keyClick(popup.field, Key.Key_Return)
    qtbot.waitUntil(lambda: taken == [Ref("proposition", claims["The gale shut nothing"])])


def test_what_is_refused_says_why(claims, shown, look, qtbot):
    def refused(store, words):
        raise UserError("project-busy", path="news.annotator")

    window = QWidget()
    shown(window)
    popup = TargetSearch(look, window, store=claims["store"], search=refused)
    popup.open_at(QRect(10, 10, 40, 20))
    qtbot.keyClicks(popup.field, "gate")
    qtbot.waitUntil(lambda: "news.annotator" in popup.hint.text())


def test_digits_are_promised_only_where_there_is_something_to_take(popup, claims, archive, look, qtbot):
    assert "1–9" not in popup.hint.text()
    offering = TargetSearch(
        look,
        popup.parentWidget(),
        store=claims["store"],
        search=archive.search,
        recent=lists.claims(claims["store"]),
    )
    offering.open_at(QRect(10, 10, 40, 20))
    assert "1–9" in offering.hint.text()
