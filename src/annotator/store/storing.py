"""What waits for the disk is brought there by a thread, so that the window need not wait."""

from __future__ import annotations

from threading import Thread

from annotator.store.telling import Change, Listeners
from annotator.store.transactions import Transactions


class Storing:
    """One COMMIT of what waited, on its way; whoever began it asks whether it is over, and then ends it.

    What needs the connection meanwhile waits, as for any other transaction; so does closing the project.
    """

    def __init__(self, transactions: Transactions, listeners: Listeners) -> None:
        self._transactions = transactions
        self._listeners = listeners
        self._changes: list[Change] = []
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        return not self._thread.is_alive()

    def end(self) -> None:
        """Once it is over: tell, on this thread, what it found that another program had written.

        Raises UserError where what waited could not be stored.
        """
        for change in self._changes:
            self._listeners.tell(change)
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            with self._listeners.kept_here() as self._changes:
                self._transactions.commit_waiting()
        except BaseException as error:  # noqa: BLE001 - it is raised again where it is ended
            self._error = error
