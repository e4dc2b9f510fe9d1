"""Outlook's subscriptions to a calendar's changes as the domain's Push port."""

import json
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
from msgraph.generated.models.subscription import Subscription as GraphSubscription

from adapters.graph.client import GraphClient
from domain.errors import Broken, Doubtful, TryLater
from domain.push import Subscription, Watch

LIFECYCLE = "/lifecycle"
# Documented are 4,230 minutes for events, others have seen 10,070; asking for exactly the most is refused.
_LONGEST = timedelta(minutes=4200)
_MARGIN = timedelta(minutes=5)
_LIMIT = re.compile(r"(\d{2,6}) minutes", re.ASCII)
_NOTHING_TO_DO = "Nothing to do: it is tried again, and calendars are polled meanwhile."


class GraphSubscriptions:
    """Push over Microsoft Graph: hints go to the watch's address, those about the subscription itself to the path
    `/lifecycle` below it. While one is made or renewed, Graph asks both whether they are ours.
    """

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    def watch(self, account: str, watch: Watch) -> Subscription:
        """See the port; when Graph allows less time than was asked for, it is asked once more for that."""
        until = min(watch.until, self._client.now() + _LONGEST)
        answer = self._created(account, watch, until)
        allowed = _allowed(answer)
        if allowed is not None and self._client.now() + allowed < until:
            until = self._client.now() + allowed
            answer = self._created(account, watch, until)
        if not answer.is_success:
            raise self._refused(answer)
        return _kept(answer, watch.name, until)

    def renew(self, account: str, subscription: Subscription, until: datetime) -> Subscription | None:
        """See the port; also the answer to a wish of Graph's to be authorised anew."""
        until = min(until, self._client.now() + _LONGEST)
        answer = self._prolonged(subscription, until)
        allowed = _allowed(answer)
        if allowed is not None and self._client.now() + allowed < until:
            until = self._client.now() + allowed
            answer = self._prolonged(subscription, until)
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        if not answer.is_success:
            raise self._refused(answer)
        return _kept(answer, subscription.name, until)

    def end(self, account: str, subscription: Subscription) -> None:
        """See the port."""
        answer = self._client.answer(self._one(subscription).to_delete_request_information())
        if not answer.is_success and answer.status_code != httpx.codes.NOT_FOUND:
            raise self._client.refusal(answer)

    def _created(self, account: str, watch: Watch, until: datetime) -> httpx.Response:
        body = GraphSubscription(
            change_type="created,updated,deleted",
            notification_url=watch.address,
            lifecycle_notification_url=watch.address + LIFECYCLE,
            resource=f"/users/{quote(account, safe='@+')}/events",
            expiration_date_time=until,
            client_state=watch.token,
        )
        return self._client.answer(self._client.subscriptions.to_post_request_information(body))

    def _prolonged(self, subscription: Subscription, until: datetime) -> httpx.Response:
        body = GraphSubscription(expiration_date_time=until)
        return self._client.answer(self._one(subscription).to_patch_request_information(body))

    def _one(self, subscription: Subscription) -> Any:
        return self._client.subscriptions.by_subscription_id(subscription.id)

    def _refused(self, answer: httpx.Response) -> Exception:
        error = self._client.refusal(answer)
        if type(error) is Broken and "validation request" in _message(answer).lower():
            # The proxy before our listener may be restarting, so this is not for good.
            return TryLater("Microsoft cannot reach the address in [push] public_url.", _NOTHING_TO_DO)
        return error


def _allowed(answer: httpx.Response) -> timedelta | None:
    """Return how far in the future an end may lie, when that is why Graph refused."""
    if answer.status_code != httpx.codes.BAD_REQUEST:
        return None
    found = _LIMIT.search(_message(answer))
    return None if found is None else max(timedelta(minutes=int(found[1])) - _MARGIN, timedelta(minutes=1))


def _message(answer: httpx.Response) -> str:
    """Return Graph's own sentence, to be looked into and never shown."""
    try:
        message = json.loads(answer.content)["error"]["message"]
    except (ValueError, TypeError, KeyError):
        return ""
    return message if isinstance(message, str) else ""


def _kept(answer: httpx.Response, name: str, until: datetime) -> Subscription:
    try:
        told = json.loads(answer.content)
        ends = datetime.fromisoformat(told["expirationDateTime"])
        return Subscription(name, str(told["id"]), min(ends, until))
    except (ValueError, TypeError, KeyError) as error:
        raise Doubtful("Microsoft's answer to a subscription is not complete.", _NOTHING_TO_DO) from error
