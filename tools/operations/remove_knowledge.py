"""Remove a document from what the company has in writing."""

from pydantic import Field

from tenants.roles import Role
from tools.contract import Effect, ToolArgs, ToolContext, ToolResult, tool


class RemoveKnowledgeArgs(ToolArgs):
    """Which document."""

    name: str = Field(min_length=1, description="Its file name or its title.")


class RemovedDocument(ToolResult):
    """What was removed; it is not found any more from now on."""

    name: str
    title: str


@tool(minimum_role=Role.MANAGER, effect=Effect.WRITES)
def remove_knowledge(args: RemoveKnowledgeArgs, ctx: ToolContext) -> RemovedDocument:
    """Remove a document; the file it was read from stays where it is.

    Use it for what no longer holds.

    `name` is the file name it was added under.

    Say which one was removed.
    """
    gone = ctx.knowledge.remove(args.name)
    return RemovedDocument(name=gone.name, title=gone.title)
