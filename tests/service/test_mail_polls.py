"""Polls of the inbox: whatever stops one, no mail is lost or set aside unread, and none is asked for in vain again."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from adapters.memory.mailbox import write
from domain.errors import Broken, MentorsyncError, NoAccess, NotSignedIn, TryLater
from domain.relationship_state import Status
from service.parking import parked, replay
from service.rows import POLL_INBOX
from tests.quick_folder import quick_folder
from tests.service.test_inbox import request_id, write_in
from tests.service.theatre import DAY, HOUR, MENTOR, SERVICE, Theatre, theatre

Trouble = Callable[[str], MentorsyncError | None]


@pytest.fixture
def stage() -> Iterator[Theatre]:
    with quick_folder() as folder, theatre(folder) as found:
        request_id(found)
        yield found


def strangers(stage: Theatre, number: int) -> list[str]:
    """Let so many mails of strangers arrive, and return their ids at the provider."""
    head = f"From: stranger@example.com\r\nTo: {SERVICE}\r\n"
    return [write(stage.world, SERVICE, f"{head}\r\nhello {n}".encode(), "inbox").id for n in range(number)]


def gives(stage: Theatre, patch: pytest.MonkeyPatch, trouble: Trouble) -> list[str]:
    """Let the provider keep back what `trouble` names, and return the list of the mails that are asked for."""
    given, asked = stage.house.mailbox.raw, list[str]()

    def raw(account: str, message_id: str) -> bytes | None:
        asked.append(message_id)
        found = trouble(message_id)
        if found is not None:
            raise found
        return given(account, message_id)

    patch.setattr(stage.house.mailbox, "raw", raw)
    return asked


def poll(stage: Theatre) -> None:
    now = stage.house.now()
    stage.house.ledger.hasten(["service/poll-inbox//"], now)
    stage.daemon.run_due()


def aside(stage: Theatre) -> list[tuple[str, str]]:
    return [(row.item, row.reason) for row in parked(stage.house)]


def test_a_backlog_larger_than_the_providers_patience_is_read_to_its_end_each_mail_once(
    stage: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    mails, answered = strangers(stage, 40), list[str]()

    def patience(message_id: str) -> MentorsyncError | None:
        if len(answered) == 3:
            answered.clear()
            return TryLater("It was asked too often.", "It is tried again.", stage.house.now() + timedelta(minutes=1))
        answered.append(message_id)
        return None

    asked = gives(stage, monkeypatch, patience)
    for _ in range(15):
        poll(stage)
    assert aside(stage) == [(id, "no-thread") for id in sorted(mails)]
    assert len(asked) == len(mails) + len(mails) // 3
    (row,) = stage.house.ledger.rows(kinds=[POLL_INBOX])
    assert "mail-" not in row.receipt, "the next round begins afresh"


def test_an_outage_of_a_day_and_the_patience_asked_for_after_it_set_nothing_aside_unread(
    stage: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, arrivals = request_id(stage), stage.house.mailbox.arrivals

    def away(*_: object) -> None:
        raise TryLater("It is unreachable.", "It is tried again.")

    monkeypatch.setattr(stage.house.mailbox, "arrivals", away)
    write_in(stage, MENTOR, "Accept", answers)
    stage.live_until(stage.world.now + DAY)
    monkeypatch.setattr(stage.house.mailbox, "arrivals", arrivals)
    until = stage.house.now() + 2 * HOUR
    still = [TryLater("It is not well.", "It is tried again."), TryLater("Patience.", "It is tried again.", until)]
    gives(stage, monkeypatch, lambda _: still.pop(0) if still else None)
    stage.live_until(until + HOUR)
    assert (stage.relationship.status, aside(stage)) == (Status.ACCEPTED, [])


@pytest.mark.parametrize("kind", [NotSignedIn, NoAccess])
def test_while_the_credential_does_not_count_nothing_is_set_aside(
    stage: Theatre, monkeypatch: pytest.MonkeyPatch, kind: type[Broken]
) -> None:
    strangers(stage, 1)
    gives(stage, monkeypatch, lambda _: kind("It is refused.", "Renew it."))
    for _ in range(20):
        poll(stage)
    assert aside(stage) == []


@pytest.mark.parametrize("kind", [Broken, TryLater])
def test_a_mail_that_is_named_and_kept_back_is_set_aside_after_eight_times_of_its_own(
    stage: Theatre, monkeypatch: pytest.MonkeyPatch, kind: type[MentorsyncError]
) -> None:
    first, poison, last = strangers(stage, 3)
    asked = gives(stage, monkeypatch, lambda id: kind("It is damaged.", "Look at it.") if id == poison else None)
    for _ in range(7):
        poll(stage)
    assert aside(stage) == [(first, "no-thread")]
    poll(stage)
    assert dict(aside(stage)) == {first: "no-thread", poison: "withheld-by-provider", last: "no-thread"}
    assert (asked.count(first), asked.count(poison)) == (1, 8)


def test_one_that_is_kept_back_again_when_it_is_read_once_more_is_set_aside_again_at_once(
    stage: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    strangers(stage, 1)
    gives(stage, monkeypatch, lambda _: Broken("It is damaged.", "Look at it."))
    for _ in range(8):
        poll(stage)
    (row,) = parked(stage.house)
    replay(stage.house, row.key)
    stage.daemon.run_due()
    assert [one.key for one in parked(stage.house)] == [row.key]
