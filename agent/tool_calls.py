"""How a chat model reaches tools: told of those a person may use, run by the gateway alone.

LangChain is told each tool's name, description and schema, but its own way of running them is
cut off: every call a model writes, also of a tool it was not told of or with arguments that do
not parse, goes as it is to the gateway, which judges and records it. Who is asking is fixed here
by the session; the model cannot say.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from langchain.agents.middleware import AgentMiddleware, hook_config
from langchain.agents.middleware.types import AgentState, ToolCallRequest
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.tools import StructuredTool
from langgraph.types import Command

from agent.answer import Event, Progress, Step, StepDone
from agent.planner.specs import CHANGES_SOMETHING
from agent.refusals import Refusals
from tenants.audit import Outcome
from tenants.principal import Principal
from tools.contract import Tool
from tools.gateway import Awaiting, Denied, Failed, Succeeded, ToolCall, ToolGateway

MOST_CALLS = 8
Ended = Succeeded | Failed | Awaiting


def described(gateway: ToolGateway, principal: Principal) -> list[StructuredTool]:
    """Return the tools this person may use, as LangChain describes them to a model."""
    return [_described(tool) for tool in gateway.offered_to(principal)]


@cache
def _described(tool: Tool) -> StructuredTool:
    """Describe one tool: the same for everybody, and writing a schema takes milliseconds."""
    return StructuredTool(
        name=tool.name,
        description=tool.description,
        args_schema=tool.args_type.model_json_schema(),
        func=_never_run,
    )


def _never_run(**_arguments: Any) -> str:
    raise AssertionError("A tool is run by the gateway, never by LangChain.")


class TurnCalls(AgentMiddleware[Any, Any, Any]):
    """The calls of one person's turn; made anew for each turn and never kept.

    Attributes:
        ended: How each call ended, in order.
    """

    def __init__(
        self,
        gateway: ToolGateway,
        principal: Principal,
        refusals: Refusals,
        tell: Callable[[Event], None],
    ) -> None:
        super().__init__()
        self._gateway = gateway
        self._refusals = refusals
        self._principal = principal
        self._tell = tell
        self._asked_for: Callable[[str], bool] | None = None
        self.ended: list[Ended] = []

    def must_be_asked_for(self, asked_for: Callable[[str], bool]) -> None:
        """Run what changes something only where the person's own words ask for it.

        A language model may follow what a product is called or a document says; those are data.
        """
        self._asked_for = asked_for

    def begin_anew(self) -> None:
        """Forget the calls that came to nothing; they stay on record."""
        self.ended = [one for one in self.ended if not isinstance(one, Failed)]

    def wrap_tool_call(
        self,
        request: ToolCallRequest,
        handler: Callable[[ToolCallRequest], ToolMessage | Command[Any]],  # noqa: ARG002 - never run
    ) -> ToolMessage:
        """Hand a call to the gateway, whatever LangChain makes of it."""
        call = request.tool_call
        arguments = json.dumps(call["args"], ensure_ascii=False, default=str)
        return self._run(str(call["id"] or ""), call["name"], arguments)

    @hook_config(can_jump_to=["model"])
    def after_model(self, state: AgentState[Any], runtime: Any) -> dict[str, Any] | None:  # noqa: ARG002 - LangChain's signature
        """Hand calls whose arguments are no JSON to the gateway too: it records them."""
        last = state["messages"][-1]
        if not isinstance(last, AIMessage) or not last.invalid_tool_calls:
            return None
        told = [
            self._run(str(call.get("id") or ""), str(call.get("name") or ""), str(call.get("args")))
            for call in last.invalid_tool_calls
        ]
        return {"messages": told, "jump_to": "model"} if not last.tool_calls else None

    def _run(self, call_id: str, tool: str, arguments: str) -> ToolMessage:
        if len(self.ended) >= MOST_CALLS:
            why = "too many calls in one question"
            told = f"No more than {MOST_CALLS} calls can be made for one question; answer now."
            if tool in CHANGES_SOMETHING:  # the person learns that it was not done
                named = _shown(arguments)
                self.ended.append(Failed(call_id, tool, named, Outcome.REFUSED, "", told))
            return self._refused(call_id, tool, arguments, why, told)
        if self._is_unasked(tool):
            told = f"Nothing was changed: the question did not ask for {tool!r}."
            named = _shown(arguments)
            self.ended.append(Failed(call_id, tool, named, Outcome.REFUSED, "", told))
            return self._refused(call_id, tool, arguments, "not asked for by the person", told)
        self._tell(Step(tool, _shown(arguments)))

        def progress(fraction: float, words: str) -> None:
            self._tell(Progress(tool, fraction, words))

        ended = self._gateway.call(
            ToolCall(call_id, tool, arguments), self._principal, progress=progress
        )
        if isinstance(ended, Failed) and not ended.arguments:
            ended = replace(ended, arguments=_shown(arguments))  # as they were asked
        self.ended.append(ended)
        self._tell(StepDone(shown(ended)))
        return ToolMessage(
            content=json.dumps(ended.to_dict(), ensure_ascii=False),
            tool_call_id=call_id,
            name=tool,
            status="error" if isinstance(ended, Failed) else "success",
        )

    def _is_unasked(self, tool: str) -> bool:
        """Tell whether a call would change something that the person's words do not ask for."""
        if self._asked_for is None or tool not in CHANGES_SOMETHING:
            return False
        may = any(one.name == tool for one in self._gateway.offered_to(self._principal))
        return may and not self._asked_for(tool)

    def _refused(
        self, call_id: str, tool: str, arguments: str, why: str, message: str
    ) -> ToolMessage:
        """Refuse a call before it reaches the gateway; it is on record like any other."""
        self._refusals.note(tool, arguments, why)
        told = {"tool": tool, "arguments": {}, "outcome": "refused", "message": message}
        return ToolMessage(json.dumps(told), tool_call_id=call_id, name=tool, status="error")


def shown(ended: Ended | Denied) -> dict[str, Any]:
    """Return a call as an answer lists it; one that failed says why in place of a result."""
    told = ended.to_dict()
    result = told["result"]
    if isinstance(ended, Failed):
        result = {"error": ended.message, "reason": ended.reason}
    elif isinstance(ended, Awaiting):
        result = {"approval": ended.approval.to_dict()}
    return {
        "tool": ended.tool,
        "arguments": ended.arguments,
        "outcome": ended.outcome.value,
        "result": result,
    }


def _shown(arguments: str) -> dict[str, Any]:
    try:
        value = json.loads(arguments)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
