"""Files that the sandbox's people attach to their mails, as each cloud writes them into the mail."""

import base64
import binascii
import email.utils
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from adapters.sandbox.records import Account, Json


@dataclass(frozen=True, slots=True)
class HandFile:
    """A file by its name, what it is said to be, and its bytes."""

    name: str
    kind: str
    content: bytes


def files_in(order: Json) -> list[HandFile]:
    """The field `files` of an act: a list of objects with `name`, `content` in base64 and perhaps `type`; ValueError
    for what is none.
    """
    items = order.get("files", [])
    if not isinstance(items, list):
        raise ValueError("The field 'files' is a list.")
    return [_file(item) for item in items]


def _file(item: object) -> HandFile:
    if not isinstance(item, dict) or not {"name", "content"} <= set(item) <= {"name", "content", "type"}:
        raise ValueError("A file is an object with 'name', 'content' in base64 and perhaps 'type'.")
    try:
        content = base64.b64decode(str(item["content"]), validate=True)
    except binascii.Error:
        raise ValueError("The content of a file is base64.") from None
    kind = str(item.get("type", "application/octet-stream"))
    if kind.count("/") != 1:
        raise ValueError(f"There is no type {kind!r}.")
    return HandFile(str(item["name"]), kind, content)


def attach(account: Account, message: EmailMessage, files: list[HandFile], mark: str, now: datetime) -> None:
    """Attach files to a mail that has its text; `mark` is unlike that of any other mail of the world."""
    for number, file in enumerate(files):
        main, _, sub = file.kind.partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
        part = list(message.iter_attachments())[-1]
        part.set_param("name", file.name)
        if account.provider == "google":
            key = f"f_{account.stamp}{number}"
            part["Content-ID"], part["X-Attachment-Id"] = f"<{key}>", key
        else:
            part["Content-Description"] = file.name
            part.set_param("size", str(len(file.content)), "Content-Disposition")
            for name in ("creation-date", "modification-date"):
                part.set_param(name, email.utils.format_datetime(now, usegmt=True), "Content-Disposition")
    if files:
        message.set_boundary(f"{mark}-files")
