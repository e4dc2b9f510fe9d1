"""Reports of non-delivery: an address that takes no mail for good is remembered, and nothing more is sent there."""

import structlog

from domain.by import MAIL, SERVICE, By
from domain.charter import Role
from domain.mail import ReceivedMail
from service.arrivals import thread_of
from service.house import House

log = structlog.get_logger()


def note_bounce(house: House, mail: ReceivedMail) -> bool:
    """Mark the addresses that a report names, and return whether it is about a mail of ours.

    Only a report that returns the id of our mail counts, and only for its reader: nobody else knows that id.
    """
    thread = thread_of(house, mail)
    if thread is None:
        return False
    person = house.streams.person(thread.relationship.person_id(Role(thread.recipient)))
    by = By(SERVICE, MAIL, None, house.now())
    for address in mail.bounced:
        person.mark_bounced(address, by)
    if person.pending_events:
        log.warning("address.bounced", person=str(person.id))
        house.streams.save(person, now=by.at)
    return True
