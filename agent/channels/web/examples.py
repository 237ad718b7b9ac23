"""What a person of each role might ask first."""

from __future__ import annotations

from tenants.roles import Role

_BY_ROLE = {
    Role.VIEWER: (
        "What sold best last week?",
        "How much will we sell next week, by day?",
        "Are there any open alerts?",
        "What does our pricing policy say about discounts?",
    ),
    Role.ANALYST: (
        "Optimize discount for product 1 for next week",
        "What should we order?",
        "Why did sales change last week?",
        "Which advice did we follow this month, and what came of it?",
    ),
    Role.MANAGER: (
        "Retrain the model",
        "Is the newest model better than the one in production?",
        "Start a canary rollout with 10% of the forecasts",
        "Optimize discount for product 1 for next week",
    ),
    Role.ADMIN: (
        "Show the audit trail of refused calls",
        "How good is the model right now?",
        "Are there any open alerts?",
        "Show the model history",
    ),
}


def examples_for(role: Role) -> tuple[str, ...]:
    """Return questions that a person of this role may ask."""
    return _BY_ROLE[role]
