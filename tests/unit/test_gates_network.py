"""The guard of the tests against the network, itself under test."""

import socket
import subprocess
import sys

import pytest

from tests.network_guard import NetworkRefused, is_local


def test_a_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as one, pytest.raises(NetworkRefused):
        one.connect(("192.0.2.1", 9))


def test_a_connection_that_reports_errors_as_numbers_is_refused_too() -> None:
    with socket.socket() as one, pytest.raises(NetworkRefused):
        one.connect_ex(("192.0.2.1", 9))


def test_a_datagram_to_another_machine_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as one, pytest.raises(NetworkRefused):
        one.sendto(b"hello", ("192.0.2.1", 9))


@pytest.mark.parametrize("look_up", [lambda host: socket.getaddrinfo(host, 443), socket.gethostbyname])
def test_looking_up_another_machine_is_refused(look_up: "object") -> None:
    assert callable(look_up)
    with pytest.raises(NetworkRefused):
        look_up("www.example.com")


def test_loopback_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as one:
        one.sendall(b"hello")
        accepted, _ = server.accept()
        with accepted:
            assert accepted.recv(5) == b"hello"


def test_a_unix_socket_is_reached() -> None:
    left, right = socket.socketpair()
    with left, right:
        left.sendall(b"hello")
        assert right.recv(5) == b"hello"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", b"localhost", None])
def test_this_machine_is_known_by_all_its_names(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.com", "localhost.example.com", "0.0.0.0", ""])
def test_no_other_machine_passes_for_this_one(host: object) -> None:
    assert not is_local(host)


def test_a_process_that_a_test_starts_is_refused_too() -> None:
    code = "import socket; socket.socket().connect(('192.0.2.1', 9))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "tests reach loopback only" in run.stderr
