"""Watches a language model through one turn; the built-in model takes over where it fails.

A provider may be down, slow or cut off mid-way, and a model may say nothing at all or call what
is not there. People get their answer all the same, and are told who gave it.
"""

import contextvars
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from langchain.agents.middleware import AgentMiddleware
from langchain.agents.middleware.types import ModelRequest, ModelResponse
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage
from langgraph.errors import GraphBubbleUp

MOST_BAD_ATTEMPTS = 2
"""How many messages with calls that cannot be are put up with in one turn."""

_LONGEST_WORDS = 20_000
_ENDS = {"openai-chat": "finish_reason", "chat-ollama": "done_reason"}
_WHOLE = frozenset({"stop", "tool_calls", "function_call"})
Handler = Callable[[ModelRequest[Any]], ModelResponse[Any]]


class Unusable(Exception):
    """What a language model sent is no answer; the message says why, for people."""


class Supervision(AgentMiddleware[Any, Any, Any]):
    """One turn's watch over a language model; made anew for each turn.

    Attributes:
        took_over: Why the built-in model answered instead; empty while it did not have to.
    """

    def __init__(
        self, stand_in: BaseChatModel, seconds: float, give_up: Callable[[], None]
    ) -> None:
        """Watch a turn.

        Args:
            stand_in: Who answers where the language model does not.
            seconds: What the model may take in this turn, all its messages together.
            give_up: Called once when the stand-in takes over.
        """
        super().__init__()
        self._stand_in = stand_in
        self._seconds = seconds
        self._give_up = give_up
        self._bad_attempts = 0
        self.took_over = ""

    def wrap_model_call(
        self, request: ModelRequest[Any], handler: Handler
    ) -> ModelResponse[Any] | AIMessage:
        """Ask the language model, or whoever stands in for it."""
        if not self.took_over:
            try:
                return self._asked(request, handler)
            except GraphBubbleUp:
                raise
            except Exception as error:  # noqa: BLE001 - whatever a provider does, people are answered
                self.took_over = why(error)
                self._give_up()
        messages = without_failures(request.messages)
        return handler(request.override(model=self._stand_in, messages=messages))

    def _asked(self, request: ModelRequest[Any], handler: Handler) -> ModelResponse[Any]:
        if self._seconds <= 0:
            raise Unusable("it took too long")
        began = time.monotonic()
        try:
            response = _within(self._seconds, lambda: handler(request))
        finally:
            self._seconds -= time.monotonic() - began
        message = response.result[-1]
        if not isinstance(message, AIMessage):
            raise Unusable("it sent no message")
        _must_be_whole(message, request.model)
        self._count_bad(message, {str(getattr(tool, "name", "")) for tool in request.tools})
        return ModelResponse([*response.result[:-1], with_own_ids(message)])

    def _count_bad(self, message: AIMessage, offered: set[str]) -> None:
        called = [call["name"] for call in message.tool_calls]
        is_lost = bool(called) and not offered & set(called)
        if message.invalid_tool_calls or is_lost:
            self._bad_attempts += 1
        if self._bad_attempts > MOST_BAD_ATTEMPTS:
            raise Unusable("it kept making calls that cannot be made")


def why(error: Exception) -> str:
    """Say in a few words why a language model did not answer; nothing of what it sent."""
    if isinstance(error, Unusable):
        return str(error)
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, TimeoutError) or any("Timeout" in name for name in names):
        return "it took too long"
    if "RateLimitError" in names or getattr(error, "status_code", 0) == 429:  # noqa: PLR2004 - HTTP
        return "its provider allows no more requests now"
    if {"AuthenticationError", "PermissionDeniedError"} & names:
        return "its provider did not accept the key"
    if isinstance(error, ConnectionError) or any("Connect" in name for name in names):
        return "it could not be reached"
    return "its provider failed"


def with_own_ids(message: AIMessage) -> AIMessage:
    """Return a message whose calls each have an id of their own, however they came."""
    seen: set[str] = set()
    for number, call in enumerate([*message.tool_calls, *message.invalid_tool_calls]):
        name = str(call.get("id") or "")
        while not name or name in seen:
            name = f"{name or 'call'}-{number}"
        seen.add(name)
        call["id"] = name
    return message


def without_failures(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """Return messages without this turn's calls that came to nothing, so that it can begin anew."""
    last = max(n for n, message in enumerate(messages) if isinstance(message, HumanMessage))
    now = messages[last + 1 :]
    done = {m.tool_call_id for m in now if isinstance(m, ToolMessage) and m.status == "success"}
    kept: list[AnyMessage] = list(messages[: last + 1])
    for message in now:
        if isinstance(message, ToolMessage) and message.tool_call_id in done:
            kept.append(message)
        elif isinstance(message, AIMessage):
            calls = [call for call in message.tool_calls if call["id"] in done]
            if calls:
                kept.append(AIMessage("", tool_calls=calls))
    return kept


def _must_be_whole(message: AIMessage, model: BaseChatModel) -> None:
    """Refuse what ended before its end, and what says nothing."""
    ended = _ENDS.get(model._llm_type)  # noqa: SLF001 - LangChain's name for the kind of a model
    how = message.response_metadata.get(ended) if ended else "stop"
    if how is None:
        raise Unusable("its answer was cut off")
    if how not in _WHOLE:
        raise Unusable("its answer was too long or held back")
    if not (message.text.strip() or message.tool_calls or message.invalid_tool_calls):
        raise Unusable("it said nothing")
    if len(message.text) > _LONGEST_WORDS:
        raise Unusable("its answer was too long or held back")


def _within(seconds: float, work: Callable[[], ModelResponse[Any]]) -> ModelResponse[Any]:
    """Return what work comes to, or stop waiting: a drip of words resets a request's own limit.

    Raises:
        TimeoutError: It took longer.
    """
    done: Future[ModelResponse[Any]] = Future()
    context = contextvars.copy_context()

    def run() -> None:
        try:
            done.set_result(context.run(work))
        except BaseException as error:  # noqa: BLE001 - raised again where the caller waits
            done.set_exception(error)

    threading.Thread(target=run, name="language-model", daemon=True).start()
    return done.result(timeout=seconds)
