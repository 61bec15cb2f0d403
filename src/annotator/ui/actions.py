"""The one table of actions: words, keys and icons, for menus, buttons, palette and manual.

Keys of the text act only while the text has the focus and no text field does;
the others act everywhere in the window. `hands.Hands` and the classes of `commands`
give each id its function.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication


class Action(NamedTuple):
    """One thing the program can do.

    keys: as in QKeySequence's portable text; the first is the one that is shown.
    in_text: whether the keys act in the text only.
    """

    id: str
    words: str
    keys: tuple[str, ...] = ()
    menu: str = ""
    icon: str = ""
    in_text: bool = False

    @property
    def text(self) -> str:
        """The words in the language of the window."""
        return QCoreApplication.translate("Actions", self.words)

    @property
    def key(self) -> str:
        """The key that is shown, empty where there is none."""
        return self.keys[0] if self.keys else ""


def _t(words: str) -> str:
    """Marks words that are translated when they are shown."""
    return words


ACTIONS: tuple[Action, ...] = (
    Action("new-project", _t("New project…"), ("Ctrl+N",), "file", "new"),
    Action("open-project", _t("Open project…"), ("Ctrl+O",), "file", "open"),
    Action("open-sample", _t("Open the sample project"), (), "file"),
    Action("import-files", _t("Import articles…"), ("Ctrl+I",), "file", "import"),
    Action("paste-article", _t("Paste an article…"), ("Ctrl+Shift+V",), "file", "paste"),
    Action("export", _t("Export…"), ("Ctrl+E",), "file", "export"),
    Action("report", _t("Report…"), ("Ctrl+R",), "file"),
    Action("save-copy", _t("Save a copy…"), (), "file"),
    Action("pack", _t("Make the file smaller…"), (), "file"),
    Action("your-name", _t("Your name…"), (), "file"),
    Action("quit", _t("Close"), ("Ctrl+Q",), "file"),
    Action("undo", _t("Undo"), ("Ctrl+Z",), "edit", "undo"),
    Action("redo", _t("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "edit", "redo"),
    Action("copy", _t("Copy the words, or a mark or claim with its source"), ("Ctrl+C",), "edit"),
    Action("find", _t("Find in the article…"), ("Ctrl+F",), "edit", "find"),
    Action("find-next", _t("Next match"), ("F3",), "edit"),
    Action("find-previous", _t("Previous match"), ("Shift+F3",), "edit"),
    Action("search", _t("Search texts, marks, sources and claims…"), ("Ctrl+Shift+F",), "edit", "find"),
    Action("kept-searches", _t("Kept searches…"), (), "edit"),
    Action("palette", _t("All actions…"), ("Ctrl+K",), "edit", "palette"),
    Action("scheme", _t("Scheme: labels, values, links…"), (), "edit", "label"),
    Action("edit-article", _t("Title, outlet, date…"), ("F2",), "edit"),
    Action("region", _t("Title, dateline, subhead: these words are…"), ("Shift+F2",), "edit"),
    Action("new-version", _t("A newer version of another article…"), (), "edit"),
    Action("review-version", _t("Marks carried over from the older version…"), (), "edit"),
    Action("select-by-hints", _t("Select from word to word"), ("F",), "select", in_text=True),
    Action("grow", _t("Grow the selection"), ("X",), "select", in_text=True),
    Action("shrink", _t("Shrink the selection"), ("Shift+X",), "select", in_text=True),
    Action("cue-words", _t("These words are the cue"), ("W",), "select", in_text=True),
    Action(
        "relay-cue-words", _t("These words are the cue of the relay"), ("Shift+W",), "select", in_text=True
    ),
    Action("name-words", _t("These words name the source"), ("A",), "select", in_text=True),
    Action("relay-name-words", _t("These words name the relay"), ("Shift+A",), "select", in_text=True),
    Action("hedge-words", _t("These words are a hedge"), ("H",), "select", in_text=True),
    Action("date-words", _t("These words are the date"), ("K",), "select", in_text=True),
    Action(
        "hold", _t("Take the mark at the caret; again for the next one"), ("Space",), "mark", in_text=True
    ),
    Action("label-menu", _t("Label…"), ("Return",), "mark", "label", in_text=True),
    Action("source", _t("Who says it…"), ("Return",), "mark", "source", in_text=True),
    Action("relay", _t("Through whom…"), ("Shift+Return",), "mark", in_text=True),
    Action("possible-source", _t("Who else may say it…"), ("Ctrl+Shift+Return",), "mark"),
    Action("repeat", _t("Same label and source again"), (".",), "mark", in_text=True),
    Action("same-source", _t("Same source and cue as the last mark"), (".",), "mark", in_text=True),
    Action("move-ends", _t("Move the ends"), ("T",), "mark", "grip", in_text=True),
    Action("add-piece", _t("Add the selection as a piece"), ("I",), "mark", "piece-add", in_text=True),
    Action("cut-hole", _t("Cut the selection out"), ("O",), "mark", "hole-cut", in_text=True),
    Action("duplicate", _t("Duplicate the mark"), ("C",), "mark", in_text=True),
    Action("values", _t("Values and note"), ("V",), "mark", "note", in_text=True),
    Action("question", _t("Question about the mark…"), ("Q",), "mark", "question", in_text=True),
    Action("confirm", _t("The label is still right"), ("Y",), "mark", "done", in_text=True),
    Action("claims", _t("Which claim it is…"), ("M",), "mark", "claims", in_text=True),
    Action("judge", _t("Judge the claim, its source, the article…"), ("Ctrl+J",), "mark", "judge"),
    Action("competing", _t("Competing claims (ACH)…"), ("Ctrl+Shift+J",), "mark"),
    Action("pin", _t("Pin the mark"), ("P",), "mark", "pin", in_text=True),
    Action("tray", _t("To the pinned marks"), ("Shift+P",), "mark", in_text=True),
    Action("delete", _t("Delete the mark"), ("Del", "Backspace"), "mark", "delete", in_text=True),
    Action("link", _t("Link, any kind…"), ("L",), "link", "link", in_text=True),
    Action("link-pinned", _t("Link from a pinned mark…"), ("Shift+L",), "link", in_text=True),
    Action("link-note", _t("A link of the mark: note, turn, delete…"), ("Ctrl+L",), "link", "note"),
    Action("next-mark", _t("Next mark"), ("N",), "go", "next", in_text=True),
    Action("previous-mark", _t("Previous mark"), ("Shift+N",), "go", "previous", in_text=True),
    Action("next-loose-end", _t("Next loose end"), ("J",), "go", "loose-ends", in_text=True),
    Action("previous-loose-end", _t("Previous loose end"), ("Shift+J",), "go", in_text=True),
    Action("next-proposal", _t("Next proposal"), ("G",), "go", in_text=True),
    Action("previous-proposal", _t("Previous proposal"), ("Shift+G",), "go", in_text=True),
    Action("next-found", _t("Next line of the search"), ("F8",), "go"),
    Action("previous-found", _t("Previous line of the search"), ("Shift+F8",), "go"),
    Action("rules", _t("Rules for proposals…"), (), "go"),
    Action("back", _t("Back"), ("Alt+Left",), "go"),
    Action("forward", _t("Forward"), ("Alt+Right",), "go"),
    Action("places", _t("Places I came from…"), ("Ctrl+H",), "go"),
    Action("next-article", _t("Next article"), ("Ctrl+PgDown",), "go"),
    Action("previous-article", _t("Previous article"), ("Ctrl+PgUp",), "go"),
    Action("done-next", _t("Article done, next one"), ("Ctrl+Return",), "go", "done"),
    Action("other-pane", _t("Other pane"), ("F6",), "view", "two-panes"),
    Action("split", _t("Split in two panes, or close the other pane"), ("Ctrl+\\",), "view"),
    Action("count-marks", _t("Count marks by outlet, source or month…"), (), "view"),
    Action("dispute-map", _t("Dispute map of the mark's claim"), ("Ctrl+M",), "view", "map"),
    Action("map-graph", _t("Graph of the claim on the map"), ("Ctrl+Shift+M",), "view"),
    Action("map-time-line", _t("Time line of the claim on the map"), (), "view"),
    Action("focus-mode", _t("Text only"), ("F11",), "view", "focus-mode"),
    Action("theme", _t("Light, dark, high contrast"), ("Ctrl+Shift+L",), "view", "theme"),
    Action("larger", _t("Larger text"), ("Ctrl++", "Ctrl+="), "view"),
    Action("smaller", _t("Smaller text"), ("Ctrl+-",), "view"),
    Action("wider", _t("Wider column"), ("Ctrl+Shift+.",), "view"),
    Action("narrower", _t("Narrower column"), ("Ctrl+Shift+,",), "view"),
    Action("preset-quick", _t("Show the Quick preset: three labels, the first links"), (), "view"),
    Action("preset-analyst", _t("Show the Analyst preset: values, all links"), (), "view"),
    Action("preset-corpus", _t("Show the Corpus preset: all labels and values"), (), "view"),
    Action("text", _t("To the text"), ("F4",), "panels"),
    Action("to-articles", _t("To the articles"), ("Alt+1",), "panels"),
    Action("to-mark", _t("To the mark"), ("Alt+2",), "panels"),
    Action("to-loose-ends", _t("To the loose ends"), ("Alt+3",), "panels"),
    Action("to-marks", _t("To the marks"), ("Alt+4",), "panels"),
    Action("to-sources", _t("To the sources"), ("Alt+5",), "panels"),
    Action("to-claims", _t("To the claims"), ("Alt+6",), "panels"),
    Action("to-map", _t("To the dispute map"), ("Alt+7",), "panels"),
    Action("to-exhibits", _t("To the exhibits"), ("Alt+8",), "panels"),
    Action("to-search", _t("To the search"), ("Alt+9",), "panels"),
    Action("to-history", _t("To the history"), ("Alt+0",), "panels"),
    Action("enlarge-foot", _t("More room for the panels below, and back"), ("F9",), "panels"),
    Action("reset-layout", _t("Put the panels back"), (), "panels"),
    Action("keys", _t("All keys"), ("F1",), "help", "help"),
    Action("about", _t("About annotator"), (), "help"),
)

MENUS: tuple[tuple[str, str], ...] = (
    ("file", _t("&Project")),
    ("edit", _t("&Edit")),
    ("select", _t("&Select")),
    ("mark", _t("&Mark")),
    ("link", _t("&Link")),
    ("go", _t("&Go")),
    ("view", _t("&View")),
    ("panels", _t("P&anels")),
    ("help", _t("&Help")),
)
"""The menus by id, in order."""

GROUP_STARTS = frozenset(
    {
        "import-files",
        "export",
        "save-copy",
        "quit",
        "copy",
        "find",
        "palette",
        "scheme",
        "grow",
        "cue-words",
        "label-menu",
        "move-ends",
        "duplicate",
        "claims",
        "pin",
        "delete",
        "next-loose-end",
        "next-proposal",
        "next-found",
        "back",
        "next-article",
        "dispute-map",
        "focus-mode",
        "larger",
        "preset-quick",
        "to-articles",
        "to-loose-ends",
        "enlarge-foot",
        "about",
    }
)
"""Actions before which a menu has a line, menu by menu."""

BY_ID = {action.id: action for action in ACTIONS}
HELD_ONLY = frozenset(
    {
        "source",
        "relay",
        "same-source",
        "move-ends",
        "duplicate",
        "values",
        "question",
        "pin",
        "confirm",
        "delete",
        "claims",
        "link",
    }
)
"""Actions that need a mark in hand and no selection."""
SELECTING_ONLY = frozenset({"label-menu", "repeat"})
"""Actions for a selection or a bare caret."""


def action_for(stroke: str, has_held: bool) -> Action | None:
    """The action of the text a key stands for, with or without a mark in hand."""
    for action in ACTIONS:
        if action.in_text and stroke in action.keys:
            if action.id in HELD_ONLY and not has_held:
                continue
            if action.id in SELECTING_ONLY and has_held:
                continue
            return action
    return None
