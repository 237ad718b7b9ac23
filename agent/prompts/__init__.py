"""What a language model is told before a conversation; it holds no secret and grants nothing."""

from functools import lru_cache
from importlib.resources import files

from agent.planner.context import PlannerContext
from tenants.tenant import Tenant

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def system_prompt(tenant: Tenant, context: PlannerContext) -> str:
    """Return the prompt for one tenant and day."""
    cutoff = context.vocabulary.cutoff
    return _template().format(
        title=(tenant.title or tenant.name)[:80],
        today=context.today.isoformat(),
        weekday=_DAYS[context.today.weekday()],
        cutoff=cutoff.isoformat() if cutoff else "no day yet",
        currency=tenant.currency,
        week_starts=_DAYS[context.week_starts],
    )


@lru_cache(maxsize=1)
def _template() -> str:
    return files(__name__).joinpath("system.md").read_text(encoding="utf-8")
