"""What hands can do over the text, by the state it is done in; each is made when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.ui.hands.desk import Desk
from annotator.ui.theme import Theme

if TYPE_CHECKING:  # each is loaded when it is first used
    from annotator.ui.hands.claiming import Claiming
    from annotator.ui.hands.floating import Floating
    from annotator.ui.hands.linking import Linking
    from annotator.ui.hands.marking import Marking
    from annotator.ui.hands.offering import Offering
    from annotator.ui.hands.proposing import Proposing
    from annotator.ui.hands.selecting import Selecting
    from annotator.ui.hands.sourcing import Sourcing
    from annotator.ui.hands.wording import Wording


class Abilities(QObject):
    """What can be done at a desk, and what floats over the text meanwhile."""

    def __init__(self, desk: Desk, over: QWidget, look: Theme) -> None:
        super().__init__(desk.panes)
        self.desk = desk
        self.look = look
        self._over = over

    @cached_property
    def floating(self) -> Floating:
        from annotator.ui.hands.floating import Floating

        return Floating(self.desk, self._over, self.look)

    @cached_property
    def selecting(self) -> Selecting:
        from annotator.ui.hands.selecting import Selecting

        return Selecting(self.desk)

    @cached_property
    def marking(self) -> Marking:
        from annotator.ui.hands.marking import Marking

        return Marking(self.desk)

    @cached_property
    def sourcing(self) -> Sourcing:
        from annotator.ui.hands.sourcing import Sourcing

        return Sourcing(self.desk, self.floating)

    @cached_property
    def linking(self) -> Linking:
        from annotator.ui.hands.linking import Linking

        return Linking(self.desk, self.floating)

    @cached_property
    def claiming(self) -> Claiming:
        from annotator.ui.hands.claiming import Claiming

        return Claiming(self.desk, self.floating)

    @cached_property
    def proposing(self) -> Proposing:
        from annotator.ui.hands.proposing import Proposing

        return Proposing(self.desk)

    @cached_property
    def wording(self) -> Wording:
        from annotator.ui.hands.wording import Wording

        return Wording(self.desk, self.sourcing)

    @cached_property
    def offering(self) -> Offering:
        from annotator.ui.hands.offering import Offering

        return Offering(self.desk, self.floating)

    @property
    def has_popup(self) -> bool:
        """Whether anything but the bubble floats over the text."""
        return "floating" in vars(self) and self.floating.popup is not None

    def close_popup(self) -> None:
        """Take away what floats over the text or is about to."""
        if "offering" in vars(self):
            self.offering.forget()
        if "floating" in vars(self):
            self.floating.close()

    def settles(self) -> bool:
        """Whether a popup that is about to open takes the key."""
        return "offering" in vars(self) and self.offering.settle()

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        self.look = look
        if "floating" in vars(self):
            self.floating.wear(look)

    def close(self) -> None:
        """End what still goes on beside the window."""
        if "claiming" in vars(self):
            self.claiming.finish()
