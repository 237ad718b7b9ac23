"""Add documents to what the company has in writing."""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from knowledge.library import Library
from knowledge.reading import files_at, read_file
from tenants.errors import BadInput
from tenants.roles import Role
from tools.contract import Effect, ToolArgs, ToolContext, ToolResult, tool


class AddKnowledgeArgs(ToolArgs):
    """Where the documents are."""

    source: str = Field(description="A Markdown, text or PDF file, or a folder of such files.")


class AddedDocument(ToolResult):
    """What became of one document.

    Attributes:
        name: What it is removed by; a file of the same name takes its place.
        removed: How many characters that cannot be seen were taken out.
        hidden: How many comments that readers do not see were taken out.
        passages: Into how many parts it was cut; 0 where it was refused.
        reason: Why it was refused, or an empty string.
    """

    name: str
    title: str
    change: Literal["new", "changed", "unchanged", "refused"]
    dated: date | None
    passages: int
    removed: int
    hidden: int
    reason: str = ""


class AddedDocuments(ToolResult):
    """What became of each document; `documents` is how many there are now."""

    added: tuple[AddedDocument, ...]
    documents: int


@tool(minimum_role=Role.MANAGER, effect=Effect.WRITES)
def add_knowledge(args: AddKnowledgeArgs, ctx: ToolContext) -> AddedDocuments:
    """Add documents; a file of the same name takes the place of the earlier one.

    Use it for policies, definitions and whatever else people ask about.

    `removed` and `hidden` count what readers of the file would not have seen.

    Say which were refused and why.
    """
    found = files_at(Path(args.source))
    told = []
    for number, (path, name) in enumerate(found):
        ctx.progress(number / len(found), name)
        told.append(_added(path, name, ctx))
    refused = [one for one in told if one.change == "refused"]
    if len(refused) == len(told):
        raise BadInput(refused[0].reason)
    return AddedDocuments(added=tuple(told), documents=len(ctx.knowledge.shelf()))


def _added(path: Path, name: str, ctx: ToolContext) -> AddedDocument:
    try:
        document = read_file(path, name)
        change = ctx.knowledge.add(document, by=ctx.principal.user, today=ctx.today)
    except BadInput as refused:
        return AddedDocument(
            name=name,
            title="",
            change="refused",
            dated=None,
            passages=0,
            removed=0,
            hidden=0,
            reason=str(refused),
        )
    return AddedDocument(
        name=document.name,
        title=document.title,
        change=change,
        dated=document.dated,
        passages=_passages(ctx.knowledge, document.name),
        removed=document.removed,
        hidden=document.hidden,
    )


def _passages(library: Library, name: str) -> int:
    return next(one.passages for one in library.shelf() if one.name == name)
