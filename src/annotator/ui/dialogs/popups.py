"""The popups of the hands, by their names."""

from annotator.ui.dialogs.command_palette import Command, CommandPalette
from annotator.ui.dialogs.label_menu import LabelMenu
from annotator.ui.dialogs.link_kinds import KindChips
from annotator.ui.dialogs.list_popup import ListPopup
from annotator.ui.dialogs.mark_list import MarkList
from annotator.ui.dialogs.popup import Popup
from annotator.ui.dialogs.search_popup import SearchPopup
from annotator.ui.dialogs.source_picker import SourcePicker
from annotator.ui.dialogs.target_search import TargetSearch

__all__ = [
    "Command",
    "CommandPalette",
    "KindChips",
    "LabelMenu",
    "ListPopup",
    "MarkList",
    "Popup",
    "SearchPopup",
    "SourcePicker",
    "TargetSearch",
]
