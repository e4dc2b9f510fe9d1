"""Calendars, mailboxes, a clock and ids in memory: a small world that keeps the ports' promises offline."""
