"""The memory adapters on the stage of the contract suite."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP

from adapters.memory.calendar import MemoryCalendar
from adapters.memory.hands import MemoryHands
from adapters.memory.mailbox import MemoryMailbox
from adapters.memory.push import MemoryPush
from adapters.memory.world import Closed, Fault, MemoryWorld
from domain.calendar import Booked, Shows
from domain.interval import Interval
from domain.ports import Calendar, Mailbox, Push
from tests.contract.stage import DAY, START, Act, Consent, Odd, Trouble

_FAULTS = {
    Trouble.BUSY: Fault.TRY_LATER,
    Trouble.DOWN: Fault.TRY_LATER,
    Trouble.GATEWAY: Fault.TRY_LATER,
    Trouble.CUT: Fault.TRY_LATER,
    Trouble.LOST: Fault.DOUBTFUL_AFTER,
    Trouble.EXPIRED: Fault.CURSOR_EXPIRED,
    Trouble.REVOKED: Fault.BROKEN,
}
_STATUS = {
    "busy": Shows.BUSY,
    "tentative": Shows.TENTATIVE,
    "oof": Shows.OUT_OF_OFFICE,
    "free": Shows.FREE,
    "workingElsewhere": Shows.WORKING_ELSEWHERE,
}


class MemoryStage:
    """See `Stage`."""

    def __init__(self) -> None:
        self.host, self.colleague, self.outsider = "host@example.org", "colleague@example.org", "outsider@example.net"
        self._world = MemoryWorld(START, (self.host, self.colleague, self.outsider))
        self._hands = MemoryHands(self._world)
        self.calendar: Calendar = MemoryCalendar(self._world)
        self.elsewhere: Calendar = self.calendar
        self.mailbox: Mailbox = MemoryMailbox(self._world)
        self.push: Push = MemoryPush(self._world)

    def now(self) -> datetime:
        """See `Stage`."""
        return self._world.now

    def settle(self) -> None:
        """See `Stage`."""
        goal = self._world.now + timedelta(minutes=10)
        while self._world.now < goal:
            self._world.advance_to(goal)

    def act(self, account: str, act: Act, meeting: Booked) -> None:
        """See `Stage`."""
        hands = {Act.ACCEPT: self._hands.accept, Act.DECLINE: self._hands.decline, Act.DELETE: self._hands.delete}
        hands[act](account, meeting.ical_uid)
        self.settle()

    def drag(self, account: str, meeting: Booked, time: Interval) -> None:
        """See `Stage`."""
        self._hands.move(account, meeting.ical_uid, time)
        self.settle()

    def relocate(self, account: str, meeting: Booked, place: str) -> None:
        """See `Stage`."""
        self._hands.relocate(account, meeting.ical_uid, place)

    def place(self, account: str, meeting: Booked) -> str:
        """See `Stage`."""
        return self._world.account(account).records[meeting.event_id].place

    def words(self, account: str, meeting: Booked) -> tuple[str, str]:
        """See `Stage`."""
        return self._world.account(account).records[meeting.event_id].words

    def enter(self, account: str, time: Interval, status: str, calendar: str = "") -> None:
        """See `Stage`."""
        self._hands.busy(calendar or account, time, _STATUS[status])

    def further(self, account: str) -> str:
        """See `Stage`."""
        self._world.add(f"team.{account}")
        return f"team.{account}"

    def repeat(self, account: str, time: Interval, count: int) -> None:
        """See `Stage`."""
        for day in range(count):
            self._hands.busy(account, Interval(time.start + day * DAY, time.end + day * DAY))

    def skip(self, account: str, day: str) -> None:
        """See `Stage`."""
        entries = [record.entry for record in self._world.account(account).records.values()]
        self._hands.delete(account, next(e.ical_uid for e in entries if str(e.time.start.date()) == day))

    def consent(self, account: str, consent: Consent) -> None:
        """See `Stage`."""
        if consent is Consent.FULL:
            self._hands.open(account)
        else:
            self._hands.close(account, Closed.ENTRIES if consent is Consent.TIMES else Closed.CONSENT)

    def remove(self, account: str) -> None:
        """See `Stage`."""
        self._hands.close(account, Closed.GONE)

    def spoil(self, odd: Odd) -> None:
        """See `Stage`."""
        first = next(iter(self._world.account(self.host).records.values()))
        self._hands.garble(self.host, first.entry.ical_uid, odd.value)

    def write(self, account: str, to: str, subject: str, text: str) -> None:
        """See `Stage`."""
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"], mail["Subject"] = account, to, subject
        mail.set_content(text)
        self._hands.write(account, mail.as_bytes())
        self.settle()

    def reply(self, account: str, subject: str, text: str) -> None:
        """See `Stage`."""
        letters = self._world.accounts[account].letters.values()
        newest = [item for item in letters if item.folder == "inbox" and subject.encode() in item.raw][-1]
        self._hands.reply(account, newest.id, text)
        self.settle()

    def inbox(self, account: str) -> list[bytes]:
        """See `Stage`."""
        return [item.raw for item in self._world.accounts[account].letters.values() if item.folder == "inbox"]

    def trouble(self, operation: str, trouble: Trouble, retry_after: str = "") -> None:
        """See `Stage`."""
        not_before = self._world.now + timedelta(seconds=int(retry_after)) if retry_after else None
        self._world.fail_next(operation, _FAULTS[trouble], not_before)
