"""How the rails stand: what stops everything, what is spent, and who is outside, in numbers that name nobody."""

from dataclasses import dataclass
from datetime import datetime

from domain.rails import Stop
from domain.summary import Summary
from service.event_words import count
from service.house import House
from service.rails import delegates_outside, held, mails_wait, spent


@dataclass(frozen=True, slots=True)
class RailsReport:
    """`stopped` is why nothing leaves at all, or None; `full` why no mail leaves before `full_until` (UTC).

    `mails_of_day` left within the last 24 hours or one hour more (None: nobody counts), `outside` people are not on the
    list of those whom mail may reach, `delegates_outside` may answer for somebody and are not on it either, and `held`
    effects wait for one of these.
    """

    stopped: Stop | None
    full: str | None
    full_until: datetime | None
    mails_of_day: int | None
    outside: int
    held: int
    delegates_outside: int = 0


def delegates_words(report: RailsReport) -> str:
    """Return what is to be said of delegates outside the list, "" when there are none."""
    number = report.delegates_outside
    who = f"{count(number, 'delegate')} outside too, to whom no mail goes though the answers count"
    return f"; {who}" if number else ""


def rails_report(house: House) -> RailsReport:
    """Return how the rails of a house stand now."""
    full = mails_wait(house)
    people = house.streams.summaries("person") if house.rails.allow else ()
    return RailsReport(
        house.stopped(),
        full.reason if full else None,
        full.until if full else None,
        sum(mails for _, mails in spent(house).at(house.now()).hours) if house.rails.counting else None,
        sum(1 for person in people if _outside(house, person.facts["address"].text)),
        len(held(house)),
        sum(_delegates_outside(house, person) for person in people),
    )


def _outside(house: House, address: str | None) -> bool:
    """Who was forgotten has no address and gets no mail."""
    return address is not None and not house.rails.admits(address)


def _delegates_outside(house: House, person: Summary) -> int:
    """Only who has delegates is read; a row of an earlier program does not say whether she has."""
    if not person.facts.get("delegates", True):
        return 0
    return len(delegates_outside(house.rails, house.streams.person(person.id)))


STOPS = {
    Stop.SWITCH: "Look what made somebody throw it, then run: mentorsync kill-switch off",
    Stop.RESTORED: "Look first with mentorsync verify and mentorsync outbox, then run: mentorsync resume --programme",
    Stop.PAUSED: "Run when it is to go on: mentorsync resume --programme",
    Stop.NOT_LIVE: "Run when the programme is to begin: mentorsync go-live",
}
"""What ends each reason why nothing leaves."""
