"""Both clouds on loopback: one world of mailboxes and calendars behind Graph's,
Google's and Gmail's own HTTP."""
