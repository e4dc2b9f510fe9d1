"""Who may call the sandbox: issued tokens, Google's signed grants, scopes, and consent that is taken back."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from adapters.sandbox.client_files import write_client_files
from tests.unit.sandbox_client import GMAIL, ISLA, JONAS, MARA, Client, sandbox

CALENDAR = "https://www.googleapis.com/auth/calendar.events"
AUDIENCE = "https://oauth2.googleapis.com/token"


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


@pytest.fixture
def key(client: Client, tmp_path: Path) -> RSAPrivateKey:
    """The service account's key as the client finds it in its file."""
    write_client_files(str(client.http.base_url), client.world, tmp_path)
    account = json.loads((tmp_path / "google-service-account.json").read_text())
    found = load_pem_private_key(account["private_key"].encode(), None)
    assert isinstance(found, RSAPrivateKey)
    return found


def signed(key: RSAPrivateKey, **claims: Any) -> str:
    full = {"iss": "x", "aud": AUDIENCE, "iat": 100, "exp": 3700, "scope": CALENDAR, "sub": JONAS} | claims
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({"alg": "RS256"}, full)
    ]
    signature = key.sign(".".join(parts).encode(), PKCS1v15(), hashes.SHA256())
    return ".".join([*parts, base64.urlsafe_b64encode(signature).decode().rstrip("=")])


def grant(client: Client, assertion: str) -> httpx.Response:
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
    return client.http.post("/token", data=form)


def bearer(client: Client, key: RSAPrivateKey, **claims: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {grant(client, signed(key, **claims)).json()['access_token']}"}


def test_a_signed_grant_gives_a_token_bound_to_its_subject(client: Client, key: RSAPrivateKey) -> None:
    own = bearer(client, key)
    assert client.calendar("GET", "primary", headers=own).json()["summary"] == JONAS
    assert client.calendar("GET", JONAS, headers=own).status_code == 200
    assert client.calendar("GET", ISLA, headers=own).status_code == 404
    report = client.report()
    assert report["tokens"] == 1
    assert "token" not in report["requests"]["google"]


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({"sub": MARA}, "invalid_grant"),
        ({"sub": "nobody@gmail.example"}, "invalid_grant"),
        ({"aud": "https://else.example"}, "invalid_grant"),
        ({"exp": 9000}, "invalid_grant"),
        ({"scope": ""}, "invalid_scope"),
    ],
)
def test_a_grant_that_google_would_not_take_is_refused(
    client: Client, key: RSAPrivateKey, claims: dict[str, Any], error: str
) -> None:
    answer = grant(client, signed(key, **claims))
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_a_grant_signed_by_another_key_is_refused(client: Client, key: RSAPrivateKey) -> None:
    stranger = generate_private_key(public_exponent=65537, key_size=2048)
    assert stranger.key_size == key.key_size
    assert grant(client, signed(stranger)).json()["error"] == "invalid_grant"


def test_a_token_does_only_what_its_scopes_allow(client: Client, key: RSAPrivateKey) -> None:
    own = bearer(client, key, sub=GMAIL)
    answer = client.gmail("GET", "me", "/profile", headers=own)
    assert answer.status_code == 403
    assert answer.json()["error"]["errors"][0]["reason"] == "insufficientPermissions"
    metadata = bearer(client, key, sub=GMAIL, scope="https://www.googleapis.com/auth/gmail.metadata")
    assert client.gmail("GET", "me", "/messages", headers=metadata).status_code == 200
    assert client.gmail("GET", "me", "/messages", headers=metadata, params={"q": "x"}).status_code == 403


@pytest.mark.parametrize("header", ["", "Bearer made-up"])
def test_a_token_that_was_never_issued_is_refused_by_both_clouds(client: Client, header: str) -> None:
    wrong = {"Authorization": header}
    graph = client.graph("GET", MARA, "/mailboxSettings", headers=wrong)
    assert (graph.status_code, graph.json()["error"]["code"]) == (401, "InvalidAuthenticationToken")
    assert client.calendar("GET", JONAS, headers=wrong).status_code == 401


def test_a_token_of_one_cloud_opens_nothing_at_the_other(client: Client) -> None:
    assert client.graph("GET", MARA, "/mailboxSettings", headers=client.google).status_code == 401
    assert client.calendar("GET", JONAS, headers=client.microsoft).status_code == 401


def test_a_person_of_the_other_cloud_is_not_known(client: Client) -> None:
    assert client.graph("GET", JONAS, "/mailboxSettings").json()["error"]["code"] == "ErrorInvalidUser"
    assert client.calendar("GET", MARA).status_code == 404


def test_a_consent_taken_back_closes_the_mailbox_until_it_is_given_again(client: Client, key: RSAPrivateKey) -> None:
    own = bearer(client, key)
    for person in (MARA, JONAS):
        client.hand(account=person, act="revoke")
    client.settle()
    denied = client.graph("GET", MARA, "/mailboxSettings")
    assert (denied.status_code, denied.json()["error"]["code"]) == (403, "ErrorAccessDenied")
    assert client.calendar("GET", "primary", headers=own).status_code == 401
    assert grant(client, signed(key)).status_code == 400
    for person in (MARA, JONAS):
        client.hand(account=person, act="grant")
    client.settle()
    assert client.graph("GET", MARA, "/mailboxSettings").status_code == 200
    assert client.calendar("GET", "primary", headers=own).status_code == 200


def test_no_secret_shows_in_the_world_or_the_report(client: Client, key: RSAPrivateKey) -> None:
    token = bearer(client, key)["Authorization"].removeprefix("Bearer ")
    shown = client.http.get("/world").text + client.http.get("/report").text
    assert token not in shown
    assert "PRIVATE KEY" not in shown
