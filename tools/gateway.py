"""The one door to every tool: record, authorise, parse, approve, run, record.

The order is the policy. The attempt is recorded first, so what cannot be audited cannot
happen. Permission comes before parsing, so a refused caller learns nothing of a tool, not even
that it exists. What a person approves is the canonical call, and exactly that runs.
"""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from tenants.audit import AuditEvent, AuditLog, Outcome
from tenants.errors import AppError, CannotAnswer, Refused, Unavailable
from tenants.principal import Principal
from tenants.roles import Role
from tools.approvals import Approval, Approvals, State, why_not
from tools.arguments import canonical, canonical_json, parse, with_ids
from tools.contract import (
    Consent,
    Effect,
    Progress,
    Tool,
    ToolArgs,
    ToolContext,
    ToolResult,
    silent,
)
from tools.outcomes import Awaiting, Decided, Denied, Ended, Failed, Succeeded, ToolCall
from tools.recording import Record, recorded
from tools.vocabulary import Vocabulary

__all__ = ["Awaiting", "Denied", "Failed", "Premises", "Succeeded", "ToolCall", "ToolGateway"]


class Premises(Protocol):
    """What the gateway needs of the house it stands in, narrowed to the principal's tenant."""

    def audit(self, principal: Principal) -> AuditLog:
        """Return the tenant's audit."""
        ...

    def approvals(self, principal: Principal) -> Approvals:
        """Return the tenant's requests for approval."""
        ...

    def vocabulary(self, principal: Principal) -> Vocabulary:
        """Return the tenant's names."""
        ...

    def context(
        self, principal: Principal, progress: Progress, consent: Consent | None
    ) -> ToolContext:
        """Return what a tool may reach."""
        ...

    def refresh(self, principal: Principal) -> Principal:
        """Return the principal with the role the person has now."""
        ...

    def requester(self, approval: Approval, decider: Principal) -> Principal:
        """Return who asked for an approval, with the role the person has now."""
        ...

    def people(self, principal: Principal, role: Role) -> list[str]:
        """Return the names of those who have at least this role."""
        ...


class ToolGateway:
    """Offers, runs and records tools; it knows none of them by name."""

    def __init__(self, tools: Iterable[Tool], premises: Premises) -> None:
        self._tools = _by_name(tools)
        self._premises = premises

    def offered_to(self, principal: Principal) -> list[Tool]:
        """Return the tools this person may use: all that the model is told of."""
        return [tool for tool in self._tools.values() if principal.role >= tool.minimum_role]

    def call(self, call: ToolCall, principal: Principal, *, progress: Progress = silent) -> Ended:
        """Run one call, or say in words why not."""
        event = AuditEvent(call.call_id, principal, call.tool, call.arguments)
        audit = self._premises.audit(principal)
        return recorded(event, audit, lambda record: self._answer(call, record, progress))

    def decide(
        self, approval_id: str, principal: Principal, *, approve: bool, progress: Progress = silent
    ) -> Decided:
        """Approve a request, which runs it at once, or deny it.

        The run is recorded in the name of who asked, with the approval and who gave it.
        """
        event = self._decision(approval_id, principal)
        act = self._approve if approve else self._deny
        audit = self._premises.audit(principal)
        return recorded(event, audit, lambda record: act(approval_id, event, record, progress))

    def pending(self, principal: Principal) -> list[Approval]:
        """Return the requests that wait, as far as this person may see them.

        Everyone sees their own; who has a tool's role sees every request for it.
        """
        return [
            self._with_approvers(tool, approval, principal)
            for approval in self._premises.approvals(principal).pending()
            if (tool := self._tools.get(approval.tool)) is not None
            and (approval.requested_by == principal.user or principal.role >= tool.minimum_role)
        ]

    def _answer(self, call: ToolCall, record: Record, progress: Progress) -> Ended:
        record.principal = self._premises.refresh(record.principal)
        tool = self._authorise(call.tool, record.principal)
        args = parse(tool, call.arguments)
        args = with_ids(args, lambda: self._premises.vocabulary(record.principal))
        record.arguments = arguments = canonical(args)
        if tool.effect is Effect.APPROVAL:
            approval = self._request(tool, args, record)
            record.conclude(Outcome.AWAITING, approval.id)
            return Awaiting(call.call_id, tool.name, arguments, approval)
        if tool.atomic:
            with self._premises.approvals(record.principal).database.transaction():
                result = self._run(tool, args, record, progress)
        else:
            result = self._run(tool, args, record, progress)
        return Succeeded(call.call_id, tool.name, arguments, result)

    def _authorise(self, name: str, principal: Principal) -> Tool:
        tool = self._tools.get(name)
        if tool and principal.role >= tool.minimum_role:
            return tool
        why = f"needs {tool.minimum_role.label}" if tool else "no such tool"
        raise Refused(f"No tool named {name[:80]!r} is available to you.", audit_note=why)

    def _run(self, tool: Tool, args: ToolArgs, record: Record, progress: Progress) -> ToolResult:
        result = tool.run(args, self._premises.context(record.principal, progress, record.consent))
        try:
            record.conclude(Outcome.SUCCEEDED)
        except Unavailable as error:
            if tool.atomic or tool.effect is Effect.READS:
                raise
            raise Unavailable(
                f"{tool.name!r} has run, but how it ended could not be recorded, so its result "
                "is not shown; check free disk space and the database server."
            ) from error
        return result

    def _request(self, tool: Tool, args: ToolArgs, record: Record) -> Approval:
        binding = self._binding(tool, args, record)
        approval = self._premises.approvals(record.principal).request(
            record.principal, tool.name, canonical_json(record.arguments or {}), binding
        )
        return self._with_approvers(tool, approval, record.principal)

    def _deny(
        self, approval_id: str, event: AuditEvent, record: Record, _progress: Progress
    ) -> Denied:
        tool, approval, decider = self._waiting(approval_id, record)
        approvals = self._premises.approvals(decider)
        with approvals.database.transaction():
            approvals.decide(approval, State.DENIED, decider.user)
            record.conclude(Outcome.REFUSED, f"{approval.id} was denied by {decider.user}")
        return Denied(event.call_id, tool.name, approval.arguments, approvals.get(approval.id))

    def _approve(
        self, approval_id: str, event: AuditEvent, record: Record, progress: Progress
    ) -> Succeeded:
        tool, approval, decider = self._waiting(approval_id, record)
        self._four_eyes(tool, approval, decider)
        requester = self._premises.requester(approval, decider)
        self._authorise(tool.name, requester)
        record.principal, record.consent = requester, Consent(approval.id, decider.user)
        args = parse(tool, canonical_json(approval.arguments))
        approvals = self._premises.approvals(decider)
        if tool.atomic:
            with approvals.database.transaction():
                approvals.decide(approval, State.USED, decider.user)
                self._check_binding(tool, args, approval, record)
                result = self._run(tool, args, record, progress)
        else:
            # What takes long cannot hold the database: it is used up before it starts.
            self._check_binding(tool, args, approval, record)
            approvals.decide(approval, State.USED, decider.user)
            result = self._run(tool, args, record, progress)
        return Succeeded(event.call_id, tool.name, approval.arguments, result)

    def _decision(self, approval_id: str, principal: Principal) -> AuditEvent:
        """Name a decision for the record, before anything is judged."""
        try:
            tool = self._premises.approvals(principal).get(approval_id).tool
        except AppError:
            tool = "approval"
        arguments = canonical_json({"approval": approval_id[:40]})
        return AuditEvent(
            f"decide-{secrets.token_hex(8)}", principal, tool, arguments, approval_id[:20]
        )

    def _waiting(self, approval_id: str, record: Record) -> tuple[Tool, Approval, Principal]:
        """Return what waits under this id, for someone with the tool's role."""
        decider = record.principal = self._premises.refresh(record.principal)
        approval = self._premises.approvals(decider).get(approval_id)
        tool = self._authorise(approval.tool, decider)
        record.arguments = approval.arguments
        if approval.state is not State.PENDING:
            raise CannotAnswer(why_not(approval))
        return tool, approval, decider

    def _four_eyes(self, tool: Tool, approval: Approval, decider: Principal) -> None:
        if decider.user != approval.requested_by or not _needs_another(tool, approval):
            return
        may = self._with_approvers(tool, approval, decider).approvers
        who = f"{', '.join(may)} can" if may else "nobody else here has the role yet"
        raise Refused(
            f"{approval.id} needs the approval of a second person, not of who asked for it: {who}.",
            audit_note="the requester may not approve",
        )

    def _with_approvers(self, tool: Tool, approval: Approval, principal: Principal) -> Approval:
        people = self._premises.people(principal, tool.minimum_role)
        if _needs_another(tool, approval):
            people = [name for name in people if name != approval.requested_by]
        return replace(approval, approvers=tuple(people))

    def _binding(self, tool: Tool, args: ToolArgs, record: Record) -> dict[str, str]:
        if tool.binding is None:
            return {}
        return tool.binding(args, self._premises.context(record.principal, silent, None))

    def _check_binding(
        self, tool: Tool, args: ToolArgs, approval: Approval, record: Record
    ) -> None:
        now, then = self._binding(tool, args, record), approval.binding
        changed = [name for name in sorted({*now, *then}) if now.get(name) != then.get(name)]
        if changed:
            was = ", ".join(f"{name} was {then.get(name) or 'none'}" for name in changed)
            raise CannotAnswer(
                f"{approval.id} was asked for when {was}; that has changed, so nothing was done. "
                f"Look again, then ask for {tool.name!r} again."
            )


def _by_name(tools: Iterable[Tool]) -> dict[str, Tool]:
    by_name: dict[str, Tool] = {}
    for tool in tools:
        if by_name.setdefault(tool.name, tool) is not tool:
            raise ValueError(f"Two tools are named {tool.name!r}.")
    return by_name


def _needs_another(tool: Tool, approval: Approval) -> bool:
    return tool.four_eyes(parse(tool, canonical_json(approval.arguments)))
