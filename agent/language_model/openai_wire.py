"""OpenAI's wire, read as a stream and strictly.

LangChain completes arguments that break off or are no JSON to whatever they may have begun as; a
forecast of "product 1 from" would become one of everything. Here such a call is none.
"""

import json
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    InvalidToolCall,
    ToolCall,
)
from langchain_core.messages.tool import invalid_tool_call
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_openai import ChatOpenAI


class StreamedOpenAI(ChatOpenAI):
    """Reads answers piece by piece, so that a silent server is noticed, and calls strictly."""

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        whole: ChatGenerationChunk | None = None
        for piece in self._stream(messages, stop, run_manager, **kwargs):
            whole = piece if whole is None else whole + piece
        if whole is None or not isinstance(whole.message, AIMessageChunk):
            return ChatResult(generations=[ChatGeneration(message=AIMessage(""))])
        message = strictly_read(whole.message, whole.generation_info or {})
        return ChatResult(generations=[ChatGeneration(message=message)])


def strictly_read(message: AIMessageChunk, ended: dict[str, Any]) -> AIMessage:
    """Return a streamed message; a call whose arguments are no JSON object is an invalid one."""
    calls: list[ToolCall] = []
    invalid: list[InvalidToolCall] = []
    for one in message.tool_call_chunks:
        name, text, call_id = one.get("name") or "", one.get("args") or "{}", one.get("id")
        try:
            arguments = json.loads(text)
        except ValueError:
            arguments = None
        if isinstance(arguments, dict):
            calls.append(ToolCall(name=name, args=arguments, id=call_id))
        else:
            invalid.append(
                invalid_tool_call(name=name, args=text, id=call_id, error="no JSON object")
            )
    return AIMessage(
        message.content,
        tool_calls=calls,
        invalid_tool_calls=invalid,
        response_metadata={**message.response_metadata, **ended},
        usage_metadata=message.usage_metadata,
    )
