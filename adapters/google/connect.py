"""Puts the parts of the Google adapter together."""

from adapters.google.access import CALENDAR_SCOPES, MAIL_SCOPES, TIMES_SCOPES, GoogleAccess, Signer
from adapters.google.calendar import GoogleCalendar
from adapters.google.channels import GoogleChannels
from adapters.google.client import Caller, calendar_api, gmail_api
from adapters.google.mailbox import GoogleMailbox
from adapters.transport import Transport
from domain.ports import Clock


def google_calendar(access: GoogleAccess, transport: Transport, clock: Clock) -> GoogleCalendar:
    """Return the calendars of all accounts that the secret opens; Misconfigured when it is not usable."""
    signer = Signer(access, CALENDAR_SCOPES, transport, clock)

    def times_only() -> Caller:
        return Caller(transport, Signer(access, TIMES_SCOPES, transport, clock), clock)

    return GoogleCalendar(calendar_api(transport, access.root_url), Caller(transport, signer, clock), times_only)


def google_mailbox(access: GoogleAccess, transport: Transport, clock: Clock) -> GoogleMailbox:
    """Return the mailboxes of all accounts that the secret opens; only the service's own is ever used."""
    signer = Signer(access, MAIL_SCOPES, transport, clock)
    return GoogleMailbox(gmail_api(transport, access.root_url), Caller(transport, signer, clock))


def google_channels(access: GoogleAccess, transport: Transport, clock: Clock) -> GoogleChannels:
    """Return the notification channels of the calendars of all accounts that the secret opens."""
    signer = Signer(access, CALENDAR_SCOPES, transport, clock)
    return GoogleChannels(calendar_api(transport, access.root_url), Caller(transport, signer, clock))
