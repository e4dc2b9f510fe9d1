"""What a request from outside is answered, and which hints are believed: rules without a socket."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.webhook.answers import LONGEST_TOKEN, Answer, Request, answer
from adapters.webhook.hints import HintQueue
from adapters.webhook.tokens import Tokens
from domain.push import Hint, HintKind
from tests.unit.webhook_caller import NAME, OWNER, TOKEN, TOKENS, google, notifications

CHANGED = Hint(OWNER, NAME, HintKind.CHANGED)
OTHER = Tokens(b"another secret of thirty-two byt").token(OWNER, NAME)
FORGED = ("", TOKEN[:-1], TOKEN + "A", TOKEN.upper(), OTHER, TOKEN.replace(OWNER, "service"), None, 7, ["x"], {"a": 1})


def ask(
    target: str, body: bytes = b"", method: str = "POST", prefix: str = "", headers: Mapping[str, str] | None = None
) -> Answer:
    """Return the answer to a request."""
    return answer(Request(method, target, headers or {}, body), prefix, TOKENS)


def by_google(**changes: str) -> Answer:
    """Return the answer to a hint of Google's."""
    return ask("/google", headers={name.lower(): value for name, value in google(**changes)})


@pytest.mark.parametrize(
    "token",
    [
        "Validation: Testing client application reachability for subscription Request-Id: 8a7b",
        "<script>alert('x')</script>",
        'a+b&c=d%2B "quoted" \\ / ; #?',
        "ünïcödé ✓ 漢字 \U0001f44b",
        "%25%2525",
        " leading and trailing ",
        "x" * LONGEST_TOKEN,
    ],
)
@pytest.mark.parametrize("encode", [quote_plus, quote])
def test_a_validation_token_comes_back_exactly_however_odd_it_is(token: str, encode: Any) -> None:
    assert ask(f"/microsoft?validationToken={encode(token)}") == Answer(200, text=token)
    assert ask(f"/microsoft/lifecycle?validationToken={encode(token)}").text == token


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=200))
def test_any_text_without_control_characters_is_echoed(token: str) -> None:
    assert ask(f"/microsoft?validationToken={quote_plus(token)}").text == token


@pytest.mark.parametrize(
    "query",
    [
        "validationToken=",
        "validationToken",
        "validationToken=a&validationToken=b",
        "validationToken=a%0D%0ASet-Cookie:x",
        "validationToken=%00",
        "validationToken=%C2%85",
        "validationToken=%FF%FE",
        f"validationToken={'x' * (LONGEST_TOKEN + 1)}",
        "&".join(["validationToken=a", *(f"p{n}=1" for n in range(20))]),
    ],
)
def test_a_validation_that_is_none_is_not_echoed(query: str) -> None:
    assert ask(f"/microsoft?{query}") == Answer(400)


def test_a_token_for_google_s_path_is_never_echoed() -> None:
    assert ask("/google?validationToken=x").text == ""


def test_a_change_notification_with_its_proof_is_a_hint_for_its_owner() -> None:
    assert ask("/microsoft", notifications(TOKEN)) == Answer(202, hints=(CHANGED,))


@pytest.mark.parametrize("state", FORGED)
def test_a_forged_proof_is_answered_like_a_right_one_and_means_nothing(state: object) -> None:
    assert ask("/microsoft", notifications(state)) == Answer(202)


def test_a_forged_item_does_not_spoil_the_others_of_its_batch() -> None:
    second = TOKENS.token("service", "f" * 32)
    body = notifications("forged", TOKEN, None, second)
    assert ask("/microsoft", body).hints == (CHANGED, Hint("service", "f" * 32, HintKind.CHANGED))


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("missed", HintKind.MISSED),
        ("subscriptionRemoved", HintKind.REMOVED),
        ("reauthorizationRequired", HintKind.RENEW),
        ("somethingNew", HintKind.CHANGED),
        (7, HintKind.CHANGED),
    ],
)
def test_a_lifecycle_event_is_told_apart(event: object, kind: HintKind) -> None:
    body = notifications(TOKEN, lifecycleEvent=event)
    assert ask("/microsoft/lifecycle", body).hints == (Hint(OWNER, NAME, kind),)


def test_only_the_first_hundred_items_are_read() -> None:
    assert ask("/microsoft", notifications(*["x"] * 100, TOKEN)).hints == ()
    assert ask("/microsoft", notifications(*["x"] * 99, TOKEN)).hints == (CHANGED,)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[]", b'{"value": {}}', b'{"value": 1}', b"\xff\xfe", b"[" * 60_000, b"<html>"]
)
def test_a_body_that_is_no_notification_is_refused(body: bytes) -> None:
    assert ask("/microsoft", body) == Answer(400)


@given(st.binary(max_size=300))
def test_no_body_makes_it_raise_or_believe(body: bytes) -> None:
    assert ask("/microsoft", body).hints == ()


def test_a_hint_of_google_s_needs_its_channel_and_its_token() -> None:
    assert by_google() == Answer(202, hints=(CHANGED,))
    assert by_google(state="not_exists").hints == (CHANGED,)


@pytest.mark.parametrize(
    "changes",
    [{"token": "x"}, {"token": OTHER}, {"token": ""}, {"channel": "0" * 32}, {"channel": ""}, {"state": "sync"}],
)
def test_a_forged_or_first_hint_of_google_s_is_answered_alike_and_means_nothing(changes: dict[str, str]) -> None:
    assert by_google(**changes) == Answer(202)


def test_google_s_hint_without_any_header_means_nothing() -> None:
    assert ask("/google") == Answer(202)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "post"])
@pytest.mark.parametrize("path", ["/microsoft?validationToken=x", "/microsoft/lifecycle", "/google"])
def test_every_method_but_post_is_refused(method: str, path: str) -> None:
    assert ask(path, method=method) == Answer(405, allow="POST")


@pytest.mark.parametrize(
    "target",
    ["/", "", "*", "/Microsoft", "/microsoft/", "/google/x", "//microsoft", "http://x.example/google", "/x/../google"],
)
def test_every_other_path_is_unknown(target: str) -> None:
    assert ask(target, notifications(TOKEN)) == Answer(404)


def test_the_path_of_the_public_address_stands_before_ours() -> None:
    assert ask("/hooks/microsoft", notifications(TOKEN), prefix="/hooks").hints == (CHANGED,)
    assert ask("/microsoft", notifications(TOKEN), prefix="/hooks") == Answer(404)


def test_a_token_fits_into_what_providers_take_and_names_no_secret() -> None:
    assert len(TOKEN) <= 128
    assert TOKENS.read(TOKEN) == (OWNER, NAME)
    assert TOKENS.token(OWNER, "1" * 32) != TOKEN


@pytest.mark.parametrize(("owner", "name"), [("a.b", NAME), (OWNER, "short"), ("", NAME), (OWNER, NAME.upper())])
def test_a_token_is_made_for_ids_alone(owner: str, name: str) -> None:
    with pytest.raises(ValueError, match="owner"):
        TOKENS.token(owner, name)


def test_another_address_or_secret_has_another_mark() -> None:
    here, there = "https://push.example.org", "https://push.example.net"
    marks = {TOKENS.mark(here), TOKENS.mark(there), Tokens(b"x").mark(here)}
    assert (len(marks), TOKENS.mark(here)) == (3, TOKENS.mark(here))


def test_hints_are_kept_once_given_out_in_order_and_ring_only_for_news() -> None:
    rung: list[int] = []
    queue = HintQueue(lambda: rung.append(1))
    later = Hint("zoe", NAME, HintKind.MISSED)
    for hints in ((later, CHANGED), (CHANGED,), ()):
        queue.put(hints)
    assert (queue.take(), queue.take(), len(rung)) == ((CHANGED, later), (), 1)
