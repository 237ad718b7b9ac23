"""Conversations, kept per person: messages as plain JSON rows of the tenant's database.

A conversation belongs to the person who began it; that of another sounds like one that does not
exist. Rows are turned into messages by the few fields named here; nothing stored is ever loaded
as an object. Only what is said and called is kept, so memory can never grant anything.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolCall, ToolMessage
from sqlalchemy import (
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    select,
)

from tenants.clock import Clock
from tenants.database import Database, Timestamp, tenant_metadata
from tenants.errors import UnknownItem

MOST_MESSAGES = 40
"""How many messages of a conversation a model is handed."""

_MOST_CONVERSATIONS = 50
_MOST_KEPT = 400
_TITLE = 80

CONVERSATIONS = Table(
    "conversations",
    tenant_metadata,
    Column("id", String(24), primary_key=True),
    Column("user_id", String(64), nullable=False),
    Column("title", String(_TITLE), nullable=False),
    Column("updated_at", Timestamp, nullable=False),
    Index("conversations_of", "user_id", "updated_at"),
)
MESSAGES = Table(
    "conversation_messages",
    tenant_metadata,
    Column("conversation", String(24), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("message", Text, nullable=False),
)

# Put together once: SQLAlchemy takes as long for that as the database for the rest.
_BEGUN, _ADDED = CONVERSATIONS.insert(), MESSAGES.insert()
_HERE = CONVERSATIONS.c.id == bindparam("sought")
_OF_IT = MESSAGES.c.conversation == bindparam("sought")
_OWNER = select(CONVERSATIONS.c.user_id).where(_HERE)
_GONE_ON = CONVERSATIONS.update().where(_HERE)
_LAST = select(func.max(MESSAGES.c.position)).where(_OF_IT)
_OUTLIVED = delete(MESSAGES).where(_OF_IT, MESSAGES.c.position < bindparam("first"))


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation in a person's list."""

    id: str
    title: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its final answer."""

    question: str
    answer: str


class Memory:
    """One tenant's conversations."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        database.ensure(CONVERSATIONS, MESSAGES)

    def conversations(self, user_id: str) -> list[Conversation]:
        """Return a person's conversations, newest first."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                select(CONVERSATIONS)
                .where(CONVERSATIONS.c.user_id == user_id)
                .order_by(CONVERSATIONS.c.updated_at.desc())
                .limit(_MOST_CONVERSATIONS)
            ).all()
        return [Conversation(row.id, row.title, row.updated_at) for row in rows]

    def load(
        self, conversation: str, user_id: str, limit: int = MOST_MESSAGES
    ) -> list[BaseMessage]:
        """Return the last messages of a conversation, beginning with a person's.

        Raises:
            UnknownItem: The person has no such conversation.
        """
        with self._database.transaction() as connection:
            self._own(connection, conversation, user_id)
            rows = (
                connection.execute(
                    select(MESSAGES.c.message)
                    .where(MESSAGES.c.conversation == conversation)
                    .order_by(MESSAGES.c.position.desc())
                    .limit(limit)
                )
                .scalars()
                .all()
            )
        messages = [_message(json.loads(row)) for row in reversed(rows)]
        while messages and not isinstance(messages[0], HumanMessage):
            messages.pop(0)
        return messages

    def exchanges(self, conversation: str, user_id: str) -> list[Exchange]:
        """Return a conversation as questions and final answers.

        Raises:
            UnknownItem: The person has no such conversation.
        """
        found: list[Exchange] = []
        question = ""
        for message in self.load(conversation, user_id, _MOST_KEPT):
            if isinstance(message, HumanMessage):
                question = str(message.content)
            elif isinstance(message, AIMessage) and not message.tool_calls:
                found.append(Exchange(question, str(message.content)))
        return found

    def append(
        self, conversation: str | None, user_id: str, messages: Sequence[BaseMessage]
    ) -> str:
        """Add the messages of a turn; without a conversation begin one. Return its id.

        Raises:
            UnknownItem: The person has no such conversation.
        """
        with self._database.transaction(may_be_lost=True) as connection:
            now = self._clock.now()
            if conversation is None:
                conversation = secrets.token_urlsafe(12)
                title = " ".join(str(messages[0].content).split())[:_TITLE]
                begun = {"id": conversation, "user_id": user_id, "title": title, "updated_at": now}
                connection.execute(_BEGUN, begun)
            else:
                self._own(connection, conversation, user_id)
                connection.execute(_GONE_ON, {"sought": conversation, "updated_at": now})
            last = connection.scalar(_LAST, {"sought": conversation})
            start = 0 if last is None else last + 1
            rows = [
                {"conversation": conversation, "position": start + n, "message": _row(message)}
                for n, message in enumerate(messages)
            ]
            connection.execute(_ADDED, rows)
            if (first := start + len(rows) - _MOST_KEPT) > 0:
                connection.execute(_OUTLIVED, {"sought": conversation, "first": first})
        return conversation

    def forget(self, conversation: str, user_id: str) -> None:
        """Delete a conversation.

        Raises:
            UnknownItem: The person has no such conversation.
        """
        with self._database.transaction() as connection:
            self._own(connection, conversation, user_id)
            connection.execute(delete(MESSAGES).where(MESSAGES.c.conversation == conversation))
            connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation))

    @staticmethod
    def _own(connection: Any, conversation: str, user_id: str) -> None:
        owner = connection.scalar(_OWNER, {"sought": conversation})
        if owner is None or owner != user_id:
            raise UnknownItem(f"There is no conversation {conversation[:40]!r}; begin a new one.")


def _row(message: BaseMessage) -> str:
    kept: dict[str, Any] = {"type": message.type, "content": message.content}
    if isinstance(message, AIMessage):
        kept["calls"] = [
            {"name": call["name"], "args": call["args"], "id": call["id"]}
            for call in message.tool_calls
        ]
        kept["notes"] = message.additional_kwargs
    if isinstance(message, ToolMessage):
        kept |= {"call": message.tool_call_id, "name": message.name}
    return json.dumps(kept, ensure_ascii=False, default=str)


def _message(row: dict[str, Any]) -> BaseMessage:
    content = row.get("content", "")
    if row["type"] == "human":
        return HumanMessage(content)
    if row["type"] == "tool":
        return ToolMessage(content, tool_call_id=str(row["call"]), name=row.get("name"))
    calls = [
        ToolCall(name=str(call["name"]), args=dict(call["args"]), id=str(call["id"]))
        for call in row.get("calls", ())
    ]
    return AIMessage(content, tool_calls=calls, additional_kwargs=dict(row.get("notes", {})))
