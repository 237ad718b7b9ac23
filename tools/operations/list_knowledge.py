"""List the documents that the company has in writing."""

from datetime import date

from tenants.roles import Role
from tools.contract import Effect, ToolArgs, ToolContext, ToolResult, tool


class ListKnowledgeArgs(ToolArgs):
    """Nothing to choose."""


class ListedDocument(ToolResult):
    """One document.

    Attributes:
        dated: The day it says it is of, if it says one.
        removed: How many characters that cannot be seen were taken out of it.
    """

    name: str
    title: str
    dated: date | None
    passages: int
    removed: int
    hidden: int
    added_by: str
    added_on: date


class ListedDocuments(ToolResult):
    """All documents, by name."""

    documents: tuple[ListedDocument, ...]


@tool(minimum_role=Role.VIEWER, effect=Effect.READS)
def list_knowledge(args: ListKnowledgeArgs, ctx: ToolContext) -> ListedDocuments:  # noqa: ARG001 - every tool takes arguments
    """List the documents that are searched.

    Use it before removing one.

    `dated` is the day that the document itself states.

    Say how many there are.
    """
    return ListedDocuments(
        documents=tuple(
            ListedDocument.model_validate(one, from_attributes=True)
            for one in ctx.knowledge.shelf()
        )
    )
