"""The judge: after a run, both calendars and the stream say the same, and nothing was lost or done twice on the way."""

from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from typing import Any

from adapters.memory.invitations import by_uid
from adapters.memory.world import Letter, Record
from domain.by import CALENDAR
from domain.calendar import Response
from domain.charter import Role
from domain.ledger import WorkState
from domain.meeting import Meeting, MeetingState
from domain.relationship import Relationship
from domain.samples import needed
from service.house import organiser_id
from tests.service.theatre import MENTEE, MENTOR, SERVICE
from tests.simulation.history import broken_promises
from tests.simulation.people import DAY, told
from tests.simulation.stage import Stage

ADDRESSES = {Role.MENTOR: MENTOR, Role.MENTEE: MENTEE}


def findings(stage: Stage) -> list[str]:
    """Live the script to its end and return a sentence for everything that is not as it must be."""
    stage.live()
    found = [problem for check in CHECKS for problem in check(stage)]
    if not found:
        found = _not_idempotent(stage)
    return found


def _bugs(stage: Stage) -> list[str]:
    return [f"an error of the program: {bug!r}" for bug in stage.bugs]


def _restless(stage: Stage) -> list[str]:
    return [] if stage.at_rest() else ["days after everything the service still has something to do"]


def _history(stage: Stage) -> list[str]:
    return broken_promises(list(stage.house.streams.events(stage.id)))


def _replay(stage: Stage) -> list[str]:
    """The stream that the store gives is the one that was lived."""
    again: Relationship = stage.relationship
    return [] if again.meetings == stage.relationship.meetings else ["the stream tells another story the second time"]


def _leftovers(stage: Stage) -> list[str]:
    """Nothing of ours but the standing meeting is to come, also when what waits for its time has come."""
    found = _strays(stage)
    return _strays(stage) if found and stage.live_on() else found


def _strays(stage: Stage) -> list[str]:
    relationship = stage.relationship
    current = relationship.meetings.current
    found = []
    for account in (a for a in (SERVICE, MENTOR, MENTEE) if a not in stage.departed):
        for record in _ours(stage, relationship, account):
            entry = record.entry
            standing = current is not None and entry.ical_uid == current.ical_uid
            if not standing and not _left_by_its_owner(stage, relationship, record, account):
                found.append(f"{account} still shows {entry.ical_uid} at {told(entry.time)}, which does not stand")
    return found


def _calendars(stage: Stage) -> list[str]:
    """The standing meeting is in the calendars, at the stream's time."""
    relationship = stage.relationship
    current = relationship.meetings.current
    if current is None or not current.ical_uid or current.time.end <= stage.world.now:
        return []
    organiser = _organiser(stage, relationship, current)
    return [
        problem
        for account in {organiser, MENTOR, MENTEE}
        for problem in _copy_problems(stage, current, account, account == organiser)
    ]


def _ours(stage: Stage, relationship: Relationship, account: str) -> list[Record]:
    """Return the records of our events in one calendar that stand and are still to come."""
    uids = {meeting.ical_uid for meeting in relationship.meetings.items if meeting.ical_uid} | _tagged(stage)
    records = stage.world.accounts[account].records.values()
    standing = [record for record in records if _stands(record) and record.entry.time.end > stage.world.now]
    return [record for record in standing if record.entry.ical_uid in uids]


def _tagged(stage: Stage) -> set[str]:
    """Return the uids of the events that the service made."""
    records = [record for account in stage.world.accounts.values() for record in account.records.values()]
    return {record.entry.ical_uid for record in records if (record.entry.tag or "").startswith(stage.id)}


def _left_by_its_owner(stage: Stage, relationship: Relationship, record: Record, account: str) -> bool:
    """Some copies are a person's own business: an appointment that a person made, whatever became of it as our meeting;
    an event that its organiser brought back and was asked to remove, or that its guest has declined then; and a guest's
    copy of a meeting that is over or at a time that the guest wished for.
    """
    meetings = [m for m in relationship.meetings.items if m.ical_uid == record.entry.ical_uid]
    meeting = meetings[-1] if meetings else None
    if meeting is None or (meeting.to_cancel and meeting.time.end > stage.world.now):
        return False
    if meeting.ical_uid not in _tagged(stage):
        return True
    asked = f"{record.entry.time.start.isoformat(timespec='minutes')}~two_meetings"
    if any(asked in occasion for _, occasion, _ in relationship.mails):
        return True
    if account == record.entry.organiser:
        return not meeting.live and Response.DECLINED in {guest.response for guest in record.entry.attendees}
    if meeting.took_place or meeting.state is MeetingState.MISSED or meeting.time.end <= stage.world.now:
        return True
    return record.entry.time in [wish.time for wish in meeting.proposals if ADDRESSES[wish.role] == account]


def _stands(record: Record) -> bool:
    return not record.gone and not record.entry.cancelled


def _organiser(stage: Stage, relationship: Relationship, meeting: Meeting) -> str:
    owner = organiser_id(meeting.organiser, relationship)
    return SERVICE if owner == "service" else stage.house.streams.person(owner).address


def _copy_problems(stage: Stage, meeting: Meeting, account: str, organises: bool) -> list[str]:
    """A copy may differ only where the stream knows: by its owner's open wish."""
    record = by_uid(stage.world.accounts[account], meeting.ical_uid)
    role = next((role for role, address in ADDRESSES.items() if address == account), None)
    if record is None or not _stands(record):
        if role is not None and not organises and _never_arrived(stage, meeting, role):
            return []
        return [f"{account} does not show {meeting.ref} ({meeting.ical_uid}) of {told(meeting.time)}"]
    wishes = [] if organises or role is None else [wish.time for wish in meeting.wishes_of(role)]
    if record.entry.time != meeting.time and record.entry.time not in wishes:
        shown = told(record.entry.time)
        return [f"{account} shows {meeting.ref} at {shown}, and the stream says {told(meeting.time)}"]
    return _answer_problems(meeting, record) if organises else []


def _never_arrived(stage: Stage, meeting: Meeting, role: Role) -> bool:
    """An invitation that was gone before anyone saw it is told to its reader after a day."""
    told_so = any("invitation_missing" in occasion and to == role for _, occasion, to in stage.relationship.mails)
    return role not in meeting.arrived and (told_so or stage.world.now < meeting.planned_at + 2 * DAY)


def _answer_problems(meeting: Meeting, record: Record) -> list[str]:
    found = []
    for role, address in ADDRESSES.items():
        shown = next((guest.response for guest in record.entry.attendees if guest.address == address), None)
        if shown not in (None, meeting.response_of(role)):
            found.append(f"the {role} answered {shown}, and the stream says {meeting.response_of(role)}")
    return found


def _lost_edits(stage: Stage) -> list[str]:
    """A time that the service wrote over must be one that the stream knew."""
    known = {(m.ical_uid, time) for m in stage.relationship.meetings.items for time in (m.time, *m.earlier)}
    return [
        f"a hand's move of {write.before.ical_uid} to {told(write.before.time)} was overwritten unseen at {write.at}"
        for write in stage.writes
        if write.operation == "move" and write.before and (write.before.ical_uid, write.before.time) not in known
    ]


def _strangers(stage: Stage) -> list[str]:
    """What the service did not make it neither moves nor cancels, and guests stay as they were.

    A guest's copy, which it takes out where the organiser has left, bears no mark of its own.
    """
    found, made = [], _tagged(stage)
    for write in stage.writes:
        if write.before is not None and write.before.ical_uid not in made:
            found.append(f"the service did {write.operation} {write.before.ical_uid}, which is not its own")
        if write.operation == "move" and write.before and write.after:
            before, after = ({guest.address for guest in entry.attendees} for entry in (write.before, write.after))
            found += [f"a move changed the guests of {write.before.ical_uid}"] if before != after else []
    return found


def _groundless_moves(stage: Stage) -> list[str]:
    """A meeting is moved by the service to a time that somebody wished for, or because something stands in its way."""
    wishes = {(m.ical_uid, wish.time) for m in stage.relationship.meetings.items for wish in m.proposals}
    return [
        f"{write.before.ical_uid} was moved from {told(write.before.time)} at {write.at} with nothing in its way"
        for write in stage.writes
        if write.operation == "move" and write.before and write.after and not write.blocked
        if (write.before.ical_uid, write.after.time) not in wishes
    ]


def _doubles(stage: Stage) -> list[str]:
    """Each mail left once, nothing about a meeting was said twice to the same reader, and each key made one event.

    A notice may come again in the same words: what it tells of can happen again. So may a reminder of one action.
    """
    sent = [letter for letter in stage.world.accounts[SERVICE].letters.values() if letter.folder == "sent"]
    ids = Counter(letter.message_id for letter in sent)
    words = Counter(said for said in map(_words, sent) if said[1] not in ("notice", "echo", "chase"))
    tags = Counter(
        record.entry.tag
        for account in stage.world.accounts.values()
        for record in account.records.values()
        if record.entry.tag
    )
    return [
        *(f"the mail {id} left {count} times" for id, count in ids.items() if count > 1),
        *(
            f"{reader} was sent the same {kind} {count} times"
            for (reader, kind, _), count in words.items()
            if count > 1
        ),
        *(f"the key {tag} made {count} events" for tag, count in tags.items() if count > 1),
    ]


def _files(stage: Stage) -> list[str]:
    """A file that was passed on left with one mail, any other with none, and only bytes that may leave are kept."""
    sent = [letter.raw.decode() for letter in stage.world.accounts[SERVICE].letters.values() if letter.folder == "sent"]
    wanted, found = needed(stage.relationship, stage.world.now), []
    for one in stage.relationship.samples:
        name, kept = one.sample.name.reveal(), stage.house.samples.sample(one.sample.ref) is not None
        left = sum(f"AttachedFile(name={name!r}" in mail for mail in sent)
        if left != one.sent:
            found.append(f"{name} left with {left} mails, and the stream says {one.sent}")
        if kept != (one.sample.ref in wanted):
            found.append(f"the bytes of {name} are {'kept for nothing' if kept else 'lost'}")
    return found


def _words(letter: Letter) -> tuple[str, str, str]:
    message: Message = message_from_bytes(letter.raw)
    return str(message["To"]), str(message["X-Mentorsync-Kind"]), str(message.get_payload())


def _stuck(stage: Stage) -> list[str]:
    """No fault here lasts, so nothing may end as given up or as unknown."""
    rows = stage.house.ledger.rows((WorkState.UNKNOWN, WorkState.GIVEN_UP), stage.id)
    return [f"{row.work.key} ended as {row.state}: {row.reason}" for row in rows]


def _not_idempotent(stage: Stage) -> list[str]:
    """Reading everything once more shows nothing new and writes nothing."""
    seen, writes = _seen(stage), len(stage.writes)
    stage.read_all_again()
    again = _seen(stage) - seen
    found = [f"reading all calendars again recorded {again} events"] if again else []
    return found + (["reading all calendars again wrote into one"] if len(stage.writes) > writes else [])


def _seen(stage: Stage) -> int:
    events: list[Any] = list(stage.house.streams.events(stage.id))
    return sum(event.by.channel == CALENDAR for event in events)


CHECKS: tuple[Callable[[Stage], list[str]], ...] = (
    _bugs,
    _restless,
    _history,
    _replay,
    _leftovers,
    _calendars,
    _lost_edits,
    _strangers,
    _groundless_moves,
    _doubles,
    _files,
    _stuck,
)
