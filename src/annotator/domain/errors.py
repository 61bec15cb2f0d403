"""The one exception that is meant for people."""

from __future__ import annotations


class UserError(Exception):
    """Something the analyst can mend: a stable code and the details of the case.

    The sentence, with a way out, is made where it is shown (`ui.messages`,
    `app.messages`). Any other exception is a bug.
    """

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.details = details
        listed = ", ".join(f"{name}={value!r}" for name, value in details.items())
        super().__init__(f"{code}: {listed}" if listed else code)
