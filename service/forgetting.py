"""Use case: a person is forgotten, and a certificate says what was destroyed and what nobody here can reach."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.by import ADMINISTRATOR, CLI, By
from domain.erasure import Erased, belongings
from domain.errors import Refused
from domain.meeting import Meeting
from domain.notebook import notebook_id, notebook_owner
from domain.person import Person
from domain.relationship import Relationship
from domain.relationship_state import ENDED
from domain.rules_leavers import names_them_still
from domain.samples import needed
from service.event_words import count, moment
from service.house import House
from service.push_standing import standing_of
from service.situations import situation_of
from service.unreadable import events_of, relationships_of, unread

STAYS = (
    "that there was a person with this id: when something happened, the states of meetings and actions, and clauses",
    "what others wrote, also about her, in their own words",
    "private notes about her: they are their authors', who alone read them, are told so once, and how to delete them",
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What became of a person's data at `at` (UTC); with `rehearsed` nothing was done yet.

    `texts` is how many of her words, names and addresses stood in events, none of which can be read any more. `follows`
    is what the daemon still does, `out_of_reach` what is left elsewhere, `stays` what is kept.
    """

    person: str
    at: datetime
    rehearsed: bool
    texts: int
    calendar_entries: int
    cursors: int
    addresses: int
    samples: int
    relationships: tuple[str, ...]
    follows: tuple[str, ...]
    out_of_reach: tuple[str, ...]
    stays: tuple[str, ...]


def forget_person(house: House, person: Person) -> Certificate:
    """Forget a person for good: she leaves all that stands, and her key is destroyed.

    Doing it again is harmless, and finishes what was cut short; TryLater says that it has to be done again.
    """
    id, survey = str(person.id), _survey(house, person)
    person.be_forgotten(By(ADMINISTRATOR, CLI, None, house.now()))
    house.streams.save(person, now=house.now())
    erased = house.streams.erase(id)
    left = sum(1 for _ in _texts(house, id))
    if left:
        raise Refused(f"{count(left, 'text')} of this person can still be read.", "Forget the person once more.")
    return _certificate(house, person, erased, survey, rehearsed=False)


def rehearse_forgetting(house: House, person: Person) -> Certificate:
    """Return the certificate that forgetting would bring, and destroy nothing."""
    id = str(person.id)
    entries = len(house.cache.entries(id) or ())
    cursors = sum(1 for stream in ("calendar", "push") if house.ledger.cursor(id, stream) is not None)
    addresses = sum(1 for address in person.addresses if address.text is not None)
    files = sum(_files(house, one, id) for one in relationships_of(house, id))
    erased = Erased(entries, cursors, addresses, files)
    return _certificate(house, person, erased, _survey(house, person), rehearsed=True)


def _files(house: House, relationship: Relationship, person: str) -> int:
    """Return how many files of hers wait for an agenda."""
    kept = needed(relationship, house.now())
    return sum(1 for one in relationship.samples if one.sample.ref in kept and one.sample.name.owner == person)


@dataclass(frozen=True, slots=True)
class _Survey:
    """What there was before: texts, what stands and will end, and what lies elsewhere."""

    texts: int
    follows: tuple[str, ...]
    out_of_reach: tuple[str, ...]


def _survey(house: House, person: Person) -> _Survey:
    id = str(person.id)
    found = list(relationships_of(house, id))
    follows = tuple(line for relationship in found for line in _follows(house, relationship, id))
    elsewhere = tuple(_elsewhere(found, person))
    if standing_of(house.ledger, id).kept:
        elsewhere = (
            *elsewhere,
            "a subscription to her calendar at its provider, which runs out by itself",
        )
    damaged = tuple(
        f"relationship {one} cannot be read and was not asked: its words of hers go with her key, the other "
        "of the two hears nothing, and meetings stay"
        for one in unread(house, id)
    )
    return _Survey(sum(1 for _ in _texts(house, id)), follows, (*elsewhere, *damaged))


def _texts(house: House, person: str) -> Iterator[str]:
    """Give the texts of the person that can be read, those in her notebook too."""
    owners = dict.fromkeys((person, *house.streams.relationships_of(person)), person)
    if house.streams.notebook(person) is not None:
        owners[str(notebook_id(person))] = notebook_owner(person)
    for stream, owner in owners.items():
        for event in events_of(house, stream):
            yield from (one.text.text for one in belongings(event, owner) if one.text.text is not None)


def _follows(house: House, relationship: Relationship, person: str) -> Iterator[str]:
    situation = situation_of(house, relationship, alone=True)
    over = [m for m in relationship.meetings.items if names_them_still(situation, m)]
    named = sum(1 for meeting in over if not _hers(relationship, meeting, person))
    if named:
        yield f"{count(named, 'event')} of past meetings of {relationship.id} lose title and text"
    if relationship.status in ENDED:
        return
    id, meeting = str(relationship.id), relationship.meetings.current
    again = relationship.parted and relationship.network_contact
    yield f"relationship {id} ends{'' if again else ', and the other of the two hears of it once'}"
    if meeting is not None and meeting.time.end > house.now() and meeting.event_id and not meeting.adopted:
        where = "the other's calendar" if _hers(relationship, meeting, person) else "the calendar it was made in"
        yield f"meeting {meeting.ref} of {id} on {moment(meeting.time.start)} is taken out of {where}"


def _out_of_hand(relationship: Relationship, meeting: Meeting, person: str) -> bool:
    return meeting.adopted or _hers(relationship, meeting, person)


def _hers(relationship: Relationship, meeting: Meeting, person: str) -> bool:
    """Say whether the meeting is in the person's own calendar."""
    role = relationship.role_of(person)
    return role is not None and meeting.organiser.value == role.value


def _elsewhere(relationships: list[Relationship], person: Person) -> Iterator[str]:
    id = str(person.id)
    sent = [(r.role_of(id), mail) for r in relationships for mail in r.mails.values()]
    to_her = sum(1 for role, mail in sent if role is not None and mail.recipient == role.value)
    past = [m for r in relationships for m in r.meetings.items if m.event_id]
    made_elsewhere = sum(1 for r in relationships for m in r.meetings.items if m.event_id and _out_of_hand(r, m, id))
    if to_her:
        yield f"{count(to_her, 'mail')} of ours in her own mailbox"
    if len(sent) > to_her:
        yield f"{count(len(sent) - to_her, 'mail')} of ours in the mailboxes of the others, most of which name her"
    if sent:
        yield "the service's own mailbox, where mails to her and from her lie: delete those by hand"
    if made_elsewhere:
        yield f"{count(made_elsewhere, 'event')} of meetings in her own calendar or made by hand, with title and text"
    if past:
        yield f"her address among the guests of {count(len(past), 'event')} in calendars, which belong to their owners"
    if any(_hers(r, m, id) for r in relationships for m in r.meetings.items if m.live and m.event_id):
        yield "the coming meeting in her own calendar, which nobody else can write to"
    yield "copies of other people's calendars in this store: there she is a guest, sealed with their keys"
    yield "backups of the key file from before today: destroy them, or her words can be read again"


def _certificate(house: House, person: Person, erased: Erased, survey: _Survey, *, rehearsed: bool) -> Certificate:
    id = str(person.id)
    return Certificate(
        id,
        house.now(),
        rehearsed,
        survey.texts,
        erased.entries,
        erased.cursors,
        erased.addresses,
        erased.samples,
        house.streams.relationships_of(id),
        survey.follows,
        survey.out_of_reach,
        STAYS,
    )
