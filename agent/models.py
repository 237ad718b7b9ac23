"""Which chat model answers: the built-in planner, or a language model behind one setting."""

import os
import re
from dataclasses import dataclass
from functools import cache

from langchain_core.language_models.chat_models import BaseChatModel
from pydantic import SecretStr

from agent.planner.chat_model import BuiltInModel
from agent.planner.context import PlannerContext
from tenants.errors import BadInput
from tenants.settings import Settings

BUILT_IN = "built-in"
_NAME = re.compile(r"[\w./:@-]{1,120}")
_SIZE = re.compile(r"(?<![\w.])[a-z]?(\d+(?:\.\d+)?)b(?![a-z])", re.IGNORECASE)
_SMALL_UP_TO_B = 14.0
_REQUEST_S = 30.0
_WORDS_REMEMBERED = 16_384


def chat_model(settings: Settings, context: PlannerContext) -> BaseChatModel:
    """Return the model that is set: `built-in`, `openai:NAME` or `ollama:NAME`.

    The packages of language models are imported only here, when one is asked for.

    Raises:
        BadInput: There is no such model, or it is not configured.
    """
    setting = settings.model.strip()
    provider, _, name = setting.partition(":")
    if setting == BUILT_IN:
        return BuiltInModel(context=context)
    if provider not in ("openai", "ollama") or not _NAME.fullmatch(name):
        raise BadInput(
            f"There is no model {setting[:80]!r}; set TILLSIGHT_MODEL to built-in, openai:NAME or "
            "ollama:NAME."
        )
    is_small = is_small_model(provider, name, settings.model_profile)
    make = _openai if provider == "openai" else _ollama
    key = settings.model_key or SecretStr(os.environ.get("OPENAI_API_KEY", ""))
    seconds = min(_REQUEST_S, settings.model_seconds)
    model = make(_Wire(name, settings.model_url, key, seconds, streams=not is_small))
    if not is_small:
        return model
    from agent.language_model.choosing import ChoosingModel  # noqa: PLC0415 - with a language model

    return ChoosingModel(inner=model, context=context)


def is_small_model(provider: str, name: str, profile: str) -> bool:
    """Tell whether a model is treated as a small one: by the setting, else by its name.

    Names tell billions of parameters ("llama3.1:8b"). Where one tells nothing, a model on one's
    own machine is taken for small and one of a provider for large.
    """
    if profile != "auto":
        return profile == "small"
    size = _SIZE.search(name)
    return float(size[1]) <= _SMALL_UP_TO_B if size else provider == "ollama"


@dataclass(frozen=True, slots=True)
class _Wire:
    """How a model is reached."""

    name: str
    url: str | None
    key: SecretStr
    seconds: float
    streams: bool


# One client for all turns: each keeps connections open, and a new one a turn would leave them so.
@cache
def _openai(wire: _Wire) -> BaseChatModel:
    from langchain_openai import ChatOpenAI  # noqa: PLC0415 - takes seconds, and is rarely used

    from agent.language_model.openai_wire import StreamedOpenAI  # noqa: PLC0415 - beside it

    if not (wire.key.get_secret_value() or wire.url):
        raise BadInput(
            f"The model 'openai:{wire.name}' needs a key; set OPENAI_API_KEY, or "
            "TILLSIGHT_MODEL_URL for a server of your own, or TILLSIGHT_MODEL=built-in."
        )
    kind = StreamedOpenAI if wire.streams else ChatOpenAI
    return kind(
        model=wire.name,
        base_url=wire.url,
        api_key=wire.key if wire.key.get_secret_value() else SecretStr("unused"),
        timeout=wire.seconds,
        max_retries=1,
    )


@cache
def _ollama(wire: _Wire) -> BaseChatModel:
    from langchain_ollama import ChatOllama  # noqa: PLC0415 - takes seconds, and is rarely used

    return ChatOllama(
        model=wire.name,
        base_url=wire.url,
        num_ctx=_WORDS_REMEMBERED,
        temperature=0,
        client_kwargs={"timeout": wire.seconds},
    )
