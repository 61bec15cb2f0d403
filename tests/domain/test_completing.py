"""What is completed while a query is typed."""

import pytest

from annotator.domain.completing import Wish, completed, names, wish_at


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("la", Wish(0, 2, "", "la")),
        ("flood sou", Wish(6, 9, "", "sou")),
        ("(not un", Wish(5, 7, "", "un")),
        ("label=", Wish(6, 6, "label", "")),
        ("Label = den", Wish(8, 11, "label", "den")),
        ('source="Ministry of', Wish(7, 19, "source", "Ministry of")),
        ("attr.denial_kind!=c", Wish(18, 19, "attr.denial_kind", "c")),
        ('"flood sou', None),
        ("label=denial ", None),
        ("", None),
    ],
)
def test_what_is_typed_is_a_name_or_a_value(text, wish):
    assert wish_at(text, len(text)) == wish


def test_names_are_offered_with_the_sign_that_follows():
    assert names("l", ["loudness"]) == ["label=", "linked"]
    assert names("attr.l", ["loudness"]) == ["attr.loudness="]


@pytest.mark.parametrize(
    ("typed", "chosen", "whole"),
    [
        ("la|", "label=", "label=|"),
        ("un| label=claim", "unlinked", "unlinked| label=claim"),
        ("label=de|", "denial", "label=denial |"),
        ('source="Min|" across', "Ministry of Ports", 'source="Ministry of Ports"| across'),
        ("source=mi|", "Ministry of Ports", 'source="Ministry of Ports" |'),
    ],
)
def test_what_is_chosen_takes_the_place_of_what_was_typed(typed, chosen, whole):
    at = typed.index("|")
    text = typed.replace("|", "")
    wish = wish_at(text, at)
    found, cursor = completed(text, wish, chosen)
    assert f"{found[:cursor]}|{found[cursor:]}" == whole
