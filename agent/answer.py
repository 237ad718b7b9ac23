"""What a person gets back, and what happens on the way to it."""

from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["answered", "clarify", "refused", "needs_approval", "failed"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One finished answer; every channel renders the same one.

    Attributes:
        text: What is said, plain text with list lines.
        status: Whether it was answered, asked back, refused, waits for a person, or failed.
        calls: The tool calls made: tool, canonical arguments, outcome, result.
        recommendation: The advice in one sentence, when a tool gave any.
        approval: The request that waits, when one does.
        grounding: How many figures were checked, and which came from nowhere.
        milliseconds: From the question to the answer.
        conversation: The conversation it belongs to.
        asks_for: The arguments asked for, by their names in the tool contract.
        choices: What the person may choose from.
        refused: The refusal class, for the whole question or a part of it.
        answered_by: The chat model whose words these are.
        stood_in: Why the built-in model answered in place of the language model; empty if not.
    """

    text: str
    status: Status
    calls: tuple[dict[str, Any], ...] = ()
    recommendation: str | None = None
    approval: dict[str, Any] | None = None
    grounding: dict[str, Any] = field(default_factory=lambda: {"checked": 0, "ungrounded": []})
    milliseconds: int = 0
    conversation: str = ""
    asks_for: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    refused: str | None = None
    answered_by: str = "built-in"
    stood_in: str = ""

    @property
    def who(self) -> str:
        """Say who stood in for the language model, and why; nothing where nobody did."""
        if not self.stood_in:
            return ""
        return f"The built-in model answered. Of the language model: {self.stood_in}."

    def to_dict(self) -> dict[str, Any]:
        """Return the answer ready for JSON, as `tillsight ask --json` prints it."""
        return {
            "answer": self.text,
            "status": self.status,
            "calls": list(self.calls),
            "recommendation": self.recommendation,
            "approval": self.approval,
            "grounding": self.grounding,
            "milliseconds": self.milliseconds,
            "conversation": self.conversation,
            "asks_for": list(self.asks_for),
            "choices": list(self.choices),
            "refused": self.refused,
            "answered_by": self.answered_by,
            "stood_in": self.stood_in,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """A tool call begins."""

    tool: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Progress:
    """A long call tells how far it is, from 0 to 1."""

    tool: str
    fraction: float
    words: str


@dataclass(frozen=True, slots=True)
class StepDone:
    """A tool call ended; `call` is as in `Answer.calls`."""

    call: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of the checked answer."""

    text: str


Event = Step | Progress | StepDone | Text | Answer
