"""Approval cards: rendered from the action itself, never from words of a model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from agent.channels.steps import step_title
from agent.channels.web.harmless import code, literal
from agent.planner.wording import say
from agent.planner.wording.style import Style
from tenants.principal import Principal
from tools.approvals import Approval
from tools.gateway import ToolGateway
from tools.outcomes import Denied, Failed


@dataclass(frozen=True, slots=True)
class Card:
    """An approval as the page shows it.

    Attributes:
        decidable: Whether this person may approve it, or only deny or wait.
    """

    id: str
    text: str
    decidable: bool


def cards_for(waiting: Iterable[Approval], principal: Principal, now: datetime) -> list[Card]:
    """Return the cards of what waits, as one person sees them, the newest request first."""
    newest = sorted(waiting, key=lambda one: one.expires_at, reverse=True)
    return [_card(approval, principal, now) for approval in newest]


def decide(
    gateway: ToolGateway, approval: str, principal: Principal, style: Style, *, approve: bool
) -> str:
    """Approve, which runs the call at once, or deny; return in words what came of it."""
    done = gateway.decide(approval, principal, approve=approve)
    if isinstance(done, Failed):
        return done.message
    if isinstance(done, Denied):
        return f"{approval} is denied; nothing was changed."
    return say(done.tool, done.result.model_dump(mode="json"), style)


def _card(approval: Approval, principal: Principal, now: datetime) -> Card:
    decidable = principal.user in approval.approvers
    minutes = max(0, round((approval.expires_at - now).total_seconds() / 60))
    action = f"**{literal(approval.id)} · {literal(step_title(approval.tool))}**"
    lines = [f"{action} (`{approval.tool}`), asked for by **{literal(approval.requested_by)}**"]
    if approval.arguments or approval.binding:
        lines.append(code(approval.arguments | approval.binding))
    if not decidable:
        others = ", ".join(literal(name) for name in approval.approvers if name != principal.user)
        lines.append(
            f"A second person must approve this: {others}."
            if others
            else "Nobody here may approve this yet; an administrator can add such a person."
        )
    lines.append(f"Expires in {minutes} min.")
    return Card(approval.id, "\n\n".join(lines), decidable)
