"""What the window says for an error: the sentences of the domain, translated."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.domain.errors import UserError

CONTEXT = "Messages"
"""The translation context of every sentence in `domain.messages`."""


def sentence(error: UserError) -> str:
    """What went wrong, where, and what to do about it, in the language of the window."""
    from annotator.domain import messages

    return messages.sentence(error, lambda form: QCoreApplication.translate(CONTEXT, form))
