"""A small language model: it chooses one call under a schema, and the planner does the rest.

Models small enough for a laptop call tools badly and word figures worse. So such a model is shown
only the few tools that the question may want, answers in JSON that its server holds to a schema,
and says nothing to people: results are put in words by the planner, and so is small talk.
"""

import json
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolCall
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from pydantic import ConfigDict, Field, InstanceOf

from agent.language_model.supervision import Unusable
from agent.planner.chat_model import BuiltInModel
from agent.planner.context import PlannerContext
from agent.planner.dialogue import dialogue_of, text_of
from agent.planner.likely import is_small_talk, likely_tools

MOST_OFFERED = 4
"""How many tools a small model is shown for one question."""

_NONE = "none"
_ATTEMPTS = 2
_TASK = """
Choose the one call that answers the last message. Reply with JSON only:
{{"call": {{"tool": NAME, "arguments": {{…}}}}}}. Use null for what was not said; never invent a
value. Dates are YYYY-MM-DD. The tool is "none", without arguments, when none of these fits:
{tools}"""
_UNSTRICT = frozenset({"default", "title", "maxLength", "minLength", "format", "description"})


class ChoosingModel(BaseChatModel):
    """Chooses calls with a small language model and words answers like the planner."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    inner: InstanceOf[BaseChatModel]
    context: InstanceOf[PlannerContext] = Field(repr=False)
    tools: tuple[InstanceOf[BaseTool], ...] = ()

    @property
    def _llm_type(self) -> str:
        return "tillsight-choosing"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,  # noqa: ARG002 - it always chooses one
        **kwargs: Any,  # noqa: ARG002 - settings of other models
    ) -> Runnable[Any, AIMessage]:
        """Return the model, told of these tools."""
        known = tuple(tool for tool in tools if isinstance(tool, BaseTool))
        return self.model_copy(update={"tools": known})

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002 - nothing it says is cut off
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002 - given in one piece
        **kwargs: Any,  # noqa: ARG002 - settings of other models
    ) -> ChatResult:
        message = self._chosen(messages) or self._planned(messages)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _planned(self, messages: Sequence[BaseMessage]) -> AIMessage:
        return BuiltInModel(context=self.context).invoke(list(messages))

    def _chosen(self, messages: Sequence[BaseMessage]) -> AIMessage | None:
        """Return the call the small model chooses; None where the planner is to answer."""
        dialogue = dialogue_of(messages)
        if dialogue.outcomes or dialogue.pending or is_small_talk(dialogue.question, self.context):
            return None
        likely = likely_tools(dialogue.question, self.context, MOST_OFFERED)
        offered = [tool for tool in self.tools if tool.name in likely]
        if not offered:
            return None
        asked = [*messages, HumanMessage(_TASK.format(tools=_listed(offered)))]
        model = self.inner.bind(response_format=_format(offered))
        for _ in range(_ATTEMPTS):
            reply = model.invoke(asked)
            try:
                call = _read(text_of(reply), {tool.name for tool in offered})
            except ValueError as error:
                asked = [*asked, AIMessage(text_of(reply)[:2000]), HumanMessage(str(error))]
                continue
            return AIMessage("", tool_calls=[call]) if call else None
        raise Unusable("it did not answer in the form asked for")


def _listed(tools: Sequence[BaseTool]) -> str:
    return "\n".join(f"- {tool.name}: {' '.join(tool.description.split())}" for tool in tools)


def _format(tools: Sequence[BaseTool]) -> dict[str, Any]:
    """Return the response format that allows a call of one of these tools and nothing else."""
    calls = [_call_schema(tool.name, _strict(_schema(tool))) for tool in tools]
    calls.append(_call_schema(_NONE, _strict({"type": "object", "properties": {}})))
    schema = _strict({"type": "object", "properties": {"call": {"anyOf": calls}}})
    return {
        "type": "json_schema",
        "json_schema": {"name": "call", "strict": True, "schema": schema},
    }


def _call_schema(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"tool": {"type": "string", "enum": [name]}, "arguments": arguments},
        "required": ["tool", "arguments"],
        "additionalProperties": False,
    }


def _schema(tool: BaseTool) -> dict[str, Any]:
    schema = tool.args_schema
    return schema if isinstance(schema, dict) else {"type": "object", "properties": {}}


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema as strict decoding wants it: every property required, what is open null."""
    needed = set(schema.get("required", ()))
    properties = {
        name: _plain(part) if name in needed or name == "call" else _or_null(_plain(part))
        for name, part in schema.get("properties", {}).items()
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _plain(part: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name not in _UNSTRICT}


def _or_null(part: dict[str, Any]) -> dict[str, Any]:
    if any(one.get("type") == "null" for one in part.get("anyOf", ())):
        return part
    return {"anyOf": [part, {"type": "null"}]}


def _read(text: str, offered: set[str]) -> ToolCall | None:
    """Return the call that a reply is; None when it chose none.

    Raises:
        ValueError: It is no such JSON; the message says so to the model.
    """
    try:
        call = json.loads(text)["call"]
        tool, arguments = call["tool"], dict(call["arguments"])
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError('That was not JSON of the form {"call": {…}}; reply again.') from error
    if tool == _NONE:
        return None
    if tool not in offered:
        raise ValueError(f"There is no such tool here; choose one of {sorted(offered)}.")
    said = {str(name): value for name, value in arguments.items() if value is not None}
    return ToolCall(name=str(tool), args=said, id=f"call-{uuid.uuid4().hex[:12]}")
