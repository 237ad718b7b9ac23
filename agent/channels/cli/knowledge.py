"""Knowledge: the documents that questions about rules and words are answered from."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from agent.channels.cli.declaration import command
from agent.channels.cli.invocation import Invocation
from agent.channels.cli.operating import operate
from agent.channels.cli.output import print_table, print_text

group = typer.Typer(no_args_is_help=True, help="The documents that the assistant may quote.")


def add_to(program: typer.Typer) -> None:
    """Add the group to the program."""
    program.add_typer(group, name="knowledge", rich_help_panel="Load, train and forecast")


@command(
    group,
    "add",
    examples=(
        "tillsight knowledge add policies/ --tenant acme",
        "tillsight knowledge add pricing-policy.pdf",
    ),
)
def add(
    call: Invocation,
    *,
    source: Annotated[
        str, typer.Argument(help="A .md, .txt or .pdf file, or a folder of such files.")
    ],
) -> None:
    """Add documents; a file of the same name takes the place of the earlier one."""
    result = operate(call, "add_knowledge", {"source": source}, title="Reading")
    call.show(result, lambda: _print_added(result))


@command(group, "list", examples=("tillsight knowledge list", "tillsight knowledge list --json"))
def list_(call: Invocation) -> None:
    """List the documents."""
    rows: list[dict[str, Any]] = operate(call, "list_knowledge", {}, title="Reading")["documents"]
    nothing = "There are no documents yet; add some with `tillsight knowledge add FOLDER`."
    columns = ("name", "title", "dated", "passages", "added_by", "added_on")
    call.show(rows, lambda: print_table(rows, columns) if rows else print_text(nothing))


@command(group, "remove", examples=("tillsight knowledge remove pricing-policy.pdf",))
def remove(
    call: Invocation, *, name: Annotated[str, typer.Argument(help="Its file name or its title.")]
) -> None:
    """Remove a document; the file it was read from stays where it is."""
    result = operate(call, "remove_knowledge", {"name": name}, title="Removing")
    call.show(
        result,
        lambda: print_text(f"{result['title']} ({result['name']}) is not searched any more."),
    )


def _print_added(result: dict[str, Any]) -> None:
    rows = result["added"]
    print_table(rows, ("name", "title", "change", "dated", "passages"))
    for one in rows:
        if one["reason"]:
            print_text(one["reason"])
        if one["removed"] or one["hidden"]:
            print_text(
                f"Taken out of {one['name']}, as readers do not see it: {one['removed']} "
                f"characters and {one['hidden']} comments."
            )
    count = result["documents"]
    print_text(f"There {'is 1 document' if count == 1 else f'are {count} documents'} now.")
