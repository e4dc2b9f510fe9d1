"""Charters to begin with: sets of terms that suit a way of mentoring; whatever is given besides takes their place."""

from collections.abc import Mapping
from typing import Any

from domain.errors import BadInput

TEMPLATES: Mapping[str, Mapping[str, Any]] = {
    "monthly": {"cadence_days": 30, "rhythm": "monthly-weekday", "slack_days": 7, "minutes": 45},
    "intensive": {"cadence_days": 14, "minutes": 30, "shortest_minutes": 15, "conflict": "shorten"},
    "light": {"cadence_days": 60, "rhythm": "monthly-weekday", "slack_days": 14, "minutes": 45, "conflict": "skip"},
}
"""Terms by the names of `Ask`: once a month; short and often, for something that presses; every second month."""


def with_template(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the terms of a template with those that were given in their place; "" is no template.

    Raises BadInput for a name that there is not.
    """
    if name and name not in TEMPLATES:
        raise BadInput(f"There is no charter called '{name}'.", f"Give one of these: {', '.join(TEMPLATES)}.")
    return {**TEMPLATES.get(name, {}), **given}
