"""The window says in its own language what the command line says in English."""

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from annotator.domain.errors import UserError
from annotator.ui import messages

pytestmark = pytest.mark.usefixtures("qapp")


class Shouting(QTranslator):
    def isEmpty(self) -> bool:
        return False

    def translate(self, context, text, disambiguation=None, n=-1):
        return text.upper().replace("{LABEL}", "{label}") if context == messages.CONTEXT else ""


def test_a_sentence_is_the_english_one_without_a_translation():
    error = UserError("label-unknown", label="lie")
    assert messages.sentence(error) == "The scheme has no label “lie”. Add it, or relabel."


def test_a_translation_is_used_and_details_stay_as_they_are():
    translator = Shouting()
    QCoreApplication.installTranslator(translator)
    try:
        words = messages.sentence(UserError("label-unknown", label="lie"))
    finally:
        QCoreApplication.removeTranslator(translator)
    assert words == "THE SCHEME HAS NO LABEL “lie”. ADD IT, OR RELABEL."
