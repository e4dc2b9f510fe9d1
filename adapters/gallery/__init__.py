"""Writes the demo's mails and a page that shows them, for eyes and mail programs."""
