"""Notices work that never ends: while the clock stands, a row that comes back again and again is an error of ours."""

from datetime import datetime

from domain.ledger import Claim

CLAIMS_FOR_ONE_SUBJECT = 50


class LoopGuard:
    """Counts how often each row was claimed at one instant.

    A calendar that many share is read for each of them, so a row may come back so often for every subject that had work
    at that instant. A loop goes round among few of them, and comes to that number however many others there are.
    """

    def __init__(self) -> None:
        self._instant: datetime | None = None
        self._claims: dict[str, int] = {}
        self._subjects: set[str] = set()

    def passed(self, claim: Claim, now: datetime) -> None:
        """Count one claim; raises RuntimeError for one too many, because the daemon would work on it for ever."""
        if now != self._instant:
            self._instant, self._claims, self._subjects = now, {}, set()
        self._subjects.add(claim.work.subject)
        count = self._claims[claim.work.key] = self._claims.get(claim.work.key, 0) + 1
        if count > CLAIMS_FOR_ONE_SUBJECT * len(self._subjects):
            raise RuntimeError(
                f"{claim.work.kind} of {claim.work.subject} was claimed {count} times at {now.isoformat()}"
            )
