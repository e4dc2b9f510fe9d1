"""How each outside system is spoken to; each package knows only its own."""
