"""Listens for providers' hints in a thread of its own: few connections, each short, small, and answered once."""

import asyncio
from collections import Counter
from threading import Event, Thread
from types import TracebackType

import structlog

from adapters.webhook.answers import Answer, answer
from adapters.webhook.conversation import Conversation
from adapters.webhook.hints import HintQueue
from adapters.webhook.tokens import Tokens
from domain.errors import Misconfigured

log = structlog.get_logger()
PATIENCE_SECONDS = 5.0
MOST_CONNECTIONS = 64
TELL_SECONDS = 60.0
_CHUNK = 8 * 1024


class Listener:
    """Serves as long as its block lasts. It speaks plain HTTP: beyond this machine it belongs behind a TLS proxy.

    `port` 0 takes a free one, which `port` then names. `counts` says how many requests ended how; nothing else of them
    is kept or logged. Misconfigured when the address cannot be listened on.
    """

    def __init__(self, host: str, port: int, prefix: str, tokens: Tokens, queue: HintQueue) -> None:
        self.port = port
        self.counts: Counter[str] = Counter()
        self._host, self._prefix, self._tokens, self._queue = host, prefix, tokens, queue
        self._open = 0
        self._told = 0.0
        self._bound = Event()
        self._refused: OSError | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._thread = Thread(target=lambda: asyncio.run(self._listen()), name="push", daemon=True)

    def __enter__(self) -> "Listener":
        """Start to listen; from now on requests are answered, whatever this thread does."""
        self._thread.start()
        self._bound.wait()
        if self._refused is not None:
            self._thread.join()
            raise Misconfigured(
                f"The daemon cannot listen on {self._host} port {self.port}.",
                "Free that port, or give another address in [push] listen.",
            ) from self._refused
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop at once; what is half read is let go."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _listen(self) -> None:
        try:
            server = await asyncio.start_server(self._connection, self._host, self.port)
        except OSError as error:
            self._refused = error
            self._bound.set()
            return
        self._loop = asyncio.get_running_loop()
        self.port = server.sockets[0].getsockname()[1]
        self._bound.set()
        try:
            await self._stop.wait()
        finally:
            server.close()
            self._tell()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._open >= MOST_CONNECTIONS:
            self.counts["turned away"] += 1
            writer.transport.abort()
            return
        self._open += 1
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                self.counts[await self._exchange(reader, writer)] += 1
        except (TimeoutError, asyncio.CancelledError):
            # Cancelled only when the listener ends: this is the task's last step, so nobody waits for the cancellation.
            self.counts["slow"] += 1
            writer.transport.abort()
        except OSError:
            self.counts["broken off"] += 1
        finally:
            self._open -= 1
            writer.close()
            self._tell_now_and_then()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
        """Read one request, answer it, and return in a word what became of it."""
        conversation = Conversation()
        heard = None
        while heard is None:
            heard = conversation.hear(await reader.read(_CHUNK))
            if heard is None and conversation.ended:
                return "broken off"
        said = heard if isinstance(heard, Answer) else answer(heard, self._prefix, self._tokens)
        # Before the answer: what was answered is not lost any more, unless the daemon dies, and then polls find it.
        self._queue.put(said.hints)
        writer.write(conversation.say(said))
        await writer.drain()
        return _word(said)

    def _tell_now_and_then(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._told >= TELL_SECONDS:
            self._told = now
            self._tell()

    def _tell(self) -> None:
        if self.counts:
            log.info("push.received", counts=dict(sorted(self.counts.items())))


def _word(said: Answer) -> str:
    if said.status == 202:
        return "believed" if said.hints else "ignored"
    return "validated" if said.status == 200 else f"refused {said.status}"
