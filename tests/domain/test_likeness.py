"""Claims and sources that may be one are found by their words, and others are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.ids import SourceId
from annotator.domain.likeness import Likeness, are_alike, claim_keys, source_keys
from annotator.domain.model import Source


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("The plant sold the engines.", "Plant sold engines", True),
        ("Ukraine’s plant sold rocket engines to Iran", "Ukraine's plants sold rocket engine to Iran", True),
        ("The plant sold rocket engines to Iran", "The plant secretly sold rocket engines to Iran", True),
        ("Завод продал двигатели", "завод ПРОДАЛ двигатели", True),
        ("The café closed", "The cafe closed", True),
        ("Ukraine sold engines to Iran", "Iran sold engines to Ukraine", False),
        ("Ukraine sold the rocket engines to Iran", "Russia sold the rocket engines to Iran", False),
        ("The plant sold rocket engines to Iran", "The plant never sold rocket engines to Iran", False),
        ("The plant didn’t sell rocket engines to Iran", "The plant did sell rocket engines to Iran", False),
        ("The plant sold 12 rocket engines to Iran", "The plant sold rocket engines to Iran", False),
        ("The plant sold engines", "The big plant sold engines", False),
        ("", " ", False),
    ],
)
def test_claims_look_alike_but_for_one_word_that_denies_nothing(one: str, other: str, expected: bool) -> None:
    keys = claim_keys(one), claim_keys(other)
    assert are_alike(*keys) == are_alike(*reversed(keys)) == expected


@pytest.mark.parametrize(
    ("one", "other", "kind", "expected"),
    [
        ("Michael Elleman", "M. Elleman", "person", True),
        ("Michael Elleman", "Elleman, Michael", "person", True),
        ("Michael F. Elleman", "Michael Elleman", "person", True),
        ("Elleman", "Dr. Michael Elleman", "person", True),
        ("Michael Elleman", "Mark Elleman", "person", False),
        ("Oleksandr Turchynov", "Олександр Турчинов", "person", False),
        ("The New York Times", "New York Times", "outlet", True),
        ("IISS", "International Institute for Strategic Studies", "organisation", True),
        ("International Institute for Strategic Studies (IISS)", "IISS", "organisation", True),
        ("Ministry", "Defence Ministry", "organisation", False),
        ("Some experts", "Some experts", "group", False),
        ("An official", "An official", "anonymous", False),
    ],
)
def test_sources_look_alike_as_names_are_shortened(one: str, other: str, kind: str, expected: bool) -> None:
    keys = [source_keys(named(name, kind)) for name in (one, other)]
    assert are_alike(*keys) == are_alike(*reversed(keys)) == expected


def test_an_alias_is_a_name_too() -> None:
    council = Source(id=SourceId("s1"), name="Security Council", kind="organisation", aliases=("NSDC",))
    assert are_alike(source_keys(council), source_keys(named("NSDC", "organisation")))


def named(name: str, kind: str) -> Source:
    return Source(id=SourceId(name), name=name, kind=kind)


WORDS = st.sampled_from(["plant", "sold", "never", "rocket", "engine", "iran", "secretly", "12"])


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.lists(WORDS, max_size=7).map(" ".join)))
def test_looking_up_keys_finds_what_comparing_all_pairs_finds(texts: dict[str, str]) -> None:
    keys = {row: claim_keys(text) for row, text in texts.items()}
    found = Likeness(keys)
    for row, own in keys.items():
        alike = sorted(one for one, other in keys.items() if one < row and are_alike(own, other))
        assert found.before(row) == alike
