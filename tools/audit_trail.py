"""Read who called which tool, when, and how it ended."""

from collections import Counter as Tally
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from tenants.audit import AuditRecord
from tenants.errors import NeedsDetail
from tenants.roles import Role
from tools.contract import Effect, ToolArgs, ToolContext, ToolResult, tool

_DEFAULT_DAYS = 28
_LONGEST_ARGUMENTS = 200


class AuditTrailArgs(ToolArgs):
    """Which calls."""

    user: str | None = Field(None, description="Name of the person; left out: everybody.")
    tool: str | None = Field(None, description="Name of the tool; left out: all.")
    outcome: Literal["succeeded", "refused", "invalid", "failed", "awaiting"] | None = Field(
        None, description="How the call ended; left out: any way."
    )
    start: date | None = Field(None, description="First day; left out: the last 28 with records.")
    end: date | None = Field(None, description="Last day, included.")
    limit: int = Field(50, ge=1, le=500, description="How many calls to list, newest first.")


class AuditEntry(ToolResult):
    """One call.

    Attributes:
        outcome: How it ended, or null where it has not: it runs, or was cut off.
        arguments: JSON text, cut when long.
        approved_by: Who approved it, where somebody had to.
    """

    at: datetime
    user: str
    role: str
    channel: str
    tool: str
    arguments: str
    outcome: str | None
    note: str
    approval: str
    approved_by: str


class AuditTrailResult(ToolResult):
    """Calls of a period.

    Attributes:
        calls: How many calls fit, listed or not.
        by_outcome: How many of them ended how.
    """

    start: date
    end: date
    user: str | None
    tool: str | None
    outcome: str | None
    calls: int
    by_outcome: dict[str, int]
    entries: tuple[AuditEntry, ...]
    notes: tuple[str, ...] = ()


@tool(minimum_role=Role.ADMIN, effect=Effect.READS)
def audit_trail(args: AuditTrailArgs, ctx: ToolContext) -> AuditTrailResult:
    """Read who called which tool with which arguments, when, and how it ended.

    Use it for who did, tried, approved or was refused what. For model versions and promotions use
    `model_history`.

    `calls` counts all that fit, `entries` lists the newest of them. Arguments are the canonical
    ones: products and stores by id.

    Say the period and how many calls there were beyond those listed.
    """
    start, end, notes = _period(args, ctx)
    records = ctx.audit.records(user=args.user, tool=args.tool, start=start, end=end, limit=None)
    ended = {record.call_id for record in records if record.phase == "outcome"}
    calls = [
        record
        for record in records
        if record.phase == "outcome" or (record.call_id not in ended and not _is_this(record))
    ]
    calls = [call for call in calls if args.outcome in {None, call.outcome}]
    if len(calls) > args.limit:
        notes += (f"Only the newest {args.limit} are listed.",)
    return AuditTrailResult(
        start=start,
        end=end,
        user=args.user,
        tool=args.tool,
        outcome=args.outcome,
        calls=len(calls),
        by_outcome=dict(Tally(call.outcome or "unfinished" for call in calls)),
        entries=tuple(_entry(call) for call in calls[: args.limit]),
        notes=notes,
    )


def _is_this(record: AuditRecord) -> bool:
    """Tell the question itself, which has not ended yet, from calls that were cut off."""
    return record.tool == audit_trail.name


def _period(args: AuditTrailArgs, ctx: ToolContext) -> tuple[date, date, tuple[str, ...]]:
    newest = ctx.audit.records(limit=1)
    # Records carry real time, also where a question has another day for today.
    last = newest[0].at.astimezone(ZoneInfo(ctx.tenant.timezone)).date() if newest else ctx.today
    if args.start is None and args.end is None:
        words = f"No period was given, so this is about the last {_DEFAULT_DAYS} days with records."
        return last - timedelta(days=_DEFAULT_DAYS - 1), last, (words,)
    if args.start is None:
        raise NeedsDetail(f"From which day, ending on {args.end}?", asks_for=["start"])
    end = args.end or max(args.start, last)
    if args.start > end:
        raise NeedsDetail(
            f"The start, {args.start}, is after the end, {end}; which days are meant?",
            asks_for=["start", "end"],
        )
    return args.start, end, ()


def _entry(record: AuditRecord) -> AuditEntry:
    text = record.arguments
    return AuditEntry(
        at=record.at,
        user=record.user,
        role=record.role,
        channel=record.channel,
        tool=record.tool,
        arguments=text if len(text) <= _LONGEST_ARGUMENTS else f"{text[:_LONGEST_ARGUMENTS]}…",
        outcome=record.outcome,
        note=record.note,
        approval=record.approval,
        approved_by=record.approved_by,
    )
