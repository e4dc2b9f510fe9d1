"""How a mentor is asked: how long she has to answer, who is asked when she does not take it on, and why she said no."""

from dataclasses import dataclass
from datetime import timedelta

from domain.charter import Role
from domain.personal import Personal

ANSWER_DAYS = 14
SHORT = timedelta(days=7)
"""Within a week one reminder is enough."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is known of the request beside its words.

    `fallback` is the id of the second mentor whom the mentee named, "" for none, and `fallback_why` why she is the one
    (None: the same words). `turned_to` says that the fallback was asked, or could not be (then `refused` says why).
    `reason` are the words that came with a no. `unanswered` says that the mentor did not answer in time; `against` is
    who said no to the first charter, None where that did not happen.
    """

    answer_days: int = ANSWER_DAYS
    fallback: str = ""
    fallback_why: Personal | None = None
    turned_to: bool = False
    refused: str = ""
    reason: Personal | None = None
    unanswered: bool = False
    against: Role | None = None

    @property
    def time(self) -> timedelta:
        """How long whoever is asked has to answer."""
        return timedelta(days=self.answer_days)

    @property
    def reminders(self) -> tuple[timedelta, ...]:
        """When reminders are due, reckoned from the question: in the middle, and the last when a seventh is left."""
        return (self.time / 2,) if self.time < SHORT else (self.time / 2, self.time * 6 / 7)
