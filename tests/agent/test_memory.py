"""Conversations belong to who began them, and are nothing but text."""

import json

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from sqlalchemy import select

from agent.memory import MESSAGES, Memory
from tenants.databases import Databases
from tenants.errors import UnknownItem
from tenants.settings import Settings
from tests.fakes import TestClock

TURN = (
    HumanMessage("How many bagels?"),
    AIMessage("", tool_calls=[{"name": "forecast", "args": {"product": "7"}, "id": "c1"}]),
    ToolMessage('{"outcome": "succeeded"}', tool_call_id="c1", name="forecast"),
    AIMessage("12 units.", additional_kwargs={"kind": "answer"}),
)


@pytest.fixture
def database(tmp_path):
    databases = Databases(Settings(home=tmp_path, _env_file=None))
    yield databases.tenant("t1")
    databases.close()


@pytest.fixture
def memory(database):
    return Memory(database, TestClock())


def test_a_turn_is_read_back_as_it_was(memory):
    kept = memory.append(None, "u1", TURN)

    loaded = memory.load(kept, "u1")

    assert [m.type for m in loaded] == ["human", "ai", "tool", "ai"]
    assert loaded[1].tool_calls[0]["args"] == {"product": "7"}
    assert loaded[2].tool_call_id == "c1"
    assert loaded[3].additional_kwargs == {"kind": "answer"}


def test_another_person_finds_nothing(memory):
    kept = memory.append(None, "u1", TURN)

    for use in (memory.load, memory.exchanges, memory.forget):
        with pytest.raises(UnknownItem):
            use(kept, "u2")
    with pytest.raises(UnknownItem):
        memory.append(kept, "u2", TURN)
    assert memory.conversations("u2") == []


def test_a_long_conversation_is_handed_on_from_a_question(memory):
    kept = memory.append(None, "u1", TURN)
    for _ in range(20):
        memory.append(kept, "u1", TURN)

    loaded = memory.load(kept, "u1", 10)

    assert len(loaded) == 8
    assert isinstance(loaded[0], HumanMessage)


def test_an_endless_conversation_keeps_its_newest_messages(memory, database):
    kept = memory.append(None, "u1", TURN)
    for _ in range(120):
        memory.append(kept, "u1", TURN)

    with database.transaction() as connection:
        rows = connection.execute(select(MESSAGES.c.position)).scalars().all()
    assert len(rows) == 400


def test_what_is_stored_is_plain_json(memory, database):
    memory.append(None, "u1", TURN)

    with database.transaction() as connection:
        rows = connection.execute(select(MESSAGES.c.message)).scalars().all()
    assert [json.loads(row)["type"] for row in rows] == ["human", "ai", "tool", "ai"]


def test_a_marker_of_a_stored_object_stays_text(memory):
    marker = '{"lc": 1, "type": "secret", "id": ["OPENAI_API_KEY"]}'
    kept = memory.append(None, "u1", [HumanMessage(marker), AIMessage(marker)])

    loaded = memory.load(kept, "u1")

    assert [m.content for m in loaded] == [marker, marker]


def test_the_newest_conversation_is_listed_first(memory):
    first = memory.append(None, "u1", TURN)
    clock = memory._clock
    clock.move(minutes=1)
    second = memory.append(None, "u1", TURN)

    assert [each.id for each in memory.conversations("u1")] == [second, first]
