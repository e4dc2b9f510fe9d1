"""Mails that belong to no relationship: looked up, drafted, noted and sent as all mail is, and never resent blindly."""

import json
from collections.abc import Callable

from domain.ledger import Claim, Settlement, WorkState
from domain.mail import Draft, Sent
from service.house import House
from service.posting import message_id_of, seek_again
from service.telling import Told

UNWANTED = "no longer wanted"


def drop(house: House, claim: Claim) -> Told:
    """Settle a claimed mail that nobody wants any more."""
    house.ledger.settle(Settlement(claim.work.key, claim.token, WorkState.DROPPED, reason=UNWANTED), house.now())
    return Told("dropped", UNWANTED)


def sent(house: House, claim: Claim, compose: Callable[[str], bytes]) -> bool:
    """Send a claimed mail unless it left before, and return whether it is known to have left.

    `compose` makes the mail under the message id that it is given.
    """
    address, name = house.identity.address, message_id_of(house, claim.work.key)
    draft = Draft(*json.loads(claim.receipt)) if claim.receipt else None
    if claim.attempts > 1 or draft is not None:
        found = house.mailbox.find(address, name, draft)
        if isinstance(found, Sent):
            return True
        if found is None and draft is not None:
            seek_again(claim)
            return False
        draft = found
    if draft is None:
        draft = house.mailbox.draft(address, compose(name), "")
        house.ledger.note(claim, json.dumps([draft.draft_id, draft.conversation]))
    house.mailbox.send(address, draft)
    return True
