"""The source picker: who says it, and through whom."""

from PySide6.QtCore import Qt

from annotator.store import edits, lists, picking, read
from annotator.store.imports import import_records
from annotator.store.loose_ends import catch_up
from annotator.ui.dialogs.popups import SourcePicker
from tests.flows.analyst import CTRL, SHIFT
from tests.ui.hands.desk import Desk, article_of

Key = Qt.Key


def picker(desk: Desk) -> SourcePicker:
    popup = desk.keys.popup
    assert isinstance(popup, SourcePicker)
    return popup


def offered(desk: Desk) -> list[str]:
    return [entry.text for entry in picker(desk).list.entries]


def label(desk: Desk, words: str) -> str:
    desk.select(words)
    desk.keys.press(Key.Key_1)
    return desk.held().id


def test_who_is_named_in_the_paragraph_comes_first_and_a_digit_takes_it(desk):
    mark = label(desk, "We never gave a signal")
    place = offered(desk).index("Mara Lind")
    assert place < 2
    desk.keys.type(str(place + 1))
    assert desk.source_of(mark) == ["Mara Lind"]
    assert desk.keys.popup is None


def test_a_name_of_the_paragraph_becomes_a_source_by_its_digit(desk):
    mark = label(desk, "a signal at 04:10")
    desk.keys.say("Gazette")
    assert desk.source_of(mark) == ["Gazette"]
    assert desk.keys.presses == 2


def test_a_headline_offers_the_names_of_the_lead(desk):
    label(desk, "Ran Aground")
    assert "Mara Lind" in offered(desk)


def test_of_a_very_long_paragraph_the_words_near_the_mark_are_looked_at(desk, monkeypatch):
    line = "Sven Ode spoke. " * 3_000 + "Mara Lind said that fog came. " + "Ida Berg spoke. " * 3_000
    import_records(desk.store, [article_of(line, "One line")])
    desk.window.session.open_article(desk.articles[-1])
    looked = []
    asked = picking.offered_sources
    monkeypatch.setattr(
        picking, "offered_sources", lambda *given: looked.append(len(given[2])) or asked(*given)
    )
    label(desk, "fog came")
    assert offered(desk)[0] == "Mara Lind"
    assert looked
    assert max(looked) < 20_000


def test_letters_find_a_source_and_enter_takes_the_top_one(desk):
    mark = label(desk, "blamed fog")
    desk.keys.type("lin")
    assert offered(desk)[0] == "Mara Lind"
    desk.keys.press(Key.Key_Return)
    assert desk.source_of(mark) == ["Mara Lind"]


def test_a_new_name_makes_a_source_in_the_same_step(desk):
    mark = label(desk, "blamed fog")
    before = desk.operations()
    desk.keys.type("harbour master")
    desk.keys.press(Key.Key_Return)
    assert desk.source_of(mark) == ["harbour master"]
    assert desk.operations() == before + 1


def test_a_name_typed_in_full_is_the_source_and_its_title_in_the_text_the_role(desk):
    line = "Norvik's Deputy Minister Jon Aker said that fog came."
    import_records(desk.store, [article_of(line, "Fog")])
    desk.window.session.open_article(desk.articles[-1])
    mark = label(desk, "fog came")
    assert "Jon Aker" in offered(desk)
    desk.keys.type("Jon Aker")
    assert offered(desk) == ["Jon Aker"]
    desk.keys.press(Key.Key_Return)
    source = read.source(desk.store, read.mark(desk.store, mark).attribution[0].source)
    assert (source.name, source.role, source.kind) == ("Jon Aker", "Norvik's Deputy Minister", "person")


def test_a_new_source_of_a_mark_that_is_gone_meanwhile_is_refused_in_words(desk):
    mark = label(desk, "blamed fog")
    desk.keys.type("harbour master")
    edits.delete_marks(desk.store, [mark])
    desk.keys.press(Key.Key_Return)
    assert "What this was about is gone" in desk.window.notices.text
    assert "harbour master" not in [row.name for row in lists.sources(desk.store)]


def test_a_name_in_a_script_without_capitals_is_no_anonymous_source(desk):
    mark = label(desk, "blamed fog")
    desk.keys.say("سامر الخطيب")
    assert read.source(desk.store, read.mark(desk.store, mark).attribution[0].source).kind == "person"


def test_a_known_name_typed_with_the_takes_the_known_source(desk):
    with desk.store.operation("add-source"):
        known = edits.add_source(desk.store, "Harbour Courier", "outlet")
    catch_up(desk.store)
    mark = label(desk, "a signal at 04:10")
    desk.keys.type("The Harbour Courier")
    assert offered(desk) == ["Harbour Courier", "New source “The Harbour Courier”"]
    desk.keys.press(Key.Key_Return)
    assert read.mark(desk.store, mark).attribution[0].source == known


def test_shift_enter_makes_a_new_source_though_another_fits(desk):
    mark = label(desk, "blamed fog")
    desk.keys.type("Lind")
    desk.keys.press(Key.Key_Return, SHIFT)
    assert desk.source_of(mark) == ["Lind"]
    assert {row.name for row in lists.sources(desk.store)} >= {"Lind", "Mara Lind"}


def test_enter_in_the_empty_picker_takes_the_last_source(desk):
    desk.keys.mark_words(desk.span("blamed fog"), "claim", "Mara Lind")
    mark = label(desk, "It came late")
    desk.keys.press(Key.Key_Return)
    assert desk.source_of(mark) == ["Mara Lind"]


def test_nobody_is_offered_as_a_relay_of_themselves(desk):
    desk.keys.mark_words(desk.span("blamed fog"), "claim", "Mara Lind")
    desk.keys.press(Key.Key_Return, SHIFT)
    assert "Mara Lind" not in offered(desk)
    assert picker(desk).field.placeholderText() == "Through whom?"
    mark = desk.held().id
    desk.keys.press(Key.Key_Return)
    assert desk.source_of(mark) == ["Mara Lind"]


def test_ctrl_enter_takes_the_source_and_asks_for_a_relay(desk):
    mark = label(desk, "blamed fog")
    desk.keys.type("lin")
    desk.keys.press(Key.Key_Return, CTRL)
    assert isinstance(desk.keys.popup, SourcePicker)
    desk.keys.type("Gazette")
    desk.keys.press(Key.Key_Return)
    assert desk.source_of(mark) == ["Mara Lind", "Gazette"]


def test_shift_enter_on_the_mark_adds_a_relay(desk):
    mark = desk.put("blamed fog")
    edits.set_source(desk.store, mark, lists.sources(desk.store, text="Lind")[0].id)
    desk.hold(mark)
    desk.keys.press(Key.Key_Return, SHIFT)
    desk.keys.type("Gazette")
    desk.keys.press(Key.Key_Return)
    assert desk.source_of(mark) == ["Mara Lind", "Gazette"]


def test_enter_on_the_mark_in_hand_opens_the_picker_and_relays_stay(desk):
    mark = desk.keys.mark_words(desk.span("blamed fog"), "claim", "Mara Lind", ["Gazette"])
    desk.keys.press(Key.Key_Return)
    desk.keys.type("The port")
    desk.keys.press(Key.Key_Return)
    assert desk.source_of(mark) == ["The port", "Gazette"]


def test_escape_leaves_the_mark_without_a_source_and_in_hand(desk):
    mark = label(desk, "blamed fog")
    before = desk.operations()
    desk.keys.type("Lin")
    desk.keys.press(Key.Key_Escape)
    assert desk.keys.popup is None
    assert desk.source_of(mark) == []
    assert desk.held().id == mark
    assert desk.operations() == before


def test_letters_typed_into_the_picker_do_nothing_else(desk):
    mark = label(desk, "blamed fog")
    before = desk.operations()
    desk.keys.type("dsuretiocpnjxf")
    assert picker(desk).words == "dsuretiocpnjxf"
    assert desk.operations() == before
    assert desk.held().id == mark


def test_the_picker_gives_the_keys_back_to_the_text(desk):
    label(desk, "blamed fog")
    desk.keys.press(Key.Key_Return)
    desk.keys.press(Key.Key_Escape)
    desk.keys.press(Key.Key_Escape)
    assert desk.window.focusWidget() is desk.window.view


def test_words_of_the_text_name_the_source_of_the_mark_in_hand(desk):
    mark = desk.put("We never gave a signal", "denial")
    desk.hold(mark)
    desk.mouse.select(desk.span("Mara Lind"))
    desk.mouse.click_button("Names the source")
    (step,) = read.mark(desk.store, mark).attribution
    assert desk.source_of(mark) == ["Mara Lind"]
    assert step.mention == (desk.span("Mara Lind"),)
    assert len(lists.sources(desk.store)) == 2


def test_words_with_a_title_name_a_person_in_that_role(desk):
    line = "Deputy Minister Jon Aker said that fog came."
    import_records(desk.store, [article_of(line, "Fog")])
    desk.window.session.open_article(desk.articles[-1])
    mark = label(desk, "fog came")
    desk.keys.press(Key.Key_Escape)
    desk.select("Deputy Minister Jon Aker")
    desk.keys.press(Key.Key_A)
    (step,) = read.mark(desk.store, mark).attribution
    source = read.source(desk.store, step.source)
    assert (source.name, source.role, source.kind) == ("Jon Aker", "Deputy Minister", "person")
    assert [line[start:end] for start, end in step.mention] == ["Deputy Minister Jon Aker"]


def test_who_else_may_have_said_it_is_kept_beside_the_source_and_makes_it_unclear(desk):
    mark = desk.keys.mark_words(desk.span("blamed fog"), "claim", "The port")
    desk.keys.press(Key.Key_Return, CTRL | SHIFT)
    assert picker(desk).field.placeholderText().startswith("Who else may say it?")
    assert "The port" not in offered(desk)
    desk.keys.type("Lind")
    desk.keys.press(Key.Key_Return)
    found = desk.held()
    assert read.source(desk.store, found.possible_source).name == "Mara Lind"
    assert found.flags == ("unclear_attribution",)
    assert desk.source_of(mark) == ["The port"]
    desk.keys.press(Key.Key_Z, CTRL)
    assert (desk.held().possible_source, desk.held().flags) == (None, ())
