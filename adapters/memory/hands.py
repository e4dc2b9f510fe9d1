"""What people do in their own calendars and mailboxes, for tests: they answer, move, delete and write."""

from collections.abc import Mapping
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

from adapters.memory.invitations import answer, by_uid, tell_change, tell_end
from adapters.memory.mailbox import parsed, post, write
from adapters.memory.world import Closed, MemoryWorld
from domain.calendar import CalendarEntry, Response, Shows
from domain.interval import Interval


class MemoryHands:
    """The human hands of a memory world; an event is named by its uid, which is equal in all calendars."""

    def __init__(self, world: MemoryWorld) -> None:
        self._world = world

    def accept(self, account: str, ical_uid: str) -> None:
        """Accept the invitation."""
        self._respond(account, ical_uid, Response.ACCEPTED, Shows.BUSY)

    def tentative(self, account: str, ical_uid: str) -> None:
        """Accept it with reservations."""
        self._respond(account, ical_uid, Response.TENTATIVE, Shows.TENTATIVE)

    def decline(self, account: str, ical_uid: str) -> None:
        """Decline it; the copy stays visible."""
        self._respond(account, ical_uid, Response.DECLINED, Shows.FREE)

    def move(self, account: str, ical_uid: str, time: Interval) -> None:
        """Drag the event to another time: everybody's when the organiser does it, else only the own copy."""
        entry = self._world.put(account, replace(self._entry(account, ical_uid), time=time))
        if entry.organiser == account:
            tell_change(self._world, entry)

    def relocate(self, account: str, ical_uid: str, place: str) -> None:
        """Write another place into the event, in the own calendar."""
        self._world.put(account, self._entry(account, ical_uid), place=place)

    def delete(self, account: str, ical_uid: str) -> None:
        """Delete the event: the organiser cancels it for all, another person declines it."""
        entry = self._world.put(account, self._entry(account, ical_uid), gone=True)
        if entry.organiser == account:
            tell_end(self._world, entry)
        else:
            answer(self._world, entry, account, Response.DECLINED)

    def busy(self, account: str, time: Interval, shows: Shows = Shows.BUSY) -> str:
        """Enter something of one's own, without invited people, and return its uid."""
        number = self._world.account(account).next()
        uid = f"{number}-{account}"
        self._world.put(
            account,
            CalendarEntry(f"event-{number}", uid, time, shows, Response.ACCEPTED, account, (), False, None, ""),
        )
        return uid

    def garble(self, account: str, ical_uid: str, nonsense: str) -> None:
        """Let a program of the person's own make nonsense of the event, for the reason that an adapter would give."""
        entry = self._world.put(account, self._entry(account, ical_uid))
        self._world.account(account).records[entry.event_id].nonsense = nonsense

    def mend(self, account: str, ical_uid: str) -> None:
        """Save the event again as it was meant."""
        self._world.put(account, self._entry(account, ical_uid))

    def close(self, account: str, why: Closed = Closed.CONSENT) -> None:
        """Take the consent back, or let the account end: requests from outside are refused from now on."""
        self._world.account(account).closed = why

    def open(self, account: str) -> None:
        """Give the consent again."""
        self._world.account(account).closed = None
        self._world.touched(account)

    def write(self, account: str, raw: bytes) -> None:
        """Send a mail exactly as given to whom its To header names."""
        post(self._world, account, write(self._world, account, raw, "drafts"))

    def reply(self, account: str, message_id: str, text: str, files: Mapping[str, bytes] | None = None) -> None:
        """Answer the mail that lies in the own inbox under the given id, in its thread, with files by their names."""
        letter = self._world.account(account).letters[message_id]
        reply = _reply(account, letter.raw, letter.message_id, text, self._world.account(account).next())
        for name, content in (files or {}).items():
            reply.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        self.write(account, reply.as_bytes())

    def _respond(self, account: str, ical_uid: str, response: Response, shows: Shows) -> None:
        entry = replace(self._entry(account, ical_uid), own_response=response, shows=shows)
        answer(self._world, self._world.put(account, entry), account, response)

    def _entry(self, account: str, ical_uid: str) -> CalendarEntry:
        record = by_uid(self._world.account(account), ical_uid)
        if record is None or record.gone:
            raise LookupError(f"{account} has no such event")
        return record.entry


def _reply(account: str, raw: bytes, message_id: str, text: str, number: int) -> EmailMessage:
    original, reply = parsed(raw), EmailMessage(policy=SMTP)
    subject = str(original["Subject"] or "")
    reply["From"], reply["To"] = account, str(original["Reply-To"] or original["From"])
    reply["Subject"] = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    reply["Message-ID"] = f"<reply-{number}.{account}>"
    reply["In-Reply-To"] = message_id
    reply["References"] = f"{original['References'] or ''} {message_id}".strip()
    reply.set_content(text)
    return reply
