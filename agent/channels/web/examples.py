"""What a person of each role might ask first."""

from __future__ import annotations

from tenants.roles import Role

_BY_ROLE = {
    Role.VIEWER: (
        "What sold best last week?",
        "How much will we sell next week?",
        "Did anything unusual happen in the last four weeks?",
        "How good is the model right now?",
    ),
    Role.ANALYST: (
        "Optimize discount for product 1 for next week",
        "What if we put product 1 at 15% off next week?",
        "Why did sales change last week?",
        "Forecast revenue by day for next week",
    ),
    Role.MANAGER: (
        "Retrain the model",
        "Promote the newest model",
        "Optimize discount for product 1 for next week",
        "How good is the model right now?",
    ),
    Role.ADMIN: (
        "Show the audit trail of refused calls",
        "Optimize discount for product 1 for next week",
        "How much will we sell next week?",
        "Show the model history",
    ),
}


def examples_for(role: Role) -> tuple[str, ...]:
    """Return questions that a person of this role may ask."""
    return _BY_ROLE[role]
