"""What the adapter asks of Google's notification channels, and what it makes of Google's answers."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest

from adapters.google.access import GoogleAccess
from adapters.google.channels import GoogleChannels
from adapters.google.connect import google_channels
from adapters.transport import Transport
from domain.errors import Broken, Doubtful, NotSignedIn, Refused, TryLater
from domain.push import Subscription, Watch
from tests.unit.google_office import ANNA, NOW, Office, StandingClock, google_office

UNTIL = NOW + timedelta(days=7)
WATCH = Watch("0123456789abcdef" * 2, "a-token", "https://push.example.org/google", UNTIL)
KNOWN = Subscription(WATCH.name, "resource-1", UNTIL)


def milliseconds(days: int) -> str:
    return str(int((NOW + timedelta(days=days)).timestamp()) * 1000)


def access(tmp_path: Path, url: str) -> GoogleAccess:
    token = tmp_path / "token"
    token.write_text("sesame\n")
    return GoogleAccess(url, token_file=token)


@pytest.fixture
def office() -> Iterator[Office]:
    with google_office() as opened:
        yield opened


@pytest.fixture
def channels(office: Office, tmp_path: Path) -> GoogleChannels:
    return google_channels(access(tmp_path, office.url), office.transport, StandingClock())


def opened(days: int = 7) -> dict[str, str]:
    return {"kind": "api#channel", "id": WATCH.name, "resourceId": "resource-1", "expiration": milliseconds(days)}


def test_a_channel_has_the_id_and_the_token_of_our_choice(office: Office, channels: GoogleChannels) -> None:
    office.will(200, opened(days=6))
    found = channels.watch(ANNA, WATCH)
    (asked,) = office.asked
    assert (asked.method, unquote(asked.path).partition("?")[0]) == (
        "POST",
        f"/calendar/v3/calendars/{ANNA}/events/watch",
    )
    assert asked.json() == {
        "id": WATCH.name,
        "type": "web_hook",
        "address": "https://push.example.org/google",
        "token": "a-token",
        "expiration": milliseconds(7),
    }
    assert found == Subscription(WATCH.name, "resource-1", NOW + timedelta(days=6))


def test_an_end_that_is_missing_or_later_than_asked_is_the_one_asked_for(
    office: Office, channels: GoogleChannels
) -> None:
    office.will(200, {"resourceId": "r"}).will(200, opened(days=30))
    assert [channels.watch(ANNA, WATCH).ends for _ in range(2)] == [UNTIL, UNTIL]


def test_a_channel_is_never_renewed_and_nothing_is_asked(office: Office, channels: GoogleChannels) -> None:
    assert channels.renew(ANNA, KNOWN, UNTIL) is None
    assert office.asked == []


def test_a_channel_is_stopped_by_both_its_ids(office: Office, channels: GoogleChannels) -> None:
    office.will(204)
    channels.end(ANNA, KNOWN)
    (asked,) = office.asked
    assert (asked.method, asked.path.partition("?")[0]) == ("POST", "/calendar/v3/channels/stop")
    assert asked.json() == {"id": WATCH.name, "resourceId": "resource-1"}


def test_stopping_what_is_unknown_is_success(office: Office, channels: GoogleChannels) -> None:
    office.will_refuse(404, "channelUnknown")
    channels.end(ANNA, KNOWN)
    assert len(office.asked) == 1


def test_a_calendar_that_is_gone_needs_a_person(office: Office, channels: GoogleChannels) -> None:
    office.will_refuse(404, "notFound")
    with pytest.raises(Broken, match="share"):
        channels.watch(ANNA, WATCH)
    assert len(office.asked) == 1


def test_an_address_that_google_does_not_want_is_no_trouble_of_the_credential(
    office: Office, channels: GoogleChannels
) -> None:
    office.will_refuse(401, "push.webhookUrlUnauthorized")
    with pytest.raises(Broken, match="public_url") as found:
        channels.watch(ANNA, WATCH)
    assert not isinstance(found.value, NotSignedIn)


@pytest.mark.parametrize(
    ("status", "reason", "error"),
    [
        (401, "authError", NotSignedIn),
        (403, "forbidden", Broken),
        (403, "rateLimitExceeded", TryLater),
        (429, "rateLimitExceeded", TryLater),
        (400, "push.webhookUrlNotHttps", Broken),
        (500, "backendError", Doubtful),
    ],
)
def test_every_other_answer_says_whose_move_is_next(
    office: Office, channels: GoogleChannels, status: int, reason: str, error: type[Exception]
) -> None:
    office.will_refuse(status, reason)
    with pytest.raises(error):
        channels.watch(ANNA, WATCH)


@pytest.mark.parametrize("content", [{}, {"resourceId": "r", "expiration": "soon"}, b"<html>", b""])
def test_an_answer_that_does_not_name_the_channel_leaves_doubt(
    office: Office, channels: GoogleChannels, content: object
) -> None:
    office.will(200, content)
    with pytest.raises(Doubtful):
        channels.watch(ANNA, WATCH)


def test_before_go_live_no_channel_is_opened_beyond_this_machine(tmp_path: Path) -> None:
    with Transport(None, None, live=lambda: False) as transport:
        push = google_channels(access(tmp_path, "https://google.example/"), transport, StandingClock())
        with pytest.raises(Refused, match="live"):
            push.watch(ANNA, WATCH)
        with pytest.raises(Refused, match="live"):
            push.end(ANNA, KNOWN)
