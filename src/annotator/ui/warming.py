"""What the first acts of the analyst need is loaded after the first paint, a little in each pause."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from annotator.domain.segment import Segmenter

MODULES = (
    "annotator.ui.hands.codes",
    "annotator.ui.hands.modes",
    "annotator.ui.hands.selecting",
    "annotator.ui.hands.marking",
    "annotator.ui.hands.floating",
    "annotator.ui.hands.sourcing",
    "annotator.ui.hands.wording",
    "annotator.ui.hands.sought",
    "annotator.ui.hands.linking",
    "annotator.ui.hands.proposing",
    "annotator.ui.hands.offering",
    "annotator.ui.hands.bubble",
    "annotator.ui.hands.claiming",
    "annotator.store.consent",
    "annotator.ui.commands.undoing",
    "annotator.ui.mending",
    "regex._regex_core",
    "regex",
    "annotator.domain.trimming",
    "annotator.domain.cues",
    "annotator.domain.defaults",
    "annotator.domain.naming",
    "annotator.domain.speakers",
    "annotator.domain.introducing",
    "annotator.store.edits.frozen",
    "annotator.store.edits.removal",
    "annotator.store.edits.rowwise",
    "annotator.store.edits.marks",
    "annotator.domain.statuses",
    "annotator.store.edits.articles",
    "annotator.store.edits.others",
    "annotator.store.edits.claims",
    "annotator.store.edits.exhibits",
    "annotator.domain.blotting",
    "annotator.domain.proposing",
    "annotator.domain.scheme_rows",
    "annotator.domain.scheme_changes",
    "annotator.domain.judging",
    "annotator.domain.ach",
    "annotator.store.edits.judgements",
    "annotator.store.edits.labelling",
    "annotator.store.edits.links",
    "difflib",
    "annotator.domain.query",
    "annotator.domain.scheme_searches",
    "annotator.domain.answers",
    "annotator.domain.briefs",
    "annotator.domain.saved",
    "annotator.store.scheme_searches",
    "annotator.store.edits.scheme_names",
    "annotator.store.scheme_use",
    "annotator.store.edits.scheme",
    "annotator.store.edits.many",
    "annotator.domain.sameness",
    "annotator.store.newer",
    "annotator.domain.anchors",
    "annotator.domain.comparing",
    "annotator.store.versions",
    "annotator.store.edits.versions",
    "annotator.store.edits.newer",
    "annotator.store.edits.project",
    "annotator.store.edits.sources",
    "annotator.store.edits.proposals",
    "annotator.store.edits.wording",
    "annotator.store.edits.every",
    "annotator.store.lists.judgements",
    "annotator.ui.panels.words",
    "annotator.ui.panels.value_box",
    "annotator.ui.panels.judgements",
    "annotator.ui.panels.judged",
    "annotator.ui.panels.mention_fields",
    "annotator.ui.panels.mark_parts",
    "annotator.store.naming",
    "annotator.ui.panels.mark_claims",
    "annotator.ui.panels.own_keys",
    "annotator.ui.panels.mark_links",
    "annotator.ui.panels.mark_values",
    "annotator.ui.panels.label_chip",
    "annotator.ui.panels.mark_page",
    "annotator.ui.dialogs.popup",
    "annotator.ui.dialogs.search_popup",
    "annotator.ui.dialogs.command_palette",
    "annotator.ui.dialogs.list_popup",
    "annotator.ui.dialogs.label_menu",
    "annotator.ui.dialogs.link_kinds",
    "annotator.ui.dialogs.mark_list",
    "annotator.ui.dialogs.source_picker",
    "annotator.store.lists.exhibits",
    "annotator.ui.panels.asking",
    "annotator.ui.panels.later",
    "annotator.ui.dialogs.lookup",
    "annotator.ui.dialogs.target_search",
    "annotator.ui.dialogs.popups",
    "annotator.domain.letters",
    "annotator.domain.sieve",
    "annotator.domain.fold",
    "annotator.ui.matches",
    "annotator.ui.findbar",
    "annotator.ui.map",
    "annotator.domain.figure",
    "annotator.domain.echoes",
    "annotator.ui.map.wording",
    "annotator.ui.map.cards",
    "annotator.ui.map.board",
    "annotator.ui.map.asked",
    "annotator.store.claim_briefs",
    "annotator.store.format_4",
    "annotator.store.claim_states",
    "annotator.store.conditions",
    "annotator.store.claim_voices",
    "annotator.store.asked_claims",
    "annotator.ui.map.briefs",
    "annotator.domain.answering",
    "annotator.ui.map.claim_rows",
    "annotator.ui.map.claim_list",
    "annotator.layout.walking",
    "annotator.ui.map.accessible",
    "annotator.domain.neighbours",
    "annotator.ui.map.kinds",
    "annotator.ui.map.painting",
    "annotator.ui.map.sight",
    "annotator.ui.map.shown",
    "annotator.ui.map.figures",
    "annotator.ui.map.head",
    "annotator.domain.narrowing",
    "annotator.layout.layered",
    "annotator.layout.figures",
    "annotator.layout.timeline",
    "annotator.layout.dated",
    "annotator.ui.map.reading",
    "annotator.ui.map.panel",
    "annotator.ui.search",
    "annotator.store.registry",
    "annotator.store.finding",
    "annotator.ui.search.conditions",
    "annotator.domain.completing",
    "annotator.store.suggesting",
    "annotator.ui.files",
    "annotator.ui.search.field",
    "annotator.ui.panels.marks",
    "annotator.ui.messages",
    "annotator.ui.dialogs.frame",
    "annotator.ui.dialogs.source_form",
    "annotator.ui.panels.listing",
    "annotator.domain.dossier",
    "annotator.store.source_facts",
    "annotator.ui.panels.dossier_words",
    "annotator.ui.panels.judged_page",
    "annotator.ui.panels.dossier",
    "annotator.ui.panels.source_acts",
    "annotator.ui.panels.sources",
    "annotator.ui.search.found_rows",
    "annotator.ui.search.rows_page",
    "annotator.store.concordance",
    "annotator.ui.search.places",
    "annotator.ui.dialogs.progress",
    "annotator.ui.search.words_page",
    "annotator.ui.search.found",
    "annotator.ui.search.panel",
    "annotator.ui.panels.claim_acts",
    "annotator.domain.wording",
    "annotator.ui.panels.claim_page",
    "annotator.ui.panels.claim_rows",
    "annotator.ui.panels.claim_tree",
    "annotator.ui.panels.claims",
    "annotator.ui.panels.history_forms",
    "annotator.ui.panels.history_words",
    "annotator.ui.panels.history",
)
"""What marking, finding and the panels at the foot need at first; each after what it imports itself."""

PIECES: Mapping[str, tuple[str, ...]] = {
    "loose-ends": (
        "annotator.domain.model",
        "annotator.domain.checks.ends",
        "annotator.domain.checks",
        "annotator.store.loose_ends",
        "annotator.ui.panels.loose_ends",
    ),
    "sources": ("annotator.domain.model", "annotator.ui.panels.dossier", "annotator.ui.panels.sources"),
    "claims": ("annotator.domain.model", "annotator.ui.panels.claim_page", "annotator.ui.panels.claims"),
    "map": (
        "annotator.domain.model",
        "annotator.domain.dispute",
        "annotator.ui.map.board",
        "annotator.ui.map.claim_list",
        "annotator.ui.map.reading",
        "annotator.ui.map.panel",
    ),
    "exhibits": (
        "annotator.domain.model",
        "annotator.store.edits.exhibits",
        "annotator.ui.dialogs.target_search",
        "annotator.ui.panels.exhibits",
    ),
    "search": (
        "annotator.domain.model",
        "annotator.domain.saved",
        "annotator.ui.panels.sources",
        "annotator.ui.search.panel",
    ),
    "history": ("annotator.domain.model", "annotator.ui.panels.history"),
}
"""What panels load that a window opens with, by their names, in pieces of some 20 ms."""

_PAUSE_MS = 10
"""How long the window has for itself after each module."""
_QUIET_MS = 1000
"""How long nothing is loaded once the analyst has touched a key or the mouse."""
_TOUCHES = frozenset((QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel))


class Warming(QObject):
    """Loads modules one by one, and last lets the segmenter make ready; touches put it off.

    window: one that is on the screen; it is watched for touches, and owns this object.
    """

    def __init__(self, window: QWidget, segmenter: Segmenter, modules: Sequence[str] = MODULES) -> None:
        super().__init__(window)
        self._steps = self._warm(segmenter, modules)
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self._step)
        window.windowHandle().installEventFilter(self)
        self.timer.start(_PAUSE_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.timer.start(_QUIET_MS)
        return False

    def _warm(self, segmenter: Segmenter, modules: Sequence[str]) -> Iterator[None]:
        for name in modules:
            if name not in sys.modules:
                import_module(name)
                yield
        from annotator.domain import letters

        for make_table in (letters.expansions, letters.combining_marks):
            make_table()
            yield
        segmenter.word_at("a", 0)

    def _step(self) -> None:
        if next(self._steps, self) is self:
            self.deleteLater()
        else:
            self.timer.start(_PAUSE_MS)
