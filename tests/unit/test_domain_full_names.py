"""A name is put into its usual order, and whoever is greeted is greeted by a name and not by a title."""

import pytest

from domain.errors import BadInput
from domain.full_names import full_name, given_name


@pytest.mark.parametrize(
    ("written", "kept", "greeted"),
    [
        ("Mara Lindqvist", "Mara Lindqvist", "Mara"),
        (" Mara \n Lindqvist ", "Mara Lindqvist", "Mara"),
        ("Lindqvist, Mara", "Mara Lindqvist", "Mara"),
        ("Lindqvist,Mara", "Mara Lindqvist", "Mara"),
        ("Lindqvist,", "Lindqvist", "Lindqvist"),
        ("van der Berg, Anna Maria", "Anna Maria van der Berg", "Anna"),
        ("Dr. Jonas Albrecht", "Dr. Jonas Albrecht", "Jonas"),
        ("Prof. Dr. Jonas Albrecht", "Prof. Dr. Jonas Albrecht", "Jonas"),
        ("Dr. med. Jonas Albrecht", "Dr. med. Jonas Albrecht", "Jonas"),
        ("Dr. rer. nat. Jonas Albrecht", "Dr. rer. nat. Jonas Albrecht", "Jonas"),
        ("Dipl.-Ing. Jonas Albrecht", "Dipl.-Ing. Jonas Albrecht", "Jonas"),
        ("Albrecht, Dr. Jonas", "Dr. Jonas Albrecht", "Jonas"),
        ("Albrecht, Jonas, Dr.", "Jonas Albrecht, Dr.", "Jonas"),
        ("Jonas Albrecht, PhD", "Jonas Albrecht, PhD", "Jonas"),
        ("Jonas Albrecht, Jr.", "Jonas Albrecht, Jr.", "Jonas"),
        ("Mme Jeanne Petit", "Mme Jeanne Petit", "Jeanne"),
        ("M. Jean Petit", "M. Jean Petit", "Jean"),
        ("H. C. Sanders", "H. C. Sanders", "H."),
        ("Mag Byrne", "Mag Byrne", "Mag"),
        ("Ing Chen", "Ing Chen", "Ing"),
        ("Dr.", "Dr.", "Dr."),
        ("Doctor", "Doctor", "Doctor"),
        ("Prince", "Prince", "Prince"),
        ("", "", ""),
    ],
)
def test_names_are_kept_first_name_first_and_greeted_without_a_title(written: str, kept: str, greeted: str) -> None:
    assert (full_name(written), given_name(written), given_name(kept)) == (kept, greeted, greeted)


def test_a_name_whose_order_nobody_can_tell_is_refused_and_what_was_kept_so_is_greeted_by_its_first_word() -> None:
    with pytest.raises(BadInput, match="more than one comma"):
        full_name("Lindqvist, Mara, Sales")
    assert given_name("Lindqvist, Mara, Sales") == "Lindqvist"
