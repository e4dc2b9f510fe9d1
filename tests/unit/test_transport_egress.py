"""What may leave the house before go-live, and what counts as a write."""

import json

import httpx
import pytest

from adapters.transport.egress import check_egress, is_loopback, is_write
from domain.errors import Refused

CLOUD = "https://graph.example.com/v1.0"


def request(method: str, url: str) -> httpx.Request:
    return httpx.Request(method, url)


def never() -> bool:
    return False


@pytest.mark.parametrize(
    ("method", "path", "write"),
    [
        ("GET", "/users/a/events", False),
        ("HEAD", "/users/a/events", False),
        ("POST", "/users/a/events", True),
        ("PATCH", "/users/a/events/e", True),
        ("PUT", "/users/a/events/e", True),
        ("DELETE", "/users/a/events/e", True),
        ("POST", "/tenant/oauth2/v2.0/token", False),
        ("POST", "/calendar/v3/freeBusy", False),
        ("POST", "/users/a/calendar/getSchedule", False),
        ("POST", "/users/a/calendar/microsoft.graph.getSchedule", False),
        ("POST", "/users/a/calendar/getSchedule/", False),
        ("DELETE", "/users/a/messages/token", True),
        ("POST", "/token/messages", True),
        ("POST", "/users/a/messages?x=/token", True),
    ],
)
def test_a_write_is_all_but_reading_tokens_and_free_busy(method: str, path: str, write: bool) -> None:
    assert is_write(request(method, CLOUD + path)) is write


ASKS = {"method": "GET", "url": "/users/a/calendarView/delta()?$deltatoken=x"}
SCHEDULE = {"method": "POST", "url": "/users/a/calendar/getSchedule"}


@pytest.mark.parametrize(
    ("content", "write"),
    [
        ({"requests": [ASKS, SCHEDULE]}, False),
        ({"requests": []}, False),
        ({"requests": [ASKS, {"method": "POST", "url": "/users/a/events"}]}, True),
        ({"requests": [ASKS, {"method": "delete", "url": "/users/a/events/1"}]}, True),
        ({"requests": [{"method": "POST", "url": "/users/a/messages?x=/getSchedule"}]}, True),
        ({"requests": [{"url": "/users/a"}]}, True),
        ({"requests": "GET"}, True),
        ([ASKS], True),
        ("no json", True),
    ],
)
def test_a_batch_is_a_write_unless_all_of_it_only_asks(content: object, write: bool) -> None:
    body = json.dumps(content) if content != "no json" else "no json"
    batch = httpx.Request("POST", f"{CLOUD}/$batch", content=body)
    assert is_write(batch) is write


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("127.0.0.1.example.com", False),
        ("localhost.example.com", False),
        ("10.0.0.1", False),
        ("0.0.0.0", False),
        ("example.com", False),
        ("", False),
    ],
)
def test_loopback_is_an_address_and_never_a_name_that_resembles_one(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_a_write_to_the_cloud_is_refused_until_go_live_and_the_refusal_names_the_command() -> None:
    with pytest.raises(Refused) as refused:
        check_egress(request("POST", f"{CLOUD}/users/a/events"), lambda: False, never)
    assert "mentorsync go-live" in refused.value.remedy


def test_a_write_to_the_cloud_leaves_after_go_live() -> None:
    check_egress(request("POST", f"{CLOUD}/users/a/events"), lambda: True, never)


@pytest.mark.parametrize(
    ("method", "url"),
    [("GET", f"{CLOUD}/users/a/events"), ("POST", f"{CLOUD}/token"), ("POST", "http://127.0.0.1:8/events")],
)
def test_whether_it_is_live_is_not_even_asked_where_it_does_not_matter(method: str, url: str) -> None:
    def asked() -> bool:
        raise AssertionError("asked")

    check_egress(request(method, url), asked, never)


@pytest.mark.parametrize("url", [f"{CLOUD}/users/a/events", "http://127.0.0.1:8/events"])
def test_a_thrown_kill_switch_stops_every_write_live_or_not_and_on_this_machine_too(url: str) -> None:
    with pytest.raises(Refused) as refused:
        check_egress(request("POST", url), lambda: True, lambda: True)
    assert "mentorsync kill-switch off" in refused.value.remedy


def test_a_thrown_kill_switch_lets_questions_and_tokens_through() -> None:
    for method, url in (("GET", f"{CLOUD}/users/a/events"), ("POST", f"{CLOUD}/token")):
        check_egress(request(method, url), lambda: True, lambda: True)
