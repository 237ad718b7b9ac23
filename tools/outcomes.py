"""How a call of a tool can end, as its caller sees it."""

from dataclasses import dataclass, field
from typing import Any

from tenants.audit import Outcome
from tools.approvals import Approval
from tools.contract import ToolResult


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call as the model wrote it; nothing in it is trusted yet."""

    call_id: str
    tool: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The tool ran; `arguments` are canonical."""

    call_id: str
    tool: str
    arguments: dict[str, Any]
    result: ToolResult
    outcome: Outcome = Outcome.SUCCEEDED

    def to_dict(self) -> dict[str, Any]:
        """Return the call ready for JSON."""
        return _shown(self, self.result.model_dump(mode="json"))


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing ran, or what ran could not answer; the message is for the person.

    Attributes:
        reason: The refusal class, or an empty string.
        asks_for: Arguments that are missing or fit several things.
        choices: What the person may choose from, or the nearest names.
    """

    call_id: str
    tool: str
    arguments: dict[str, Any]
    outcome: Outcome
    reason: str
    message: str
    asks_for: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the call ready for JSON."""
        return _shown(self, None) | {
            "reason": self.reason,
            "message": self.message,
            "asks_for": list(self.asks_for),
            "choices": list(self.choices),
        }


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Nothing ran yet: a person must approve exactly these arguments."""

    call_id: str
    tool: str
    arguments: dict[str, Any]
    approval: Approval
    outcome: Outcome = Outcome.AWAITING

    def to_dict(self) -> dict[str, Any]:
        """Return the call ready for JSON."""
        return _shown(self, None) | {"approval": self.approval.to_dict()}


@dataclass(frozen=True, slots=True)
class Denied:
    """A person decided against a request; nothing ran."""

    call_id: str
    tool: str
    arguments: dict[str, Any]
    approval: Approval
    outcome: Outcome = field(default=Outcome.REFUSED)

    def to_dict(self) -> dict[str, Any]:
        """Return the call ready for JSON."""
        return _shown(self, None) | {"approval": self.approval.to_dict()}


Ended = Succeeded | Failed | Awaiting
Decided = Succeeded | Failed | Denied


def _shown(
    call: Succeeded | Failed | Awaiting | Denied, result: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "tool": call.tool,
        "arguments": call.arguments,
        "outcome": call.outcome.value,
        "result": result,
    }
