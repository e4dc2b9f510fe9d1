"""The rails that an administrator sets for all that leaves: whom it may reach, and how much of it there may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=7)


class Stop(StrEnum):
    """Why nothing at all leaves, the strongest reason first; each is a sentence without its end."""

    SWITCH = "the kill switch is on"
    RESTORED = "the programme came back from a backup and is paused"
    PAUSED = "the programme is paused"
    NOT_LIVE = "the programme is not live"


@dataclass(frozen=True, slots=True)
class Rails:
    """`allow` holds addresses and domains in lower case; without any, everybody may be reached.

    The limits count mails that left, to one person within 24 hours and seven days and to all within a minute and 24
    hours, and pairs that hear of the programme for the first time within 24 hours. 0 is no limit.
    """

    allow: tuple[str, ...] = ()
    mails_per_person_per_day: int = 0
    mails_per_person_per_week: int = 0
    mails_per_minute: int = 0
    mails_per_day: int = 0
    new_pairs_per_day: int = 0

    def admits(self, address: str) -> bool:
        """Say whether an address may be reached: it, or its whole domain, is on the list. Subdomains are not."""
        address = address.strip().lower()
        return not self.allow or address in self.allow or address.rpartition("@")[2] in self.allow

    @property
    def counting(self) -> bool:
        """Say whether what leaves has to be counted over all people."""
        return bool(self.mails_per_minute or self.mails_per_day or self.new_pairs_per_day)


@dataclass(frozen=True, slots=True)
class Bar:
    """What keeps one effect from leaving now: a reason that holds no address, and when to look again (UTC)."""

    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Spent:
    """What left lately, over all people: mails within a minute, mails by the hour within a day, pairs that began.

    Hours are (its start, mails). All instants are UTC; what lies in the future, after a clock went back, is forgotten.
    """

    mails: tuple[datetime, ...] = ()
    hours: tuple[tuple[datetime, int], ...] = ()
    pairs: tuple[datetime, ...] = ()

    def at(self, now: datetime) -> "Spent":
        """Return what of it still counts."""
        return Spent(
            tuple(sent for sent in self.mails if now - MINUTE < sent <= now),
            tuple((hour, mails) for hour, mails in self.hours if now - DAY < hour + HOUR and hour <= now),
            tuple(began for began in self.pairs if now - DAY < began <= now),
        )

    def with_mail(self, now: datetime) -> "Spent":
        """Return it with a mail that left now."""
        known, hour = self.at(now), now.replace(minute=0, second=0, microsecond=0)
        hours = dict(known.hours)
        hours[hour] = hours.get(hour, 0) + 1
        return Spent((*known.mails, now), tuple(sorted(hours.items())), known.pairs)

    def with_pair(self, now: datetime) -> "Spent":
        """Return it with a pair that heard of the programme for the first time now."""
        known = self.at(now)
        return Spent(known.mails, known.hours, (*known.pairs, now))


def full(rails: Rails, spent: Spent, now: datetime) -> Bar | None:
    """Return what keeps every mail back, or None: the mails of a minute or of a day are spent."""
    known = spent.at(now)
    of_day = sum(mails for _, mails in known.hours)
    if rails.mails_per_day and of_day >= rails.mails_per_day:
        # The oldest hour is let go as a whole, so never more than the limit leave within 24 hours.
        reason = f"{rails.mails_per_day} mails left within 24 hours, which is the limit"
        return Bar(reason, known.hours[0][0] + HOUR + DAY)
    if rails.mails_per_minute and len(known.mails) >= rails.mails_per_minute:
        reason = f"{rails.mails_per_minute} mails left within a minute, which is the limit"
        return Bar(reason, known.mails[-rails.mails_per_minute] + MINUTE)
    return None


def too_new(rails: Rails, spent: Spent, now: datetime) -> Bar | None:
    """Return what keeps back a pair that has not begun, or None: enough pairs began today."""
    pairs, limit = spent.at(now).pairs, rails.new_pairs_per_day
    if not limit or len(pairs) < limit:
        return None
    return Bar(f"{limit} new pairs began within 24 hours, which is the limit", pairs[-limit] + DAY)


def enough(rails: Rails, sent: Sequence[datetime], now: datetime) -> Bar | None:
    """Return what keeps a mail from a reader who was sent mails at these instants, or None."""
    for limit, span, words in (
        (rails.mails_per_person_per_day, DAY, "24 hours"),
        (rails.mails_per_person_per_week, WEEK, "seven days"),
    ):
        recent = sorted(at for at in sent if now - span < at <= now)
        if limit and len(recent) >= limit:
            return Bar(f"its reader got {limit} mails within {words}, which is the limit", recent[-limit] + span)
    return None
