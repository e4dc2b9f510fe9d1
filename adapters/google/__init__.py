"""Google Calendar and Gmail behind the ports `Calendar` and `Mailbox`."""
