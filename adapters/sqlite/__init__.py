"""The embedded store: events, ledger, cursors and read models in one SQLite database."""
