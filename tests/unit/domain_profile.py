"""How the properties of the domain are tried: the same examples on every run, and no stop-watch."""

from hypothesis import HealthCheck, settings


def tried(examples: int) -> settings:
    """Return the settings for a property that is tried with that many examples."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
