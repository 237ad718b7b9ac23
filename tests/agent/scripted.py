"""A language model that says what a test wrote, and a model that does not answer."""

from typing import Any

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import ConfigDict, Field


class ScriptedModel(BaseChatModel):
    """Answers with the given messages in turn, the last one for ever."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    script: list[Any]
    seen: list[Any] = Field(default_factory=list)
    told: list[str] = Field(default_factory=list)

    @property
    def _llm_type(self):
        return "scripted"

    def bind_tools(self, tools, **_options):
        self.told.extend(tool.name for tool in tools)
        return self

    def _generate(self, messages, stop=None, run_manager=None, **_options):  # noqa: ARG002 - LangChain names them
        self.seen.append(messages)
        said = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(said, Exception):
            raise said
        return ChatResult(generations=[ChatGeneration(message=said.model_copy(deep=True))])


def call(*tools, **arguments):
    """Return a message that calls these tools with the same arguments."""
    return AIMessage(
        "",
        tool_calls=[
            {"name": tool, "args": arguments, "id": f"c{n}-{tool}"} for n, tool in enumerate(tools)
        ],
    )


def say(text):
    """Return a message of words."""
    return AIMessage(text)
