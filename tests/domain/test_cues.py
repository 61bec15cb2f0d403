import json
import re

import pytest

from annotator.domain.cues import DENIAL_ACTS, CueWords, cue_words
from annotator.domain.resources import resource

EN = cue_words()


def cues(text):
    return [(text[cue.start : cue.end], text[cue.content :].strip()) for cue in EN.find(text, 0, len(text))]


def test_every_act_of_a_verb_is_one_the_scheme_knows():
    scheme = json.loads(resource("scheme", "default.json").read_text(encoding="utf-8"))
    acts = next(attribute for attribute in scheme["attributes"] if attribute["id"] == "act")["values"]
    assert set(EN.acts.values()) == set(acts)
    assert set(acts) >= DENIAL_ACTS


def test_a_verb_has_one_act_in_all_its_forms():
    text = "He Told us, she tells them, they ruled  out fire, it sailed."
    found = {text[cue.start : cue.end]: cue.act for cue in EN.find(text, 0, len(text))}
    assert found == {"Told": "state", "tells": "state", "ruled  out": "deny"}


def test_no_form_is_listed_twice():
    data = json.loads(resource("language", "en.json").read_text(encoding="utf-8"))
    forms = [form for verbs in data["verbs"].values() for listed in verbs.values() for form in listed]
    assert len(forms) == len(set(forms))
    assert set(data["nouns"]) <= set(forms)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor said the pier burned", [("said", "the pier burned")]),
        ("The mayor said that the pier burned", [("said", "the pier burned")]),
        ("He told Radio 5 by phone that it burned", [("told", "it burned")]),
        ("He said in a letter that it burned", [("said", "it burned")]),
        ("He insisted that could not be", [("insisted", "that could not be")]),
        ("He said the ferry that sank was old", [("said", "the ferry that sank was old")]),
        ("The report was old, their claim too", []),
        ("They claim that it burned", [("claim", "it burned")]),
        ("the claim that it burned", []),
        ("It burned, according to Ann Holm", [("according to", "Ann Holm")]),
        ("He ruled\u00a0out sabotage", [("ruled\u00a0out", "sabotage")]),
        ("said-and-done, unsaid", []),
    ],
)
def test_cues_are_told_from_other_uses_of_their_words(text, found):
    assert cues(text) == found


def test_what_belongs_to_a_cue_is_looked_for_beside_it(monkeypatch):
    looked = []
    words = CueWords.from_data({"language": "en", "verbs": {"state": {"say": ["said"]}}, "that": ["that"]})

    class Pattern:
        def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
            looked.append(end - start)
            return re.compile(r"\bthat\b").search(text, start, end)

    monkeypatch.setitem(words.__dict__, "_that", Pattern())
    text = "Ann said so. " * 300 + "Ann said that it burned"
    found = list(words.find(text, 0, len(text)))
    assert text[found[-1].content :].strip() == "it burned"
    assert len(found) == len(looked) == 301
    assert max(looked) < 50


def test_another_language_is_a_file_of_the_same_shape():
    verbs = {"state": {"казати": ["сказав", "каже"]}}
    words = CueWords.from_data({"language": "uk", "verbs": verbs, "that": ["що"]})
    text = "Мер сказав, що пірс згорів; каже що так"
    assert [(cue.act, text[cue.content :].strip()) for cue in words.find(text, 0, len(text))] == [
        ("state", ", що пірс згорів; каже що так"),
        ("state", "так"),
    ]
