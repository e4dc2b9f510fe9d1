"""Gmail behind the port `Mailbox`."""

import base64
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from adapters.google.client import Caller, GmailApi
from adapters.google.errors import lost_answer
from domain.errors import CursorExpired, Doubtful, MentorsyncError
from domain.mail import Arrivals, Draft, Sent

OWN_ID = "X-Mentorsync-Id"
"""The header in which our composer repeats its Message-ID, because Gmail puts another one in its place on sending."""

LARGEST = 25 * 1024 * 1024
_HEADERS = ["Message-ID", OWN_ID]
# How far back a mail is looked for whose draft is not known: it is one that was composed a moment ago.
_RECENTLY_SENT = 20


class GoogleMailbox:
    """Keeps the promises of `Mailbox`."""

    def __init__(self, api: GmailApi, caller: Caller) -> None:
        self._api = api
        self._caller = caller

    def arrivals(self, account: str, cursor: str | None) -> Arrivals:
        """Return what the history says was added to the inbox; history ids are kept for about a week."""
        if cursor is None:
            return Arrivals((), self._now(account))
        found: dict[str, None] = {}
        for page in self._history(account, cursor):
            cursor = str(page.get("historyId", cursor))
            # A page may come without any history although more pages follow.
            for record in page.get("history", []):
                found.update({str(item["message"]["id"]): None for item in record.get("messagesAdded", [])})
        return Arrivals(tuple(found), cursor)

    def _history(self, account: str, cursor: str) -> Iterator[Any]:
        history = self._api.history
        request = history.list(userId=account, startHistoryId=cursor, historyTypes=["messageAdded"], labelId="INBOX")
        while request is not None:
            page = self._caller.ask_for(account, request)
            if page is None:
                raise CursorExpired("Gmail forgot the cursor.", "A full read follows by itself.")
            yield page
            request = history.list_next(request, page)

    def recent(self, account: str, since: datetime) -> Arrivals:
        """Search the inbox; the cursor is taken first, so that nothing falls between the two."""
        cursor = self._now(account)
        messages = self._api.messages
        query = f"in:inbox after:{int(since.timestamp()) - 1}"
        pages = self._caller.pages(account, messages.list(userId=account, q=query), messages.list_next)
        newest_first = [str(item["id"]) for page in pages for item in page.get("messages", [])]
        return Arrivals(tuple(reversed(newest_first)), cursor)

    def _now(self, account: str) -> str:
        return str(self._caller.ask(account, self._api.users.getProfile(userId=account))["historyId"])

    def raw(self, account: str, message_id: str) -> bytes | None:
        """Return the mail's bytes, at most 25 MB of them."""
        request = self._api.messages.get(userId=account, id=message_id, format="raw")
        found = self._caller.ask_for(account, request)
        return _decoded(str(found["raw"]))[:LARGEST] if found is not None else None

    def draft(self, account: str, mime: bytes, conversation: str) -> Draft:
        """Create the draft inside the conversation, or outside when Gmail knows the conversation no more."""
        made = self._create(account, mime, conversation)
        if made is None and conversation:
            made = self._create(account, mime, "")
        if made is None:
            raise lost_answer()
        return Draft(str(made["id"]), str(made["message"]["threadId"]))

    def _create(self, account: str, mime: bytes, conversation: str) -> Any:
        message = {"raw": base64.urlsafe_b64encode(mime).decode()}
        if conversation:
            message["threadId"] = conversation
        request = self._api.drafts.create(userId=account, body={"message": message})
        return self._caller.write(account, request)

    def send(self, account: str, draft: Draft) -> Sent:
        """Send the draft and read which Message-ID left, for Gmail replaces ours."""
        request = self._api.drafts.send(userId=account, body={"id": draft.draft_id})
        left = self._caller.write(account, request)
        if left is None:
            raise Doubtful("The draft is gone.", "Nothing to do: it is looked up before anything else is tried.")
        try:
            found = self._message(account, str(left["id"]))
        except MentorsyncError as error:
            # The mail has left, so "nothing was done" would be untrue.
            raise lost_answer() from error
        if found is None:
            raise lost_answer()
        return Sent(_header(found, "Message-ID"), str(found["threadId"]))

    def find(self, account: str, message_id: str, draft: Draft | None) -> Draft | Sent | None:
        """Look for the draft, then in its conversation, then among what was sent lately."""
        if draft is None:
            return self._find_draft(account, message_id) or self._find_sent(account, message_id)
        request = self._api.drafts.get(userId=account, id=draft.draft_id, format="metadata")
        found = self._caller.ask_for(account, request)
        if found is not None:
            return Draft(draft.draft_id, str(found["message"]["threadId"]))
        return self._find_in_conversation(account, message_id, draft.conversation)

    def _find_in_conversation(self, account: str, message_id: str, conversation: str) -> Sent | None:
        if not conversation:
            return self._find_sent(account, message_id)
        request = self._api.threads.get(userId=account, id=conversation, format="metadata", metadataHeaders=_HEADERS)
        thread = self._caller.ask_for(account, request)
        messages = thread.get("messages", []) if thread is not None else []
        return next((_sent(item) for item in messages if _is_ours(item, message_id) and _has_left(item)), None)

    def _find_draft(self, account: str, message_id: str) -> Draft | None:
        drafts = self._api.drafts
        for page in self._caller.pages(account, drafts.list(userId=account, maxResults=100), drafts.list_next):
            for item in page.get("drafts", []):
                request = drafts.get(userId=account, id=item["id"], format="metadata")
                found = self._caller.ask_for(account, request)
                if found is not None and _is_ours(found["message"], message_id):
                    return Draft(str(item["id"]), str(found["message"]["threadId"]))
        return None

    def _find_sent(self, account: str, message_id: str) -> Sent | None:
        by_id = f"rfc822msgid:{message_id.strip('<>')}"
        for narrow in ({"q": by_id}, {}):
            request = self._api.messages.list(userId=account, labelIds=["SENT"], maxResults=_RECENTLY_SENT, **narrow)
            for item in self._caller.ask(account, request).get("messages", []):
                found = self._message(account, str(item["id"]))
                if found is not None and _is_ours(found, message_id) and _has_left(found):
                    return _sent(found)
        return None

    def _message(self, account: str, id: str) -> Any:
        request = self._api.messages.get(userId=account, id=id, format="metadata", metadataHeaders=_HEADERS)
        return self._caller.ask_for(account, request)


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _header(message: Any, name: str) -> str:
    headers = message.get("payload", {}).get("headers", [])
    found = (item["value"] for item in headers if item["name"].lower() == name.lower())
    return str(next(found, ""))


def _is_ours(message: Any, message_id: str) -> bool:
    return message_id in (_header(message, OWN_ID), _header(message, "Message-ID"))


def _has_left(message: Any) -> bool:
    return "SENT" in message.get("labelIds", [])


def _sent(message: Any) -> Sent:
    return Sent(_header(message, "Message-ID"), str(message["threadId"]), str(message["id"]))
