"""Outlook through Microsoft Graph v1.0: calendars and mailboxes behind the domain's ports."""
