"""A charter to begin with: its terms are agreed like any others, and whatever is given besides takes their place."""

from pathlib import Path

import pytest

from adapters.memory.world import MemoryWorld
from domain.charter import ConflictPolicy, Rhythm
from domain.errors import BadInput
from service.charter_templates import TEMPLATES, with_template
from service.people import add_person, programme
from service.requests import Ask, request_relationship
from tests.contract.stores import opened
from tests.service.theatre import START, house_over


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_a_charter_that_can_be_asked_for(name: str, tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        house = house_over(MemoryWorld(START, []), store)
        programme(house)
        mara, jonas = (
            add_person(house, f"{who}@example.org", who, "google", "Europe/Berlin", "mon-fri 09:00-17:00")
            for who in ("mara", "jonas")
        )
        ask = Ask(mara, jonas, ("Grow",), "You did.", "Time.", **with_template(name, {}))
        charter = house.streams.relationship(request_relationship(house, ask)).charter
        assert charter.minutes == TEMPLATES[name]["minutes"]
        assert (charter.rhythm is Rhythm.DAYS, charter.conflict) == (
            name == "intensive",
            {"intensive": ConflictPolicy.SHORTEN, "light": ConflictPolicy.SKIP}.get(name, ConflictPolicy.MOVE),
        )


def test_what_is_given_besides_takes_the_place_of_the_template_and_an_unknown_one_names_those_there_are() -> None:
    assert with_template("monthly", {"minutes": 60})["minutes"] == 60
    assert with_template("", {"minutes": 60}) == {"minutes": 60}
    with pytest.raises(BadInput) as wrong:
        with_template("weekly", {})
    assert "monthly" in wrong.value.remedy
