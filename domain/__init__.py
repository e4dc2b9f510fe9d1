"""What is true of a mentoring relationship and what follows from it: pure values, aggregates, decisions and one plan."""
