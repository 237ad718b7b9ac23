"""The built-in chat model: a planner with rules, no network, behind LangChain's interface.

To LangChain it is one chat model among others: it is bound to tools, answers a message list
with tool calls, and once their results are in the list, with the worded answer. A tool that
was not bound may still be called: the gateway refuses it and keeps the record, which is what
asking for a forbidden thing must leave behind.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from pydantic import ConfigDict, Field, InstanceOf

from agent.planner.context import PlannerContext
from agent.planner.dialogue import dialogue_of, in_its_language
from agent.planner.plan import next_step
from agent.planner.steps import first_message, next_message

_PIECE = re.compile(r"\s*\S+\s*")


class BuiltInModel(BaseChatModel):
    """Understands questions by rules and words answers from results."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    context: InstanceOf[PlannerContext] = Field(repr=False)
    tools: tuple[str, ...] = ()

    @property
    def _llm_type(self) -> str:
        return "tillsight-built-in"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,  # noqa: ARG002 - the planner always decides itself
        **kwargs: Any,  # noqa: ARG002 - settings of other models
    ) -> Runnable[Any, AIMessage]:
        """Return the model, told of these tools."""
        names = tuple(tool.name if isinstance(tool, BaseTool) else str(tool) for tool in tools)
        return self.model_copy(update={"tools": names})

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002 - nothing it says is cut off
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002 - given in one piece
        **kwargs: Any,  # noqa: ARG002 - settings of other models
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._answer(messages))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002 - nothing it says is cut off
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ARG002 - settings of other models
    ) -> Iterator[ChatGenerationChunk]:
        for chunk in _pieces(self._answer(messages)):
            if run_manager and isinstance(chunk.content, str) and chunk.content:
                run_manager.on_llm_new_token(chunk.content)
            yield ChatGenerationChunk(message=chunk)

    def _answer(self, messages: Sequence[BaseMessage]) -> AIMessage:
        dialogue = dialogue_of(messages)
        context = in_its_language(dialogue, self.context)
        if dialogue.outcomes:
            return next_message(dialogue, context)
        return first_message(next_step(dialogue, context))


def _pieces(message: AIMessage) -> Iterator[AIMessageChunk]:
    """Yield a message word by word, its calls and notes first."""
    calls = [
        tool_call_chunk(name=call["name"], args=json.dumps(call["args"]), id=call["id"], index=n)
        for n, call in enumerate(message.tool_calls)
    ]
    yield AIMessageChunk(
        content="", tool_call_chunks=calls, additional_kwargs=dict(message.additional_kwargs)
    )
    for piece in _PIECE.findall(str(message.content)):
        yield AIMessageChunk(content=piece)
