"""The sandbox's own interface as its audience uses it, over HTTP.

Queue acts, let time pass, look at the world and the report.
"""

from datetime import datetime
from typing import Any

import httpx


class SandboxRemote:
    """Speaks to a running sandbox; to be closed."""

    def __init__(self, base_url: str) -> None:
        self._client = httpx.Client(base_url=base_url, trust_env=False, timeout=30.0)

    def hand(self, acts: list[dict[str, Any]]) -> None:
        """Queue what the world's people will do."""
        self._post("/hand", acts)

    def faults(self, faults: list[dict[str, Any]]) -> None:
        """Queue what will go wrong."""
        self._post("/faults", faults)

    def advance(self, to: datetime) -> None:
        """Let time pass up to `to`, over every change on the way."""
        answer: dict[str, Any] = {"changed": [""]}
        while answer["changed"]:
            answer = self._post("/clock", {"advance_to": to.isoformat().replace("+00:00", "Z")})

    def now(self) -> datetime:
        """Return the virtual instant."""
        return datetime.fromisoformat(self._get("/clock")["now"])

    def world(self) -> dict[str, Any]:
        """Return every mailbox and calendar."""
        return self._get("/world")

    def report(self) -> dict[str, Any]:
        """Return how many requests were made and checked."""
        return self._get("/report")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _post(self, path: str, body: Any) -> dict[str, Any]:
        response = self._client.post(path, json=body)
        if response.status_code != 200:
            raise ValueError(f"the sandbox refused {path}: {response.text}")
        answer: dict[str, Any] = response.json()
        return answer

    def _get(self, path: str) -> dict[str, Any]:
        answer: dict[str, Any] = self._client.get(path).raise_for_status().json()
        return answer
