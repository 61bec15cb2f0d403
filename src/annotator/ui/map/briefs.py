"""Claims in brief, read beside the window: those in view first, the others where a question needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.briefs import ClaimBrief, MapQuestion
from annotator.store import lists
from annotator.store.asked_claims import candidates
from annotator.store.claim_briefs import ClaimBriefs, Part, read_part
from annotator.store.lists import Places
from annotator.store.store import Store
from annotator.ui.panels.asking import Reader

IN_VIEW, AT_ONCE = 30, 100
"""How many claims are read together for those who look at them, and of all others."""
_LOOKS_MS = 50
"""How often it is looked whether what comes first is done."""


class _Listed(NamedTuple):
    """The places of all claims that there are, and of those to read for a question; None without one."""

    all: Places
    wanted: Places | None


def _listed(store: Store, question: MapQuestion | None) -> _Listed:
    return _Listed(lists.claim_places(store), candidates(store, question) if question else None)


class BriefReader(QObject):
    """What is known of claims, by their places, and the reading of what is wanted of them.

    One part is read at a time. What is in view waits for no part of the others; these are read
    while nothing else is (`gives_way`), and given up where something comes between.
    """

    read = Signal(object)
    """The claims that were read just now, by their places; None for one that is gone."""
    listed = Signal(object)
    """The places of all claims that there are."""
    refused = Signal(object)
    """A UserError in place of claims."""

    def __init__(self, store: Store, parent: QObject, gives_way: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self._gives_way = gives_way
        self._memory = ClaimBriefs(store)
        self.destroyed.connect(self._memory.stop)
        self._reader = Reader(store, self)
        self._reader.answered.connect(self._take)
        self._reader.refused.connect(self.refused)
        self._doing: Literal["view", "list", "rest"] = "view"
        self._later = QTimer(self, singleShot=True, interval=_LOOKS_MS)
        self._later.timeout.connect(self._go_on)
        self._view: Sequence[int] = ()
        self._standing: dict[int, ClaimBrief] = {}
        self._all: Places | None = None
        self._wanted: Places | None = None
        self._rest: list[int] = []
        self._question: MapQuestion | None = None
        self._wants_total = False

    @property
    def is_reading(self) -> bool:
        """Whether something that is wanted is still to come."""
        return self._reader.is_waiting or self._later.isActive()

    @property
    def left(self) -> int | None:
        """How many claims a question still waits for; None where they have not been counted yet."""
        if self._question is None:
            return 0
        return None if self._wanted is None else len(self._rest)

    @property
    def is_counted(self) -> bool:
        """Whether it is known how many claims there are."""
        return self._all is not None

    @property
    def total(self) -> int:
        """How many claims there are; 0 where they have not been counted yet."""
        return len(self._all or ())

    def claim(self, place: int) -> ClaimBrief | None:
        """The claim at a place, if it was read; where it is in view and being read anew, as it was."""
        return self._memory.get(place) or self._standing.get(place)

    def is_known(self, place: int) -> bool:
        """Whether it is known how the claim at a place is now."""
        return self._memory.is_known(place)

    def places(self) -> list[int]:
        """The places of all claims that were read."""
        return self._memory.places()

    def claims(self) -> Iterator[ClaimBrief]:
        """All claims that were read."""
        return self._memory.claims()

    def look_at(self, places: Iterable[int]) -> None:
        """Want the claims at these places before all others, the first ones first."""
        self._view = tuple(places)
        self._go_on()

    def want(self, question: MapQuestion | None, *, total: bool) -> None:
        """Want the claims that a question may ask for, or the number of all, or only those looked at."""
        self._question, self._wants_total = question, total
        self._wanted = None
        if self._doing == "list":
            self._reader.cancel()
        self._go_on()

    def take_list(self, places: Places) -> None:
        """Know which claims there are, from whoever has found it out."""
        self._all = places

    def give_way(self) -> None:
        """Leave the processor to something that comes first."""
        if self._reader.is_waiting and self._doing == "rest":
            self._reader.cancel()
        self._go_on()

    def renew(self) -> None:
        """Read anew what was touched; until then what is in view stays as it was."""
        self._forget()
        self._all = self._wanted = None
        if self._doing == "list":
            self._reader.cancel()
        self._go_on()

    def _forget(self) -> None:
        """Forget what was touched, but for what is in view to be shown."""
        self._standing = {place: claim for place in self._view if (claim := self.claim(place)) is not None}
        self._memory.forget_touched()

    def _go_on(self) -> None:
        """Read what comes next, unless something that comes before it is being read."""
        in_view = list(islice(self._memory.missing(self._view), IN_VIEW))
        is_waiting = self._reader.is_waiting
        self._later.stop()
        if in_view and not (is_waiting and self._doing == "view"):
            self._read("view", partial(read_part, places=in_view))
        elif in_view or (is_waiting and self._doing == "view"):
            return
        elif self.left == 0 and not (self._wants_total and self._all is None):
            self._reader.cancel()
        elif self._gives_way():
            self._later.start()
        elif not is_waiting and (self._all is None or self.left is None):
            self._read("list", partial(_listed, question=self._question))
        elif not is_waiting:
            self._read("rest", partial(read_part, places=self._rest[:AT_ONCE]))

    def _read(
        self, doing: Literal["view", "list", "rest"], question: Callable[[Store], Part | _Listed]
    ) -> None:
        self._doing = doing
        self._forget()
        self._memory.begin()
        self._reader.look_up(question)

    def _take(self, answer: Part | _Listed) -> None:
        self._forget()
        is_kept = isinstance(answer, Part) and self._memory.take(answer)
        if isinstance(answer, _Listed):
            self._all, self._wanted = answer
        self._rest = list(self._memory.missing(self._wanted or ()))
        if isinstance(answer, _Listed):
            self.listed.emit(answer.all)
        elif is_kept:
            for place in answer.claims:
                self._standing.pop(place, None)
            self.read.emit(answer.claims)
        self._go_on()
