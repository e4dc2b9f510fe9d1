"""Who did something, through what, on which clause of the charter, and when: carried by every event."""

from dataclasses import dataclass
from datetime import datetime

POLICY = "policy"
MAIL = "mail"
CALENDAR = "calendar"
CLI = "cli"

SERVICE = "mentorsync"
ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class By:
    """The origin of one event.

    `actor` is a person id, "mentorsync" or "administrator"; `channel` is one of mail, calendar, cli, policy; `clause`
    cites "v<charter version>/<clause>" when the act followed from the charter; `at` is an aware UTC instant from the
    Clock port.
    """

    actor: str
    channel: str
    clause: str | None
    at: datetime


def by_policy(clause: str | None, at: datetime) -> By:
    """Return the origin of an act that mentorsync takes by itself because of a charter clause."""
    return By(SERVICE, POLICY, clause, at)
