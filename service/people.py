"""Use cases about people and the programme: register a person, found the programme, go live."""

from domain.by import ADMINISTRATOR, CLI, By
from domain.errors import Refused
from domain.person import Person
from domain.programme import Programme
from service.house import House


def add_person(
    house: House, address: str, name: str, provider: str, zone: str, hours: str, language: str = "en"
) -> str:
    """Register a person and return her id; an address that is registered already is refused."""
    by = By(ADMINISTRATOR, CLI, None, house.now())
    person = Person.register(house.ids.new(), name, address, provider, zone, hours, language, by)
    if house.streams.person_at(person.address) is not None:
        raise Refused("That address is registered already.", "Look at it with: mentorsync person list")
    house.streams.save(person, now=by.at)
    return str(person.id)


def pause_person(house: House, person: Person) -> bool:
    """Stop everything for a person, as her own "stop" does; return whether that is new."""
    new = not person.paused
    person.pause(By(ADMINISTRATOR, CLI, None, house.now()))
    house.streams.save(person, now=house.now())
    return new


def resume_person(house: House, person: Person) -> bool:
    """Go on for a person; what became useless meanwhile lapses and is not made up for. Return whether that is new."""
    new = person.paused
    person.resume(By(ADMINISTRATOR, CLI, None, house.now()))
    house.streams.save(person, now=house.now())
    return new


def programme(house: House) -> Programme:
    """Return the programme, founding it when there is none yet."""
    known = house.streams.programme()
    if known is not None:
        return known
    by = By(ADMINISTRATOR, CLI, None, house.now())
    founded = Programme.found(house.ids.new(), house.identity.programme, by)
    house.streams.save(founded, now=by.at)
    return founded


def go_live(house: House) -> bool:
    """Allow mail and calendar writes to leave; return whether that is new."""
    known = programme(house)
    if known.live:
        return False
    known.go_live(By(ADMINISTRATOR, CLI, None, house.now()))
    house.streams.save(known, now=house.now())
    return True
