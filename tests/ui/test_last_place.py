"""Where a project is opened again: the places in its panes, and the caret."""

import pytest

from annotator.store.session import Focus
from annotator.store.store import Identity, Store
from tests.ui.test_window import TEXT, put_in, settings
from tests.ui.windows import window_on

__all__ = ["settings"]


@pytest.mark.parametrize("is_split", [False, True])
def test_a_project_is_opened_again_and_again_where_it_was_left(tmp_path, settings, qtbot, is_split):
    path = tmp_path / "mill.annotator"
    store = Store.create(path, Identity(name="Ada"))
    first, second = put_in(store, "One", "Two")
    window = window_on(store, qtbot, settings, filled="articles")
    window.session.open_article(second)
    if is_split:
        window.session.split(Focus(first))
    for pane in window.panes.all:
        pane.view.restore_place((TEXT.index("mayor", 1200), 0))
    left = [pane.view.place() for pane in window.panes.all]
    for _ in range(3):
        window.close()
        store.close()
        store = Store.open(path, Identity(name="Ada"))
        window = window_on(store, qtbot, settings, filled="articles")
        assert [pane.view.place() for pane in window.panes.all] == left
        assert window.session.focus.article == (first if is_split else second)
        seen = window.view.visible_span()
        assert seen.start <= window.view.caret() < seen.end
    window.close()
    store.close()


@pytest.mark.parametrize("top", [0, 1200])
@pytest.mark.parametrize("is_split", [False, True])
def test_the_caret_stands_where_it_stood_when_the_project_was_left(tmp_path, settings, qtbot, is_split, top):
    path = tmp_path / "mill.annotator"
    store = Store.create(path, Identity(name="Ada"))
    first, _ = put_in(store, "One", "Two")
    window = window_on(store, qtbot, settings, filled="articles")
    if is_split:
        window.session.split(Focus(first))
    for number, pane in enumerate(window.panes.all):
        if top:
            pane.view.restore_place((TEXT.index("mayor", top), 0))
        pane.view.set_caret(pane.view.visible_span().start + 130 + 7 * number)
    left = [(pane.view.place(), pane.view.caret()) for pane in window.panes.all]
    for _ in range(2):
        window.close()
        store.close()
        store = Store.open(path, Identity(name="Ada"))
        window = window_on(store, qtbot, settings, filled="articles")
        assert [(pane.view.place(), pane.view.caret()) for pane in window.panes.all] == left
    window.close()
    store.close()
