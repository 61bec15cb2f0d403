"""File names made of titles."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.names import BYTES, Names, safe_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Harbour closed", "Harbour closed"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Windows\\x", "C_Windows_x"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        ("Lpt¹", "_Lpt¹"),
        ("console", "console"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("dots...", "dots"),
        ("a\tb\u2028c\u00a0d", "a b c d"),
        ("evil\u202etxt.exe", "eviltxt.exe"),
        ("nul\0byte", "nulbyte"),
        ("Кем", "Кем"),
        ("\u200b", "untitled"),
        ("", "untitled"),
        ("..", "untitled"),
    ],
)
def test_a_title_becomes_a_name_that_is_safe_everywhere(title, name):
    assert safe_name(title) == name


def test_a_long_title_is_cut_between_characters():
    name = safe_name("e\u0301\u0323" * 300)
    assert len(name.encode()) <= BYTES
    assert not unicodedata.combining(name[-1]) or unicodedata.normalize("NFC", name) == name
    assert safe_name("🚢" * 300) == "🚢" * 30


def test_names_that_only_case_or_width_tells_apart_get_numbers():
    names = Names(blank="_")
    given_names = [names.unique(title) for title in ("Ship", "SHIP", "ship 2", "Ｓhip", "Ship")]
    assert given_names == ["Ship", "SHIP_2", "ship_2_2", "Ｓhip_3", "Ship_4"]


class Counted(set[str]):
    """A set that counts how often it is asked."""

    asked = 0

    def __contains__(self, key):
        self.asked += 1
        return super().__contains__(key)


def test_thousands_of_one_title_are_numbered_without_asking_for_each_number():
    taken = Counted()
    names = Names(taken=taken)
    found = [names.unique("Briefing") for _ in range(3000)]
    assert found == ["Briefing", *(f"Briefing {number}" for number in range(2, 3001))]
    assert taken.asked < 25 * len(found)


@given(st.lists(st.text(st.characters(codec=None), max_size=200), max_size=8))
def test_names_are_safe_and_differ(tmp_path_factory, titles):
    folder = tmp_path_factory.mktemp("names")
    names = Names()
    for number, title in enumerate(titles):
        file = folder / (names.unique(title) + ".txt")
        file.write_text("x")
        assert file.parent == folder
        assert len(list(folder.iterdir())) == number + 1
        assert len(file.name.encode()) <= 143
