"""A meeting as a calendar entry inside a mail: one profile for every mail program (RFC 5545, RFC 5546, RFC 6047).

UTC instants, because a TZID without its rules is an hour off in Outlook; METHOD:REQUEST, because Outlook overlooks
updates of what was only published; one UID for ever, a higher SEQUENCE with every change, METHOD:CANCEL when it is off.
"""

from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress, vText

from adapters.mail.headers import plain_words
from domain.errors import Refused
from domain.letters import MailedEvent

PRODUCT = "-//mentorsync//calendar entries//EN"
LIMIT = 64 * 1024


def method_of(event: MailedEvent) -> str:
    """Return what the entry asks for, as the part's own header says it again."""
    return "CANCEL" if event.off else "REQUEST"


def entry(event: MailedEvent, organiser: str, organiser_name: str, stamp: datetime) -> bytes:
    """Return the entry as iCalendar bytes with CRLF; the same input gives the same bytes.

    Raises Refused when what was written does not read back as what was meant.
    """
    calendar = Calendar()
    for name, value in (
        ("PRODID", PRODUCT),
        ("VERSION", "2.0"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method_of(event)),
    ):
        calendar.add(name, value)
    calendar.add_component(_event(event, organiser, organiser_name, stamp))
    raw = bytes(calendar.to_ical())
    if len(raw) > LIMIT or told(raw) != event:
        raise Refused("A calendar entry would not say what was meant.", "Look at the names and addresses.")
    return raw


def told(raw: bytes) -> MailedEvent | None:
    """Return what an entry of ours says, or None for one that is not of our profile."""
    calendar = Calendar.from_ical(raw)
    method, events = str(calendar.get("METHOD", "")), calendar.walk("VEVENT")
    if method not in ("REQUEST", "CANCEL") or len(events) != 1 or calendar.walk("VTIMEZONE"):
        return None
    (event,) = events
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    attendees = event.get("ATTENDEE", [])
    return MailedEvent(
        uid=str(event["UID"]),
        sequence=int(event.decoded("SEQUENCE")),
        start=start,
        end=end,
        title=str(event["SUMMARY"]),
        attendees=tuple(str(one).removeprefix("mailto:") for one in attendees),
        off=method == "CANCEL" and str(event["STATUS"]) == "CANCELLED",
    )


def _event(event: MailedEvent, organiser: str, organiser_name: str, stamp: datetime) -> Event:
    # The bare form: the library's convenient one would put the real time and a random UID in.
    made = Event()
    facts: tuple[tuple[str, object], ...] = (
        ("UID", event.uid),
        ("SEQUENCE", event.sequence),
        ("DTSTAMP", stamp.astimezone(UTC).replace(microsecond=0)),
        ("DTSTART", event.start.astimezone(UTC)),
        ("DTEND", event.end.astimezone(UTC)),
        ("SUMMARY", event.title),
        ("STATUS", "CANCELLED" if event.off else "CONFIRMED"),
        ("TRANSP", "OPAQUE"),
    )
    for name, value in facts:
        made.add(name, value)
    made.add("ORGANIZER", _person(organiser, CN=plain_words(organiser_name)), encode=False)
    for address in event.attendees:
        asked = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
        made.add("ATTENDEE", _person(address, **asked), encode=False)
    return made


def _person(address: str, **parameters: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    for name, value in parameters.items():
        person.params[name] = vText(value)
    return person
