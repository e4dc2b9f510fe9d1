"""What a relationship knows at one moment: the attributes that its events fill and its decisions read."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.asking import Asking
from domain.charter import Charter, Outcome, ProposedCharter, Role
from domain.conversation import Action, AgendaItems, SentMail
from domain.facts import Contact, DeadEnd, Fact, Revival
from domain.goals import GoalBook
from domain.hearing import Heard
from domain.interval import Interval
from domain.meeting import Meetings
from domain.occasions import version_in
from domain.offers import Offer
from domain.personal import Personal
from domain.references import References
from domain.samples import BroughtSample


class Status(StrEnum):
    """Where a relationship stands as a whole."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    AGREED = "agreed"
    DECLINED = "declined"
    EXPIRED = "expired"
    ENDED = "ended"
    NETWORK_CONTACT = "network_contact"


ENDED = (Status.DECLINED, Status.EXPIRED, Status.ENDED)
"""Nothing is arranged any more."""
LEFT = "left"
"""Why a relationship ended of which one of the two has left the organisation."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A pause of one relationship (UTC); `role` is who asked for it, None for an administrator.

    `until` is when it ends by itself, None where whoever asked for it has to let the two go on; while an administrator
    has to, nothing at all leaves. `over` is when it ended, None while it lasts.
    """

    since: datetime
    until: datetime | None
    role: Role | None
    over: datetime | None = None

    @property
    def open(self) -> bool:
        """Say whether it has no end of its own."""
        return self.until is None

    def ended(self, at: datetime) -> "Rest":
        """Return it as one that is over."""
        return replace(self, over=at)

    @property
    def span(self) -> Interval:
        """The time that it took, once it is over."""
        return Interval(self.since, self.over or self.since)


class RelationshipState:
    """The attributes of a Relationship; only its recording methods assign them.

    `aims` holds the goals of the mentee with their past, `goals` the words of those that the mentor reads now.
    `approved` are the roles that agreed to the proposed charter; `settled_at` is when the status last changed.
    `asked` is the charter as it was asked for, where the mentor said yes on other terms, and `asking` the rest of what
    is known of the request. `since` is when two who were taken over had begun to meet. `samples` are the files for
    agendas. `ended_because` is why it ended, empty while it runs. `mails` holds every mail that left by
    (kind, occasion, recipient); `heard` every mail of the two by its name, in order; `withdrawn_actions` counts those
    that were taken back; `lapsed` and `given_up` hold reasons by the same name. `offers` are the times offered by mail.
    `proposed` is another version of the charter that is open, `outcome` what became of the last one, `versions` the
    highest number so far, and `former` what counted before. `rest` is the pause that the two are in, and `rests` are
    those that are over, in order.
    """

    mentor_id: str
    mentee_id: str
    goals: tuple[Personal, ...]
    aims: GoalBook
    why: Personal
    bring: Personal
    charter: Charter
    asked: Charter | None
    asking: Asking
    since: date | None
    references: References
    proposed: ProposedCharter | None
    versions: int
    former: tuple[Charter, ...]
    outcome: Outcome | None
    rest: "Rest | None"
    rests: tuple["Rest", ...]
    status: Status
    requested_at: datetime
    settled_at: datetime
    approved: tuple[Role, ...]
    meetings: Meetings
    agendas: dict[int, AgendaItems]
    samples: tuple[BroughtSample, ...]
    learnings: dict[int, tuple[tuple[Role, Personal], ...]]
    actions: tuple[Action, ...]
    mails: dict[tuple[str, str, str], SentMail]
    lapsed: dict[tuple[str, str, str], str]
    given_up: dict[tuple[str, str, str], str]
    held_mails: tuple[str, ...]
    heard: dict[str, Heard]
    withdrawn_actions: int
    offers: tuple[Offer, ...]
    ended_because: str
    facts: tuple[Fact, ...]
    dead_ends: tuple[DeadEnd, ...]
    contact: Contact | None
    revival: Revival | None

    if TYPE_CHECKING:

        @property
        def id(self) -> UUID:
            """The relationship's id."""
            ...

        def record(self, event_class: type[Any], **facts: Any) -> None:
            """Record an event."""
            ...

    def person_id(self, role: Role) -> str:
        """Return the id of one of the two."""
        return self.mentor_id if role is Role.MENTOR else self.mentee_id

    def role_of(self, person_id: str) -> Role | None:
        """Return which of the two this person is, or None."""
        return {self.mentor_id: Role.MENTOR, self.mentee_id: Role.MENTEE}.get(person_id)

    @property
    def running(self) -> bool:
        """Say whether a charter holds."""
        return self.status is Status.AGREED

    @property
    def network_contact(self) -> bool:
        """Say whether the two stay in touch without a cadence, so that the mentor's place for a mentee is free."""
        return self.status is Status.NETWORK_CONTACT

    @property
    def parted(self) -> bool:
        """Say whether it ended because one of the two left, also where the other keeps her as a contact since."""
        return self.ended_because == LEFT and self.status in (Status.ENDED, Status.NETWORK_CONTACT)

    def settled(self, kind: str, occasion: str, recipient: str) -> bool:
        """Say whether an effect of that name needs nothing more: it was done, lapsed, or was given up."""
        name = (kind, occasion, recipient)
        return name in self.mails or name in self.lapsed or name in self.given_up

    @property
    def charter_shown(self) -> bool:
        """Say whether a mail has shown this version of the charter, so that an answer to it may be under way."""
        version = self.charter.version
        return any(kind == "charter" and version_in(about) == version for kind, about, _ in self.mails)

    def open_actions(self) -> tuple[Action, ...]:
        """Return what is still owed, in the order in which it was agreed."""
        return tuple(action for action in self.actions if action.open)
