"""Every screen: how to get there with the window as it is, and what to picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.ids import LinkId, MarkId
from annotator.domain.model import Mark, Ref, Region
from annotator.domain.spans import Span
from annotator.store import edits, lists, read
from annotator.store.store import Store
from annotator.ui.window import MainWindow
from tests.looks import articles, dialogs, judging, open_ends, pinned, searches, versions
from tests.looks.many_claims import many_claims
from tests.ui.panels.reading import read_page

Key = Qt.Key
MENUS = ("file", "edit", "mark", "go", "view", "panels")
_BELOW = ("marks", "sources", "claims", "exhibits", "history")
Act = Callable[[MainWindow], QWidget | None]


@dataclass(frozen=True)
class Scene:
    """A project, and what to do in a window on it; `act` gives what to picture instead of the window."""

    name: str
    store: Callable[[], Store]
    act: Act


def press(
    window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(QApplication.focusWidget() or window.view, key, modifiers)
    pinned.settle()


def type_words(window: MainWindow, words: str) -> None:
    QTest.keyClicks(QApplication.focusWidget() or window.view, words)
    pinned.settle()


def span_of(window: MainWindow, words: str) -> Span:
    start = window.view.page.text.index(words)
    return Span(start, start + len(words))


def mark_on(window: MainWindow, words: str) -> Mark:
    """The first mark whose quote begins with these words."""
    store = window.session.store
    row = next(row for row in lists.marks(store) if row.quote.startswith(words))
    return read.mark(store, MarkId(row.id))


def hold(window: MainWindow, words: str) -> None:
    window.session.hold(mark_on(window, words).id)
    pinned.settle()


def as_is(window: MainWindow) -> None:
    del window


def held(window: MainWindow) -> None:
    hold(window, "two sluices")


def readme(window: MainWindow) -> None:
    """A denial that holds the claim it denies, at the top of the first article."""
    hold(window, "rejected a report")


def second_article(window: MainWindow) -> None:
    window.commands.step_article(1)


def hints(window: MainWindow) -> None:
    press(window, Key.Key_F)


def hints_second(window: MainWindow) -> None:
    press(window, Key.Key_F)
    type_words(window, "a")


def bubble(window: MainWindow) -> None:
    drag(window, "insulting")


def bubble_held(window: MainWindow) -> None:
    held(window)
    drag(window, "openings used")


def drag(window: MainWindow, words: str) -> None:
    """Select words of the text with the mouse."""
    span = span_of(window, words)
    window.view.reveal(span)
    pinned.settle()
    start = window.view.rects_of(Span(span.start, span.start + 1))[0]
    end = window.view.rects_of(Span(span.end - 1, span.end))[-1]
    port = window.view.viewport()
    first, last = QPoint(start.left() + 1, start.center().y()), QPoint(end.right(), end.center().y())
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=first)
    for stop in ((first + last) / 2, last):
        QTest.mouseMove(port, stop)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=last)
    pinned.settle()


def source_picker(window: MainWindow) -> None:
    hold(window, 'it "had no reason')
    press(window, Key.Key_Return)


def source_picker_typed(window: MainWindow) -> None:
    source_picker(window)
    type_words(window, "nor")


def label_menu(window: MainWindow) -> None:
    window.view.select(span_of(window, "report in the Meridian Courier"))
    window.hands.functions["label-menu"]()


def a_link(window: MainWindow) -> LinkId:
    """The first link that was drawn at the mark in hand."""
    mark = window.session.focus.mark
    rows = lists.links(window.session.store, [mark] if mark else [])
    return next(row.link for row in rows if row.link)


def possible_source(window: MainWindow) -> None:
    """A mark that somebody else may have said, with a link the analyst drew."""
    edits.set_preset(window.session.store, "analyst")
    hold(window, 'it "had no reason')
    store = window.session.store
    edits.edit_link(store, a_link(window), inferred=True)
    press(window, Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    press(window, Key.Key_1)


def region_menu(window: MainWindow) -> None:
    window.view.select(span_of(window, "report in the Meridian Courier"))
    press(window, Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)


def regions(window: MainWindow) -> None:
    """A title, a dateline, and a letter that holds a headline of its own."""
    text, article = window.view.page.text, window.session.focus.article
    rows = [Span(start, start + len(row)) for row, start in _rows(text)]
    found = [Region("title", rows[0]), Region("dateline", Span(rows[1].start, rows[1].start + 8))]
    found += [Region("caption", Span(rows[2].start, rows[4].end)), Region("subhead", rows[3])]
    if article is not None:
        edits.edit_article(window.session.store, article, regions=tuple(found))
    pinned.settle()


def _rows(text: str) -> list[tuple[str, int]]:
    """The paragraphs of a text and where they begin."""
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]
    pairs = zip(text.split("\n"), starts, strict=True)
    return [(row, start) for row, start in pairs if row.strip()]


def regions_held(window: MainWindow) -> None:
    regions(window)
    press(window, Key.Key_N)


def link_form(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.link_form import LinkForm

    hold(window, 'it "had no reason')
    return dialogs.dialog(LinkForm(window.session, window.look, window, a_link(window)))


def link_hints(window: MainWindow) -> None:
    hold(window, 'it "had no reason')
    press(window, Key.Key_D)


def link_kinds(window: MainWindow) -> None:
    held(window)
    origin, target = mark_on(window, "two sluices"), mark_on(window, 'it "had no reason')
    place = window.hands.floating.near(origin.spans[-1].end)
    window.hands.linking.offer_kinds(Ref("mark", origin.id), Ref("mark", target.id), place)


def two_panes(window: MainWindow) -> None:
    """A mark in hand on the left, the second article on the right."""
    hold(window, "two sluices")
    press(window, Key.Key_F6)
    window.commands.step_article(1)
    press(window, Key.Key_F6)


def two_panes_hints(window: MainWindow) -> None:
    two_panes(window)
    press(window, Key.Key_S)


def two_panes_above(window: MainWindow) -> None:
    two_panes(window)
    window.viewing.resize_text(12)
    pinned.settle()


def tray(window: MainWindow) -> None:
    """Three pinned marks, and a link that looks for its end."""
    for words in ("two sluices", "No word on the study", "water left the lake"):
        hold(window, words)
        press(window, Key.Key_P)
    hold(window, "Marvenia has never opened")
    press(window, Key.Key_D)


def places(window: MainWindow) -> None:
    two_panes(window)
    window.session.leave_here()
    hold(window, "has leaked since")
    press(window, Key.Key_H, Qt.KeyboardModifier.ControlModifier)


def target_search(window: MainWindow) -> None:
    link_hints(window)
    press(window, Key.Key_Slash)
    type_words(window, "gates")


def target_typed(window: MainWindow) -> None:
    link_hints(window)
    press(window, Key.Key_Slash)
    type_words(window, "Nobody opened anything")


def stack(window: MainWindow) -> None:
    mark = mark_on(window, "two sluices")
    marks = window.view.marks_at(mark.spans[0].start + 1)
    window.hands.offering.marks(marks, window.view.mapToGlobal(QPoint(300, 200)))


def grips(window: MainWindow) -> None:
    held(window)
    press(window, Key.Key_T)
    press(window, Key.Key_Right, Qt.KeyboardModifier.ControlModifier)


def find(window: MainWindow) -> None:
    press(window, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_words(window, "gates")


def find_nothing(window: MainWindow) -> None:
    press(window, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_words(window, "zeppelin")


def palette(window: MainWindow) -> None:
    press(window, Key.Key_K, Qt.KeyboardModifier.ControlModifier)


def palette_typed(window: MainWindow) -> None:
    palette(window)
    type_words(window, "piece")


def proposals(window: MainWindow) -> None:
    """Ghosts of what the rules found, the second one asked about."""
    store = window.session.store
    edits.delete_marks(store, [row.id for row in lists.marks(store)])
    while window.panes.active.ghosts.is_waiting:
        pinned.settle()
    for _ in range(2):
        press(window, Key.Key_G)


def rules(window: MainWindow) -> QWidget:
    from annotator.ui.dialogs.rules_dialog import RulesDialog

    return dialogs.dialog(
        RulesDialog(window.look, window, window.session.store, frozenset({"quote-he-quote"}))
    )


def text_only(window: MainWindow) -> None:
    window.viewing.toggle_text_only()


def refused(window: MainWindow) -> None:
    press(window, Key.Key_D)


def deleted_and_undone(window: MainWindow) -> None:
    held(window)
    press(window, Key.Key_Delete)
    press(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def panel(name: str, window: MainWindow) -> None:
    held(window)
    window.docks[name].raise_()


def panel_alone(name: str, window: MainWindow) -> None:
    window.docks[name].raise_()


def dispute_map(way: int, window: MainWindow) -> None:
    """The map with room, as board (0), graph (1) or time line (2)."""
    window.ways.to_map(None)
    panel = window.panels.map
    panel.head.switch.button(way).setChecked(True)
    while not panel.is_settled:
        QTest.qWait(10)
    pinned.settle()


def dispute_map_far(window: MainWindow) -> None:
    """The graph of the map as far as it goes."""
    window.panels.map.head.steps.setCurrentIndex(2)
    dispute_map(1, window)


def map_questions(window: MainWindow) -> QWidget:
    dispute_map(0, window)
    window.panels.map.claims.open_questions()
    return window.panels.map.claims.asked


def enlarged(name: str, window: MainWindow) -> None:
    """A panel with half of the window."""
    panel(name, window)
    window.resizeDocks([window.docks[name]], [window.height() // 2], Qt.Orientation.Vertical)
    pinned.settle()


def claim_page(window: MainWindow) -> None:
    """A claim opened to its marks, and its page for one of them."""
    enlarged("claims", window)
    tree = window.panels.claims.tree
    tree.expand(tree.model().index(0, 0))
    tree.setCurrentIndex(tree.model().index(1, 0, tree.model().index(0, 0)))
    read_page(window.panels.claims)


def source_page(window: MainWindow) -> None:
    """The source that speaks most, with its page."""
    enlarged("sources", window)
    sources = window.panels.sources
    sources.stand_on(lists.sources(window.session.store, by_use=True, limit=1)[0].id)
    read_page(sources)


def exhibit_page(window: MainWindow) -> None:
    enlarged("exhibits", window)
    window.panels.exhibits.list.setCurrentIndex(window.panels.exhibits.list.model().index(0, 0))
    window.panels.exhibits.settle()


def history_acts(window: MainWindow) -> None:
    """What was done to a mark, the last act chosen."""
    held(window)
    for key in (Key.Key_2, Key.Key_P, Key.Key_P):
        press(window, key)
    enlarged("history", window)
    window.panels.history.table.selectRow(0)
    pinned.settle()


def claim_picker(window: MainWindow) -> None:
    hold(window, "no gate had moved")
    press(window, Key.Key_M)


def analyst_preset(window: MainWindow) -> None:
    edits.set_preset(window.session.store, "analyst")
    held(window)


def large_text(window: MainWindow) -> None:
    window.settings.font_size = 20
    window.dressing.set_reading()
    held(window)


def menu(name: str, window: MainWindow) -> QWidget:
    shown = window.menus.menus[name]
    shown.popup(window.mapToGlobal(QPoint(0, 0)))
    return shown


def menu_link_held(window: MainWindow) -> QWidget:
    """The kinds of links that may start at a denial, of all labels and kinds."""
    edits.set_preset(window.session.store, "analyst")
    hold(window, "rejected a report")
    return menu("link", window)


def context_menu(window: MainWindow) -> QWidget:
    held(window)
    made = window.menus.context(window, True, False)
    made.popup(window.mapToGlobal(QPoint(0, 0)))
    return made


_sample = pinned.sample_store
_empty = pinned.empty_store


def _of(records: Callable[[], object]) -> Callable[[], Store]:
    return lambda: pinned.store_of(records())  # type: ignore[arg-type]


SCENES: tuple[Scene, ...] = (
    Scene("readme", _sample, readme),
    Scene("article", _sample, as_is),
    Scene("article-second", _sample, second_article),
    Scene("held-mark", _sample, held),
    Scene("held-mark-analyst", _sample, analyst_preset),
    Scene("hints", _sample, hints),
    Scene("hints-second", _sample, hints_second),
    Scene("bubble", _sample, bubble),
    Scene("bubble-held", _sample, bubble_held),
    Scene("source-picker", _sample, source_picker),
    Scene("source-picker-typed", _sample, source_picker_typed),
    Scene("label-menu", _sample, label_menu),
    Scene("region-menu", _sample, region_menu),
    Scene("regions", _sample, regions),
    Scene("regions-held", _of(articles.dense), regions_held),
    Scene("regions-scripts", _of(articles.scripts), regions),
    Scene("possible-source", _sample, possible_source),
    Scene("link-hints", _sample, link_hints),
    Scene("two-panes", _sample, two_panes),
    Scene("two-panes-hints", _sample, two_panes_hints),
    Scene("two-panes-above", _sample, two_panes_above),
    Scene("two-panes-scripts", _of(articles.scripts), lambda window: press(window, Key.Key_F6)),
    Scene("two-panes-linked", versions.corrected, versions.linked_across),
    Scene("two-panes-tray", versions.corrected, versions.linked_panes),
    Scene("tray", _sample, tray),
    Scene("places", _sample, places),
    Scene("link-kinds", _sample, link_kinds),
    Scene("target-search", _sample, target_search),
    Scene("target-typed", _sample, target_typed),
    Scene("stack", _sample, stack),
    Scene("grips", _sample, grips),
    Scene("find", _sample, find),
    Scene("find-nothing", _sample, find_nothing),
    Scene("palette", _sample, palette),
    Scene("palette-typed", _sample, palette_typed),
    Scene("proposals", _sample, proposals),
    Scene("dialog-rules", _sample, rules),
    Scene("text-only", _sample, text_only),
    Scene("notice", _sample, refused),
    Scene("undone", _sample, deleted_and_undone),
    Scene("large-text", _sample, large_text),
    Scene("dense", _of(articles.dense), as_is),
    Scene("dense-held", _of(articles.dense), lambda window: press(window, Key.Key_N)),
    Scene("scripts", _of(articles.scripts), lambda window: press(window, Key.Key_N)),
    Scene("long-names", _of(articles.long_names), lambda window: press(window, Key.Key_N)),
    Scene("empty", _empty, as_is),
    *(Scene(f"panel-{name}", _sample, partial(panel, name)) for name in _BELOW),
    Scene("claim-page", _sample, claim_page),
    Scene("source-page", _sample, source_page),
    Scene("exhibit-page", _sample, exhibit_page),
    Scene("history-acts", _sample, history_acts),
    Scene("claim-picker", _sample, claim_picker),
    *(Scene(f"empty-{name}", _empty, partial(panel_alone, name)) for name in _BELOW),
    *(
        Scene(f"map-{name}", _sample, partial(dispute_map, way))
        for way, name in enumerate(("board", "graph", "time-line"))
    ),
    *(
        Scene(f"map-many-{name}", _of(many_claims), partial(dispute_map, way))
        for way, name in enumerate(("board", "graph", "time-line"))
    ),
    Scene("map-many-far", _of(many_claims), dispute_map_far),
    Scene("judged-claim", _sample, judging.claim),
    Scene("judged-source", _sample, judging.source),
    Scene("judged-board", _sample, judging.board),
    Scene("dialog-judging", _sample, judging.dialog),
    Scene("dialog-competing", _sample, judging.competing),
    Scene("dialog-exhibit", _sample, judging.exhibit),
    Scene("map-empty", _empty, partial(dispute_map, 0)),
    Scene("map-questions", _sample, map_questions),
    *(Scene(f"menu-{name}", _sample, partial(menu, name)) for name in MENUS),
    Scene("menu-link", _sample, partial(menu, "link")),
    Scene("menu-link-held", _sample, menu_link_held),
    Scene("menu-context", _sample, context_menu),
    Scene("dialog-paste", _sample, dialogs.paste),
    Scene("dialog-paste-empty", _sample, dialogs.paste_empty),
    Scene("dialog-import", _sample, dialogs.import_empty),
    Scene("dialog-import-filled", _sample, dialogs.import_filled),
    Scene("dialog-export", _sample, dialogs.export),
    Scene("dialog-report", _sample, dialogs.report),
    Scene("dialog-new", _sample, dialogs.new_project),
    Scene("dialog-article", _sample, dialogs.article_form),
    Scene("dialog-keys", _sample, dialogs.keys_page),
    Scene("dialog-scheme-label", _sample, partial(dialogs.scheme_editor, "labels", "denial")),
    Scene("dialog-scheme-attribute", _sample, partial(dialogs.scheme_editor, "attributes", "certainty")),
    Scene("dialog-scheme-kind", _sample, partial(dialogs.scheme_editor, "link_kinds", "supports")),
    Scene("dialog-scheme-flag", _sample, partial(dialogs.scheme_editor, "flags", "implicit_source")),
    Scene(
        "dialog-scheme-claim-link",
        _sample,
        partial(dialogs.scheme_editor, "proposition_link_kinds", "contradicts"),
    ),
    Scene("dialog-scheme-preset", _sample, partial(dialogs.scheme_editor, "presets", "analyst")),
    Scene("dialog-scheme-split", _sample, dialogs.scheme_split),
    Scene("dialog-about", _sample, dialogs.about),
    Scene("dialog-source", _sample, dialogs.source_form),
    Scene("dialog-link", _sample, link_form),
    Scene("dialog-undo", _sample, dialogs.undo_question),
    Scene("dialog-version-choice", versions.corrected, versions.choice),
    Scene("dialog-version-offer", versions.corrected, versions.offer),
    Scene("dialog-version-review", versions.corrected, versions.review),
    Scene("loose-ends-claims", _sample, open_ends.loose_ends),
    Scene("dialog-alike-claims", _sample, partial(open_ends.claims_alike, 0)),
    Scene("dialog-alike-claims-rtl", _sample, partial(open_ends.claims_alike, -1)),
    Scene("dialog-alike-sources", _sample, partial(open_ends.sources_alike, 0)),
    Scene("search-start", _sample, partial(searches.search, "", 0)),
    Scene("search-words", _sample, partial(searches.search, "dam", 0)),
    Scene("search-marks", _sample, partial(searches.search, "label=denial or label=evidence", 1)),
    Scene("search-articles", _sample, partial(searches.search, "dam", 2)),
    Scene("search-sources", _sample, partial(searches.search, "label=denial", 3)),
    Scene("search-claims", _sample, partial(searches.search, "stance=deny", 4)),
    Scene("search-nothing", _sample, partial(searches.search, "zeppelin", 0)),
    Scene("search-mistake", _sample, partial(searches.search, "dam lable=denial", 0)),
    Scene("search-empty", _empty, partial(searches.search, "dam", 0)),
    Scene("search-scripts", _of(articles.scripts), partial(searches.search, "text~the or label=denial", 1)),
    Scene("search-long-names", _of(articles.long_names), partial(searches.search, "not has_note", 1)),
    Scene("search-offers", _sample, searches.offers),
    Scene("dialog-kept-searches", _sample, searches.kept),
    Scene("dialog-change-marks", _sample, searches.change),
    Scene("dialog-count-found", _sample, searches.count),
    Scene("dialog-progress", _sample, dialogs.progress),
    Scene("dialog-opening", _sample, dialogs.opening),
    Scene("dialog-opening-waits", _sample, dialogs.opening_waits),
)

BY_NAME = {scene.name: scene for scene in SCENES}
