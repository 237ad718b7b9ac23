"""Which chat model answers: the built-in planner, or a language model behind one setting."""

import os
import re

from langchain_core.language_models.chat_models import BaseChatModel

from agent.planner.chat_model import BuiltInModel
from agent.planner.context import PlannerContext
from tenants.errors import BadInput

BUILT_IN = "built-in"
_NAME = re.compile(r"[\w./:@-]{1,120}")
_TIMEOUT_S = 30


def chat_model(setting: str, context: PlannerContext) -> BaseChatModel:
    """Return the model that the setting names: `built-in`, `openai:NAME` or `ollama:NAME`.

    The packages of language models are imported only here, when one is asked for.

    Raises:
        BadInput: There is no such model, or it is not configured.
    """
    setting = setting.strip()
    provider, _, name = setting.partition(":")
    if setting == BUILT_IN:
        return BuiltInModel(context=context)
    if provider not in ("openai", "ollama") or not _NAME.fullmatch(name):
        raise BadInput(
            f"There is no model {setting[:80]!r}; set TILLSIGHT_MODEL to built-in, openai:NAME or "
            "ollama:NAME."
        )
    return _openai(name) if provider == "openai" else _ollama(name)


def _openai(name: str) -> BaseChatModel:
    from langchain_openai import ChatOpenAI  # noqa: PLC0415 - takes seconds, and is rarely used

    if not os.environ.get("OPENAI_API_KEY"):
        raise BadInput(
            f"The model 'openai:{name}' needs a key; set OPENAI_API_KEY, or "
            "TILLSIGHT_MODEL=built-in."
        )
    return ChatOpenAI(model=name, timeout=_TIMEOUT_S, max_retries=1)


def _ollama(name: str) -> BaseChatModel:
    from langchain_ollama import ChatOllama  # noqa: PLC0415 - takes seconds, and is rarely used

    return ChatOllama(model=name, client_kwargs={"timeout": _TIMEOUT_S})
