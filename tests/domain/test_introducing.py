"""Names without the titles that introduce them."""

import pytest

from annotator.domain.introducing import parted, role_of, without_titles

HEARING = (
    "Norvik’s U.N. Ambassador Jon Aker objected. Aker left.\n"
    "“No,” Deputy Secretary Ilse Brandt of the council said."
)


@pytest.mark.parametrize(
    ("run", "name", "role"),
    [
        ("NSC Deputy Secretary Ilse Brandt", "Ilse Brandt", "NSC Deputy Secretary"),
        ("Norvik’s U.N. Ambassador Jon Aker", "Jon Aker", "Norvik’s U.N. Ambassador"),
        ("Chief Executive Ilse Brandt", "Ilse Brandt", "Chief Executive"),
        ("Foreign and Defence Minister Ilse Brandt", "Ilse Brandt", "Foreign and Defence Minister"),
        ("Dr. Ilse Brandt", "Ilse Brandt", None),
        ("Ilse Brandt", "Ilse Brandt", None),
    ],
)
def test_titles_before_a_name_are_a_role_and_no_part_of_it(run, name, role):
    assert parted(run) == (name, role)


@pytest.mark.parametrize(
    "run", ["Prince Harry", "General Motors", "General Electric Company", "Water Council", "Foreign Minister"]
)
def test_what_is_no_full_name_after_a_title_stays_whole(run):
    assert parted(run) == (run, None)


@pytest.mark.parametrize(
    "before", ["Mayor Jon Aker and", "Institute of Health and", "Mayor Aker and Judge Lind and"]
)
def test_the_title_of_who_is_named_before_is_no_role_of_the_next(before):
    assert parted(f"{before} Governor Ilse Brandt") == ("Ilse Brandt", "Governor")


def test_a_name_met_with_and_without_its_title_is_one():
    assert without_titles(["Ambassador Jon Aker", "Lowen", "Jon Aker"]) == ["Jon Aker", "Lowen"]


def test_the_role_that_the_text_gives_with_a_name_is_found():
    assert role_of(HEARING, "Jon Aker", 0) == "Norvik’s U.N. Ambassador"
    assert role_of(HEARING, "Ilse Brandt", 0) == "Deputy Secretary"
    assert role_of(HEARING, "Mara Lind", 0) is None
