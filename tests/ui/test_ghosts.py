"""What two panes propose is what would be proposed anew, whatever was done, found or not found yet."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from annotator.domain.ids import MarkId
from annotator.domain.proposing import Proposal, rule_book
from annotator.domain.spans import Span
from annotator.store import edits, lists, read
from annotator.ui import searching
from annotator.ui.panes import TextPane
from tests.ui.hands.desk import Desk
from tests.ui.wandering import Wanderer

SEEDS, STEPS = 3, 100
REPORT = """\
The council said on Friday that the gates were shut. “Nobody opened them,” Pavel Drum told reporters.
Mira Ostrane denied that the log had been forged. The mayor did not comment.
According to the Gazette, the ferry left at four. “It was late,” said Ruth Aal, “and it had no lights.”
The crew claimed the signal came late, and Ostrane said she had seen it. Drum declined to comment.
“Every lamp was lit,” she said. “We checked them twice,” she added. The owner rejected the report.
"""
RULES = ("quote-who-said", "silence", "who-said-that")


class Walk(Wanderer):
    """An analyst who takes, drops and marks what is proposed in two panes."""

    def __init__(self, desk: Desk, seed: int) -> None:
        super().__init__(desk, seed)
        self.rules_off: set[str] = set()
        for number in range(3):
            self.paste(f"Report {number}. {REPORT * 2}")
        self.turn_to_another()

    def turn_to_another(self) -> None:
        if self.desk.articles:
            self.desk.window.session.open_article(self.chance.choice(self.desk.articles))

    def split(self) -> None:
        if len(self.panes) == 1:
            self.desk.window.session.split()
        self.turn_to_another()

    def other_pane(self) -> None:
        self.desk.window.session.turn_to(self.chance.choice(self.panes).pane)

    def close_pane(self) -> None:
        if len(self.panes) > 1:
            self.desk.window.session.close_pane(self.chance.choice(self.panes).pane)

    def take(self) -> None:
        proposal = self.some_proposal()
        if proposal is not None:
            label = self.chance.choice([None, "denial", "evidence"])
            self.desk.window.hands.proposing.take(proposal, label)

    def drop(self) -> None:
        proposal = self.some_proposal()
        if proposal is not None:
            self.desk.window.hands.proposing.drop(proposal)

    def undo(self) -> None:
        for _ in range(self.chance.randrange(1, 5)):
            self.desk.window.session.store.undo()

    def redo(self) -> None:
        for _ in range(self.chance.randrange(1, 5)):
            self.desk.window.session.store.redo()

    def mark_words(self) -> None:
        """Some of the words of a proposal, or more than them."""
        pane = self.desk.window.panes.active
        found = self.all_of(pane)
        if pane.article is not None and found:
            spans = self.chance.choice(found).spans
            start = max(0, spans[0].start + self.chance.randrange(-30, 30))
            end = min(len(pane.text), max(start + 1, spans[-1].end + self.chance.randrange(-30, 30)))
            label = self.chance.choice(["claim", "denial", "evidence"])
            edits.add_mark(self.desk.store, pane.article, label, [(start, end)])

    def relabel(self) -> None:
        mark = self.some_mark()
        if mark is not None:
            edits.relabel(self.desk.store, mark, self.chance.choice(["claim", "denial", "no_comment"]))

    def move_end(self) -> None:
        mark = self.some_mark()
        if mark is not None:
            (first, *rest) = read.mark(self.desk.store, mark).spans
            moved = Span(max(0, first.start - self.chance.randrange(40)), first.end)
            edits.set_spans(self.desk.store, mark, [moved, *rest])

    def delete(self) -> None:
        mark = self.some_mark()
        if mark is not None:
            edits.delete_marks(self.desk.store, [mark])

    def delete_article(self) -> None:
        if len(self.desk.articles) > 2:
            edits.delete_article(self.desk.store, self.chance.choice(self.desk.articles))

    def say_the_language(self) -> None:
        for article in self.desk.articles[:2]:
            edits.edit_article(self.desk.store, article, language=self.chance.choice([None, "en", "uk"]))

    def show_other_labels(self) -> None:
        edits.set_preset(self.desk.store, self.chance.choice(["quick", "analyst"]))

    def switch_rules(self) -> None:
        self.rules_off = set(self.chance.sample(RULES, self.chance.randrange(2)))
        self.desk.window.panes.switch_off(self.rules_off)

    def some_mark(self) -> MarkId | None:
        article = self.desk.window.session.focus.article
        found = read.mark_ids(self.desk.store, article) if article is not None else []
        return self.chance.choice(found) if found else None

    def some_proposal(self) -> Proposal | None:
        found = self.proposed(self.desk.window.panes.active)
        return self.chance.choice(found) if found else None

    def all_of(self, pane: TextPane) -> list[Proposal]:
        """What the rules find in the article of a pane."""
        if pane.article is None:
            return []
        row = lists.article_row(self.desk.store, pane.article)
        if row is None or row.language == "uk":
            return []
        return [one for some in rule_book().propose(pane.text) for one in some]

    def proposed(self, pane: TextPane) -> list[Proposal]:
        """Those of them about which nothing was decided, so far as they were found."""
        store, article = self.desk.store, pane.article
        if article is None:
            return []
        found = self.all_of(pane)
        if pane.ghosts.is_waiting:
            found = [one for one in found if one in pane.ghosts._known]
        shown = {label.id for label in read.scheme(store).shown_labels()}
        dropped = lists.dropped_proposals(store, article)
        marks = [read.mark(store, mark) for mark in read.mark_ids(store, article)]
        marked = {offset for mark in marks for offset in offsets(mark.spans)}
        return [
            one
            for one in found
            if one.rule.label in shown
            and one.rule.name not in self.rules_off
            and (one.rule.name, one.spans) not in dropped
            and 2 * len(marked & offsets(one.spans)) < len(offsets(one.spans))
            and not any(
                2 * len(offsets(mark.spans) & offsets(one.spans)) > len(offsets(mark.spans))
                for mark in marks
                if mark.label == one.rule.label
            )
        ]

    def require_truth(self) -> None:
        for pane in self.panes:
            seen = pane.view.visible_span()
            shown = [shape.spans for shape in pane.view.shapes_in_view() if shape.ghost]
            wanted = [
                one.spans
                for one in self.proposed(pane)
                if one.start < seen.end and one.spans[-1].end > seen.start
            ]
            assert sorted(shown) == sorted(wanted), self.done[-20:]


def offsets(spans: Sequence[Span]) -> set[int]:
    """Where the characters of some pieces stand."""
    return {offset for span in spans for offset in range(*span)}


Walk.acts = (
    *(Walk.turn_to_another, Walk.split, Walk.other_pane, Walk.close_pane),
    *(Walk.take, Walk.take, Walk.drop, Walk.drop, Walk.undo, Walk.redo, Walk.mark_words, Walk.mark_words),
    *(Walk.relabel, Walk.move_end, Walk.delete, Walk.delete_article),
    *(Walk.say_the_language, Walk.show_other_labels, Walk.switch_rules),
)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_pane_proposes_what_would_be_found_anew(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(searching, "_AFTER_MS", 0)
    desk.window.resize(1366, 2000)
    Walk(desk, seed).wander(STEPS, qtbot)
