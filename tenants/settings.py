"""Settings of an installation: `TILLSIGHT_*` variables or a `.env` file."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things are kept and how they are reached; never who is asking."""

    model_config = SettingsConfigDict(
        env_prefix="TILLSIGHT_", env_file=".env", extra="ignore", frozen=True
    )

    home: Path = Field(Path("var"), description="The folder of all workspaces.")
    tenant: str = Field("harbor", description="The tenant when none is named.")
    database_url: SecretStr | None = Field(
        None, description="A PostgreSQL address; without it SQLite files under `home`."
    )
    model: str = Field(
        "built-in", description="The chat model: built-in, openai:NAME or ollama:NAME."
    )
    model_url: str | None = Field(
        None, description="Where a language model is served; without it the provider's own address."
    )
    model_key: SecretStr | None = Field(
        None, description="Its key; without it OPENAI_API_KEY is taken."
    )
    model_profile: Literal["auto", "small", "full"] = Field(
        "auto", description="How a language model is worked with; auto goes by its name."
    )
    model_seconds: float = Field(
        45.0, description="What a language model may take for one question.", gt=0, le=600
    )
    host: str = Field("127.0.0.1", description="The address the page is served on.")
    port: int = Field(7860, description="The port the page is served on.", ge=1, le=65535)
    token: SecretStr | None = Field(None, description="An API token that says who asks.")
    approval_minutes: int = Field(60, description="How long an approval may wait.", ge=1)

    @property
    def is_local(self) -> bool:
        """Whether whoever runs the command owns the files, and so may name any role."""
        return self.database_url is None
