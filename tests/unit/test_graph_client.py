"""Signing in to Graph and asking it: the real identity library over TLS on loopback, and answers that are none."""

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from adapters.graph.client import GraphClient, GraphSettings
from adapters.transport import Transport
from domain.errors import Broken, CursorExpired, Doubtful, Misconfigured, TryLater
from tests.unit.graph_office import ANN, NOW, client, event, refusal
from tests.unit.loopback import Loopback, Reply

SIGNED = Reply(body={"token_type": "Bearer", "expires_in": 3600, "access_token": "from-the-authority"})


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh key and certificate for 127.0.0.1 in one PEM file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority.example")])
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2049, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("authority") / "authority.pem"
    path.write_bytes(private + built.public_bytes(serialization.Encoding.PEM))
    return path


@dataclass(frozen=True, slots=True)
class Tenant:
    """A client that signs in with a secret or its certificate, the authority and Graph."""

    client: GraphClient
    authority: Loopback
    graph: Loopback


@contextmanager
def tenant(certificate: Path, folder: Path, *answers: Reply | None, secret: bool = True) -> Iterator[Tenant]:
    """Open the two servers; the authority first says where it is, then gives these answers."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    (folder / "secret").write_text("hush\n")
    with (
        Loopback(tls=context) as authority,
        Loopback(Reply(body=event())) as graph,
        Transport(None, certificate, lambda: False) as transport,
    ):
        authority.replies[:] = [metadata(authority.root), *answers]
        settings = GraphSettings(
            f"{graph.root}/v1.0",
            authority=authority.root,
            tenant_id="tenant",
            client_id="client",
            client_secret_file=folder / "secret" if secret else None,
            certificate_file=None if secret else certificate,
        )
        yield Tenant(GraphClient(settings, transport, lambda: NOW), authority, graph)


def metadata(root: str) -> Reply:
    """What an authority says of itself (OpenID Connect Discovery 1.0, section 4)."""
    issuer = f"{root}/tenant"
    return Reply(
        body={
            "issuer": f"{issuer}/v2.0",
            "authorization_endpoint": f"{issuer}/oauth2/v2.0/authorize",
            "token_endpoint": f"{issuer}/oauth2/v2.0/token",
        }
    )


def read(client: GraphClient) -> dict[str, Any]:
    return client.json(client.asking(client.user(ANN).events.by_event_id("e1")))


def test_one_token_of_the_authority_signs_many_requests(certificate: Path, tmp_path: Path) -> None:
    with tenant(certificate, tmp_path, SIGNED) as opened:
        read(opened.client)
        read(opened.client)
        assert [seen.headers["authorization"] for seen in opened.graph.seen] == ["Bearer from-the-authority"] * 2
        asked = parse_qs(opened.authority.seen[1].body.decode())
    assert (asked["client_id"], asked["client_secret"]) == (["client"], ["hush"])
    assert asked["scope"] == ["https://graph.microsoft.com/.default"]


def test_a_certificate_signs_in_without_a_secret(certificate: Path, tmp_path: Path) -> None:
    with tenant(certificate, tmp_path, SIGNED, secret=False) as opened:
        read(opened.client)
        asked = parse_qs(opened.authority.seen[1].body.decode())
    assert "client_assertion" in asked
    assert "client_secret" not in asked


@pytest.mark.parametrize(
    "answer",
    [
        Reply(401, {"error": "invalid_client", "error_description": "AADSTS7000215: ann@example.org"}),
        Reply(400, {"error": "unauthorized_client", "error_description": "AADSTS700016"}),
    ],
)
def test_an_authority_that_says_no_is_broken_and_its_words_stay_inside(
    certificate: Path, tmp_path: Path, answer: Reply
) -> None:
    with tenant(certificate, tmp_path, answer) as opened:
        with pytest.raises(Broken) as broken:
            read(opened.client)
        assert opened.graph.seen == []
    assert "AADSTS" not in str(broken.value)


def test_a_refused_sign_in_prints_nothing_of_its_own(
    certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])
    with tenant(certificate, tmp_path, Reply(401, {"error": "invalid_client"})) as opened, pytest.raises(Broken):
        read(opened.client)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("answer", [Reply(503, b"<html>"), Reply(429, {}), None])
def test_an_authority_that_is_busy_or_silent_is_tried_later(
    certificate: Path, tmp_path: Path, answer: Reply | None
) -> None:
    with tenant(certificate, tmp_path, answer) as opened:
        with pytest.raises(TryLater):
            read(opened.client)
        assert (len(opened.authority.seen), opened.graph.seen) == (2, [])


def test_a_busy_authority_says_until_when_and_is_left_alone_until_then(certificate: Path, tmp_path: Path) -> None:
    busy = Reply(429, {}, (("Retry-After", "60"),))
    with tenant(certificate, tmp_path, busy) as opened:
        for _ in range(2):
            with pytest.raises(TryLater) as later:
                read(opened.client)
            assert later.value.not_before == NOW + timedelta(minutes=1)
        assert len(opened.authority.seen) == 2, "it was asked where it is, and once for a token"


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_certificate_that_cannot_be_used_is_a_wrong_configuration(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "client.pem"
    if content is not None:
        path.write_text(content)
    settings = GraphSettings("https://graph.example.com", tenant_id="tenant", client_id="client", certificate_file=path)
    with Transport(None, None, lambda: False) as transport, pytest.raises(Misconfigured):
        GraphClient(settings, transport, lambda: NOW)


def test_a_missing_secret_and_no_credentials_at_all_are_a_wrong_configuration(tmp_path: Path) -> None:
    absent = GraphSettings(
        "https://graph.example.com", tenant_id="tenant", client_id="client", client_secret_file=tmp_path / "absent"
    )
    with Transport(None, None, lambda: False) as transport:
        for settings in (absent, GraphSettings("https://graph.example.com")):
            with pytest.raises(Misconfigured):
                GraphClient(settings, transport, lambda: NOW)


@pytest.mark.parametrize("body", [b"{", b"<html>", b"[]", b"\xff"])
def test_an_answer_that_is_no_object_leaves_a_read_open_and_a_write_in_doubt(tmp_path: Path, body: bytes) -> None:
    with Loopback(Reply(body=body)) as server, client(server, tmp_path) as graph:
        builder = graph.user(ANN).messages.by_message_id("m1").send
        with pytest.raises(TryLater):
            read(graph)
        with pytest.raises(Doubtful):
            graph.json(builder.to_post_request_information())


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_is_neither_followed_nor_taken_for_an_answer(tmp_path: Path, status: int) -> None:
    elsewhere = Reply(status, headers=(("Location", "/elsewhere"),))
    with Loopback(elsewhere) as server, client(server, tmp_path) as graph:
        with pytest.raises(Broken):
            read(graph)
        assert len(server.seen) == 1


@pytest.mark.parametrize("status", [429, 503, 504, 500])
def test_a_write_is_carried_out_once_whatever_comes_back(tmp_path: Path, status: int) -> None:
    answer = refusal(status, "", ("Retry-After", "0"))
    with Loopback(answer) as server, client(server, tmp_path) as graph:
        with pytest.raises((TryLater, Doubtful)):
            graph.json(graph.user(ANN).messages.by_message_id("m1").send.to_post_request_information())
        assert len(server.seen) == 1


def test_a_misspelt_query_parameter_is_our_bug(tmp_path: Path) -> None:
    with Loopback() as server, client(server, tmp_path) as graph, pytest.raises(TypeError):
        graph.asking(graph.user(ANN).events, fliter="x")


@pytest.mark.parametrize("link", ["https://127.0.0.1:1/v1.0", "http://example.com/v1.0", "", "/v1.0/relative"])
def test_a_link_to_another_host_is_not_followed(tmp_path: Path, link: str) -> None:
    with Loopback() as server, client(server, tmp_path) as graph, pytest.raises(CursorExpired):
        graph.following(graph.user(ANN).calendar_view.delta, link)


def test_a_link_that_names_the_same_place_otherwise_is_followed(tmp_path: Path) -> None:
    with Loopback() as server, client(server, tmp_path) as graph:
        link = server.root.replace("127.0.0.1", "LOCALHOST") + "/v1.0/round?$deltatoken=d1"
        assert graph.following(graph.user(ANN).calendar_view.delta, link).url == link


@pytest.mark.parametrize("link", ["http://127.0.0.1:x/v1.0", "http://[/v1.0"])
def test_a_link_that_is_none_is_not_followed(tmp_path: Path, link: str) -> None:
    with Loopback() as server, client(server, tmp_path) as graph, pytest.raises(CursorExpired):
        graph.following(graph.user(ANN).calendar_view.delta, link)
