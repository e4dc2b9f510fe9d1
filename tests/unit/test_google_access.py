"""How requests to Google are signed."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from adapters.google.access import CALENDAR_SCOPES, GoogleAccess
from adapters.google.calendar import GoogleCalendar
from adapters.google.connect import google_calendar, google_mailbox
from domain.calendar import Ask, CalendarChanges
from domain.errors import Broken, MentorsyncError, Misconfigured, NoMailbox, NotSignedIn, Refused, TryLater
from domain.interval import Interval
from tests.unit.google_office import ANNA, NOW, Office, StandingClock, google_office

BEN = "ben@example.net"
EVENT = {
    "id": "e1",
    "start": {"dateTime": "2027-03-10T14:00:00Z"},
    "end": {"dateTime": "2027-03-10T15:00:00Z"},
}


@pytest.fixture
def office() -> Iterator[Office]:
    with google_office() as opened:
        yield opened


@pytest.fixture(scope="module")
def key() -> str:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.fixture
def calendar(office: Office, key: str, tmp_path: Path) -> GoogleCalendar:
    account = {
        "type": "service_account",
        "private_key": key,
        "client_email": "robot@project.example",
        "token_uri": f"{office.url}token",
    }
    path = tmp_path / "service-account.json"
    path.write_text(json.dumps(account))
    return google_calendar(GoogleAccess(office.url, service_account_file=path), office.transport, StandingClock())


def token(name: str) -> dict[str, object]:
    return {"access_token": name, "expires_in": 3600, "token_type": "Bearer"}


def signatures(office: Office) -> list[str | None]:
    return [asked.headers.get("authorization") for asked in office.asked if asked.path != "/token"]


def test_one_token_serves_many_requests_of_an_account(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, token("one")).will(200, EVENT).will(200, EVENT)
    calendar.read(ANNA, "e1")
    calendar.read(ANNA, "e1")
    assert signatures(office) == ["Bearer one", "Bearer one"]


def test_each_account_has_its_own_token(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, token("annas")).will(200, EVENT).will(200, token("bens")).will(200, EVENT)
    calendar.read(ANNA, "e1")
    calendar.read(BEN, "e1")
    assert signatures(office) == ["Bearer annas", "Bearer bens"]


def test_the_token_is_asked_for_one_person_and_the_least_power(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, token("one")).will(200, EVENT)
    calendar.read(ANNA, "e1")
    (assertion,) = parse_qs(office.asked[0].body.decode())["assertion"]
    claims = _claims(assertion)
    assert claims["sub"] == ANNA
    assert str(claims["scope"]).split() == list(CALENDAR_SCOPES)


def test_a_refused_token_is_renewed_once_and_the_request_repeated(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, token("old")).will_refuse(401, "authError").will(200, token("new")).will(200, EVENT)
    assert calendar.read(ANNA, "e1") is not None
    assert signatures(office) == ["Bearer old", "Bearer new"]


def test_a_token_refused_twice_is_broken(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, token("old")).will_refuse(401, "authError").will(200, token("new")).will_refuse(401, "authError")
    with pytest.raises(Broken):
        calendar.read(ANNA, "e1")


def test_no_token_is_broken(office: Office, calendar: GoogleCalendar) -> None:
    office.will(400, {"error": "invalid_grant", "error_description": "Not a valid email."})
    with pytest.raises(Broken) as caught:
        calendar.read(ANNA, "e1")
    assert ANNA not in str(caught.value)


def test_of_an_account_that_shows_busy_times_only_no_more_power_is_asked_for(
    office: Office, calendar: GoogleCalendar
) -> None:
    free: dict[str, Any] = {"calendars": {ANNA: {"busy": []}}}
    office.will(200, token("narrow")).will(200, free).will(200, free)
    (changes,) = calendar.changes_of([Ask(ANNA, times_only=True)], NOW)
    assert isinstance(changes, CalendarChanges)
    calendar.busy(ANNA, Interval(NOW, NOW + timedelta(hours=1)))
    (assertion,) = parse_qs(office.asked[0].body.decode())["assertion"]
    assert str(_claims(assertion)["scope"]).split() == ["https://www.googleapis.com/auth/calendar.freebusy"]
    assert signatures(office) == ["Bearer narrow", "Bearer narrow"]


@pytest.mark.parametrize(
    ("error", "description", "meaning"),
    [
        ("invalid_grant", "Invalid email or User ID", NoMailbox),
        ("invalid_grant", "Invalid JWT Signature.", NotSignedIn),
        ("unauthorized_client", "Client is unauthorized to retrieve access tokens using this method.", NotSignedIn),
        ("invalid_grant", "Token has been expired or revoked.", NotSignedIn),
    ],
)
def test_somebody_who_is_not_there_is_told_from_a_credential_that_is_wrong(
    office: Office, calendar: GoogleCalendar, error: str, description: str, meaning: type[MentorsyncError]
) -> None:
    office.will(400, {"error": error, "error_description": description})
    with pytest.raises(Broken) as caught:
        calendar.read(ANNA, "e1")
    assert type(caught.value) is meaning


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_token_service_is_asked_once_and_tried_later(
    office: Office, calendar: GoogleCalendar, status: int
) -> None:
    office.will(status, {"error": "internal_failure"})
    with pytest.raises(TryLater):
        calendar.read(ANNA, "e1")
    assert len(office.asked) == 1


def test_a_token_service_that_asked_for_patience_is_not_asked_again_before(
    office: Office, calendar: GoogleCalendar
) -> None:
    office.will(429, {"error": "rate"}, ("Retry-After", "90"))
    waits = []
    for _ in range(2):
        with pytest.raises(TryLater) as later:
            calendar.read(ANNA, "e1")
        waits.append(later.value.not_before)
    assert waits == [NOW + timedelta(seconds=90)] * 2
    assert len(office.asked) == 1
    office.will(200, token("bens")).will(200, EVENT)
    assert calendar.read(BEN, "e1") is not None


def test_one_persons_consent_signs_with_a_refreshed_token(office: Office, tmp_path: Path) -> None:
    consent = tmp_path / "consent.json"
    secret = {"client_id": "c", "client_secret": "s", "refresh_token": "r", "token_uri": f"{office.url}token"}
    consent.write_text(json.dumps(secret | {"type": "authorized_user"}))
    access = GoogleAccess(office.url, oauth_client_file=consent)
    office.will(200, token("hers")).will(200, {"emailAddress": ANNA, "historyId": "5"})
    assert google_mailbox(access, office.transport, StandingClock()).arrivals(ANNA, None).cursor == "5"
    assert signatures(office) == ["Bearer hers"]


@pytest.mark.parametrize("content", [None, "", "{}", "no json", '{"type": "service_account"}'])
def test_a_secret_that_is_none_is_misconfigured(office: Office, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "secret.json"
    if content is not None:
        path.write_text(content)
    for access in (
        GoogleAccess(office.url, service_account_file=path),
        GoogleAccess(office.url, oauth_client_file=path),
    ):
        with pytest.raises(Misconfigured):
            google_calendar(access, office.transport, StandingClock())


def test_no_secret_at_all_is_misconfigured(office: Office) -> None:
    with pytest.raises(Misconfigured):
        google_calendar(GoogleAccess(office.url), office.transport, StandingClock())


def _claims(assertion: str) -> dict[str, object]:
    from google.auth import jwt

    decode: object = jwt.decode
    assert callable(decode)
    found: dict[str, object] = decode(assertion, verify=False)
    return found


def test_no_token_is_asked_for_an_account_that_is_not_ours(office: Office, key: str, tmp_path: Path) -> None:
    account = {
        "type": "service_account",
        "private_key": key,
        "client_email": "r@p.example",
        "token_uri": f"{office.url}t",
    }
    path = tmp_path / "service-account.json"
    path.write_text(json.dumps(account))
    access = GoogleAccess(office.url, service_account_file=path, may_act_for={ANNA}.__contains__)
    window = Interval(NOW, NOW + timedelta(hours=1))
    with pytest.raises(Refused, match="not registered"):
        google_calendar(access, office.transport, StandingClock()).busy(BEN, window)
    with pytest.raises(Refused, match="not registered"):
        google_mailbox(access, office.transport, StandingClock()).arrivals(BEN, None)
    assert office.asked == []
