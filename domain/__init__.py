"""What is true of a mentoring relationship and what follows from it.

Pure values, aggregates, decisions and one plan.
"""
