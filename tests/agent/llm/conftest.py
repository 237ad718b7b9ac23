"""A harbor whose assistant talks to a language model over the wire."""

from contextlib import contextmanager

import pytest

from agent.assistant import open_assistant
from tests.agent.conftest import Harbor
from tests.agent.llm.servers import ModelServer

WIRES = {"openai": ("openai:large-70b", "/v1"), "ollama": ("ollama:large:70b", "")}


@pytest.fixture
def talking(tmp_path):
    """Return what opens a harbor that talks to a server with a script, over either wire."""

    @contextmanager
    def talk(wire, *script, profile="auto", seconds=20.0):
        model, path = WIRES[wire]
        with ModelServer(list(script)) as server:
            harbor = Harbor(
                tmp_path / f"home-{len(list(tmp_path.iterdir()))}",
                model=model,
                model_url=f"{server.url}{path}",
                model_key="unused",
                model_profile=profile,
                model_seconds=seconds,
            )
            harbor.assistant = open_assistant(harbor.counter, harbor.installation)
            try:
                yield harbor, server
            finally:
                harbor.installation.close()

    return talk
