"""What people of the sandbox write into their own calendars: absences, whole days, special events and series."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.sandbox_client import GMAIL, JONAS, MARA, THEO, Client, graph_send, mime, sandbox

WINDOW = {"startDateTime": "2027-02-20T00:00:00Z", "endDateTime": "2027-06-01T00:00:00Z"}
DAYS = {"start": "2027-03-01", "end": "2027-03-03"}
# Across the American change of clocks on 14 March: 09:00 in Chicago is 15:00 and then 14:00 in UTC.
WEEKLY = {"start": "2027-03-01T15:00:00Z", "end": "2027-03-01T15:30:00Z", "freq": "weekly", "count": 4}
STARTS = ["2027-03-01T15:00:00Z", "2027-03-08T15:00:00Z", "2027-03-15T14:00:00Z", "2027-03-22T14:00:00Z"]


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def act(client: Client, account: str, name: str, **fields: Any) -> str:
    client.hand(account=account, act=name, **fields)
    client.settle()
    return str(client.report()["acts"][-1]["outcome"])


def delta(client: Client, account: str, link: str = "") -> tuple[list[dict[str, Any]], str]:
    prefer = {"Prefer": 'odata.maxpagesize=200, outlook.timezone="UTC", IdType="ImmutableId"'}
    options = {} if link else {"params": WINDOW}
    page = client.graph("GET", account, link or "/calendarView/delta", headers=prefer, **options).json()
    return page["value"], page["@odata.deltaLink"]


def google(client: Client, **options: str) -> dict[str, Any]:
    found: dict[str, Any] = client.calendar("GET", JONAS, params={"maxResults": "500", **options}).json()
    return found


def test_whole_days_float_in_outlook_and_have_dates_in_google(client: Client) -> None:
    for account in (MARA, JONAS):
        assert act(client, account, "busy", subject="Fair", **DAYS) == "done"
    assert client.events(MARA, "Fair")[0]["start"] == "2027-03-01T06:00:00Z"
    for zone in ("UTC", "Tokyo Standard Time"):
        prefer = {"Prefer": f'outlook.timezone="{zone}"'}
        (seen,) = client.graph("GET", MARA, "/calendarView", params=WINDOW, headers=prefer).json()["value"]
        assert (seen["isAllDay"], seen["start"]) == (
            True,
            {"dateTime": "2027-03-01T00:00:00.0000000", "timeZone": zone},
        )
    (item,) = google(client, singleEvents="true")["items"]
    assert (item["start"], item["end"]) == ({"date": "2027-03-01"}, {"date": "2027-03-03"})


def test_an_all_day_event_of_the_api_begins_where_its_calendar_is(client: Client) -> None:
    body = {"summary": "Fair", "start": {"date": "2027-03-01"}, "end": {"date": "2027-03-02"}}
    assert client.calendar("POST", JONAS, json=body).status_code == 200
    assert client.events(JONAS, "Fair")[0]["start"] == "2027-02-28T23:00:00Z"
    day = {"dateTime": "2027-03-01T09:00:00", "timeZone": "UTC"}
    odd = {"subject": "Fair", "isAllDay": True, "start": day, "end": {**day, "dateTime": "2027-03-02T00:00:00"}}
    assert client.graph("POST", MARA, "/events", json=odd).status_code == 400


@pytest.mark.parametrize("status", ["free", "tentative", "busy", "oof", "workingElsewhere"])
def test_outlook_shows_each_status_as_it_was_chosen(client: Client, status: str) -> None:
    act(client, MARA, "busy", status=status, **DAYS)
    ((seen,), _) = delta(client, MARA)
    assert seen["showAs"] == status


@pytest.mark.parametrize(
    ("kind", "field", "transparent"),
    [
        ("outOfOffice", "outOfOfficeProperties", False),
        ("focusTime", "focusTimeProperties", False),
        ("workingLocation", "workingLocationProperties", True),
    ],
)
def test_googles_special_events_carry_their_own_fields(
    client: Client, kind: str, field: str, transparent: bool
) -> None:
    act(client, JONAS, "busy", kind=kind, **DAYS)
    (item,) = google(client, singleEvents="true", eventTypes=kind)["items"]
    assert (item["eventType"], field in item) == (kind, True)
    assert (item.get("transparency") == "transparent", "date" in item["start"]) == (transparent, transparent)
    assert google(client, singleEvents="true", eventTypes="default")["items"] == []
    changed = client.calendar("PATCH", JONAS, f"/{item['id']}", json={"eventType": "default"})
    assert changed.status_code == 400
    assert client.report()["checked"]["violations"] == []


def test_outlook_has_no_kinds_of_events(client: Client) -> None:
    assert act(client, MARA, "busy", kind="focusTime", **DAYS).startswith("only Google")


def test_an_absence_in_google_declines_what_falls_into_it(client: Client) -> None:
    act(client, JONAS, "leave", auto_decline=True, **DAYS)
    times = {"start": "2027-03-01T15:00:00Z", "end": "2027-03-01T16:00:00Z"}
    act(client, MARA, "meet", subject="Talk", attendees=[JONAS], **times)
    (mine,) = client.events(MARA, "Talk")
    assert mine["attendees"] == [{"address": JONAS, "response": "declined"}]


@pytest.mark.parametrize(("account", "mark"), [(MARA, "Auto-Submitted: auto-generated"), (JONAS, "Precedence: bulk")])
def test_an_absent_mailbox_answers_each_mail_by_itself(client: Client, account: str, mark: str) -> None:
    act(client, account, "leave", start="2027-02-22T09:00:00Z", end="2027-02-23T09:00:00Z", auto_reply="I am away")
    for hour in (0, 120, 24 * 60):
        client.settle(hour)
        graph_send(client, THEO, mime(THEO, account, "Hi", f"<a{hour}@contoso.example>"))
        client.settle()
    (reply,) = client.mails(THEO)
    assert reply["subject"] in ("Automatic reply: Hi", "Re: Hi")
    assert reply["in_reply_to"] == "<a120@contoso.example>"
    assert "I am away" in reply["raw"]
    assert mark in reply["raw"]


@pytest.mark.parametrize(
    ("account", "header", "answers"),
    [
        (MARA, "X-Auto-Response-Suppress: OOF, AutoReply", 0),
        (MARA, "X-Auto-Response-Suppress: RN", 1),
        (JONAS, "X-Auto-Response-Suppress: OOF", 1),
        (JONAS, "Precedence: list", 0),
        (MARA, "X-Any: thing", 1),
    ],
)
def test_mail_that_asks_for_silence_gets_it_where_the_mark_is_known(
    client: Client, account: str, header: str, answers: int
) -> None:
    act(client, account, "leave", start="2027-02-22T08:00:00Z", end="2027-02-23T09:00:00Z", auto_reply="I am away")
    graph_send(client, THEO, mime(THEO, account, "Hi", "<a@contoso.example>", header))
    client.settle()
    assert len(client.mails(THEO)) == answers


@pytest.mark.parametrize(("writer", "reader"), [(MARA, JONAS), (JONAS, MARA)])
def test_two_absent_mailboxes_do_not_write_to_each_other_for_ever(client: Client, writer: str, reader: str) -> None:
    for account in (MARA, JONAS):
        act(client, account, "leave", start="2027-02-22T08:00:00Z", end="2027-02-25T09:00:00Z", auto_reply="Away")
    act(client, writer, "send", to=reader, subject="Hi", text="Hello")
    client.settle(60)
    assert (len(client.mails(writer)), len(client.mails(reader))) == (1, 1)


def test_a_series_in_outlook_comes_as_occurrences_with_few_fields_beside_their_master(client: Client) -> None:
    act(client, MARA, "series", subject="Stand-up", **WEEKLY)
    items, _ = delta(client, MARA)
    shown, (master,) = [i for i in items if i["type"] == "occurrence"], [i for i in items if i["type"] != "occurrence"]
    assert [item["start"]["dateTime"][:19] + "Z" for item in shown] == STARTS
    assert {name for item in shown for name in item} & {"subject", "showAs"} == set()
    assert {item["seriesMasterId"] for item in shown} == {master["id"]}
    assert (master["type"], master["recurrence"]["range"]["numberOfOccurrences"]) == ("seriesMaster", 4)
    listed = client.graph("GET", MARA, "/calendarView", params=WINDOW).json()["value"]
    assert [item["subject"] for item in listed] == ["Stand-up"] * 4
    assert client.report()["checked"]["violations"] == []


def test_a_moved_occurrence_is_an_exception_and_a_deleted_one_leaves_no_tombstone(client: Client) -> None:
    act(client, MARA, "series", subject="Stand-up", **WEEKLY)
    _, link = delta(client, MARA)
    event = {"subject_has": "Stand"}
    assert act(client, MARA, "exception", event=event, occurrence="2027-03-08", shift_minutes=60) == "done"
    assert act(client, MARA, "exception", event=event, occurrence="2027-03-15", cancel=True) == "done"
    assert act(client, MARA, "exception", event=event, occurrence="2027-03-16", cancel=True) == "no such occurrence"
    ((moved,), _) = delta(client, MARA, link)
    assert (moved["type"], moved["start"]["dateTime"][:16]) == ("exception", "2027-03-08T16:00")
    assert (moved["originalStart"], moved["subject"]) == ("2027-03-08T15:00:00Z", "Stand-up")
    assert len(client.graph("GET", MARA, "/calendarView", params=WINDOW).json()["value"]) == 3


def test_a_deleted_series_leaves_a_tombstone_of_each_occurrence(client: Client) -> None:
    act(client, MARA, "series", subject="Stand-up", **WEEKLY)
    items, link = delta(client, MARA)
    act(client, MARA, "delete", event={"subject_has": "Stand"})
    gone, _ = delta(client, MARA, link)
    assert {item["id"] for item in gone} == {item["id"] for item in items}
    assert all("@removed" in item for item in gone)


def test_a_series_in_google_is_single_events_or_a_master_with_its_exceptions(client: Client) -> None:
    act(client, JONAS, "series", subject="Stand-up", **WEEKLY)
    event = {"subject_has": "Stand"}
    act(client, JONAS, "exception", event=event, occurrence="2027-03-08", start="2027-03-09T15:00:00Z")
    token = google(client, singleEvents="true")["nextSyncToken"]
    act(client, JONAS, "exception", event=event, occurrence="2027-03-15", cancel=True)
    single = google(client, singleEvents="true")["items"]
    assert [item["originalStartTime"]["dateTime"][:10] for item in sorted(single, key=lambda i: i["id"])] == [
        "2027-03-01",
        "2027-03-08",
        "2027-03-22",
    ]
    (tombstone,) = google(client, singleEvents="true", syncToken=token)["items"]
    assert (tombstone["status"], tombstone["id"]) == ("cancelled", f"{tombstone['recurringEventId']}_20270315T150000Z")
    assert "start" not in tombstone
    whole = google(client)["items"]
    shapes = sorted(("recurrence" in item, item["status"]) for item in whole)
    assert shapes == [(False, "cancelled"), (False, "confirmed"), (True, "confirmed")]
    assert client.report()["checked"]["violations"] == []


@pytest.mark.parametrize(("host", "guest"), [(MARA, JONAS), (JONAS, MARA), (GMAIL, JONAS)])
def test_a_series_with_guests_stands_in_their_calendars_too(client: Client, host: str, guest: str) -> None:
    act(client, host, "series", subject="Stand-up", attendees=[guest], **WEEKLY)
    starts = [event["start"] for event in client.events(host, "Stand-up")]
    assert [event["start"] for event in client.events(guest, "Stand-up")] == starts
    act(client, guest, "accept", event={"subject_has": "Stand"})
    assert {event["response"] for event in client.events(guest, "Stand-up")} == {"accepted"}
    answers = {event["attendees"][0]["response"] for event in client.events(host, "Stand-up")}
    assert answers == {"accepted"}
    act(client, host, "exception", event={"subject_has": "Stand"}, occurrence="2027-03-08", shift_minutes=60)
    moved = [event for event in client.events(guest, "Stand-up") if event["start"] == "2027-03-08T16:00:00Z"]
    assert [event["response"] for event in moved] == ["needsAction"]
    act(client, host, "exception", event={"subject_has": "Stand"}, occurrence="2027-03-15", cancel=True)
    assert [event["start"] for event in client.events(guest, "Stand-up") if event["cancelled"]] == [starts[3]]
    act(client, host, "delete", event={"subject_has": "Stand"})
    assert all(event["cancelled"] for event in client.events(guest, "Stand-up"))
    assert client.report()["checked"]["violations"] == []


def test_a_series_makes_busy(client: Client) -> None:
    act(client, JONAS, "series", subject="Stand-up", **WEEKLY)
    body = {"timeMin": "2027-03-08T00:00:00Z", "timeMax": "2027-03-09T00:00:00Z", "items": [{"id": JONAS}]}
    answer = client.http.post("/calendar/v3/freeBusy", headers=client.google, json=body).json()
    assert [busy["start"] for busy in answer["calendars"][JONAS]["busy"]] == ["2027-03-08T15:00:00Z"]


def test_a_monthly_series_skips_months_without_the_day(client: Client) -> None:
    times = {"start": "2027-03-31T15:00:00Z", "end": "2027-03-31T16:00:00Z"}
    act(client, THEO, "series", subject="Books", freq="monthly", count=3, **times)
    master, *days = [event["start"][:10] for event in client.events(THEO, "Books")]
    assert (master, days) == ("2027-03-31", ["2027-03-31", "2027-05-31", "2027-07-31"])


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"act": "series", "subject": "x", **WEEKLY, "count": "many"}, "many"),
        ({"act": "exception"}, "cancel"),
        ({"act": "exception", "cancel": True, "occurrence": "soon"}, "soon"),
        ({"act": "busy", "start": "2027-03-01", "end": "2027-03-02T10:00:00Z"}, "both"),
    ],
)
def test_an_act_on_a_calendar_that_is_not_understood_is_refused(
    client: Client, wrong: dict[str, Any], word: str
) -> None:
    answer = client.http.post("/hand", json={"account": MARA, **wrong})
    assert answer.status_code == 400
    assert word in answer.json()["error"]


def test_a_person_who_moves_changes_hours_and_zone_of_the_mailbox(client: Client) -> None:
    assert act(client, MARA, "hours", days=["mon", "tue"], **{"from": "10:00", "to": "14:00"}) == "done"
    assert act(client, MARA, "zone", zone="Europe/London") == "done"
    settings = client.graph("GET", MARA, "/mailboxSettings").json()
    assert settings["timeZone"] == "GMT Standard Time"
    assert settings["workingHours"]["daysOfWeek"] == ["monday", "tuesday"]
    assert settings["workingHours"]["startTime"].startswith("10:00")
    assert act(client, MARA, "zone", zone="Mars/Olympus") == "'Mars/Olympus' is not a time zone"


@pytest.mark.parametrize(
    ("zone", "bias", "rules"),
    [
        ("Europe/Berlin", -60, [(3, 5, "02:00", -60), (10, 5, "03:00", None)]),
        ("America/Chicago", 360, [(3, 2, "02:00", -60), (11, 1, "02:00", None)]),
        ("Australia/Sydney", -600, [(10, 1, "02:00", -60), (4, 1, "03:00", None)]),
        ("Asia/Tokyo", -540, [(0, 0, "00:00", 0), (0, 0, "00:00", None)]),
    ],
)
def test_a_zone_without_a_windows_name_is_shown_by_its_rules(
    client: Client, zone: str, bias: int, rules: list[tuple[int, int, str, int | None]]
) -> None:
    act(client, MARA, "zone", zone=zone, shown="Customized Time Zone")
    act(client, MARA, "busy", **DAYS)
    settings = client.graph("GET", MARA, "/mailboxSettings").json()
    shown = settings["workingHours"]["timeZone"]
    assert (settings["timeZone"], shown["name"], shown["bias"]) == ("Customized Time Zone", shown["name"], bias)
    parts = [shown["daylightOffset"], shown["standardOffset"]]
    assert [(p["month"], p["dayOccurrence"], p["time"][:5], p.get("daylightBias")) for p in parts] == rules
    ((event,), _) = delta(client, MARA)
    assert event["originalStartTimeZone"] == "tzone://Microsoft/Custom"
    assert client.report()["checked"]["violations"] == []


def test_a_removed_mailbox_is_known_to_nobody(client: Client) -> None:
    own = {"Authorization": f"Bearer {client.world.issue('google', JONAS)}"}
    for account in (MARA, JONAS):
        act(client, account, "gone")
    missing = client.graph("GET", MARA, "/calendarView", params=WINDOW)
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "MailboxNotFound")
    assert client.calendar("GET", "primary", headers=own).status_code == 404
    graph_send(client, THEO, mime(THEO, f"{MARA}, {JONAS}", "Hi", "<a@contoso.example>"))
    client.settle()
    assert [mail["subject"] for mail in client.mails(THEO)] == ["Undeliverable: Hi"] * 2
    body = {"timeMin": "2027-03-08T00:00:00Z", "timeMax": "2027-03-09T00:00:00Z", "items": [{"id": JONAS}]}
    bearer = {"Authorization": f"Bearer {client.world.issue('google', GMAIL)}"}
    answer = client.http.post("/calendar/v3/freeBusy", headers=bearer, json=body).json()
    assert answer["calendars"][JONAS]["errors"][0]["reason"] == "notFound"
