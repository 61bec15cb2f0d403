"""What the actions on the window do: how things look, and what is asked before anything changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from annotator.domain.ids import MarkId, PropositionId
from annotator.store import read
from annotator.ui.commands.project import tr
from annotator.ui.sides import PANELS
from annotator.ui.theme import THEME_NAMES

if TYPE_CHECKING:  # what an action needs is loaded when it is asked for
    from annotator.domain.ids import LinkId
    from annotator.domain.spans import Span
    from annotator.ui.dialogs.popups import Command
    from annotator.ui.window import MainWindow

_COLUMN_STEP = 5


class ViewCommands:
    """Actions of one window on what it shows, and those that ask before they change anything."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        window.panes.region_asked.connect(self.ask_region)
        self.functions = self._functions()

    def _functions(self) -> dict[str, Callable[[], object]]:
        """What each action does, by its id."""
        window = self._window
        return {
            "quit": window.close,
            "copy": self.copy,
            "find": lambda: window.find_bar.open(),
            "find-next": lambda: window.find_bar.next(),
            "find-previous": lambda: window.find_bar.next(backwards=True),
            "search": lambda: window.ways.to_search(),
            "kept-searches": lambda: window.ways.to_search().show_kept(),
            "next-found": lambda: self.step_found(1),
            "previous-found": lambda: self.step_found(-1),
            "palette": self.palette,
            "back": lambda: window.session.back(),
            "forward": lambda: window.session.forward(),
            "rules": self.show_rules,
            "judge": self.judge,
            "competing": self.show_competing,
            "other-pane": self.other_pane,
            "split": self.split,
            "count-marks": self.count_marks,
            "possible-source": lambda: window.hands.sourcing.pick("possible"),
            "link-note": lambda: window.ways.to_links(),
            "region": lambda: self.ask_region(),
            "dispute-map": self.show_map,
            "map-graph": lambda: self.show_figure("graph"),
            "map-time-line": lambda: self.show_figure("time-line"),
            "enlarge-foot": lambda: window.arrangement.foot.toggle(),
            "places": self.places,
            "focus-mode": self.toggle_text_only,
            "theme": self.next_theme,
            "larger": lambda: self.resize_text(1),
            "smaller": lambda: self.resize_text(-1),
            "wider": lambda: self.widen(_COLUMN_STEP),
            "narrower": lambda: self.widen(-_COLUMN_STEP),
            "reset-layout": lambda: window.arrangement.reset(),
            "text": lambda: window.view.setFocus(),
            **{f"to-{name}": partial(window.ways.to_panel, name) for name in PANELS},
            "keys": self.show_keys,
            "about": self.about,
        }

    def note_link(self, link: LinkId) -> None:
        """Ask what is to be noted about a link."""
        from annotator.ui.dialogs.link_form import LinkForm

        window = self._window
        LinkForm(window.session, window.look, window, link).exec()
        window.panels.mark.refresh()

    def ask_region(self, region: Span | None = None) -> None:
        """Ask whether words, those of a region or the selected ones, are title, dateline or the like."""
        from annotator.ui.commands.regions import ask_region

        ask_region(self._window, region)

    def step_found(self, by: int) -> None:
        """Go to the next line of the search, or to the one before."""
        if not self._window.panels.search.step(by):
            self._window.say(tr("The search has no further line. Ctrl+Shift+F searches."))

    def count_marks(self) -> None:
        """Show how many marks of each label fall to each outlet, source, owner or month."""
        from annotator.ui.dialogs.pivot import PivotDialog

        window = self._window
        dialog = PivotDialog(window.session, window.look, window, files=window.files)
        dialog.mark_asked.connect(window.ways.to_mark)
        dialog.show()

    def copy(self) -> None:
        """The selected words, or a citation of what the focused panel stands on or of the mark in hand."""
        from annotator.ui.clipboard import asked_for, copy_citation

        window, desk = self._window, self._window.hands.desk
        spans = desk.selected() if window.view.hasFocus() else ()
        if spans:
            words = " … ".join(desk.text[span.start : span.end] for span in spans)
            QGuiApplication.clipboard().setText(words)
            return
        what = asked_for(window.focusWidget(), desk.held)
        if what is not None and copy_citation(window.session.store, what, window):
            words = tr("Copied with source, chain, outlet and date.")
            window.say(words)

    def palette(self) -> None:
        """Every action by name."""
        from annotator.ui.dialogs.popups import CommandPalette

        window = self._window
        labels, links = self._labels(tr("Label: {name}")), self.kinds_of_links(tr("Link: {name}"))
        commands = [*window.menus.commands(), *labels, *links]
        palette = CommandPalette(window.look, window.stage, commands)
        window.dressing.changed.connect(palette.set_look)
        palette.open_at(QRect(max(0, window.stage.width() // 2 - 240), 24, 1, 1))

    def _labels(self, called: str) -> list[Command]:
        """A command for every label that the preset shows; called: "{name}" among other words."""
        from annotator.ui.dialogs.popups import Command

        scheme, hands = read.scheme(self._window.session.store), self._window.hands
        return [
            Command(
                called.format(name=one.name), scheme.keys.get(one.id, ""), partial(hands.label_with, one.id)
            )
            for one in scheme.shown_labels()
        ]

    def kinds_of_links(self, called: str = "{name}") -> list[Command]:
        """A command for every kind of link of the preset, from the mark in hand where it may start."""
        from annotator.ui.dialogs.popups import Command

        scheme, linking = read.scheme(self._window.session.store), self._window.hands.linking
        held = self._window.hands.desk.held_mark()
        return [
            Command(
                called.format(name=one.name),
                scheme.keys.get(one.id, ""),
                partial(linking.start, one),
                linking.refusal_at(held, one),
            )
            for one in scheme.shown_link_kinds()
        ]

    def places(self) -> None:
        """The places before this one, and those after it, to choose from."""
        from annotator.ui.dialogs.places_menu import PlacesMenu

        window, session = self._window, self._window.session
        if not any(session.visits):
            window.say(tr("You came from nowhere yet: this is the first place."))
            return

        def go(steps: int) -> None:
            session.back(-steps) if steps < 0 else session.forward(steps)

        menu = PlacesMenu(window.look, window.stage, session)
        menu.chosen.connect(go)
        menu.open_at(QRect(max(0, window.stage.width() // 2 - 240), 24, 1, 1))

    def other_pane(self) -> None:
        """Work in the other pane; where there is none, open it where it was last."""
        session = self._window.session
        if session.other_pane is not None:
            session.turn_to(session.other_pane)
        elif session.focus.article is not None:
            session.split()
        self._window.view.setFocus()

    def split(self) -> None:
        """A second pane, or the one at work alone again."""
        session = self._window.session
        if session.other_pane is None:
            self.other_pane()
        else:
            session.close_pane(session.other_pane)

    def show_map(self) -> None:
        """The dispute map; of the claim that the mark in hand speaks to, where it does."""
        session = self._window.session
        mentions = read.mentions_of(session.store, session.focus.mark) if session.focus.mark else []
        self._window.ways.to_map(mentions[0].proposition if mentions else None)

    def show_figure(self, way: str) -> None:
        """The dispute map as "graph" or "time-line": the claim of the mark in hand, else the one it shows."""
        self.show_map()
        self._window.panels.map.show_as(way)

    def toggle_text_only(self) -> None:
        """Hide all but text and rail, or bring the panels back."""
        self._window.arrangement.toggle_all()
        self._window.view.setFocus()

    def next_theme(self) -> None:
        """Light, dark, high contrast, and round again."""
        names = list(THEME_NAMES)
        at = names.index(self._window.look.name)
        self._window.dressing.set_theme(names[(at + 1) % len(names)])

    def resize_text(self, step: int) -> None:
        """Larger or smaller reading text, in points."""
        self._window.settings.font_size += step
        self._window.dressing.set_reading()

    def widen(self, step: int) -> None:
        """A wider or narrower column, in characters."""
        self._window.settings.column_chars += step
        self._window.dressing.set_reading()

    def show_keys(self) -> None:
        """All keys on one page."""
        from annotator.ui.dialogs.keys_page import KeysPage

        KeysPage(self._window.look, self._window, read.scheme(self._window.session.store)).exec()

    def judge(self) -> None:
        """Say what you think of the claim that the focused panel stands on, or else of what is in hand."""
        from annotator.ui.clipboard import asked_for
        from annotator.ui.dialogs.judging import JudgingDialog, in_hand

        window = self._window
        here = asked_for(window.focusWidget(), None)
        targets = in_hand(window.session.store, window.session.focus)
        if here is not None and here.table == "proposition":
            targets = list(dict.fromkeys([here, *targets]))
        if targets:
            JudgingDialog(window.session, window.look, window, targets).exec()
        else:
            window.say(tr("Open an article or take a mark to judge it."))

    def show_competing(self) -> None:
        """The claim at hand beside its competitors and the evidence."""
        from annotator.ui.dialogs.ach import AchDialog

        window = self._window
        claim = self._claim_at_hand()
        if claim is None:
            window.say(tr("Stand on a claim in the list or on the dispute map, or take a mark of one."))
        else:
            AchDialog(window.session, window.look, window, claim).exec()

    def _claim_at_hand(self) -> PropositionId | None:
        """The claim that the focused panel stands on, that of the mark in hand, or the one on the map."""
        from annotator.ui.clipboard import asked_for

        window = self._window
        what = asked_for(window.focusWidget(), window.session.focus.mark)
        if what is not None and what.table == "proposition":
            return PropositionId(what.id)
        mentions = read.mentions_of(window.session.store, MarkId(what.id)) if what is not None else []
        return mentions[0].proposition if mentions else window.panels.claim_on_map

    def show_rules(self) -> None:
        """Which rules propose, and how often each was right here."""
        from annotator.ui.dialogs.rules_dialog import RulesDialog

        window = self._window
        dialog = RulesDialog(window.look, window, window.session.store, window.settings.rules_off)
        if dialog.exec():
            window.settings.rules_off = dialog.rules_off()
            window.panes.switch_off(window.settings.rules_off)

    def about(self) -> None:
        """Version, licences, where things are kept."""
        from annotator.store.backup import folder_name
        from annotator.ui.dialogs.about import AboutDialog

        project = self._window.session.store.path
        places = [(tr("Project"), project)] if project else []
        if project and self._window.backups:
            places.append((tr("Backups"), self._window.backups / folder_name(project)))
        AboutDialog(self._window.look, self._window, places).exec()
