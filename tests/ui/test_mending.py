"""A loose end chosen in the list offers what mends it, or why it can be left open."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication

from annotator.domain.ids import ArticleId, new_id
from annotator.domain.model import Article, Dismissal, Exhibit, Ref
from annotator.store import edits, read
from annotator.store.imports import import_records
from annotator.store.loose_ends import catch_up, open_ends_of
from annotator.store.store import Store
from annotator.ui.dialogs.alike import AlikeDialog
from annotator.ui.dialogs.version_review import VersionReview
from annotator.ui.settings import Settings
from tests.ui.windows import window_on

TEXT = "The works said on Monday that it had sold no pumps. The mayor said it had."
NEWER = "The works said on Monday that it had sold no engines. The mayor said it had."


@pytest.fixture
def store():
    store = Store.memory()
    yield store
    store.close()


@pytest.fixture
def article(store):
    return put_in(store, TEXT)


@pytest.fixture
def window(store, article, tmp_path, qtbot):
    return window_on(store, qtbot, Settings(tmp_path / "window.ini"))


def put_in(store, text, **fields):
    article = ArticleId(new_id())
    import_records(store, [Article(id=article, text=text, status="done", **fields)])
    return article


def choose(window, rule, qtbot):
    """Stand on the first loose end of a rule and press Enter."""
    window.arrangement.bring("loose-ends")
    panel = window.panels.loose_ends
    panel.settle()
    group = [one.rule for one in panel.model.groups].index(rule)
    panel.tree.setCurrentIndex(panel.model.index(0, 0, panel.model.index(group, 0)))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Return)


def answering(act):
    """Do something in the dialog about what looks alike, as soon as it is there."""

    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AlikeDialog)
        act(dialog)

    QTimer.singleShot(0, answer)


def is_open(store, rule):
    catch_up(store)
    return bool(open_ends_of(store, rule, quiet=True, limit=1))


def two_claims(store):
    return [edits.add_proposition(store, words) for words in ("The works sold the pumps", "Works sold pumps")]


def test_enter_makes_one_of_two_claims_that_look_alike(store, window, qtbot):
    first, second = two_claims(store)
    answering(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    choose(window, "claims_alike", qtbot)
    assert read.is_there(store, "proposition", first)
    assert not read.is_there(store, "proposition", second)
    window.session.store.undo()
    assert is_open(store, "claims_alike")


def test_the_younger_claim_may_be_the_one_that_stays(store, window, qtbot):
    first, second = two_claims(store)

    def act(dialog):
        dialog.choices[1].click()
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    answering(act)
    choose(window, "claims_alike", qtbot)
    assert [read.is_there(store, "proposition", one) for one in (first, second)] == [False, True]


def test_two_claims_are_known_as_two_with_a_reason_and_undo_asks_again(store, window, qtbot):
    two_claims(store)

    def act(dialog):
        qtbot.keyClicks(dialog.why, "said of another year")
        qtbot.mouseClick(dialog.two, Qt.MouseButton.LeftButton)

    answering(act)
    choose(window, "claims_alike", qtbot)
    assert [row.reason for row in read.records(store, Dismissal)] == ["said of another year"]
    assert not is_open(store, "claims_alike")
    window.session.store.undo()
    assert is_open(store, "claims_alike")


def test_what_was_left_open_is_gone_to_and_asks_nothing(store, window, qtbot):
    two_claims(store)
    answering(lambda dialog: qtbot.mouseClick(dialog.two, Qt.MouseButton.LeftButton))
    choose(window, "claims_alike", qtbot)
    window.panels.loose_ends.left.click()
    choose(window, "left_open", qtbot)
    assert window.panels.claims.isVisible()


def test_sources_that_look_alike_become_one_and_undo_parts_them(store, window, qtbot):
    first, second = (edits.add_source(store, name) for name in ("Lena Kos", "L. Kos"))
    answering(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    choose(window, "sources_alike", qtbot)
    assert read.source(store, second).same_as == first
    assert not is_open(store, "sources_alike")
    window.session.store.undo()
    assert is_open(store, "sources_alike")


def test_escape_leaves_what_looks_alike_for_later(store, window, qtbot):
    two_claims(store)
    answering(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    choose(window, "claims_alike", qtbot)
    assert is_open(store, "claims_alike")


def test_a_disputed_claim_without_evidence_is_shown_on_the_map(store, article, window, qtbot):
    claim = edits.add_proposition(store, "The works sold pumps")
    for name, label, stance in (("Mayor", "claim", "support"), ("Works", "denial", "deny")):
        mark = edits.add_mark(store, article, label, [(0, 9)], source=edits.add_source(store, name))
        edits.add_mention(store, mark, claim, stance)
    choose(window, "disputed_without_ground", qtbot)
    assert window.panels.claim_on_map == claim


def test_the_sentence_of_a_claim_is_written_at_once(store, article, window, qtbot):
    edits.add_proposition(store, "The works sold pumps")
    claim = edits.add_proposition(store, "")
    window.panels.claims.filter.setText("sold")
    choose(window, "claim_without_sentence", qtbot)
    panel = window.panels.claims
    qtbot.waitUntil(lambda: panel.tree.state() == QAbstractItemView.State.EditingState)
    assert panel.current().id == claim


def test_for_whom_a_source_speaks_is_asked_in_its_form(store, article, window, qtbot):
    edits.add_source(store, "Mayor")
    source = edits.add_source(store, "Mara Lind", role="spokesperson")
    edits.add_mark(store, article, "claim", [(0, 9)], source=source)
    choose(window, "speaks_for_whom", qtbot)
    form = window.panels.sources.form
    assert form.isVisible()
    assert form.name.text() == "Mara Lind"
    form.reject()


def test_an_attack_on_a_source_that_says_nothing_shows_the_source(store, article, window, qtbot):
    expert = edits.add_source(store, "Lena Kos")
    mark = edits.add_mark(store, article, "denial", [(0, 9)], source=edits.add_source(store, "Works"))
    edits.add_link(store, "undermines", Ref("mark", mark), Ref("source", expert))
    choose(window, "attack_on_nobody_heard", qtbot)
    assert window.session.focus.mark == mark
    assert window.panels.sources.current().id == expert


def test_a_mark_that_is_gone_is_shown_in_the_review_and_taken_over_there(store, article, window, qtbot):
    mark = edits.add_mark(store, article, "claim", [(44, 50)])
    newer = put_in(store, NEWER)
    edits.make_version(store, newer, article)
    choose(window, "not_in_newer_version", qtbot)
    (review,) = window.findChildren(VersionReview)
    assert review.current().mark == mark
    review.close()
    edits.carry_mark(store, mark, newer, [(44, 52)])
    assert not is_open(store, "not_in_newer_version")


def test_marks_never_taken_over_are_taken_over_to_the_words_found(store, article, window, qtbot):
    edits.add_mark(store, article, "claim", [(56, 65)])
    newer = put_in(store, NEWER, version_of=article)
    choose(window, "not_in_newer_version", qtbot)
    (review,) = window.findChildren(VersionReview)
    qtbot.keyClick(review.list, Qt.Key.Key_Return)
    review.close()
    (taken,) = read.mark_ids(store, newer)
    assert read.mark(store, taken).quotes == ("mayor sai",)
    assert not is_open(store, "not_in_newer_version")


def test_a_kind_of_quote_that_the_marks_contradict_is_chosen_in_its_field(store, article, window, qtbot):
    edits.set_preset(store, "analyst")
    mark = edits.add_mark(store, article, "claim", [(0, 9)], source=edits.add_source(store, "Works"))
    edits.set_attribute(store, mark, "quote", "direct")
    choose(window, "quote_kind_otherwise", qtbot)
    assert window.focusWidget().objectName() == "quote"


def test_j_reaches_claims_sources_articles_and_exhibits_and_the_keys_stay_with_the_text(
    store, article, window, qtbot
):
    two_claims(store)
    sources = [edits.add_source(store, name, "anonymous") for name in ("A guard", "A clerk")]
    picture = edits.add_record(store, Exhibit(id="", title="The gates"))
    mark = edits.add_mark(store, article, "claim", [(0, 9)], source=sources[0])
    edits.add_link(store, "relates_to", Ref("exhibit", picture), Ref("mark", mark))
    window.session.open_article(article)
    window.view.setFocus()
    reached = set()
    for _ in range(12):
        qtbot.keyClick(window.view, Qt.Key.Key_J)
        assert window.view.hasFocus()
        panels = window.panels
        reached |= {name for name in ("sources", "claims", "exhibits") if panels[name].isVisible()}
    assert reached == {"sources", "claims", "exhibits"}
    assert window.session.focus.article == article
    assert panels.exhibits.current().id == picture
    assert panels.sources.current().id in sources
