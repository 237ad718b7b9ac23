"""The loop of model and tools, built once for a set of tools and used by every turn.

Building it takes as long as many an answer. It holds nothing of anybody: the model, the prompt
and the calls of a turn are handed in with each run and gone with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, hook_config
from langchain.agents.middleware.types import (
    AgentState,
    InputAgentState,
    ModelRequest,
    ModelResponse,
    ToolCallRequest,
)
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, SystemMessage, ToolMessage
from langchain_core.outputs import ChatResult
from langchain_core.runnables import RunnableConfig
from langchain_core.tools import StructuredTool
from langgraph.errors import GraphRecursionError
from langgraph.runtime import Runtime
from langgraph.types import Command
from langsmith import tracing_context

from agent.language_model.supervision import Supervision
from agent.tool_calls import MOST_CALLS, TurnCalls

_MOST_STEPS = 3 * MOST_CALLS + 6
# One call after the other, in the order asked for.
_CONFIG = RunnableConfig(max_concurrency=1, recursion_limit=_MOST_STEPS)
ModelHandler = Callable[[ModelRequest[Any]], ModelResponse[Any]]
ToolHandler = Callable[[ToolCallRequest], ToolMessage | Command[Any]]


@dataclass(frozen=True, slots=True)
class TurnParts:
    """What one turn is answered with.

    Attributes:
        model: Decides which tools to call and words the answer.
        prompt: What it is told before the conversation.
        calls: The person's calls.
        watch: Watches over a language model; None where the model is our own.
    """

    model: BaseChatModel
    prompt: str
    calls: TurnCalls
    watch: Supervision | None


class TurnGraphs:
    """The loops built so far, by the tools that a model is told of."""

    def __init__(self) -> None:
        self._built: dict[tuple[bool, tuple[str, ...]], Any] = {}

    def run(
        self, tools: Sequence[StructuredTool], parts: TurnParts, asked: list[BaseMessage]
    ) -> list[BaseMessage]:
        """Run the model and its calls to the end; return the new messages.

        Args:
            tools: What the model is told of; those of one name are always the same.
            parts: What this turn is answered with.
            asked: The conversation up to the question.
        """
        key = (parts.watch is None, tuple(tool.name for tool in tools))
        if key not in self._built:
            # What our own model writes needs no looking at, and every step of a loop takes time.
            middleware = _OfTheTurn() if parts.watch is None else _OfAWatchedTurn()
            self._built[key] = create_agent(
                _Nobody(), tools=tools, middleware=[middleware], context_schema=TurnParts
            )
        try:
            # Conversations go nowhere else, whatever the environment says of tracing.
            with tracing_context(enabled=False):
                state = self._built[key].invoke(
                    cast("InputAgentState", {"messages": asked}), _CONFIG, context=parts
                )
        except GraphRecursionError:
            return [AIMessage("")]
        return list(state["messages"][len(asked) :])


class _OfTheTurn(AgentMiddleware[Any, TurnParts, Any]):
    """Hands everything to the parts of the turn that runs."""

    def wrap_model_call(
        self, request: ModelRequest[TurnParts], handler: ModelHandler
    ) -> ModelResponse[Any] | AIMessage:
        """Ask the turn's own model."""
        parts = request.runtime.context
        own = request.override(model=parts.model, system_message=SystemMessage(parts.prompt))
        return handler(own) if parts.watch is None else parts.watch.wrap_model_call(own, handler)

    def wrap_tool_call(
        self, request: ToolCallRequest, handler: ToolHandler
    ) -> ToolMessage | Command[Any]:
        """Make the call as the person of the turn."""
        parts = cast("TurnParts", request.runtime.context)
        return parts.calls.wrap_tool_call(request, handler)


class _OfAWatchedTurn(_OfTheTurn):
    """Looks at what a language model sent besides."""

    @hook_config(can_jump_to=["model"])
    def after_model(
        self, state: AgentState[Any], runtime: Runtime[TurnParts]
    ) -> dict[str, Any] | None:
        """Look at what the model sent as the turn does."""
        return runtime.context.calls.after_model(state, runtime)


class _Nobody(BaseChatModel):
    """Stands where a model must be while a loop is built; a turn always brings its own."""

    @property
    def _llm_type(self) -> str:
        return "tillsight-nobody"

    def _generate(
        self,
        messages: list[BaseMessage],  # noqa: ARG002 - LangChain's signature
        stop: list[str] | None = None,  # noqa: ARG002 - as above
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002 - as above
        **kwargs: Any,  # noqa: ARG002 - as above
    ) -> ChatResult:
        raise AssertionError("A turn brings its own model.")
