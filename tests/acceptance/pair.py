"""One pair that gets as far as its first agenda within days, and the judge who looks for anything done twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.google.translate import event_id
from adapters.graph.translate import tag_for
from domain.effects import EffectKind
from domain.ledger import WorkState
from service.settings import load_settings
from service.wiring import open_house

MENTOR = "mara.lindqvist@contoso.example"
MENTEE = "jonas.albrecht@gmail.example"
SERVICES = {"microsoft": "mentoring@contoso.example", "google": "mentoring@gmail.example"}
PEOPLE = (
    (MENTOR, "Mara Lindqvist", "microsoft", "America/Chicago", "mon-fri 09:00-17:00"),
    (MENTEE, "Jonas Albrecht", "google", "Europe/Berlin", "mon-fri 09:00-18:00"),
)
GOAL = "Lead a team of leads without doing their work"
WHY = "You turned a plant around by taking things away; I keep adding."
BRING = "I prepare what I ask."

Json = dict[str, Any]


def on_both_clouds(live: Callable[[str], None]) -> None:
    """Let the service's mailbox be on either cloud, at the same time, each in a world of its own."""
    on_clouds(tuple(SERVICES), live)


def on_clouds(services: tuple[str, ...], live: Callable[[str], None]) -> None:
    """Let the service's mailbox be on each of these clouds, at the same time, each in a world of its own."""
    with ThreadPoolExecutor(len(services)) as pool:
        list(pool.map(live, services))


def acts() -> list[Json]:
    """What the two do: the mentor accepts, both agree to the charter, one after the other, the mentee says what to talk
    about.
    """
    return [
        _reply(MENTOR, "request", "Accept"),
        _reply(MENTOR, "charter", "Agree"),
        _reply(MENTEE, "charter", "Agree", minutes=60),
        _reply(MENTEE, "preparation", "Questions: Which two things should I stop doing first?"),
    ]


def _reply(account: str, kind: str, text: str, minutes: int = 20) -> Json:
    when = {"subject_has": "", "header_has": f"X-Mentorsync-Kind: {kind}"}
    return {"account": account, "act": "reply", "text": text, "when": when, "delay_minutes": minutes}


def meetings_in(world: Json, account: str) -> list[Json]:
    """Return the standing mentoring meetings that the account's calendar shows."""
    events = [event for event in world["events"] if event["account"] == account and not event["cancelled"]]
    return [event for event in events if event["subject"].startswith("Mentoring: ")]


def agendas_in(world: Json) -> list[Json]:
    """Return the agendas in the mentor's inbox."""
    mails = [mail for mail in world["mails"] if mail["account"] == MENTOR and mail["folder"] == "inbox"]
    return [mail for mail in mails if "x-mentorsync-kind: agenda" in mail.get("raw", "").lower()]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the service's own store says: the first meeting's booking and the agendas that left."""

    key: str
    state: str
    ical_uid: str
    agendas: int
    open_rows: tuple[str, ...]


def recorded(config: Path, environment: dict[str, str] | None = None) -> Recorded:
    """Read the one relationship's stream and its rows of the ledger."""
    with open_house(load_settings(config, environment or {}, {})) as house:
        (summary,) = house.streams.summaries("relationship")
        relationship = house.streams.relationship(summary.id)
        meeting = relationship.meetings.items[0]
        agendas = sum(kind == EffectKind.AGENDA for kind, _, _ in relationship.mails)
        rows = house.ledger.rows((WorkState.OPEN, WorkState.UNKNOWN, WorkState.GIVEN_UP), summary.id)
        done = house.ledger.rows((WorkState.DONE,), summary.id)
        booking = next((row.work.key for row in done if row.work.kind == EffectKind.BOOK), "")
        stuck = tuple(row.work.key for row in rows if row.work.kind in (EffectKind.BOOK, EffectKind.AGENDA))
        return Recorded(booking, meeting.state.value, meeting.ical_uid, agendas, stuck)


def faults_found(world: Json, service: str, record: Recorded) -> list[str]:
    """Say in a sentence each what is not exactly once; empty when all is well."""
    found = []
    for account in (SERVICES[service], MENTOR, MENTEE):
        uids = [event["ical_uid"] for event in meetings_in(world, account)]
        if uids != [record.ical_uid]:
            found.append(f"{account} shows {len(uids)} meetings {uids}, and {record.ical_uid!r} is on record")
    mine = [event for event in meetings_in(world, SERVICES[service]) if _carries(event, record.key)]
    if len(mine) != 1:
        found.append(f"the organiser's calendar holds {len(mine)} events under the meeting's key")
    if len(agendas_in(world)) != 1:
        found.append(f"the mentor's inbox holds {len(agendas_in(world))} agendas")
    if record.agendas != 1:
        found.append(f"the stream says that {record.agendas} agendas were sent")
    return found + [f"the row {key} is stuck" for key in record.open_rows]


def _carries(event: Json, key: str) -> bool:
    return event_id(key) == str(event["id"]) or tag_for(key) == str(event["transaction_id"])
