"""The sandbox as a server on loopback: in a thread beside its client, or as a process of its own."""

import asyncio
import json
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from adapters.sandbox.app import Cloud
from adapters.sandbox.client_files import write_client_files
from adapters.sandbox.hand import queue_acts
from adapters.sandbox.people import settle
from adapters.sandbox.records import Json
from adapters.sandbox.wire import zulu
from adapters.sandbox.world import World

START = datetime(2027, 2, 22, 8, 0, tzinfo=UTC)
"""When a fresh world begins: a Monday before the American, European and Australian clock changes."""


class SandboxServer:
    """Serves one world on 127.0.0.1 in a background thread between `start()` and `stop()`."""

    def __init__(self, world: World, port: int = 0) -> None:
        self.world = world
        self._connections: dict[Any, asyncio.Transport] = {}
        self._cloud = Cloud(world, self._hang_up)
        self._socket = socket.create_server(("127.0.0.1", port))
        self._config = self._configured()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready, self._stopping = threading.Event(), asyncio.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="sandbox", daemon=True)
        self._cloud.base_url = self.base_url

    @property
    def base_url(self) -> str:
        """Scheme, host and port; the clouds lie below it."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def _configured(self) -> uvicorn.Config:
        return uvicorn.Config(
            self._cloud.app(),
            http=self._protocol(),
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=600,
            timeout_graceful_shutdown=1,
        )

    def _protocol(self) -> type[asyncio.Protocol]:
        connections = self._connections

        class Tracked(H11Protocol):
            """Keeps each connection's transport, so that a fault can close it without an answer."""

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                # A listening socket of protocol 0 keeps asyncio from switching off Nagle's delay: 40 ms each.
                transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connections[transport.get_extra_info("peername")] = transport
                super().connection_made(transport)

            def connection_lost(self, exc: Exception | None) -> None:
                connections.pop(self.client, None)
                super().connection_lost(exc)

        return cast("type[asyncio.Protocol]", Tracked)

    def _hang_up(self, client: Any) -> None:
        transport = self._connections.get(tuple(client))
        if transport is not None:
            transport.close()

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._config.load()
        server = uvicorn.Server(self._config)
        server.lifespan = self._config.lifespan_class(self._config)
        await server.startup(sockets=[self._socket])
        self._ready.set()
        # uvicorn's own loop and its shutdown wait in steps of a tenth of a second, which tests would feel.
        await self._stopping.wait()
        await self._close(server)

    async def _close(self, server: uvicorn.Server) -> None:
        for listening in server.servers:
            listening.close()
        for transport in list(self._connections.values()):
            transport.abort()
        while self._connections or server.server_state.tasks:
            await asyncio.sleep(0.001)

    def start(self) -> "SandboxServer":
        """Begin to serve; returns when the first request can come."""
        self._thread.start()
        self._ready.wait()
        return self

    def stop(self) -> None:
        """Stop serving and close every socket."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
        self._socket.close()

    def __enter__(self) -> "SandboxServer":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def _to_stdout(line: str) -> None:
    """Print at once: whoever started the sandbox waits for this line, mostly through a pipe."""
    print(line, flush=True)


def serve(
    port: int,
    seed: int,
    people: str,
    until: datetime | None,
    out: Path,
    acts: Sequence[Json] = (),
    start: datetime = START,
    service_provider: str = "microsoft",
    announce: Callable[[str], None] = _to_stdout,
) -> None:
    """Serve a world until SIGTERM or SIGINT, in which `acts` are queued from the beginning;
    writes the client's files into `out` and announces one JSON line."""
    world = World(start, until, seed)
    settle(world, people)
    queue_acts(world, list(acts))
    stopped = threading.Event()

    def stop(_: int, __: FrameType | None) -> None:
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        with SandboxServer(world, port) as server:
            config = write_client_files(server.base_url, world, out, service_provider)
            announce(json.dumps(_ready(world, server, config)))
            stopped.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ready(world: World, server: SandboxServer, config: Path) -> dict[str, Any]:
    people = [
        {"address": a.address, "provider": a.provider, "name": a.name, "zone": a.zone} for a in world.accounts.values()
    ]
    return {
        "ready": True,
        "port": int(server.base_url.rpartition(":")[2]),
        "base_url": server.base_url,
        "config": str(config),
        "now": zulu(world.now),
        "until": zulu(world.until) if world.until else None,
        "people": people,
    }
