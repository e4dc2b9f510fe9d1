"""Google's notification channels for a calendar as the domain's Push port."""

from datetime import UTC, datetime, timedelta

from googleapiclient.errors import HttpError

from adapters.google.client import CalendarApi, Caller
from adapters.google.errors import lost_answer, reason_of
from domain.errors import Broken, NotSignedIn
from domain.push import Subscription, Watch

_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class GoogleChannels:
    """Push over Calendar v3. A channel's id is the watch's name; it cannot be renewed, only replaced by another one."""

    def __init__(self, api: CalendarApi, caller: Caller) -> None:
        self._api = api
        self._caller = caller

    def watch(self, account: str, watch: Watch) -> Subscription:
        """See the port; a calendar that is gone or not shared any more is Broken."""
        body = {
            "id": watch.name,
            "type": "web_hook",
            "address": watch.address,
            "token": watch.token,
            "expiration": str((watch.until - _EPOCH) // _MILLISECOND),
        }
        try:
            answer = self._caller.write(account, self._api.events.watch(calendarId=account, body=body))
        except NotSignedIn as error:
            raise _unwanted(error) from error
        if answer is None:
            raise Broken("Google knows no such calendar to watch.", "Let its owner share it again.")
        return _opened(answer, watch)

    def renew(self, account: str, subscription: Subscription, until: datetime) -> Subscription | None:
        """See the port: always None."""
        return None

    def end(self, account: str, subscription: Subscription) -> None:
        """See the port."""
        body = {"id": subscription.name, "resourceId": subscription.id}
        self._caller.write(account, self._api.channels.stop(body=body))


def _opened(answer: object, watch: Watch) -> Subscription:
    told = answer if isinstance(answer, dict) else {}
    try:
        ends = _EPOCH + int(told["expiration"]) * _MILLISECOND if "expiration" in told else watch.until
        return Subscription(watch.name, str(told["resourceId"]), min(ends, watch.until))
    except (KeyError, ValueError, OverflowError) as error:
        raise lost_answer() from error


def _unwanted(error: NotSignedIn) -> Broken:
    """Google says 401 also of an address that it does not want (reason push.webhookUrlUnauthorized)."""
    cause = error.__cause__
    if isinstance(cause, HttpError) and "webhook" in reason_of(cause).lower():
        return Broken(
            "Google does not want the address in [push] public_url.", "Verify its domain in the Google Cloud project."
        )
    return error
