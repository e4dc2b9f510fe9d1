"""Outlook's mailboxes as the domain's Mailbox port."""

from base64 import b64encode
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation

from adapters.graph.client import GraphClient
from adapters.graph.errors import Gone
from adapters.graph.pages import Round, whole_list, whole_round
from adapters.graph.times import utc_text
from adapters.graph.translate import Item, is_removed, merged
from domain.errors import Broken, Doubtful, MentorsyncError
from domain.mail import Arrivals, Draft, Sent

LARGEST = 25 * 1024 * 1024
_PAGE = 200
# A fresh cursor looks back a little, so that nothing is lost between two clocks that differ.
_MARGIN = timedelta(days=1)
_LETTER = ["id", "internetMessageId", "conversationId", "isDraft"]


class GraphMailbox:
    """Mailbox over Microsoft Graph; ids are immutable, so a draft keeps its id when it has become the sent
    copy.
    """

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    def arrivals(self, account: str, cursor: str | None) -> Arrivals:
        """See the port; the cursor is Graph's delta link."""
        if cursor is None:
            return Arrivals((), self._since(account, self._client.now() - _MARGIN).link)
        builder = self._delta(account)
        found = whole_round(self._client, builder, self._client.following(builder, cursor), _PAGE)
        return _arrivals(found)

    def recent(self, account: str, since: datetime) -> Arrivals:
        """See the port; Graph gives at most 5,000 messages this way."""
        return _arrivals(self._since(account, since))

    def raw(self, account: str, message_id: str) -> bytes | None:
        """See the port; a longer message is cut at 25 MB."""
        builder = self._messages(account).by_message_id(message_id).content
        try:
            return self._client.content(self._client.asking(builder))[:LARGEST]
        except Gone:
            return None

    def draft(self, account: str, mime: bytes, conversation: str) -> Draft:
        """See the port; Outlook finds the conversation itself, by the References of the mail."""
        builder = self._messages(account)
        info = RequestInformation(Method.POST, builder.url_template, builder.path_parameters)
        info.headers.try_add("Accept", "application/json")
        info.set_stream_content(b64encode(mime), "text/plain")
        return replace(_draft(self._client.json(info)), fresh=True)

    def send(self, account: str, draft: Draft) -> Sent:
        """See the port; looks first, so that a draft that left already does not leave twice.

        One that was stored just now is looked at only when Outlook does not take it.
        """
        if draft.fresh:
            with suppress(Broken):
                return self._send(account, draft, _unsent(draft))
        item = self._letter(account, draft)
        if item is None:
            raise _vanished()
        return self._send(account, draft, item) if item.get("isDraft") else _sent(item)

    def _send(self, account: str, draft: Draft, item: Item) -> Sent:
        builder = self._messages(account).by_message_id(draft.draft_id)
        try:
            # 202, with Retry-After or without, means that it was handed over.
            self._client.content(builder.send.to_post_request_information())
        except Gone as error:
            raise _vanished() from error
        return _sent(self._left(account, draft) or item)

    def find(self, account: str, message_id: str, draft: Draft | None) -> Draft | Sent | None:
        """See the port; asks for the draft by its immutable id, then for any copy under the message id."""
        item = None if draft is None else self._letter(account, draft)
        items = [item] if item is not None else self._copies(account, message_id)
        left = [one for one in items if not one.get("isDraft")]
        if left:
            return _sent(left[0])
        return _draft(items[0]) if items else None

    def _messages(self, account: str) -> Any:
        return self._client.user(account).messages

    def _delta(self, account: str) -> Any:
        return self._client.user(account).mail_folders.by_mail_folder_id("inbox").messages.delta

    def _since(self, account: str, since: datetime) -> Round:
        builder = self._delta(account)
        info = self._client.asking(
            builder,
            select=["id", "receivedDateTime"],
            filter=f"receivedDateTime ge {utc_text(since)}",
        )
        return whole_round(self._client, builder, info, _PAGE)

    def _letter(self, account: str, draft: Draft) -> Item | None:
        builder = self._messages(account).by_message_id(draft.draft_id)
        try:
            return self._client.json(self._client.asking(builder, select=_LETTER))
        except Gone:
            return None

    def _left(self, account: str, draft: Draft) -> Item | None:
        """Return the sent copy, which alone tells under which message id the mail left, or None when it is late."""
        try:
            item = self._letter(account, draft)
        except MentorsyncError:
            return None
        return None if item is None or item.get("isDraft") else item

    def _copies(self, account: str, message_id: str) -> Sequence[Item]:
        quoted = message_id.replace("'", "''")
        builder = self._messages(account)
        info = self._client.asking(builder, filter=f"internetMessageId eq '{quoted}'", select=_LETTER)
        found = whole_list(self._client, builder, info)
        return sorted(found, key=lambda item: str(item["id"]))


def _arrivals(found: Round) -> Arrivals:
    present = [item for item in merged(found.items).values() if not is_removed(item)]
    present.sort(key=lambda item: (item.get("receivedDateTime") or "", item["id"]))
    return Arrivals(tuple(item["id"] for item in present), found.link)


def _draft(item: Item) -> Draft:
    return Draft(item["id"], item.get("conversationId") or "")


def _unsent(draft: Draft) -> Item:
    return {"id": draft.draft_id, "conversationId": draft.conversation, "isDraft": True}


def _sent(item: Item) -> Sent:
    return Sent(item.get("internetMessageId") or "", item.get("conversationId") or "", item["id"])


def _vanished() -> Doubtful:
    return Doubtful("The draft is gone: it may have left already.", "Nothing to do: it is looked up.")
