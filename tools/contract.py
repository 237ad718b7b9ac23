"""What a tool is: a documented, typed function with a minimum role and an effect."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict

from forecasting.engine import ForecastEngine
from knowledge.library import Library
from tenants.audit import AuditLog
from tenants.principal import Principal
from tenants.roles import Role
from tenants.tenant import Tenant

# What the model may never choose: it comes from the session, not from the chat.
RESERVED_ARGUMENTS = frozenset(
    {"tenant", "tenant_id", "user_id", "role", "principal", "token", "password"}
)


class ToolArgs(BaseModel):
    """Arguments chosen by the model; an unknown one is refused."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_max_length=400,
        allow_inf_nan=False,
        # A model that writes product 1 as a number means its id.
        coerce_numbers_to_str=True,
    )


class ToolResult(BaseModel):
    """Figures returned to the model, each with its unit; never NaN or infinity."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Item(ToolResult):
    """A product or store, by the id the tools use and the name people read."""

    id: str
    name: str


class DataResult(ToolResult):
    """What every answer from data carries.

    Attributes:
        cutoff: The last day with data.
        notes: Sentences that must be said along with the figures.
    """

    cutoff: date
    notes: tuple[str, ...] = ()


class ModelResult(DataResult):
    """What every answer from a model carries besides."""

    model: str


class Effect(StrEnum):
    """What a call does to the world."""

    READS = "reads"
    WRITES = "writes"
    APPROVAL = "approval"


Progress = Callable[[float, str], None]
"""Called with the fraction done (0 to 1) and a few words."""


def silent(_fraction: float, _words: str) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A person's approval of exactly this call."""

    approval: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class ToolContext:
    """What a tool may reach: services already narrowed to the caller's tenant."""

    principal: Principal
    tenant: Tenant
    today: date
    forecasting: ForecastEngine
    knowledge: Library
    audit: AuditLog
    progress: Progress = field(default=silent)
    consent: Consent | None = None


Binding = Callable[[Any, ToolContext], dict[str, str]]
"""What a consent rests on besides the arguments, as it is now, e.g. the production model."""


FourEyes = Callable[[Any], bool]
"""Whether, given the arguments, somebody else than the person who asked must approve."""


def never(_args: Any) -> bool:
    """Say no."""
    return False


def always(_args: Any) -> bool:
    """Say yes."""
    return True


@dataclass(frozen=True, slots=True)
class Tool:
    """One declared tool; everything else about it is derived from this."""

    name: str
    description: str
    minimum_role: Role
    effect: Effect
    atomic: bool
    args_type: type[ToolArgs]
    result_type: type[ToolResult]
    run: Callable[[Any, ToolContext], ToolResult]
    four_eyes: FourEyes = never
    binding: Binding | None = None


def tool(
    *,
    minimum_role: Role,
    effect: Effect,
    atomic: bool = False,
    four_eyes: FourEyes = never,
    binding: Binding | None = None,
) -> Callable[[Callable[[Any, ToolContext], ToolResult]], Tool]:
    """Declare a tool. Role and effect are required, so neither can be forgotten.

    Args:
        minimum_role: The lowest role that may call it.
        effect: What a call does; `APPROVAL` means a call only proposes.
        atomic: Whether its writes, the approval used up and the audit record are one
            transaction of the tenant's database. Not for work that takes long.
        four_eyes: Whether somebody else than the person who asked must approve: what changes
            the forecasts of everybody.
        binding: What an approval rests on; when it has changed, the approval is void.

    Raises:
        TypeError: The declaration lacks words for the model, or lets the model choose identity.
    """

    def declare(run: Callable[[Any, ToolContext], ToolResult]) -> Tool:
        hints = get_type_hints(run)
        declared = Tool(
            name=run.__name__,
            description=inspect.getdoc(run) or "",
            minimum_role=minimum_role,
            effect=effect,
            atomic=atomic,
            args_type=hints["args"],
            result_type=hints["return"],
            run=run,
            four_eyes=four_eyes,
            binding=binding,
        )
        _check(declared)
        return declared

    return declare


def _check(tool: Tool) -> None:
    fields = tool.args_type.model_fields
    if not tool.description:
        raise TypeError(f"Tool {tool.name!r} has no docstring for the model to read.")
    if silent_fields := [name for name, field_ in fields.items() if not field_.description]:
        raise TypeError(f"Tool {tool.name!r} does not describe {silent_fields}.")
    if stolen := sorted(RESERVED_ARGUMENTS & set(fields)):
        raise TypeError(f"Tool {tool.name!r} lets the model choose {stolen}.")
