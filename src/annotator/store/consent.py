"""The question before undo: whether what is not of this session may be reversed."""

from __future__ import annotations

from annotator.store.journal import Operation
from annotator.store.store import Store


class Consent:
    """What the analyst allowed undo to reverse; asked once for all of one annotator."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._given: set[str] = set()

    def question(self) -> Operation | None:
        """The operation undo would reverse, where the analyst must be asked about it first.

        That is an operation of an earlier session or of somebody else, and only
        the first time: `give` notes the answer.
        """
        found = self._store.next_undo()
        if found is None or self._store.is_from_this_session(found):
            return None
        return None if self._key(found) in self._given else found

    def give(self, operation: Operation) -> None:
        """Note that operations like this one (same session, same annotator) may be undone."""
        self._given.add(self._key(operation))

    def _key(self, operation: Operation) -> str:
        is_mine = operation.annotator == self._store.identity.annotator
        return "earlier" if is_mine else f"by {operation.annotator}"
