"""One HTTP/1.1 exchange as bytes in and bytes out: reads one request within limits and writes one answer."""

import h11

from adapters.webhook.answers import Answer, Request

LONGEST_HEAD = 16 * 1024
LONGEST_BODY = 64 * 1024
TOO_LARGE = Answer(413)

# Whoever opens the address in a browser gets plain text that can do nothing, and no copy of it is kept.
_HEADERS = (
    ("Content-Type", "text/plain; charset=utf-8"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; sandbox"),
    ("Cache-Control", "no-store"),
    ("Connection", "close"),
)


class Conversation:
    """Give `hear` what arrives until that is a request or a refusal, or `ended` says that nothing follows; then `say`
    the answer.
    """

    def __init__(self) -> None:
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=LONGEST_HEAD)
        self._head: h11.Request | None = None
        self._body = bytearray()
        self.ended = False

    def hear(self, arrived: bytes) -> Request | Answer | None:
        """Return the request when it is whole, how to refuse it, or None for not yet; empty bytes are the end."""
        try:
            self._http.receive_data(arrived)
            while True:
                event = self._http.next_event()
                if event is h11.NEED_DATA or event is h11.PAUSED:
                    return None
                if isinstance(event, h11.ConnectionClosed):
                    self.ended = True
                    return None
                found = self._taken(event)
                if found is not None:
                    return found
        except h11.RemoteProtocolError as error:
            return Answer(error.error_status_hint)

    def say(self, answer: Answer) -> bytes:
        """Return the answer's bytes; it is the last on this connection."""
        text = answer.text.encode()
        headers = [*_HEADERS, ("Content-Length", str(len(text))), *([("Allow", answer.allow)] if answer.allow else [])]
        events = (h11.Response(status_code=answer.status, headers=headers), h11.Data(text), h11.EndOfMessage())
        return b"".join(self._http.send(event) or b"" for event in events)

    def _taken(self, event: object) -> Request | Answer | None:
        if isinstance(event, h11.Request):
            self._head = event
            announced = next((value for name, value in event.headers if name == b"content-length"), b"0")
            # Said before the first byte of the body is read.
            return TOO_LARGE if int(announced) > LONGEST_BODY else None
        if isinstance(event, h11.Data):
            self._body += event.data
            return TOO_LARGE if len(self._body) > LONGEST_BODY else None
        return self._whole() if isinstance(event, h11.EndOfMessage) else None

    def _whole(self) -> Request | None:
        if self._head is None:
            return None
        headers = {name.decode("ascii"): value.decode("latin-1") for name, value in self._head.headers}
        method, target = self._head.method.decode("ascii"), self._head.target.decode("ascii")
        return Request(method, target, headers, bytes(self._body))
